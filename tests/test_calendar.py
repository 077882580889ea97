"""The calendar: days, seconds, and durations on integers without bounds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.calendar import (
    BEGINNING,
    DAY,
    FOREVER,
    Duration,
    add_duration,
    civil_from_days,
    day_end,
    day_start,
    days_from_civil,
    elapsed,
    month_length,
    parse_duration,
    shift_months,
    write_day,
    write_duration,
    write_first,
    write_instant,
    write_last,
    write_year,
)
from chronicle.errors import DateError

EPOCH = dt.date(1970, 1, 1).toordinal()
DAYS = st.integers(-(10**13), 10**13)
SECONDS = st.integers(-(10**18), 10**18)
DURATIONS = st.builds(Duration, st.integers(0, 10**5), st.integers(0, 10**5), st.integers(0, 10**7))


def second(year: int, month: int, day: int, clock: int = 0) -> int:
    """Count the seconds to a day, and `clock` seconds into it."""
    return days_from_civil(year, month, day) * DAY + clock


@pytest.mark.parametrize(
    ("civil", "days"),
    [
        ((1970, 1, 1), 0),
        ((1969, 12, 31), -1),
        ((2000, 2, 29), 11_016),
        ((2000, 3, 1), 11_017),
        ((2022, 1, 17), 19_009),
        ((1, 1, 1), -719_162),
        ((0, 12, 31), -719_163),
        ((0, 2, 29), -719_469),
        ((-400, 3, 1), -719_468 - 146_097),
    ],
)
def test_days_are_counted_from_1970(civil: tuple[int, int, int], days: int) -> None:
    """A day of the calendar and its count stand for each other, before the year 1 too."""
    assert days_from_civil(*civil) == days
    assert civil_from_days(days) == civil


@given(DAYS)
def test_a_count_of_days_survives_the_calendar(days: int) -> None:
    """Every count of days is one day of the calendar, which gives the count back."""
    year, month, day = civil_from_days(days)
    assert 1 <= month <= 12
    assert 1 <= day <= month_length(year, month)
    assert days_from_civil(year, month, day) == days


@given(DAYS)
def test_the_next_day_is_the_next_on_the_calendar(days: int) -> None:
    """A day is followed by the next of its month, or by the first of the next month."""
    year, month, day = civil_from_days(days)
    if day < month_length(year, month):
        expected = (year, month, day + 1)
    else:
        expected = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    assert civil_from_days(days + 1) == expected


@given(DAYS)
def test_the_calendar_repeats_after_400_years(days: int) -> None:
    """Four hundred years are 146,097 days, however far away."""
    year, month, day = civil_from_days(days)
    assert civil_from_days(days + 146_097) == (year + 400, month, day)


@given(st.dates())
def test_the_calendar_agrees_with_datetime(date: dt.date) -> None:
    """From the year 1 to 9999 the count is that of `datetime`."""
    days = date.toordinal() - EPOCH
    assert days_from_civil(date.year, date.month, date.day) == days
    assert civil_from_days(days) == (date.year, date.month, date.day)


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [
        (2022, 1, 31),
        (2022, 4, 30),
        (2022, 2, 28),
        (2024, 2, 29),
        (1900, 2, 28),
        (2000, 2, 29),
        (200, 2, 28),
        (0, 2, 29),
        (-4, 2, 29),
        (-100, 2, 28),
    ],
)
def test_february_knows_leap_years(year: int, month: int, days: int) -> None:
    """Every fourth year is a leap year, of the hundredth only every fourth."""
    assert month_length(year, month) == days


@given(SECONDS)
def test_a_day_holds_its_seconds(instant: int) -> None:
    """The first and last second of a day enclose it, share its name and are a day apart."""
    first, last = day_start(instant), day_end(instant)
    assert first <= instant <= last
    assert last - first == DAY - 1
    assert write_day(first) == write_day(instant) == write_day(last)
    assert write_instant(first) == f"{write_day(instant)}T00:00:00"
    assert write_instant(last) == f"{write_day(instant)}T23:59:59"


@pytest.mark.parametrize("sentinel", [BEGINNING, FOREVER])
def test_the_sentinels_stay_as_they_are(sentinel: int) -> None:
    """What lies beyond every date has no day, no sum and no text but two dots."""
    assert day_start(sentinel) == sentinel
    assert day_end(sentinel) == sentinel
    assert add_duration(sentinel, Duration(1, 1, 1)) == sentinel
    assert write_day(sentinel) == ".."
    assert write_instant(sentinel) == ".."


def test_the_sentinels_enclose_every_date() -> None:
    """Years of eleven digits lie between the sentinels, which fit a signed 64 bit column."""
    longest = 10**11 - 1
    assert -(2**63) <= BEGINNING < second(-longest, 1, 1)
    assert second(longest, 12, 31, DAY - 1) < FOREVER < 2**63


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2022, "2022"),
        (79, "0079"),
        (0, "0000"),
        (-44, "-0044"),
        (-9999, "-9999"),
        (9999, "9999"),
        (10_000, "Y10000"),
        (-170_000_002, "Y-170000002"),
    ],
)
def test_years_are_written_with_four_digits_or_y(year: int, text: str) -> None:
    """A year has four digits, and Y before it where they do not suffice."""
    assert write_year(year) == text
    assert write_day(second(year, 1, 2)) == f"{text}-01-02"


def test_an_instant_is_written_to_the_second() -> None:
    """Day and time of day are joined by T."""
    instant = second(2022, 1, 17, 14 * 3_600 + 5 * 60 + 9)
    assert write_instant(instant) == "2022-01-17T14:05:09"


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P30D", Duration(days=30)),
        ("P1Y", Duration(months=12)),
        ("P1Y2M3W4DT5H6M7S", Duration(months=14, days=25, seconds=18_367)),
        ("P2W", Duration(days=14)),
        ("P18M", Duration(months=18)),
        ("PT18M", Duration(seconds=1_080)),
        ("P0D", Duration()),
        (" P1D ", Duration(days=1)),
    ],
)
def test_durations_are_read(text: str, duration: Duration) -> None:
    """Weeks are days, hours and minutes are seconds, M is a month before T and a minute after."""
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1YT",
        "30D",
        "P30",
        "p30d",
        "P1.5D",
        "P1,5D",
        "-P1D",
        "P-1D",
        "P1D1Y",
        "PT1D",
        "P1H",
        "P1D P1D",
        "P\u0661D",
        "P123456789012D",
        "30 days",
        "P1D" * 1_000,
    ],
)
def test_a_duration_that_is_none_is_refused(text: str) -> None:
    """Anything but whole numbers in the order of ISO 8601 is refused, with an example."""
    with pytest.raises(DateError, match=r"expected ISO 8601 .*P30D"):
        parse_duration(text)


def test_a_refusal_quotes_a_long_text_only_in_part() -> None:
    """The message stays short, whatever was given."""
    with pytest.raises(DateError) as caught:
        parse_duration("D" * 10_000)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("civil", "duration", "result"),
    [
        ((2022, 1, 6), "P1D", (2022, 1, 7)),
        ((2022, 1, 31), "P1M", (2022, 2, 28)),
        ((2024, 1, 31), "P1M", (2024, 2, 29)),
        ((2024, 2, 29), "P1Y", (2025, 2, 28)),
        ((2022, 11, 30), "P3M", (2023, 2, 28)),
        ((2022, 1, 31), "P1M1D", (2022, 3, 1)),
        ((2022, 12, 31), "P1M", (2023, 1, 31)),
        ((-1, 12, 31), "P2M", (0, 2, 29)),
        ((2022, 2, 28), "P1M", (2022, 3, 28)),
        ((2022, 1, 6), "PT24H", (2022, 1, 7)),
        ((2022, 1, 6), "P1W", (2022, 1, 13)),
    ],
)
def test_durations_are_added_on_the_calendar(
    civil: tuple[int, int, int], duration: str, result: tuple[int, int, int]
) -> None:
    """Months come first and stop at the end of the month, days follow; the clock stays."""
    noon = 12 * 3_600
    added = add_duration(second(*civil, noon), parse_duration(duration))
    assert added == second(*result, noon)


@given(SECONDS, DURATIONS)
def test_adding_never_goes_back(instant: int, duration: Duration) -> None:
    """A sum is no earlier than where it began, and no longer than its months can be."""
    months = add_duration(instant, Duration(months=duration.months)) - instant
    total = add_duration(instant, duration) - instant
    assert 0 <= months <= duration.months * 31 * DAY
    assert months >= duration.months * 28 * DAY
    assert total == months + duration.days * DAY + duration.seconds


@given(DAYS, DAYS, DURATIONS)
def test_a_later_day_ends_no_earlier(one: int, other: int, duration: Duration) -> None:
    """Adding the same duration keeps days in order."""
    early, late = sorted((one * DAY, other * DAY))
    assert add_duration(early, duration) <= add_duration(late, duration)


@given(DAYS, st.integers(-(10**6), 10**6))
def test_months_are_shifted_on_the_calendar(days: int, months: int) -> None:
    """The month moves by as many months, the day stays unless the month is too short for it."""
    year, month, day = civil_from_days(days)
    to_year, to_month, to_day = shift_months(year, month, day, months)
    assert (to_year - year) * 12 + to_month - month == months
    assert to_day == min(day, month_length(to_year, to_month))


def test_a_sum_beyond_every_date_is_forever() -> None:
    """A duration that no date can hold lasts forever, and the sum still fits its column."""
    endless = parse_duration("P99999999999Y99999999999M")
    assert add_duration(second(2022, 1, 6), endless) < FOREVER
    assert add_duration(second(10**11 - 1, 1, 1), endless) == FOREVER


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2022, 1, 6), (2022, 1, 6), "P0D"),
        ((2022, 1, 6), (2022, 1, 7), "P1D"),
        ((2022, 1, 17), (2022, 5, 31), "P4M14D"),
        ((2022, 1, 31), (2022, 2, 28), "P1M"),
        ((2022, 1, 31), (2022, 3, 1), "P1M1D"),
        ((2022, 1, 31), (2022, 3, 30), "P1M30D"),
        ((2020, 2, 29), (2021, 2, 28), "P1Y"),
        ((2021, 12, 31), (2022, 12, 30), "P11M30D"),
        ((-44, 3, 15), (2022, 3, 15), "P2066Y"),
    ],
)
def test_the_time_between_two_days_is_counted(
    first: tuple[int, int, int], last: tuple[int, int, int], expected: str
) -> None:
    """Whole months first, as they are added; then the days. The clock does not count."""
    between = elapsed(second(*first, DAY - 1), second(*last, 5))
    assert write_duration(between) == expected


@given(DAYS, st.integers(0, 10**7))
def test_the_time_between_two_days_leads_from_one_to_the_other(first: int, count: int) -> None:
    """Adding it to the first gives the last, and no month more would do."""
    between = elapsed(first * DAY, (first + count) * DAY)
    assert add_duration(first * DAY, between) == (first + count) * DAY
    assert add_duration(first * DAY, Duration(between.months + 1)) > (first + count) * DAY


@given(DURATIONS)
def test_a_duration_is_read_as_it_was_written(duration: Duration) -> None:
    """Written in years, months, days and seconds, whatever it was made of."""
    assert parse_duration(write_duration(duration)) == duration


@given(SECONDS)
def test_bounds_are_written_as_days_where_they_are_those_of_a_day(instant: int) -> None:
    """The first second of a day begins it, the last one ends it; any other is a second."""
    whole = write_day(instant)
    assert write_first(day_start(instant)) == write_last(day_end(instant)) == whole
    assert write_last(day_start(instant)) == write_instant(day_start(instant))
    assert write_first(day_end(instant)) == write_instant(day_end(instant))
    assert write_first(BEGINNING) == write_last(FOREVER) == ".."
