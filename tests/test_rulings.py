"""Rulings: the pure function against the slow reference, and the map against both."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.regions import Region, paint
from chronicle.rulings import Verdict, rule
from chronicle.slots import Slot, Slots
from chronicle.testimony import NONE
from tests import reference
from tests.cases import Case
from tests.logs import SUBJECT, logs

MOMENTS = (
    "2021-11-30", "2021-12-31", *(f"2022-01-{day:02}" for day in range(1, 13)),
    "2022-01-06T09:59:59", "2022-01-06T10:00", "2022-01-06T10:00:00", "2022-01-06T10:01:00",
    "2022-01-05T00:00:00", "2022-01-05T12:00", "2022-01-31", "2022-02-01", "2022-02-02",
    "2022-02-03", "2022-12-31", "2023-01-01", "2025",
)  # fmt: skip
"""Instants to ask about: every day of the stories, and the odd hours around them."""

Answer = tuple[Any, ...]


def answer(verdict: Verdict, instant: int) -> Answer:
    """Return what a verdict says, to compare."""
    if verdict.voice is None:
        return (None, verdict.standing, None, None, None)
    last = instant if verdict.horizon is None else verdict.horizon
    return (verdict.voice.value, verdict.standing, verdict.basis, verdict.voice.id, last)


def expected(records: list[dict[str, Any]], slot: Slot, at: int, known: int) -> Answer:
    """Return what the reference says, to compare."""
    ruled = reference.ruling(records, SUBJECT, "status", at, known, value=slot.value or None)
    value = NONE if ruled.none else ruled.value
    return (value, ruled.standing, ruled.basis, ruled.claim, ruled.last_affirmed)


def at(region: Region, slot: Slot, instant: int, known: int) -> bool:
    """Say whether a region holds a point of a slot's map."""
    return (
        region.slot == slot
        and region.valid_from <= instant <= region.valid_to
        and region.known_from <= known <= region.known_to
    )


@given(logs(), st.sampled_from(MOMENTS), st.sampled_from((*MOMENTS, None)))
def test_a_ruling_is_what_the_slow_reference_says(
    records: list[dict[str, Any]], moment: str, known_text: str | None
) -> None:
    """For random logs the pure function and the literal reference give the same answer."""
    case = Case(records)
    instant = parse(moment).last
    known = FOREVER if known_text is None else parse(known_text).last
    rules = case.rules("status")
    for topic in case.topics().values():
        rooms = Slots(topic, rules.many).audiences(known)
        for slot, audience in rooms.items():
            if rules.many and not slot.value:
                continue  # of every value that is not named: the reference rules on named ones
            ruled = rule(audience, instant, rules, topic.conflicts(known))
            assert answer(ruled, instant) == expected(records, slot, instant, known), slot


@given(logs())
def test_the_map_says_at_every_point_what_a_single_ruling_says(
    records: list[dict[str, Any]],
) -> None:
    """Painted regions do not overlap, and hold the ruling of every point asked for."""
    case = Case(records)
    rules = case.rules("status")
    instants = [parse(moment).last for moment in MOMENTS]
    for topic in case.topics().values():
        slots = Slots(topic, rules.many)
        regions = list(paint(topic, rules.many, rules))
        for known in (*instants, FOREVER):
            conflicts = topic.conflicts(known)
            for slot, audience in slots.audiences(known).items():
                for instant in instants:
                    ruled = rule(audience, instant, rules, conflicts)
                    found = [one for one in regions if at(one, slot, instant, known)]
                    assert len(found) <= 1
                    painted = found[0].verdict if found else Verdict(None, "unknown", "", None)
                    assert answer(painted, instant) == answer(ruled, instant), (instant, known)
