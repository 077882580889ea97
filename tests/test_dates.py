"""Dates: every form of EDTF, its bounds, and what is said about texts that are none."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest
from edtf import parse_edtf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chronicle.calendar import (
    BEGINNING,
    DAY,
    FOREVER,
    days_from_civil,
    month_length,
    write_day,
    write_instant,
)
from chronicle.dates import LONGEST, Date, parse
from chronicle.edtf_parts import PRECISIONS
from chronicle.errors import DateError

YEARS = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 9999).map("-{:04}".format),
    st.integers(10_000, 10**11 - 1).map("Y{}".format),
    st.integers(10_000, 10**11 - 1).map("Y-{}".format),
)
MONTHS = st.builds("{}-{:02}".format, YEARS, st.integers(1, 12))
DAYS = st.builds("{}-{:02}".format, MONTHS, st.integers(1, 28))
TIMES = st.builds("{}T{:02}:{:02}".format, DAYS, st.integers(0, 23), st.integers(0, 59))
SEASONS = st.builds("{}-{}".format, YEARS, st.integers(21, 41))
PLAIN = st.one_of(YEARS, MONTHS, DAYS, TIMES, SEASONS)
MARKED = st.builds("{}{}".format, PLAIN, st.sampled_from(["", "", "~", "?", "%"]))


def bounds(text: str) -> tuple[str, str]:
    """Write the first and last second of a date: days where they are whole, else instants."""
    date = parse(text)
    whole = date.first % DAY in (0, BEGINNING % DAY) and (date.last + 1) % DAY in (
        0,
        (FOREVER + 1) % DAY,
    )
    write = write_day if whole else write_instant
    return write(date.first), write(date.last)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2022-01-06", "2022-01-06", "2022-01-06", "day"),
        ("2022-01", "2022-01-01", "2022-01-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("0000", "0000-01-01", "0000-12-31", "year"),
        ("-0044-03-15", "-0044-03-15", "-0044-03-15", "day"),
        ("-0044", "-0044-01-01", "-0044-12-31", "year"),
        ("Y12345", "Y12345-01-01", "Y12345-12-31", "year"),
        ("Y12345-02-03", "Y12345-02-03", "Y12345-02-03", "day"),
        ("Y-170000002", "Y-170000002-01-01", "Y-170000002-12-31", "year"),
        ("Y99999999999", "Y99999999999-01-01", "Y99999999999-12-31", "year"),
        ("2022-01-06T14:30", "2022-01-06T14:30:00", "2022-01-06T14:30:59", "minute"),
        ("2022-01-06T14:30:05", "2022-01-06T14:30:05", "2022-01-06T14:30:05", "second"),
        ("2022-01-06T00:00Z", "2022-01-06T00:00:00", "2022-01-06T00:00:59", "minute"),
        ("2022-01-06T02:30+06:00", "2022-01-05T20:30:00", "2022-01-05T20:30:59", "minute"),
        ("2022-01-06T02:30+06", "2022-01-05T20:30:00", "2022-01-05T20:30:59", "minute"),
        ("2021-12-31T23:00:01-05:30", "2022-01-01T04:30:01", "2022-01-01T04:30:01", "second"),
        ("2022-01-06T14:00+14:00", "2022-01-06T00:00:00", "2022-01-06T00:00:59", "minute"),
    ],
)
def test_a_plain_date_is_its_first_and_last_second(
    text: str, first: str, last: str, precision: str
) -> None:
    """A date without qualifier spans its stated unit; an offset is converted to UTC."""
    date = parse(text)
    assert bounds(text) == (first, last)
    assert (date.shape, date.precision, date.exact) == ("date", precision, True)


@pytest.mark.parametrize(
    ("season", "first", "last"),
    [
        *((spring, "2022-03-01", "2022-05-31") for spring in (21, 25, 31)),
        *((summer, "2022-06-01", "2022-08-31") for summer in (22, 26, 32)),
        *((autumn, "2022-09-01", "2022-11-30") for autumn in (23, 27, 29)),
        *((winter, "2022-12-01", "2023-02-28") for winter in (24, 28, 30)),
        (33, "2022-01-01", "2022-03-31"),
        (34, "2022-04-01", "2022-06-30"),
        (35, "2022-07-01", "2022-09-30"),
        (36, "2022-10-01", "2022-12-31"),
        (37, "2022-01-01", "2022-04-30"),
        (38, "2022-05-01", "2022-08-31"),
        (39, "2022-09-01", "2022-12-31"),
        (40, "2022-01-01", "2022-06-30"),
        (41, "2022-07-01", "2022-12-31"),
    ],
)
def test_a_season_is_whole_months(season: int, first: str, last: str) -> None:
    """Seasons are whole months, winter runs into the next year, the south half a year later."""
    assert bounds(f"2022-{season}") == (first, last)
    assert parse(f"2022-{season}").precision == "season"


def test_a_winter_ends_with_the_leap_day() -> None:
    """The end of a winter is the end of the February that it runs into."""
    assert bounds("2023-24") == ("2023-12-01", "2024-02-29")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2022-01-06~", "2022-01-05", "2022-01-07", "day"),
        ("2022-01-06?", "2022-01-05", "2022-01-07", "day"),
        ("2022-01-06%", "2022-01-05", "2022-01-07", "day"),
        ("2022-03-01~", "2022-02-28", "2022-03-02", "day"),
        ("2022-01~", "2021-12-01", "2022-02-28", "month"),
        ("2024-03~", "2024-02-01", "2024-04-30", "month"),
        ("2022~", "2021-01-01", "2023-12-31", "year"),
        ("0000~", "-0001-01-01", "0001-12-31", "year"),
        ("202X~", "2010-01-01", "2039-12-31", "decade"),
        ("20XX?", "1900-01-01", "2199-12-31", "century"),
        ("1XXX%", "0000-01-01", "2999-12-31", "millennium"),
        ("2022-21~", "2021-12-01", "2022-08-31", "season"),
        ("2022-24~", "2022-09-01", "2023-05-31", "season"),
        ("2022-33~", "2021-10-01", "2022-06-30", "season"),
        ("2022-37~", "2021-09-01", "2022-08-31", "season"),
        ("2022-40~", "2021-07-01", "2022-12-31", "season"),
        ("2022-01-XX~", "2021-12-31", "2022-02-01", "day"),
        ("2022-XX~", "2021-12-01", "2023-01-31", "month"),
        ("156X-12-25~", "1560-12-24", "1569-12-26", "day"),
        ("2022-01-06T14:30~", "2022-01-06T14:29:00", "2022-01-06T14:31:59", "minute"),
        ("2022-01-06T00:00:00Z?", "2022-01-05T23:59:59", "2022-01-06T00:00:01", "second"),
    ],
)
def test_a_qualifier_widens_by_one_stated_unit(
    text: str, first: str, last: str, precision: str
) -> None:
    """At the end of a date `~ ? %` all add one whole unit of its precision on each side."""
    date = parse(text)
    assert bounds(text) == (first, last)
    assert (date.precision, date.exact, date.is_day_or_finer) == (precision, False, False)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2004-06~-11", "2004-05-11", "2004-07-11"),
        ("2004-?06-11", "2004-05-11", "2004-07-11"),
        ("2004?-06-11", "2003-06-11", "2005-06-11"),
        ("?2004-06-11", "2003-06-11", "2005-06-11"),
        ("2004-06-~11", "2004-06-10", "2004-06-12"),
        ("?2004-06-~11", "2003-06-11", "2005-06-11"),
        ("2004-~06-~11", "2004-05-11", "2004-07-11"),
        ("2004?-~06-11", "2003-06-11", "2005-06-11"),
        ("~2004", "2003-01-01", "2005-12-31"),
        ("2004?-06", "2003-06-01", "2005-06-30"),
        ("2004-%06", "2004-05-01", "2004-07-31"),
        ("2004~-24", "2003-12-01", "2006-02-28"),
        ("2004-~21", "2003-12-01", "2004-08-31"),
        ("156X~-12-25", "1550-12-25", "1579-12-25"),
        ("2004-~03-31", "2004-02-29", "2004-04-30"),
        ("2024?-02-29", "2023-02-28", "2025-02-28"),
        ("2004-~02-XX", "2004-01-01", "2004-03-31"),
        ("~-0044-03-15", "-0045-03-15", "-0043-03-15"),
        ("Y12345?-03-15", "Y12344-03-15", "Y12346-03-15"),
    ],
)
def test_a_qualified_component_widens_by_its_own_unit(text: str, first: str, last: str) -> None:
    """The unit is the component that the qualifier touches; of several, the widest counts."""
    assert bounds(text) == (first, last)
    assert not parse(text).exact


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("202X", "2020-01-01", "2029-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2XXX", "2000-01-01", "2999-12-31", "millennium"),
        ("XXXX", "0000-01-01", "9999-12-31", "millennium"),
        ("1X22", "1022-01-01", "1922-12-31", "year"),
        ("-156X", "-1569-01-01", "-1560-12-31", "decade"),
        ("-000X", "-0009-01-01", "-0001-12-31", "decade"),
        ("156X-12-25", "1560-12-25", "1569-12-25", "day"),
        ("15XX-12-XX", "1500-12-01", "1599-12-31", "day"),
        ("2022-1X", "2022-10-01", "2022-12-31", "month"),
        ("2022-X1", "2022-01-01", "2022-11-30", "month"),
        ("2022-XX", "2022-01-01", "2022-12-31", "month"),
        ("2022-01-1X", "2022-01-10", "2022-01-19", "day"),
        ("2022-01-0X", "2022-01-01", "2022-01-09", "day"),
        ("2022-02-XX", "2022-02-01", "2022-02-28", "day"),
        ("2022-02-2X", "2022-02-20", "2022-02-28", "day"),
        ("2022-02-X0", "2022-02-10", "2022-02-20", "day"),
        ("2024-02-X9", "2024-02-09", "2024-02-29", "day"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31", "day"),
        ("2022-XX-31", "2022-01-31", "2022-12-31", "day"),
        ("2022-0X-31", "2022-01-31", "2022-08-31", "day"),
        ("XXXX-02-29", "0000-02-29", "9996-02-29", "day"),
        ("-156X-02-29", "-1568-02-29", "-1560-02-29", "day"),
        ("202X-24", "2020-12-01", "2030-02-28", "season"),
    ],
)
def test_unspecified_digits_span_all_days_that_fit(
    text: str, first: str, last: str, precision: str
) -> None:
    """X stands for any digit that makes a day of the calendar, the earliest to the latest."""
    date = parse(text)
    assert bounds(text) == (first, last)
    assert (date.precision, date.exact, date.is_day_or_finer) == (precision, False, False)


@pytest.mark.parametrize(
    ("text", "first", "last", "opens", "precision"),
    [
        ("2022-01-06/2022-01-17", "2022-01-06", "2022-01-17", ("", ""), "day"),
        ("2022-01-06/2022-01-06", "2022-01-06", "2022-01-06", ("", ""), "day"),
        ("2015/2022-01-17", "2015-01-01", "2022-01-17", ("", ""), "year"),
        ("2022-01-17/2022-01", "2022-01-17", "2022-01-31", ("", ""), "month"),
        ("2022-01-06/..", "2022-01-06", "..", ("", "open"), "day"),
        ("2022-01/", "2022-01-01", "..", ("", "unknown"), "month"),
        ("../2022", "..", "2022-12-31", ("open", ""), "year"),
        ("/2022-01-17", "..", "2022-01-17", ("unknown", ""), "day"),
        ("2022-21/2022-23~", "2022-03-01", "2023-02-28", ("", ""), "season"),
        ("-0044-03/Y12345", "-0044-03-01", "Y12345-12-31", ("", ""), "year"),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", ("", ""), "day"),
    ],
)
def test_an_interval_runs_from_its_start_to_its_end(
    text: str, first: str, last: str, opens: tuple[str, str], precision: str
) -> None:
    """An interval keeps both dates, and tells an open end from an unknown one."""
    date = parse(text)
    before, after = text.split("/")
    assert bounds(text) == (first, last)
    assert (date.shape, date.precision, date.exact) == ("interval", precision, False)
    assert (date.open_start, date.open_end) == opens
    assert date.start == (None if opens[0] else parse(before))
    assert date.end == (None if opens[1] else parse(after))


@pytest.mark.parametrize(
    ("inside", "first", "last", "opens", "members"),
    [
        ("2022-01-06..2022-01-17", "2022-01-06", "2022-01-17", ("", ""), 1),
        ("2022-01-06", "2022-01-06", "2022-01-06", ("", ""), 1),
        ("1667,1668,1670..1672", "1667-01-01", "1672-12-31", ("", ""), 3),
        ("1760-12,1667", "1667-01-01", "1760-12-31", ("", ""), 2),
        ("2022-01-06~,2022-01-03", "2022-01-03", "2022-01-07", ("", ""), 2),
        ("..1760-12-03", "..", "1760-12-03", ("open", ""), 1),
        ("1760-12..", "1760-12-01", "..", ("", "open"), 1),
        ("..1667,1760-01,1760-12..", "..", "..", ("open", "open"), 3),
    ],
)
@pytest.mark.parametrize(("marks", "shape"), [("[]", "one-of"), ("{}", "all-of")])
def test_a_set_spans_its_members(
    inside: str,
    first: str,
    last: str,
    opens: tuple[str, str],
    members: int,
    marks: str,
    shape: str,
) -> None:
    """Square brackets mean one of the members, braces all; both run from first to last."""
    date = parse(marks[0] + inside + marks[1])
    assert bounds(date.text) == (first, last)
    assert (date.shape, date.exact, date.start, date.end) == (shape, False, None, None)
    assert (date.open_start, date.open_end, len(date.members)) == (*opens, members)


def test_a_set_keeps_dates_and_ranges_apart() -> None:
    """A member is a date, or a range of the shape of the set with both of its ends."""
    date = parse("[1667-12,1670..1672]")
    single, between = date.members
    assert single == parse("1667-12")
    assert (between.text, between.shape) == ("1670..1672", "one-of")
    assert (between.start, between.end) == (parse("1670"), parse("1672"))
    assert date.precision == "year"


def test_only_a_plain_day_or_finer_names_one_day() -> None:
    """`is_day_or_finer` is false for vague dates and for sets and intervals, even of one day."""
    assert all(
        parse(text).is_day_or_finer
        for text in ("2022-01-06", "2022-01-06T14:30", "2022-01-06T14:30:05Z")
    )
    assert not any(
        parse(text).is_day_or_finer
        for text in (
            "2022-01",
            "2022-21",
            "2022-01-06~",
            "2022-01-0X",
            "2022-01-06/2022-01-06",
            "[2022-01-06]",
            "{2022-01-06}",
        )
    )


def test_a_date_is_a_value() -> None:
    """Equal texts are equal dates, which hash alike and cannot be changed."""
    date = parse("[2022-01-06..2022-01-17]")
    assert date == parse("[2022-01-06..2022-01-17]")
    assert len({date, parse(" [2022-01-06..2022-01-17]\n")}) == 1
    with pytest.raises(AttributeError):
        date.text = "2022"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty, expected an EDTF date such as 2022-01-06"),
        ("2022-13-05", "month 13, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("2022-00", "month 00, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("2022-42", "month 42, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("2022-21-05", "month 21, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("202X-21-05", "month 21, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("2022-2X", "month 2X, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("2022-02-30", "day 30, February 2022 has 28"),
        ("2024-02-30", "day 30, February 2024 has 29"),
        ("-0044-04-31", "day 31, April -0044 has 30"),
        ("2022-01-00", "day 00, expected 01-31"),
        ("2022-02-3X", "day 3X, February 2022 has 28"),
        ("2022-02~-30", "day 30, February 2022 has 28"),
        ("2022-02~-29", "day 29, February 2022 has 28"),
        ("XXXX-02-3X", "day 3X, no day of the calendar fits in the year XXXX"),
        ("XXX1-02-29", "day 29, no day of the calendar fits in the year XXX1"),
        ("202X-01-4X", "day 4X, no day of the calendar fits in the year 202X"),
        ("-0000", "year -0000, expected 0000"),
        ("202", "expected a year of four digits (a decade is 202X)"),
        ("202-01-06", "expected a year of four digits (a decade is 202X)"),
        ("12022", "expected four digits, or Y before a longer year"),
        ("Y2022", "expected 5 to 11 digits without leading zero after Y"),
        ("Y012345", "expected 5 to 11 digits without leading zero after Y"),
        ("Y123456789012", "the year has more than 11 digits"),
        ("Y-123456789012", "the year has more than 11 digits"),
        ("Y17E8", "years with an exponent are not read, write out up to 11 digits"),
        ("1950S2", "significant digits are not read, write X"),
        ("Y171010000S3", "significant digits are not read, write X"),
        ("2022-01-06T24:00", "hour 24, 24:00 is 00:00 of the day after"),
        ("2022-01-06T25:00", "hour 25, expected 00-23"),
        ("2022-01-06T14:60", "minute 60, expected 00-59"),
        ("2022-01-06T14:30:60", "second 60, expected 00-59, leap seconds are not counted"),
        ("2022-01-06T14:30:61", "second 61, expected 00-59"),
        ("2022-01-06T14:30:05.5", "fractions of a second are not read"),
        ("2022-01-06T14", "expected a day and a time such as 2022-01-06T14:30"),
        ("2022-01T14:30", "expected a day and a time such as 2022-01-06T14:30"),
        ("2022-01-0XT14:30", "a time needs a day without X or qualifiers"),
        ("2022-01~-06T14:30", "a time needs a day without X or qualifiers"),
        ("2022-01-06T14:30+14:01", "offset +14:01, expected hours and minutes up to 14:00"),
        ("2022-01-06T14:30+06:60", "offset +06:60, expected hours and minutes up to 14:00"),
        ("2022-01-06T14:30-15", "offset -15, expected hours and minutes up to 14:00"),
        ("../..", "an interval needs at least one date"),
        ("/", "an interval needs at least one date"),
        ("/..", "an interval needs at least one date"),
        ("../", "an interval needs at least one date"),
        ("2022-02/2022-01", "ends before it begins, 2022-01 lies before 2022-02"),
        ("2022-01-06/2022-13", "in '2022-13', month 13, expected 01-12"),
        ("2022-02-30/..", "in '2022-02-30', day 30, February 2022 has 28"),
        ("2022/2023/2024", "more than one slash, expected two dates A/B"),
        ("2022-01-06/17", "a shortened end, expected both ends of the interval in full"),
        ("2022-01/open", "in 'open', expected .. for an open end, nothing for an unknown one"),
        ("2022/[2023]", "the ends of an interval are dates, not sets"),
        ("[2022]/2023", "a set holds dates and ranges a..b, and stands in no interval"),
        ("{2022/2023}", "a set holds dates and ranges a..b, and stands in no interval"),
        ("[2022", "expected ] at the end of the set"),
        ("{2022]", "expected } at the end of the set"),
        ("[", "expected ] at the end of the set"),
        ("[]", "nothing between the marks of the set, expected a date"),
        ("[2022,]", "nothing between the marks of the set, expected a date"),
        ("[..]", "range '..', expected a..b, ..b or a.."),
        ("[2022....]", "range '2022....', expected a..b, ..b or a.."),
        ("[2023..2022]", "ends before it begins, 2022 lies before 2023"),
        ("[2022,..2023]", "a range without start, ..b, must be the first in its set"),
        ("[2022..,2023]", "a range without end, a.., must be the last in its set"),
        ("{2022,2022-13}", "in '2022-13', month 13, expected 01-12"),
        ("[[2022]]", "in '[2022]', expected an EDTF date"),
        ("\uff12\uff10\uff12\uff12", "character '\uff12', expected digits 0-9"),
        ("2022\u201301", "character '\u2013', expected digits 0-9"),
        ("2022-01\n-06", "character '\\n', expected digits 0-9"),
        ("soon", "expected an EDTF date such as 2022-01-06, 2022-01 or 2022"),
        ("2022-01-06Z", "expected an EDTF date such as 2022-01-06, 2022-01 or 2022"),
        ("About Tuesday", "expected an EDTF date such as 2022-01-06, 2022-01 or 2022"),
    ],
)
def test_a_text_that_is_no_date_says_what_is_wrong(text: str, message: str) -> None:
    """The refusal names the text, the part that is wrong, and what was expected."""
    with pytest.raises(DateError, match=re.escape(message)) as caught:
        parse(text)
    assert str(caught.value).startswith(f"{text!r}: ")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("6 January 2022", "2022-01-06"),
        ("6th Jan. 2022", "2022-01-06"),
        ("January 6, 2022", "2022-01-06"),
        ("Sept 2022", "2022-09"),
        ("2022/01/06", "2022-01-06"),
        ("2022.1.6", "2022-01-06"),
        ("2022/01", "2022-01"),
        ("2022-1-6", "2022-01-06"),
        ("2022-1", "2022-01"),
        ("20220106", "2022-01-06"),
        ("2022-01-06 14:30", "2022-01-06T14:30"),
        ("2022-01-06t14:30z", "2022-01-06T14:30Z"),
        ("2022-01-06T14:30+0600", "2022-01-06T14:30+06:00"),
        ("c. 1850", "1850~"),
        ("circa 1850", "1850~"),
        ("1850?~", "1850%"),
        ("1850s", "185X"),
        ("199u", "199X"),
        ("202x-xx", "202X-XX"),
        ("1 BC", "0000"),
        ("44 BCE", "-0043"),
        ("2022-01-06 to 2022-01-17", "2022-01-06/2022-01-17"),
        ("2022-01-06..2022-01-17", "[2022-01-06..2022-01-17]"),
    ],
)
def test_a_usual_way_to_write_a_date_is_answered_with_its_form(text: str, form: str) -> None:
    """What people write instead of EDTF is refused with the EDTF form, which can be read."""
    with pytest.raises(DateError, match=rf"not EDTF, expected {re.escape(form)}$"):
        parse(text)
    assert parse(form).text == form


@pytest.mark.parametrize("text", ["2022-13-6", "31 February 2022", "1914/18", "01/06/2022", "0 BC"])
def test_no_form_is_suggested_that_cannot_be_read(text: str) -> None:
    """Where the digits make no date, or their order is not certain, nothing is guessed."""
    with pytest.raises(DateError) as caught:
        parse(text)
    assert "not EDTF" not in str(caught.value)


def test_a_long_text_is_refused_unread() -> None:
    """A text beyond the limit is refused with its length, and quoted only in part."""
    longest = f"[{','.join(['2022'] * 38)},2022-01~]"
    longer = longest.replace("2022-01~", "2022?-01~")
    assert len(longest) == LONGEST
    assert len(parse(longest).members) == 39
    with pytest.raises(DateError, match=rf": {LONGEST + 1} characters, expected at most") as caught:
        parse(longer)
    assert len(str(caught.value)) < 150


@given(MARKED, MARKED, st.sampled_from(["{}", "{}/..", "../{}", "{}/", "/{}"]), st.text(" \t\n"))
def test_the_text_is_kept_as_written(one: str, other: str, form: str, space: str) -> None:
    """Whatever is read keeps its text, without the space around it."""
    early, late = sorted((one, other), key=lambda text: parse(text).first)
    texts = [form.format(one), f"[{one},{other}]", f"{{{one}..}}", f"[..{one}]"]
    texts += [f"{early}/{late}"] if parse(early).first <= parse(late).last else []
    assert [parse(f"{space}{text}{space}").text for text in texts] == texts


@given(MARKED)
def test_a_date_begins_before_it_ends(text: str) -> None:
    """Every date spans at least a second, and lies between the sentinels."""
    date = parse(text)
    assert BEGINNING < date.first <= date.last < FOREVER
    assert date.precision in PRECISIONS


@given(TIMES)
def test_a_finer_date_lies_within_the_coarser(text: str) -> None:
    """A second lies in its minute, that in its day, its month, its quarter and its year."""
    day = text[:-6]
    month = day[:-3]
    year, number = month[:-3], int(month[-2:])
    quarter = f"{year}-{33 + (number - 1) // 3}"
    half = f"{year}-{40 + (number - 1) // 6}"
    chain = [parse(part) for part in (f"{text}:59", text, day, month, quarter, half, year)]
    for finer, coarser in pairwise(chain):
        assert coarser.first <= finer.first <= finer.last <= coarser.last


@given(st.integers(-(10**15), 10**15))
def test_what_the_calendar_writes_is_read_as_the_same(second: int) -> None:
    """The texts of days and instants lead back to their seconds, in every year."""
    instant = parse(write_instant(second))
    day = parse(write_day(second))
    assert (instant.first, instant.last) == (second, second)
    assert day.first <= second <= day.last
    assert day.last - day.first == DAY - 1


@given(PLAIN, st.sampled_from("~?%"))
def test_a_qualifier_adds_one_unit_on_each_side(text: str, mark: str) -> None:
    """A widened date holds the plain one, and before and after it about as much again."""
    plain, wide = parse(text), parse(text + mark)
    assert wide.first < plain.first <= plain.last < wide.last
    for margin in (plain.first - wide.first, wide.last - plain.last):
        longest = {"second": 1, "minute": 60, "day": DAY, "month": 31 * DAY, "year": 366 * DAY}
        assert margin <= longest.get(plain.precision, 184 * DAY)
        assert margin >= longest.get(plain.precision, 90 * DAY) * 28 // 31


@st.composite
def masked_dates(draw: st.DrawFn) -> str:
    """Draw a day, month or year of four digits with one to three digits replaced by X."""
    text = draw(st.sampled_from(["", "-"])) + f"{draw(st.integers(0, 9999)):04}"
    text += draw(st.sampled_from(["", "-02", "-02-29", "-11-30", "-12-25", "-10-31", "-01-01"]))
    places = [place for place, sign in enumerate(text) if sign != "-"]
    for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        text = f"{text[:place]}X{text[place + 1 :]}"
    return text


def fillings(text: str) -> list[Date]:
    """Read every date that the X digits can stand for."""
    dates = []
    for digits in product("0123456789", repeat=text.count("X")):
        filled = text.replace("X", "{}").format(*digits)
        try:
            date = parse(filled)
        except DateError:
            continue
        if date.precision != "season":
            dates.append(date)
    return dates


@settings(max_examples=60, deadline=None)
@given(masked_dates())
def test_unspecified_digits_mean_what_filling_them_in_means(text: str) -> None:
    """The bounds are those of the dates with every digit filled in; if none exists, an error."""
    dates = fillings(text)
    if not dates:
        with pytest.raises(DateError, match=r"no day of the calendar fits|month|day|year"):
            parse(text)
        return
    date = parse(text)
    assert date.first == min(filled.first for filled in dates)
    assert date.last == max(filled.last for filled in dates)


@given(st.one_of(st.text(max_size=30), st.text("0123456789-XTZ~?%/.,[]{}:+Y ", max_size=40)))
def test_any_text_is_a_date_or_refused_by_name(text: str) -> None:
    """No text does anything but give a date or the one error that quotes it."""
    refusal = ""
    try:
        date = parse(text)
    except DateError as error:
        refusal = str(error)
    else:
        assert date.first <= date.last
    assert not refusal or refusal.startswith(f"{text.strip()!r}: ")


def oracle_bounds(text: str) -> tuple[int, int]:
    """Give the strict bounds that the `edtf` package finds, as seconds."""
    read = parse_edtf(text)
    first = days_from_civil(*read.lower_strict()[:3])
    last = days_from_civil(*read.upper_strict()[:3])
    return first * DAY, last * DAY + DAY - 1


def own_bounds(text: str) -> tuple[int, int]:
    """Give the bounds as seconds."""
    date = parse(text)
    return date.first, date.last


COMMON_YEARS = st.integers(1, 9999).map("{:04}".format)


@st.composite
def common_dates(draw: st.DrawFn) -> str:
    """Draw a day, month or year of those that both readers know."""
    year, month = draw(st.integers(1, 9999)), draw(st.integers(1, 12))
    day = draw(st.integers(1, month_length(year, month)))
    text = f"{year:04}-{month:02}-{day:02}"
    return text[: draw(st.sampled_from([4, 7, 10]))]


@settings(max_examples=40, deadline=None)
@given(common_dates(), common_dates())
def test_plain_dates_and_intervals_agree_with_the_oracle(one: str, other: str) -> None:
    """Days, months, years and intervals of them have the bounds that the oracle gives."""
    assert own_bounds(one) == oracle_bounds(one)
    early, late = sorted((one, other), key=lambda text: parse(text).first)
    assume(early != late)
    assert own_bounds(f"{early}/{late}") == oracle_bounds(f"{early}/{late}")


@settings(max_examples=30, deadline=None)
@given(
    COMMON_YEARS,
    st.integers(1, 3),
    st.sampled_from(["", "-XX", "-02-XX", "-XX-XX", "-04", "-12-25"]),
)
def test_unspecified_digits_agree_with_the_oracle(year: str, count: int, rest: str) -> None:
    """Years with X at the end and wholly unspecified months and days have the same bounds."""
    masked = year[:-count] + "X" * count
    assert own_bounds(masked + rest) == oracle_bounds(masked + rest)
    if rest.endswith("XX"):
        assert own_bounds(year + rest) == oracle_bounds(year + rest)


@settings(max_examples=30, deadline=None)
@given(COMMON_YEARS, st.sampled_from([n for n in range(21, 42) if n not in (24, 28, 30)]))
def test_seasons_agree_with_the_oracle_but_for_the_turn_of_the_year(year: str, season: int) -> None:
    """All seasons agree except those over the new year, which the oracle cuts at December."""
    assert own_bounds(f"{year}-{season}") == oracle_bounds(f"{year}-{season}")
