"""The slow, literal reference implementation of rulings, for one instant and one known date.

Written from the rules in words and from nothing else: the production code is compared with it.
`ruling` takes payloads in log order, written out (defaults filled in, each with its `asserted`,
absent fields absent), and gives the ruling with what the comparison needs. Every question is
answered from the whole log again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chronicle.calendar import FOREVER, add_duration, day_end, parse_duration
from tests import reference_dates as dates
from tests.reference_dates import ATTESTED, SILENT
from tests.reference_records import (
    DISCOUNTED,
    FIRM,
    WEAK,
    Said,
    is_live,
    retracted,
    slot,
    slot_of_value,
)
from tests.reference_values import Log, compatible, find, of_kind
from tests.reference_voices import (
    Claims,
    Voice,
    affirms,
    begun,
    denies,
    end_of,
    first_second,
    opponents,
    outranked,
    rank,
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer for a slot at an instant; instants are seconds, claims are named by id."""

    value: str | None
    none: bool
    standing: str
    basis: str | None
    claim: str | None
    last_affirmed: int | None
    supporters: frozenset[str]
    rivals: frozenset[str]


class Presumption(NamedTuple):
    """What carrying forward gave: a claim and its horizon, or why there is none."""

    claim: Said | None
    horizon: int
    verdict: str


def live(records: Log, claim_id: str, known: int | None = None) -> bool:
    """Tell whether the claim of that id counts at the known second (None: all ever said)."""
    claim = find(records, "claim", claim_id)
    assert claim is not None
    return is_live(records, claim, FOREVER if known is None else known)


# Step 1: affirmed.


def affirmed(claims: Claims, pool: Claims, at: int) -> Said | None:
    """Give the best supporter in the pool that affirms the instant and stands there."""
    standing = [
        claim
        for claim in pool
        if not claim.denies
        and affirms(claims, Voice(claim), at) > SILENT
        and not outranked(claims, claim, opponents(pool, claim), at)
    ]
    return max(standing, key=lambda claim: (rank(claims, Voice(claim), at), claim.id), default=None)


# Step 2: presumed.


def horizon(claims: Claims, claim: Said, at: int) -> int:
    """Give the horizon of a state claim begun by the instant: how far it is known to reach."""
    assert claim.valid is not None
    own_first_day = day_end(first_second(claim))
    reach = dates.last_known_day(claim.valid, claim.denies, claim.said_day)
    # Never later than the day it was said.
    reach = min(reach, claim.said_day)
    # Then never earlier than its own first day.
    reach = max(reach, own_first_day)
    # Never after its own end.
    end = end_of(claim)
    if end is not None:
        reach = min(reach, end.last)
    # Where that lies after the instant: the instant if attested there, else its first day.
    if reach > at:
        return at if affirms(claims, Voice(claim), at) == ATTESTED else own_first_day
    return reach


def presumed(claims: Claims, pool: Claims, at: int, carry: str) -> Presumption:
    """Carry the last known state in the pool forward to the instant, or say why not."""
    # What an update has silenced by the instant is no candidate and blocks nothing; what it
    # affirmed before the cut still speaks at horizons before the cut.
    speaking = [claim for claim in pool if begun(claim, at) and at < claim.cut]
    supporters = [claim for claim in speaking if not claim.denies]
    if not supporters:
        return Presumption(None, 0, "denied" if speaking else "unknown")

    def left_out(claim: Said) -> bool:
        denials = [voice for voice in opponents(pool, claim) if not voice.by_end]
        return outranked(claims, claim, denials, horizon(claims, claim, at))

    # Supporters that a denial outranks at their horizon are left out.
    candidates = [claim for claim in supporters if not left_out(claim)]
    if not candidates:
        return Presumption(None, 0, "denied")

    # The latest horizon wins, then the later first second, then rank at the horizon.
    def order(claim: Said) -> tuple[int, int, tuple[int, ...], str]:
        day = horizon(claims, claim, at)
        return day, first_second(claim), rank(claims, Voice(claim), day), claim.id

    chosen = max(candidates, key=order)
    day = horizon(claims, chosen, at)
    if blocked_by_end(claims, pool, chosen, at):
        return Presumption(None, 0, "ended")
    if blocked_by_denial(claims, speaking, chosen, at):
        return Presumption(None, 0, "denied")
    if at > carried_to(day, carry):
        return Presumption(None, 0, "unknown")
    return Presumption(chosen, day, "")


