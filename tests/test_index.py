"""The index: what it keeps of claims, what bears on them, and which topics an append touches."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from chronicle import Chronicle, index
from chronicle.bearing import Assessment, Conflict, Retraction
from chronicle.calendar import BEGINNING
from chronicle.dates import parse
from chronicle.schema import claim as claim_table
from chronicle.schema import touched
from chronicle.testimony import unpack
from tests.cases import Case
from tests.stores import content, rows
from tests.stories import (
    assessment,
    claim,
    conflict,
    entity,
    merge,
    property_,
    retraction,
    source,
)

Topic = tuple[str, str]

FIRE: dict[str, Any] = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "source": "press",
    "asserted": "2022-01-06",
}

BASE: list[dict[str, Any]] = [
    source("press"),
    source("wire"),
    entity("ada"),
    entity("ben"),
    entity("fort"),
    property_("status", qualifiers=["role"]),
    property_("mood"),
    property_("home", datatype="entity"),
    claim("in", id="ada-in", subject="ada", valid="2022-01-04"),
    claim("glad", id="ada-glad", subject="ada", property="mood", valid="2022-01-04", source="wire"),
    claim("out", id="ben-out", subject="ben", valid="2022-01-04"),
    claim("fort", id="ben-home", subject="ben", property="home", valid="2022-01-04", source="wire"),
    FIRE,
    assessment("ada-glad", "2022-02-01", id="judged", credibility="4"),
    retraction("ada-in", "2022-02-01", id="taken-back"),
    conflict("ada-glad", "ben-home", id="not-both"),
]

TOUCHES: list[tuple[dict[str, Any], set[Topic]]] = [
    (claim("off", subject="ada", valid="2022-01-09"), {("ada", "status")}),
    (
        claim("sad", subject="ada", property="mood", valid="2022-01-09", source="wire"),
        {("ada", "mood"), ("ben", "home")},
    ),
    (retraction("ben-out", "2022-03-01"), {("ben", "status")}),
    (retraction("fire", "2022-03-01"), {("fire", "when")}),
    (retraction("press", "2022-03-01"), {("ada", "status"), ("ben", "status"), ("fire", "when")}),
    (retraction("judged", "2022-03-01"), {("ada", "mood"), ("ben", "home")}),
    (retraction("taken-back", "2022-03-01"), {("ada", "status")}),
    (retraction("not-both", "2022-03-01"), {("ada", "mood"), ("ben", "home")}),
    (assessment("ben-out", "2022-03-01", rank="preferred"), {("ben", "status")}),
    (conflict("ada-in", "ben-out"), {("ada", "status"), ("ben", "status")}),
    (
        merge("ada", "ben"),
        {("ada", "status"), ("ada", "mood"), ("ben", "status"), ("ben", "home"), ("fire", "when")},
    ),
    (FIRE | {"id": "flood"}, {("flood", "when")}),
    (entity("eve"), set()),
    (source("radio", derives_from=["press"]), set()),
    (property_("rank"), set()),
    ({"kind": "expectation", "id": "e", "subject": "ada", "property": "status"}, set()),
    ({"kind": "policy", "id": "mine", "criteria": ["assertion"]}, set()),
    (
        {"kind": "policy", "id": "best-known", "criteria": ["assertion"]},
        {
            ("ada", "status"), ("ada", "mood"), ("ben", "status"), ("ben", "home"),
            ("fire", "when"), ("flood", "when"),
        },
    ),
]  # fmt: skip
"""A record appended to the base, and the topics whose map may be another one after it."""


@pytest.fixture
def painted(chronicle: Chronicle) -> Chronicle:
    """A chronicle of the base, its map up to date."""
    chronicle.append(BASE)
    chronicle.view().state()
    return chronicle


def waiting(chronicle: Chronicle) -> set[Topic]:
    """Return the topics that wait to be painted."""
    with chronicle.database.reading() as connection:
        return {(row.subject, row.property) for row in connection.execute(select(touched))}


def test_an_append_touches_the_topics_that_it_bears_on(painted: Chronicle) -> None:
    """Each kind of record marks what it may change, and nothing else."""
    for record, topics in TOUCHES:
        assert waiting(painted) == set()
        painted.append([record])
        assert waiting(painted) == topics, record
        painted.view().state()


def test_what_is_appended_twice_touches_nothing(painted: Chronicle) -> None:
    """Records that the log holds already change no map."""
    painted.append(BASE)
    assert waiting(painted) == set()


def test_claims_are_kept_as_testimony(painted: Chronicle) -> None:
    """Each claim is kept as reasoning sees it, those that events state included."""
    with painted.database.reading() as connection:
        found = {row.id: row for row in connection.execute(select(claim_table))}
    case = Case([one for one in BASE if one["kind"] in ("source", "entity", "property", "claim")])
    for record in BASE:
        if record["kind"] == "claim":
            row = found.pop(record["id"])
            assert unpack(row.testimony) == case.testimony(record)
            assert (row.subject, row.property) == (record["subject"], record["property"])
            assert (row.source, row.event) == (record["source"], None)
            assert row.entity == ("fort" if record["property"] == "home" else None)
    ((name, stated),) = found.items()
    assert name.startswith("fire-when-")
    assert (stated.position, stated.event, stated.source) == (13, "fire", "press")
    assert unpack(stated.testimony).stated_by == "fire"


def test_what_bears_on_an_id_is_loaded_with_what_bears_on_that(painted: Chronicle) -> None:
    """Retractions of retractions, assessments and conflicts come along, up to a position."""
    painted.append([retraction("taken-back", "2022-03-01", id="again")])
    painted.append([retraction("again", "2022-04-01", id="anew", mode="erratum")])
    said = parse("2022-02-01").last
    with painted.database.reading() as connection:
        whole = index.load_bearing(connection, ["ada-in", "ada-glad"], 99)
        before = index.load_bearing(connection, ["ada-in", "ada-glad"], 17)
        for targets in ([], ["ben-out"]):
            nothing = index.load_bearing(connection, targets, 99)
            assert [*nothing.retractions, *nothing.assessments, *nothing.conflicts] == []
    assert sorted(whole.retractions) == [
        Retraction("again", "taken-back", False, parse("2022-03-01").last),
        Retraction("anew", "again", True, BEGINNING),
        Retraction("taken-back", "ada-in", False, said),
    ]
    assert list(whole.assessments) == [Assessment("judged", "ada-glad", "", 4, said)]
    assert list(whole.conflicts) == [Conflict("not-both", ("ada-glad", "ben-home"))]
    assert {one.id for one in before.retractions} == {"again", "taken-back"}


def test_the_index_is_cleared_whole(painted: Chronicle, made: str) -> None:
    """Claims, what bears on them and what waits are thrown away; the log stays."""
    with painted.database.writing() as connection:
        index.mark(connection, [("ada", "status"), ("ada", "status")])
        index.clear(connection)
    assert content(made, ("claim", "bearing", "touched")) == {
        "claim": [],
        "bearing": [],
        "touched": [],
    }
    assert rows(made, "SELECT count(*) FROM entry") == [(len(BASE),)]
