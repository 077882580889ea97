"""`json`: the view as one document, its tables one after the other, with its JSON Schema.

Rulings are as `chronicle state --format json` prints them, with supporters and rivals; beside
that each has the key of its `slot`, by which changes name it. With the document comes its schema
(JSON Schema 2020-12); as the syntax `schema` it is written alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, ClassVar, TextIO

from chronicle.exports.columns import REMOVED, TABLES, Column, Table
from chronicle.exports.formats import TOLD, Format, Head
from chronicle.exports.items import Item
from chronicle.exports.manifest import VIEW
from chronicle.exports.packing import Package
from chronicle.exports.tables import item_of, placed, tables_of

_EDTF = "EDTF (ISO 8601-2), as written"


class Json(Format):
    """One JSON document."""

    about = "the view as one document: entities, events, claims, rulings; with its JSON Schema"
    syntaxes: ClassVar[Mapping[str, str]] = {"document": ".json", "schema": ".schema.json"}

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the document and its schema."""
        text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
        if head["syntax"] == "schema":
            package.text().write(text)
            return
        with ExitStack() as stack:
            spools = _spooled(found, tables_of(head), stack)
            _write_document(head, spools, package.text())
        package.text("schema.json").write(text)

    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield the rows of the document; of a schema, its definitions."""
        document = json.loads(path.read_text(encoding="utf-8"))
        if head["syntax"] == "schema":
            yield from (Item("schema", name, {"is": one}) for name, one in document.items())
            return
        yield from (Item("document", name, {"is": document.get(name)}) for name in TOLD)
        for table in tables_of(head):
            yield from (item_of(table, row) for row in document.get(table.name, ()))


FORMAT = Json()


def _spooled(found: Iterable[Item], tables: Iterable[Table], stack: ExitStack) -> dict[str, TextIO]:
    """Write the rows of each table into a file of its own, as items come in no order of tables."""
    spools: dict[str, TextIO] = {}
    for table in tables:
        spool = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  # the stack closes it
        spools[table.name] = stack.enter_context(spool)
    marks = dict.fromkeys(spools, "\n")
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    for item in found:
        name, row = placed(item)
        if name in TABLES:
            row = {one.name: row[one.name] for one in TABLES[name].plain}
        spools[name].write(f"{marks[name]}    {encode(row)}")
        marks[name] = ",\n"
    return spools


def _write_document(head: Head, spools: Mapping[str, TextIO], stream: TextIO) -> None:
    stream.write("{\n")
    for name in TOLD:
        value = json.dumps(head[name], ensure_ascii=False, indent=2).replace("\n", "\n  ")
        stream.write(f"  {json.dumps(name)}: {value},\n")
    for number, (name, spool) in enumerate(spools.items(), start=1):
        stream.write(f"  {json.dumps(name)}: [")
        end = "\n  ]" if spool.tell() else "]"
        spool.seek(0)
        while block := spool.read(2**20):
            stream.write(block)
        stream.write(f"{end},\n" if number < len(spools) else f"{end}\n")
    stream.write("}\n")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the document."""
    tables = {
        table.name: {
            "type": "array",
            "description": table.about,
            "items": {"$ref": f"#/$defs/{table.name}"},
        }
        for table in (*TABLES.values(), REMOVED)
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A view of a chronicle",
        "type": "object",
        "properties": {
            "view": {"$ref": "#/$defs/view"},
            "about": {
                "type": ["string", "null"],
                "description": "The one entity that it is about; null for everything.",
            },
            "since": {
                "description": "The view of the earlier export that it changes; null for a whole.",
                "oneOf": [{"type": "null"}, {"$ref": "#/$defs/view"}],
            },
            "software": {"type": "object", "required": ["name", "version"]},
            **tables,
        },
        "required": [*TOLD, *TABLES],
        "additionalProperties": False,
        "$defs": {"view": _VIEW}
        | {table.name: _row(table.plain) for table in TABLES.values()}
        | {REMOVED.name: _row(REMOVED.columns)},
    }


_VIEW: Mapping[str, Any] = {
    "type": "object",
    "description": "How the log was looked at.",
    "properties": {
        "at": {"type": "string", "description": f"What held on this date, {_EDTF}."},
        "known": {
            "type": ["string", "null"],
            "description": "Counting only what was said by then; null for everything.",
        },
        "recorded": {
            "type": ["string", "null"],
            "description": "Counting only what the log held then; null for everything.",
        },
        "policy": {"type": "string", "description": "The order of criteria."},
        "head": {"type": "integer", "minimum": 0, "description": "The entries of the log."},
        "root": {
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "The Merkle root of the log (RFC 9162).",
        },
    },
    "required": list(VIEW),
    "additionalProperties": False,
}


def _row(columns: Iterable[Column]) -> dict[str, Any]:
    """Return the schema of a mapping with these columns, all of which it has."""
    properties = {column.name: _value(column) for column in columns}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _value(column: Column) -> dict[str, Any]:
    told = {"description": column.about}
    if column.kind == "objects":
        return {"type": "array", "items": _row(column.parts), **told}
    if column.kind == "object":
        return {"oneOf": [{"type": "null"}, _row(column.parts)], **told}
    if column.kind == "texts":
        return {"type": "array", "items": {"type": "string"}, **told}
    if column.kind == "texts by name":
        return {"type": "object", "additionalProperties": {"type": "string"}, **told}
    kind = {"integer": "integer", "boolean": "boolean"}.get(column.kind, "string")
    if column.choices:
        return {"enum": list(column.choices), **told}
    return {"type": kind if column.required or kind == "boolean" else [kind, "null"], **told}
