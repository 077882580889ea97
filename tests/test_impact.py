"""Impact: what becomes of each conclusion without an id, when, and what is left for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chronicle import Chronicle, UnknownId
from chronicle.impact import EFFECTS, Effect
from tests.stories import claim, entity, merge, property_, retraction, source, story
from tests.worlds import WORLD, state_claim


def told(local: Chronicle, text: str, name: str, **about: str) -> list[Effect]:
    """Return the effects of leaving an id out of a story, at every date."""
    local.append(story(text, **about))
    return list(local.impact(name).effects)


def lines(effects: list[Effect]) -> list[str]:
    """Return effects in short: when, what was held, what is held without, what is left."""
    return [
        f"{one.effect} {one.stretch.start} {one.stretch.end}: {_held(one.change.before)} -> "
        f"{_held(one.change.after)}; {' '.join(one.others) or 'none'}"
        for one in effects
    ]


def _held(ruling: Any) -> str:
    return f"{ruling.value} {ruling.standing}"


EVERY: list[tuple[str, str, list[str]]] = [
    (
        """
        in post  | 2022-01-01/.. | 2022-01-02
        on leave | {2022-01-04..2022-01-06} | 2022-01-06, by agency
        in post  | {2022-01-07..2022-01-08} | 2022-01-08
        """,
        "agency",
        ["flips 2022-01-04 2022-01-06: on leave settled -> in post settled; none"],
    ),
    (
        """
        on leave | {2022-01-04..2022-01-06} | 2022-01-06, by agency
        gone     | 2022-01-09 | 2022-01-09
        """,
        "agency",
        ["lost 2022-01-04 2022-01-08: on leave settled -> None unknown; none"],
    ),
    (
        """
        on  | 2022-01-04/.. | 2022-01-04 | 3, by agency
        off | 2022-01-04/.. | 2022-01-04 | 3, by police, corrects on
        """,
        "police",
        ["flips 2022-01-04 ..: off settled -> on settled; none"],
    ),
    (
        "on | 2022-01-04/.. | 2022-01-04 | 3, by agency\non | 2022-01-05 | 2022-01-05 | 4",
        "agency",
        [
            "standing 2022-01-05 ..: on settled -> on unconfirmed; on-2",
            "lost 2022-01-04 2022-01-04: on settled -> None unknown; none",
        ],
    ),
    (
        "on | 2022-01-04/.. | 2022-01-06\ndenies on | 2022-01-04/.. | 2022-01-06 | 2, by agency",
        "agency",
        ["appears 2022-01-04 ..: None denied -> on settled; none"],
    ),
    (
        "on | 2022-01-04/.. | 2022-01-06\noff | 2022-01-05 | 2022-01-05 | 3, by agency",
        "agency",
        [
            "flips 2022-01-05 2022-01-05: off disputed -> on settled; none",
            "undisputed 2022-01-06 ..: on disputed -> on settled; on",
        ],
    ),
    (
        """
        on  | 2022-01-04/.. | 2022-01-04 | 2
        on  | 2022-01-05 | 2022-01-05 | 2, by agency
        off | 2022-01-05 | 2022-01-05 | 2, by police
        """,
        "agency",
        ["flips 2022-01-05 ..: on disputed -> off settled; on"],
    ),
]


@pytest.mark.parametrize(("text", "name", "expected"), EVERY)
def test_each_effect_is_told_with_its_stretch(
    local: Chronicle, text: str, name: str, expected: list[str]
) -> None:
    """What was held, over which days, and whether anything else is left for it."""
    assert sorted(lines(told(local, text, name))) == sorted(expected)


def test_a_conclusion_becomes_disputed_where_a_retraction_was_never_heard(
    local: Chronicle,
) -> None:
    """What a source took back counts again without it."""
    local.append(story("on | 2022-01-05 | 2022-01-05 | 2\noff | 2022-01-05 | 2022-01-05 | 3"))
    local.append([source("wire"), {**retraction("off", "2022-01-06"), "source": "wire"}])
    found = local.impact("wire")
    assert lines(list(found.effects)) == [
        "disputed 2022-01-05 ..: on settled -> on disputed; on",
    ]
    assert found.falls == {"source": ("wire",), "retraction": ("retracts-off",)}
    assert (found.counts["disputed"], found.counts["unsupported"], found.stand) == (1, 0, 0)


def test_other_support_is_such_as_bears_on_the_stretch(local: Chronicle) -> None:
    """A term that had ended by then, or began only later, is no support for it."""
    effects = told(
        local,
        """
        deputy | 2010/2012     | 2012-02-01, id early
        deputy | 2022-01-20/.. | 2022-01-20, id late
        deputy | {2022-01-04..2022-01-05} | 2022-01-05, id told, by agency
        guest  | 2022-01-06    | 2022-01-06
        """,
        "agency",
    )
    assert lines(effects) == [
        "lost 2022-01-04 2022-01-05: deputy settled -> None ended; none",
    ]
    assert [one.change.kind for one in effects] == ["ends"]


def test_a_view_with_a_date_is_compared_at_it(local: Chronicle) -> None:
    """One with `known` too, as all views are; the stretch is left open then."""
    local.append(story("on | {2022-01-04..2022-01-06} | 2022-01-06\n"
                       "off | 2022-01-05 | 2022-01-08 | 1, by agency"))  # fmt: skip
    assert local.impact("agency", view=local.view(at="2022-01-04")).effects == ()
    view = local.view(at="2022-01-05")
    (one,) = local.impact("agency", view=view).effects
    assert (one.effect, one.as_dict()["from"], one.as_dict()["to"]) == ("flips", None, None)
    assert one.change.after is not None
    assert one.change.after.last_affirmed == "2022-01-05"
    assert local.impact("agency", view=local.view(as_of="2022-01-05")).effects == ()
    (always, _) = local.impact("agency").effects
    assert (always.as_dict()["from"], always.as_dict()["to"]) == ("2022-01-05", "2022-01-05")
    assert local.impact("agency", view=local.view(known="2022-01-07")).effects == ()


def test_stretches_within_a_day_are_told_to_the_second(local: Chronicle) -> None:
    """No date is rounded."""
    effects = told(local, "on | 2022-01-04T10:30 | 2022-01-04T10:30", "on", carry="none")
    assert lines(effects) == [
        "lost 2022-01-04T10:30:00 2022-01-04: on settled -> None unknown; none",
    ]


def test_what_holds_at_every_date_has_no_bounds(local: Chronicle) -> None:
    """The value of a fixed property; the rulings are those of the present."""
    (one,) = told(local, "3 | | 2022-01-04", "press", temporal="fixed", datatype="quantity")
    assert (one.effect, one.stretch.start, one.stretch.end) == ("lost", "..", "..")
    assert one.change.before is not None
    assert one.change.before.last_affirmed == "2022-06-01"


def test_grounds_are_compared_only_where_asked_for(local: Chronicle) -> None:
    """A conclusion that stands on fewer claims stands; which it lost, only `support` tells."""
    local.append(
        story("on | 2022-01-04/.. | 2022-01-04 | 2\non | 2022-01-04 | 2022-01-04, by agency")
    )
    found = local.impact("agency")
    assert (found.effects, found.stand) == ((), 1)
    closely = local.impact("agency", support=True)
    (one,) = closely.effects
    assert (one.effect, closely.stand, closely.counts["support"]) == ("support", 1, 1)
    assert one.change.before is not None
    assert one.change.after is not None
    assert (one.change.before.supporters, one.change.after.supporters) == (("on",), ())


def test_of_many_values_each_stands_or_falls_alone(local: Chronicle) -> None:
    """A claim of none denies those that others name; without the names there is none to deny."""
    local.append(
        [
            source(),
            source("wire"),
            entity("ben"),
            property_("tongue", cardinality="many"),
            state_claim("ben", "tongue", "kazakh"),
            state_claim("ben", "tongue", "russian", source="wire"),
            state_claim("ben", "tongue", "nothing", source="wire", id="no-tongue"),
        ]
    )
    found = {one.change.slot_value: one for one in local.impact("wire").effects}
    assert {name: one.effect for name, one in found.items()} == {
        "kazakh": "undisputed",
        "russian": "lost",
    }
    found = {one.change.slot_value: one for one in local.impact("no-tongue").effects}
    assert {name: one.effect for name, one in found.items()} == {
        "kazakh": "undisputed",
        "russian": "undisputed",
    }


@pytest.fixture
def world(local: Chronicle) -> Chronicle:
    """A chronicle with slots of every kind."""
    local.append(WORLD)
    return local


def test_effects_come_by_slot_and_can_be_narrowed(world: Chronicle) -> None:
    """To a subject, whichever of its ids is given, and to qualifiers."""
    world.append([merge("ada", "ada-l")])
    every = world.impact("press").effects
    slots = [(one.change.subject, one.change.property) for one in every]
    assert slots == sorted(slots)
    assert {subject for subject, _ in slots} >= {"ada", "ben", "fire"}
    own = world.impact("press", subject="ada-l").effects
    assert [one.as_dict() for one in own] == [
        one.as_dict() for one in every if one.change.subject == "ada"
    ]
    headed = world.impact("press", where={"role": "head"})
    assert [(one.change.subject, one.change.property) for one in headed.effects] == [
        ("ada", "office"),
    ]
    assert headed.stand == 0
    with pytest.raises(UnknownId):
        world.impact("press", subject="nobody")


def test_impact_of_a_view_that_lacks_something_already(world: Chronicle) -> None:
    """Only what falls besides is told: it is compared with that view."""
    view = world.view().without("wire")
    found = world.impact("press", view=view)
    assert found.without == ("wire", "press")
    changed = {(one.change.subject, one.change.property) for one in found.effects}
    assert ("ben", "office") in changed
    rulings = [one.change.before for one in found.effects if one.change.before is not None]
    assert "wire" not in {one.source for one in rulings}


def test_what_says_nothing_else_has_no_impact(world: Chronicle) -> None:
    """Somebody who only is spoken of was never heard anyway."""
    found = world.impact("almaty")
    assert (found.effects, found.falls, found.stand) == ((), {}, 0)


def test_an_unspeaking_claim_that_falls_changes_nothing(local: Chronicle) -> None:
    """One that was retracted, or said after the date that is looked at."""
    local.append(story("on | 2022-01-04/.. | 2022-01-04\noff | 2022-01-05 | 2022-01-05, by agency",
                       retraction("off", "2022-01-06", mode="erratum")))  # fmt: skip
    found = local.impact("agency")
    assert (found.effects, found.stand) == ((), 0)
    assert found.falls == {"claim": ("off",), "retraction": ("retracts-off",)}


def test_json_holds_both_rulings_and_what_is_left(world: Chronicle) -> None:
    """An effect is plain JSON, with why each side is believed."""
    found = world.impact("wire", support=True)
    effects = [one.as_dict() for one in found.effects]
    assert json.loads(json.dumps(effects)) == effects
    assert {one["effect"] for one in effects} <= set(EFFECTS)
    assert json.loads(json.dumps(found.as_dict())) == {
        "without": ["wire"],
        "falls": {"source": ["wire"], "claim": ["ada-status-sad"]},
        "counts": dict(found.counts),
    }


def test_a_claim_can_be_left_out_of_a_longer_log(local: Chronicle) -> None:
    """The impact of a claim is that of what is inferred from it too."""
    local.append(story("on | 2022-01-04/.. | 2022-01-04"))
    guess = claim("off", id="guess", valid="2022-01-08/..", said="2022-01-09", inferred_from=["on"])
    local.append([guess])
    assert lines(list(local.impact("on").effects)) == [
        "lost 2022-01-04 2022-01-07: on settled -> None unknown; none",
        "lost 2022-01-08 ..: off settled -> None unknown; none",
    ]
