"""Corroboration: who is behind some claims, and who only repeats whom."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from chronicle.calendar import FOREVER
from chronicle.corroboration import Origin, by_origin, repeated
from chronicle.dates import parse
from chronicle.slots import Slots
from chronicle.voices import FIRM
from tests.cases import Case
from tests.logs import logs
from tests.stories import source, story

TOLD = """
    in post | 2022-01-05 | 2022-01-09, by ada, from press, id late
    in post | 2022-01-05 | 2022-01-06, by ada, from wire, id early
    in post | 2022-01-05 | 2022-01-07, from wire, id wired
    in post | 2022-01-05 | 2022-01-08 | 4, via ben, from press, id rumour
    in post | 2022-01-05 | 2022-01-10, from copy, id copied
    in post | 2022-01-05 | 2022-01-11, from press, id printed
"""
COPY = source("copy", derives_from=["press", "wire"])

INSTANT = parse("2022-01-06").last
"""A day in the middle of the random logs."""


def origins(told: str = TOLD, firm: tuple[str, ...] = ()) -> tuple[Origin, ...]:
    """Return the origins of the claims of a story."""
    (topic,) = Case(story(told, COPY)).topics().values()
    return by_origin(topic.testimonies.values(), firm)


def test_claims_are_grouped_by_who_is_behind_them() -> None:
    """A speaker, a relay or a source; the first to speak first, a claim of two under both."""
    assert [(one.id, one.claims) for one in origins()] == [
        ("ada", ("early", "late")),
        ("wire", ("wired", "copied")),
        ("ben", ("rumour",)),
        ("press", ("copied", "printed")),
    ]


def test_an_origin_is_firm_where_one_of_its_claims_is() -> None:
    """A rumour corroborates nothing."""
    found = origins(firm=("early", "printed"))
    assert [one.id for one in found if one.firm] == ["ada", "press"]


def test_a_claim_repeats_what_its_origins_said_first() -> None:
    """The first of an origin repeats nobody; one of two origins may repeat one of them."""
    assert repeated(origins()) == {
        "late": ("early",),
        "copied": ("wired",),
        "printed": ("copied",),
    }


def test_without_claims_nobody_is_behind_them() -> None:
    """No claims have no origins."""
    assert by_origin((), ()) == ()
    assert repeated(()) == {}


@given(logs())
def test_as_many_are_behind_a_value_as_rank_counts(records: list[dict[str, Any]]) -> None:
    """Of the claims that affirm a value at an instant, as many origins are firm as rank counts."""
    case = Case(records)
    rules = case.rules("status")
    for topic in case.topics().values():
        for audience in Slots(topic, rules.many).audiences(FOREVER).values():
            heard = audience.affirming(INSTANT)
            for value in {one.voice.value for one in heard}:
                voices = [
                    one.voice for one in heard if not one.against and one.voice.value == value
                ]
                items = [topic.testimonies[voice.id] for voice in voices]
                found = by_origin(items, {voice.id for voice in voices if voice.band == FIRM})
                counted = audience.corroboration(heard, value, against=False)
                assert sum(one.firm for one in found) == counted
