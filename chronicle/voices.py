"""Voices: a live claim at a known instant, as the stretches of valid time that it affirms.

A claim affirms its value (or against it, if it denies) as *attested* where certain and as
*possible* where possible, and nothing after the last second of the day it was said, except
that up to the last second of a longer `asserted` it is still possible. Before the last second
of its `asserted` what is attested is only possible. A bare day or finer is attested all
through if it begins no later than the last day of `asserted`. A denial of a vague date means
"at no time in it": attested throughout. A claim on a fixed property affirms every instant.

A supporter with a stated end also affirms, against its own value, from after the last second
of the end to the day it was said. An end speaks only against its own claim and claims that
began before the date of the end; after it, another such supporter that is merely possible is
silent if of the same or a weaker band.
"""

from __future__ import annotations

from typing import NamedTuple

from chronicle.calendar import BEGINNING, FOREVER, day_end
from chronicle.testimony import Testimony
from chronicle.valid import NOWHERE

FIRM, WEAK, DISCOUNTED = 2, 1, 0
"""The bands: what is believed, what is rumour, what is improbable."""

ATTESTED, POSSIBLE, SILENT = 2, 1, 0
"""How a claim affirms an instant."""

_STRENGTH = {1: 6, 2: 5, 3: 4, 4: 3, 6: 2, 5: 1}
"""Credibility, best first: 1 2 3 4 6 5."""


class Voice(NamedTuple):
    """A live claim in a view. Stretches are inclusive; an empty one begins after it ends."""

    id: str
    value: str
    denies: bool
    band: int
    preferred: bool
    strength: int
    """Of its credibility: greater is better."""
    said_last: int
    first: int
    """The first second of its date; 0 on a fixed property."""
    fixed: bool
    possible_from: int
    possible_to: int
    attested_from: int
    attested_to: int
    inner_from: int
    inner_to: int
    horizon: int
    """Last second of the day of its last affirmation, before it is held against an instant."""
    end_first: int
    """First second of its stated end; `FOREVER` without one."""
    end_last: int
    """Last second of its stated end; `FOREVER` without one."""
    end_possible_to: int
    """Its end affirms against its value after `end_last` up to here, as possible ..."""
    end_attested_to: int
    """... and up to here as attested."""
    reach: int
    """The last second that it affirms, its end included."""
    cut: int
    """From this instant on an update silences it; `FOREVER` without one."""
    planned: bool
    """Planned or predicted."""
    origins: tuple[str, ...]

    @property
    def has_end(self) -> bool:
        """Whether it supports its value and states an end."""
        return self.end_last != FOREVER and not self.denies

    def level(self, instant: int) -> int:
        """Return how it affirms an instant: attested, possible or silent (ends apart)."""
        if self.attested_from <= instant <= self.attested_to:
            return ATTESTED
        if self.possible_from <= instant <= self.possible_to:
            return POSSIBLE
        return SILENT

    def end_level(self, instant: int) -> int:
        """Return how its stated end affirms, against its value, an instant."""
        if not self.end_last < instant <= self.end_possible_to:
            return SILENT
        return ATTESTED if instant <= self.end_attested_to else POSSIBLE

    def horizon_at(self, instant: int) -> int:
        """Return its horizon as seen from an instant.

        Where it lies after the instant, it is the instant itself if attested there, else the
        end of its first day.
        """
        if self.horizon <= instant:
            return self.horizon
        return instant if self.level(instant) == ATTESTED else day_end(self.first)

    def speaks_against(self, other: Voice) -> bool:
        """Say whether its end speaks against another supporter of the same value, or itself."""
        return self.id == other.id or other.first < self.end_first


def voice_of(
    item: Testimony,
    value: str,
    weight: tuple[int, bool, int],
    known: int,
    cut: int = FOREVER,
) -> Voice:
    """Return how a live claim speaks at a known instant.

    `weight` is (band, preferred, credibility); `cut` the instant from which an update silences it.
    """
    span, denies = item.span, item.denies
    said_day = day_end(item.said_first)
    reach = max(said_day, item.said_last)
    last_word = min(cut - 1, FOREVER)
    end_first = end_last = FOREVER
    end_possible_to = end_attested_to = BEGINNING
    if item.fixed:
        possible = attested = (BEGINNING, FOREVER)
        inner = NOWHERE
    elif span.bare:
        begun = span.first <= day_end(item.said_last)
        possible = attested = (span.first, span.last) if begun else NOWHERE
        inner = (span.inner_from, span.inner_to)
    else:
        possible = (span.first, min(span.last, reach))
        core = (span.first, span.last) if denies and span.vague else (span.core_from, span.core_to)
        attested = (core[0], min(core[1], said_day))
        inner = (span.inner_from, min(span.inner_to, said_day))
        if span.end_first is not None and span.end_last is not None:
            end_first, end_last = span.end_first, span.end_last
            end_possible_to, end_attested_to = reach, said_day
    if known < item.said_last:
        attested, end_attested_to = NOWHERE, BEGINNING
    band, preferred, credibility = weight
    last = min(possible[1], last_word)
    end_possible = min(end_possible_to, last_word)
    return Voice(
        item.id,
        value,
        denies,
        band,
        preferred,
        _STRENGTH[credibility],
        item.said_last,
        0 if item.fixed else span.first,
        item.fixed,
        possible[0],
        last,
        attested[0],
        min(attested[1], last_word),
        inner[0],
        min(inner[1], last_word),
        _horizon(item, said_day),
        end_first,
        end_last,
        end_possible,
        min(end_attested_to, last_word),
        max(last, end_possible),
        cut,
        item.modality in ("planned", "predicted"),
        item.origins,
    )


def _horizon(item: Testimony, said_day: int) -> int:
    """Return the end of the day up to which the claim itself last affirmed its state.

    Never later than the day it was said, then never earlier than its own first day, never
    after its own end. Of a day or a vaguer date it is the first day; of their denial the last.
    """
    span = item.span
    if item.fixed:
        return FOREVER
    base = said_day if span.horizon is None else span.horizon
    if item.denies and (span.bare or span.vague):
        base = day_end(span.last)
    horizon = max(min(base, said_day), day_end(span.first))
    return horizon if span.end_last is None else min(horizon, span.end_last)
