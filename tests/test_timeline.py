"""Timelines: events in the order of their best-known dates, as a view knows them."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle, UnknownId
from chronicle.dates import parse
from chronicle.timeline import happenings
from tests.stories import claim, entity, merge, property_, retraction, source


def event(name: str, when: str = "", said: str = "2022-01-20", **fields: Any) -> dict[str, Any]:
    """Return an event; without `when`, an undated one."""
    made: dict[str, Any] = {"kind": "event", "id": name, "title": name.title(), "source": "press"}
    return made | {"asserted": said} | ({"when": when} if when else {}) | fields


def dated(name: str, when: str, said: str, **fields: Any) -> dict[str, Any]:
    """Return another source's claim of the date of an event."""
    made = {"id": f"{name}-{when}", "source": "wire", "said": said} | fields
    return claim(when, subject=name, property="when", **made)


WORLD: list[dict[str, Any]] = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "ada-l", "ben", "alliance", "kazakhstan")),
    entity("almaty", within="kazakhstan"),
    entity("medeu", within="almaty"),
    property_("status"),
    event("march", "2022-01-04", place="almaty", participants=[{"entity": "ada"}]),
    event("fire", "2022-01-05T18:00", place="medeu", summary="A hall burns."),
    event("vote", "2022-01"),
    event("rumour"),
    event(
        "landing", "2022-01-06/2022-01-07", said="2022-01-10",
        participants=[{"entity": "ada-l", "role": "witness"}, {"entity": "alliance"}],
    ),
    event("old", "-0044-03-15", said="1900"),
    claim("glad", subject="ben", valid="2022-01-05", event="fire"),
]  # fmt: skip


@pytest.fixture
def told(local: Chronicle) -> Chronicle:
    """A chronicle of a few events."""
    local.append(WORLD)
    return local


def names(chronicle: Chronicle, about: str | None = None, **options: Any) -> list[str]:
    """Return the events of a timeline in its order; `start`, `end` and the scope of the view."""
    bounds = {name: options.pop(name) for name in ("start", "end") if name in options}
    view = chronicle.view(**options)
    return [one.event for one in chronicle.timeline(view, about=about, **bounds)]


def test_events_come_in_order_of_their_dates(told: Chronicle) -> None:
    """By first second, then by last; what has no date stands last."""
    assert names(told) == ["old", "vote", "march", "fire", "landing", "rumour"]


def test_a_happening_is_told_with_its_best_known_facts(told: Chronicle) -> None:
    """Date as written, bounds in seconds, precision, place, who took part, and on whose word."""
    (one,) = told.timeline(about="landing")
    assert (one.event, one.title, one.when, one.precision) == (
        "landing", "Landing", "2022-01-06/2022-01-07", parse("2022-01-06/2022-01-07").precision,
    )  # fmt: skip
    assert (one.first, one.last) == (parse("2022-01-06").first, parse("2022-01-07").last)
    assert one.participants == (("alliance", ""), ("ada-l", "witness"))
    assert (one.standing, one.source, one.place, one.others) == ("settled", "press", None, ())
    assert one.claim is not None
    assert one.claim.startswith("landing-when-")
    plain = one.as_dict()
    assert plain["participants"] == [
        {"entity": "alliance", "role": None}, {"entity": "ada-l", "role": "witness"},
    ]  # fmt: skip
    assert "first" not in plain
    (fire,) = told.timeline(about="medeu")
    assert (fire.event, fire.summary, fire.place) == ("fire", "A hall burns.", "medeu")


