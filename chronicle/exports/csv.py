"""`csv`: the view as a Frictionless Data Package, a folder of tables with their description.

Every table is a file of CSV (RFC 4180, UTF-8). Lines end with a line feed alone: readers of CSV
take it as well, and tools that go by lines leave no carriage return in the last cell. Lists and
mappings are JSON in their cell. Texts that a spreadsheet would run are guarded, see
`spreadsheets`; `datapackage.json` says how to undo that. An empty cell is no value.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from chronicle import dates
from chronicle.calendar import write_instant
from chronicle.exports.columns import TABLES, Column, Kind, Table
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Item
from chronicle.exports.packing import Package, weighed
from chronicle.exports.tables import (
    NESTED,
    always,
    item_of,
    links,
    placed,
    primary,
    tables_of,
    told,
)
from chronicle.spreadsheets import MARK, TRIGGERS, guard, unguard

_DESCRIPTION = "datapackage.json"

_LONGEST = 2**31 - 1
"""Signs of a cell that can be read back; the reader's own limit is less than some lists have."""

_WEIGHT = ("bytes", "hash")


class Csv(Format):
    """A folder of tables."""

    about = "a Frictionless Data Package: CSV tables, safe for spreadsheets, and their schema"
    syntaxes: ClassVar[Mapping[str, str]] = {"package": ""}
    folder = True

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write a file a table, and what describes them."""
        tables = tables_of(head)
        streams = [package.text(_file(table)) for table in tables]
        rows: dict[str, Callable[[Iterable[str]], Any]] = {}
        for table, stream in zip(tables, streams, strict=True):
            rows[table.name] = csv.writer(stream, lineterminator="\n").writerow
            rows[table.name](column.name for column in table.columns)
        cells = {table.name: _cells(table) for table in tables}
        for item in found:
            name, row = placed(item)
            rows[name]([cell(row[column]) for column, cell in cells[name]])
        for stream in streams:
            stream.flush()
        weights = {table.name: weighed(package.path(_file(table))) for table in tables}
        text = json.dumps(_described(head, weights), ensure_ascii=False, indent=2) + "\n"
        package.text(_DESCRIPTION).write(text)

    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield the rows of the tables, and what describes them.

        The size and hash of each file are left out, as they follow from the rows.
        """
        try:
            yield from _description(path / _DESCRIPTION)
            for table in tables_of(head):
                yield from _rows(table, path / _file(table))
        except (csv.Error, KeyError, TypeError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error


FORMAT = Csv()


def _file(table: Table) -> str:
    return f"{table.name}.csv"


def _cells(table: Table) -> list[tuple[str, Callable[[Any], str]]]:
    """Return how a value of each column is written."""
    return [(column.name, _WRITTEN.get(column.kind, _text)) for column in table.columns]


def _text(value: str | None) -> str:
    return "" if value is None else guard(value)


def _instant(value: int | None) -> str:
    return "" if value is None else guard(write_instant(value))


def _integer(value: int | None) -> str:
    return "" if value is None else str(value)


def _boolean(value: bool) -> str:
    return "true" if value else "false"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def _nested(value: Any) -> str:
    return "" if value is None else _encode(value)


_WRITTEN: Mapping[Kind, Callable[[Any], str]] = {
    "integer": _integer,
    "boolean": _boolean,
    "instant": _instant,
    **dict.fromkeys(NESTED, _nested),
}


def _description(path: Path) -> Iterator[Item]:
    """Yield what is said of the package, and of each table."""
    if not path.exists():
        return
    document = json.loads(path.read_text(encoding="utf-8"))
    resources = document.pop("resources")
    yield from (Item("datapackage", name, {"is": one}) for name, one in document.items())
    for one in resources:
        plain = {name: value for name, value in one.items() if name not in _WEIGHT}
        yield Item("resources", one["name"], plain)


def _rows(table: Table, path: Path) -> Iterator[Item]:
    """Yield the rows of a file."""
    if not path.exists():
        return
    # The limit is one for the whole process; a higher one only lets longer cells through.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))
    kinds = {column.name: column.kind for column in table.columns}
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        names = next(lines, [])
        for line in lines:
            cells = zip(names, line, strict=True)
            yield item_of(table, {name: _value(kinds.get(name), cell) for name, cell in cells})


def _value(kind: Kind | None, cell: str) -> Any:
    """Return what a cell holds, as rows have it."""
    if not cell:
        return None
    if kind == "integer":
        return int(cell)
    if kind == "boolean":
        return {"true": True, "false": False}.get(cell, cell)
    if kind == "instant":
        return dates.parse(unguard(cell)).first
    return json.loads(cell) if kind in NESTED else unguard(cell)


def _described(head: Head, weights: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the description of the package."""
    since = head["since"]
    whole = "What a chronicle knows and believes, who says so, and what speaks against it."
    changes = (
        f"What the entries after {since and since['head']} changed: drop the rows that the table "
        "removed names, then put these in place of those of the same key."
    )
    return {
        "profile": "tabular-data-package",
        "name": "chronicle",
        "title": "A view of a chronicle" if since is None else "Changes of a view of a chronicle",
        "description": whole if since is None else changes,
        "view": head["view"],
        "root": head["view"]["root"],
        "about": head["about"],
        "since": since,
        "software": head["software"],
        "guard": _GUARD,
        "resources": [_resource(table, head, weights[table.name]) for table in tables_of(head)],
    }


_GUARD: Mapping[str, Any] = {
    "description": (
        "A text that a spreadsheet would run has the mark before it, and so has one that begins "
        "with the mark. To have the text back take one mark away where a cell of type string "
        "begins with it."
    ),
    "mark": MARK,
    "before": [*TRIGGERS, MARK],
}


def _resource(table: Table, head: Head, weight: Mapping[str, Any]) -> dict[str, Any]:
    names = primary(table)
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": names[0] if len(names) == 1 else list(names),
    }
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": column.refers, "fields": TABLES[column.refers].key},
        }
        for column in links(table, head)
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": _file(table),
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": weight["bytes"],
        "hash": f"sha256:{weight['sha256']}",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": {**schema, "foreignKeys": keys} if keys else schema,
    }


_TYPES: Mapping[Kind, str] = {
    "integer": "integer",
    "boolean": "boolean",
    "moment": "datetime",
    "texts": "array",
    "objects": "array",
    "object": "object",
    "texts by name": "object",
}
"""The types of Table Schema; dates are texts, as no type has EDTF or years before the first."""


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if always(column) else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    about = told(column)
    if column.kind == "instant":
        about += " An instant, EDTF."
    field = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": about,
    }
    return {**field, "constraints": constraints} if constraints else field
