"""Merges: two ids are one entity wherever it is read, and a later judgement undoes it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle import Chronicle
from tests.stores import Files
from tests.stories import SUBJECT, claim, conflict, entity, merge, property_, retraction, source
from tests.test_projections import painted, states
from tests.twins import DEEDS, NAMES, twins

Payload = dict[str, Any]

FEW = settings(
    max_examples=12,
    deadline=None,
    # The files fixture hands out a fresh database at each call.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

SAME = [merge(SUBJECT, "twin", id="same"), merge(*DEEDS, id="same-deed")]
DISTINCT = [
    merge("twin", SUBJECT, judgement="distinct", id="distinct"),
    merge(*DEEDS, judgement="distinct", id="distinct-deed"),
]


def readings(chronicle: Chronicle) -> list[Any]:
    """Return all that can be read: the map, views, traces, the timeline, search, gaps."""
    chronicle.view().state()
    views = [chronicle.view(as_of="2022-01-06"), chronicle.view(at="2022-01-31")]
    return [
        painted(chronicle),
        states(chronicle),
        [[one.as_dict() for one in view.state()] for view in views],
        [chronicle.trace(name, view=view) for name in (*NAMES, *DEEDS) for view in views],
        [chronicle.timeline(view) for view in views],
        [chronicle.timeline(view, about=name) for name in (*NAMES, *DEEDS) for view in views],
        [chronicle.search(name) for name in (*NAMES, *DEEDS)],
        [chronicle.gaps(view=view) for view in views],
        [one.as_dict() for view in views for one in chronicle.stale(view)],
    ]


@FEW
@given(twins(), st.booleans())
def test_a_merge_and_its_reversal_are_no_merge(
    files: Files, records: list[Payload], between: bool
) -> None:
    """Whatever is read is as if the ids had never been joined, read in between or not."""
    with Chronicle.open(files.made()) as plain, Chronicle.open(files.made()) as undone:
        plain.append(records)
        undone.append(records)
        undone.append(SAME)
        if between:
            readings(undone)
        undone.append(DISTINCT)
        assert readings(undone) == readings(plain)


@FEW
@given(twins(), st.integers(0, 12))
def test_with_merges_catching_up_equals_a_rebuild(
    files: Files, records: list[Payload], place: int
) -> None:
    """Painting only what each append touched, wherever among the claims the merges come."""
    first = [one for one in records if one["kind"] in ("entity", "source", "property", "event")]
    batches = [first, *([one] for one in records if one not in first)]
    batches.insert(1 + place % len(batches), SAME)
    with Chronicle.open(files.made()) as chronicle:
        for batch in batches:
            chronicle.append(batch)
            chronicle.view(as_of="2022-01-06").state()
        before = painted(chronicle)
        chronicle.rebuild()
        assert painted(chronicle) == before
        assert not chronicle.verify().findings


@FEW
@given(twins())
def test_with_merges_the_map_and_the_function_agree(files: Files, records: list[Payload]) -> None:
    """A whole view read from the map equals one computed claim by claim."""
    with Chronicle.open(files.made()) as chronicle:
        chronicle.append([*records, *SAME])
        for day in ("2022-01-03", "2022-01-06", "2022-01-09"):
            view = chronicle.view(at=day, known="2022-01-08")
            mapped = view.state()
            with chronicle.database.reading() as connection:
                computed = view._computed(connection, None)  # noqa: SLF001  # past the map on purpose
            assert [one.as_dict() for one in mapped] == [one.as_dict() for one in computed]


@FEW
@given(twins(), st.randoms(use_true_random=False))
def test_merges_may_be_appended_in_any_order(
    files: Files, records: list[Payload], random: Any
) -> None:
    """Before or after what they join, in one append or in several."""
    every = [*records, *SAME]
    shuffled = random.sample(every, len(every))
    with Chronicle.open(files.made()) as whole, Chronicle.open(files.made()) as parts:
        whole.append(shuffled)
        for batch in ([*records[:3], entity("late")], records, SAME[1:], SAME[:1]):
            parts.append(batch)
            parts.view().state()
        assert painted(whole) == painted(parts)
        assert states(whole) == states(parts)


def mood(value: str, subject: str, **fields: Any) -> Payload:
    """Claim a mood since the 5th."""
    made = {"subject": subject, "property": "mood", "valid": "2022-01-05/.."} | fields
    return claim(value, **{"said": "2022-01-10", "id": value, **made})


WORLD: list[Payload] = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "deputy", "town", "capital", "ben")),
    property_("mood"),
    property_("seat", datatype="entity", qualifiers=["of"]),
    mood("glad", "ada"),
    mood("sad", "deputy", valid="2022-01-07/..", said="2022-01-12", source="wire"),
    claim(
        "ada",
        id="first",
        subject="town",
        property="seat",
        valid="2022-01-05",
        speaker="ada",
        qualifiers={"of": "capital"},
    ),
    claim(
        "deputy",
        id="second",
        subject="town",
        property="seat",
        valid="2022-01-05",
        said="2022-01-06",
        source="wire",
        speaker="deputy",
        qualifiers={"of": "town"},
    ),
]

ONE = merge("ada", "deputy", id="one")


@pytest.fixture
def world(chronicle: Chronicle) -> Chronicle:
    """A chronicle in which a deputy is found to be Ada, and the capital to be the town."""
    chronicle.append(WORLD)
    chronicle.view().state()
    chronicle.append([ONE, merge("town", "capital", id="one-town")])
    return chronicle


def test_a_trace_tells_of_every_id_and_which_one_was_named(world: Chronicle) -> None:
    """Steps of all ids in one order; values and qualifiers are the entities that they are."""
    steps = world.trace("deputy", "mood")
    assert steps == world.trace("ada", "mood")
    assert [(one.record, one.subject, one.recorded_of) for one in steps] == [
        ("glad", "ada", "ada"),
        ("sad", "ada", "deputy"),
    ]
    second = world.trace("town", "seat")[1]
    assert (second.value, second.qualifiers, second.effect) == ("ada", {"of": "town"}, "confirms")
    assert (second.best_value, second.about) == ("ada", "first")


@pytest.mark.parametrize("place", ["town", "capital"])
def test_qualifiers_may_be_named_by_any_id(world: Chronicle, place: str) -> None:
    """In a trace, in rulings, in gaps."""
    where = {"of": place}
    assert [one.record for one in world.trace("town", "seat", where=where)] == ["first", "second"]
    (ruling,) = world.view().rulings("town", "seat", where)
    assert (ruling.claim, ruling.qualifiers) == ("second", {"of": "town"})
    assert world.view().ruling("capital", "seat", where) == ruling
    (blank,) = world.view().rulings("ben", "seat", where)
    assert (blank.value, blank.qualifiers) == (None, {"of": "town"})


def test_two_speakers_who_are_one_are_one_origin(world: Chronicle) -> None:
    """Corroboration counts who is behind the claims, not by how many names."""
    bench = world.view(at="2022-01-05").bench("town", "seat")
    assert [item.origins for item in bench.topic.testimonies.values()] == [("ada",), ("ada",)]


def test_a_revision_may_name_a_claim_about_another_id(world: Chronicle) -> None:
    """While they are one; when they are parted again it revises nothing."""
    calm = mood("calm", "deputy", said="2022-01-20", revises=("correction", "glad"))
    world.append([calm])
    view = world.view(at="2022-01-05", known="2022-02-01")
    assert view.ruling("ada", "mood").value == "calm"
    world.append([merge("ada", "deputy", id="two", judgement="distinct")])
    view = world.view(at="2022-01-05", known="2022-02-01")
    assert view.ruling("ada", "mood").value == "glad"
    assert view.ruling("deputy", "mood").value == "calm"
    assert [one.subject for one in view.state() if one.property == "mood"] == ["ada", "deputy"]


def test_a_conflict_is_lifted_by_what_is_said_under_another_id(world: Chronicle) -> None:
    """The other topic of the conflict is painted anew, though no claim of it was touched."""
    world.append([mood("tired", "ben"), conflict("glad", "tired", id="not-both")])
    assert standings(world) == {"ada": "disputed", "ben": "disputed"}
    corrects = mood("calm", "deputy", said="2022-01-20", revises=("correction", "glad"))
    world.append([corrects])
    assert standings(world)["ben"] == "settled"


def standings(chronicle: Chronicle) -> dict[str, str]:
    """Return the standing of each mood on the 6th, read from the map."""
    view = chronicle.view(at="2022-01-06")
    return {one.subject: one.standing for one in view.state() if one.property == "mood"}


def test_a_topic_that_only_the_merged_id_had_goes_with_the_merge(local: Chronicle) -> None:
    """The map forgets it when the ids are parted: no claim is about it."""
    local.append(
        [source(), entity("ada"), entity("deputy"), property_("mood"), mood("sad", "deputy")]
    )
    for record, subject in (
        (ONE, "ada"),
        (merge("deputy", "ada", id="two", judgement="distinct"), "deputy"),
        (merge("deputy", "ada", id="three"), "deputy"),
    ):
        local.append([record])
        assert [one.subject for one in local.view(at="2022-02-01").state()] == [subject]
        assert not local.verify().findings


def test_a_conflict_names_itself_in_the_rulings_that_it_disputes(world: Chronicle) -> None:
    """Those that its claims win, while it is in force; and no others."""
    world.append([mood("tired", "ben"), conflict("sad", "tired", id="not-both")])
    world.append([conflict("first", "tired", id="nor-these")])
    named = {one.claim: one.in_conflict for one in world.view(at="2022-01-10").state()}
    assert named == {
        "sad": ("not-both",),
        "tired": ("nor-these", "not-both"),
        "second": (),
    }
    early = world.view(at="2022-01-10", known="2022-01-11").ruling("ben", "mood")
    assert (early.standing, early.in_conflict) == ("disputed", ("nor-these",))
    assert early.as_dict()["in_conflict"] == ["nor-these"]
    world.append([retraction("not-both", "2022-02-01"), retraction("nor-these", "2022-02-01")])
    after = world.view(at="2022-01-10").ruling("ben", "mood")
    assert (after.standing, after.in_conflict) == ("settled", ())
