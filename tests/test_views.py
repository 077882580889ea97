"""Views: pinned, ruled on the fly or read from the map, over every kind of slot."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import AmbiguousSlot, Chronicle, Ruling, UnknownId, View
from chronicle.painting import position
from tests.stores import content, run
from tests.stories import (
    PROPERTY,
    STORIES,
    SUBJECT,
    assessment,
    claim,
    conflict,
    entity,
    merge,
    property_,
    retraction,
    source,
    story,
)

TOLD = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/   | 2022-01-06 | 4
"""

EVENT: dict[str, Any] = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "place": "almaty",
    "participants": [{"entity": "ada", "role": "witness"}, {"entity": "ben"}],
    "source": "press",
    "asserted": "2022-01-06",
}


def state_claim(subject: str, name: str, value: str, **fields: Any) -> dict[str, Any]:
    """Return a claim of a state since New Year, said in February."""
    made = {"id": f"{subject}-{name}-{value}", "valid": "2022-01-01/..", "said": "2022-02-01"}
    return claim(value, subject=subject, property=name, **(made | fields))


WORLD: list[dict[str, Any]] = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "ada-l", "ben", "almaty", "fort")),
    property_("status"),
    property_("office", datatype="entity", qualifiers=["role"]),
    property_("tongue", cardinality="many", qualifiers=["level"]),
    property_("height", datatype="quantity", temporal="fixed"),
    state_claim("ada", "status", "glad"),
    state_claim("ada", "status", "sad", source="wire", valid="2022-01-09/..", credibility="4"),
    state_claim("ada-l", "status", "tired", valid="2022-01-20/.."),
    state_claim("ben", "status", "nothing", id="ben-none"),
    state_claim("almaty", "status", "unclear", id="almaty-unclear"),
    state_claim("ada", "office", "fort", qualifiers={"role": "head"}),
    state_claim("ben", "office", "fort", qualifiers={"role": "deputy"}),
    state_claim("ben", "office", "almaty"),
    *(state_claim("ben", "tongue", value) for value in ("kazakh", "russian")),
    state_claim("ben", "tongue", "german", qualifiers={"level": "fluent"}),
    state_claim("ben", "tongue", "french", denies=True),
    claim("180.50", id="tall", subject="ben", property="height", said="2022-02-01"),
    EVENT,
    claim("2022-01-06", id="late", subject="fire", property="when", said="2022-02-01"),
]


@pytest.fixture
def world(chronicle: Chronicle) -> Chronicle:
    """A chronicle with slots of every kind."""
    chronicle.append(WORLD)
    return chronicle


def answers(rulings: list[Ruling]) -> list[tuple[Any, ...]]:
    """Return subject, property, value and standing of rulings."""
    return [(one.subject, one.property, one.value, one.standing) for one in rulings]


def computed(chronicle: Chronicle, view: View) -> list[Ruling]:
    """Return a whole view ruled on slot by slot, without the map."""
    with chronicle.database.reading() as connection:
        return view._computed(connection, None)  # noqa: SLF001  # past the map on purpose


def test_everything_is_what_is_believed_of_every_slot(world: Chronicle) -> None:
    """Whole views list every slot in which something is believed, in order."""
    assert answers(world.view(as_of="2022-03-01").state()) == [
        ("ada", "office", "fort", "settled"),
        ("ada", "status", "glad", "disputed"),
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


@pytest.mark.parametrize(
    "more",
    [
        [],
        [merge("ada", "ada-l"), merge("fort", "almaty")],
        [conflict("ada-status-glad", "ben-office-almaty")],
        [retraction("press", "2022-02-15"), assessment("late", "2022-02-10", rank="preferred")],
        [retraction("fire", "2022-02-15")],
    ],
)
def test_the_map_gives_what_rulings_give(world: Chronicle, more: list[dict[str, Any]]) -> None:
    """A view read from the map equals one computed, reasons and all, at any point."""
    world.append([*more, entity("last")])
    for scope in (
        {}, {"as_of": "2022-01-05"}, {"as_of": "2022-02-03"}, {"as_of": "2022-02-20"},
        {"at": "2022-01-09", "known": "2022-03-01"}, {"at": "2021-12-31"}, {"at": "-0044"},
    ):  # fmt: skip
        view = world.view(**scope)
        mapped, ruled = view.state(), computed(world, view)
        assert mapped == ruled, scope
        assert [one.as_dict() for one in mapped] == [one.as_dict() for one in ruled], scope
    with world.database.reading() as connection:
        assert position(connection) == world.view().head.size


@pytest.mark.parametrize("told", {one.told for one in STORIES})
def test_the_map_tells_every_story_as_the_rulings_do(local: Chronicle, told: str) -> None:
    """Whole views of each story, on the days that it is about."""
    about = next(one.about for one in STORIES if one.told == told)
    local.append(story(told, **about))
    for asked in STORIES:
        view = local.view(at=asked.at, known=asked.known or None)
        assert view.state() == computed(local, view)


def test_what_touches_no_topic_does_not_keep_the_map_from_answering(
    world: Chronicle, made: str
) -> None:
    """After a record that changes no answer the map catches up, and is read again."""
    world.view().state()
    world.append([source("radio")])
    before = world.view().state()
    run(made, "UPDATE region SET standing = 'from the map' WHERE claim = 'tall'")
    found = world.view().state()
    changed = [one for one, other in zip(found, before, strict=True) if one != other]
    assert [(one.claim, one.standing) for one in changed] == [("tall", "from the map")]


def test_a_whole_view_does_not_wait_for_a_writer(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process writes, what is not painted yet is ruled on the fly."""
    monkeypatch.setattr("chronicle.database._PATIENCE_S", 0.2)
    with Chronicle.open(made) as one, Chronicle.open(made) as other:
        one.append(story(TOLD))
        with one.database.writing():
            assert [ruling.value for ruling in other.view(at="2022-01-05").state()] == ["in post"]
        assert content(made, ("region",)) == {"region": []}
        assert [ruling.value for ruling in other.view(at="2022-01-05").state()] == ["in post"]
        assert content(made, ("region",)) != {"region": []}


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
    assert [one.value for one in view.rulings("ben", "office", {"role": "none"})] == [None]


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


@pytest.mark.parametrize(
    ("subject", "name", "said"),
    [
        ("adda", "status", "no id 'adda' in this chronicle; did you mean ada"),
        ("ada", "statsu", "no property 'statsu' in this chronicle; did you mean status?"),
        ("fire", "wen", "no property 'wen' in this chronicle; did you mean when?"),
        ("zzz", "status", "no id 'zzz' in this chronicle$"),
    ],
)
def test_an_unknown_id_is_named_with_near_matches(
    local: Chronicle, subject: str, name: str, said: str
) -> None:
    """Subject and property have to be in the log, as far as the view looks."""
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
