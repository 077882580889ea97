"""Differences: what two views hold differently, slot by slot.

Two views are compared by what they believe: their rulings are joined by slot, and each slot
that they do not rule on alike is one change. Everything that speaks of change does it so:
changes over time, two views side by side, what a policy or a source decides, what an append
would do. Nothing is decided here; both rulings come from the same function.

Applied to the rulings of the one view, the changes of every kind give those of the other.
"""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chronicle.answers import Ruling
from chronicle.canonical import dumps
from chronicle.errors import UnknownId
from chronicle.reading import Name
from chronicle.slots import Slot
from chronicle.views import View

KINDS: Mapping[str, str] = {
    "value": "another value is believed, or that there is none",
    "ends": "what was believed has ended; nothing is believed now",
    "disappears": "nothing is believed now: it is denied, or no more known",
    "standing": "the same value, with another standing",
    "appears": "nothing was believed before",
    "support": "the same value and standing, on other grounds: winning claim, basis, last affirmed "
    "day, supporters, rivals, deciding criterion",
}
"""The kinds of change, the most telling first."""

Key = tuple[str, str, tuple[tuple[str, str], ...], str]
"""A slot as rulings name it: subject, property, qualifiers in order, value; the last is "" where
the cardinality is one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One slot that two views do not rule on alike."""

    subject: str
    property: str
    qualifiers: Mapping[str, str]
    slot_value: str | None
    """The value that is part of the slot where the cardinality is many; else None."""
    kind: str
    """One of `KINDS`."""
    before: Ruling | None
    """What the first view holds. Where it believes nothing: None, or a ruling without a value
    that says why (`standing` and the reasons of its rivals); see `between`."""
    after: Ruling | None
    """What the second view holds, in the same way."""

    @builtins.property
    def key(self) -> Key:
        """The slot as rulings name it; changes are in its order."""
        named = tuple(sorted(self.qualifiers.items()))
        return self.subject, self.property, named, self.slot_value or ""

    @builtins.property
    def slot(self) -> Slot:
        """The slot as reasoning names it within its subject and property."""
        qualifiers = dumps(dict(self.qualifiers)).decode() if self.qualifiers else ""
        return Slot(qualifiers, self.slot_value or "")

    @builtins.property
    def held(self) -> Ruling | None:
        """The ruling of the first view if it believes anything, else None."""
        return self.before if self.before is not None and self.before.claim is not None else None

    @builtins.property
    def holds(self) -> Ruling | None:
        """The ruling of the second view if it believes anything, else None."""
        return self.after if self.after is not None and self.after.claim is not None else None

    def as_dict(self) -> dict[str, Any]:
        """Return the change as JSON writes it, with both rulings and why they are so."""
        return {
            "subject": self.subject,
            "property": self.property,
            "qualifiers": dict(self.qualifiers),
            "slot_value": self.slot_value,
            "kind": self.kind,
            "before": None if self.before is None else self.before.as_dict(),
            "after": None if self.after is None else self.after.as_dict(),
        }


def key_of(ruling: Ruling, many: Collection[str]) -> Key:
    """Return the slot of a ruling; `many` names the properties of many values."""
    value = (ruling.value or "") if ruling.property in many else ""
    return ruling.subject, ruling.property, tuple(sorted(ruling.qualifiers.items())), value


def differences(
    before: Iterable[Ruling],
    after: Iterable[Ruling],
    many: Collection[str] = (),
    *,
    closely: bool = True,
) -> Iterator[Change]:
    """Yield the changes from some rulings to others, in the order of their slots.

    The rulings may come in any order, at most one a slot; where nothing is believed they count
    as none. `many` names the properties whose cardinality is many. Without `closely` no ruling
    is asked why it is so, which takes long over many: then only those changes of kind `support`
    are found that show in the ruling itself (its claim, basis and dates).
    """
    left, right = _keyed(before, many), _keyed(after, many)
    for key in sorted({**left, **right}):
        old, new = left.get(key), right.get(key)
        kind = _kind(old, new, closely)
        if kind:
            subject, name, qualifiers, value = key
            slot_value = value if name in many else None
            yield Change(subject, name, dict(qualifiers), slot_value, kind, old, new)


def _keyed(rulings: Iterable[Ruling], many: Collection[str]) -> dict[Key, Ruling]:
    return {key_of(one, many): one for one in rulings if one.claim is not None}


