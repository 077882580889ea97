"""`followthemoney`: the view as entities and statements of FollowTheMoney, versions 3 and 4.

A folder: `entities.ftm.json`, an entity a line, and `statements.csv`, one value of one property
a line, in the form of the package's own statements; `index.json` describes the dataset. The
`origin` of a statement is the claim (or source, or entity) that says it, `original_value` the
text of the log where the form of the package is another, `first_seen` and `last_seen` are when
the log took in the first and the last claim that say so. `lang` is empty: the log does not
say in which language a value is worded.

Sources are Articles; persons, organisations, groups, offices and events are Person,
Organization, LegalEntity, Position and Event; a ruling that joins two of them is an edge
(see `links`), whose id is derived from its slot, and `recordId` names its claim. Other rulings
are notes. Merged ids are one entity, the others are its `referents`. An underscore in an id
becomes a dot. The `status` of an Occupancy is `current` if it is settled that the office is held
at the date of the view, else `unknown`; what has ended by then is believed no more, and is none.

Left out: entities of other types (places, things) and what is believed of them, though they are
named where others speak of them; countries, which the log does not know by their codes; dates
that have no form there (sets, `~ ? %`, years before 1000 or after 2999, BCE) stand as EDTF
in notes and descriptions alone. Claims that are not believed are left out too.

Of changes there are `entities.delta.json`, with an operation and an entity a line: MOD puts the
entity in place of the one of its id, if there is one, and DEL takes away the one of that id.
`statements.delta.csv` holds the statements that are new or other, to be put in place of those
of the same id, and `statements.removed.csv` the ids of those that are no more.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, ClassVar

from chronicle.exports.dossiers.portraits import Painter
from chronicle.exports.dossiers.proxies import DATASET, STATEMENT, Proxy
from chronicle.exports.extract import Extract
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Group, Item
from chronicle.exports.packing import Package

_INDEX = "index.json"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class FollowTheMoney(Format):
    """Entities and statements."""

    about = "entities and statements of FollowTheMoney, for Aleph, OpenSanctions and the like"
    syntaxes: ClassVar[Mapping[str, str]] = {"dataset": ""}
    folder = True

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the sources, then every other thing with its links; each with its statements."""
        painter = Painter(extract)
        for name, rows in _stage(extract, "sources"):
            yield _group(("0", name), painter.source(rows))
        # Each in the order of ids, so that all that is said of a thing comes together.
        stages = [_stage(extract, one) for one in ("entities", "events", "topics")]
        for name, found in groupby(merge(*stages, key=itemgetter(0)), itemgetter(0)):
            items = [item for _, some in found for item in some]
            yield _group(("1", name), painter.subject(name, items))

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the entities, the statements, and what describes them."""
        names = _files(head)
        tables = {name: package.text(file) for name, file in names.items()}
        statements = csv.writer(tables["statements"], dialect=csv.unix_dialect)
        statements.writerow(STATEMENT)
        removed = csv.writer(tables.get("removed", tables["statements"]), dialect=csv.unix_dialect)
        if "removed" in tables:
            removed.writerow(("id",))
        entities = 0
        for item in found:
            if item.table == "entities":
                entities += 1
                tables["entities"].write(f"{_encode(_line(item, head))}\n")
            elif item.row is not None:
                statements.writerow([item.row[name] for name in STATEMENT])
            else:
                removed.writerow((item.key,))
        text = json.dumps(_described(head, entities), ensure_ascii=False, indent=2)
        package.text(_INDEX).write(f"{text}\n")

    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield the entities, the statements, and what describes them."""
        names = _files(head)
        try:
            yield Item("index", DATASET, json.loads((path / _INDEX).read_text(encoding="utf-8")))
            with (path / names["entities"]).open(encoding="utf-8") as stream:
                for line in stream:
                    yield _entity(json.loads(line))
            for row in _rows(path / names["statements"]):
                yield Item("statements", row["id"], row)
            for row in _rows(path / names["removed"]) if "removed" in names else ():
                yield Item("statements", row["id"], None)
        except (csv.Error, KeyError, TypeError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error


FORMAT = FollowTheMoney()

_WHOLE = {"entities": "entities.ftm.json", "statements": "statements.csv"}
_CHANGES = {
    "entities": "entities.delta.json",
    "statements": "statements.delta.csv",
    "removed": "statements.removed.csv",
}


def _files(head: Head) -> Mapping[str, str]:
    return _WHOLE if head["since"] is None else _CHANGES


def _stage(extract: Extract, name: str) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield the rows of a stage of an extract by the id that they are about, in its order.

    The rows of merged ids are left out: they are told with the entity that stands for them.
    """
    for group in extract.stage(name):
        about, row = group.order[1], group.items[0].row or {}
        if row.get("read_as", about) == about:
            yield about, group.items


def _group(order: tuple[str, ...], proxies: Iterable[Proxy]) -> Group:
    return Group(order, tuple(item for proxy in proxies for item in proxy.items()))


def _line(item: Item, head: Head) -> Any:
    if head["since"] is None:
        return item.row
    if item.row is None:
        return {"op": "DEL", "entity": {"id": item.key}}
    return {"op": "MOD", "entity": item.row}


def _entity(line: Any) -> Item:
    """Return the entity of a line, or its removal."""
    told = line["entity"] if "op" in line else line
    return Item("entities", told["id"], None if line.get("op") == "DEL" else told)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, dialect=csv.unix_dialect, strict=True)


def _described(head: Head, entities: int) -> dict[str, Any]:
    """Return what the package calls a dataset."""
    view = head["view"]
    types = {".json": "application/json+ftm", ".csv": "text/csv"}
    files = [
        {"name": name, "mime_type": types[Path(name).suffix]} for name in _files(head).values()
    ]
    return {
        "name": DATASET,
        "title": "Chronicle",
        "summary": "What is believed of contested events, and who says so.",
        "version": f"{view['head']}-{view['root'][:12]}",
        **({"entity_count": entities} if head["since"] is None else {}),
        "resources": files,
    }
