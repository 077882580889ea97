"""Headings: where an event stands on a page, and which headings it opens."""

from __future__ import annotations

import pytest

from chronicle.exports.pieces.headings import contents, opened, path_of


@pytest.mark.parametrize(
    ("when", "texts"),
    [
        ("2022-01-05", ["2022", "January 2022"]),
        ("2022-01", ["2022", "January 2022"]),
        ("2022-01-05T18:00:00", ["2022", "January 2022"]),
        ("[2022-01-06..2022-02]", ["2022", "January 2022"]),
        ("[2023,2022-03..2022-04]", ["2022", "March 2022"]),
        ("2022-01-01~", ["2021", "December 2021"]),
        ("2022", ["2022"]),
        ("[2022..2022-05-01]", ["2022"]),
        ("2022-22", ["2022"]),
        ("2022-XX", ["2022"]),
        ("2022-01-XX", ["2022"]),
        ("156X", ["1560"]),
        ("-0043-03-15", ["44 BCE", "March 44 BCE"]),
        ("Y12345", ["12345"]),
        ("[..2022-01-05]", ["Earliest date not known"]),
        ("/2022-01-05", ["Earliest date not known"]),
        (None, ["Date not known"]),
    ],
)
def test_an_event_stands_under_its_earliest_date(when: str | None, texts: list[str]) -> None:
    """In a month only where it is known to have begun in one."""
    assert [one.text for one in path_of(when)] == texts


def test_a_heading_opens_once_until_another_does() -> None:
    """What is known by its year alone stays where the year has come to."""
    whens = ["2021", "2022", "2022-01-03", "2022-01-04", "2022", "2022-02", "2023-02", None]
    found = [[one.text for one in path] for path in opened(map(path_of, whens))]
    assert found == [
        ["2021"], ["2022"], ["January 2022"], [], [], ["February 2022"], ["2023", "February 2023"],
        ["Date not known"],
    ]  # fmt: skip


def test_contents_lead_to_years_and_their_months() -> None:
    """In a line, the months by their names alone."""
    headings = [
        one for path in opened(map(path_of, ["2021", "2022-01", "2022-03"])) for one in path
    ]
    assert contents(headings) == (
        "[2021](#in-2021) · [2022](#in-2022): [January](#in-2022-01), [March](#in-2022-03)"
    )
