"""Stretches: where along valid time two views rule on a slot otherwise.

Both rule at one known instant each, by the same function that answers a single question. What
each holds along valid time is one row of its map; where the rows differ the two rulings are
compared as any two are, and neighbours that tell the same change make one stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from chronicle.answers import Ruling
from chronicle.calendar import BEGINNING, FOREVER, write_first, write_last
from chronicle.differences import Change, differences, told
from chronicle.regions import UNSAID, row_at
from chronicle.rulings import Verdict
from chronicle.slots import Slot
from chronicle.views import Bench

Renamed = Callable[[Ruling], Ruling]
"""Gives a ruling under other ids."""

_NOWHERE: Mapping[int, Verdict] = {}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of valid time over which a slot is ruled on otherwise."""

    first: int
    """Its first second; `BEGINNING` where it has none."""
    last: int
    """Its last second; `FOREVER` where it has none."""
    change: Change
    """The rulings at its first second; of one without a beginning, at the present."""

    @property
    def start(self) -> str:
        """Its first day, or second where it begins within a day; `..` where it has none."""
        return write_first(self.first)

    @property
    def end(self) -> str:
        """Its last day, or second where it ends within a day; `..` where it has none."""
        return write_last(self.last)

    def as_dict(self) -> dict[str, Any]:
        """Return the stretch as JSON writes it: the days, the change and both its rulings."""
        return {"from": self.start, "to": self.end, **self.change.as_dict()}


def same(ruling: Ruling) -> Ruling:
    """Return a ruling as it is."""
    return ruling


class Seat(NamedTuple):
    """One slot, and what a view rules on it."""

    bench: Bench
    slot: Slot
    held: Mapping[int, Verdict]
    """The verdicts by the instants from which they hold."""

    def ruling(self, instant: int) -> Ruling:
        """Return the ruling at an instant."""
        return self.bench.at(instant).ruling(self.slot)


def seats(bench: Bench, *, along: bool = True) -> Iterator[Seat]:
    """Yield the slots of a topic, in order; unless `along`, only as the bench's own date has it."""
    rows: dict[Slot, dict[int, Verdict]] = {}
    if along:
        rules = bench.rules
        for region in row_at(bench.topic, rules.many, rules, bench.scope.known):
            held = rows.setdefault(region.slot, {})
            held[region.valid_from] = region.verdict
            held.setdefault(region.valid_to + 1, UNSAID)
    for slot in bench.slots.all():
        one = {bench.scope.at: bench.verdict(slot)} if not along else rows.get(slot, _NOWHERE)
        yield Seat(bench, slot, one)


def stretches(
    before: Seat | None,
    after: Seat,
    *,
    along: bool = True,
    renamed: Renamed = same,
    closely: bool = False,
) -> Iterator[Stretch]:
    """Yield where two views, of which the first may know no such slot, rule on it otherwise.

    `renamed` gives what the first view says under the ids by which the second goes; the change
    has it as the first view says it. Unless `along`, only the dates of the views are compared;
    the stretch is that instant. `closely` is as in `differences`.
    """
    waiting: Stretch | None = None
    for first, last in _unlike(before, after, along=along, closely=closely):
        at = after.bench.scope.at if first == BEGINNING else first
        old = None if before is None else before.ruling(at)
        change = _change(old, after.ruling(at), after.bench, renamed, closely=closely)
        if change is None:
            continue
        one = Stretch(first, last, change)
        if waiting is not None and waiting.last + 1 == first and _told(waiting) == _told(one):
            waiting = replace(waiting, last=last)
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting


def _unlike(
    before: Seat | None, after: Seat, *, along: bool, closely: bool
) -> Iterator[tuple[int, int]]:
    """Yield the pieces along which neither view changes its verdict, and the two may differ."""
    rows = (_NOWHERE if before is None else before.held), after.held
    starts = sorted({*rows[0], *rows[1]} - {FOREVER + 1})
    old = new = UNSAID
    for first, following in pairwise([*starts, FOREVER + 1]):
        old, new = rows[0].get(first, old), rows[1].get(first, new)
        if closely or _facts(old) != _facts(new):
            yield first, (following - 1 if along else first)


def _facts(verdict: Verdict) -> tuple[object, ...]:
    voice = verdict.voice
    return None if voice is None else (voice.id, voice.value), *verdict[1:]


def _change(
    old: Ruling | None, new: Ruling, bench: Bench, renamed: Renamed, *, closely: bool
) -> Change | None:
    """Return how two rulings on a slot differ; None where nothing is believed in either."""
    names = (new.property,) if bench.rules.many else ()
    held = [] if old is None else [renamed(old)]
    for change in differences(held, [new], names, closely=closely):
        return told(change, old, new)
    return None


def _told(one: Stretch) -> tuple[object, ...]:
    sides = (one.change.before, one.change.after)
    facts = [None if side is None else (side.value, side.none, side.standing) for side in sides]
    return one.change.kind, facts
