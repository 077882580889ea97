"""Contradictions: what merges make disputed that was not while their ids stood apart."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from chronicle import Chronicle, Ruling
from chronicle.calendar import write_first, write_last
from chronicle.contradictions import Contradiction, contradictions
from chronicle.dates import parse
from tests.stores import Files
from tests.stories import SUBJECT, claim, entity, merge, property_, retraction, source
from tests.twins import DEEDS, twins

Payload = dict[str, Any]

SAME = [merge(SUBJECT, "twin", id="same"), merge(*DEEDS, id="same-deed")]

MOMENTS = [parse(f"2022-01-{day:02}").last for day in range(1, 12)] + [parse("2023").last]


def mood(value: str, subject: str, valid: str = "2022-01-05", **fields: Any) -> Payload:
    """Claim a mood, said on the 10th."""
    made = {"subject": subject, "property": "mood", "said": "2022-01-10"}
    return claim(value, valid=valid, **{"id": f"{subject}-{value}", **made, **fields})


WORLD: list[Payload] = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "deputy", "boss", "town", "capital")),
    property_("mood"),
    property_("seat", datatype="entity", qualifiers=["of"]),
    property_("guest", datatype="entity", cardinality="many"),
    property_("size", temporal="fixed", datatype="quantity"),
]

ONE = merge("ada", "deputy", id="one")


def told(found: Iterable[Contradiction]) -> list[tuple[str, ...]]:
    """Return what contradictions say, as text."""
    return [
        (
            " ".join(one.merges),
            f"{one.ruling.subject} {one.ruling.property}",
            write_first(one.first),
            write_last(one.last),
            f"{one.ruling.claim} against {' '.join(rival.claim for rival in one.against)}",
        )
        for one in found
    ]


def made(chronicle: Chronicle, *records: Payload, merges: Iterable[Payload] = (ONE,)) -> Any:
    """Append a world with records, then merges; return what the receipt says that these make."""
    chronicle.append([*WORLD, *records])
    return told(chronicle.append(merges).contradictions)


def test_two_states_of_one_time_contradict_each_other(chronicle: Chronicle) -> None:
    """While both hold: what lies before and after is as it was."""
    found = made(
        chronicle,
        mood("glad", "ada", "2022-01-03/.."),
        mood("sad", "deputy", "2022-01-05/2022-01-07"),
        mood("calm", "deputy", "2022-01-20", said="2022-01-20"),
    )
    assert found == [("one", "ada mood", "2022-01-05", "2022-01-07", "ada-glad against deputy-sad")]


NO_CONTRADICTION: list[tuple[Payload, ...]] = [
    # The same is said of both.
    (mood("glad", "ada"), mood("glad", "deputy")),
    # One after the other: succession, not contradiction.
    (mood("glad", "ada", "2022-01-03"), mood("sad", "deputy", "2022-01-08")),
    # Of different things.
    (mood("glad", "ada"), claim("3", subject="deputy", property="size", said="2022-01-10")),
    # A part was disputed before, all the time that the whole is.
    (mood("glad", "ada"), mood("sad", "ada"), mood("sad", "deputy")),
    # A rumour beside a firm claim that affirms the day, and nothing beyond it.
    (mood("glad", "ada", "2022-01-05/.."), mood("sad", "deputy", "2022-01-06", credibility="5")),
    # What was taken back counts no more.
    (mood("glad", "ada"), mood("sad", "deputy"), retraction("deputy-sad", "2022-02-01")),
    # Quantities whose ranges meet can both be true.
    (
        claim(">=3", id="a", subject="ada", property="size", said="2022-01-10"),
        claim("4", id="b", subject="deputy", property="size", said="2022-01-10"),
    ),
]


@pytest.mark.parametrize("records", NO_CONTRADICTION)
def test_most_merges_make_no_contradiction(local: Chronicle, records: tuple[Payload, ...]) -> None:
    """What agrees, follows, was disputed before or does not count."""
    assert made(local, *records) == []


def test_what_is_fixed_is_contradicted_at_any_date(local: Chronicle) -> None:
    """The stretch has neither beginning nor end; the ruling is that of the view's date."""
    found = made(
        local,
        claim("3", id="a", subject="ada", property="size", said="2022-01-10"),
        claim("4", id="b", subject="deputy", property="size", said="2022-01-10"),
    )
    assert found == [("one", "ada size", "..", "..", "b against a")]


def test_ids_that_are_values_contradict_each_other_too(local: Chronicle) -> None:
    """A guest who was not there under another name; a merge may as well end a dispute."""
    found = made(
        local,
        claim("ada", id="came", subject="town", property="guest", valid="2022-01-05"),
        claim(
            "deputy", id="not", subject="town", property="guest", valid="2022-01-05", denies=True
        ),
        claim("ada", id="head", subject="town", property="seat", valid="2022-01-05"),
        claim("deputy", id="other", subject="town", property="seat", valid="2022-01-05"),
    )
    assert found == [("one", "town guest", "2022-01-05", "..", "came against not")]


