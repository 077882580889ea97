"""Happenings: events with dates of every kind, for exports that place them in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

DATES: Mapping[str, str | None] = {
    "day": "2022-01-05",
    "minute": "2022-01-05T18:30",
    "second": "2022-01-05T18:30:05",
    "offset": "2022-01-05T02:00+06:00",
    "month": "2022-01",
    "year": "2022",
    "season": "2022-22",
    "decade": "156X",
    "about-a-day": "2022-01-05~",
    "hours": "[2022-01-05T12:00..2022-01-05T14:59]",
    "all-hours": "[2022-01-05T00:00..2022-01-05T23:59]",
    "days": "[2022-01-06..2022-01-17]",
    "choice": "[2022-01-06,2022-01-08]",
    "all-of": "{2022-01-06..2022-01-08}",
    "all-while": "2022-01-03/2022-01-04",
    "from-month-to-day": "2021-12/2022-01-04",
    "begun": "2022-01-02/",
    "going-on": "2022-01-02/..",
    "ended": "/2022-01-02",
    "by-then": "[..2022-01-02]",
    "long-ago": "0079-08-24",
    "before-zero": "-0043-03-15",
    "year-zero": "0000",
    "last-day": "9999-12-31",
    "far": "Y12345",
    "none": None,
}
"""The date of each event by its id."""

SOURCES = (
    {"id": "gazette", "title": "The Gazette", "url": "https://gazette.example/a?b=1&c=2"},
    {"id": "herald", "title": "Вестник <b>", "url": "javascript:alert(1)"},
)


def dated() -> Iterator[dict[str, Any]]:
    """Yield the records: an event of each date, one of them disputed, and what they name."""
    for source in SOURCES:
        yield {"kind": "source", "published": "2022-02-01", **source}
    yield {"kind": "entity", "id": "square", "type": "place", "name": "Republic Square, <Almaty>"}
    yield {"kind": "entity", "id": "ada", "type": "person", "name": "Ada; Лада"}
    for name, when in DATES.items():
        event = {"kind": "event", "id": name, "title": f"Of {name}", "source": "gazette"}
        yield event if when is None else {**event, "when": when}
    yield {
        "kind": "event",
        "id": "talks",
        "title": "Talks",
        "summary": "They spoke,\nat length; it is said.",
        "when": "2022-01-10",
        "place": "square",
        "participants": [{"entity": "ada", "role": "chair"}, {"entity": "square"}],
        "source": "gazette",
    }
    yield contested("talks", "2022-01-11")


def contested(event: str, when: str, **more: Any) -> dict[str, Any]:
    """Return the claim of another source that an event was on another date."""
    claim = {"kind": "claim", "id": f"{event}-contested", "subject": event, "property": "when"}
    return {**claim, "value": when, "source": "herald", **more}


def moved() -> Iterator[dict[str, Any]]:
    """Yield records that change some of the events, take some away, and add one."""
    said = {"source": "herald", "asserted": "2022-02-02"}
    yield contested("day", "2022-01-07", credibility="1", **said)
    yield {"kind": "retraction", "id": "no-month", "retracts": "month", "mode": "withdrawn", **said}
    unsaid = {"property": "when", "none": True, "credibility": "1", **said}
    yield {"kind": "claim", "id": "no-date", "subject": "year", **unsaid}
    yield {"kind": "claim", "id": "day-given", "subject": "none", "property": "when",
           "value": "2022-01-09", **said}  # fmt: skip
    yield {"kind": "event", "id": "new", "title": "New", "when": "2022-01-12", **said}
