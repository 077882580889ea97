"""What counts, and from when: the parts of the reference implementation by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.dates import parse
from chronicle.errors import AmbiguousSlot
from tests import reference_dates
from tests.reference import Ruling, horizon, live, ruling
from tests.reference_records import slot
from tests.reference_values import canonical, compatible, normal
from tests.stories import (
    PROPERTY,
    SUBJECT,
    Payload,
    assessment,
    entity,
    instants,
    merge,
    property_,
    retraction,
    story,
)


def ask(records: list[Payload], at: str, known: str = "", **slot: Any) -> Ruling:
    """Rule on the story's slot at a date, as known at a date or with everything ever said."""
    return ruling(records, SUBJECT, PROPERTY, *instants(at, known), **slot)


@pytest.mark.parametrize(
    ("valid", "instant", "level"),
    [
        ("2022-01-06", "2022-01-06T00:00:00", 2),
        ("2022-01", "2022-01-10", 1),
        ("2022-01-06~", "2022-01-06", 1),
        ("2022-01-06~", "2022-01-07", 1),
        ("2022-01-06~", "2022-01-08", 0),
        ("[2022-01-06..2022-01-17]", "2022-01-10", 1),
        ("{2022-01..2022-03}", "2022-02-10", 2),
        ("2022-01-06/..", "2022-01-06T23:59:58", 1),
        ("2022-01-06/..", "2022-01-06T23:59:59", 2),
        ("2022-01-06/..", "2030", 2),
        ("2022-01-06/", "2022-01-06T23:59:59", 2),
        ("2022-01-06/", "2022-01-07T00:00:00", 0),
        ("2015/2022", "2015-06", 1),
        ("2015/2022", "2022-01-01T00:00:00", 2),
        ("2015/2022", "2022-01-01T00:00:01", 1),
        ("2015/2022", "2023-01-01T00:00:00", 0),
        ("2022/2022", "2022-06", 1),
        ("2022-01-06/2022-01-06", "2022-01-06T12:00:00", 2),
        ("../2022", "2022-01-01T00:00:00", 2),
        ("/2022", "2022-01-01T00:00:01", 1),
        ("/2022", "2021", 0),
    ],
)
def test_the_table_of_valid_times(valid: str, instant: str, level: int) -> None:
    """Each row makes certain and possible what the table says, to the second."""
    assert reference_dates.table(parse(valid), False, parse(instant).last) == level


@pytest.mark.parametrize(
    ("line", "at", "day"),
    [
        ("a | 2022-01-06 | same day", "2022-02-01", "2022-01-06"),
        ("a | 2022-01 | 2022-02-10", "2022-03-01", "2022-01-01"),
        ("denies a | 2022-01 | 2022-02-10", "2022-03-01", "2022-01-31"),
        ("a | [2022-01-06..2022-01-17] | 2022-02-10", "2022-03-01", "2022-01-06"),
        ("a | {2022-01-06..2022-01-17} | 2022-02-10", "2022-03-01", "2022-01-17"),
        ("a | {2022-01-06..2022-01-17} | 2022-01-10", "2022-03-01", "2022-01-10"),
        ("a | 2022-01/ | 2022-02-10", "2022-03-01", "2022-01-31"),
        ("a | 2022-01-06/.. | 2022-02-10", "2022-03-01", "2022-02-10"),
        ("a | 2022-01-06/.. | 2022-02", "2022-03-01", "2022-02-01"),
        ("a | 2022-02-06/.. | 2022-01-10", "2022-03-01", "2022-02-06"),
        ("a | 2022-01/2023 | 2022-02-10", "2022-03-01", "2022-02-10"),
        ("a | /2022-01-17 | 2022-01-20", "2022-03-01", "2022-01-17"),
        ("a | 2022-01-06T10:00/2022-01-06T12:00 | 2022-01-07", "2022-01-08", "2022-01-06T12:00"),
        ("a | 2022-01-05/.. | 2022-07-01", "2022-01-20", "2022-01-20"),
        ("a | 2022-01/2022-06 | 2022-07-01", "2022-01-20", "2022-01-01"),
    ],
)
def test_horizons(line: str, at: str, day: str) -> None:
    """The horizon is capped in the order of the rule: said, own first day, own end, instant."""
    claims = slot(story(line), SUBJECT, PROPERTY, None, parse("2023").last)
    assert horizon(claims, claims[0], parse(at).last) == parse(day).last


