"""Timelines: events in the order of their best-known dates."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle, UnknownId

BASE: list[dict[str, Any]] = [
    {"kind": "source", "id": "gazette", "title": "Gazette", "published": "2022-01-10"},
    {"kind": "source", "id": "herald", "title": "Herald", "published": "2022-02-10"},
    {"kind": "entity", "id": "kz", "type": "place", "name": "Kazakhstan"},
    {"kind": "entity", "id": "almaty", "type": "place", "name": "Almaty", "within": "kz"},
    {"kind": "entity", "id": "ada", "type": "person", "name": "Ada"},
    {"kind": "property", "id": "status", "label": "status"},
]


def event(name: str, when: str | None = None, **fields: Any) -> dict[str, Any]:
    """Make an event of the Gazette."""
    made = {"kind": "event", "id": name, "title": name.title(), "source": "gazette", **fields}
    return made | ({"when": when} if when else {})


def test_events_stand_in_the_order_of_their_first_second(local: Chronicle) -> None:
    """A vague date stands where it may begin; the text stays as written, undated ones last."""
    local.append(
        [*BASE, event("meeting"), event("riot", "2022-01-05"), event("rally", "2022-01~"),
         event("speech", "[2022-01-05T18:00..2022-01-05T23:59]")],
        by="test",
    )  # fmt: skip
    found = local.timeline()
    assert [(one.event, one.when, one.precision) for one in found] == [
        ("rally", "2022-01~", "month"),
        ("riot", "2022-01-05", "day"),
        ("speech", "[2022-01-05T18:00..2022-01-05T23:59]", "minute"),
        ("meeting", None, None),
    ]


def test_another_source_contests_the_date_by_a_claim(local: Chronicle) -> None:
    """The best-known date decides the place; the others are named, and the date is disputed."""
    local.append(
        [
            *BASE,
            event("riot", "2022-01-05", credibility="2"),
            {
                "kind": "claim", "id": "later", "subject": "riot", "property": "when",
                "value": "2022-01-06", "source": "herald", "credibility": "1",
            },
        ],
        by="test",
    )  # fmt: skip
    (riot,) = local.timeline()
    assert (riot.when, riot.standing, riot.others) == ("2022-01-06", "disputed", ("2022-01-05",))
    (then,) = local.timeline(local.view(known="2022-01-31"))
    assert (then.when, then.standing) == ("2022-01-05", "settled")


def test_from_and_to_keep_what_may_have_happened_between(local: Chronicle) -> None:
    """A date that reaches into the stretch counts; what has no date then falls away."""
    local.append(
        [*BASE, event("riot", "2022-01-05"), event("rally", "2022-01"), event("meeting")],
        by="test",
    )
    assert [one.event for one in local.timeline(start="2022-01-06", end="2022-01-07")] == ["rally"]
    assert [one.event for one in local.timeline(end="2022-01-05")] == ["rally", "riot"]
    assert local.timeline(start="2022-02") == []


def test_about_keeps_what_has_to_do_with_an_entity(local: Chronicle) -> None:
    """Who took part, where it was or within what, and claims that are linked to the event."""
    local.append(
        [
            *BASE,
            event("riot", "2022-01-05", place="almaty"),
            event("talk", "2022-01-06", participants=[{"entity": "ada", "role": "speaker"}]),
            event("leave", "2022-01-07"),
            event("other", "2022-01-08"),
            {
                "kind": "claim", "subject": "ada", "property": "status", "value": "gone",
                "valid": "2022-01-07", "source": "gazette", "event": "leave",
            },
        ],
        by="test",
    )  # fmt: skip
    assert [one.event for one in local.timeline(about="ada")] == ["talk", "leave"]
    assert [one.event for one in local.timeline(about="kz")] == ["riot"]
    assert [one.event for one in local.timeline(about="other")] == ["other"]
    (talk,) = local.timeline(about="talk")
    assert talk.participants == (("ada", "speaker"),)
    with pytest.raises(UnknownId, match="almaty"):
        local.timeline(about="almati")


def test_an_event_is_known_from_its_first_report(local: Chronicle) -> None:
    """Before anybody had told of it, it is not there; nor after its record was taken back."""
    local.append([*BASE, event("riot", "2022-01-05")], by="test")
    assert local.timeline(local.view(known="2022-01-09")) == []
    assert [one.event for one in local.timeline(local.view(known="2022-01-10"))] == ["riot"]
    local.append(
        [{"kind": "retraction", "id": "slip", "retracts": "riot", "mode": "erratum"}], by="test"
    )
    assert local.timeline() == []
    assert [one.event for one in local.timeline(local.view(recorded="#7"))] == ["riot"]


def test_a_bound_that_is_no_date_is_refused(local: Chronicle) -> None:
    """The option is named, and what was expected."""
    with pytest.raises(BadQuestion, match="--from: '2022-13'"):
        local.timeline(start="2022-13")


def test_a_happening_writes_itself_as_json_would(local: Chronicle) -> None:
    """Without the bounds in seconds, which are ours."""
    local.append([*BASE, event("riot", "2022-01-05", place="almaty")], by="test")
    (riot,) = local.timeline()
    plain = riot.as_dict()
    assert "first" not in plain
    assert (plain["when"], plain["place"], plain["participants"]) == ("2022-01-05", "almaty", [])
