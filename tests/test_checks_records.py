"""Checks of every kind of record but claims, and the assertion time that is left out."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.checks import STANDINGS, default_asserted
from chronicle.entries import KINDS
from chronicle.events import BUILTIN
from chronicle.payloads import Payload
from tests.faults import Faults
from tests.known import KNOWN, of


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "claim"])
def test_the_least_record_of_each_kind_is_faultless(kind: str) -> None:
    """A claim about a state needs `valid` besides, no other kind needs more."""
    assert of(kind) == []


@pytest.mark.parametrize("kind", ["claim", "event", "retraction", "assessment"])
@pytest.mark.parametrize("asserted", ["2022-01/..", "2022-01/", "../2022", "[..2022]", "[2022..]"])
def test_what_was_said_was_said_at_some_time(kind: str, asserted: str) -> None:
    """An assertion without beginning or end says nothing of when it counts."""
    changes: dict[str, Any] = {"valid": "2022"} if kind == "claim" else {}
    assert of(kind, asserted=asserted, **changes) == [
        ("asserted", f"{asserted!r} is open", "give a date, or [a..b] for some time in it")
    ]


@pytest.mark.parametrize("published", ["2022-01/..", "[..2022]"])
def test_a_source_came_out_at_some_time(published: str) -> None:
    """Its date is the assertion time of its claims, and is checked like one."""
    assert of("source", published=published) == [
        ("published", f"{published!r} is open", "give a date, or [a..b] for some time in it")
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BUILTIN)
def test_no_record_takes_the_id_of_a_property_of_events(kind: str, name: str) -> None:
    """Those ids are taken, whatever the kind: what names them means the property."""
    changes: dict[str, Any] = {"valid": "2022"} if kind == "claim" else {}
    assert of(kind, id=name, **changes) == [
        ("id", f"{name!r} is a property of the software", "take another id")
    ]


def test_nobody_takes_part_twice_in_the_same_role() -> None:
    """It would be the same claim twice; another role is another claim."""
    ada, ben = {"entity": "ada"}, {"entity": "ben"}
    speaker = {"entity": "ada", "role": "speaker"}
    assert of("event", participants=[ada, ben, speaker]) == []
    assert of("event", participants=[ada, ben, speaker, ada, speaker]) == [
        ("participants.3", "'ada' stands twice", "name it once in each role"),
        ("participants.4", "'ada' stands twice", "name it once in each role"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"datatype": "term"}, ("values", "datatype is term", "list its values")),
        (
            {"values": ["a"]},
            ("values", "datatype is text", "leave values out, or make the datatype term"),
        ),
        (
            {"datatype": "date", "values": ["a"]},
            ("values", "datatype is date", "leave values out, or make the datatype term"),
        ),
        (
            {"datatype": "term", "values": ["a", "b", {"value": "a"}, "a"]},
            ("values", "value 'a' stands twice", "name it once"),
        ),
    ],
)
def test_terms_are_listed_once_for_terms_alone(
    changes: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """A property of terms lists them, and no other does."""
    assert of("property", **changes) == [expected]


def test_a_policy_names_criteria_that_there_are() -> None:
    """Each faulty one is a fault of its own, at its place in the list."""
    assert of("policy", criteria=["credibilty", "band", "band"]) == [
        ("criteria.0", "unknown criterion 'credibilty'", "expected one of credibility"),
        ("criteria.2", "criterion 'band' stands twice", "name it once"),
    ]


def test_nothing_is_merged_into_itself() -> None:
    """The id that the others become is not one of them."""
    assert of("merge", **{"from": ["ada-l", "ada"]}) == [
        ("from", "'ada' stands on both sides", "name the other ids only")
    ]


def test_a_conflict_is_between_different_claims() -> None:
    """A claim does not conflict with itself."""
    assert of("conflict", claims=["old", "of-ben", "old"]) == [
        ("claims", "the same claim stands twice", "name each claim once")
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"property": "mood", "value": "on laeve"},
            (
                "value",
                "'on laeve' is no value of property 'mood'",
                "expected on leave; a new term is a new property record",
            ),
        ),
        ({"standing": "setled"}, ("standing", "no standing 'setled'", "expected settled")),
        (
            {"standing": "zzz"},
            ("standing", "no standing 'zzz'", f"expected {' or '.join(STANDINGS)}"),
        ),
        ({"at": "2022/.."}, ("at", "'2022/..' is open", "give a date that ends")),
        ({"known": "2022/.."}, ("known", "'2022/..' is open", "give a date that ends")),
    ],
)
def test_an_expectation_expects_what_there_can_be(
    changes: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """A value of its property, one of the standings, dates that a view can be taken at."""
    assert of("expectation", **changes) == [expected]


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_standing_can_be_expected(standing: str) -> None:
    """What a ruling may stand at, an expectation may ask for."""
    assert of("expectation", standing=standing) == []


@pytest.mark.parametrize(
    ("payload", "asserted"),
    [
        ({"source": "dated"}, "2022-01-18"),
        ({"source": "dated", "asserted": "2022-01-06"}, "2022-01-06"),
        ({"source": "undated", "asserted": "2022-01-06"}, "2022-01-06"),
        ({"source": "dated", "mode": "withdrawn"}, "2022-01-18"),
        ({"source": "dated", "mode": "erratum"}, None),
        ({"mode": "erratum"}, None),
    ],
)
def test_what_does_not_say_when_was_said_when_its_source_came_out(
    payload: Payload, asserted: str | None
) -> None:
    """An erratum is no statement, and has no such time."""
    faults = Faults()
    default_asserted(payload, KNOWN, faults)
    assert faults == []
    assert payload.get("asserted") == asserted


@pytest.mark.parametrize(
    ("payload", "what", "todo"),
    [
        (
            {"source": "undated"},
            "asserted is missing, and source 'undated' has no published date",
            "give one of the two",
        ),
        (
            {"mode": "withdrawn"},
            "asserted is missing",
            "say when it was said, or name its source",
        ),
    ],
)
def test_without_any_date_it_is_not_known_when_it_was_said(
    payload: Payload, what: str, todo: str
) -> None:
    """Nothing is implied: it is a fault, and the record is left as it was."""
    faults = Faults()
    default_asserted(payload, KNOWN, faults)
    assert faults == [(("asserted",), what, todo)]
    assert "asserted" not in payload
