"""Reading: topics as reasoning needs them, as the log was at a position."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.bearing import Retraction
from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.liveness import Topic
from chronicle.reading import Reader, in_order
from chronicle.schema import claim as claims
from tests.cases import Case
from tests.stories import (
    PROPERTY,
    SUBJECT,
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
    in post  | 2015/..    | 2021-12-31 | 2, by ada
    replaced | 2022-01-06 | same day   | 4, from wire
    gone     | 2022-01-09 | same day   | , via ben
"""

HOMES: list[dict[str, Any]] = [
    source(),
    *(entity(name) for name in ("ada", "ada-l", "ben", "almaty", "alma-ata")),
    entity("kazakhstan", within="asia"),
    entity("asia"),
    entity("medeu", within="alma-ata"),
    property_("home", datatype="entity"),
    property_("mood"),
    claim("almaty", id="a", subject="ada", property="home", valid="2022-01-04"),
    claim("alma-ata", id="b", subject="ada-l", property="home", valid="2022-01-05"),
    claim("glad", id="c", subject="ada-l", property="mood", valid="2022-01-05", speaker="ada-l"),
    claim("ada-l", id="d", subject="ben", property="home", valid="2022-01-05"),
]


def reader(chronicle: Chronicle, until: int = 999) -> Reader:
    """Return a reader up to a position."""
    return Reader(chronicle.database, until)


def topic(chronicle: Chronicle, subject: str, name: str, until: int = 999) -> Topic:
    """Return one topic up to a position."""
    with chronicle.database.reading() as connection:
        return reader(chronicle, until).topic(connection, subject, name)


def every_topic(chronicle: Chronicle, until: int = 999) -> dict[tuple[str, str], Topic]:
    """Return every topic up to a position."""
    with chronicle.database.reading() as connection:
        return dict(reader(chronicle, until).topics(connection))


def test_a_topic_holds_what_its_records_say(chronicle: Chronicle) -> None:
    """Testimonies and bearing are those that the records give without a database."""
    told = story(TOLD, retraction("gone", "2022-02-01"))
    chronicle.append(told)
    found = topic(chronicle, SUBJECT, PROPERTY)
    ((_, expected),) = Case(told).topics().items()
    assert found.testimonies == expected.testimonies
    assert found.bearing.retractions == expected.bearing.retractions


def test_a_topic_without_claims_is_empty(chronicle: Chronicle) -> None:
    """Nothing said is no error here."""
    chronicle.append(story(TOLD, entity("eve")))
    assert topic(chronicle, "eve", PROPERTY).testimonies == {}
    assert topic(chronicle, "absent", PROPERTY).testimonies == {}


def test_a_reader_sees_the_log_up_to_its_position(chronicle: Chronicle) -> None:
    """Claims, retractions, merges, properties and policies appended later do not exist for it."""
    told = story(TOLD)
    until = chronicle.append(told).last
    chronicle.append(
        [
            retraction("replaced", "2022-02-01"),
            claim("back", valid="2022-03-01"),
            merge(SUBJECT, "ada"),
            property_("mood"),
            {"kind": "policy", "id": "mine", "criteria": ["assertion"]},
        ]
    )
    pinned = reader(chronicle, until)
    found = topic(chronicle, SUBJECT, PROPERTY, until)
    assert set(found.testimonies) == {"in-post", "replaced", "gone"}
    assert list(found.bearing.retractions) == []
    assert not pinned.merges
    assert "mood" not in pinned.properties
    assert pinned.policies == {}
    now = topic(chronicle, SUBJECT, PROPERTY)
    assert set(now.testimonies) == {"in-post", "replaced", "gone", "back"}
    said = parse("2022-02-01").last
    assert list(now.bearing.retractions) == [
        Retraction("retracts-replaced", "replaced", False, said)
    ]
    assert reader(chronicle).policies == {"mine": ["assertion"]}


def test_topics_of_merged_subjects_are_one(chronicle: Chronicle) -> None:
    """The claims of every id of a cluster stand under its name, values and origins as well."""
    chronicle.append(HOMES)
    chronicle.append([merge("ada", "ada-l"), merge("almaty", "alma-ata")])
    found = every_topic(chronicle)
    assert set(found) == {("ada", "home"), ("ada", "mood"), ("ben", "home")}
    homes = found["ada", "home"].testimonies
    assert {name: one.value for name, one in homes.items()} == {"a": "almaty", "b": "almaty"}
    assert found["ada", "mood"].testimonies["c"].origins == ("ada",)
    assert found["ben", "home"].testimonies["d"].value == "ada"
    for member in ("ada", "ada-l"):
        assert topic(chronicle, member, "home").testimonies.keys() == {"a", "b"}


def test_a_later_judgement_takes_a_merge_apart(chronicle: Chronicle) -> None:
    """Nothing was rewritten: after `distinct` every topic is as it was."""
    chronicle.append(HOMES)
    before = {name: one.testimonies for name, one in every_topic(chronicle).items()}
    chronicle.append([merge("ada", "ada-l")])
    chronicle.append([merge("ada", "ada-l", judgement="distinct")])
    assert {name: one.testimonies for name, one in every_topic(chronicle).items()} == before