@pytest.mark.parametrize(
    ("valid", "inner", "begun"),
    [
        ("2022-01-20", "2022-01-20/2022-01-20", "2022-01-20T00:00:00"),
        ("2022-01-05/2022-01-05", "2022-01-05/2022-01-05", "2022-01-05T00:00:00"),
        ("{2022-01-05..2022-01-20}", "2022-01-05/2022-01-10", "2022-01-05T00:00:00"),
        ("2022-01-05/..", "2022-01-06/2022-01-10", "2022-01-05T23:59:59"),
        ("2022-01-05/2022-01-08", "2022-01-06/2022-01-07", "2022-01-05T23:59:59"),
        ("2022-01-05/2022-01-06", "", "2022-01-05T23:59:59"),
        ("2022-01-05/", "", "2022-01-05T23:59:59"),
        ("/2022-01-08", "", "2022-01-08T00:00:00"),
        ("2022-01", "", "2022-01-31T23:59:59"),
        ("[2022-01-05..2022-01-08]", "", "2022-01-08T23:59:59"),
    ],
)
def test_inner_parts_and_certain_beginnings(valid: str, inner: str, begun: str) -> None:
    """The inner part of a claim said on the 10th, and the instant when an update takes over."""
    span = reference_dates.inner(parse(valid), parse("2022-01-10").last)
    assert span == ((parse(inner).first, parse(inner).last) if inner else None)
    assert reference_dates.certainly_begun(parse(valid)) == parse(begun).first


@pytest.mark.parametrize(
    ("carry", "at", "standing"),
    [
        ("forever", "2062-01-01", "settled"),
        ("P5D", "2022-01-10", "settled"),
        ("P5D", "2022-01-11T00:00:00", "unknown"),
        ("none", "2022-01-05", "settled"),
        ("none", "2022-01-06T00:00:00", "unknown"),
    ],
)
def test_carry(carry: str, at: str, standing: str) -> None:
    """A state is presumed up to and including its horizon and the duration to carry it."""
    assert ask(story("a | 2022-01-05/.. | 2022-01-05", carry=carry), at).standing == standing


def test_a_revised_correction_goes_on_displacing() -> None:
    """Of a chain of corrections only the last counts; its retraction frees the one before."""
    told = "a | 2022-01-05\nb | 2022-01-05 | 2022-01-06, corrects a"
    records = story(told + "\nc | 2022-01-05 | 2022-01-07, corrects b", retraction("c", "2022-02"))
    lives = [
        [live(records, name, parse(known).last) for name in "abc"]
        for known in ("2022-01-05", "2022-01-06", "2022-01-07", "2022-02-28")
    ]
    assert lives == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, True, False],
    ]


def test_a_correction_now_weaker_corrects_nothing() -> None:
    """A revising claim that hindsight discounts gives way to the stronger one it revised."""
    records = story(
        "a | 2022-01-05\nb | 2022-01-05 | 2022-01-06, corrects a",
        assessment("b", "2022-01-08", credibility="5"),
    )
    assert not live(records, "a", parse("2022-01-07").last)
    assert live(records, "a", parse("2022-01-08").last)


@pytest.mark.parametrize(
    ("correction", "more", "lives"),
    [
        ("b | 2022-01-05 | 2022-01-06, corrects a", [], False),
        ("b | 2022-01-05 | 2022-01-06, updates a", [], True),
        (
            "b | 2022-01-05 | 2022-01-06, corrects a",
            [assessment("b", "2022-01-07", rank="deprecated")],
            True,
        ),
        (
            "b | 2022-01-05 | 2022-01-06, corrects a",
            [
                assessment("b", "2022-01-07", rank="deprecated"),
                retraction("assesses-b", "2022-01-08"),
            ],
            False,
        ),
        ("unclear | 2022-01-05 | 2022-01-06, corrects a", [], True),
    ],
)
def test_what_displaces(correction: str, more: list[Payload], lives: bool) -> None:
    """A correction displaces, an update of a state does not, nor what is out or says nothing."""
    records = story(f"a | 2022-01-05\n{correction}", *more)
    assert live(records, "a") is lives


def test_restatements_are_followed_as_far_as_they_live() -> None:
    """A chain speaks for its last wording; a corrected wording is no longer followed."""
    chain = "a | 2022-01-05\nb | 2022-01-05 | 2022-01-06, restates a\n"
    restated = story(chain + "c | 2022-01-05 | 2022-01-07, restates b")
    assert ask(restated, "2022-01-05").supporters == {"a", "b", "c"}
    preferred = assessment("a", "2022", rank="preferred")
    corrected = story(chain + "c | 2022-01-05 | 2022-01-07, corrects b", preferred)
    assert ask(corrected, "2022-01-05").value == "a"


def test_retractions() -> None:
    """Withdrawn counts from its date, an erratum always, a retracted retraction not at all."""
    early, late = parse("2022-01-06").last, parse("2022-01-31").last
    withdrawn = retraction("a", "2022-01-10")
    undone = retraction("retracts-a", "2022-01-20")
    for more, lives in [
        ([withdrawn], (True, False)),
        ([withdrawn, undone], (True, True)),
        ([retraction("press", "2022-01-10")], (True, False)),
        ([retraction("a", "2022-01-10", mode="erratum")], (False, False)),
    ]:
        records = story("a | 2022-01-05", *more)
        assert (live(records, "a", early), live(records, "a", late)) == lives


