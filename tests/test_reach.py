"""Reach: which topics new entries may change, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.reach import reach
from chronicle.reading import Name, Reader
from tests.stories import assessment, claim, conflict, entity, merge, property_, retraction, source

Records = Sequence[dict[str, Any]]


def said(name: str, value: str, subject: str, property: str, **fields: Any) -> dict[str, Any]:
    """Claim something of a subject, on the 5th."""
    about = {"id": name, "subject": subject, "property": property, "said": "2022-01-05"}
    return claim(value, **{"valid": "2022-01-05/.."} | about | fields)


WORLD: Records = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "ada_l", "ben", "adaxl", "world")),
    entity("town", within="land"),
    entity("street", within="town"),
    entity("land"),
    entity("country"),
    property_("mood", qualifiers=["with"]),
    property_("home", datatype="entity"),
    property_("hat"),
    said("ada-mood", "glad", "ada", "mood"),
    said("ada-mood-with", "sad", "ada", "mood", qualifiers={"with": "ada_l"}, source="wire"),
    said("ada-hat", "red", "ada", "hat"),
    said("ben-hat", "red", "ben", "hat", speaker="ada_l"),
    said("ben-mood", "sad", "ben", "mood", source="wire", via=["ada"]),
    said("ben-home", "street", "ben", "home"),
    said("world-hat", "ada_l", "world", "hat"),
    said("xl-mood", "glad", "adaxl", "mood", speaker="adaxl"),
    {"kind": "event", "id": "ball", "title": "Ball", "source": "press", "asserted": "2022-01-05",
     "when": "2022-01-04", "place": "street"},
]  # fmt: skip

HATS = {("ada", "hat"), ("ben", "hat")}

NEW: Sequence[tuple[Records, set[Name]]] = [
    ([], set()),
    ([entity("new"), property_("new-property"), source("new-source")], set()),
    ([said("new", "blue", "ada", "hat")], {("ada", "hat")}),
    ([said("one", "blue", "ada", "hat"), said("two", "a", "ben", "mood")], {
        ("ada", "hat"), ("ben", "mood"),
    }),
    ([retraction("ada-hat", "2022-01-06")], {("ada", "hat")}),
    ([retraction("wire", "2022-01-06")], {("ada", "mood"), ("ben", "mood")}),
    ([retraction("ball", "2022-01-06")], {("ball", "when"), ("ball", "place")}),
    ([assessment("ben-hat", "2022-01-06", rank="deprecated")], {("ben", "hat")}),
    ([conflict("ada-hat", "ben-hat")], HATS),
    (
        [conflict("ada-hat", "ben-hat"), retraction("conflict", "2022-01-06")],
        HATS,
    ),
    ([{"kind": "expectation", "id": "hope", "subject": "ada", "property": "hat"}], set()),
    ([{"kind": "policy", "id": "mine", "criteria": ["credibility"]}], set()),
    ([{"kind": "event", "id": "fair", "title": "Fair", "source": "press", "when": "2022-01-04",
       "asserted": "2022-01-05"}], {("fair", "when")}),
]  # fmt: skip


def reached(chronicle: Chronicle, records: Records) -> set[Name]:
    """Return the topics that an append of records reaches."""
    database = chronicle.database
    before = Reader(database, chronicle.view().scope.until)
    chronicle.append(records)
    after = Reader(database, chronicle.view().scope.until)
    with database.reading() as connection:
        return reach(connection, before, after)


@pytest.mark.parametrize(("records", "topics"), NEW)
def test_records_reach_their_topics_alone(
    chronicle: Chronicle, records: Records, topics: set[Name]
) -> None:
    """Claims their own, judgements those of what they are about; what nothing names, none."""
    chronicle.append(WORLD)
    assert reached(chronicle, records) == topics


def test_claims_reach_topics_in_conflict(local: Chronicle) -> None:
    """What displaces a claim of a conflict may settle its other side."""
    local.append([*WORLD, conflict("ada-hat", "ben-hat")])
    assert reached(local, [said("new", "blue", "ada", "hat")]) == HATS


def test_joined_ids_reach_every_topic_that_names_them(chronicle: Chronicle) -> None:
    """As subject, qualifier, speaker or relay, and as what may be an entity; no like names."""
    chronicle.append(WORLD)
    named = {("ada", "mood"), ("ada", "hat"), ("ben", "hat"), ("ben", "mood")}
    # A text that is spelled like an id cannot be told from it.
    assert reached(chronicle, [merge("ada", "ada_l")]) == named | {("world", "hat")}


def test_parted_ids_reach_the_same_topics(local: Chronicle) -> None:
    """A later judgement that they are distinct undoes what the first one did, there alone."""
    local.append(WORLD)
    joined = reached(local, [merge("ada", "ada_l")])
    assert reached(local, [merge("ada", "ada_l", judgement="distinct")]) == joined


def test_judgements_that_change_nothing_reach_nothing(local: Chronicle) -> None:
    """The same judged again, or ids kept apart that were never joined."""
    local.append([*WORLD, merge("ada", "ada_l")])
    assert reached(local, [merge("ada", "ada_l", id="again")]) == set()
    assert reached(local, [merge("ben", "world", judgement="distinct")]) == set()


def test_joined_places_reach_the_values_within_them(chronicle: Chronicle) -> None:
    """Values are compatible with what contains them, at any depth."""
    chronicle.append(WORLD)
    assert reached(chronicle, [merge("land", "country")]) == {("ben", "home"), ("ball", "place")}


def test_another_default_policy_reaches_everything(local: Chronicle) -> None:
    """It orders every map."""
    local.append(WORLD)
    every = reached(local, [{"kind": "policy", "id": "best-known", "criteria": ["credibility"]}])
    assert len(every) == 9
