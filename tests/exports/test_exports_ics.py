"""iCalendar: events where a calendar can hold them, their doubts beside them, none of them lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from chronicle import Chronicle
from chronicle.calendar import BEGINNING, DAY, FOREVER, days_from_civil
from chronicle.exports.ics import FORMAT
from chronicle.exports.making import export
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.happenings import DATES, dated, moved
from tests.stores import Clock


@pytest.fixture(scope="module", params=["crisis", "happened", "strange"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A calendar of each chronicle; it is not written to."""
    chronicle = request.getfixturevalue(request.param)
    return Exported.make("ics", chronicle, tmp_path_factory.mktemp("ics") / "all.ics")


@pytest.fixture(scope="module")
def placed(happened: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The events with dates of every kind that a calendar holds, by id."""
    exported = Exported.make("ics", happened, tmp_path_factory.mktemp("ics") / "all.ics")
    return events(exported.path)


def calendar(path: Path) -> Any:
    """Return a calendar, as the library reads it: a property may be of many types."""
    return Calendar.from_ical(path.read_bytes())


def events(path: Path) -> dict[str, Any]:
    """Return the events of a calendar by id."""
    found = {
        str(one["UID"]).removesuffix("@chronicle.invalid"): one for one in calendar(path).events
    }
    assert len(found) == len(calendar(path).events)
    return found


def left_out(path: Path) -> dict[str, str]:
    """Return the events that are not in a calendar, and why."""
    named = calendar(path).get("X-CHRONICLE-LEFT-OUT", [])
    named = named if isinstance(named, list) else [named]
    return {str(one): one.params["X-CHRONICLE-REASON"] for one in named}


def reason(first: int | None, last: int | None) -> str | None:
    """Return why an event with these bounds has no place in a calendar."""
    if first is None or last is None:
        return "undated"
    if BEGINNING in (first, last) or FOREVER in (first, last):
        return "open"
    years = days_from_civil(1, 1, 1) * DAY, days_from_civil(9999, 12, 31) * DAY
    return None if years[0] <= first and last + 1 <= years[1] else "beyond"


def seconds(moment: date) -> int:
    """Return the second that a date or a time of a calendar begins with; it has no zone."""
    if isinstance(moment, datetime):
        assert moment.tzinfo is None
        return int(moment.replace(tzinfo=UTC).timestamp())
    return days_from_civil(moment.year, moment.month, moment.day) * DAY


def test_every_event_of_the_timeline_is_in_it_or_named(exported: Exported) -> None:
    """With its title, its summary, its date as written, and how that stands."""
    timeline = {one.event: one for one in exported.chronicle.timeline(exported.view)}
    found = events(exported.path)
    out = {name: reason(one.first, one.last) for name, one in timeline.items()}
    assert left_out(exported.path) == {name: why for name, why in out.items() if why}
    assert found.keys() == {name for name, why in out.items() if why is None}
    for name, event in found.items():
        told = timeline[name]
        assert event["SUMMARY"] == clean(told.title)
        assert event["DESCRIPTION"].startswith(clean(told.summary or "Date: "))
        assert event["X-CHRONICLE-EDTF"] == told.when
        assert event.categories == [told.standing]
        assert ("LOCATION" in event) == (told.place is not None)


def clean(text: str) -> str:
    """Return a text as a calendar can hold it: without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    gone = [*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029]
    return lines.translate(dict.fromkeys(gone, " "))


def test_an_event_stands_from_the_first_to_the_last_second_of_its_date(exported: Exported) -> None:
    """An end is the first moment that is not in it."""
    timeline = {one.event: one for one in exported.chronicle.timeline(exported.view)}
    for name, event in events(exported.path).items():
        assert seconds(event.decoded("DTSTART")) == timeline[name].first
        assert seconds(event.decoded("DTEND")) == (timeline[name].last or 0) + 1


@pytest.mark.parametrize(
    ("name", "start", "end", "status"),
    [
        ("day", date(2022, 1, 5), date(2022, 1, 6), "CONFIRMED"),
        ("minute", datetime(2022, 1, 5, 18, 30), datetime(2022, 1, 5, 18, 31), "CONFIRMED"),  # noqa: DTZ001  # floating
        ("second", datetime(2022, 1, 5, 18, 30, 5), datetime(2022, 1, 5, 18, 30, 6), "CONFIRMED"),  # noqa: DTZ001  # floating
        ("offset", datetime(2022, 1, 4, 20), datetime(2022, 1, 4, 20, 1), "CONFIRMED"),  # noqa: DTZ001  # floating
        ("month", date(2022, 1, 1), date(2022, 2, 1), "TENTATIVE"),
        ("year", date(2022, 1, 1), date(2023, 1, 1), "TENTATIVE"),
        ("season", date(2022, 6, 1), date(2022, 9, 1), "TENTATIVE"),
        ("decade", date(1560, 1, 1), date(1570, 1, 1), "TENTATIVE"),
        ("about-a-day", date(2022, 1, 4), date(2022, 1, 7), "TENTATIVE"),
        ("hours", datetime(2022, 1, 5, 12), datetime(2022, 1, 5, 15), "TENTATIVE"),  # noqa: DTZ001  # floating
        ("all-hours", datetime(2022, 1, 5), datetime(2022, 1, 6), "TENTATIVE"),  # noqa: DTZ001  # floating
        ("days", date(2022, 1, 6), date(2022, 1, 18), "TENTATIVE"),
        ("choice", date(2022, 1, 6), date(2022, 1, 9), "TENTATIVE"),
        ("all-while", date(2022, 1, 3), date(2022, 1, 5), "CONFIRMED"),
        ("from-month-to-day", date(2021, 12, 1), date(2022, 1, 5), "TENTATIVE"),
        ("long-ago", date(79, 8, 24), date(79, 8, 25), "CONFIRMED"),
        ("talks", date(2022, 1, 10), date(2022, 1, 11), "TENTATIVE"),
    ],
)
def test_what_is_not_sure_is_tentative(
    placed: Mapping[str, Any], name: str, start: date, end: date, status: str
) -> None:
    """A vague date, or one that is disputed; whole days unless the time of day is known."""
    event = placed[name]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (start, end)
    assert type(event.decoded("DTSTART")) is type(start)
    assert event["STATUS"] == status
    assert event["TRANSP"] == "TRANSPARENT"


def test_what_a_calendar_cannot_hold_is_named_and_counted(
    happened: Chronicle, folder: Path
) -> None:
    """With the reason."""
    export(happened, "ics", "all.ics", view=happened.view(at=AT))
    assert left_out(folder / "all.ics") == {
        **dict.fromkeys(("begun", "going-on", "ended", "by-then"), "open"),
        **dict.fromkeys(("before-zero", "year-zero", "far", "last-day"), "beyond"),
        "none": "undated",
    }
    assert calendar(folder / "all.ics")["X-WR-CALDESC"] == (
        "Events that no calendar can hold: 1 without a date, 4 open at an end, "
        "4 beyond the years 1 to 9999"
    )
    assert len(events(folder / "all.ics")) == len(DATES) + 1 - 9


def test_who_says_what_stands_in_the_description(placed: Mapping[str, Any]) -> None:
    """In plain lines, with every date that is given."""
    assert str(placed["talks"]["DESCRIPTION"]).splitlines() == [
        "They spoke,",
        "at length; it is said.",
        "",
        "Date: 10 January 2022, disputed; or 11 January 2022",
        "As written: 2022-01-10",
        "10 January 2022: The Gazette",
        "11 January 2022: Вестник <b>",
        "Place: Republic Square, <Almaty>",
        "Took part: Republic Square, <Almaty>, Ada; Лада (chair)",
        "Sources:",
        "- The Gazette https://gazette.example/a?b=1&c=2",
        "- Вестник <b> javascript:alert(1)",
    ]
    assert placed["talks"]["LOCATION"] == "Republic Square, <Almaty>"


def test_the_address_is_one_that_can_be_followed(local: Chronicle, folder: Path) -> None:
    """In ASCII, as the standard wants it; the first source that has one gives it."""
    local.append(dated())
    source = {"kind": "source", "id": "blog", "title": "Blog", "published": "2022-02-01"}
    local.append([{**source, "url": "https://blog.example/Жаңа?q=%20"}])
    event = {"kind": "event", "title": "New", "when": "2022-01-12"}
    local.append(
        [{**event, "id": "new", "source": "blog"}, {**event, "id": "old", "source": "herald"}]
    )
    export(local, "ics", "all.ics", view=local.view(at=AT))
    found = events(folder / "all.ics")
    assert found["new"]["URL"] == "https://blog.example/%D0%96%D0%B0%D2%A3%D0%B0?q=%20"
    assert "URL" not in found["old"]
    assert found["talks"]["URL"] == "https://gazette.example/a?b=1&c=2"


def test_lines_are_as_the_standard_wants_them(exported: Exported) -> None:
    """Of 75 bytes at most, ended by CR and LF, without control characters."""
    content = exported.path.read_bytes()
    *lines, last = content.split(b"\r\n")
    assert last == b""
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b"END:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if any(byte < 32 or byte == 127 for byte in line)]
    assert content.count(b"BEGIN:VCALENDAR") == 1


def test_a_calendar_says_what_it_is_of(exported: Exported) -> None:
    """The view and the log; what is not limited is not said."""
    found = calendar(exported.path)
    head = exported.head["view"]
    for name in ("at", "policy", "head", "root"):
        assert found[f"X-CHRONICLE-{name.upper()}"] == str(head[name])
    assert not {"X-CHRONICLE-KNOWN", "X-CHRONICLE-RECORDED", "X-CHRONICLE-SINCE"} & found.keys()
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    assert found["X-WR-CALNAME"] == f"Chronicle at {AT}"
    assert not found.errors
    assert not [one for one in found.walk() if one.errors]


def test_a_calendar_about_an_entity_says_so(happened: Chronicle, folder: Path) -> None:
    """And of what was known when."""
    view = happened.view(as_of="2022-03-01")
    export(happened, "ics", "all.ics", view=view, about="ada")
    found = calendar(folder / "all.ics")
    assert found["X-CHRONICLE-ABOUT"] == "ada"
    assert found["X-CHRONICLE-KNOWN"] == "2022-03-01"
    assert events(folder / "all.ics").keys() == {"talks"}


def test_stamps_are_those_of_the_log(local: Chronicle, clock: Clock, folder: Path) -> None:
    """Never of the writing: of the event, or of the claim that dates it."""
    local.append(dated())
    clock.forward(days=1, microseconds=999_999)
    local.append(moved())
    clock.forward(days=1)
    export(local, "ics", "all.ics", view=local.view(at=AT))
    found = events(folder / "all.ics")
    start = datetime(2022, 6, 1, 12, tzinfo=UTC)
    assert found["talks"].decoded("DTSTAMP") == start
    for name in ("day", "new", "none"):
        assert found[name].decoded("DTSTAMP") == start + timedelta(days=1)


def test_a_follower_has_the_later_calendar(local: Chronicle, clock: Clock, folder: Path) -> None:
    """By taking out what is cancelled, and putting what came in place of what it had."""
    local.append(dated())
    size = local.view().head.size
    export(local, "ics", "before.ics", view=local.view(at=AT))
    clock.forward(days=1)
    local.append(moved())
    export(local, "ics", "delta.ics", view=local.view(at=AT), since=size)
    export(local, "ics", "after.ics", view=local.view(at=AT))
    held, delta = events(folder / "before.ics"), events(folder / "delta.ics")
    gone = {name for name, one in delta.items() if one["STATUS"] == "CANCELLED"}
    # One was retracted; of another it is said that it has no date.
    assert gone == {"month", "year"}
    assert delta.keys() - gone == {"day", "new", "none"}
    held = {name: one for name, one in {**held, **delta}.items() if name not in gone}
    after = events(folder / "after.ics")
    assert {name: one.to_ical() for name, one in held.items()} == {
        name: one.to_ical() for name, one in after.items()
    }
    assert calendar(folder / "delta.ics")["X-CHRONICLE-SINCE"] == str(size)
    for name in gone:
        assert delta[name].decoded("DTSTAMP") == datetime(2022, 6, 2, 12, tzinfo=UTC)
        assert "DTSTART" not in delta[name]


def test_what_is_cancelled_is_stamped_without_a_new_entry(
    happened: Chronicle, folder: Path
) -> None:
    """Where the later view is of the same log, at another date."""
    export(happened, "ics", "before.ics", view=happened.view(at=AT))
    early = happened.view(as_of="2022-01-01")
    export(happened, "ics", "delta.ics", view=early, since="before.ics")
    found = events(folder / "delta.ics")
    assert {one["STATUS"] for one in found.values()} == {"CANCELLED"}
    assert {one.decoded("DTSTAMP") for one in found.values()} == {
        datetime(2022, 6, 1, 12, tzinfo=UTC)
    }


def test_what_is_read_is_all_that_a_calendar_says(exported: Exported) -> None:
    """Each event as it is there, those left out, and the calendar itself."""
    found = list(FORMAT.read(exported.path, exported.head))
    rows: dict[str, Any] = {item.key: item.row for item in found if item.table == "events"}
    for name, event in events(exported.path).items():
        assert rows[name]["SUMMARY"] == event["SUMMARY"].to_ical().decode()
        assert rows[name].keys() == set(event)
    out = {item.key: (item.row or {})["reason"] for item in found if item.table == "left out"}
    assert out == left_out(exported.path)
    told = {item.key: (item.row or {})["is"] for item in found if item.table == "calendar"}
    assert told["X-CHRONICLE-ROOT"] == exported.head["view"]["root"]


def test_what_is_no_calendar_is_refused(exported: Exported, folder: Path) -> None:
    """Half a one too."""
    (folder / "half.ics").write_bytes(exported.path.read_bytes()[:-30])
    for name, content in (("none.ics", b"none"), ("half.ics", None)):
        if content is not None:
            (folder / name).write_bytes(content)
        with pytest.raises(ValueError, match=r"."):
            list(FORMAT.read(folder / name, exported.head))