def test_an_undated_event_has_no_bounds(told: Chronicle) -> None:
    """It is told all the same."""
    (one,) = [one for one in told.timeline() if one.event == "rumour"]
    assert (one.when, one.first, one.last, one.standing, one.claim) == (
        None, None, None, "unknown", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-01-05", None, ["vote", "fire", "landing"]),
        (None, "2022-01-04", ["old", "vote", "march"]),
        ("2022-01-05", "2022-01-05", ["vote", "fire"]),
        ("2022-01-05T18:01", "2022-01-06", ["vote", "landing"]),
        ("2022-01-05T18:00:59", "2022-01-05", ["vote", "fire"]),
        ("2022-01-05T17:00", "2022-01-05T18:00:00", ["vote", "fire"]),
        ("2022-01-05T17:00", "2022-01-05T17:59:59", ["vote"]),
        ("2022-01-07", "2022-01-07", ["vote", "landing"]),
        ("2022-01-08", None, ["vote"]),
        ("2022-02", None, []),
        (None, "-0044", ["old"]),
        ("2022-01-06", "2022-01-05", ["vote"]),
    ],
)
def test_bounds_keep_what_may_have_happened_between_them(
    told: Chronicle, start: str | None, end: str | None, expected: list[str]
) -> None:
    """A vague date may lie within; an undated event falls away."""
    assert names(told, start=start, end=end) == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("ada", ["march"]),
        ("ada-l", ["landing"]),
        ("almaty", ["march", "fire"]),
        ("kazakhstan", ["march", "fire"]),
        ("medeu", ["fire"]),
        ("ben", ["fire"]),
        ("rumour", ["rumour"]),
        ("press", []),
    ],
)
def test_about_an_entity_is_all_that_has_to_do_with_it(
    told: Chronicle, about: str, expected: list[str]
) -> None:
    """Who took part, what happened there or within, what claims about it are linked to."""
    assert names(told, about=about) == expected


def test_about_follows_merges(told: Chronicle) -> None:
    """Under any of its ids an entity took part in all that any of them took part in."""
    told.append([merge("ada", "ada-l"), merge("alliance", "kazakhstan")])
    assert names(told, about="ada-l") == names(told, about="ada") == ["march", "landing"]
    assert names(told, about="alliance") == ["march", "fire", "landing"]
    (landing,) = [one for one in told.timeline() if one.event == "landing"]
    assert landing.participants == (("alliance", ""), ("ada", "witness"))


def test_about_what_is_not_known_is_refused(told: Chronicle) -> None:
    """With near matches."""
    with pytest.raises(UnknownId, match="did you mean almaty"):
        told.timeline(about="almati")


def test_a_contested_date_is_told_with_the_others(told: Chronicle) -> None:
    """The best-known date decides the place in the order; what others say stands beside it."""
    told.append(
        [
            dated("march", "2022-01-08", "2022-01-25", credibility="1"),
            dated("fire", "2022-01-03", "2022-01-25", credibility="4"),
            dated("fire", "2022-01-05T18:00", "2022-01-26", denies=True, credibility="5", id="no"),
        ]
    )
    happenings = {one.event: one for one in told.timeline()}
    assert list(happenings) == ["old", "vote", "fire", "landing", "march", "rumour"]
    march, fire = happenings["march"], happenings["fire"]
    assert (march.when, march.standing, march.others) == (
        "2022-01-08", "disputed", ("2022-01-04",),
    )  # fmt: skip
    assert fire.others == ("2022-01-03",)
    assert [one.event for one in told.timeline(told.view(as_of="2022-01-24"))] == [
        "old", "vote", "march", "fire", "landing", "rumour",
    ]  # fmt: skip


def test_a_view_knows_what_was_reported_by_then(told: Chronicle) -> None:
    """An event is known from its report on, or from the first claim that dates it."""
    assert names(told, known="2022-01-09") == ["old"]
    assert names(told, known="2022-01-10") == ["old", "landing"]
    told.append([dated("march", "2022-01-04", "2022-01-04")])
    (march,) = told.timeline(told.view(known="2022-01-04"), about="march")
    assert (march.when, march.place, march.source) == ("2022-01-04", None, "wire")
    (march,) = told.timeline(told.view(known="2022-01-20"), about="march")
    assert (march.when, march.place, march.source) == ("2022-01-04", "almaty", "press")


def test_a_retracted_event_is_told_until_then(told: Chronicle) -> None:
    """Taken back, it is gone from the day it was taken back; entered by mistake, it never was."""
    mistake = retraction("fire", "2022-02-01", mode="erratum")
    told.append([retraction("march", "2022-02-01"), mistake])
    assert names(told) == ["old", "vote", "landing", "rumour"]
    assert names(told, known="2022-01-31") == ["old", "vote", "march", "landing", "rumour"]
    assert names(told, recorded="#1") == ["old", "vote", "march", "fire", "landing", "rumour"]
    told.append([retraction("retracts-march", "2022-03-01")])
    assert "march" in names(told)


def test_the_events_of_a_retracted_source_are_told_until_then(told: Chronicle) -> None:
    """What it reported falls with it: no event without a date stays behind."""
    told.append([retraction("press", "2022-02-01")])
    assert names(told) == []
    assert names(told, known="2022-01-31") == ["old", "vote", "march", "fire", "landing", "rumour"]
    told.append([retraction("retracts-press", "2022-03-01")])
    assert names(told) == ["old", "vote", "march", "fire", "landing", "rumour"]


