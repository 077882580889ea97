"""Rulings: what is best known for one slot at one instant.

Cardinality one: take the firm claims; if nothing is believed, the firm and the weak; then all.

1. *Affirmed*: among the claims that affirm the instant, a supporter stands unless an opponent
   of its value outranks it (the id aside: a tie stands). The best supporter standing wins.
2. *Presumed*, if none: the last state known is carried forward, from the latest horizon. A
   supporter that a denial outranks at its horizon is left out. What is left is carried unless an
   end or a later denial stands in the way, or its time to be presumed (`carry`) has run out. A
   state that has ended does not bring back the one before it.

The standing is judged with every live claim, whatever the band of the winner.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from chronicle.ranking import Affirmation, Audience
from chronicle.rules import PLAIN, Rules
from chronicle.testimony import NONE
from chronicle.voices import ATTESTED, FIRM, POSSIBLE, SILENT, WEAK, Voice

BASIS = {ATTESTED: "attested", POSSIBLE: "possible", SILENT: "presumed"}
"""The name of each basis; a winner that is carried forward is silent at the instant itself."""


class Verdict(NamedTuple):
    """The answer for one slot at one instant."""

    voice: Voice | None
    """The winning claim's voice; None where nothing is believed."""
    standing: str
    """`settled`, `disputed`, `expected`, `unconfirmed`; `ended`, `denied`, `unknown`."""
    basis: str
    """`attested`, `possible`, `presumed`, or "" where nothing is believed."""
    horizon: int | None
    """Of a presumed winner: the instant of its last affirmation. None: the instant asked for."""


def rule(
    audience: Audience, instant: int, rules: Rules = PLAIN, conflicts: Container[str] = ()
) -> Verdict:
    """Return the ruling at an instant; `conflicts` names the claims of conflicts in force."""
    heard = audience.affirming(instant)
    silent = ""
    for band in audience.pools():
        level, voice, horizon, why = _within(audience, heard, band, instant, rules)
        if voice is not None:
            believed = Verdict(voice, "", BASIS[level], horizon)
            standing = _standing(audience, heard, believed, instant, rules, conflicts)
            return Verdict(voice, standing, BASIS[level], horizon)
        silent = silent or why
    return Verdict(None, silent or "unknown", "", None)


def _within(
    audience: Audience, heard: list[Affirmation], band: int, instant: int, rules: Rules
) -> tuple[int, Voice | None, int | None, str]:
    """Rule with the voices of a band or better: (level, winner, horizon, why there is none)."""
    pool = [one for one in heard if one.voice.band >= band]
    winner = _affirmed(audience, pool, heard)
    if winner is not None:
        return winner.level, winner.voice, None, ""
    if rules.fixed:
        return SILENT, None, None, "denied" if pool else ""
    voice, horizon, why = _presumed(audience, pool, band, instant, rules)
    return SILENT, voice, horizon, why


def _affirmed(
    audience: Audience, pool: list[Affirmation], heard: list[Affirmation]
) -> Affirmation | None:
    supporters = [one for one in pool if not one.against]
    if len(supporters) == len(pool) == 1:
        return supporters[0]
    opponents = [one for one in pool if one.against]
    ranked = sorted(supporters, key=lambda one: audience.key(one, heard), reverse=True)
    for one in ranked:
        if not _outranked(audience, one, opponents, heard):
            return one
    return None


def _outranked(
    audience: Audience, one: Affirmation, opponents: Iterable[Affirmation], heard: list[Affirmation]
) -> bool:
    """Say whether an opponent outranks a supporter at an instant, the id aside."""
    against = [other for other in opponents if other.opposes(one.voice)]
    if not against:
        return False
    key = audience.key(one, heard)[:-1]
    return any(audience.key(other, heard)[:-1] > key for other in against)


