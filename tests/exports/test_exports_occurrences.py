"""Occurrences: events with all that is shown of them, so that no other record is needed."""

from __future__ import annotations

import pytest

from chronicle import Chronicle, View
from chronicle.exports.extract import Extract
from chronicle.exports.items import Row, flat
from chronicle.exports.occurrences import link, occurrences, title_of, took_part
from tests.exports import asked
from tests.exports.conftest import AT
from tests.exports.happenings import dated, moved
from tests.stores import Clock


def told(view: View, about: str | None = None) -> dict[str, Row]:
    """Return the events of a view by id."""
    with view.database.reading() as connection:
        items = list(flat(occurrences(Extract(view, connection, about))))
    assert [item.key for item in items] == sorted(item.key for item in items)
    return {item.key: item.row for item in items if item.row is not None}


def test_events_are_those_of_the_timeline(crisis: Chronicle) -> None:
    """In more than one stretch of them, with all that tables have."""
    view = crisis.view(at=AT)
    found = told(view)
    timeline = {one["id"]: one for one in asked.events(crisis, view)}
    assert found.keys() == timeline.keys()
    for name, row in found.items():
        given = [{"entity": one["entity"], "role": one["role"]} for one in row["participants"]]
        plain = {**row, "participants": given}
        assert {field: plain[field] for field in timeline[name]} == timeline[name]


def test_names_are_looked_up(happened: Chronicle) -> None:
    """Of the place, of who took part, and of the sources, that of the best-known date first."""
    talks = told(happened.view(at=AT))["talks"]
    assert talks["place_name"] == "Republic Square, <Almaty>"
    assert list(map(took_part, talks["participants"])) == [
        "Republic Square, <Almaty>",
        "Ada; Лада (chair)",
    ]
    assert [one["id"] for one in talks["sources"]] == [
        source for date in talks["dates"] for source in date["sources"]
    ]
    assert {one["id"] for one in talks["sources"]} == {"gazette", "herald"}
    assert title_of(talks, "herald") == "Вестник <b>"


def test_a_source_that_gives_no_date_is_named_too(happened: Chronicle) -> None:
    """That of the record of an event without one."""
    undated = told(happened.view(at=AT))["none"]
    assert [one["title"] for one in undated["sources"]] == ["The Gazette"]


def test_about_an_entity_there_are_the_events_that_it_had_a_part_in(happened: Chronicle) -> None:
    """And only those."""
    assert told(happened.view(at=AT), "ada").keys() == {"talks"}


def test_an_event_is_as_old_as_what_dates_it(local: Chronicle, clock: Clock) -> None:
    """It is taken in again, so to say, when a claim gives it another date."""
    local.append(dated())
    before = told(local.view(at=AT))
    clock.forward(days=1)
    local.append(moved())
    after = told(local.view(at=AT))
    later = {
        name for name, row in after.items() if row["recorded_at"] == "2022-06-02T12:00:00.000000Z"
    }
    assert later == {"day", "new", "none"}
    assert {row["recorded_at"] for row in before.values()} == {"2022-06-01T12:00:00.000000Z"}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://",
        "ftp://example.org/a",
        "https://example.org/a b",
        "https://example.org/\r\nX:1",
        "https://example.org/\u2028",
        "https://example.org/'onclick='x",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        " https://example.org/",
        "//example.org/",
        None,
    ],
)
def test_what_could_break_out_of_a_page_is_no_link(url: str | None) -> None:
    """Nor is what a browser would run."""
    assert link(url) is None


@pytest.mark.parametrize(
    "url", ["https://example.org/?a=1&b=2#c", "HTTP://example.org", "https://example.org/Жаңа"]
)
def test_what_can_be_followed_is_a_link(url: str) -> None:
    """As it is written."""
    assert link(url) == url
