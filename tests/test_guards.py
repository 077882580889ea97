"""The guards: the database itself refuses every change to the log, whoever asks for it."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from chronicle import Chronicle
from tests.stores import content, run
from tests.stories import entity

REFUSED = "the log is append-only"

_ENTRY = (
    "INTO entry (position, id, kind, schema, recorded_at, author, message, salt, payload, "
    "commitment, leaf) VALUES ({position}, '{name}', 'entity', 1, '{moment}', 'me', '', "
    "'', '{{}}', '', '')"
)

LATER, EARLIER = "2030-01-01T00:00:00.000000Z", "2000-01-01T00:00:00.000000Z"


def entry(position: object, name: str, moment: str = LATER) -> str:
    """Return the tail of an INSERT of an entry."""
    return _ENTRY.format(position=position, name=name, moment=moment)


HEAD = "INTO tree_head (size, root, peaks) VALUES ({size}, '', '')"

CHANGES = (
    "UPDATE entry SET message = 'mine'",
    "UPDATE entry SET payload = '{}' WHERE position = 2",
    "UPDATE entry SET position = 9 WHERE position = 3",
    "DELETE FROM entry",
    "DELETE FROM entry WHERE position = 3",
    "INSERT " + entry(2, "new"),
    "INSERT " + entry(3, "new"),
    "INSERT " + entry(5, "new"),
    "INSERT " + entry(0, "new"),
    "INSERT " + entry(-1, "new"),
    "INSERT " + entry(4, "ada"),
    "INSERT " + entry(4, "new", EARLIER),
    "INSERT " + entry(4, "new") + ", " + entry(6, "newer").split("VALUES ")[1],
    "UPDATE tree_head SET root = ''",
    "UPDATE tree_head SET size = 9 WHERE size = 3",
    "DELETE FROM tree_head",
    "DELETE FROM tree_head WHERE size = 3",
    "INSERT " + HEAD.format(size=1),
    "INSERT " + HEAD.format(size=2),
    "INSERT " + HEAD.format(size=3),
)
"""What both dialects refuse, in a log of three entries and two roots, of 2 and of 3 entries."""

OF_SQLITE = (
    "INSERT OR REPLACE " + entry(2, "new"),
    "INSERT OR REPLACE " + entry(4, "ada"),
    "INSERT OR REPLACE " + entry(3, "eve"),
    "INSERT OR IGNORE " + entry(2, "new"),
    "REPLACE " + entry(1, "ada"),
    "INSERT " + entry("NULL", "ada"),
    "UPDATE OR REPLACE entry SET position = 2 WHERE position = 3",
    "INSERT " + entry(2, "new") + " ON CONFLICT (position) DO UPDATE SET payload = 'mine'",
    "INSERT OR REPLACE " + HEAD.format(size=3),
    "REPLACE " + HEAD.format(size=2),
    "UPDATE OR REPLACE tree_head SET size = 2 WHERE size = 3",
    "INSERT " + HEAD.format(size=3) + " ON CONFLICT (size) DO UPDATE SET root = 'mine'",
)

OF_POSTGRESQL = (
    "TRUNCATE entry",
    "TRUNCATE entry, tree_head",
    "TRUNCATE tree_head",
    "INSERT " + entry(2, "new") + " ON CONFLICT (position) DO UPDATE SET payload = 'mine'",
    "INSERT " + entry(4, "ada") + " ON CONFLICT (id) DO UPDATE SET payload = 'mine'",
    "INSERT " + entry(3, "eve") + " ON CONFLICT DO NOTHING",
    "INSERT " + HEAD.format(size=3) + " ON CONFLICT (size) DO UPDATE SET root = 'mine'",
    "MERGE INTO entry USING (SELECT 2 AS position) AS new ON entry.position = new.position "
    "WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM entry RETURNING position) SELECT * FROM gone",
)


@pytest.fixture
def guarded(chronicle: Chronicle, store: str) -> str:
    """A store with a log of three entries and two roots."""
    chronicle.append([entity("ada"), entity("ben")])
    chronicle.append([entity("eve")])
    return store


def refused(store: str, statement: str) -> str:
    """Return how a statement was refused; nothing in the log may have changed."""
    before: dict[str, Any] = content(store, ("entry", "tree_head"))
    assert [len(rows) for rows in before.values()] == [3, 2]
    with pytest.raises(DatabaseError) as told:
        run(store, statement)
    assert content(store, ("entry", "tree_head")) == before
    return str(told.value)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_log_is_never_changed(guarded: str, statement: str) -> None:
    """Changing, deleting and inserting anywhere but at the end is refused by the guards."""
    assert REFUSED in refused(guarded, statement)


@pytest.mark.parametrize("statement", OF_SQLITE)
def test_sqlite_refuses_its_own_ways_of_changing(
    local: Chronicle, sqlite_store: str, statement: str
) -> None:
    """Replacing by position and by id, and upserts, are refused too."""
    local.append([entity("ada"), entity("ben")])
    local.append([entity("eve")])
    assert REFUSED in refused(sqlite_store, statement)


@pytest.mark.parametrize("recursive", [0, 1])
@pytest.mark.parametrize("statement", [*CHANGES[:4], *OF_SQLITE])
def test_any_program_that_opens_the_file_is_refused(
    local: Chronicle, sqlite_store: str, statement: str, recursive: int
) -> None:
    """The guards are in the file: they hold for plain SQLite, whatever its settings."""
    local.append([entity("ada"), entity("ben")])
    local.append([entity("eve")])
    before = content(sqlite_store, ("entry", "tree_head"))
    plain = sqlite3.connect(sqlite_store)
    plain.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlite3.IntegrityError, match=REFUSED), plain:
        plain.execute(statement)
    plain.close()
    assert content(sqlite_store, ("entry", "tree_head")) == before


def test_postgresql_refuses_its_own_ways_of_changing(
    postgresql_store: str, subtests: pytest.Subtests
) -> None:
    """Truncating, upserts and merging are refused too."""
    with Chronicle.open(postgresql_store) as chronicle:
        chronicle.append([entity("ada"), entity("ben")])
        chronicle.append([entity("eve")])
    for statement in OF_POSTGRESQL:
        with subtests.test(statement):
            assert REFUSED in refused(postgresql_store, statement)


def test_an_entry_at_the_end_is_taken(guarded: str) -> None:
    """The guards refuse nothing but change: the next position, a new id, a time not earlier."""
    run(guarded, "INSERT " + entry(4, "new"))
    run(guarded, "INSERT " + entry(5, "newer"))
    run(guarded, "INSERT " + HEAD.format(size=5))
    assert [len(rows) for rows in content(guarded, ("entry", "tree_head")).values()] == [5, 3]


def test_the_first_entry_has_position_one(store: str) -> None:
    """An empty log takes no other first entry."""
    Chronicle.open(store).close()
    for position in (0, 2):
        with pytest.raises(DatabaseError, match=REFUSED):
            run(store, "INSERT " + entry(position, "first"))
    run(store, "INSERT " + entry(1, "first"))
