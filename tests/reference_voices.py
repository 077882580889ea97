"""How a claim speaks at an instant, and how voices rank, for the slow reference implementation.

A voice is a claim for its value, a denial against it, or a supporter's stated end, which speaks
against its own value. `claims` are always all the live claims of the slot, because an end can
silence another claim and corroboration counts them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chronicle.calendar import day_end
from chronicle.dates import Date
from tests import reference_dates as dates
from tests.reference_dates import ATTESTED, POSSIBLE, SILENT, Row
from tests.reference_records import FIRM, Said

Claims = Sequence[Said]


class Voice(NamedTuple):
    """A claim as supporter or denial, or (`by_end`) its stated end, which speaks against it."""

    said: Said
    by_end: bool = False


def first_second(claim: Said) -> int:
    """Give the first second of a claim's valid time; 0 where the property has none."""
    return 0 if claim.valid is None else dates.first_second(claim.valid)


def end_of(claim: Said) -> Date | None:
    """Give the stated end of a supporter; a denial has none, whatever its date says."""
    return None if claim.denies or claim.valid is None else dates.stated_end(claim.valid)


def begun(claim: Said, at: int) -> bool:
    """Tell whether a claim's valid time has begun by an instant."""
    return first_second(claim) <= at


def weaken(level: int) -> int:
    """Make what is attested only possible."""
    return min(level, POSSIBLE)


def spoken(voice: Voice, at: int) -> int:
    """Say how far a voice on a state reaches an instant, by when it was said."""
    said = voice.said
    assert said.valid is not None
    if voice.by_end:
        # An end: against the own value, from after its last second on.
        end = end_of(said)
        level = ATTESTED if end is not None and at > end.last else SILENT
    else:
        level = dates.table(said.valid, said.denies, at)
        # A bare day is attested all through if it begins no later than the last day of
        # `asserted`, whatever the first day of that was.
        begins_in_time = said.valid.first <= day_end(said.asserted.last)
        if dates.row(said.valid) is Row.DAY and begins_in_time:
            return level
    if at <= said.said_day:
        return level
    # After the day it was said nothing; but to the end of a longer `asserted` still possible.
    return weaken(level) if at <= said.asserted.last else SILENT


def affirms(claims: Claims, voice: Voice, at: int) -> int:
    """Give ATTESTED, POSSIBLE or SILENT: how a live claim, or its end, affirms an instant.

    `claims` are all live claims of the slot, since an end silences others.
    """
    said = voice.said
    if said.valid is None:
        # On a fixed property, every instant; there are no ends.
        level = SILENT if voice.by_end else ATTESTED
    elif at >= said.cut:
        # An update has silenced it from here on: for, against, and its end.
        level = SILENT
    else:
        level = spoken(voice, at)
    if not said.complete:
        # Until its assertion window has closed, what is attested is only possible.
        level = weaken(level)
    supports = not said.denies and not voice.by_end
    if supports and level == POSSIBLE and silenced(claims, said, at):
        return SILENT
    return level


def silenced(claims: Claims, said: Said, at: int) -> bool:
    """Tell whether an end before the instant silences a merely possible supporter.

    The end is another claim's, speaks against this one, and this one's band is not stronger.
    """
    for other in claims:
        end = end_of(other)
        if other.id == said.id or end is None:
            continue
        if at > end.last and speaks_against(other, said) and said.band <= other.band:
            return True
    return False


def speaks_against(ending: Said, said: Said) -> bool:
    """Tell whether the stated end of one claim speaks against a supporter.

    Against its own claim, and against claims of the value that began before the date of the
    end: a second term is another matter.
    """
    end = end_of(ending)
    if end is None:
        return False
    if ending.id == said.id:
        return True
    return ending.value == said.value and first_second(said) < end.first


def opponents(claims: Claims, supporter: Said) -> list[Voice]:
    """Give the voices against a supporter: denials of its value, and ends that concern it."""
    denials = [Voice(claim) for claim in claims if denies(claim, supporter.value)]
    ends = [Voice(claim, True) for claim in claims if speaks_for_end(claim, supporter)]
    return denials + ends


def denies(claim: Said, value: str | None) -> bool:
    """Tell whether a claim is a denial of the value."""
    return claim.denies and claim.value == value


def speaks_for_end(claim: Said, supporter: Said) -> bool:
    """Tell whether a claim is a supporter whose end speaks against another supporter."""
    return not claim.denies and speaks_against(claim, supporter)


# Rank.


def corroboration(claims: Claims, voice: Voice, at: int) -> int:
    """Count the origins of the firm claims that affirm the same side of the value there."""
    against = voice.said.denies or voice.by_end
    found: set[str] = set()
    for claim in claims:
        if claim.value != voice.said.value or claim.band != FIRM:
            continue
        for other in (Voice(claim), Voice(claim, True)):
            side = claim.denies or other.by_end
            if side == against and affirms(claims, other, at) > SILENT:
                found |= claim.origins
    return len(found)


def rank(claims: Claims, voice: Voice, at: int) -> tuple[int, ...]:
    """Give the rank at an instant, the greater the better, without the id."""
    said = voice.said
    end = end_of(said) if voice.by_end else None
    return (
        said.band,
        int(said.preferred),
        affirms(claims, voice, at),
        -"123465".index(said.credibility),
        corroboration(claims, voice, at),
        first_second(said) if end is None else end.first,
        said.asserted.last,
    )


def outranked(claims: Claims, supporter: Said, by: Sequence[Voice], at: int) -> bool:
    """Tell whether a voice that affirms the instant outranks the supporter; a tie does not."""
    own = rank(claims, Voice(supporter), at)
    return any(
        affirms(claims, voice, at) > SILENT and rank(claims, voice, at) > own for voice in by
    )
