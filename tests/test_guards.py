"""The guards: the database itself refuses every change to the log, whoever asks for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

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
    "MERGE INTO entry USING (SELECT 2 AS p) AS new ON position = p WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM entry RETURNING position) SELECT * FROM gone",
)


LOG = ("entry", "tree_head")


@pytest.fixture
def guarded(chronicle: Chronicle, made: str) -> str:
    """A store with a log of three entries and two roots."""
    chronicle.append([entity("ada"), entity("ben")])
    chronicle.append([entity("eve")])
    return made


def refusal(store: str, statement: str) -> str:
    """Return how the database refuses a statement; "" if it does not."""
    try:
        run(store, statement)
    except DatabaseError as error:
        return str(error.orig)
    return ""


def not_refused(store: str, statements: Sequence[str]) -> list[tuple[str, str]]:
    """Return the statements that the guards do not refuse, and what was said instead."""
    before = content(store, LOG)
    assert [len(rows) for rows in before.values()] == [3, 2]
    told = [(statement, refusal(store, statement)) for statement in statements]
    assert content(store, LOG) == before
    return [(statement, said) for statement, said in told if REFUSED not in said]


def test_the_log_is_never_changed(guarded: str) -> None:
    """Changing, deleting, and inserting anywhere but at the end is refused by the guards."""
    is_sqlite = "://" not in guarded
    own = OF_SQLITE if is_sqlite else OF_POSTGRESQL
    assert not_refused(guarded, (*CHANGES, *own)) == []


@pytest.mark.parametrize("recursive", [0, 1])
def test_any_program_that_opens_the_file_is_refused(
    local: Chronicle, file: str, recursive: int
) -> None:
    """The guards are in the file: they hold for plain SQLite, whatever its settings."""
    local.append([entity("ada"), entity("ben")])
    local.append([entity("eve")])
    before = content(file, LOG)
    plain = sqlite3.connect(file)
    plain.execute(f"PRAGMA recursive_triggers = {recursive}")
    for statement in (*CHANGES, *OF_SQLITE):
        with pytest.raises(sqlite3.IntegrityError, match=REFUSED), plain:
            plain.execute(statement)
    plain.close()
    assert content(file, LOG) == before


def test_an_entry_at_the_end_is_taken(guarded: str) -> None:
    """The guards refuse nothing but change: the next position, a new id, a time not earlier."""
    run(guarded, "INSERT " + entry(4, "new"))
    run(guarded, "INSERT " + entry(5, "newer"))
    run(guarded, "INSERT " + HEAD.format(size=5))
    assert [len(rows) for rows in content(guarded, LOG).values()] == [5, 3]


def test_the_first_entry_has_position_one(made: str) -> None:
    """An empty log takes no other first entry."""
    for position in (0, 2):
        with pytest.raises(DatabaseError, match=REFUSED):
            run(made, "INSERT " + entry(position, "first"))
    run(made, "INSERT " + entry(1, "first"))
