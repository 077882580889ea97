"""Items: what every export is made of, and what of it later entries changed.

An export is a sequence of items, each with a key of its own in its table. Items come in groups
in a fixed order, so that two exports can be compared in one pass: what a follower needs are the
items that are new or other than before, and the keys of those that are no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Row = Mapping[str, Any]
"""What an item says; its values are as JSON has them."""


class Item(NamedTuple):
    """One record of an export."""

    table: str
    key: str
    """Unique in its table."""
    row: Row | None
    """What it says; None marks a removal."""


class Group(NamedTuple):
    """Items that come together."""

    order: tuple[str, ...]
    """Where it stands: no two groups of an export have the same, and they come in this order."""
    items: tuple[Item, ...]


_Key = tuple[str, str]

_Items = tuple[Item, ...]


def alone(item: Item) -> Group:
    """Return the group of an item that stands by itself."""
    return Group((item.table, item.key), (item,))


def flat(groups: Iterable[Group]) -> Iterator[Item]:
    """Yield the items of groups, in their order."""
    for group in groups:
        yield from group.items


def changes(before: Iterable[Group], after: Iterable[Group]) -> Iterator[Item]:
    """Yield what makes the one export the other: items that are new or changed, then removals.

    Whoever drops the removed keys and puts the other items in place of those of the same key
    has the later export. What only moved to another group is no removal.
    """
    gone: dict[_Key, Item] = {}
    come: set[_Key] = set()
    for old, new in _paired(iter(before), iter(after)):
        held = {item[:2]: item for item in old}
        kept = {item[:2] for item in new}
        gone.update((name, item) for name, item in held.items() if name not in kept)
        come.update(kept - held.keys())
        yield from (item for item in new if held.get(item[:2]) != item)
    yield from (item._replace(row=None) for name, item in gone.items() if name not in come)


def _paired(before: Iterator[Group], after: Iterator[Group]) -> Iterator[tuple[_Items, _Items]]:
    """Yield the groups of both sides that stand at the same place; () where one has none."""
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        first = new is None or (old is not None and old.order <= new.order)
        second = old is None or (new is not None and new.order <= old.order)
        yield (old.items if first and old else ()), (new.items if second and new else ())
        if first:
            old = next(before, None)
        if second:
            new = next(after, None)
