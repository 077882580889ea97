"""Dates in a chronology: said in words, as precisely as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.cli.dated import dated

HOURS = st.times().map(lambda time: time.strftime("%H:%M"))
DAYS = st.dates().map(str)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2022-01-05", "2022-01-05"),
        ("2022-01", "2022-01"),
        ("2022-01-05T18:00", "2022-01-05 18:00"),
        ("2022-01-05T18:00:30Z", "2022-01-05 18:00:30Z"),
        ("[2022-01-05T12:00..2022-01-05T14:59]", "2022-01-05 12:00-14:59"),
        (
            "[2022-01-05T21:00..2022-01-06T05:59]",
            "between 2022-01-05 21:00 and 2022-01-06 05:59",
        ),
        ("[2022-01-06..2022-01-17]", "between 2022-01-06 and 2022-01-17"),
        ("[2022-01-05T21:00..2022-01-06]", "between 2022-01-05 21:00 and 2022-01-06"),
        ("[2022-01-06,2022-01-08]", "2022-01-06 or 2022-01-08"),
        ("2022-01-03/2022-01-04", "2022-01-03 to 2022-01-04"),
        ("2022-01-05T10:00/2022-01-05T12:00", "2022-01-05 10:00 to 12:00"),
        ("2022-01-02/", "from 2022-01-02"),
        ("2022-01-02/..", "from 2022-01-02 on"),
        ("/2022-01-02", "until 2022-01-02"),
        ("../2022-01-02", "until 2022-01-02"),
        ("2022-01-05~", "about 2022-01-05"),
        ("2022~/2023", "about 2022 to 2023"),
        ("-0044-03-15", "-0044-03-15"),
    ],
)
def test_dates_are_said_in_words(written: str, words: str) -> None:
    """A range of hours names its day once; some time in it and all that while differ."""
    assert dated(written) == words


@pytest.mark.parametrize(
    "written",
    [
        "2022?", "2022%", "20XX", "2022-21", "2022-~01", "20XX~", "[2022..]", "[..2022]",
        "{2022-01-05..2022-01-06}", "[2022-01-06..2022-01-07,2022-01-09]",
    ],
)  # fmt: skip
def test_what_has_no_words_stays_as_it_is_written(written: str) -> None:
    """Nothing is rounded, nothing guessed."""
    assert dated(written) == written


@given(DAYS, HOURS, HOURS)
def test_hours_of_one_day_keep_every_digit(day: str, start: str, end: str) -> None:
    """Both times and the day stand in the words, and nothing else."""
    start, end = sorted((start, end))
    assert dated(f"[{day}T{start}..{day}T{end}]") == f"{day} {start}-{end}"
    assert dated(f"{day}T{start}/{day}T{end}") == f"{day} {start} to {end}"
