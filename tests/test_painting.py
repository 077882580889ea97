"""Painting: the map is kept for the topics that changed, and says what rulings say."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from chronicle import Chronicle, painting
from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.log import head
from chronicle.reading import Reader
from chronicle.regions import paint
from tests.stores import content, painted, rows, run
from tests.stories import STORIES, claim, entity, merge, property_, retraction, source, story

PEOPLE: list[dict[str, Any]] = [
    source(),
    *(entity(name) for name in ("ada", "ada-l", "ben")),
    property_(),
    property_("tongue", cardinality="many"),
    *(
        claim(value, id=f"{who}-{value}", subject=who, valid=valid, said="2022-01-09")
        for who, value, valid in (
            ("ada", "in", "2022-01-04/.."),
            ("ada-l", "out", "2022-01-09/.."),
            ("ben", "in", "2022-01-04/2022-01-06"),
        )
    ),
    *(
        claim(value, id=f"ben-{value}-tongue", subject="ben", property="tongue", valid="2022-01-04")
        for value in ("kazakh", "russian")
    ),
]


@pytest.fixture
def filled(chronicle: Chronicle) -> Chronicle:
    """A chronicle of a few topics, none painted yet."""
    chronicle.append(PEOPLE)
    return chronicle


def repaint(chronicle: Chronicle, seen: list[tuple[int, int]] | None = None) -> int:
    """Paint what waits; return how many topics."""
    note = None if seen is None else (lambda done, total: seen.append((done, total)))
    with chronicle.database.writing() as connection:
        return painting.repaint(chronicle.database, connection, note)


def expected(chronicle: Chronicle) -> set[tuple[Any, ...]]:
    """Return the map as the claims of every topic give it."""
    found: set[tuple[Any, ...]] = set()
    with chronicle.database.reading() as connection:
        reader = Reader(chronicle.database, head(connection).size)
        for name, topic in reader.topics(connection):
            rules = reader.rules(name[1])
            for one in paint(topic, rules.many, rules):
                row = painting.row_of(0, one)
                found.add((*name, *one.slot, row[8], *row[1:8], row[9]))
    return found


def believed(chronicle: Chronicle, at: str, known: str | None = None) -> list[tuple[Any, ...]]:
    """Return (subject, property, slot value, value, claim) at a point of the map."""
    known_at = FOREVER if known is None else parse(known).last
    with chronicle.database.reading() as connection:
        rows = painting.believed(connection, parse(at).last, known_at)
    return [(row.subject, row.property, row.slot_value, row.value, row.claim) for row in rows]


def test_an_append_only_marks_what_waits(filled: Chronicle, made: str) -> None:
    """Nothing is painted before a whole view asks for it."""
    assert painted(made) == set()
    with filled.database.reading() as connection:
        assert not painting.is_painted(connection)
        assert painting.position(connection) == 0


def test_painting_gives_the_regions_of_every_topic(filled: Chronicle, made: str) -> None:
    """The stored map is that of the pure function, and stands at the head of the log."""
    assert repaint(filled) == 4
    assert painted(made) == expected(filled)
    with filled.database.reading() as connection:
        assert painting.is_painted(connection)
        assert painting.position(connection) == len(PEOPLE)


def test_only_what_was_touched_is_painted_again(filled: Chronicle, made: str) -> None:
    """Slots of other topics keep their numbers; the new map is whole all the same."""
    repaint(filled)
    others = "SELECT * FROM slot WHERE NOT (subject = 'ben' AND property = 'status') ORDER BY 1"
    before = rows(made, others)
    filled.append([claim("back", subject="ben", valid="2022-01-08")])
    assert repaint(filled) == 1
    assert rows(made, others) == before
    assert painted(made) == expected(filled)


def test_a_topic_that_lost_its_claims_leaves_the_map(filled: Chronicle, made: str) -> None:
    """Claims entered by mistake are painted over with nothing."""
    repaint(filled)
    filled.append([retraction("ben-in", "2022-06-01", mode="erratum")])
    repaint(filled)
    assert not {row for row in painted(made) if row[:2] == ("ben", "status")}
    assert painted(made) == expected(filled)


def test_merged_topics_are_painted_as_one_and_apart_again(filled: Chronicle, made: str) -> None:
    """A merge paints every topic anew, under the names that stand for the clusters."""
    repaint(filled)
    before = painted(made)
    filled.append([merge("ada", "ada-l")])
    repaint(filled)
    assert {row[0] for row in painted(made)} == {"ada", "ben"}
    assert painted(made) == expected(filled)
    filled.append([merge("ada", "ada-l", judgement="distinct")])
    repaint(filled)
    assert painted(made) == before


def test_the_map_is_written_in_stretches(
    filled: Chronicle, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few topics are painted between two writes, the map is the same; progress is told."""
    monkeypatch.setattr(painting, "_TOPICS", 1)
    seen: list[tuple[int, int]] = []
    assert repaint(filled, seen) == 4
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert painted(made) == expected(filled)
    filled.append([claim("back", subject="ben", valid="2022-01-08"), merge("ada", "ben")])
    repaint(filled)
    assert painted(made) == expected(filled)


