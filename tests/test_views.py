"""Views: pinned, ruled on the fly or read from the map, over every kind of slot."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import AmbiguousSlot, Chronicle, Ruling, UnknownId
from tests.stories import (
    PROPERTY,
    SUBJECT,
    conflict,
    merge,
    property_,
    retraction,
    story,
)
from tests.worlds import WORLD, state_claim


def answers(rulings: list[Ruling]) -> list[tuple[Any, ...]]:
    """Return subject, property, value and standing of rulings."""
    return [(one.subject, one.property, one.value, one.standing) for one in rulings]


def test_everything_is_what_is_believed_of_every_slot(world: Chronicle) -> None:
    """Whole views list every slot in which something is believed, in order."""
    assert answers(world.view(as_of="2022-03-01").state()) == [
        ("ada", "office", "fort", "settled"),
        ("ada", "status", "glad", "settled"),
        ("ada-l", "status", "tired", "settled"),
        ("ben", "height", "180.5", "settled"),
        ("ben", "office", "almaty", "settled"),
        ("ben", "office", "fort", "settled"),
        ("ben", "status", None, "settled"),
        ("ben", "tongue", "kazakh", "settled"),
        ("ben", "tongue", "russian", "settled"),
        ("ben", "tongue", "german", "settled"),
        ("fire", "participant", "ben", "settled"),
        ("fire", "participant", "ada", "settled"),
        ("fire", "place", "almaty", "settled"),
        ("fire", "when", "2022-01-06", "disputed"),
    ]


def test_a_view_is_pinned_to_the_log_as_it_was(world: Chronicle) -> None:
    """What is appended after the view was made does not change any of its answers."""
    view = world.view(at="2022-03-01")
    head, ruling, whole = view.as_dict(), view.ruling("ada", "status"), view.state()
    ada, shown = view.state("ada"), world.show("ada-status-glad", view)
    world.append(
        [
            merge("ada", "ben"),
            state_claim("ada", "status", "new", valid="2022-02-01", credibility="1"),
            retraction("press", "2022-02-15"),
            conflict("tall", "late"),
            property_("mood"),
        ]
    )
    world.view().state()
    for later in (view, world.view(at="2022-03-01", recorded=f"#{view.head.size}")):
        assert later.ruling("ada", "status") == ruling
        assert later.state() == whole
        assert later.state("ada") == ada
        assert later.head == view.head
        assert world.show("ada-status-glad", later) == shown
        with pytest.raises(UnknownId):
            later.ruling("ada", "mood")
    assert view.as_dict() == head
    assert ruling.rivals == view.ruling("ada", "status").rivals
    assert world.view(at="2022-03-01").state() != whole


def test_a_subject_is_found_as_value_too(world: Chronicle) -> None:
    """Of a person also the offices held, of a place what happened there."""
    view = world.view(as_of="2022-03-01")
    assert answers(view.state("almaty")) == [
        ("ben", "office", "almaty", "settled"),
        ("fire", "place", "almaty", "settled"),
    ]
    assert {one.property for one in view.state("ben")} == {
        "height", "office", "status", "tongue", "participant",
    }  # fmt: skip
    assert view.state("ada-l") == [view.ruling("ada-l", "status")]


def test_answers_follow_merges(world: Chronicle) -> None:
    """Any id of a cluster asks about the whole, and is answered under its name."""
    world.append([merge("ada", "ada-l")])
    view = world.view(as_of="2022-03-01")
    for name in ("ada", "ada-l"):
        ruling = view.ruling(name, "status")
        assert (ruling.subject, ruling.value, ruling.claim) == (
            "ada",
            "tired",
            "ada-l-status-tired",
        )
        assert len(view.state(name)) == 3
    world.append([merge("ada", "ada-l", judgement="distinct")])
    assert world.view(as_of="2022-03-01").ruling("ada-l", "status").subject == "ada-l"


def test_a_slot_is_named_by_its_qualifiers(world: Chronicle) -> None:
    """Claims of different qualifiers do not compete; `where` keeps some of them."""
    view = world.view(as_of="2022-03-01")
    assert view.ruling("ben", "office").value == "almaty"
    assert view.ruling("ben", "office", {"role": "deputy"}).value == "fort"
    assert view.ruling("ben", "office", {"role": "head"}).standing == "unknown"
    assert [one.value for one in view.rulings("ben", "office")] == ["almaty", "fort"]
    assert [one.value for one in view.rulings("ben", "office", {"role": "deputy"})] == ["fort"]
    (nobody,) = view.rulings("ben", "office", {"role": "guest"})
    assert (nobody.value, nobody.standing, nobody.qualifiers) == (
        None, "unknown", {"role": "guest"},
    )  # fmt: skip


def test_of_many_values_one_has_to_be_named(world: Chronicle) -> None:
    """Without a value the one that is believed is given; of several none, but they are listed."""
    view = world.view(as_of="2022-03-01")
    assert view.ruling("ben", "tongue", value="kazakh").standing == "settled"
    assert view.ruling("ben", "tongue", value="french").standing == "denied"
    assert view.ruling("ben", "tongue", value="dutch").standing == "unknown"
    assert view.ruling("ben", "tongue", {"level": "fluent"}).value == "german"
    with pytest.raises(AmbiguousSlot, match=r"several values \(kazakh, russian\): name one"):
        view.ruling("ben", "tongue")
    assert view.ruling("ada", "tongue").standing == "unknown"
    assert view.ruling("fire", "participant", {"role": "witness"}).value == "ada"
    assert [one.value for one in view.rulings("ben", "tongue")] == ["kazakh", "russian", "german"]
    assert answers(view.rulings("ada", "tongue")) == [("ada", "tongue", None, "unknown")]


def test_values_are_named_in_any_form(world: Chronicle) -> None:
    """A quantity with other zeros, an entity under another of its ids."""
    world.append([merge("ada", "ada-l"), property_("weight", datatype="quantity",
                  cardinality="many"), state_claim("ben", "weight", "80")])  # fmt: skip
    view = world.view(as_of="2022-03-01")
    assert view.ruling("ben", "weight", value="80.0").claim == "ben-weight-80"
    witness = view.ruling("fire", "participant", {"role": "witness"}, value="ada-l")
    assert witness.value == "ada"


def test_that_there_is_none_is_an_answer(world: Chronicle) -> None:
    """A claim that there is no value wins like any other, with `none` for its value."""
    ruling = world.view(as_of="2022-03-01").ruling("ben", "status")
    assert (ruling.value, ruling.none, ruling.claim) == (None, True, "ben-none")
    assert ruling.standing == "settled"


def test_a_source_that_does_not_know_is_shown_and_never_ranked(world: Chronicle) -> None:
    """Nothing is believed on its word."""
    view = world.view(as_of="2022-03-01")
    assert view.ruling("almaty", "status").standing == "unknown"
    assert answers(view.state("almaty", "status")) == [("almaty", "status", None, "unknown")]


def test_retracted_events_take_their_claims_along(world: Chronicle) -> None:
    """Where, when and who fall with the event; a claim of its own about it stands."""
    world.append([retraction("fire", "2022-02-15")])
    view = world.view(as_of="2022-03-01")
    assert view.ruling("fire", "place").value is None
    assert view.ruling("fire", "when").value == "2022-01-06"
    assert view.ruling("fire", "when").standing == "settled"
    assert world.view(as_of="2022-02-14").ruling("fire", "place").value == "almaty"
    assert world.view(as_of="2022-01-31").ruling("fire", "when").value == "2022-01-05"


def test_a_conflict_disputes_the_rulings_of_both(world: Chronicle) -> None:
    """Claims of different slots that cannot all hold; taken back, both are settled again."""
    world.append([conflict("tall", "ben-office-almaty")])

    def standings() -> list[str]:
        view = world.view(as_of="2022-03-01")
        return [view.ruling("ben", name).standing for name in ("height", "office")]

    assert standings() == ["disputed", "disputed"]
    world.append([retraction("conflict", "2022-02-15")])
    assert standings() == ["settled", "settled"]


def test_a_policy_reorders_what_wins(local: Chronicle) -> None:
    """Built-in policies and recorded ones; a view from before the record does not know it."""
    local.append(
        story("""
            old  | 2022-01-05 | 2022-01-05 | 1, by ada
            new  | 2022-01-05 | 2022-01-09 | 3, by ben
            many | 2022-01-05 | 2022-01-06 | 2, by ada, id m1
            many | 2022-01-05 | 2022-01-06 | 2, by ben, id m2
        """)
    )
    local.append([{"kind": "policy", "id": "newest", "label": "Newest", "criteria": ["assertion"]}])
    values = {
        policy: local.view(as_of="2022-01-31", policy=policy).ruling(SUBJECT, PROPERTY).value
        for policy in ("best-known", "latest-word", "most-corroborated", "first-report", "newest")
    }
    assert values["latest-word"] == values["newest"] == "new"
    assert values["most-corroborated"] == "many"
    assert values["first-report"] == values["best-known"] == "old"
    view = local.view(as_of="2022-01-31", policy="newest")
    assert [one.value for one in view.state()] == ["new"]
    assert view.as_dict()["policy"] == "newest"
    with pytest.raises(Exception, match="no policy 'newest'"):
        local.view(policy="newest", recorded="#1")


def test_the_default_policy_is_changed_by_an_entry_too(local: Chronicle) -> None:
    """A record named like it takes its place; a view of the log before has the old order."""
    local.append(story("old | 2022-01-05 | 2022-01-05 | 1\nnew | 2022-01-05 | 2022-01-09 | 3"))
    local.append([{"kind": "policy", "id": "best-known", "criteria": ["assertion"]}])
    view = local.view(as_of="2022-01-31")
    assert view.ruling(SUBJECT, PROPERTY).value == "new"
    assert [one.value for one in view.state()] == ["new"]
    before = local.view(as_of="2022-01-31", recorded="#1")
    assert [one.value for one in before.state()] == ["old"]
    assert local.verify().findings == ()


@pytest.mark.parametrize(
    ("subject", "name", "said"),
    [
        ("adda", "status", "no id 'adda' in this chronicle; did you mean ada"),
        ("ada", "statsu", "no property 'statsu' in this chronicle; did you mean status?"),
        ("fire", "wen", "no property 'wen' in this chronicle; did you mean when?"),
        ("zzz", "status", "no id 'zzz' in this chronicle$"),
        ("presss", "status", "no id 'presss' in this chronicle$"),
    ],
)
def test_an_unknown_id_is_named_with_near_matches(
    local: Chronicle, subject: str, name: str, said: str
) -> None:
    """Subject and property have to be in the log; a source like it would not do for either."""
    local.append(WORLD)
    with pytest.raises(UnknownId, match=said):
        local.view().ruling(subject, name)
    with pytest.raises(UnknownId, match=said):
        local.view().rulings(subject, name)


def test_state_of_an_unknown_subject_is_refused(local: Chronicle) -> None:
    """Nothing known of a subject is not the same as no such subject."""
    local.append(WORLD)
    assert local.view().state("fort") != []
    assert local.view().state("wire") == []
    with pytest.raises(UnknownId, match="did you mean ben"):
        local.view().state("benn")


def test_an_empty_chronicle_has_no_answers(chronicle: Chronicle) -> None:
    """Whole views of nothing are empty."""
    assert chronicle.view().state() == []
    with pytest.raises(UnknownId, match="no property 'status'"):
        chronicle.view().ruling("ada", "status")
