"""Silences: where along valid time a slot has no answer, though it had one before.

A slot is silent where nothing is believed: what was believed has *ended*, is *denied*, or is
*unknown* because it may be presumed no longer. Before its first answer a slot is not silent: it
may not have been there, and nobody was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chronicle.calendar import FOREVER
from chronicle.regions import UNSAID, Region
from chronicle.rulings import Verdict
from chronicle.slots import Slot


class Silence(NamedTuple):
    """A stretch of valid time over which nothing is believed, for one reason."""

    slot: Slot
    first: int
    """Its first second."""
    last: int
    """Its last second, inclusive."""
    standing: str
    """Of the slot there: `ended`, `denied`, `unknown`."""
    before: Verdict
    """The last answer before the slot fell silent."""
    after: Verdict | None
    """The first answer after it; None where there is none up to the end."""


def silences(row: Iterable[Region], until: int) -> Iterator[Silence]:
    """Yield the silences of each slot up to an instant, slot by slot and in order of time.

    The regions are those of one known instant, in any order; where none lies, nothing is said.
    """
    slots: dict[Slot, list[Region]] = {}
    for region in row:
        slots.setdefault(region.slot, []).append(region)
    for slot in sorted(slots):
        regions = sorted(slots[slot], key=lambda region: region.valid_from)
        yield from _of_slot(slot, list(_filled(regions)), until)


def _filled(regions: Iterable[Region]) -> Iterator[tuple[int, Verdict]]:
    """Yield the instants from which another verdict holds; a hole between regions is unsaid."""
    end = None
    for region in regions:
        if end is not None and end + 1 < region.valid_from:
            yield end + 1, UNSAID
        yield region.valid_from, region.verdict
        end = region.valid_to
    if end is not None and end < FOREVER:
        yield end + 1, UNSAID


def _of_slot(slot: Slot, starts: list[tuple[int, Verdict]], until: int) -> Iterator[Silence]:
    before: Verdict | None = None
    waiting: list[Silence] = []
    for number, (start, verdict) in enumerate(starts):
        if start > until:
            break
        if verdict.voice is not None:
            yield from (silence._replace(after=verdict) for silence in waiting)
            before, waiting = verdict, []
        elif before is not None:
            later = starts[number + 1][0] - 1 if number + 1 < len(starts) else until
            last = min(later, until)
            if waiting and waiting[-1].standing == verdict.standing:
                waiting[-1] = waiting[-1]._replace(last=last)
            else:
                silence = Silence(slot, start, last, verdict.standing, before, None)
                waiting.append(silence)
    yield from waiting
