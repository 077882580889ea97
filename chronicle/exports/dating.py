"""Dates of events: in words with how they stand, and what EDTF says of their two ends."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from chronicle.dates import Date
from chronicle.exports import wording
from chronicle.exports.items import Row

_PLAIN = ("settled", "unknown")
"""Standings that go without saying."""


def worded(text: str) -> str:
    """Return a date in words; as it is written, where words would lose something."""
    return wording.dated(text) or text


def stated(event: Row) -> str:
    """Return the best-known date of an event's row in words, and how it stands if not settled."""
    words = worded(event["when"]) if event["when"] else "date not known"
    return words if event["standing"] in _PLAIN else f"{words}, {event['standing']}"


def others(event: Row) -> Iterator[str]:
    """Yield the other dates that are given for an event, in words.

    They may well be right where the best known is disputed; else they lost.
    """
    mark = "or" if event["standing"] == "disputed" else "also said"
    for date in event["dates"][1:]:
        yield f"{mark} {worded(date['when'])}"


def beginning(date: Date) -> Date | None:
    """Return the single date that it begins with, the first of a set; None where it is open."""
    if date.shape == "date":
        return date
    if date.members and not date.open_start:
        starts = filter(None, map(beginning, date.members))
        return min(starts, key=attrgetter("first"))
    return date.start


def ending(date: Date) -> Date | None:
    """Return the single date that it ends with, the last of a set; None where it is open."""
    if date.shape == "date":
        return date
    if date.members and not date.open_end:
        ends = filter(None, map(ending, date.members))
        return max(ends, key=attrgetter("last"))
    return date.end


def is_sharp(date: Date) -> bool:
    """Say whether it leaves no day open: a day or finer, or all from one such to another."""
    if date.shape != "interval":
        return date.is_day_or_finer
    return all(end is not None and end.is_day_or_finer for end in (date.start, date.end))
