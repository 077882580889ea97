"""TimelineJS: slides that the library takes, with no more of a date than is known."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

from chronicle import Chronicle
from chronicle.calendar import FOREVER
from chronicle.exports.dating import worded
from chronicle.exports.making import export
from chronicle.exports.timelinejs import FORMAT
from chronicle.ids import is_id
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.happenings import DATES, dated, moved

Slide: TypeAlias = dict[str, Any]

_WHOLE = {"type": "integer"}

_DATE = {
    "type": "object",
    "properties": {
        "year": {**_WHOLE, "not": {"const": 0}},
        "month": {**_WHOLE, "minimum": 1, "maximum": 12},
        "day": {**_WHOLE, "minimum": 1, "maximum": 31},
        "hour": {**_WHOLE, "minimum": 0, "maximum": 23},
        "minute": {**_WHOLE, "minimum": 0, "maximum": 59},
        "second": {**_WHOLE, "minimum": 0, "maximum": 59},
        "display_date": {"type": "string"},
    },
    "required": ["year"],
    "dependentRequired": {
        "second": ["minute"],
        "minute": ["hour"],
        "hour": ["day"],
        "day": ["month"],
    },
    "additionalProperties": False,
}

_SLIDE = {
    "type": "object",
    "properties": {
        "unique_id": {"type": "string", "minLength": 1},
        "start_date": _DATE,
        "end_date": _DATE,
        "display_date": {"type": "string", "pattern": "^[^<>&]+$"},
        "text": {
            "type": "object",
            "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
            "additionalProperties": False,
        },
        "group": {"type": "string", "pattern": "^[^<>&]+$"},
        "autolink": {"type": "boolean"},
        "scale": {"const": "cosmological"},
    },
    "additionalProperties": False,
}

SCHEMA = {
    "type": "object",
    "properties": {
        "title": {**_SLIDE, "not": {"required": ["start_date"]}},
        "events": {"type": "array", "items": {**_SLIDE, "required": ["start_date", "text"]}},
        "scale": {"enum": ["human", "cosmological"]},
        "chronicle": {"type": "object"},
    },
    "required": ["events"],
    "additionalProperties": False,
}
"""What the documentation of the format says of it, as far as it is used; years as it counts them.

The library takes what is no markup out of a date for show and out of a group, and then shows the
rest as a page: what could be markup has no place there. `chronicle` is our own.
"""


@pytest.fixture(scope="module", params=["crisis", "happened", "strange"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A timeline of each chronicle; it is not written to."""
    chronicle = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("timelinejs")
    return Exported.make("timelinejs", chronicle, folder / "all.json")


@pytest.fixture(scope="module")
def placed(happened: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Slide]:
    """The slides of events with dates of every kind, by id."""
    folder = tmp_path_factory.mktemp("timelinejs")
    return slides(Exported.make("timelinejs", happened, folder / "all.json").path)


def document(path: Path) -> dict[str, Any]:
    """Return a timeline."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def slides(path: Path) -> dict[str, Slide]:
    """Return the slides of a timeline by id."""
    given = document(path)["events"]
    found = {one["unique_id"]: one for one in given}
    assert len(found) == len(given)
    return found


class Page(HTMLParser):
    """The text and the tags of a piece of a page."""

    def __init__(self, text: str) -> None:
        """Read it."""
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag."""
        self.tags.add(tag)
        self.text += "\n" if tag == "br" else ""
        names = [name for name, _ in attrs]
        assert names == (["href"] if tag == "a" else [])
        self.links += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self.text += data


def test_it_is_what_the_documentation_says(exported: Exported) -> None:
    """Of every slide."""
    validator = Draft202012Validator(SCHEMA)
    assert not [error.message for error in validator.iter_errors(document(exported.path))]


def test_every_dated_event_has_a_slide(exported: Exported) -> None:
    """The others are named, and counted on the title slide."""
    timeline = exported.chronicle.timeline(exported.view)
    found = document(exported.path)
    with_date = {one.event for one in timeline if one.when}
    assert slides(exported.path).keys() == with_date
    undated = sorted(one.event for one in timeline if not one.when)
    assert found["chronicle"]["undated"] == undated
    told = Page(found["title"]["text"]["text"]).text
    assert f"{len(with_date)} events on the timeline" in told
    assert (f"; {len(undated)} more without a date." in told) == bool(undated)


