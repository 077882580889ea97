"""Bulk: statements that are run very often, or with very many rows, past the compiler.

SQLAlchemy compiles the statement for the dialect once; the driver then gets it as text, with
values in the form that it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Table, insert

_MOST_PARAMETERS = 999
"""The parameters that every SQLite takes in one statement."""

_Asked = TypeVar("_Asked", str, int, tuple[str, str])


def portions(wanted: Iterable[_Asked], most: int) -> Iterator[list[_Asked]]:
    """Yield what is asked for in order, so many at a time as one statement is to take."""
    ordered = sorted(wanted)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


class Prepared:
    """A statement compiled for the dialect of a connection."""

    def __init__(self, connection: Connection, statement: Executable) -> None:
        """Compile the statement once."""
        compiled = statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]  # every statement compiles
        self._text = str(compiled)
        self._order: Sequence[str] | None = compiled.positiontup

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Run it with values by the names of its parameters; return every row."""
        given: Any = dict(values)
        if self._order is not None:
            given = tuple(values[name] for name in self._order)
        return connection.exec_driver_sql(self._text, given).all()


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given as the values of every column, in the order of the table's columns."""
    if not rows:
        return
    if connection.dialect.positional:
        _insert_together(connection, str(insert(table).compile(dialect=connection.dialect)), rows)
        return
    names = [column.name for column in table.columns]
    connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])


def _insert_together(connection: Connection, one: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, many to a statement: SQLite takes less for a row than for a statement."""
    head, _, places = one.partition(" VALUES ")
    count = _MOST_PARAMETERS // len(rows[0])
    whole = len(rows) - len(rows) % count
    if whole:
        many = f"{head} VALUES {', '.join([places] * count)}"
        groups = [
            tuple(chain.from_iterable(rows[start : start + count]))
            for start in range(0, whole, count)
        ]
        connection.exec_driver_sql(many, groups)
    if whole < len(rows):
        connection.exec_driver_sql(one, list(rows[whole:]))
