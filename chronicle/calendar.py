"""The proleptic Gregorian calendar in integer seconds.

An instant is a count of seconds since 1970-01-01T00:00:00, floating: no zone, no leap seconds.
Years are astronomical and without limit: year 0 is 1 BCE, year -43 is 44 BCE. The arithmetic is
on integers alone, because `datetime` stops at the years 1 and 9999.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from chronicle.errors import DateError

DAY: Final = 86_400
"""Seconds in a day."""

BEGINNING: Final = -(2**62)
"""Before every date that can be written; fits a signed 64 bit column."""

FOREVER: Final = 2**62
"""After every date that can be written; fits a signed 64 bit column."""

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
"""The English names of the months, January first, for messages."""

_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_TO_EPOCH: Final = 719_468
_DAYS_IN_400_YEARS: Final = 146_097


def month_length(year: int, month: int) -> int:
    """How many days the month 1-12 has in that year."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_LENGTHS[month - 1]


def days_from_civil(year: int, month: int, day: int) -> int:
    """Count the days from 1970-01-01 to that day, negative before it; the day must exist."""
    # Years are counted from March, so that the leap day is the last of its year.
    if month > 2:
        month -= 3
    else:
        month += 9
        year -= 1
    leaps = year // 4 - year // 100 + year // 400
    return 365 * year + leaps + (153 * month + 2) // 5 + day - 1 - _DAYS_TO_EPOCH


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Give the year, month and day that lie that many days from 1970-01-01."""
    era, of_era = divmod(days + _DAYS_TO_EPOCH, _DAYS_IN_400_YEARS)
    of_400 = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * of_400 + of_400 // 4 - of_400 // 100)
    from_march = (5 * of_year + 2) // 153
    day = of_year - (153 * from_march + 2) // 5 + 1
    year = era * 400 + of_400
    if from_march < 10:
        return year, from_march + 3, day
    return year + 1, from_march - 9, day


def day_start(second: int) -> int:
    """Give the first second of the day that holds it; a sentinel stays as it is."""
    if second <= BEGINNING or second >= FOREVER:
        return second
    return second - second % DAY


def day_end(second: int) -> int:
    """Give the last second of the day that holds it; a sentinel stays as it is."""
    if second <= BEGINNING or second >= FOREVER:
        return second
    return second - second % DAY + DAY - 1


def write_year(year: int) -> str:
    """Write a year as EDTF does: `2022`, `0079`, `-0044`, `Y12345`, `Y-12345`."""
    if -9999 <= year <= 9999:
        return f"-{-year:04}" if year < 0 else f"{year:04}"
    return f"Y{year}"


def write_day(second: int) -> str:
    """Write the day that holds the second as EDTF, `2022-01-17`; a sentinel as `..`.

    Years beyond four digits are written `Y12345-01-01`, which `dates.parse` reads.
    """
    if second <= BEGINNING or second >= FOREVER:
        return ".."
    year, month, day = civil_from_days(second // DAY)
    return f"{write_year(year)}-{month:02}-{day:02}"


def write_instant(second: int) -> str:
    """Write the second as EDTF, `2022-01-17T23:59:59`; a sentinel as `..`."""
    if second <= BEGINNING or second >= FOREVER:
        return ".."
    minutes, seconds = divmod(second % DAY, 60)
    return f"{write_day(second)}T{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def write_first(second: int) -> str:
    """Write the first second of a stretch: its day where it begins with it, else the second."""
    return write_day(second) if second == day_start(second) else write_instant(second)


def write_last(second: int) -> str:
    """Write the last second of a stretch: its day where it ends with it, else the second."""
    return write_day(second) if second == day_end(second) else write_instant(second)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; months are apart because their length depends on where they begin.

    Years are twelve months, weeks seven days, hours and minutes seconds. Never negative.
    """

    months: int = 0
    days: int = 0
    seconds: int = 0


_NUMBER = "([0-9]{1,11})"
_DURATION = re.compile(
    f"P(?=[0-9T])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    f"(?:T(?=[0-9])(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)


def parse_duration(text: str) -> Duration:
    """Read an ISO 8601 duration of whole numbers, `P1Y2M3W4DT5H6M7S`; each part may be left out.

    Raises DateError for anything else: fractions, signs, parts in another order, none at all.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        shown = repr(text if len(text) <= 60 else f"{text[:60]}...")
        raise DateError(
            f"{shown}: no duration, expected ISO 8601 with whole numbers of at most 11 digits,"
            " such as P30D, P2W, P1Y6M or PT12H"
        )
    years, months, weeks, days, hours, minutes, seconds = map(int, match.groups("0"))
    return Duration(
        months=years * 12 + months,
        days=weeks * 7 + days,
        seconds=hours * 3_600 + minutes * 60 + seconds,
    )


def shift_months(year: int, month: int, day: int, months: int) -> tuple[int, int, int]:
    """Move a day by calendar months, either way; a day that the month lacks becomes its last.

    A month above 12 counts on into the years after, and day 31 means the end of any month.
    """
    years, month = divmod(year * 12 + month - 1 + months, 12)
    return years, month + 1, min(day, month_length(years, month + 1))


def add_duration(second: int, duration: Duration) -> int:
    """Add the months of the calendar first (31 January and a month is the end of February).

    The days and seconds follow. A sentinel stays as it is; a sum beyond every date is FOREVER.
    """
    if second <= BEGINNING or second >= FOREVER:
        return second
    days, clock = divmod(second, DAY)
    if duration.months:
        days = days_from_civil(*shift_months(*civil_from_days(days), duration.months))
    return min((days + duration.days) * DAY + clock + duration.seconds, FOREVER)


def elapsed(first: int, last: int) -> Duration:
    """Count the whole calendar months, and the days after them, from one day to a later one.

    `add_duration` leads from the first day to the last by it. Neither may be a sentinel.
    """
    start, end = first // DAY, last // DAY
    year, month, day = civil_from_days(start)
    to_year, to_month, _ = civil_from_days(end)
    months = (to_year - year) * 12 + to_month - month
    if days_from_civil(*shift_months(year, month, day, months)) > end:
        months -= 1
    return Duration(months, end - days_from_civil(*shift_months(year, month, day, months)))


def write_duration(duration: Duration) -> str:
    """Write a duration as `parse_duration` reads it: `P1Y2M3D`, `PT90S`; `P0D` for none."""
    years, months = divmod(duration.months, 12)
    days = ((years, "Y"), (months, "M"), (duration.days, "D"))
    date = "".join(f"{count}{unit}" for count, unit in days if count)
    time = f"T{duration.seconds}S" if duration.seconds else ""
    return f"P{date}{time}" if date or time else "P0D"
