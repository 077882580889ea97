"""The reference implementation by itself: the agreed stories, and one small case a rule."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference import Ruling, ruling
from tests.stories import (
    PROPERTY,
    STORIES,
    SUBJECT,
    Asked,
    Payload,
    assessment,
    conflict,
    instants,
    merge,
    retraction,
    source,
    story,
)


def ask(records: list[Payload], at: str, known: str = "", **slot: Any) -> Ruling:
    """Rule on the story's slot at a date, as known at a date or with everything ever said."""
    return ruling(records, SUBJECT, PROPERTY, *instants(at, known), **slot)


@pytest.mark.parametrize("asked", STORIES, ids=lambda asked: f"{asked.at}-{asked.value}")
def test_the_agreed_stories_come_out(asked: Asked) -> None:
    """Each question to each agreed story has the agreed answer."""
    found = ask(story(asked.told, **asked.about), asked.at, asked.known)
    assert found.value == asked.value
    assert asked.basis in ("", found.basis)
    assert asked.standing in ("", found.standing)


WINDOW = "a | 2022-01-05/.. | [2022-01-06..2022-01-17]"
DENIED_MONTH = "a | 2022-01-05/.. | 2022-02-01\ndenies a | 2022-01 | 2022-02-02 | 2"
TWO_TERMS = "a | 2010/2015 | 2016-01-01\na | 2015-06/.. | 2015-12-01"
TWO_FOR_B = "z | 2022-01-05, by x\nb | 2022-01-05, by y\nb | 2022-01-05, by w"
DERIVED = "z | 2022-01-05\nb | 2022-01-05, from one\nb | 2022-01-05, from two"
BLOCKED = "z | 2021-12-01\na | 2022-01-05/.. | 2022-01-05\ndenies a | 2022-01-08/.. | 2022-01-08"
RUMOUR = "a | 2022-01-05/.. | 2022-01-05\nb | 2022-01-08 | same day"
UPDATED = "a | 2022-01-05/.. | 2022-01-31\nb | 2022-01-10/.. | 2022-02-01"
ENDED_BY_OTHER = "a | 2015/2022 | 2022-05-10\na | /2022-01-17 | 2022-01-17"
LEAVE = "on leave | 2022-01-05/.. | 2022-01-12"
PREFERRED = assessment("a", "2022-01-01", rank="preferred")
STARTED = "a | 2022-01-05/.. | 2022-01-05"

REPLACED = "r | 2022-01-09/.. | 2022-01-09, where x=1, updates "

