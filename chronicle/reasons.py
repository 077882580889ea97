"""Reasons: why a ruling is as it is, and why each rival lost.

A rival is a live claim for an incompatible value of the slot, a denial of the winner's value, or
a stated end that speaks against the winner. The deciding criterion is the first in which the
winner and its best rival differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from chronicle.calendar import write_day
from chronicle.policies import EARLIEST, Policy
from chronicle.ranking import Affirmation, Audience
from chronicle.rules import Rules
from chronicle.rulings import Verdict, is_rival
from chronicle.voices import DISCOUNTED, FIRM, SILENT, WEAK, Voice

BANDS: Mapping[int, str] = {FIRM: "firm", WEAK: "weak", DISCOUNTED: "discounted"}
"""The names of the bands."""

UNOPPOSED = "unopposed"
"""Decides where no live claim is for another value."""


class Rival(NamedTuple):
    """A live claim that speaks against the winner, and why it lost."""

    claim: str
    value: str | None
    denies: bool
    reason: str


class Explanation(NamedTuple):
    """Why a slot is ruled on as it is."""

    decided_by: str
    """A criterion of rank, `affirmation`, `horizon`, `denial`, or `unopposed`; "" for nothing."""
    supporters: tuple[str, ...]
    """The other live claims for the winner's value."""
    rivals: tuple[Rival, ...]
    in_conflict: tuple[str, ...] = ()
    """The conflicts in force that name the winning claim."""


NOTHING = Explanation("", (), ())


class _Weighing(NamedTuple):
    """One way in which the winner differs from a rival."""

    order: int
    """Greater: the rival came nearer to winning."""
    criterion: str
    reason: str


def explain(audience: Audience, verdict: Verdict, instant: int, rules: Rules) -> Explanation:
    """Return why a verdict is as it is."""
    winner = verdict.voice
    voices = sorted(audience.voices.values(), key=lambda voice: voice.id)
    if winner is None:
        every = tuple(
            Rival(voice.id, voice.value, voice.denies, _why_silent(voice, instant))
            for voice in voices
        )
        return Explanation("", (), every)
    supporters = tuple(
        voice.id
        for voice in voices
        if voice.value == winner.value and not voice.denies and voice.id != winner.id
    )
    court = _Court(audience, verdict, winner, instant, rules.policy)
    rivals, weighings = [], []
    for voice in voices:
        weighing = None
        if is_rival(voice, winner, rules):
            weighing = court.weigh(voice)
        elif voice.has_end and voice.value == winner.value and voice.speaks_against(winner):
            weighing = court.weigh_end(voice)
        if weighing is not None:
            weighings.append(weighing)
            rivals.append(Rival(voice.id, voice.value, voice.denies, weighing.reason))
    nearest = max(weighings, key=lambda one: one.order, default=None)
    decided_by = UNOPPOSED if nearest is None else nearest.criterion
    return Explanation(decided_by, supporters, tuple(rivals))


def ahead(
    audience: Audience, verdict: Verdict, instant: int, rules: Rules, claim: str
) -> tuple[str, str]:
    """Return the criterion by which the winner came before another claim, and how, in words.

    The claim need be no rival: it may be for a compatible value. ("", "") if it does not speak
    here, or wins itself, or nothing is believed.
    """
    voice, winner = audience.voices.get(claim), verdict.voice
    if voice is None or winner is None or voice.id == winner.id:
        return "", ""
    weighing = _Court(audience, verdict, winner, instant, rules.policy).weigh(voice)
    return weighing.criterion, weighing.reason


def _why_silent(voice: Voice, instant: int) -> str:
    """Say why a claim gives no answer at an instant, where nothing is believed."""
    if voice.fixed or voice.first <= instant:
        if voice.denies:
            return "a denial"
        if voice.has_end and voice.end_last < instant:
            return f"ended {write_day(voice.end_last)}"
        return f"last affirmed {write_day(voice.horizon)}, and not carried further"
    return f"begins later, {write_day(voice.first)}"


