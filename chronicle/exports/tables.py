"""Tables laid out: which of them an export has, where its items go, and what links them."""

from __future__ import annotations

from collections.abc import Iterator

from chronicle.exports.columns import REMOVED, TABLES, Column, Kind, Table
from chronicle.exports.formats import Head
from chronicle.exports.items import Item, Row

NESTED: frozenset[Kind] = frozenset({"texts", "texts by name", "object", "objects"})
"""What a cell holds as JSON."""


def tables_of(head: Head) -> tuple[Table, ...]:
    """Return the tables of an export; removals have one of their own, in one of changes."""
    return tuple(TABLES.values()) if head["since"] is None else (*TABLES.values(), REMOVED)


def placed(item: Item) -> tuple[str, Row]:
    """Return the table that an item goes to, and the row that it makes there."""
    if item.row is None:
        return REMOVED.name, {"table": item.table, "key": item.key}
    return item.table, item.row


def item_of(table: Table, row: Row) -> Item:
    """Return the item that a row was made from; `ValueError` for one without a key."""
    if not all(isinstance(row[name], str) for name in primary(table)):
        raise ValueError(f"{table.name}: a row has no {table.key}")
    if table is REMOVED:
        return Item(row["table"], row["key"], None)
    return Item(table.name, row[table.key], row)


def primary(table: Table) -> tuple[str, ...]:
    """Return the columns that name a row."""
    return ("table", "key") if table is REMOVED else (table.key,)


def always(column: Column) -> bool:
    """Say whether every cell of a column is filled."""
    return column.required or column.kind in ("boolean", "texts", "texts by name", "objects")


def links(table: Table, head: Head) -> Iterator[Column]:
    """Yield the columns that hold the key of another row: none in an export of changes.

    There what they refer to may be in the earlier export. Lists of keys are no links.
    """
    if head["since"] is None:
        yield from (one for one in table.columns if one.refers and one.kind not in NESTED)


def told(column: Column) -> str:
    """Return what a column holds, with the parts of its objects."""
    parts = "; ".join(f"{part.name}: {part.about.rstrip('.')}" for part in column.parts)
    if not parts:
        return column.about
    return f"{column.about} {'Each with' if column.kind == 'objects' else 'With'} {parts}."
