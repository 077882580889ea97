"""Differences: what two views hold differently, slot by slot."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.differences import KINDS, Change, between, differences
from tests.applying import applied, told
from tests.stories import (
    PROPERTY,
    SUBJECT,
    assessment,
    conflict,
    merge,
    property_,
    retraction,
    story,
)
from tests.worlds import WORLD, state_claim

MANY = ("tongue", "participant")


@pytest.fixture
def world(local: Chronicle) -> Chronicle:
    """A chronicle with slots of every kind: what is compared is rulings, whatever the dialect."""
    local.append(WORLD)
    return local


def kinds(changes: list[Change]) -> list[tuple[Any, ...]]:
    """Return subject, property, value in the slot and kind of changes."""
    return [(one.subject, one.property, one.slot_value, one.kind) for one in changes]


def of_story(local: Chronicle, text: str, before: str, after: str) -> Change:
    """Return the one change of a story between what was known on two days, at the second."""
    local.append(story(text))
    (change,) = between(local.view(at=after, known=before), local.view(at=after, known=after))
    return change


@pytest.mark.parametrize(
    ("text", "kind", "held", "holds"),
    [
        ("on | 2022-01-02/.. | 2022-01-02\noff | 2022-01-04/.. | 2022-01-04", "value", "on", "off"),
        ("on | 2022-01-02/.. | 2022-01-02\non | /2022-01-04 | 2022-01-04", "ends", "on", None),
        (
            "on | 2022-01-02/.. | 2022-01-02\ndenies on | 2022-01-02/.. | 2022-01-04 | 2",
            "disappears",
            "on",
            None,
        ),
        (
            "on | 2022-01-02/.. | 2022-01-02\noff | 2022-01-05 | 2022-01-05 | 4",
            "standing",
            "on",
            "on",
        ),
        ("on | 2022-01-02/.. | 2022-01-04", "appears", None, "on"),
        ("on | 2022-01-02/.. | 2022-01-02\non | 2022-01-03 | 2022-01-04", "support", "on", "on"),
        ("nothing | 2022-01-02 | 2022-01-02\non | 2022-01-04 | 2022-01-04", "value", None, "on"),
    ],
)
def test_each_change_has_its_kind(
    local: Chronicle, text: str, kind: str, held: str | None, holds: str | None
) -> None:
    """What was held, what is held, and in what they differ."""
    change = of_story(local, text, "2022-01-03", "2022-01-05")
    assert (change.subject, change.property, change.kind) == (SUBJECT, PROPERTY, kind)
    assert (change.held and change.held.value, change.holds and change.holds.value) == (held, holds)


def test_where_nothing_is_believed_a_ruling_says_why(local: Chronicle) -> None:
    """An end is told from a denial, and from what no one had said."""
    text = "on | 2022-01-02/.. | 2022-01-02\non | /2022-01-04 | 2022-01-04"
    change = of_story(local, text, "2022-01-03", "2022-01-05")
    assert change.holds is None
    assert change.after is not None
    assert change.after.standing == "ended"
    assert {one.claim for one in change.after.rivals} == {"on", "on-2"}
    (back,) = between(local.view(as_of="2022-01-01"), local.view(as_of="2022-01-03"))
    assert back.before is not None
    assert (back.kind, back.held, back.before.standing) == ("appears", None, "unknown")


def test_a_slot_that_the_other_log_lacks_has_no_ruling_there(local: Chronicle) -> None:
    """Subject and property came only with a later append."""
    local.append([WORLD[0]])
    local.append(WORLD[1:])
    view = local.view(at="2022-03-01")
    changes = {one.subject: one for one in between(view.earlier(1), view)}
    assert changes["ben"].before is None
    assert {one.kind for one in changes.values()} == {"appears"}


def test_grounds_are_compared_only_closely(local: Chronicle) -> None:
    """A further supporter changes no fact of the ruling; asked why, it shows."""
    local.append(story("on | 2022-01-02/.. | 2022-01-04 | 2\non | 2022-01-03 | 2022-01-05 | 4"))
    views = local.view(at="2022-01-06", known="2022-01-04"), local.view(as_of="2022-01-06")
    assert list(between(*views)) == []
    (change,) = between(*views, closely=True)
    assert change.kind == "support"
    assert [one and one.supporters for one in (change.before, change.after)] == [(), ("on-2",)]


def test_of_many_values_each_is_a_slot(world: Chronicle) -> None:
    """One value taken back is one change; the others stay out of it."""
    before = world.view(at="2022-03-01")
    world.append(
        [
            retraction("ben-tongue-kazakh", "2022-02-15"),
            state_claim("ben", "tongue", "italian"),
            state_claim("ben", "office", "fort", id="again", said="2022-02-02"),
        ]
    )
    assert kinds(list(between(before, world.view(at="2022-03-01")))) == [
        ("ben", "office", None, "value"),
        ("ben", "tongue", "italian", "appears"),
        ("ben", "tongue", "kazakh", "disappears"),
    ]


def test_qualifiers_part_slots(world: Chronicle) -> None:
    """Only the slot with the qualifier of the new claim changes."""
    before = world.view(at="2022-03-01")
    named = {"role": "deputy"}
    world.append([state_claim("ben", "office", "almaty", valid="2022-01-05/..", qualifiers=named,
                              id="deputy-there")])  # fmt: skip
    (change,) = between(before, world.view(at="2022-03-01"))
    assert (change.qualifiers, change.kind) == (named, "value")


def test_a_merge_moves_slots_to_the_id_that_stands_for_both(world: Chronicle) -> None:
    """The slots of the other id disappear; what the merged one holds now is compared."""
    before = world.view(at="2022-03-01")
    world.append([merge("ada", "ada-l")])
    after = world.view(at="2022-03-01")
    changes = list(between(before, after))
    assert kinds(changes) == [
        ("ada", "status", None, "value"),
        ("ada-l", "status", None, "disappears"),
    ]
    assert changes[1].after is None
    for name in ("ada", "ada-l"):
        assert list(between(before, after, [(name, "status")])) == changes
        assert kinds(list(between(after, before, [(name, "status")]))) == [
            ("ada", "status", None, "value"),
            ("ada-l", "status", None, "appears"),
        ]


def test_topics_narrow_what_is_compared(world: Chronicle) -> None:
    """The changes of some topics are those of the whole that are about them."""
    views = world.view(at="2022-03-01", known="2022-01-20"), world.view(at="2022-03-01")
    whole = list(between(*views))
    assert {one.subject for one in whole} >= {"ada", "ben", "fire"}
    some = list(between(*views, [("fire", "when"), ("ben", "tongue"), ("ada", "no-such")]))
    assert some == [
        one for one in whole if (one.subject, one.property) in {("fire", "when"), ("ben", "tongue")}
    ]
    assert list(between(*views, [])) == []


LATER: list[Callable[[Chronicle], Any]] = [
    lambda world: world.append([merge("ada", "ada-l")]),
    lambda world: world.append([retraction("press", "2022-02-15")]),
    lambda world: world.append([conflict("tall", "ben-office-almaty")]),
    lambda world: world.append([assessment("ada-status-sad", "2022-02-15", rank="preferred")]),
    lambda world: world.append([property_("mood"), state_claim("ben", "mood", "calm")]),
    lambda world: world.append([merge("fort", "almaty"), retraction("fire", "2022-02-15")]),
]


@pytest.mark.parametrize("later", LATER)
def test_changes_applied_to_the_one_view_give_the_other(
    world: Chronicle, later: Callable[[Chronicle], Any]
) -> None:
    """Whatever was appended between them, both ways, to the grounds of each ruling."""
    before = world.view(at="2022-03-01")
    later(world)
    after = world.view(at="2022-03-01")
    for one, other in ((before, after), (after, before)):
        changes = list(between(one, other, closely=True))
        assert changes
        assert applied(told(one.state(), MANY), changes) == told(other.state(), MANY)


def test_the_order_of_rulings_does_not_matter(world: Chronicle) -> None:
    """Rulings are joined by slot, and changes come in the order of slots."""
    before = world.view(at="2022-03-01", known="2022-01-20").state()
    after = world.view(at="2022-03-01").state()
    changes = list(differences(before, after, MANY))
    mixed = random.Random(1)
    one, other = (mixed.sample(some, len(some)) for some in (before, after))
    assert list(differences(one, other, MANY)) == changes
    assert [one.subject for one in changes] == sorted(one.subject for one in changes)


def test_a_view_does_not_differ_from_itself(world: Chronicle) -> None:
    """No change without a difference, however closely one looks."""
    view = world.view(at="2022-03-01")
    assert list(between(view, world.view(at="2022-03-01"), closely=True)) == []


def test_json_holds_both_rulings(world: Chronicle) -> None:
    """A change is plain JSON, with why each side is believed."""
    views = world.view(at="2022-03-01", known="2022-01-20"), world.view(at="2022-03-01")
    written = [one.as_dict() for one in between(*views)]
    assert json.loads(json.dumps(written)) == written
    assert {one["kind"] for one in written} <= set(KINDS)
    (fire,) = [one for one in written if one["property"] == "when"]
    assert (fire["kind"], fire["before"]["value"], fire["after"]["value"]) == (
        "value",
        "2022-01-05",
        "2022-01-06",
    )
    assert [one["value"] for one in fire["after"]["rivals"]] == ["2022-01-05"]