def test_a_point_of_the_map_says_what_is_believed(filled: Chronicle) -> None:
    """Slots in which nothing is believed there are left out; the others come in order."""
    repaint(filled)
    tongues = [
        ("ben", "tongue", "kazakh", "kazakh", "ben-kazakh-tongue"),
        ("ben", "tongue", "russian", "russian", "ben-russian-tongue"),
    ]
    assert believed(filled, "2022-01-03") == []
    assert believed(filled, "2022-01-05") == [
        ("ada", "status", "", "in", "ada-in"),
        ("ben", "status", "", "in", "ben-in"),
        *tongues,
    ]
    assert believed(filled, "2022-01-10") == [
        ("ada", "status", "", "in", "ada-in"),
        ("ada-l", "status", "", "out", "ada-l-out"),
        *tongues,
    ]
    assert believed(filled, "2022-01-10", known="2021-12-31") == []


@pytest.mark.parametrize("asked", STORIES)
def test_the_map_tells_the_stories(local: Chronicle, asked: Any) -> None:
    """Every story that the rules tell is read from the map as well."""
    local.append(story(asked.told, **asked.about))
    repaint(local)
    found = believed(local, asked.at, asked.known or None)
    assert [row[3] for row in found] == ([] if asked.value is None else [asked.value])


def test_the_map_is_cleared_and_marked_whole(filled: Chronicle, made: str) -> None:
    """What was thrown away is painted again once everything waits."""
    repaint(filled)
    before = painted(made)
    with filled.database.writing() as connection:
        painting.clear(connection)
    assert content(made, ("slot", "region")) == {"slot": [], "region": []}
    with filled.database.writing() as connection:
        for subject, name in {(row[0], row[1]) for row in before}:
            connection.execute(
                text("INSERT INTO touched VALUES (:subject, :name)"),
                {"subject": subject, "name": name},
            )
    assert repaint(filled) == 4
    assert painted(made) == before


def test_projections_note_how_far_they_came(filled: Chronicle) -> None:
    """Each has a position of its own."""
    with filled.database.writing() as connection:
        painting.advance(connection, 3)
        painting.advance(connection, 5, "other")
        painting.advance(connection, 7)
        assert painting.position(connection) == 7
        assert painting.position(connection, "other") == 5
        assert painting.position(connection, "third") == 0


def test_a_map_that_someone_changed_is_painted_over(filled: Chronicle, made: str) -> None:
    """A topic that waits is erased whole before it is painted, whatever was in its place."""
    repaint(filled)
    run(made, "UPDATE region SET standing = 'settled', value = 'mine'")
    filled.append([claim("back", subject="ben", valid="2022-01-08")])
    repaint(filled)
    assert {row for row in painted(made) if row[:2] == ("ben", "status")} == {
        row for row in expected(filled) if row[:2] == ("ben", "status")
    }
