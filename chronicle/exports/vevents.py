"""VEVENTs: an event of history as a calendar has it (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from urllib.parse import quote

from icalendar import Component, Event, vText

from chronicle.calendar import DAY, civil_from_days, days_from_civil
from chronicle.dates import parse
from chronicle.exports.dating import is_sharp, others, stated, worded
from chronicle.exports.items import Row
from chronicle.exports.occurrences import link, title_of, took_part

AUTHORITY = "chronicle.invalid"
"""The domain that UIDs are made under: one that can be nobody's."""

EARLIEST = "1970-01-01T00:00:00Z"
"""The moment of a log that has none."""

_FIRST = days_from_civil(1, 1, 1) * DAY
"""The first second that a calendar can name."""

_LAST = days_from_civil(9999, 12, 31) * DAY
"""The last midnight that it can name, at which what it holds must have ended."""

REASONS: Mapping[str, str] = {
    "undated": "without a date",
    "open": "open at an end",
    "beyond": "beyond the years 1 to 9999",
}
"""Why it has none, and how that is said to people."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_URL = "!#$%&'()*+,-./:;=?@[]_~"
"""What stands in a URL as it is, beside letters and digits."""


def left_out(row: Row) -> str | None:
    """Return why an event cannot stand in a calendar; None if it can."""
    if row["when"] is None:
        return "undated"
    first, last = row["when_first"], row["when_last"]
    if first is None or last is None:
        return "open"
    return None if first >= _FIRST and last < _LAST else "beyond"


def vevent(row: Row) -> Event:
    """Return an event that can stand in a calendar, from the first second to the last it may mean.

    It takes whole days where its date is no time of day, and makes nobody busy.
    """
    event = _identified(row["id"], row["recorded_at"] or EARLIEST)
    when = parse(row["when"])
    start, end = row["when_first"], row["when_last"] + 1
    whole = when.precision not in ("minute", "second") and start % DAY == end % DAY == 0
    event.add("dtstart", _day(start) if whole else _time(start))
    event.add("dtend", _day(end) if whole else _time(end))
    sure = row["standing"] == "settled" and is_sharp(when)
    event.add("status", "CONFIRMED" if sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("summary", _clean(row["title"]))
    event.add("description", _clean("\n".join(_described(row))))
    event.add("categories", [row["standing"]])
    if row["place_name"] is not None:
        event.add("location", _clean(row["place_name"]))
    url = next(filter(None, (link(one["url"]) for one in row["sources"])), None)
    if url is not None:
        event.add("url", quote(url, safe=_URL))
    add_text(event, "X-CHRONICLE-EDTF", row["when"])
    return event


def cancelled(key: str, moment: str) -> Event:
    """Return what takes an event out of a calendar that has it."""
    event = _identified(key, moment)
    event.add("status", "CANCELLED")
    return event


def _identified(key: str, moment: str) -> Event:
    event = Event()
    event.add("uid", f"{key}@{AUTHORITY}")
    event.add("dtstamp", datetime.fromisoformat(moment))
    return event


def _described(row: Row) -> Iterator[str]:
    """Yield the lines that describe an event: what happened, when as who says, where, with whom."""
    if row["summary"]:
        yield from (row["summary"], "")
    yield f"Date: {'; '.join([stated(row), *others(row)])}"
    yield f"As written: {row['when']}"
    for given in row["dates"]:
        titles = "; ".join(title_of(row, source) for source in given["sources"])
        yield f"{worded(given['when'])}: {titles}"
    if row["place_name"] is not None:
        yield f"Place: {row['place_name']}"
    if row["participants"]:
        yield f"Took part: {', '.join(map(took_part, row['participants']))}"
    yield "Sources:"
    for source in row["sources"]:
        yield " ".join(["-", source["title"], *filter(None, [source["url"]])])


def _day(second: int) -> date:
    return date(*civil_from_days(second // DAY))


def _time(second: int) -> datetime:
    """Return a second as a calendar has it: floating, in no time zone."""
    minutes, seconds = divmod(second % DAY, 60)
    return datetime.combine(_day(second), time(minutes // 60, minutes % 60, seconds))


def _clean(text: str) -> str:
    """Return a text without what RFC 5545 has no way to write; ends of lines are kept."""
    return _CONTROL.sub(" ", re.sub("\r\n?", "\n", text))


def add_text(component: Component, name: str, text: str, **parameters: str) -> None:
    """Add a property that the standard does not know; its value is escaped as text."""
    # Without its type, who reads it cannot tell that it is.
    component.add(name, vText(text), parameters={"VALUE": "TEXT", **parameters})