def carried_to(day: int, carry: str) -> int:
    """Give the last second to which a state with that horizon may be presumed."""
    if carry == "forever":
        return FOREVER
    return day if carry == "none" else add_duration(day, parse_duration(carry))


def blocked_by_end(claims: Claims, pool: Claims, chosen: Said, at: int) -> bool:
    """Tell whether an end keeps the chosen state from being carried to the instant."""
    day = horizon(claims, chosen, at)
    ends = [voice for voice in opponents(pool, chosen) if voice.by_end]
    # An end outranks it at its horizon.
    if outranked(claims, chosen, ends, day):
        return True
    # Or an end that speaks against it lies before the instant and not before its horizon.
    for voice in ends:
        end = end_of(voice.said)
        assert end is not None
        if at < voice.said.cut and day <= end.last < at:
            return True
    return False


def blocked_by_denial(claims: Claims, speaking: Claims, chosen: Said, at: int) -> bool:
    """Tell whether a denial of its value, begun by the instant, is later than its horizon.

    A denial counts at the instant if it affirms it, else at its own horizon.
    """
    day = horizon(claims, chosen, at)
    for claim in speaking:
        if not denies(claim, chosen.value):
            continue
        affirmed_there = affirms(claims, Voice(claim), at) > SILENT
        if (at if affirmed_there else horizon(claims, claim, at)) > day:
            return True
    return False


# The ruling.


def ruling(
    records: Log,
    subject: str,
    property: str,
    at: int,
    known: int | None = None,
    qualifiers: Mapping[str, str] | None = None,
    value: str | None = None,
) -> Ruling:
    """Rule on the slot at the second `at`, by what had been said by `known` (None: ever).

    `value` names the slot where the cardinality is many; AmbiguousSlot where it is needed.
    """
    cut_off = FOREVER if known is None else known
    about = find(records, "property", property) or {}
    claims = slot(records, subject, property, qualifiers, cut_off)
    if about.get("cardinality") == "many":
        claims = slot_of_value(records, property, claims, value)
    verdicts = []
    # Firm claims first; where nothing is believed, firm and weak; then all.
    for weakest in (FIRM, WEAK, DISCOUNTED):
        pool = [claim for claim in claims if claim.band >= weakest]
        winner = affirmed(claims, pool, at)
        if winner is not None:
            basis = affirms(claims, Voice(winner), at)
            name = "attested" if basis == ATTESTED else "possible"
            return judged(records, property, claims, winner, name, at, at, cut_off)
        if about.get("temporal") == "fixed":
            # Nothing is carried; what was said was denied, if anything was said at all.
            verdicts.append("denied" if pool else "unknown")
            continue
        carried = presumed(claims, pool, at, about.get("carry", "forever"))
        if carried.claim is not None:
            return judged(
                records, property, claims, carried.claim, "presumed", at, carried.horizon, cut_off
            )
        verdicts.append(carried.verdict)
    # Nothing believed in any pool: the first pool that can say why.
    standing = next((verdict for verdict in verdicts if verdict != "unknown"), "unknown")
    return Ruling(None, False, standing, None, None, None, frozenset(), frozenset())


