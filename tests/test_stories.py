"""The agreed stories: told by the pure function, by the map, and by an opened chronicle."""

from __future__ import annotations

import pytest

from chronicle import Chronicle
from chronicle.calendar import FOREVER
from chronicle.regions import paint
from chronicle.rulings import Verdict, rule
from chronicle.slots import Slots
from chronicle.testimony import NONE
from tests.cases import Case
from tests.stories import PROPERTY, STORIES, SUBJECT, Asked, instants, story

EVERY_STORY = pytest.mark.parametrize(
    "asked", STORIES, ids=lambda asked: f"{asked.at}-{asked.known or 'now'}-{asked.value}"
)


def agrees(asked: Asked, verdict: Verdict) -> bool:
    """Say whether a verdict is the answer agreed on, as far as the story tells it."""
    value = None if verdict.voice is None or verdict.voice.value == NONE else verdict.voice.value
    basis = verdict.basis or None
    return (
        value == asked.value
        and asked.basis in ("", basis)
        and asked.standing in ("", verdict.standing)
    )


@EVERY_STORY
def test_the_pure_function_tells_the_story(asked: Asked) -> None:
    """One ruling, without database."""
    case = Case(story(asked.told, **asked.about))
    at, known = instants(asked.at, asked.known)
    topic = case.topics()[SUBJECT, PROPERTY]
    rules = case.rules(PROPERTY)
    (audience,) = Slots(topic, rules.many).audiences(FOREVER if known is None else known).values()
    assert agrees(asked, rule(audience, at, rules))


@EVERY_STORY
def test_the_map_tells_the_story(asked: Asked) -> None:
    """The region that holds the point asked about; where there is none, nothing was said."""
    case = Case(story(asked.told, **asked.about))
    at, known = instants(asked.at, asked.known)
    known = FOREVER if known is None else known
    rules = case.rules(PROPERTY)
    found = [
        region.verdict
        for region in paint(case.topics()[SUBJECT, PROPERTY], rules.many, rules)
        if region.valid_from <= at <= region.valid_to
        and region.known_from <= known <= region.known_to
    ]
    assert agrees(asked, found[0] if found else Verdict(None, "unknown", "", None))


@EVERY_STORY
def test_a_chronicle_tells_the_story(local: Chronicle, asked: Asked) -> None:
    """Appended, stored, and asked for through the facade."""
    local.append(story(asked.told, **asked.about), by="test")
    ruling = local.view(at=asked.at, known=asked.known or None).ruling(SUBJECT, PROPERTY)
    assert ruling.value == asked.value
    assert asked.basis in ("", ruling.basis)
    assert asked.standing in ("", ruling.standing)
