"""`parquet`: the tables in columns, typed, each a file of Apache Parquet.

The schema is made from the declared columns: what a column holds is in the metadata of its field,
what the export says of itself in that of the file. Bounds are timestamps without a zone, counted
in milliseconds so that years before the common era and after 9999 fit; one beyond 292 million
years is null, and only the text beside it tells the date. Changes have one table more: what was
removed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import pyarrow as pa  # type: ignore[import-untyped]  # it brings no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # as above

from chronicle.exports.columns import Column, Table
from chronicle.exports.formats import TOLD, Format, Head
from chronicle.exports.items import Item, Row
from chronicle.exports.packing import Package
from chronicle.exports.tables import always, item_of, placed, tables_of
from chronicle.log import write_moment

_SUFFIX = ".parquet"

_BATCH = 500
"""Rows that are held as they come before they become arrays, which are far smaller."""

_WEIGHT = 2**22
"""Characters in such rows at which they do so before."""

_ROWS = 20_000
"""The rows of a row group, give or take a batch."""

_BYTES = 2**24
"""Bytes in its arrays at which it is written before."""

_LONGEST = 2**63 // 1000 - 1
"""The most seconds that fit into a timestamp in milliseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Parquet(Format):
    """A file a table, in row groups of a bounded size."""

    about = "the tables in columns, with typed bounds, for data frames and DuckDB"
    syntaxes: ClassVar[Mapping[str, str]] = {"tables": _SUFFIX}
    folder = True
    binary = True
    libraries = ("pyarrow",)

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write all tables at once, since items come in no order of tables."""
        with ExitStack() as stack:
            sheets = {
                table.name: stack.enter_context(_Sheet(table, head, package))
                for table in tables_of(head)
            }
            for item in found:
                name, row = placed(item)
                sheets[name].add(row)

    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield the rows, table by table, and removals last; a bound that does not fit is None."""
        for table in tables_of(head):
            yield from (item_of(table, row) for row in _rows(path, table, head))


FORMAT = Parquet()


def schema(table: Table, head: Head) -> pa.Schema:
    """Return the Arrow schema of a table, with what the export says of itself."""
    told = {name: json.dumps(head[name], ensure_ascii=False) for name in TOLD}
    return pa.schema(
        map(_field, table.columns), {"description": table.about, "key": table.key} | told
    )


def _field(column: Column) -> pa.Field:
    told = {"description": column.about}
    return pa.field(column.name, _type(column), nullable=not always(column), metadata=told)


def _type(column: Column) -> pa.DataType:
    if column.kind in ("object", "objects"):
        one = pa.struct([_field(part) for part in column.parts])
        return one if column.kind == "object" else pa.list_(pa.field("item", one, nullable=False))
    return _TYPES.get(column.kind, _TEXT)


_TEXT = pa.string()

_TYPES: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "instant": pa.timestamp("ms"),
    "moment": pa.timestamp("us", "UTC"),
    "texts": pa.list_(pa.field("item", _TEXT, nullable=False)),
    "texts by name": pa.map_(_TEXT, pa.field("value", _TEXT, nullable=False)),
}
"""The Arrow type of each kind of column that is no text and no object."""


class _Sheet:
    """The file of a table while it is written; what it holds until it makes a row group is bounded.

    Left with an error, everything that is open is closed, and the file is of no use.
    """

    def __init__(self, table: Table, head: Head, package: Package) -> None:
        self._schema = schema(table, head)
        self._columns = table.columns
        self._path = package.path(f"{table.name}{_SUFFIX}")
        self._held: list[Row] = []
        self._weight = 0
        self._batches: list[pa.RecordBatch] = []

    def __enter__(self) -> Self:
        # A file of Python's own says in its errors what the system said.
        self._stream = self._path.open("wb")
        self._writer = pq.ParquetWriter(
            self._stream, self._schema, version="2.6", compression="zstd", data_page_version="1.0"
        )
        return self

    def add(self, row: Row) -> None:
        """Add a row."""
        self._held.append(row)
        self._weight += len(repr(row))
        if len(self._held) >= _BATCH or self._weight >= _WEIGHT:
            self._pack()
            rows = sum(batch.num_rows for batch in self._batches)
            if rows >= _ROWS or sum(batch.nbytes for batch in self._batches) >= _BYTES:
                self._flush()

    def _pack(self) -> None:
        """Make arrays of the rows that are held."""
        arrays = [_array(column, self._held) for column in self._columns]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._held, self._weight = [], 0

    def _flush(self) -> None:
        """Write a row group of all that is held."""
        if self._held:
            self._pack()
        if self._batches:
            table = pa.Table.from_batches(self._batches)
            self._writer.write_table(table, row_group_size=table.num_rows)
            self._batches = []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._flush()
                self._writer.close()
                self._stream.close()
        finally:
            self._abandon()

    def _abandon(self) -> None:
        """Close what is still open; the writer too, which else would do so when it is freed."""
        with suppress(OSError, ValueError, pa.ArrowException):
            self._writer.close()
        with suppress(OSError):
            self._stream.close()


def _array(column: Column, rows: Sequence[Row]) -> pa.Array:
    values = [row[column.name] for row in rows]
    into = _INTO.get(column.kind)
    if into is not None:
        values = [None if value is None else into(value) for value in values]
    return pa.array(values, _type(column))


def _milliseconds(second: int) -> int | None:
    return second * 1000 if -_LONGEST <= second <= _LONGEST else None


def _microseconds(moment: str) -> int:
    return (datetime.fromisoformat(moment) - _EPOCH) // _MICROSECOND


_INTO: Mapping[str, Callable[[Any], Any]] = {
    "instant": _milliseconds,
    "moment": _microseconds,
    "texts by name": lambda value: list(value.items()),
}
"""What makes of a value, by kind, what Arrow takes."""

_OUT_OF: Mapping[str, Callable[[Any], Any]] = {
    "instant": lambda value: value // 1000,
    "moment": lambda value: write_moment(_EPOCH + value * _MICROSECOND),
    "texts by name": dict,
}
"""The way back."""


def _rows(path: Path, table: Table, head: Head) -> Iterator[Row]:
    """Yield the rows of a table; `ValueError` if its file is none of this table."""
    names = [column.name for column in table.columns]
    with pq.ParquetFile(path / f"{table.name}{_SUFFIX}") as file:
        if not file.schema_arrow.equals(schema(table, head)):
            raise ValueError(f"{table.name}{_SUFFIX} has not the columns of {table.name}")
        for batch in file.iter_batches(_BATCH, use_threads=False):
            columns = [_values(column, batch.column(column.name)) for column in table.columns]
            yield from (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _values(column: Column, array: pa.Array) -> list[Any]:
    """Return values as rows have them."""
    plain = array.cast(pa.int64()) if pa.types.is_timestamp(array.type) else array
    out_of = _OUT_OF.get(column.kind)
    values: list[Any] = plain.to_pylist()
    if out_of is not None:
        values = [None if value is None else out_of(value) for value in values]
    return values