def judged(
    records: Log,
    property: str,
    claims: Claims,
    winner: Said,
    basis: str,
    at: int,
    affirmed_at: int,
    known: int,
) -> Ruling:
    """Make the ruling for a winner: who supports it, what rivals it, and where it stands.

    `affirmed_at` is the instant itself if affirmed there, else the horizon.
    """
    supporters = [c for c in claims if not c.denies and c.value == winner.value]
    rivals = rivals_of(records, property, claims, winner)
    disputed = (
        rivalled(claims, winner, rivals, at, affirmed_at)
        or (basis == "presumed" and rumoured(claims, winner, rivals, at))
        or in_conflict(records, winner.id, known)
    )
    backing = [
        claim
        for claim in supporters
        if claim.id == winner.id or affirms(claims, Voice(claim), affirmed_at) > SILENT
    ]
    if disputed:
        standing = "disputed"
    elif any(claim.band == FIRM for claim in backing):
        standing = "settled"
    elif all(claim.modality in ("planned", "predicted") for claim in backing):
        standing = "expected"
    else:
        standing = "unconfirmed"
    return Ruling(
        value=winner.text,
        none=winner.value is None,
        standing=standing,
        basis=basis,
        claim=winner.id,
        last_affirmed=affirmed_at,
        supporters=frozenset(claim.id for claim in supporters),
        rivals=frozenset(voice.said.id for voice in rivals),
    )


# Standing.


def rivals_of(records: Log, property: str, claims: Claims, winner: Said) -> list[Voice]:
    """Give the live voices for an incompatible value or against the winner's, ends included."""
    others = [
        Voice(claim)
        for claim in claims
        if not claim.denies and not compatible(records, property, claim.value, winner.value)
    ]
    against = [voice for voice in opponents(claims, winner) if voice.said.id != winner.id]
    return others + against


def rivalled(
    claims: Claims, winner: Said, rivals: Sequence[Voice], at: int, affirmed_at: int
) -> bool:
    """Tell whether a firm rival disputes the winner; where that is preferred, a preferred one."""
    basis = affirms(claims, Voice(winner), affirmed_at)
    for voice in rivals:
        rival = voice.said
        if rival.band != FIRM or (winner.preferred and not rival.preferred):
            continue
        # It affirms the same instant with at least the winner's basis there.
        level = affirms(claims, voice, affirmed_at)
        if level > SILENT and level >= basis:
            return True
        # Or they contradicted each other, and nothing since has settled it.
        if not voice.by_end and contradicted(rival, winner, at):
            return True
    return False


def contradicted(rival: Said, winner: Said, at: int) -> bool:
    """Tell whether a rival, begun and not itself ended, meets the winner's inner part."""
    end = end_of(rival)
    if not begun(rival, at) or (end is not None and end.last < at):
        return False
    one, other = inner(rival), inner(winner)
    if one is None or other is None:
        return False
    return one[0] <= other[1] and other[0] <= one[1]


def inner(claim: Said) -> dates.Span | None:
    """Give the inner part of a claim, before the cut of an update; None where it is empty."""
    span = None if claim.valid is None else dates.inner(claim.valid, claim.said_day)
    if span is None or span[0] >= claim.cut:
        return None
    return span[0], min(span[1], claim.cut - 1)


def rumoured(claims: Claims, winner: Said, rivals: Sequence[Voice], at: int) -> bool:
    """Tell whether a weak rival, not outranked, affirms the instant of a presumed winner."""
    if winner.preferred:
        return False
    for voice in rivals:
        if voice.said.band != WEAK or affirms(claims, voice, at) == SILENT:
            continue
        # A denial and an end have no opponents.
        supports = not voice.said.denies and not voice.by_end
        against = opponents(claims, voice.said) if supports else []
        if not outranked(claims, voice.said, against, at):
            return True
    return False


def in_conflict(records: Log, claim_id: str, known: int) -> bool:
    """Tell whether a conflict in force names the claim: not retracted, all its claims live."""
    return any(
        claim_id in conflict["claims"]
        and not retracted(records, conflict, known)
        and all(live(records, name, known) for name in conflict["claims"])
        for conflict in of_kind(records, "conflict")
    )
