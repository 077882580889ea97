"""One date of EDTF as its bounds: the part that intervals and sets are made of.

A date stands for its first and its last second. What EDTF leaves open is settled here:

- Seasons are whole months. 21-24 (no hemisphere named) and 25-28 (northern) are spring March to
  May, summer June to August, autumn September to November, winter December to February of the
  next year; 29-32 (southern) begin half a year later: spring September to November, summer
  December to February of the next year, autumn March to May, winter June to August. 33-36 are
  quarters, 37-39 thirds and 40-41 halves of the calendar year.
- `X` digits: every day of the calendar that fits, from the earliest to the latest. The stated
  precision of a year is told by the X digits at its end: `156X` a decade, `1XXX` a millennium.
- `~ ? %` widen by one unit on each side. At the end of a date the unit is the stated precision.
  Behind a component a qualifier holds for it and all to its left, before a component for it
  alone; either way the component that it touches is the finest that is in doubt, and gives the
  unit. Of several qualifiers the widest unit counts. Months, seasons and years are moved on the
  calendar, a day that the month lacks becoming its last.
- `Y` before a year of 5 to 11 digits takes a month, a day and a time like any other year.
- An offset is converted to UTC. Hours alone, leap seconds, 24:00 and fractions are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, Literal, TypeAlias

from chronicle.calendar import (
    DAY,
    MONTH_NAMES,
    days_from_civil,
    month_length,
    shift_months,
    write_year,
)
from chronicle.errors import DateError

Precision: TypeAlias = Literal[
    "second", "minute", "day", "month", "season", "year", "decade", "century", "millennium"
]
"""The unit in which a date is stated."""

Part: TypeAlias = tuple[int, int, Precision, bool]
"""First second, last second, precision, and whether it is plain (no qualifier, no X digit)."""

PRECISIONS: Final[tuple[Precision, ...]] = (
    "second", "minute", "day", "month", "season", "year", "decade", "century", "millennium",
)  # fmt: skip
"""Every precision, finest first."""

_Civil: TypeAlias = tuple[int, int, int]
"""Year, month, day; day 31 also stands for the end of a shorter month."""

_YEAR_PRECISIONS: Final[tuple[Precision, ...]] = (
    "year", "decade", "century", "millennium", "millennium",
)  # fmt: skip
_MONTHS_IN: Final[dict[Precision, int]] = {
    "month": 1, "year": 12, "decade": 120, "century": 1_200, "millennium": 12_000,
}  # fmt: skip
_SPRING_TO_WINTER: Final = ((3, 3), (6, 3), (9, 3), (12, 3))
_SEASONS: Final = dict(
    enumerate(
        _SPRING_TO_WINTER * 2
        + _SPRING_TO_WINTER[2:]
        + _SPRING_TO_WINTER[:2]
        + ((1, 3), (4, 3), (7, 3), (10, 3), (1, 4), (5, 4), (9, 4), (1, 6), (7, 6)),
        start=21,
    )
)
"""First month and number of months of each season by its EDTF number."""

_PLAIN = re.compile(
    r"(-?[0-9]{4}|Y-?[1-9][0-9]{4,10})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?:Z|([+-][0-9]{2})(?::([0-9]{2}))?)?)?)?)?([~?%]?)"
).fullmatch
_LOOSE = re.compile(
    r"([~?%]?)(-?[0-9X]{4}|Y-?[1-9][0-9]{4,10})([~?%]?)"
    r"(?:-([~?%]?)([0-9X]{2})([~?%]?)(?:-([~?%]?)([0-9X]{2})([~?%]?))?)?"
).fullmatch


def read_part(text: str) -> Part | None:
    """Give the bounds of one date, or None where the text has not the form of one.

    Raises DateError, without naming the whole text, where a component of a date is wrong.
    """
    match = _PLAIN(text)
    if match is None:
        loose = _LOOSE(text)
        return None if loose is None else _read_loose(loose)
    year_text, month_text, day_text, hour, minute, second, zone, zone_minute, mark = match.groups()
    year = _year(year_text)
    if month_text is None:
        return _spread((year, 1, 1), (year, 12, 31), "year", 12 if mark else 0, plain=not mark)
    if day_text is None:
        return _read_month(year, month_text, mark)
    first = _midnight(year, month_text, day_text)
    if hour is None:
        return _extent(first, DAY, "day", mark)
    first += _clock(hour, minute, second or "00") - _offset(zone, zone_minute)
    return (
        _extent(first, 60, "minute", mark) if second is None else _extent(first, 1, "second", mark)
    )


def _extent(first: int, length: int, precision: Precision, mark: str) -> Part:
    """Give the bounds of a day, minute or second of that length, widened where it has a mark."""
    if mark:
        return first - length, first + 2 * length - 1, precision, False
    return first, first + length - 1, precision, True


def _midnight(year: int, month_text: str, day_text: str) -> int:
    """Give the first second of a day, which must be one of the calendar."""
    month, day = int(month_text), int(day_text)
    if not 1 <= month <= 12:
        raise _month_fault(month_text)
    if not 1 <= day <= 28 and not 1 <= day <= month_length(year, month):
        raise _day_fault(year, month, day_text)
    return days_from_civil(year, month, day) * DAY


def _year(text: str) -> int:
    """Read the digits of a year, with or without a leading Y."""
    if text == "-0000":
        raise DateError("year -0000, expected 0000 (the year 0, which is 1 BCE)")
    return int(text[1:] if text[0] == "Y" else text)


def _read_month(year: int, text: str, mark: str) -> Part:
    """Give the bounds of a month or a season of one year."""
    month = int(text)
    if 1 <= month <= 12:
        widen = 1 if mark else 0
        return _spread((year, month, 1), (year, month, 31), "month", widen, plain=not mark)
    if month not in _SEASONS:
        raise _month_fault(text)
    begin, length = _SEASONS[month]
    low, high = (year, begin, 1), (year, begin + length - 1, 31)
    return _spread(low, high, "season", length if mark else 0, plain=not mark)


def _month_fault(text: str) -> DateError:
    """Describe a month that is none, or a season that was given a day."""
    return DateError(f"month {text}, expected 01-12 or a season 21-41 (a season takes no day)")


def _day_fault(year: int, month: int, text: str) -> DateError:
    """Describe a day that the month lacks."""
    length = month_length(year, month)
    if text == "00":
        return DateError(f"day 00, expected 01-{length}")
    return DateError(f"day {text}, {MONTH_NAMES[month - 1]} {write_year(year)} has {length}")


def _clock(hour: str, minute: str, second: str) -> int:
    """Give the seconds since midnight."""
    if hour > "23":
        todo = "24:00 is 00:00 of the day after" if hour == "24" else "expected 00-23"
        raise DateError(f"hour {hour}, {todo}")
    if minute > "59":
        raise DateError(f"minute {minute}, expected 00-59")
    if second > "59":
        todo = ", leap seconds are not counted" if second == "60" else ""
        raise DateError(f"second {second}, expected 00-59{todo}")
    return int(hour) * 3_600 + int(minute) * 60 + int(second)


def _offset(hours: str | None, minutes: str | None) -> int:
    """Give the seconds by which the zone is ahead of UTC; no zone is taken as it stands."""
    if hours is None:
        return 0
    ahead = int(hours[1:]) * 3_600 + int(minutes or 0) * 60
    if ahead > 14 * 3_600 or (minutes or "00") > "59":
        written = hours if minutes is None else f"{hours}:{minutes}"
        raise DateError(f"offset {written}, expected hours and minutes up to 14:00")
    return -ahead if hours[0] == "-" else ahead


def _spread(low: _Civil, high: _Civil, precision: Precision, months: int, *, plain: bool) -> Part:
    """Give the bounds from the day `low` to the day `high`, widened by calendar months."""
    if months:
        low = shift_months(*low, -months)
    first = days_from_civil(*low)
    last = days_from_civil(*shift_months(*high, months))
    return first * DAY, last * DAY + DAY - 1, precision, plain


def _read_loose(match: re.Match[str]) -> Part:
    """Give the bounds of a date with X digits, or with qualifiers at its components."""
    before_year, year, after_year, before_month, month, after_month, before_day, day, after_day = (
        match.groups("")
    )
    precision = _YEAR_PRECISIONS[len(year) - len(year.rstrip("X"))]
    widen = _MONTHS_IN[precision] if before_year or after_year else 0
    if not month:
        low, high = next(_years(year)), next(_years(year, latest=True))
        return _spread((low, 1, 1), (high, 12, 31), precision, widen, plain=False)
    months, length, precision = _months(month)
    if before_month or after_month:
        widen = widen or length
    if not day:
        low, high = next(_years(year)), next(_years(year, latest=True))
        end = months[-1] + length - 1
        return _spread((low, months[0], 1), (high, end, 31), precision, widen, plain=False)
    if precision == "season":
        raise _month_fault(month)
    earliest, latest = _days_between(year, months, day)
    first, last, _, _ = _spread(earliest, latest, "day", widen, plain=False)
    margin = DAY if (before_day or after_day) and not widen else 0
    return first - margin, last + margin, "day", False


def _years(text: str, *, latest: bool = False) -> Iterator[int]:
    """Yield the years that fit, from the earliest on, or from the latest back."""
    if "X" not in text:
        yield _year(text)
        return
    negative = text[0] == "-"
    digits = "9876543210" if latest != negative else "0123456789"
    for chosen in product(*(digits if digit == "X" else digit for digit in text[-4:])):
        year = int("".join(chosen))
        if year or not negative:
            yield -year if negative else year


def _months(text: str) -> tuple[Sequence[int], int, Precision]:
    """Give the months that fit, or the first month of the season; its length; the precision."""
    if text.isdigit() and int(text) in _SEASONS:
        begin, length = _SEASONS[int(text)]
        return (begin,), length, "season"
    months = _numbers_that_fit(text, 12)
    if not months:
        raise _month_fault(text)
    return months, 1, "month"


def _numbers_that_fit(text: str, highest: int) -> Sequence[int]:
    """Give the numbers from 1 to `highest` that two places of digits or X can stand for."""
    if "X" not in text:
        return [int(text)] if 1 <= int(text) <= highest else []
    tens, ones = text[0], text[1]
    return [
        number
        for number in range(1, highest + 1)
        if tens in ("X", str(number // 10)) and ones in ("X", str(number % 10))
    ]


def _days_between(year: str, months: Sequence[int], day: str) -> tuple[_Civil, _Civil]:
    """Give the earliest and the latest day of the calendar that fit."""
    days = _numbers_that_fit(day, 31)
    # A leap year has every day there is: what fits none there need not be sought elsewhere.
    possible = any(number <= month_length(2000, month) for month in months for number in days)
    earliest = _first_that_fits(_years(year), months, days) if possible else None
    if earliest is None and len(months) == 1 and "X" not in year:
        raise _day_fault(_year(year), months[0], day)
    latest = _first_that_fits(_years(year, latest=True), months[::-1], days[::-1])
    if earliest is None or latest is None:
        raise DateError(f"day {day}, no day of the calendar fits in the year {year}")
    if "X" in day and latest[2] == month_length(*latest[:2]):
        latest = latest[0], latest[1], 31
    return earliest, latest


def _first_that_fits(
    years: Iterator[int], months: Sequence[int], days: Sequence[int]
) -> _Civil | None:
    """Give the first combination, in the order given, that is a day of the calendar."""
    fitting = (
        (year, month, day)
        for year in years
        for month in months
        for day in days
        if day <= month_length(year, month)
    )
    return next(fitting, None)
