"""Ranking: the affirmations of an instant, and which outranks which.

An affirmation is a voice heard at an instant, for its value or against it. Its key compares
component by component, greater is better, in the order of the policy's criteria.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from operator import attrgetter
from typing import Any, NamedTuple

from chronicle.calendar import BEGINNING
from chronicle.policies import BEST_KNOWN, Policy
from chronicle.voices import DISCOUNTED, FIRM, POSSIBLE, WEAK, Voice

Key = tuple[object, ...]


class Affirmation(NamedTuple):
    """One voice at an instant."""

    voice: Voice
    level: int
    """Attested, possible, or silent (a state carried from its horizon)."""
    against: bool
    """A denial, or a stated end: it affirms against the value."""
    is_end: bool

    def opposes(self, other: Voice) -> bool:
        """Say whether it is an opponent of another supporter's value that speaks against it."""
        if not self.against or self.voice.value != other.value:
            return False
        return not self.is_end or self.voice.speaks_against(other)


_reach = attrgetter("reach")
_horizon = attrgetter("horizon", "first")
_inner_to = attrgetter("inner_to")


def _latest(pair: tuple[int, Voice]) -> tuple[int, int]:
    return pair[0], pair[1].first


def _has_inner(voice: Voice) -> bool:
    return voice.inner_from <= voice.inner_to


def _is_carried(voice: Voice) -> bool:
    return not voice.denies and not voice.fixed