@pytest.mark.parametrize("properties", [("mood",), ("home",), ("home", "mood"), ("none",)])
def test_topics_of_some_properties(chronicle: Chronicle, properties: tuple[str, ...]) -> None:
    """Only topics of the properties asked for are read."""
    chronicle.append([*HOMES, merge("ada", "ada-l")])
    with chronicle.database.reading() as connection:
        found = dict(reader(chronicle).topics(connection, properties=properties))
    assert found.keys() == {name for name in every_topic(chronicle) if name[1] in properties}


def test_names_about_an_entity_are_topics_of_it_and_with_it(chronicle: Chronicle) -> None:
    """An entity is found as subject and as value, under any of its ids, up to the position."""
    until = chronicle.append(HOMES).last
    chronicle.append([merge("ada", "ada-l")])
    with chronicle.database.reading() as connection:
        before, now = reader(chronicle, until), reader(chronicle)
        assert before.names_about(connection, "ada") == [("ada", "home")]
        assert before.names_about(connection, "ada-l") == [
            ("ada-l", "home"), ("ada-l", "mood"), ("ben", "home"),
        ]  # fmt: skip
        for name in ("ada", "ada-l"):
            assert now.names_about(connection, name) == [
                ("ada", "home"), ("ada", "mood"), ("ben", "home"),
            ]  # fmt: skip
        assert now.names_about(connection, "asia") == []
        assert reader(chronicle, 1).names_about(connection, "ada") == []


def test_an_entity_is_within_what_any_of_its_ids_is_within(chronicle: Chronicle) -> None:
    """Containers follow merges; what was merged with its own container is within nothing."""
    chronicle.append(HOMES)
    plain = reader(chronicle)
    assert [plain.container(name) for name in ("medeu", "kazakhstan", "asia", "absent")] == [
        "alma-ata", "asia", None, None,
    ]  # fmt: skip
    chronicle.append([merge("almaty", "alma-ata", "medeu")])
    merged = reader(chronicle)
    assert [merged.container(name) for name in ("almaty", "kazakhstan")] == [None, "asia"]


def test_of_several_containers_the_own_one_counts(chronicle: Chronicle) -> None:
    """Ids of one entity may name different containers: its own record decides, then the id."""
    chronicle.append(
        [
            *(entity(name) for name in ("x", "y", "z")),
            *(entity(name, within=within) for name, within in (("c", "x"), ("b", "y"), ("a", "z"))),
            entity("d"),
            merge("b", "a", "c"),
            merge("d", "x", id="a-house-in-x"),
        ]
    )
    found = reader(chronicle)
    assert [found.container(name) for name in ("a", "b", "c")] == ["y", "y", "y"]
    chronicle.append([merge("d", "b", "y", id="all-one")])
    assert reader(chronicle).container("b") == "z"


def test_a_conflict_brings_the_topics_of_its_other_claims(chronicle: Chronicle) -> None:
    """Whether a conflict is in force depends on claims elsewhere, and on what bears on those."""
    chronicle.append([*HOMES, conflict("a", "c", "d"), retraction("d", "2022-02-01")])
    found = topic(chronicle, "ada", "home")
    assert [sorted(other.testimonies) for other in found.foreign] == [["c"], ["d"]]
    assert found.conflicts(parse("2022-01-31").last) == {"a", "c", "d"}
    assert found.conflicts(FOREVER) == set()
    assert topic(chronicle, "ada-l", "home").foreign == ()


def test_rules_follow_the_property_and_the_places(chronicle: Chronicle) -> None:
    """A place and what contains it are compatible; others are not."""
    chronicle.append(HOMES)
    compatible = reader(chronicle).rules("home").compatible
    assert compatible("medeu", "alma-ata")
    assert compatible("asia", "kazakhstan")
    assert not compatible("medeu", "almaty")
    assert reader(chronicle).rules("participant").many


def test_every_topic_comes_in_order(chronicle: Chronicle) -> None:
    """By code point, whatever ids are merged; and so do the records of a kind."""
    chronicle.append([*HOMES, merge("ada", "ada-l")])
    found = reader(chronicle)
    with chronicle.database.reading() as connection:
        names = [name for name, _ in found.topics(connection)]
        assert names == [("ada", "home"), ("ada", "mood"), ("ben", "home")]
        assert [name for name, _ in found.topics(connection, properties=["mood"])] == names[1:2]
        entities = [one.id for one in found.of_kind(connection, "entity")]
        assert entities == sorted(entities)
        assert len(entities) == 8
        some = found.of_kind(connection, "entity", ["medeu", "asia", "press", "nobody"])
        assert [one.id for one in some] == ["asia", "medeu"]


def test_a_server_orders_by_code_point_too(chronicle: Chronicle) -> None:
    """It would go by its locale, which is another one on another machine."""
    with chronicle.database.reading() as connection:
        told = str(in_order(connection, claims.c.subject).compile(dialect=connection.dialect))
    assert told == (
        "claim.subject ASC" if chronicle.database.is_sqlite else 'claim.subject COLLATE "C" ASC'
    )
