"""Silences: where along valid time nothing is believed, after an answer."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.calendar import FOREVER, write_first, write_last
from chronicle.dates import parse
from chronicle.liveness import Topic
from chronicle.regions import row_at
from chronicle.rules import Rules
from chronicle.rulings import rule
from chronicle.silences import Silence, silences
from chronicle.slots import Slots
from tests.cases import Case
from tests.logs import logs
from tests.stories import story

MOMENTS = sorted(
    parse(text).last
    for text in (
        "2021-12-31", *(f"2022-01-{day:02}" for day in range(1, 14)), "2022-01-06T10:00:00",
        "2022-01-06T09:59:59", "2022-01-31", "2022-02-02", "2022-02-03", "2023", "2025",
    )
)  # fmt: skip
"""Instants to ask about: every day of the random logs, and some around them."""


def found(records: list[dict[str, Any]], until: str, known: int = FOREVER) -> list[Silence]:
    """Return the silences of every slot that records speak of."""
    topic, rules = of(records)
    return list(silences(row_at(topic, rules.many, rules, known), parse(until).last))


def of(records: list[dict[str, Any]]) -> tuple[Topic, Rules]:
    """Return the only topic of some records, and its rules."""
    case = Case(records)
    (topic,) = case.topics().values()
    return topic, case.rules("status")


def written(told: str, until: str = "2022-03-31", **about: Any) -> list[tuple[str, ...]]:
    """Return (first, last, standing, before, after) of the silences of a story, as text."""
    return [
        (
            write_first(one.first),
            write_last(one.last),
            one.standing,
            "" if one.before.voice is None else one.before.voice.value,
            "" if one.after is None or one.after.voice is None else one.after.voice.value,
        )
        for one in found(story(told, **about), until)
    ]


STORIES: list[tuple[str, dict[str, str], list[tuple[str, ...]]]] = [
    ("in post | 2022-01-05 | same day", {}, []),
    (
        "on leave | 2022-01-08/2022-01-12 | 2022-01-15",
        {},
        [("2022-01-13", "2022-03-31", "ended", "on leave", "")],
    ),
    (
        """
        on leave | 2022-01-08/2022-01-12 | 2022-01-15
        in post  | 2022-02-01            | same day
        """,
        {},
        [("2022-01-13", "2022-01-31", "ended", "on leave", "in post")],
    ),
    (
        """
        in post         | 2022-01-05    | same day
        denies in post  | 2022-01-08/.. | 2022-01-10
        """,
        {},
        [("2022-01-08", "2022-03-31", "denied", "in post", "")],
    ),
    (
        """
        in post | 2022-01-05 | same day
        in post | 2022-02-05 | same day
        """,
        {"carry": "P10D"},
        [
            ("2022-01-16", "2022-02-04", "unknown", "in post", "in post"),
            ("2022-02-16", "2022-03-31", "unknown", "in post", ""),
        ],
    ),
    (
        """
        on leave         | 2022-01-08/2022-01-12 | 2022-01-15
        denies on leave  | 2022-01-20/2022-01-25 | 2022-01-28
        """,
        {},
        [("2022-01-13", "2022-03-31", "ended", "on leave", "")],
    ),
    ("nothing | 2022-01-08/2022-01-12 | 2022-01-15", {},
     [("2022-01-13", "2022-03-31", "ended", " none", "")]),
    ("unclear | 2022-01-08 | same day", {}, []),
    ("denies in post | 2022-01-08 | same day", {}, []),
    ("3 | | 2022-01-08", {"temporal": "fixed"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("told", "about", "expected"), STORIES)
def test_a_slot_is_silent_after_its_first_answer(
    told: str, about: dict[str, str], expected: list[tuple[str, ...]]
) -> None:
    """Where it ended, is denied or may be presumed no longer; with what was before and after."""
    assert written(told, **about) == expected


def test_a_silence_that_changes_its_reason_is_two() -> None:
    """What may be presumed no longer, and is then denied: both lie between the same answers."""
    told = """
        on leave        | 2022-01-08 | 2022-01-12
        denies on leave | 2022-01-20 | same day | 2
        in post         | 2022-02-01 | same day
    """
    assert written(told, until="2022-02-03", carry="P5D") == [
        ("2022-01-14", "2022-01-19", "unknown", "on leave", "in post"),
        ("2022-01-20", "2022-01-31", "denied", "on leave", "in post"),
    ]


def test_nothing_is_looked_for_beyond_the_end() -> None:
    """What is answered only later does not count as the answer after."""
    told = """
        on leave | 2022-01-08/2022-01-12 | 2022-01-15
        in post  | 2022-02-01            | same day
    """
    assert written(told, until="2022-01-20") == [
        ("2022-01-13", "2022-01-20", "ended", "on leave", "")
    ]
    assert written(told, until="2022-01-12") == written(told, until="2022-01-01") == []


def test_each_value_of_many_is_silent_by_itself() -> None:
    """One value goes on where another ended."""
    told = """
        red  | 2022-01-05/2022-01-07 | 2022-01-09
        blue | 2022-01-05/..         | 2022-01-09
    """
    (silence,) = found(story(told, cardinality="many"), "2022-02-01")
    assert silence.slot.value == "red"


@given(logs(), st.sampled_from(MOMENTS), st.sampled_from((*MOMENTS, FOREVER)))
def test_a_slot_is_silent_exactly_where_nothing_is_ruled_after_an_answer(
    records: list[dict[str, Any]], until: int, known: int
) -> None:
    """At every instant asked about, in order and without overlap, with the standing there."""
    topic, rules = of(records)
    every = list(silences(row_at(topic, rules.many, rules, known), until))
    rooms = Slots(topic, rules.many).audiences(known)
    conflicts = topic.conflicts(known)
    for slot, audience in rooms.items():
        own = [one for one in every if one.slot == slot]
        for earlier, later in pairwise(own):
            assert earlier.first <= earlier.last < later.first
        answered = False
        for instant in MOMENTS:
            verdict = rule(audience, instant, rules, conflicts)
            answered = answered or verdict.voice is not None
            inside = [one.standing for one in own if one.first <= instant <= one.last]
            if instant > until or verdict.voice is not None:
                assert inside == []
            elif answered:
                assert inside == [verdict.standing]
