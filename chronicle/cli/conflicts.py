"""`conflicts`: what is disputed, with all sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chronicle.cli.cells import (
    Cell,
    counted,
    joined,
    paired,
    qualified,
    readable,
    shown,
    valued,
)
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.grounds import dissents
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import described
from chronicle.payloads import Payload
from chronicle.views import View


@command("conflicts", example="chronicle conflicts --as-of 2022-05-31")
@view_options(where=True)
@format_option
@pass_desk
def conflicts(desk: Desk, looking: Looking, form: str) -> None:
    """List every slot that is disputed, with both sides: the winner and its rivals.

    Where a conflict record makes it disputed, the other claims of that record are listed too.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle)
        with chronicle.database.reading():
            disputed = list(_disputed(view, looking))
        claims = view.reader.details(set(_named(disputed)))
        report = Report(
            disputed,
            lambda: (_sheet(one, claims) for one in disputed),
            _SIDES,
            lambda item: _flat(item, claims),
            "rulings",
            {"view": view.as_dict()},
        )
        put(report, form)
    say(f"{counted(len(disputed), 'slot')} disputed; {described(view)}")


def _disputed(view: View, looking: Looking) -> Iterator[dict[str, Any]]:
    """Yield the disputed rulings, each with the conflict records that its winner stands in."""
    for one in view.state():
        if one.standing == "disputed" and looking.takes(one.qualifiers):
            records = [record.as_dict() for record in dissents(view, one)]
            yield {**one.as_dict(), "conflicts": records}


def _named(disputed: Iterable[Item]) -> Iterator[str]:
    for item in disputed:
        yield item["claim"]
        yield from (rival["claim"] for rival in item["rivals"])
        for record in item["conflicts"]:
            yield from record["claims"]


_SIDES = (
    "subject",
    "property",
    "qualifiers",
    "side",
    "value",
    "claim",
    "source",
    "speaker",
    "asserted",
    "valid",
    "reason",
)
"""The columns in CSV: a row for the winner, for each rival, for each claim it conflicts with."""


def _flat(item: Item, claims: Mapping[str, Payload]) -> Iterator[Sequence[Cell]]:
    slot = (item["subject"], item["property"], paired(item["qualifiers"]))
    for side, name, value, reason in _sides(item, claims):
        claim = claims[name]
        told = (claim.get(field) for field in ("source", "speaker", "asserted", "valid"))
        yield (*slot, side, value, name, *told, reason)


def _sides(item: Item, claims: Mapping[str, Payload]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (side, claim, value, reason) of all sides."""
    yield "winner", item["claim"], valued(item["value"], none=item["none"]), ""
    for one in item["rivals"]:
        value = valued(one["value"], none=one["value"] is None, denies=one["denies"])
        yield "rival", one["claim"], value, one["reason"]
    for record in item["conflicts"]:
        reason = joined(record["id"], record["note"], mark=": ")
        for name in record["claims"]:
            if name != item["claim"]:
                claim = claims[name]
                value = valued(claim.get("value"), none=claim.get("none", False))
                yield "conflict", name, f"{claim['subject']} {claim['property']} {value}", reason


def _sheet(item: Item, claims: Mapping[str, Payload]) -> Sheet:
    rows = []
    for row in _flat(item, claims):
        cells = dict(zip(_SIDES, map(shown, row), strict=True))
        said = joined(readable(cells["asserted"]), cells["speaker"], cells["source"])
        rows.append((cells["side"], readable(cells["value"]), said, cells["reason"]))
    title = f"{item['subject']} {qualified(item['property'], item['qualifiers'])}"
    return Sheet(("side", "value", "said by, in", "why"), rows, title)
