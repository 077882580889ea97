"""Dates and amounts as prose says them: no two alike, nothing rounded."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.counts import counted
from chronicle.dates import parse
from chronicle.exports.wording import amount, dated, listed

CASES = [
    ("2022-01-17", "17 January 2022"),
    ("2022-01", "January 2022"),
    ("2022", "2022"),
    ("0079", "79 CE"),
    ("-0043-03-15", "15 March 44 BCE"),
    ("0000", "1 BCE"),
    ("Y12345", "12345"),
    ("Y-12345-02", "February 12346 BCE"),
    ("2022-01-05T18:00", "18:00 on 5 January 2022"),
    ("2022-01-05T18:00:30Z", "18:00:30 UTC on 5 January 2022"),
    ("2022-01-05T18:00+06:00", "18:00 UTC+06:00 on 5 January 2022"),
    ("2022-01-07T11:50~", "about 11:50 on 7 January 2022"),
    ("2022-01-06?", "perhaps 6 January 2022"),
    ("2016%", "perhaps about 2016"),
    ("201X", "some year from 2010 to 2019"),
    ("20XX", "some year from 2000 to 2099"),
    ("2022-XX", "some month in 2022"),
    ("2022-01-XX", "some day in January 2022"),
    ("2022-XX-XX", "some day in 2022"),
    ("2022-21", "spring 2022"),
    ("2022-24", "winter 2022/2023"),
    ("2022-28", "winter 2022/2023 (northern hemisphere)"),
    ("2022-30", "summer 2022/2023 (southern hemisphere)"),
    ("2022-32", "winter 2022 (southern hemisphere)"),
    ("2022-35", "the third quarter of 2022"),
    ("2022-38", "the second third of 2022"),
    ("2022-41", "the second half of 2022"),
    ("[2022-01-05T18:00..2022-01-05T23:59]", "between 18:00 and 23:59 on 5 January 2022"),
    (
        "[2022-01-05T21:00..2022-01-06T05:59]",
        "between 21:00 on 5 January 2022 and 05:59 on 6 January 2022",
    ),
    ("[2022-01-06..2022-01-17]", "between 6 and 17 January 2022"),
    ("[2022-01-30..2022-02-02]", "between 30 January and 2 February 2022"),
    ("[2022-02..2022-04-18]", "between February and 18 April 2022"),
    ("[2014..2022-02]", "between 2014 and February 2022"),
    ("[2016~..2019]", "between about 2016 and 2019"),
    ("[..2005]", "in or before 2005"),
    ("[..2022-01-05]", "on or before 5 January 2022"),
    ("[2022-01-05T18:00..]", "at or after 18:00 on 5 January 2022"),
    ("[2022-01-05,2022-01-07]", "5 January 2022 or 7 January 2022"),
    ("[2022-01-05,2022-01-07..2022-01-09]", "5 January 2022, or between 7 and 9 January 2022"),
    ("{2022-01-05..2022-01-06}", "throughout 5 to 6 January 2022"),
    ("{2020,2021,2022}", "2020, 2021 and 2022"),
    ("2022-01-03/2022-01-04", "from 3 to 4 January 2022"),
    ("2022-01-05T10:00/2022-01-05T12:00", "from 10:00 to 12:00 on 5 January 2022"),
    ("2022-01-02/..", "from 2 January 2022 on"),
    ("2022-01-02/", "from 2 January 2022, end not given"),
    ("../2022-01-02", "until 2 January 2022"),
    ("/2022-01-02", "until 2 January 2022, start not given"),
]


@pytest.mark.parametrize(("written", "words"), CASES)
def test_dates_are_said_in_words(written: str, words: str) -> None:
    """As a historian writes them, with what is not known said as such."""
    assert dated(written) == words


@pytest.mark.parametrize(
    "written",
    ["2022-~01", "?2022-01-05", "2022~-01", "2X22", "20XX~", "-00XX", "2022-1X", "1X22-01",
     "[2022]", "{2022-01..}", "[2022-1X..2023]", "2022-~01/2023"],
)  # fmt: skip
def test_what_words_would_lose_has_none(written: str) -> None:
    """A qualifier on one component, digits that are not known in the middle."""
    parse(written)
    assert dated(written) is None


DAY = st.dates().map(str)
MINUTE = st.tuples(DAY, st.times()).map(lambda pair: f"{pair[0]}T{pair[1].strftime('%H:%M')}")
MONTH = DAY.map(lambda day: day[:7])
SEASON = st.tuples(DAY, st.integers(21, 41)).map(lambda pair: f"{pair[0][:4]}-{pair[1]}")
YEAR = st.integers(-9999, 99_999).map(
    lambda year: f"-{-year:04}" if year < 0 else f"{year:04}" if year < 10_000 else f"Y{year}"
)
PLAIN = st.one_of(DAY, DAY, MINUTE, MONTH, SEASON, YEAR)
MARKED = st.tuples(PLAIN, st.sampled_from(["", "", "~", "?", "%"])).map("".join)
LOOSE = st.sampled_from(["201X", "20XX", "2022-XX", "2022-01-XX", "2022-XX-XX", "2022-~01"])
PART = st.one_of(MARKED, MARKED, MARKED, LOOSE)


def reads(text: str) -> bool:
    """Say whether this is a date."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