class Audience:
    """The voices of one slot in a view, arranged so that an instant finds those it needs.

    Voices can be added and removed, which is how a map is painted along the known axis.
    """

    def __init__(self, voices: Iterable[Voice] = (), policy: Policy = BEST_KNOWN) -> None:
        """Arrange the voices; the policy orders the criteria of rank."""
        self._places = policy.places if policy is not BEST_KNOWN else None
        self.voices = {voice.id: voice for voice in voices}
        every = self.voices.values()
        self._bands = [0, 0, 0]
        for voice in every:
            self._bands[voice.band] += 1
        self._heard: dict[int, list[Affirmation]] = {}
        self._by_reach = sorted(every, key=_reach)
        self._by_inner = sorted((one for one in every if _has_inner(one)), key=_inner_to)
        self._denials = sorted((one for one in every if one.denies), key=_reach)
        self._by_horizon = sorted((one for one in every if _is_carried(one)), key=_horizon)
        self._ends = sorted((one for one in every if one.has_end), key=_reach)

    def add(self, voice: Voice) -> None:
        """Let a voice speak."""
        self.voices[voice.id] = voice
        self._bands[voice.band] += 1
        self._heard.clear()
        for shelf, order in self._shelves(voice):
            insort(shelf, voice, key=order)

    def remove(self, voice: Voice) -> None:
        """Let a voice fall silent."""
        del self.voices[voice.id]
        self._bands[voice.band] -= 1
        self._heard.clear()
        for shelf, order in self._shelves(voice):
            place = bisect_left(shelf, order(voice), key=order)
            while shelf[place].id != voice.id:
                place += 1
            del shelf[place]

    def _shelves(self, voice: Voice) -> Iterator[tuple[list[Voice], Callable[[Voice], Any]]]:
        """Yield the lists that a voice stands in, each with its order."""
        yield self._by_reach, _reach
        if _has_inner(voice):
            yield self._by_inner, _inner_to
        if voice.denies:
            yield self._denials, _reach
        if _is_carried(voice):
            yield self._by_horizon, _horizon
        if voice.has_end:
            yield self._ends, _reach

    def pools(self) -> Iterator[int]:
        """Yield the weakest band of each pool to rule with: firm, firm and weak, all."""
        return (band for band in (FIRM, WEAK, DISCOUNTED) if self._bands[band])

    def affirming(self, instant: int) -> list[Affirmation]:
        """Return every affirmation of an instant, in no order; not to be changed."""
        found = self._heard.get(instant)
        if found is None:
            found = self._heard[instant] = self._listen(instant)
        return found

    def _listen(self, instant: int) -> list[Affirmation]:
        found = []
        shelf = self._by_reach
        for voice in shelf[bisect_left(shelf, instant, key=_reach) :]:
            if voice.possible_from > instant:
                continue
            level = voice.level(instant)
            if level and not (level == POSSIBLE and self._ends and self._hushed(voice, instant)):
                found.append(Affirmation(voice, level, voice.denies, False))
            if voice.end_last < instant and not voice.denies:
                level = voice.end_level(instant)
                if level:
                    found.append(Affirmation(voice, level, True, True))
        return found

    def _hushed(self, voice: Voice, instant: int) -> bool:
        """Say whether another's end, of no weaker band, silences a merely possible supporter."""
        return not voice.denies and any(
            end.end_last < instant
            and end.value == voice.value
            and end.id != voice.id
            and voice.band <= end.band
            and voice.first < end.end_first
            for end in self._ends
        )

    def begun(self, instant: int) -> Iterator[tuple[int, Voice]]:
        """Return (horizon, supporter) of those begun and not silenced by then, latest first.

        Later horizons come first, and of one horizon the later first second.
        """
        shelf = self._by_horizon
        split = bisect_left(shelf, (instant + 1, BEGINNING), key=_horizon)
        early = [
            (voice.horizon_at(instant), voice)
            for voice in shelf[split:]
            if voice.first <= instant < voice.cut
        ]
        past = (
            (shelf[place].horizon, shelf[place])
            for place in range(split - 1, -1, -1)
            if shelf[place].first <= instant < shelf[place].cut
        )
        if not early:
            return past
        # Seen from before their horizon they stand elsewhere in the order.
        early.sort(key=_latest, reverse=True)
        return merge(early, past, key=_latest, reverse=True)

    def possible_until(self, value: str) -> int:
        """Return the last instant that any supporter of a value affirms."""
        return max(
            (voice.possible_to for voice in self._by_reach if voice.value == value),
            default=BEGINNING,
        )

    def denying(self) -> Iterator[Voice]:
        """Yield every denial."""
        yield from self._denials

    def denials(self, value: str, instant: int) -> Iterator[Voice]:
        """Yield the denials of a value that began by an instant and are not silenced there."""
        for voice in self._denials:
            if voice.value == value and voice.first <= instant < voice.cut:
                yield voice

    def ends(self, supporter: Voice, instant: int) -> Iterator[Voice]:
        """Yield the voices, not silenced at an instant, whose end speaks against a supporter."""
        for voice in self._ends:
            if (
                voice.value == supporter.value
                and instant < voice.cut
                and voice.speaks_against(supporter)
            ):
                yield voice

    def contradicting(self, winner: Voice) -> Iterator[Voice]:
        """Yield the firm voices whose inner part meets the winner's, whatever they say."""
        if winner.inner_from > winner.inner_to:
            return
        shelf = self._by_inner
        for voice in shelf[bisect_left(shelf, winner.inner_from, key=_inner_to) :]:
            if voice.inner_from <= winner.inner_to and voice.band == FIRM:
                yield voice

    def corroboration(self, heard: Iterable[Affirmation], value: str, against: bool) -> int:
        """Return the number of independent origins among the firm claims of one side."""
        origins: set[str] = set()
        for one in heard:
            if one.against == against and one.voice.band == FIRM and one.voice.value == value:
                origins.update(one.voice.origins)
        return len(origins)

    def key(self, one: Affirmation, heard: Iterable[Affirmation]) -> Key:
        """Return the rank of an affirmation among those heard at the same instant."""
        voice = one.voice
        key = (
            voice.band,
            voice.preferred,
            one.level,
            voice.strength,
            self.corroboration(heard, voice.value, one.against),
            voice.end_first if one.is_end else voice.first,
            voice.said_last,
            voice.id,
        )
        if self._places is None:
            return key
        every = (*key, -voice.said_last)
        return tuple(every[place] for place in self._places)