def _presumed(
    audience: Audience, pool: list[Affirmation], band: int, instant: int, rules: Rules
) -> tuple[Voice | None, int | None, str]:
    left_out = False
    chosen: Voice | None = None
    chosen_at: tuple[int, int] = (0, 0)
    chosen_heard: list[Affirmation] = []
    chosen_key: tuple[object, ...] = ()
    for horizon, voice in audience.begun(instant):
        if voice.band < band:
            continue
        if chosen is not None and (horizon, voice.first) != chosen_at:
            break
        heard = audience.affirming(horizon)
        one = Affirmation(voice, _level_at(heard, voice), False, False)
        denials = (other for other in heard if not other.is_end and other.voice.band >= band)
        if _outranked(audience, one, denials, heard):
            left_out = True
            continue
        key = audience.key(one, heard)
        if chosen is None or key > chosen_key:
            chosen, chosen_at, chosen_key = voice, (horizon, voice.first), key
            chosen_heard = heard
    if chosen is None:
        denied = left_out or any(
            voice.band >= band and voice.first <= instant < voice.cut
            for voice in audience.denying()
        )
        return None, None, "denied" if denied else ""
    at_horizon = [one for one in chosen_heard if one.voice.band >= band]
    why = _ended(audience, chosen, chosen_at[0], at_horizon, band, instant)
    if why is None:
        why = _stopped(audience, chosen, chosen_at[0], pool, band, instant, rules)
    return (None, None, why) if why is not None else (chosen, chosen_at[0], "")


def _level_at(heard: Iterable[Affirmation], voice: Voice) -> int:
    return next((one.level for one in heard if one.voice.id == voice.id and not one.is_end), SILENT)


def _ended(
    audience: Audience,
    voice: Voice,
    horizon: int,
    at_horizon: list[Affirmation],
    band: int,
    instant: int,
) -> str | None:
    """Say whether an end stands between a state and the instant; None if none does."""
    for end in audience.ends(voice, instant):
        if end.band >= band and horizon <= end.end_last < instant:
            return "ended"
    speaking = [one for one in at_horizon if one.is_end]
    if speaking:
        one = Affirmation(voice, _level_at(at_horizon, voice), False, False)
        if _outranked(audience, one, speaking, audience.affirming(horizon)):
            return "ended"
    return None


def _stopped(
    audience: Audience,
    voice: Voice,
    horizon: int,
    pool: list[Affirmation],
    band: int,
    instant: int,
    rules: Rules,
) -> str | None:
    """Say whether a later denial, or the time it may be presumed, stops a state; else None."""
    affirming = {one.voice.id for one in pool if not one.is_end}
    for denial in audience.denials(voice.value, instant):
        last = instant if denial.id in affirming else denial.horizon_at(instant)
        if denial.band >= band and last > horizon:
            return "denied"
    return None if instant <= rules.carry(horizon) else ""


def _standing(
    audience: Audience,
    heard: list[Affirmation],
    verdict: Verdict,
    instant: int,
    rules: Rules,
    conflicts: Container[str],
) -> str:
    """Judge a believed value with every live claim."""
    winner = verdict.voice
    assert winner is not None  # only believed values have a standing to judge
    presumed = verdict.horizon is not None
    there = audience.affirming(verdict.horizon) if verdict.horizon is not None else heard
    if winner.id in conflicts or _disputed(audience, heard, there, verdict, instant, rules):
        return "disputed"
    supporters = [one.voice for one in there if not one.against and one.voice.value == winner.value]
    if presumed:
        supporters.append(winner)
    if any(voice.band == FIRM for voice in supporters):
        return "settled"
    return "expected" if all(voice.planned for voice in supporters) else "unconfirmed"


def is_rival(voice: Voice, winner: Voice, rules: Rules) -> bool:
    """Say whether a voice, its end apart, is for an incompatible value or denies the winner's."""
    if voice.denies:
        return voice.value == winner.value
    return voice.value != winner.value and not (
        NONE not in (voice.value, winner.value) and rules.compatible(voice.value, winner.value)
    )


def _disputed(
    audience: Audience,
    heard: list[Affirmation],
    there: list[Affirmation],
    verdict: Verdict,
    instant: int,
    rules: Rules,
) -> bool:
    winner = verdict.voice
    assert winner is not None  # as in _standing
    basis = max(_level_at(there, winner), POSSIBLE)
    for one in there:
        if (
            one.voice.band == FIRM
            and one.voice.preferred >= winner.preferred
            and one.level >= basis
            and _is_against(one, winner, rules)
        ):
            return True
    for voice in audience.contradicting(winner):
        if (
            voice.preferred >= winner.preferred
            and voice.first <= instant
            and not voice.end_last < instant
            and is_rival(voice, winner, rules)
        ):
            return True
    if verdict.horizon is None or winner.preferred:
        return False
    return any(
        one.voice.band == WEAK
        and _is_against(one, winner, rules)
        and not _outranked(audience, one, heard, heard)
        for one in heard
    )


def _is_against(one: Affirmation, winner: Voice, rules: Rules) -> bool:
    """Say whether an affirmation is a rival of the winner: another value, a denial, an end."""
    if one.is_end:
        return one.opposes(winner)
    return is_rival(one.voice, winner, rules)