PAIR = st.tuples(PART, PART)
DATES = st.one_of(
    PART,
    PAIR.map("/".join),
    PART.map("{}/".format),
    PART.map("{}/..".format),
    PART.map("/{}".format),
    PART.map("../{}".format),
    PAIR.map("..".join).map("[{}]".format),
    PAIR.map("..".join).map("{{{}}}".format),
    PAIR.map(",".join).map("[{}]".format),
    PAIR.map(",".join).map("{{{}}}".format),
    PART.map("[..{}]".format),
    PART.map("[{}..]".format),
    st.tuples(PART, PART, PART).map(lambda three: "[{},{}..{}]".format(*three)),
).filter(reads)


PARTS = [
    f"{one}{mark}"
    for one in ("2022", "2021-12", "2022-01", "2022-01-05", "2022-01-06", "2022-01-05T18:00",
                "2022-01-05T18:00Z", "2022-01-05T18:30", "-0043", "0043", "2022-22", "2022-26",
                "2022-30", "2022-34", "2022-37")
    for mark in ("", "~", "?", "%")
] + ["201X", "20XX", "2022-XX", "2022-01-XX", "2022-XX-XX"]  # fmt: skip
PAIRS = ("{}/{}", "[{}..{}]", "{{{}..{}}}", "[{},{}]", "{{{},{}}}", "[{},{}..2023]")
ALONE = ("{}", "{}/", "{}/..", "/{}", "../{}", "[..{}]", "[{}..]", "[{}]")


def test_no_two_dates_have_the_same_words() -> None:
    """What is written otherwise reads otherwise, so that nothing was lost."""
    texts = [form.format(one, other) for form in PAIRS for one in PARTS for other in PARTS]
    texts += [form.format(one) for form in ALONE for one in PARTS]
    told: dict[str, str] = {}
    for text in filter(reads, texts):
        words = dated(text)
        if words is not None:
            assert told.setdefault(words, text) == text


@given(DATES)
def test_no_digit_is_invented(text: str) -> None:
    """Every number in the words stands in the date; years before the common era are counted."""
    words = dated(text)
    if words is None or "X" in text or "-" in re.sub(r"(?<=\d)-", "", text) or "0000" in text:
        return
    spelled = {number.lstrip("0") for number in re.findall(r"\d+", text)} | {""}
    following = {str(int(number) + 1) for number in re.findall(r"\d{4}", text)}
    for number in re.findall(r"\d+", words):
        assert number.lstrip("0") in spelled | (following if "/" in words else set())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("164", "164 persons"),
        (">=164", "at least 164 persons"),
        ("> 4400", "more than 4400 persons"),
        ("<=18", "at most 18 persons"),
        ("<18", "fewer than 18 persons"),
        ("~2500", "about 2500 persons"),
        ("2000..2500", "2000 to 2500 persons"),
        (">=1", "at least 1 person"),
        ("11", "11 persons"),
    ],
)
def test_amounts_are_said_in_words(written: str, words: str) -> None:
    """With their bounds, and their unit."""
    assert amount(written, "persons") == words


def test_numbers_and_lists_read_as_sentences_do() -> None:
    """One is one, and the last of several comes after `and`."""
    assert [counted(1, "event"), counted(2, "event")] == ["1 event", "2 events"]
    assert [listed(["a"]), listed(["a", "b", "c"])] == ["a", "a, b and c"]