def test_a_restatement_speaks_while_it_lives() -> None:
    """The older claim supports the newer wording, and its own again when that is retracted."""
    told = "a | 2022-01-05\nb | 2022-01-05 | 2022-01-06, restates a"
    records = story(told, retraction("b", "2022-01-20"))
    assert ask(records, "2022-01-05", "2022-01-05").value == "a"
    assert ask(records, "2022-01-05", "2022-01-10").supporters == {"a", "b"}
    assert ask(records, "2022-01-05").value == "a"


def test_merges_join_subjects_until_judged_distinct() -> None:
    """Claims on a merged id are claims on the subject, whatever the known date."""
    told = story("a | 2022-01-05", entity("other"))
    told[-2]["subject"] = "other"
    joined = [*told, merge("other", SUBJECT)]
    assert ask(told, "2022-01-05").claim is None
    assert ask(joined, "2022-01-05", "2022-01-05").claim == "a"
    assert ask([*joined, merge(SUBJECT, "other", judgement="distinct")], "2022-01-05").claim is None


def test_one_entity_has_one_id() -> None:
    """The id of a cluster is the smallest `into`; values of it are the same value."""
    merges = [merge("m", "z"), merge("n", "m"), merge("m", "b", judgement="distinct")]
    records = story("z | | 2022\nm | | 2022", *merges, temporal="fixed", datatype="entity")
    assert [canonical(records, name) for name in "bmnz"] == ["b", "m", "m", "m"]
    found = ask(records, "2022")
    assert found.value == "m"
    assert found.supporters == {"m", "z"}


@pytest.mark.parametrize(
    ("one", "other", "same", "both"),
    [
        ("164.0", "164", True, True),
        ("0.50", ".5", True, True),
        ("~2500", "2400", False, True),
        ("~2500", "2399.9", False, False),
        (">4400", "4400", False, False),
        (">=4400", "<=4400", False, True),
        (">4400", "<4400.5", False, True),
        ("2000..2500", "<2000", False, False),
        ("2000..2500", "~2600", False, True),
    ],
)
def test_quantities(one: str, other: str, same: bool, both: bool) -> None:
    """Equal normal forms are the same value; ranges that meet can both be true."""
    records = [property_(datatype="quantity")]
    first, second = (normal(records, PROPERTY, text) for text in (one, other))
    assert (first == second, compatible(records, PROPERTY, first, second)) == (same, both)
    assert not compatible(records, PROPERTY, first, None)


def test_a_place_and_its_country_do_not_dispute_each_other() -> None:
    """Entities are compatible where one lies within the other, over merges and any steps."""
    places = [entity("town", within="province"), entity("land"), entity("far", within="land")]
    places += [entity("province"), entity("oblast", within="land"), merge("province", "oblast")]
    records = story("town | | 2022\nland | | 2022", *places, temporal="fixed", datatype="entity")
    assert ask(records, "2022").standing == "settled"
    assert not compatible(records, PROPERTY, "town", "far")


def test_fixed_properties_are_affirmed_or_denied() -> None:
    """A claim holds at every instant, possibly while its window is open; nothing is carried."""
    fixed = story("3 | | 2022-01", temporal="fixed")
    assert ask(fixed, "1066", "2022-01-10").basis == "possible"
    assert ask(fixed, "1066").basis == "attested"
    denial = story("3 | | 2022-01\ndenies 3 | | 2022-01 | 1", temporal="fixed")
    assert ask(denial, "1066").standing == "denied"


def test_many_values_are_ruled_on_one_by_one() -> None:
    """Values do not compete; "no value" denies them all; one of several must be named."""
    told = "a | 2022-01-05\nb | 2022-01-07"
    records = story(told, cardinality="many")
    assert [ask(records, "2022-01-08", value=value).standing for value in "ab"] == ["settled"] * 2
    with pytest.raises(AmbiguousSlot):
        ask(records, "2022-01-08")
    emptied = story(told + "\nnothing | 2022-01-06", cardinality="many")
    assert [ask(emptied, "2022-01-08", value=value).standing for value in "ab"] == [
        "denied",
        "settled",
    ]


def test_qualifiers_make_slots() -> None:
    """A claim counts only where its qualifiers are those asked for."""
    records = story("a | 2022-01-05, where role=chair\nb | 2022-01-05, where role=clerk")
    assert ask(records, "2022-01-05").claim is None
    assert ask(records, "2022-01-05", qualifiers={"role": "chair"}).claim == "a"
