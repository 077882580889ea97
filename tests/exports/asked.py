"""Asked: what an export must hold, had from the chronicle by other ways than an export's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

from chronicle import Chronicle, View
from chronicle.events import stated_by
from chronicle.exports.extract import Extract
from chronicle.exports.items import Item, flat
from chronicle.exports.making import export
from chronicle.upcasts import climb
from tests.exports.conftest import AT

Row = dict[str, Any]


class Exported(NamedTuple):
    """An export of a chronicle."""

    chronicle: Chronicle
    view: View
    path: Path
    head: Row
    """Its manifest."""

    @classmethod
    def make(cls, form: str, chronicle: Chronicle, path: Path) -> Self:
        """Export all that a chronicle knows of a date."""
        view = chronicle.view(at=AT)
        return cls(chronicle, view, path, export(chronicle, form, path, view=view))


def rulings(view: View) -> list[Row]:
    """Return what a view believes, as it is printed."""
    return [one.as_dict() for one in view.state()]


def events(chronicle: Chronicle, view: View) -> list[Row]:
    """Return the timeline of a view, in its order, as tables have it."""
    rows = [{**one.as_dict(), "id": one.event} for one in chronicle.timeline(view)]
    return [
        {name: value for name, value in row.items() if name not in ("event", "others")}
        for row in rows
    ]


def claims(chronicle: Chronicle) -> dict[str, Row]:
    """Return every claim of the log by id, those too that events state; as recorded."""
    found: dict[str, Row] = {}
    for entry in chronicle.log():
        if entry.kind == "claim":
            found[entry.id] = dict(climb(entry.record()))
        elif entry.kind == "event":
            found.update((one["id"], dict(one)) for one in stated_by(climb(entry.record())))
    return found


def plain(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return rows without the bounds of their dates, and without the keys of slots."""
    worked_out = ("slot", "_first", "_last")
    return [
        {name: cell for name, cell in row.items() if not name.endswith(worked_out)} for row in rows
    ]


def order(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where a ruling stands among the others, or an event."""
    return (row["id"],) if "id" in row else (row["subject"], row["property"], row["claim"])


def says(row: Mapping[str, Any], claim: Mapping[str, Any]) -> bool:
    """Say whether a row has all that was recorded of a claim."""
    return all(
        _whole(row.get(name)) == value
        for name, value in claim.items()
        if name not in ("kind", "schema")
    )


def _whole(cell: Any) -> Any:
    """Return a cell without the parts that are not stated."""
    if isinstance(cell, dict):
        return {name: part for name, part in cell.items() if part is not None}
    return cell


def items(view: View) -> list[Item]:
    """Return the items that formats are given of a view."""
    with view.database.reading() as connection:
        return list(flat(Extract(view, connection).groups()))
