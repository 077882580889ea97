"""`sqlite`: the view as one read-only SQLite file, its tables linked, with views in words.

It holds nothing of the machine or the moment, nor of the version of SQLite (see `pages`). What
each column is stands in the table `columns`, what the view was in `manifest`. Dates are EDTF as
written; their bounds beside them are integers that sort and compare, years before the first
too. In an export of changes nothing is declared to refer, as what is referred to may be in the
earlier export.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from chronicle.exports import pages, sql
from chronicle.exports.columns import Kind, Table
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Item
from chronicle.exports.packing import Package
from chronicle.exports.tables import NESTED, item_of, placed, tables_of, told

_BATCH = 500
"""Rows of a table that are put there together."""

SETTINGS = (
    f"page_size = {pages.SIZE}",
    "encoding = 'UTF-8'",
    "auto_vacuum = NONE",
    # Who is interrupted starts anew, so that nothing need be undone; packing waits for the disk.
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "temp_store = FILE",
    # Space within pages that is no longer used holds zeros, not what was there.
    "secure_delete = ON",
)
"""How the file is written."""

_ROOTS = "SELECT rootpage FROM sqlite_master WHERE rootpage"


class Sqlite(Format):
    """One file of SQLite."""

    about = "one read-only SQLite file, for Datasette and for queries in SQL"
    syntaxes: ClassVar[Mapping[str, str]] = {"database": ".db"}
    binary = True
    engines: ClassVar[Mapping[str, str]] = {"SQLite": sqlite3.sqlite_version}

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the file: tables, then rows, then what is looked things up by."""
        path = package.path()
        with _failing_as_files(), closing(sqlite3.connect(path, isolation_level=None)) as database:
            for setting in SETTINGS:
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN")
            for statement in sql.schema(head):
                database.execute(statement)
            _describe(database, head)
            _fill(database, found, tables_of(head))
            for statement in (*sql.INDEXES, *sql.VIEWS):
                database.execute(statement)
            database.execute("COMMIT")
            # Rows came by topic: now the pages of each table stand together.
            database.execute("VACUUM")
            roots = [root for (root,) in database.execute(_ROOTS)]
        pages.settle(path, roots)
        path.chmod(0o444)

    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield the rows of the tables, what is said of them, and how they are made."""
        place = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(place, uri=True)) as database:
                for name, text in database.execute("SELECT name, sql FROM sqlite_master"):
                    yield Item("schema", name, {"sql": text})
                for name, value in database.execute("SELECT name, value FROM manifest"):
                    yield Item("manifest", name, {"is": value})
                for of, name, *more in database.execute("SELECT * FROM columns"):
                    yield Item("columns", f"{of} {name}", {"is": more})
                for table in tables_of(head):
                    yield from _rows(database, table)
        except (sqlite3.Error, TypeError, KeyError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error


FORMAT = Sqlite()


@contextmanager
def _failing_as_files() -> Iterator[None]:
    """Have a full or failing disk raise `OSError`, as it does for any other file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        number = _NUMBERS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if number is None:
            raise
        raise OSError(number, os.strerror(number)) from error


_NUMBERS: Mapping[int, int] = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
"""What the errors of the library are to the system; an extended code ends with the plain one."""


def _describe(database: sqlite3.Connection, head: Head) -> None:
    """Write what the export is, and what its columns are."""
    software = head["software"]
    since = head["since"] or dict.fromkeys(head["view"])
    values = {
        "software": f"{software['name']} {software['version']}",
        **head["view"],
        "about": head["about"],
        **{f"since_{name}": value for name, value in since.items()},
    }
    database.executemany("INSERT INTO manifest VALUES (?, ?)", values.items())
    for table in tables_of(head):
        rows = [
            (table.name, one.name, told(one), _WRITTEN.get(one.kind, "text"), one.refers or None)
            for one in table.columns
        ]
        database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", rows)


_WRITTEN: Mapping[Kind, str] = {
    "integer": "integer",
    "boolean": "0 or 1",
    "date": "text, EDTF (ISO 8601-2)",
    "instant": (
        "integer: seconds since 1970-01-01T00:00:00 on the proleptic Gregorian calendar, without "
        "time zone, any year; those of a day are CAST(strftime('%s', '-0044-03-15') AS INTEGER), "
        "and datetime(seconds, 'unixepoch') is their day in the years -4713 to 9999"
    ),
    "moment": "text, ISO 8601 in UTC",
    "texts": "text, JSON: a list of texts",
    "texts by name": "text, JSON: a mapping of texts",
    "object": "text, JSON: a mapping",
    "objects": "text, JSON: a list of mappings",
}


def _fill(database: sqlite3.Connection, found: Iterable[Item], tables: Iterable[Table]) -> None:
    """Put the rows into their tables, each in the order of the items."""
    loads = {table.name: _Load(database, table) for table in tables}
    for item in found:
        name, row = placed(item)
        loads[name].add(row)
    for load in loads.values():
        load.put()


class _Load:
    """Rows on their way into a table."""

    def __init__(self, database: sqlite3.Connection, table: Table) -> None:
        self._database = database
        self._statement = sql.insertion(table)
        self._columns = [(one.name, one.kind in NESTED) for one in table.columns]
        self._rows: list[list[Any]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row."""
        self._rows.append([_cell(row[name], nested=nested) for name, nested in self._columns])
        if len(self._rows) == _BATCH:
            self.put()

    def put(self) -> None:
        """Put what was taken into the table."""
        self._database.executemany(self._statement, self._rows)
        self._rows.clear()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _cell(value: Any, *, nested: bool) -> Any:
    return _encode(value) if nested and value is not None else value


def _rows(database: sqlite3.Connection, table: Table) -> Iterator[Item]:
    """Yield the rows of a table as items have them."""
    parsers = [_PARSERS.get(column.kind) for column in table.columns]
    names = [column.name for column in table.columns]
    for cells in database.execute(sql.selection(table)):
        values = (
            cell if parse is None or cell is None else parse(cell)
            for cell, parse in zip(cells, parsers, strict=True)
        )
        yield item_of(table, dict(zip(names, values, strict=True)))


_PARSERS: Mapping[Kind, Callable[[Any], Any]] = {
    "boolean": bool,
    **dict.fromkeys(NESTED, json.loads),
}
