"""Changes applied to the rulings of one view: the rulings of the other, with all their grounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from chronicle import Ruling
from chronicle.differences import Change

Told = dict[str, dict[str, Any]]
"""Rulings as JSON writes them, by slot."""


def told(rulings: Iterable[Ruling], many: Collection[str] = ()) -> Told:
    """Return rulings by slot; `many` names the properties of many values."""
    found = {}
    for one in rulings:
        value = one.value if one.property in many else None
        found[_slot(one.subject, one.property, one.qualifiers, value)] = one.as_dict()
    return found


def applied(rulings: Told, changes: Iterable[Change]) -> Told:
    """Return the rulings after some changes; each has to fit what it changes."""
    found = dict(rulings)
    for one in changes:
        slot = _slot(one.subject, one.property, one.qualifiers, one.slot_value)
        assert found.pop(slot, None) == (one.held and one.held.as_dict()), slot
        if one.holds is not None:
            found[slot] = one.holds.as_dict()
    return found


def _slot(*parts: object) -> str:
    return repr(parts)
