"""Kinds: what the ids are that records name, where a record alone does not say it.

A row that has them says all that is to be said of it: with changes, unchanged records do not come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chronicle.exports.items import Item, Row
from chronicle.ids import is_id
from chronicle.payloads import Payload
from chronicle.reading import Reader

_MOST_KNOWN = 50_000
"""The most ids whose kinds are kept."""


class Kinds:
    """Looks up what records name."""

    def __init__(self, reader: Reader) -> None:
        """Look as far as a reader does."""
        self._reader = reader
        self._known: dict[str, _Kind | None] = {}

    def told(self, items: tuple[Item, ...]) -> Iterator[Item]:
        """Yield items with more in their rows.

        `kinds` has those of the records that it names, by id; `datatype` is that of the property
        of a claim or a ruling, `within_type` the type of the entity that contains another.
        """
        named = [sorted(set(filter(is_id, _names(item)))) for item in items]
        self._look_up({name for names in named for name in names})
        for item, names in zip(items, named, strict=True):
            assert item.row is not None  # groups hold no removals
            found = [(name, self._known[name]) for name in names]
            kinds = {name: one.kind for name, one in found if one is not None}
            more = self._more(item.table, item.row)
            yield item._replace(row={**item.row, "kinds": kinds, **more})

    def _more(self, table: str, row: Row) -> Mapping[str, str | None]:
        if table in ("claims", "rulings"):
            return {"datatype": self._reader.properties[row["property"]].get("datatype", "text")}
        if table == "entities":
            within = self._known[row["within"]] if row["within"] else None
            return {"within_type": within and within.type}
        return {}

    def _look_up(self, names: set[str]) -> None:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        missing = names - self._known.keys()
        if missing:
            found = self._reader.catalogue.load(missing)
            self._known.update((name, _kind(found.get(name))) for name in missing)


class _Kind(NamedTuple):
    """What a record is; of an entity also its type."""

    kind: str
    type: str | None


def _kind(record: Payload | None) -> _Kind | None:
    return None if record is None else _Kind(record["kind"], record.get("type"))


def _names(item: Item) -> Iterator[str]:
    """Yield what a record names that may be of one kind or another, or no id at all."""
    row = item.row or {}
    if item.table == "events":
        yield item.key
    if item.table == "entities" and row["within"]:
        yield row["within"]
    yield from row.get("via", ())
    if item.table in ("claims", "rulings"):
        yield from row["qualifiers"].values()