class _Court:
    """Weighs rivals against one winner at one instant."""

    def __init__(
        self, audience: Audience, verdict: Verdict, winner: Voice, instant: int, policy: Policy
    ) -> None:
        self.audience = audience
        self.winner = winner
        self.instant = instant
        self.policy = policy
        self.horizon = verdict.horizon
        self.heard = audience.affirming(instant)
        there = instant if verdict.horizon is None else verdict.horizon
        self.there = audience.affirming(there)
        self.pleas = {(one.voice.id, one.is_end): one for one in self.heard}

    def weigh(self, voice: Voice) -> _Weighing:
        """Say why a claim for another value, or a denial, lost."""
        if voice.band < self.winner.band:
            words = f"{BANDS[voice.band]}, the winner {BANDS[self.winner.band]}"
            return _Weighing(40 + voice.band, "band", words)
        plea = self.pleas.get((voice.id, False))
        if self.horizon is None:
            return self._against_affirmed(voice, plea)
        return self._against_presumed(voice, plea)

    def weigh_end(self, voice: Voice) -> _Weighing | None:
        """Say why a stated end of the winner's value did not end it; None if it is not come."""
        plea = self.pleas.get((voice.id, True))
        if plea is None:
            return None
        criterion, words = self._compare(plea, self.heard)
        return _Weighing(60, criterion, f"its end: {words}")

    def _against_affirmed(self, voice: Voice, plea: Affirmation | None) -> _Weighing:
        if plea is None:
            return _Weighing(20, "affirmation", self._not_affirming(voice))
        opponent = self._opponent(plea)
        if opponent is not None:
            return _Weighing(50, "denial", f"outranked by {opponent.voice.id}, which denies it")
        criterion, words = self._compare(plea, self.heard)
        return _Weighing(70, criterion, f"a denial: {words}" if voice.denies else words)

    def _not_affirming(self, voice: Voice) -> str:
        if voice.first > self.instant:
            return f"begins later, {write_day(voice.first)}"
        if voice.has_end and voice.end_last < self.instant:
            return f"ended {write_day(voice.end_last)}"
        if voice.cut <= self.instant:
            return "updated: silent from then on"
        return f"does not affirm this date; last affirmed {write_day(voice.horizon)}"

    def _against_presumed(self, voice: Voice, plea: Affirmation | None) -> _Weighing:
        if voice.first > self.instant or voice.cut <= self.instant:
            return _Weighing(20, "affirmation", self._not_affirming(voice))
        if plea is not None and not voice.denies:
            opponent = self._opponent(plea)
            if opponent is not None:
                words = f"outranked by {opponent.voice.id}, which denies it"
                return _Weighing(50, "denial", words)
        assert self.horizon is not None  # only called for a presumed winner
        theirs = voice.horizon_at(self.instant)
        if theirs != self.horizon:
            words = f"last affirmed {write_day(theirs)}, the winner {write_day(self.horizon)}"
            nearer = _Weighing(60, "horizon", words)
            return nearer if theirs < self.horizon else _Weighing(50, "denial", "denied there")
        if voice.first != self.winner.first:
            words = f"began {write_day(voice.first)}, the winner {write_day(self.winner.first)}"
            return _Weighing(65, "start", words)
        level = next((one.level for one in self.there if one.voice.id == voice.id), SILENT)
        plea = Affirmation(voice, level, voice.denies, False)
        criterion, words = self._compare(plea, self.there)
        return _Weighing(70, criterion, words)

    def _opponent(self, plea: Affirmation) -> Affirmation | None:
        if plea.against:
            return None
        key = self.audience.key(plea, self.heard)[:-1]
        against = [one for one in self.heard if one.opposes(plea.voice)]
        outranking = [one for one in against if self.audience.key(one, self.heard)[:-1] > key]
        return max(outranking, key=lambda one: one.voice.id, default=None)

    def _compare(self, plea: Affirmation, heard: Iterable[Affirmation]) -> tuple[str, str]:
        """Return the first criterion in which the winner and a rival differ, and how."""
        heard = list(heard)
        own = next(
            (one for one in heard if one.voice.id == self.winner.id and not one.is_end),
            Affirmation(self.winner, SILENT, False, False),
        )
        theirs, ours = self.audience.key(plea, heard), self.audience.key(own, heard)
        for place, left, right in zip(self.policy.places, theirs, ours, strict=True):
            if left != right:
                name = self.policy.name_of(place)
                return name, f"{name}: {_told(name, left)} against {_told(name, right)}"
        return "id", "the same claim"


_CREDIBILITY = {6: "1", 5: "2", 4: "3", 3: "4", 2: "6", 1: "5"}
_BASES = {2: "attested", 1: "possible", 0: "silent"}


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "band": BANDS.__getitem__,
    "basis": _BASES.__getitem__,
    "credibility": _CREDIBILITY.__getitem__,
    "start": write_day,
    "assertion": write_day,
    EARLIEST: lambda value: write_day(-value),
    "corroboration": lambda value: f"{value} origin{'' if value == 1 else 's'}",
    "preference": lambda value: "preferred" if value else "not preferred",
}


def _told(name: str, value: object) -> str:
    """Say one component of a key in words."""
    return _WORDS.get(name, str)(value)