@pytest.mark.parametrize("others", [0, 60])
def test_ids_that_are_qualifiers_make_two_slots_one(chronicle: Chronicle, others: int) -> None:
    """Of one place there is one head; however many merges come with it, and whatever is said."""
    more = [f"village-{number}" for number in range(others)]
    found = made(
        chronicle,
        *(entity(name) for name in more),
        mood('{"of": "capital"}', "boss", id="odd"),
        claim("ada", id="a", subject="boss", property="seat", valid="2022-01-05",
              qualifiers={"of": "town"}),
        claim("deputy", id="b", subject="boss", property="seat", valid="2022-01-05",
              qualifiers={"of": "capital"}),
        merges=[merge("town", "capital", *more, id="one-town")],
    )  # fmt: skip
    assert found == [("one-town", "boss seat", "2022-01-05", "..", "b against a")]


def test_each_contradiction_is_laid_to_the_merges_that_make_it(local: Chronicle) -> None:
    """Of several in one append; a chain of them makes it together."""
    found = made(
        local,
        mood("glad", "ada"),
        mood("sad", "boss"),
        mood("calm", "town"),
        mood("loud", "capital"),
        merges=[ONE, merge("deputy", "boss", id="two"), merge("town", "capital", id="one-town")],
    )
    assert [one[:2] for one in found] == [("one two", "ada mood"), ("one-town", "town mood")]


def test_a_merge_that_is_undone_makes_none(local: Chronicle) -> None:
    """Nor does the judgement that undoes it; appended together they are no merge."""
    undone = merge("ada", "deputy", judgement="distinct", id="undone")
    records = [mood("glad", "ada"), mood("sad", "deputy")]
    assert made(local, *records, merges=[ONE, undone]) == []
    view = local.view()
    assert contradictions(local.database, view, ["one"]) == []
    assert contradictions(local.database, view, ["undone"]) == []
    assert contradictions(local.database, view, []) == []


def test_a_dry_run_says_it_too_and_writes_nothing(chronicle: Chronicle) -> None:
    """What a merge would make disputed can be read after the run, with its grounds."""
    chronicle.append([*WORLD, mood("glad", "ada"), mood("sad", "deputy")])
    head = chronicle.view().head
    (found,) = chronicle.append([ONE], dry_run=True).contradictions
    assert chronicle.view().head == head
    plain = found.as_dict()
    assert (plain["merges"], plain["from"], plain["to"]) == (["one"], "2022-01-05", "..")
    assert (plain["subject"], plain["value"], plain["against"]) == ("ada", "sad", ["ada-glad"])
    assert [rival["claim"] for rival in plain["rivals"]] == ["ada-glad"]
    assert chronicle.append([entity("late")]).contradictions == ()


def test_what_is_known_later_contradicts_nothing_before(local: Chronicle) -> None:
    """The known date of the view counts; its date does not."""
    local.append([*WORLD, mood("glad", "ada"), mood("sad", "deputy", said="2022-02-01"), ONE])
    early, late = (local.view(at="2021", known=known) for known in ("2022-01-31", "2022-02-01"))
    assert contradictions(local.database, early, ["one"]) == []
    assert len(contradictions(local.database, late, ["one"])) == 1


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(twins())
def test_a_contradiction_is_disputed_with_the_merges_and_without_them_not(
    files: Files, records: list[Payload]
) -> None:
    """At every instant asked about, the slots are those that two logs dispute differently."""
    with Chronicle.open(files.made()) as apart, Chronicle.open(files.made()) as joined:
        apart.append(records)
        joined.append(records)
        found = joined.append(SAME).contradictions
        names = {"twin": SUBJECT, DEEDS[1]: DEEDS[0]}
        properties = joined.view().reader.properties.values()
        many = {one["id"] for one in properties if one.get("cardinality") == "many"}
        for instant in MOMENTS:
            was, now = (
                {
                    key(one, names, many)
                    for one in chronicle.view(at=write_last(instant)).state()
                    if one.standing == "disputed"
                }
                for chronicle in (apart, joined)
            )
            covering = [one for one in found if one.first <= instant <= one.last]
            assert {key(one.ruling, names, many) for one in covering} == now - was


def key(one: Ruling, names: Mapping[str, str], many: Container[str]) -> tuple[Any, ...]:
    """Return the slot of a ruling, under the ids that merges give."""
    named = sorted((name, names.get(value, value)) for name, value in one.qualifiers.items())
    value = names.get(one.value or "", one.value) if one.property in many else ""
    return names.get(one.subject, one.subject), one.property, tuple(named), value
