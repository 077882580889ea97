"""Following: what a program does that keeps an export up to date, item by item."""

from __future__ import annotations

from collections.abc import Iterable

from chronicle.exports.items import Item

Held = dict[tuple[str, str], Item]
"""The items of an export by table and key."""


def applied(items: Iterable[Item], later: Iterable[Item]) -> Held:
    """Return the items of an export after some changes; a removal must fit."""
    found = {(item.table, item.key): item for item in items}
    for item in later:
        if item.row is None:
            del found[item.table, item.key]
        else:
            found[item.table, item.key] = item
    return found