@pytest.mark.parametrize("gone", ["march", "press"])
def test_a_retracted_event_is_told_where_another_source_dates_it(
    told: Chronicle, gone: str
) -> None:
    """On the word of that source, with what is left of it: not its place."""
    told.append([dated("march", "2022-01-05", "2022-01-25"), retraction(gone, "2022-02-01")])
    (march,) = told.timeline(about="march")
    assert (march.when, march.others, march.place) == ("2022-01-05", (), None)
    assert (march.participants, march.source, march.standing) == ((), "wire", "settled")
    assert march.claim == "march-2022-01-05"
    told.append([retraction("march-2022-01-05", "2022-03-01")])
    assert "march" not in names(told)
    assert "march" in names(told, known="2022-02-28")


@pytest.mark.parametrize(
    "other",
    [{"denies": True}, {"asserted": "2022-02-02"}, {"property": "place", "value": "almaty"}],
)
def test_a_retracted_event_that_nobody_dates_is_gone(
    told: Chronicle, other: dict[str, Any]
) -> None:
    """A denied date is none, nor is one that is only given later, nor a place."""
    said = dated("fire", "2022-01-05", "2022-01-25") | other
    told.append([said, retraction("fire", "2022-01-30")])
    assert "fire" in names(told, known="2022-01-29")
    assert "fire" not in names(told, known="2022-02-01")


def test_an_event_whose_date_was_taken_back_has_none(told: Chronicle) -> None:
    """The claim that it states is a claim like any other."""
    (landing,) = told.timeline(about="landing")
    told.append([retraction(str(landing.claim), "2022-02-01", id="no-date")])
    (landing,) = told.timeline(about="landing")
    assert (landing.when, landing.others) == (None, ())


def test_merged_events_are_one(told: Chronicle) -> None:
    """Two reports of one event are told once, with all that was said of it."""
    told.append([event("blaze", "2022-01-04T23:00", said="2022-01-30", place="almaty"),
                 merge("fire", "blaze")])  # fmt: skip
    assert names(told) == ["old", "vote", "march", "fire", "landing", "rumour"]
    (fire,) = told.timeline(about="blaze")
    assert (fire.event, fire.title) == ("fire", "Fire")
    assert (fire.when, fire.others) == ("2022-01-04T23:00", ("2022-01-05T18:00",))
    assert names(told, about="ben") == ["fire"]
    told.append([retraction("fire", "2022-02-01")])
    (blaze,) = told.timeline(about="fire")
    assert (blaze.event, blaze.title, blaze.when) == ("fire", "Blaze", "2022-01-04T23:00")
    told.append([merge("fire", "blaze", judgement="distinct")])
    assert names(told)[2:5] == ["march", "blaze", "landing"]


def test_bounds_are_dates(local: Chronicle) -> None:
    """What is none is refused with the option that it comes from."""
    with pytest.raises(BadQuestion, match="--from: "):
        local.timeline(start="then")
    with pytest.raises(BadQuestion, match="--to: "):
        local.timeline(end="2022-13")


def test_the_store_does_not_matter(chronicle: Chronicle) -> None:
    """Both stores tell the same."""
    chronicle.append([*WORLD, merge("ada", "ada-l"), dated("vote", "2022-01-02", "2022-02-01")])
    assert names(chronicle, about="ada") == ["march", "landing"]
    assert names(chronicle)[:3] == ["old", "vote", "march"]


def test_an_empty_chronicle_has_no_events(chronicle: Chronicle) -> None:
    """Nothing to tell."""
    assert chronicle.timeline() == []


def test_events_can_be_read_one_by_one(chronicle: Chronicle) -> None:
    """The same ones, in the order of their ids, of all or of some; merged ones once."""
    chronicle.append([*WORLD, dated("vote", "2022-01-05", "2022-01-25")])
    chronicle.append([merge("march", "fire"), retraction("landing", "2022-01-21", mode="erratum")])
    view = chronicle.view("2022-02-01")
    with chronicle.database.reading() as connection:
        found = list(happenings(view, connection))
        some = list(happenings(view, connection, ["vote", "fire", "landing"]))
    assert found == sorted(chronicle.timeline(view), key=lambda one: one.event)
    assert [one.event for one in some] == ["march", "vote"]
