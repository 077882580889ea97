"""Valid time: what the date of a state means, as instants.

How `valid` reads for a property that is a state. All instants are seconds as in `calendar`.

| written                | certain part (core)          | possible part       | afterwards      |
|------------------------|------------------------------|---------------------|-----------------|
| `D`, a day or finer    | all of D                     | -                   | carried forward |
| vaguer `D`, `[a..b]`   | none                         | all of it           | carried forward |
| `{a..b}`               | all of it                    | -                   | carried forward |
| `A/..`                 | from the last second of A    | the rest of A       | carried forward |
| `A/`                   | the last second of A         | the rest of A       | carried forward |
| `A/B`                  | last second of A, first of B | rest of A and of B  | ended after B   |
| `/B`, `../B`           | first second of B            | rest of B           | ended after B   |

`D/D` for a day or finer is certain all through D, then ended. A date with `~ ? %` or `X` is
vague however fine it is: it names several days and says that one of them is meant.
"""

from __future__ import annotations

from typing import NamedTuple

from chronicle.calendar import BEGINNING, FOREVER, day_end
from chronicle.dates import Date
from chronicle.errors import DateError

NOWHERE = (FOREVER, BEGINNING)
"""An empty stretch: it begins after it ends."""


class Span(NamedTuple):
    """The instants of one `valid`; stretches are inclusive, an empty one begins after it ends."""

    first: int
    """The first second at which it may have held; of `/B`, the first second of B."""
    last: int
    """The last second at which it may have held, `FOREVER` for `A/..`."""
    core_from: int
    core_to: int
    """The certain part."""
    inner_from: int
    inner_to: int
    """The part that tells contradiction from succession, not yet cut by the day it was said."""
    begun: int
    """The instant by which the state is certain to have begun."""
    horizon: int | None
    """Last second of the day of its last affirmation; None: the day it was said."""
    end_first: int | None
    end_last: int | None
    """The bounds of the stated end, where there is one."""
    bare: bool
    """A day or finer, exactly: attested all through, even beyond the day it was said."""
    vague: bool
    """At some time in it: a denial of it means at no time in it."""


def check_state(date: Date) -> None:
    """Refuse a date that says nothing about a state, by a `DateError` that says why."""
    shape = date.shape
    if shape == "interval":
        if date.start is None and date.end is None:
            raise DateError(f"{date.text!r} says neither when it began nor when it ended")
        return
    if date.is_open:
        raise DateError(
            f"{date.text!r} is open; the valid time of a state says A/.. (still so), "
            "A/ (how long is not said) or /B (ended in B)"
        )
    if shape == "all-of" and _has_holes(date):
        raise DateError(
            f"{date.text!r} leaves out days between its members; write one claim for each, "
            "or {a..b} if it held all through"
        )


def span(date: Date) -> Span:
    """Read the `valid` of a state; `DateError` for a form that says nothing about a state."""
    check_state(date)
    shape, first, last = date.shape, date.first, date.last
    if shape == "interval":
        return _interval(date.start, date.end, date.open_end)
    if shape == "all-of":
        ends = day_end(last)
        return Span(first, last, first, last, first, last, first, ends, None, None, False, False)
    ends = day_end(first)
    if date.is_day_or_finer:
        return Span(first, last, first, last, first, last, first, ends, None, None, True, False)
    begin, end = NOWHERE
    return Span(first, last, begin, end, begin, end, last, ends, None, None, False, True)


def _has_holes(date: Date) -> bool:
    members = sorted(date.members, key=lambda member: member.first)
    reached = date.first - 1
    for member in members:
        if member.first > reached + 1:
            return True
        reached = max(reached, member.last)
    return False


def _interval(start: Date | None, end: Date | None, open_end: str) -> Span:
    if end is None:
        assert start is not None  # else it was refused
        return _begun(start, still=open_end == "open")
    if start is not None:
        return _closed(start, end)
    first, last = end.first, end.last
    begin, stop = NOWHERE
    horizon = day_end(first)
    return Span(first, last, first, first, begin, stop, first, horizon, first, last, False, False)


def _begun(start: Date, still: bool) -> Span:
    first, begun = start.first, start.last
    if still:
        core, inner = (begun, FOREVER), (begun + 1, FOREVER)
        return Span(first, FOREVER, *core, *inner, begun, None, None, None, False, False)
    begin, stop = NOWHERE
    horizon = day_end(begun)
    return Span(first, begun, begun, begun, begin, stop, begun, horizon, None, None, False, False)


def _closed(start: Date, end: Date) -> Span:
    ending = (end.first, end.last)
    fine = start.is_day_or_finer and end.is_day_or_finer
    if fine and (start.first, start.last) == ending:
        return Span(
            *ending, *ending, *ending, start.first, day_end(end.first), *ending, False, False
        )
    core = (start.last, end.first) if start.last <= end.first else NOWHERE
    inner = (start.last + 1, end.first - 1) if core is not NOWHERE else NOWHERE
    return Span(
        start.first,
        end.last,
        *core,
        *inner,
        start.last,
        day_end(end.first),
        *ending,
        False,
        False,
    )
