"""Dates in a chronology: EDTF said in words, as precisely as it is written and no more.

    2022-01-05T18:00                        2022-01-05 18:00
    [2022-01-05T12:00..2022-01-05T14:59]    2022-01-05 12:00-14:59: at some time in these hours
    [2022-01-06..2022-01-17]                between 2022-01-06 and 2022-01-17
    2022-01-03/2022-01-04                   2022-01-03 to 2022-01-04: all that while
    2022-01-02/ and 2022-01-02/..           from 2022-01-02 and from 2022-01-02 on

What has no words here stays as it is written.
"""

from __future__ import annotations

from chronicle.calendar import (
    BEGINNING,
    FOREVER,
    Duration,
    day_end,
    day_start,
    write_day,
    write_instant,
)
from chronicle.dates import Date, parse


def dated(text: str) -> str:
    """Return an EDTF date in words."""
    date = parse(text)
    if date.shape == "date":
        return _part(date)
    if date.shape == "interval":
        return _interval(date)
    if date.shape == "one-of" and not (date.open_start or date.open_end):
        return _one_of(date)
    return date.text


def _part(date: Date) -> str:
    """Return a single date, its time after a blank."""
    plain = date.text.removesuffix("~")
    about = "about " if plain != date.text and parse(plain).exact else ""
    return about + (plain if about else date.text).replace("T", " ")


def _interval(date: Date) -> str:
    if date.start is not None and date.end is not None:
        return f"{_part(date.start)} to {_after(date.start, date.end)}"
    if date.start is not None:
        return f"from {_part(date.start)}" + (" on" if date.open_end == "open" else "")
    return f"until {_part(date.end)}" if date.end is not None else date.text


def _one_of(date: Date) -> str:
    (first, *more) = date.members
    start, end = first.start, first.end
    if more or start is None or end is None:
        plain = all(one.shape == "date" for one in date.members)
        return " or ".join(map(_part, date.members)) if plain else date.text
    day, _, time = start.text.partition("T")
    if time and end.text.startswith(f"{day}T"):
        return f"{day} {time}-{_after(start, end)}"
    return f"between {_part(start)} and {_part(end)}"


def _after(start: Date, end: Date) -> str:
    """Return the end of a stretch; on the day of its start only the time."""
    day, _, time = end.text.partition("T")
    return time if time and start.text.startswith(f"{day}T") else _part(end)


def along(first: int, last: int) -> str:
    """Return a stretch of valid time, its first to its last second, in words; "" for all of it.

    What is certain only from the last second of a day on leaves the course of that day to what
    was before: `during` a day is all of it but its last second.
    """
    if first == BEGINNING or last == FOREVER:
        start = "" if first == BEGINNING else f"from {_start(first)} on"
        return start or ("" if last == FOREVER else f"until {_end(last)}")
    day = write_day(first)
    if day != write_day(last):
        return f"{_start(first)} to {_end(last)}"
    if first == day_end(first):
        return _start(first)
    if first == day_start(first) and last >= day_end(last) - 1:
        return day if last == day_end(last) else f"during {day}"
    return f"{day} {_time(first)}-{_time(last)}"


def _start(second: int) -> str:
    if second == day_end(second):
        return f"the end of {write_day(second)}"
    return write_day(second) if second == day_start(second) else _moment(second)


def _end(second: int) -> str:
    return write_day(second) if second >= day_end(second) - 1 else _moment(second)


def _moment(second: int) -> str:
    return f"{write_day(second)} {_time(second)}"


def _time(second: int) -> str:
    """Return the time of day."""
    return write_instant(second).partition("T")[2]


def lasting(duration: Duration) -> str:
    """Return a length of time in its two greatest units of years, months and days: `4m14d`."""
    years, months = divmod(duration.months, 12)
    counts = ((years, "y"), (months, "m"), (duration.days, "d"))
    found = [f"{count}{unit}" for count, unit in counts if count]
    return "".join(found[:2]) or "0d"
