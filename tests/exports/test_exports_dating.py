"""Dates of events in words and by their ends."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.dates import parse
from chronicle.exports.dating import beginning, ending, is_sharp, others, stated, worded


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2022-01-05", "2022-01-05", "2022-01-05"),
        ("156X", "156X", "156X"),
        ("2022-01~/2023", "2022-01~", "2023"),
        ("2022-01-02/", "2022-01-02", None),
        ("2022-01-02/..", "2022-01-02", None),
        ("/2022", None, "2022"),
        ("../2022", None, "2022"),
        ("[2022-01-06..2022-01-17]", "2022-01-06", "2022-01-17"),
        ("[2023,2022-01-05..2022-02]", "2022-01-05", "2023"),
        ("[..2021,2022-01]", None, "2022-01"),
        ("[2021,2022-01..]", "2021", None),
        ("{2022-01-08,2022-01-06}", "2022-01-06", "2022-01-08"),
    ],
)
def test_ends_are_the_dates_that_are_written(
    written: str, start: str | None, end: str | None
) -> None:
    """Each with its own precision; an end that is open is none."""
    found = [one and one.text for one in (beginning(parse(written)), ending(parse(written)))]
    assert found == [start, end]


@pytest.mark.parametrize(
    ("written", "sharp"),
    [
        ("2022-01-05", True),
        ("2022-01-05T18:00", True),
        ("2022-01-03/2022-01-04", True),
        ("2022-01-03T10:00/2022-01-03T11:00", True),
        ("2022-01-05~", False),
        ("2022-01-0X", False),
        ("2022-01", False),
        ("2022-01/2022-02", False),
        ("2022-01-03/2022-02", False),
        ("2022-01-03/2022-01-04?", False),
        ("2022-01-03/..", False),
        ("/2022-01-03", False),
        ("[2022-01-03..2022-01-04]", False),
        ("{2022-01-03..2022-01-04}", False),
    ],
)
def test_a_date_is_sharp_if_it_leaves_no_day_open(written: str, sharp: bool) -> None:
    """Where something began and ended on days that are known, it leaves none open either."""
    assert is_sharp(parse(written)) is sharp


def event(standing: str, *dates: str) -> dict[str, Any]:
    """Return the part of an event's row that says when it was."""
    given = [{"when": date, "sources": []} for date in dates]
    return {"when": dates[0] if dates else None, "standing": standing, "dates": given}


def test_a_date_in_words_loses_nothing() -> None:
    """What has no words stays as it is written."""
    assert worded("[2022-01-06..2022-01-17]") == "between 6 and 17 January 2022"
    assert worded("1985-1X~") == "1985-1X~"


def test_a_date_says_how_it_stands() -> None:
    """Unless it is settled, or there is none."""
    assert stated(event("settled", "2022-01")) == "January 2022"
    assert stated(event("disputed", "2022-01")) == "January 2022, disputed"
    assert stated(event("unknown")) == "date not known"


def test_other_dates_may_be_right_where_the_best_known_is_disputed() -> None:
    """Else they are told as what was also said."""
    dates = ("2022-01-05", "2022-01-06", "2022")
    assert list(others(event("disputed", *dates))) == ["or 6 January 2022", "or 2022"]
    assert list(others(event("settled", *dates[:2]))) == ["also said 6 January 2022"]
    assert list(others(event("settled", "2022"))) == []
