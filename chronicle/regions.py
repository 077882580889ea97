"""Regions: the map of a slot, valid time across and known time up.

Each slot is a map on which every claim paints, and a view is a point on it. Painting sweeps
the known instants at which something changes; at each, only the stretch of valid time that the
change can touch is ruled anew, by the same function that answers a single question.

Which stretch that is: a claim decides an instant directly where it affirms it. Elsewhere it
can matter only if what is believed there is not firm, or rests on a horizon no later than the
claim's own last word, or contradicts it (their inner parts meet), or, for a claim with a stated
end, if it makes a merely possible claim silent.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from chronicle.calendar import BEGINNING, FOREVER, day_end, day_start
from chronicle.liveness import Topic
from chronicle.ranking import Audience
from chronicle.rules import Rules
from chronicle.rulings import Verdict, rule
from chronicle.slots import Slot, Slots
from chronicle.testimony import Testimony
from chronicle.voices import FIRM, Voice

UNSAID = Verdict(None, "unknown", "", None)


class Region(NamedTuple):
    """A rectangle of the map with one ruling; bounds are inclusive seconds."""

    slot: Slot
    valid_from: int
    valid_to: int
    known_from: int
    known_to: int
    verdict: Verdict


class _Cell(NamedTuple):
    """What the row shows from one instant of valid time to the next."""

    verdict: Verdict
    since: int
    """The known instant from which it has been so."""


class _Row:
    """The rulings of one slot along valid time, at the known instant reached so far."""

    def __init__(self, slot: Slot, rules: Rules) -> None:
        self.slot = slot
        self.rules = rules
        self.audience = Audience(policy=rules.policy)
        self.starts = [BEGINNING]
        self.cells = [_Cell(UNSAID, BEGINNING)]
        self.changed: list[Voice] = []
        self.whole = False

    def change(self, old: Voice | None, new: Voice | None) -> None:
        """Exchange what one claim says; `repaint` then rules on what that touches."""
        if old is not None:
            self.audience.remove(old)
            self.changed.append(old)
        if new is not None:
            self.audience.add(new)
            self.changed.append(new)
            for instant in self._breaks(new):
                self._split(instant)

    def _breaks(self, voice: Voice) -> Iterator[int]:
        """Yield the instants at which what a voice contributes may change."""
        if voice.fixed:
            return
        for first, last in (
            (voice.possible_from, voice.possible_to),
            (voice.attested_from, voice.attested_to),
        ):
            if first <= last:
                yield first
                yield last + 1
        first_day = day_end(voice.first)
        yield from (voice.first, voice.horizon + 1, first_day + 1)
        if voice.horizon != first_day:
            yield voice.horizon
        if voice.end_last != FOREVER:
            yield voice.end_last + 1
            yield voice.end_attested_to + 1
            yield voice.end_possible_to + 1
        if voice.cut != FOREVER:
            yield voice.cut
        if not voice.denies:
            yield self.rules.carry(voice.horizon) + 1
            yield self.rules.carry(first_day) + 1

    def _split(self, instant: int) -> None:
        if not BEGINNING < instant < FOREVER:
            return
        place = bisect_left(self.starts, instant)
        if place == len(self.starts) or self.starts[place] != instant:
            self.starts.insert(place, instant)
            self.cells.insert(place, self.cells[place - 1])

    def repaint(self, known: int, conflicts: frozenset[str]) -> Iterator[Region]:
        """Rule anew on what the changes touch; yield the regions that end before `known`."""
        if not self.changed and not self.whole:
            return
        touches = [_Touch(voice, self.audience) for voice in self.changed]
        low = BEGINNING if self.whole else min(touch.first for touch in touches)
        place = max(bisect_right(self.starts, low) - 1, 0)
        finished: list[Region] = []
        for index in range(place, len(self.starts)):
            cell = self.cells[index]
            start = self.starts[index]
            if not self.whole:
                for touch in touches:
                    if touch.may_change(start, cell):
                        break
                else:
                    continue
            verdict = rule(self.audience, start, self.rules, conflicts)
            if _same(verdict, cell.verdict):
                self.cells[index] = _Cell(verdict, cell.since)
                continue
            self.cells[index] = _Cell(verdict, known)
            if cell.since < known and cell.verdict.standing != "unknown":
                finished.append(self._region(index, cell, known - 1))
        self.changed, self.whole = [], False
        yield from _joined(finished)

    def _region(self, index: int, cell: _Cell, known_to: int) -> Region:
        later = index + 1 < len(self.starts)
        until = self.starts[index + 1] - 1 if later else FOREVER
        return Region(self.slot, self.starts[index], until, cell.since, known_to, cell.verdict)

    def finish(self) -> Iterator[Region]:
        """Yield the regions that last for ever on the known axis."""
        yield from _joined(
            self._region(index, cell, FOREVER)
            for index, cell in enumerate(self.cells)
            if cell.verdict.standing != "unknown"
        )


class _Touch:
    """The stretch of valid time that a change of one voice can touch."""

    def __init__(self, voice: Voice, audience: Audience) -> None:
        self.voice = voice
        # A horizon may lie after the instant asked about, up to the end of the same day.
        self.first = BEGINNING if voice.fixed else day_start(voice.first)
        self.direct = voice.reach
        if voice.has_end:
            self.direct = max(self.direct, voice.end_last, audience.possible_until(voice.value))
        self.last_word = max(self.direct, voice.horizon, day_end(voice.first))

    def may_change(self, start: int, cell: _Cell) -> bool:
        """Say whether the ruling of a cell may depend on the voice; never wrongly no."""
        if start < self.first:
            return False
        winner = cell.verdict.voice
        if start <= self.direct or winner is None or winner.band != FIRM:
            return True
        horizon = cell.verdict.horizon
        if winner.id == self.voice.id or (horizon is not None and horizon <= self.last_word):
            return True
        inner_from = max(self.voice.inner_from, winner.inner_from)
        return inner_from <= min(self.voice.inner_to, winner.inner_to)


def _same(one: Verdict, other: Verdict) -> bool:
    """Say whether two verdicts give the same answer, whatever their voices became."""
    left = one.voice and (one.voice.id, one.voice.value)
    right = other.voice and (other.voice.id, other.voice.value)
    return left == right and one[1:] == other[1:]


def _joined(regions: Iterable[Region]) -> Iterator[Region]:
    """Join neighbours in valid time that have the same ruling over the same known stretch."""
    last: Region | None = None
    for region in regions:
        if (
            last is not None
            and last.valid_to + 1 == region.valid_from
            and (last.known_from, last.known_to) == (region.known_from, region.known_to)
            and _same(last.verdict, region.verdict)
        ):
            last = last._replace(valid_to=region.valid_to)
            continue
        if last is not None:
            yield last
        last = region
    if last is not None:
        yield last


def paint(topic: Topic, many: bool, rules: Rules) -> Iterator[Region]:
    """Yield the regions of every slot of a topic; where none lies, nothing was ever said."""
    slots = Slots(topic, many)
    rows = {slot: _Row(slot, rules) for slot in slots.all()}
    spoken: dict[str, dict[Slot, Voice]] = {}
    in_conflict: frozenset[str] = frozenset()
    for known, claims in _instants(topic):
        for claim in claims:
            now = dict(slots.speaking(claim, known))
            before = spoken.get(claim, {})
            for slot in {**before, **now}:
                old, new = before.get(slot), now.get(slot)
                if old != new:
                    rows[slot].change(old, new)
            spoken[claim] = now
        conflicts = topic.conflicts(known) if topic.bearing.conflicts else in_conflict
        if conflicts != in_conflict:
            in_conflict = conflicts
            for row in rows.values():
                row.whole = True
        for row in rows.values():
            yield from row.repaint(known, conflicts)
    for row in rows.values():
        yield from row.finish()


def row_at(topic: Topic, many: bool, rules: Rules, known: int) -> Iterator[Region]:
    """Yield what is ruled along valid time at one known instant, slot by slot.

    It is one row of the map: regions one known instant high. Where none lies, nothing was said.
    """
    slots = Slots(topic, many)
    rows = {slot: _Row(slot, rules) for slot in slots.all()}
    for claim in topic.testimonies:
        for slot, voice in slots.speaking(claim, known):
            rows[slot].change(None, voice)
    conflicts = topic.conflicts(known)
    for one in rows.values():
        one.whole = True
        for _ in one.repaint(known, conflicts):  # nothing lay there before
            pass
        for region in one.finish():
            yield region._replace(known_from=known, known_to=known)


def _instants(topic: Topic) -> Iterator[tuple[int, list[str]]]:
    """Yield each known instant at which something changes, with the claims that it affects."""
    touched: dict[int, set[str]] = {}
    by_source: dict[str, list[str]] = {}
    for item in topic.testimonies.values():
        touched.setdefault(item.said_first, set()).add(item.id)
        touched.setdefault(item.said_last, set()).add(item.id)
        for target in (item.id, item.source, item.stated_by):
            by_source.setdefault(target, []).append(item.id)
    for known, target in topic.bearing.instants():
        touched.setdefault(known, set()).update(by_source.get(target, ()))
    for conflict_topic in topic.foreign:
        for known, _ in _instants(conflict_topic):
            touched.setdefault(known, set())
    for known in sorted(touched):
        yield known, sorted(_closure(topic.testimonies, touched[known]))


def _closure(testimonies: Mapping[str, Testimony], claims: Iterable[str]) -> set[str]:
    """Return the claims with those whose voice may follow from theirs, down the revisions.

    A claim's own weight decides over what it revises; and what that claim says passes on to
    those that it restates, and so on.
    """
    affected: set[str] = set()
    for claim in claims:
        affected.add(claim)
        item = testimonies[claim]
        while item.revises in testimonies:
            item = testimonies[item.revises]
            affected.add(item.id)
            if item.revision != "restatement":
                break
    return affected
