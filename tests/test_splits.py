"""Splits: what hangs on the policy and not on the evidence."""

from __future__ import annotations

import json

import pytest

from chronicle import Chronicle
from chronicle.policies import BUILTIN
from chronicle.splits import Split, splits
from tests.stories import PROPERTY, SUBJECT, property_, story

NEWER = """
    old | | 2022-01-05 | 1, by ada
    new | | 2022-01-09 | 3, by ben
"""
TWO_ORIGINS = """
    few  | | 2022-01-05 | 1, by ada
    many | | 2022-01-06 | 2, by ada, id m1
    many | | 2022-01-06 | 2, by ben, id m2
"""


def between(local: Chronicle, first: str, second: str, subject: str | None = None) -> list[Split]:
    """Return what two policies part."""
    one, other = (local.view(as_of="2022-01-10", policy=policy) for policy in (first, second))
    return list(splits(one, other, subject))


@pytest.mark.parametrize(
    ("text", "policy", "values", "criteria"),
    [
        (NEWER, "latest-word", ("old", "new"), ("credibility", "assertion")),
        (TWO_ORIGINS, "most-corroborated", ("few", "many"), ("credibility", "corroboration")),
        (NEWER, "first-report", None, None),
    ],
)
def test_each_side_names_the_criterion_that_parts_them(
    local: Chronicle,
    text: str,
    policy: str,
    values: tuple[str, str] | None,
    criteria: tuple[str, str] | None,
) -> None:
    """What each policy concludes, and by what its winner came before the other."""
    local.append(story(text, temporal="fixed"))
    found = between(local, "best-known", policy)
    if values is None:
        assert found == []
        return
    (one,) = found
    sides = one.change.before, one.change.after
    assert tuple(side and side.value for side in sides) == values
    assert (one.before.criterion, one.after.criterion) == criteria


def test_the_reason_is_that_of_the_other_winner(local: Chronicle) -> None:
    """Not that of some other rival that came nearer."""
    text = NEWER.replace("by ada", "by ada, id a-old")
    local.append(story(f"{text}third | | 2022-01-08 | 1, by ben", temporal="fixed"))
    (one,) = between(local, "best-known", "latest-word")
    assert one.before.reason == "credibility: 3 against 1"
    assert one.after.reason == "assertion: 2022-01-08 against 2022-01-09"
    assert one.change.before is not None
    assert one.change.before.decided_by == "assertion"


def test_compatible_values_are_parted_by_a_criterion_too(local: Chronicle) -> None:
    """They are no rivals, and yet one of them is told."""
    local.append(
        story(
            ">=160 | | 2022-01-05 | 1\n164 | | 2022-01-09 | 3",
            datatype="quantity",
            temporal="fixed",
        )
    )
    (one,) = between(local, "best-known", "latest-word")
    assert one.change.before is not None
    assert one.change.before.rivals == ()
    assert (one.before.criterion, one.after.criterion) == ("credibility", "assertion")


def test_the_same_winner_in_another_standing_is_a_split(local: Chronicle) -> None:
    """Then what decided under each policy is told."""
    local.append(
        story("""
            on  | 2022-01-05    | 2022-01-05 | 1, by ada
            off | 2022-01-05    | 2022-01-07 | 2, by ben
            on  | 2022-01-09/.. | 2022-01-09 | 2, by ada
        """)
    )
    for policy in BUILTIN:
        for one in between(local, "best-known", policy):
            assert one.before.criterion
            assert one.after.criterion


def test_only_slots_of_the_subject_are_compared(local: Chronicle) -> None:
    """And what both policies conclude alike is left out."""
    local.append(story(NEWER, property_("mood"), temporal="fixed"))
    assert len(between(local, "best-known", "latest-word", SUBJECT)) == 1
    assert between(local, "best-known", "latest-word", "ada") == []
    assert between(local, "best-known", "best-known") == []


def test_json_holds_the_criteria(local: Chronicle) -> None:
    """Both rulings whole, and what decided on each side."""
    local.append(story(NEWER, temporal="fixed"))
    (one,) = between(local, "best-known", "latest-word")
    written = one.as_dict()
    assert json.loads(json.dumps(written)) == written
    assert (written["subject"], written["property"]) == (SUBJECT, PROPERTY)
    assert written["decided"] == {
        "before": {"criterion": "credibility", "reason": "credibility: 3 against 1"},
        "after": {"criterion": "assertion", "reason": "assertion: 2022-01-05 against 2022-01-09"},
    }