def _kind(old: Ruling | None, new: Ruling | None, closely: bool) -> str:
    """Return the kind of change between two believed rulings of a slot; "" for none."""
    if old is None:
        return "appears"
    if new is None:
        return "disappears"
    if (old.value, old.none) != (new.value, new.none):
        return "value"
    if old.standing != new.standing:
        return "standing"
    return "" if old == new and not (closely and _grounds(old) != _grounds(new)) else "support"


def _grounds(ruling: Ruling) -> tuple[object, ...]:
    return ruling.decided_by, ruling.supporters, ruling.rivals, ruling.in_conflict


def between(
    before: View,
    after: View,
    topics: Iterable[Name] | None = None,
    *,
    closely: bool = False,
) -> Iterator[Change]:
    """Yield the changes from one view to another, in the order of their slots.

    They are of every slot, or of those of some topics (subject and property; ids that either
    view has merged with a subject count too). Where a view believes nothing, the change has its
    ruling that says so: what has `ended` is told from what `disappears` by it. It is None where
    the view knows no such slot: its log lacks the subject or the property, or has the subject
    merged into another. `closely` is as in `differences`.
    """
    many = _many(before) | _many(after)
    if topics is None:
        old, new = before.state(), after.state()
    else:
        names = _closed(topics, (before, after))
        old, new = _about(before, names), _about(after, names)
    for change in differences(old, new, many, closely=closely):
        yield _told(change, before, after)


def about(before: View, after: View, subject: str, *, closely: bool = False) -> Iterator[Change]:
    """Yield the changes of a subject, and those of which it is the value on either side.

    An id that either view has merged with it counts as the subject. `UnknownId` if the longer
    log of the two does not know it.
    """
    max(before, after, key=lambda view: view.scope.until).know(subject)
    views = before, after
    ids = {one for view in views for one in view.reader.merges.members(subject)}
    topics = {
        (ruling.subject, ruling.property)
        for view in views
        for one in sorted(ids)
        for ruling in _state(view, one)
    }
    for change in between(before, after, topics, closely=closely):
        held = (one.value for one in (change.held, change.holds) if one is not None)
        if not ids.isdisjoint((change.subject, *held)):
            yield change


def _state(view: View, subject: str) -> list[Ruling]:
    """Return what a view believes of a subject; nothing if its log lacks it."""
    try:
        return view.state(subject)
    except UnknownId:
        return []


def _many(view: View) -> set[str]:
    properties = view.reader.properties
    return {name for name, one in properties.items() if one.get("cardinality") == "many"}


def _closed(topics: Iterable[Name], views: tuple[View, View]) -> list[Name]:
    """Return the topics with those of every id that a view has merged with their subjects."""
    found: set[Name] = set()
    for subject, name in topics:
        one, other = ({*view.reader.merges.members(subject)} for view in views)
        found.update((member, name) for member in one | other)
    return sorted(found)


def _about(view: View, names: Iterable[Name]) -> list[Ruling]:
    """Return what a view believes in some topics; nothing in those that its log lacks."""
    canonical = view.reader.merges.canonical
    found: list[Ruling] = []
    for subject, name in sorted({(canonical(subject), name) for subject, name in names}):
        try:
            found += view.rulings(subject, name)
        except UnknownId:
            continue
    return found


def _told(change: Change, before: View, after: View) -> Change:
    """Return a change with the ruling of the view that believes nothing."""
    old = _blank(change, before) if change.before is None else change.before
    new = _blank(change, after) if change.after is None else change.after
    return told(change, old, new)


def told(change: Change, before: Ruling | None, after: Ruling | None) -> Change:
    """Return a change with what both views rule, where one believes nothing too.

    By that it shows what has ended, and is not merely believed no more.
    """
    ended = change.holds is None and after is not None and after.standing == "ended"
    return replace(change, kind="ends" if ended else change.kind, before=before, after=after)


def _blank(change: Change, view: View) -> Ruling | None:
    """Return the ruling of a slot in which a view believes nothing; None if it has no such slot."""
    if view.reader.merges.canonical(change.subject) != change.subject:
        return None
    try:
        bench = view.bench(change.subject, change.property)
    except UnknownId:
        return None
    ruling = bench.ruling(change.slot)
    return ruling if ruling.claim is None else None