def test_slides_are_in_the_order_of_the_timeline(exported: Exported) -> None:
    """What has no beginning stands where it ends."""
    timeline = {one.event: one for one in exported.chronicle.timeline(exported.view)}
    found = list(slides(exported.path))

    def order(name: str) -> tuple[int, int, str]:
        first, last = timeline[name].first or 0, timeline[name].last or 0
        return (last if first <= -FOREVER else first), last, name

    assert found == sorted(found, key=order)
    whole = [name for name in found if (timeline[name].first or 0) > -FOREVER]
    assert whole == [name for name in timeline if name in set(whole)]


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("day", (2022, 1, 5), None),
        ("minute", (2022, 1, 5, 18, 30), None),
        ("second", (2022, 1, 5, 18, 30, 5), None),
        ("offset", (2022, 1, 4, 20, 0), None),
        ("month", (2022, 1), None),
        ("year", (2022,), None),
        ("season", (2022, 6), (2022, 8)),
        ("decade", (1560,), (1569,)),
        ("about-a-day", (2022, 1, 4), (2022, 1, 6)),
        ("hours", (2022, 1, 5, 12, 0), (2022, 1, 5, 14, 59)),
        ("days", (2022, 1, 6), (2022, 1, 17)),
        ("choice", (2022, 1, 6), (2022, 1, 8)),
        ("all-while", (2022, 1, 3), (2022, 1, 4)),
        ("from-month-to-day", (2021, 12), (2022, 1, 4)),
        ("begun", (2022, 1, 2), None),
        ("going-on", (2022, 1, 2), None),
        ("ended", (2022, 1, 2), None),
        ("by-then", (2022, 1, 2), None),
        ("long-ago", (79, 8, 24), None),
        ("before-zero", (-44, 3, 15), None),
        ("year-zero", (-1,), None),
        ("far", (12345,), None),
    ],
)
def test_a_slide_has_only_the_parts_of_its_date_that_are_stated(
    placed: dict[str, Slide], name: str, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    """Years before the common era as the library counts them, 44 BCE as -44; words for readers."""
    parts = ("year", "month", "day", "hour", "minute", "second")
    slide = placed[name]
    assert slide["start_date"] == dict(zip(parts, start, strict=False))
    assert slide.get("end_date") == (end and dict(zip(parts, end, strict=False)))
    assert slide["display_date"] == worded(DATES[name] or "")


def test_a_disputed_date_is_shown_as_one(placed: dict[str, Slide]) -> None:
    """With the other dates that are given; and in a row of its own."""
    assert placed["talks"]["display_date"] == "10 January 2022, disputed; or 11 January 2022"
    assert placed["talks"]["group"] == "disputed"
    assert {slide["group"] for name, slide in placed.items() if name != "talks"} == {"settled"}


@pytest.mark.parametrize("when", ["Y-271820", "Y275760", "2022/Y275760", "Y-13700000000"])
def test_beyond_the_browser_a_timeline_is_cosmological(
    local: Chronicle, folder: Path, when: str
) -> None:
    """All of it; the slide that makes it so says that."""
    local.append(dated())
    export(local, "timelinejs", "human.json", view=local.view(at=AT))
    assert document(folder / "human.json")["scale"] == "human"
    local.append([{"kind": "event", "id": "bang", "title": "B", "when": when, "source": "herald"}])
    export(local, "timelinejs", "all.json", view=local.view(at=AT))
    found = document(folder / "all.json")
    assert found["scale"] == "cosmological"
    assert {one["unique_id"] for one in found["events"] if "scale" in one} == {"bang"}


@pytest.mark.parametrize("when", ["Y-271819", "Y275759"])
def test_what_the_browser_knows_is_human(local: Chronicle, folder: Path, when: str) -> None:
    """To the last year."""
    local.append(dated())
    local.append([{"kind": "event", "id": "bang", "title": "B", "when": when, "source": "herald"}])
    export(local, "timelinejs", "all.json", view=local.view(at=AT))
    assert document(folder / "all.json")["scale"] == "human"


def test_texts_are_no_markup(exported: Exported) -> None:
    """Whatever they hold: the tags are ours, and a page shows the texts as they are."""
    timeline = {one.event: one for one in exported.chronicle.timeline(exported.view)}
    for name, slide in slides(exported.path).items():
        headline, text = Page(slide["text"]["headline"]), Page(slide["text"]["text"])
        assert headline.tags <= {"br"}
        assert text.tags <= {"p", "ul", "li", "a", "br"}
        assert headline.text == timeline[name].title
        assert (timeline[name].summary or "") in text.text
        assert all(str(link).startswith("https://") for link in text.links)
        assert slide["autolink"] is False


def test_a_slide_says_who_dates_it_when(placed: dict[str, Slide]) -> None:
    """And where, and with whom; sources can be followed, if they are where a browser may go."""
    assert placed["talks"]["text"] == {
        "headline": "Talks",
        "text": "<p>They spoke,<br>at length; it is said.</p>"
        "<p>Place: Republic Square, &lt;Almaty&gt;</p>"
        "<p>Took part: Republic Square, &lt;Almaty&gt;, Ada; Лада (chair)</p>"
        "<p>Date: 10 January 2022, disputed (EDTF: 2022-01-10)</p><ul>"
        '<li>10 January 2022: <a href="https://gazette.example/a?b=1&amp;c=2">The Gazette</a></li>'
        "<li>11 January 2022: Вестник &lt;b&gt;</li></ul>",
    }


def test_a_source_that_gives_no_date_is_named(local: Chronicle, folder: Path) -> None:
    """That of the event, where others date it."""
    local.append([*dated(), *moved()])
    export(local, "timelinejs", "all.json", view=local.view(at=AT))
    text = slides(folder / "all.json")["none"]["text"]["text"]
    assert Page(text).text.endswith("9 January 2022: Вестник <b>Source: The Gazette")


def test_the_title_says_what_is_looked_at(happened: Chronicle, folder: Path) -> None:
    """The view, the root and the head; of an extract, what it is about."""
    view = happened.view(as_of="2022-03-01")
    manifest = export(happened, "timelinejs", "all.json", view=view, about="ada")
    found = document(folder / "all.json")
    seen = view.as_dict()
    assert found["title"]["text"]["headline"] == "ada at 2022-03-01"
    assert found["title"]["text"]["text"] == (
        "<p>1 event on the timeline.</p><p>As seen at 2022-03-01, known 2022-03-01, "
        f"by best-known, up to entry {seen['head']} of the log, root {seen['root']}.</p>"
    )
    assert {name: found["chronicle"][name] for name in ("view", "about", "since", "software")} == {
        name: manifest[name] for name in ("view", "about", "since", "software")
    }


def test_no_event_has_the_id_of_the_title(exported: Exported) -> None:
    """The library would give one of the two another."""
    assert not is_id(document(exported.path)["title"]["unique_id"])


def test_a_follower_has_the_later_timeline(local: Chronicle, folder: Path) -> None:
    """By dropping what is removed, and putting what came in place of what it had."""
    local.append(dated())
    size = local.view().head.size
    export(local, "timelinejs", "before.json", view=local.view(at=AT))
    local.append(moved())
    export(local, "timelinejs", "delta.json", view=local.view(at=AT), since=size)
    export(local, "timelinejs", "after.json", view=local.view(at=AT))
    before, delta, after = (
        document(folder / f"{name}.json") for name in ("before", "delta", "after")
    )
    # One was retracted; of another it is said that it has no date.
    assert delta["chronicle"]["removed"] == ["month", "year"]
    assert {one["unique_id"] for one in delta["events"]} == {"day", "new", "none"}
    held = {one["unique_id"]: one for one in before["events"]}
    for name in delta["chronicle"]["removed"]:
        held.pop(name, None)
    held |= {one["unique_id"]: one for one in delta["events"]}
    assert held == {one["unique_id"]: one for one in after["events"]}
    undated = {*before["chronicle"]["undated"]} - {*delta["chronicle"]["removed"]} - held.keys()
    assert undated | {*delta["chronicle"]["undated"]} == {*after["chronicle"]["undated"]}
    assert f"Only what changed since entry {size}." in delta["title"]["text"]["text"]
    assert "removed" not in after["chronicle"]
    Draft202012Validator(SCHEMA).validate(delta)


def test_what_is_read_is_all_that_a_timeline_says(exported: Exported) -> None:
    """Each slide as it is there, those without a date, and the rest."""
    found = {item[:2]: item.row for item in FORMAT.read(exported.path, exported.head)}
    for name, slide in slides(exported.path).items():
        assert found["events", name] == slide
    for name in document(exported.path)["chronicle"]["undated"]:
        assert found["undated", name] == {}
    assert found["timeline", "view"] == {"is": exported.head["view"]}
    assert found["timeline", "title"] == {"is": document(exported.path)["title"]}


@pytest.mark.parametrize("text", ["[]", "{}", '{"events": 1, "chronicle": {}}', "1", "no JSON"])
def test_what_is_no_timeline_is_refused(exported: Exported, folder: Path, text: str) -> None:
    """Also where it is JSON."""
    (folder / "other.json").write_text(text)
    with pytest.raises(ValueError, match=r"."):
        list(FORMAT.read(folder / "other.json", exported.head))
