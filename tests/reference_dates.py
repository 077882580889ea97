"""The table of valid times, row by row, for the slow reference implementation.

A state claim's `valid` is read as one of eight rows. From the row follow what the claim makes
certain and possible, where it begins and ends, its inner part, and its horizon. Instants are
integer seconds; spans hold both their ends. Written for the eye: no sharing, no shortcuts.
"""

from __future__ import annotations

from enum import Enum

from chronicle.calendar import day_end
from chronicle.dates import Date

ATTESTED = 2
"""Certain at the instant."""

POSSIBLE = 1
"""Not excluded at the instant."""

SILENT = 0
"""Nothing is said about the instant."""

Span = tuple[int, int]
"""First and last second, both inside."""


class Row(Enum):
    """The rows of the table, by how the valid time is written."""

    DAY = "D, a day or finer"
    VAGUE = "D coarser, [a..b], or anything uncertain"
    ALL_OF = "{a..b}"
    STILL = "A/.."
    SINCE = "A/"
    FROM_TO = "A/B"
    WHOLE = "D/D, a day or finer"
    UNTIL = "/B or ../B"


def plain(date: Date) -> bool:
    """Tell whether a date is a day or finer, with no `~ ? %` and no X digit."""
    return date.shape == "date" and date.is_day_or_finer and date.exact


def row(valid: Date) -> Row:
    """Find the row that a valid time belongs to."""
    if valid.shape == "all-of":
        return Row.ALL_OF
    if valid.shape != "interval":
        return Row.DAY if plain(valid) else Row.VAGUE
    if valid.start is None:
        return Row.UNTIL
    if valid.end is None:
        return Row.STILL if valid.open_end == "open" else Row.SINCE
    same = (valid.start.first, valid.start.last) == (valid.end.first, valid.end.last)
    if same and plain(valid.start) and plain(valid.end):
        return Row.WHOLE
    return Row.FROM_TO


def start(valid: Date) -> Date:
    """Give A of an interval that begins with a date."""
    assert valid.start is not None
    return valid.start


def end(valid: Date) -> Date:
    """Give B of an interval that ends with a date."""
    assert valid.end is not None
    return valid.end


def stated_end(valid: Date) -> Date | None:
    """Give B where the valid time states an end, else None; D/D has the end D."""
    if row(valid) in (Row.FROM_TO, Row.WHOLE, Row.UNTIL):
        return end(valid)
    return None


def first_second(valid: Date) -> int:
    """Give the first second: of A where there is one, of B for `/B`, else of the date."""
    if row(valid) is Row.UNTIL:
        return end(valid).first
    if valid.shape == "interval":
        return start(valid).first
    return valid.first


def certain(valid: Date, denies: bool) -> tuple[int, int | None] | None:
    """Give the certain part as first and last second, the last None where nothing closes it."""
    match row(valid):
        case Row.DAY | Row.ALL_OF:
            # Holds all through the date.
            return valid.first, valid.last
        case Row.VAGUE:
            # Some time in it: certain nowhere. Denied: at no time in it, so certain throughout.
            return (valid.first, valid.last) if denies else None
        case Row.STILL:
            # It had begun when A was over, and went on.
            return start(valid).last, None
        case Row.SINCE:
            # It had begun when A was over; not a second more is said.
            return start(valid).last, start(valid).last
        case Row.FROM_TO:
            # From the end of A to the start of B; nothing if those two overlap.
            first, last = start(valid).last, end(valid).first
            return (first, last) if first <= last else None
        case Row.WHOLE:
            # A day that is both start and end is certain all through.
            return start(valid).first, end(valid).last
        case Row.UNTIL:
            # It had not yet ended when B began.
            return end(valid).first, end(valid).first


def possible(valid: Date) -> Span | None:
    """Give the span of everything possible, the certain part included where it is bounded."""
    match row(valid):
        case Row.DAY | Row.ALL_OF | Row.VAGUE:
            return valid.first, valid.last
        case Row.STILL | Row.SINCE:
            # All of A; what is certain begins with its last second.
            return start(valid).first, start(valid).last
        case Row.FROM_TO | Row.WHOLE:
            # Never possible after B.
            return start(valid).first, end(valid).last
        case Row.UNTIL:
            return end(valid).first, end(valid).last


def table(valid: Date, denies: bool, instant: int) -> int:
    """Read the table: ATTESTED, POSSIBLE or SILENT at the instant, whenever it was said."""
    core = certain(valid, denies)
    if core is not None and core[0] <= instant and (core[1] is None or instant <= core[1]):
        return ATTESTED
    rest = possible(valid)
    if rest is not None and rest[0] <= instant <= rest[1]:
        return POSSIBLE
    return SILENT


def inner(valid: Date, said_day: int) -> Span | None:
    """Give the inner part, which tells contradiction from succession; None where it is empty.

    `said_day` is the last second of the day the claim was made.
    """
    match row(valid):
        case Row.DAY:
            # All of it, even where it was said before the day.
            return valid.first, valid.last
        case Row.WHOLE:
            span = start(valid).first, min(end(valid).last, said_day)
        case Row.ALL_OF:
            span = valid.first, min(valid.last, said_day)
        case Row.STILL:
            # Strictly after A, up to the day it was said.
            span = start(valid).last + 1, said_day
        case Row.FROM_TO:
            # Strictly between A and B.
            span = start(valid).last + 1, min(end(valid).first - 1, said_day)
        case Row.VAGUE | Row.SINCE | Row.UNTIL:
            return None
    return span if span[0] <= span[1] else None


def certainly_begun(valid: Date) -> int:
    """Give the instant when the state is certain to have begun: there an update takes over."""
    match row(valid):
        case Row.STILL | Row.SINCE | Row.FROM_TO:
            return start(valid).last
        case Row.DAY | Row.ALL_OF:
            return valid.first
        case Row.WHOLE:
            return start(valid).first
        case Row.UNTIL:
            return end(valid).first
        case Row.VAGUE:
            return valid.last


def last_known_day(valid: Date, denies: bool, said_day: int) -> int:
    """Give the day, by its last second, to which the words reach, before any cap."""
    match row(valid):
        case Row.DAY | Row.VAGUE:
            # The first day of the date; where it is denied, the last day.
            return day_end(valid.last if denies else valid.first)
        case Row.ALL_OF:
            return day_end(valid.last)
        case Row.SINCE:
            return day_end(start(valid).last)
        case Row.STILL:
            return said_day
        case Row.FROM_TO | Row.WHOLE | Row.UNTIL:
            return day_end(end(valid).first)