RULINGS = {
    "a vague date is possible all through": (["a | 2022-01 | 2022-02-10"], "01-20", "a possible"),
    "nothing is affirmed after it was said": (["a | 2022-01 | 2022-01-10"], "01-20", "a presumed"),
    "attested on the first day of a window": ([WINDOW], "01-06", "a attested"),
    "possible to the end of the window": ([WINDOW], "01-17", "a possible"),
    "presumed after the window": ([WINDOW], "01-18", "a presumed"),
    "possible while the window is open": ([WINDOW], "01-06 known 01-10", "a possible"),
    "nothing before the window opens": ([WINDOW], "01-06 known 01-05", "- unknown"),
    "a day said beforehand": (["a | 2022-01-20 | 2022-01-10"], "01-20", "a presumed"),
    "a day within its window": (["a|2022-01-10|[2022-01-06..2022-01-17]"], "01-10", "a attested"),
    "a denied month is denied throughout": ([DENIED_MONTH], "01-20", "- denied"),
    "and not after it": ([DENIED_MONTH], "02-01", "a attested settled"),
    "an end silences what is merely possible": ([ENDED_BY_OTHER], "02-01", "- ended"),
    "not where that is stronger": ([ENDED_BY_OTHER + " | 4"], "02-01", "a possible settled"),
    "an end leaves a second term": ([TWO_TERMS], "01-01", "a-2 presumed settled"),
    "a tie stands": (["a | 2022-01-05\ndenies a | 2022-01-05"], "01-05", "a attested disputed"),
    "preferred is firm and wins": (
        ["a | 2022-01-05 | same day | 4\nb | 2022-01-05", PREFERRED],
        "01-05",
        "a attested settled",
    ),
    "deprecated is out": (
        ["a | 2022-01-05", assessment("a", "2022-01-01", rank="deprecated")],
        "01-05",
        "- unknown",
    ),
    "the later assessment counts": (
        ["a | 2022-01-05 | same day | 5"]
        + [assessment("a", f"2022-01-0{day}", id=f"x{day}", credibility=day) for day in "21"],
        "01-05",
        "a attested settled",
    ),
    "an allegation is unconfirmed": (
        ["a | 2022-01-05 | same day, alleged"],
        "01-05",
        "a attested unconfirmed",
    ),
    "a plan is expected": (["a | 2022-01-05 | same day, planned"], "01-05", "a attested expected"),
    "weak before discounted": (
        ["a | 2022-01-05 | same day | 5\nb | 2022-01-05 | same day | 6"],
        "01-05",
        "b attested unconfirmed",
    ),
    "two origins beat one": ([TWO_FOR_B], "01-05", "b-2 attested disputed"),
    "merged speakers are one origin": (
        [TWO_FOR_B, merge("w", "y")],
        "01-05",
        "z attested disputed",
    ),
    "derived sources are one origin": (
        [DERIVED, source("one", derives_from=["two"]), source("two")],
        "01-05",
        "z attested disputed",
    ),
    "the later first second wins": (
        ["z | 2022-01-03/.. | 2022-01-10\na | 2022-01-05/.. | 2022-01-10"],
        "01-08",
        "a attested disputed",
    ),
    "a later denial blocks": ([BLOCKED], "01-10", "- denied"),
    "a denial alone": (["denies a | 2022-01-05"], "01-10", "- denied"),
    "a source that does not know": (["unclear | 2022-01-05"], "01-10", "- unknown"),
    "nothing firm believed, so weak": (
        ["a | 2022-01-01/2022-01-03 | 2022-01-04\nb | 2022-01-20 | same day | 4"],
        "01-20",
        "b attested unconfirmed",
    ),
    "an unsettled contradiction": ([f"b | 2022-01-07\n{LEAVE}"], "01-14", "on-leave disputed"),
    "a rival that ended does not dispute": (
        [f"b | 2022-01-07/2022-01-07\n{LEAVE}"],
        "01-14",
        "on-leave settled",
    ),
    "a rumour makes doubtful": ([RUMOUR + " | 4"], "01-08", "a presumed disputed"),
    "a weak denial does too": (
        [STARTED + "\ndenies a | 2022-01-08 | same day | 4"],
        "01-08",
        "a presumed disputed",
    ),
    "an outranked rumour does not": (
        [RUMOUR + " | 4\ndenies b | 2022-01-08"],
        "01-08",
        "a presumed settled",
    ),
    "a discounted one does not": ([RUMOUR + " | 5"], "01-08", "a presumed settled"),
    "nor where the winner is preferred": (
        [RUMOUR + " | 4", PREFERRED],
        "01-08",
        "a presumed settled",
    ),
    "a conflict disputes": (
        [f"{STARTED}, where x=1\n{STARTED}", conflict("a", "a-2")],
        "01-05",
        "a-2 disputed",
    ),
    "a retracted conflict does not": (
        [STARTED, conflict("a", "a"), retraction("conflict", "2022-01-02")],
        "01-05",
        "a settled",
    ),
    "both attest, no update": ([UPDATED], "01-20", "b attested disputed"),
    "an update silences": ([UPDATED + ", updates a"], "01-20", "b attested settled"),
    "not before its beginning": ([UPDATED + ", updates a"], "01-09", "a attested settled"),
    "not before it was said": ([UPDATED + ", updates a"], "01-20 known 01-31", "a attested"),
    "not where it is weaker": ([UPDATED + " | 4, updates a"], "01-20", "a attested settled"),
    "not when retracted": (
        [UPDATED + ", updates a", retraction("b", "2022-03-01")],
        "01-20",
        "a attested settled",
    ),
    "a restatement supports": (
        ["a | 2022-01-05\nb | 2022-01-05 | 2022-01-06, restates a\nz | 2022-01-04"],
        "01-05",
        "b attested settled",
    ),
    "a shared first day is succession": (
        ["b | 2022-01-05\na | 2022-01-05/.. | 2022-01-12"],
        "01-14",
        "a presumed settled",
    ),
    "an inner part stops on the day it was said": (
        ["b | {2022-01-01..2022-01-31} | 2022-01-05\na | 2022-01-06/.. | 2022-01-12"],
        "01-14",
        "a presumed settled",
    ),
    "two denials beat one supporter": (
        ["a | 2022-01-05, by x\ndenies a | 2022-01-05, by y\ndenies a | 2022-01-05, by z"],
        "01-05",
        "- denied",
    ),
    "an end disputes the value that survives it": (
        ["a | 2022-01-01/.. | 2022-01-10 | 2\na | /2022-01-05 | 2022-01-10"],
        "01-08",
        "a attested disputed",
    ),
    "an end counts from its own date": (
        ["a | 2022-01-01/.. | 2022-01-10\na | 2021/2022-01-05 | 2022-01-10"],
        "01-08",
        "- ended",
    ),
    "ended before denied": (
        ["a | 2022-01-01/2022-01-03 | 2022-01-04\ndenies a | 2022-01-06"],
        "01-10",
        "- ended",
    ),
    "a weak state that ended": (
        ["a | 2022-01-01/2022-01-03 | 2022-01-04 | 4"],
        "01-10",
        "- ended",
    ),
    "a preferred winner has only preferred rivals": (
        ["a | 2022-01-05\nb | 2022-01-05", PREFERRED, assessment("b", "2022", rank="preferred")],
        "01-05",
        "b attested disputed",
    ),
    "of the preferred, 6 before 5": (
        [
            "a | 2022-01-05 | same day | 6\nb | 2022-01-05 | same day | 5",
            PREFERRED,
            assessment("b", "2022", rank="preferred"),
        ],
        "01-05",
        "a attested disputed",
    ),
    "a silenced claim is no candidate, and a rival before its cut": (
        [f"b | 2022-01-05\na | 2022-01-05/.. | 2022-01-08\n{REPLACED}a"],
        "01-20",
        "b presumed disputed",
    ),
    "a silenced denial blocks nothing": (
        [f"a | 2022-01-05\ndenies a | 2022-01-07/.. | 2022-01-07\n{REPLACED}denies-a"],
        "01-20",
        "a presumed settled",
    ),
    "a silenced end blocks nothing": (
        [f"a | 2022-01-05\na | /2022-01-08 | 2022-01-08\n{REPLACED}a-2"],
        "01-20",
        "a presumed settled",
    ),
    "a denial of an interval does not end": (
        ["a | 2022-01-05/.. | 2022-01-12\ndenies a | 2022-01-07/2022-01-09 | 2022-01-10 | 3"],
        "01-12",
        "a attested disputed",
    ),
    "a possible rival of an attested day": (
        ["a | 2022-01 | 2022-02-10\nb | 2022-01-20 | 2022-02-20"],
        "03-01",
        "b presumed settled",
    ),
    "a denial of another day is no opponent": (
        [
            "a | 2022-01-20\ndenies a | 2022-01-05",
            assessment("denies-a", "2022", rank="preferred"),
        ],
        "01-20",
        "a attested settled",
    ),
    "the later word wins": (
        ["z | 2022-01-05 | 2022-01-06\nb | 2022-01-05 | 2022-01-07"],
        "01-05",
        "b attested disputed",
    ),
    "an end leaves other values": (
        ["b | 2015/2022 | 2022-05-10\na | /2022-01-17 | 2022-01-17"],
        "02-01",
        "b possible settled",
    ),
    "only the firm corroborate": (
        ["z | 2022-01-05, by x\nb | 2022-01-05, by y\nb | 2022-01-05 | same day | 4, by w"],
        "01-05",
        "z attested disputed",
    ),
    "a relay is one origin": (
        ["z | 2022-01-05\nb | 2022-01-05, from one, via x\nb | 2022-01-05, from two, via x"],
        "01-05",
        "z attested disputed",
    ),
    "two sources are two": (
        ["z | 2022-01-05\nb | 2022-01-05, from one\nb | 2022-01-05, from two"],
        "01-05",
        "b-2 attested disputed",
    ),
    "a denial that affirms the instant counts there": (
        ["a | 2022-01-08\ndenies a | 2022-01-05/2022-01 | 2022-02-01"],
        "01-10",
        "- denied",
    ),
    "of one horizon the later beginning": (
        ["a | 2022-01-03/.. | 2022-01-10 | 1\nb | 2022-01-05/.. | 2022-01-10"],
        "01-20",
        "b presumed disputed",
    ),
    "an end to come contradicts nothing": (
        ["a | 2022-01-01/.. | 2022-01-12\na | 2021/2022-01-20 | 2022-02-01"],
        "01-10",
        "a attested settled",
    ),
    "nor does a rival to come": (
        ["a | 2022-01-05/.. | 2022-01-20\nb | 2022-01-10/.. | 2022-01-20"],
        "01-08",
        "a attested settled",
    ),
    "a conflict with a retracted claim": (
        [f"{STARTED}, where x=1\n{STARTED}", conflict("a", "a-2"), retraction("a", "2022-01-02")],
        "01-05",
        "a-2 settled",
    ),
    "a firm supporter settles a weak winner": (
        ["a | 2022-01-01/2022-01-10 | 2022-01-12\na | 2022-01-10 | same day | 4"],
        "01-20",
        "a-2 presumed settled",
    ),
    "only if it affirms the day": (
        ["a | 2022-01-01/2022-01-03 | 2022-01-04\na | 2022-01-20 | same day | 4"],
        "01-20",
        "a-2 attested unconfirmed",
    ),
    "no value is a value": ([STARTED + "\nnothing | 2022-01-08"], "01-09", "nothing presumed"),
}


@pytest.mark.parametrize(("told", "when", "answer"), RULINGS.values(), ids=RULINGS)
def test_each_rule(told: list[Any], when: str, answer: str) -> None:
    """The winner's id (`-` for none) and the words that the ruling must say, rule by rule."""
    at, _, known = when.partition(" known ")
    year = "2016" if told[0] == TWO_TERMS else "2022"
    found = ask(story(*told), f"{year}-{at}", known and f"2022-{known}")
    winner, *words = answer.split()
    assert (found.claim or "-") == winner
    assert set(words) <= {found.basis, found.standing}
