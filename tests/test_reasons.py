"""Reasons: the criterion that decided, and why each rival lost."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.reasons import Explanation, explain
from chronicle.rulings import rule
from chronicle.slots import Slots
from tests.cases import Case
from tests.stories import PROPERTY, SUBJECT, assessment, story


def explained(told: str, at: str, *more: dict[str, Any]) -> Explanation:
    """Return why a story's slot is ruled on as it is at a date, with everything said."""
    case = Case(story(told, *more))
    rules = case.rules(PROPERTY)
    topic = case.topics()[SUBJECT, PROPERTY]
    (audience,) = Slots(topic, rules.many).audiences(FOREVER).values()
    instant = parse(at).last
    return explain(audience, rule(audience, instant, rules), instant, rules)


TWO_FOR_B = "z | 2022-01-05, by x\nb | 2022-01-05, by y\nb | 2022-01-05, by w"

CASES = [
    ("b | 2022-01-05 | same day | 2\na | 2022-01-05 | same day | 4", "band",
     "weak, the winner firm"),
    ("b | 2022-01-05 | same day | 2\na | 2022-01-05", "credibility", "credibility: 3 against 2"),
    (TWO_FOR_B, "corroboration", "corroboration: 1 origin against 2 origins"),
    ("b | 2022-01-05\na | 2022-01 | 2022-02-01", "basis", "basis: possible against attested"),
    ("b | 2022-01-05/.. | 2022-01-10\na | 2022-01-03/.. | 2022-01-10", "start",
     "start: 2022-01-03 against 2022-01-05"),
    ("b | 2022-01-05 | 2022-01-07\na | 2022-01-05 | 2022-01-06", "assertion",
     "assertion: 2022-01-06 against 2022-01-07"),
    ("b | 2022-01-05\na | 2022-01-05", "id", "id: a against b"),
    ("b | 2022-01-05\na | 2022-01-03", "affirmation",
     "does not affirm this date; last affirmed 2022-01-03"),
    ("b | 2022-01-05\na | 2022-01-09", "affirmation", "begins later, 2022-01-09"),
    ("b | 2022-01-05\na | 2022-01-01/2022-01-03 | 2022-01-04", "affirmation", "ended 2022-01-03"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "decided_by", "reason"), CASES)
def test_the_first_criterion_that_differs_decides(told: str, decided_by: str, reason: str) -> None:
    """The rival that came nearest names it, and says how both stand in it."""
    found = explained(told, "2022-01-05")
    assert found.decided_by == decided_by
    assert [rival.reason for rival in found.rivals if rival.value in ("a", "z")] == [reason]


def test_a_state_carried_forward_won_by_its_horizon() -> None:
    """The last state known: the other was last affirmed earlier."""
    found = explained("b | 2022-01-05\na | 2022-01-03", "2022-01-09")
    assert found.decided_by == "horizon"
    assert found.rivals[0].reason == "last affirmed 2022-01-03, the winner 2022-01-05"


def test_a_rival_that_a_denial_outranks_says_so() -> None:
    """It ranked higher than the winner, but did not stand."""
    found = explained(
        "b | 2022-01-05\na | 2022-01-05 | same day | 2\ndenies a | 2022-01-05 | same day | 1",
        "2022-01-05",
    )
    assert found.decided_by == "denial"
    assert found.rivals[0].reason == "outranked by denies-a, which denies it"


def test_a_denial_of_the_winner_is_a_rival_too() -> None:
    """Shown with the criterion in which it lost."""
    found = explained("b | 2022-01-05 | same day | 2\ndenies b | 2022-01-05", "2022-01-05")
    (rival,) = found.rivals
    assert (rival.denies, rival.reason) == (True, "a denial: credibility: 3 against 2")


def test_preference_is_told_in_words() -> None:
    """An assessment preferred the winner."""
    preferred = assessment("b", "2022-01-06", rank="preferred")
    found = explained("b | 2022-01-05\nz | 2022-01-05", "2022-01-05", preferred)
    assert found.decided_by == "preference"
    assert found.rivals[0].reason == "preference: not preferred against preferred"


def test_without_rivals_nothing_had_to_decide() -> None:
    """The other claims for the same value are its supporters."""
    found = explained("b | 2022-01-05\nb | 2022-01-05 | same day | 4", "2022-01-05")
    assert (found.decided_by, found.supporters, found.rivals) == ("unopposed", ("b-2",), ())


def test_where_nothing_is_believed_every_claim_says_why() -> None:
    """Ended, denied, or not yet begun."""
    found = explained(
        "a | 2022-01-01/2022-01-03 | 2022-01-04\nb | 2022-01-20\ndenies c | 2022-01-02",
        "2022-01-10",
    )
    assert found.decided_by == ""
    assert {rival.claim: rival.reason for rival in found.rivals} == {
        "a": "ended 2022-01-03",
        "b": "begins later, 2022-01-20",
        "denies-c": "a denial",
    }
