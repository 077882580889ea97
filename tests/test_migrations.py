"""Migrations: they lead to the tables that the software describes, and never lose a guard.

Alembic does not see triggers, and recreating an SQLite table drops them silently: so the texts
of all guards are compared apart.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, text

from chronicle import Chronicle
from chronicle.migrating import migrate, scripts
from chronicle.schema import metadata
from tests.stores import raw, rows
from tests.stories import STORIES, story

CHECKOUT = Path(__file__).parents[1]

_GUARDS_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"

_GUARDS_POSTGRESQL = """
    SELECT tgname, pg_get_triggerdef(oid) || ' ENABLED ' || tgenabled::text
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'chronicle%'
"""

GUARDS = {
    "sqlite": {
        "entry_no_delete",
        "entry_no_update",
        "entry_only_append",
        "tree_head_no_delete",
        "tree_head_no_update",
        "tree_head_only_append",
    },
    "postgresql": {
        "chronicle_only_append",
        "chronicle_only_next_root",
        "chronicle_refuse",
        "entry_no_change",
        "entry_no_truncate",
        "entry_only_append",
        "tree_head_no_change",
        "tree_head_no_truncate",
        "tree_head_only_append",
    },
}
"""The guards that a database of today's schema has."""


def guards(connection: Connection) -> dict[str, str]:
    """Return the text of every trigger, and of the functions that triggers call, by name."""
    sqlite = connection.dialect.name == "sqlite"
    rows = connection.execute(text(_GUARDS_SQLITE if sqlite else _GUARDS_POSTGRESQL))
    return {row[0]: row[1] for row in rows}


def described(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Leave out the full-text index, which no metadata describes, as the migrations do."""
    return not (kind == "table" and (name or "").startswith("search"))


def differences(connection: Connection) -> list[Any]:
    """Return what `alembic check` would find: how the database differs from the metadata."""
    options = {"include_object": described, "compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


def tables(connection: Connection) -> dict[str, Mapping[str, Any]]:
    """Return columns, keys, constraints and indexes of every table that metadata describes."""
    inspector = inspect(connection)
    without_rowid: set[str] = set()
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name FROM pragma_table_list WHERE wr"))
        without_rowid.update(rows.scalars())
    return {
        name: {
            "columns": [
                (one["name"], str(one["type"]), one["nullable"])
                for one in inspector.get_columns(name)
            ],
            "key": inspector.get_pk_constraint(name),
            "unique": inspector.get_unique_constraints(name),
            "indexes": sorted(
                (
                    str(one["name"]),
                    one["column_names"],
                    one["unique"],
                    {option: str(value) for option, value in one["dialect_options"].items()},
                )
                for one in inspector.get_indexes(name)
            ),
            "without_rowid": name in without_rowid,
        }
        for name in metadata.tables
    }


def upgrade_step_by_step(connection: Connection) -> None:
    """Run one migration after the other, each as an upgrade of its own."""
    revisions = [one.revision for one in scripts().walk_revisions()]
    for revision in reversed(revisions):
        migrate(connection, revision)


def test_migrations_lead_to_what_the_metadata_describes(made: str) -> None:
    """Nothing is left to migrate: tables, columns, types and indexes are those of the schema."""
    with raw(made) as connection:
        assert differences(connection) == []


def test_an_upgraded_database_has_the_tables_of_one_made_from_the_metadata(
    made: str, store: str
) -> None:
    """Also what autogeneration overlooks is the same: keys, constraints, partial indexes."""
    with raw(store) as fresh, raw(made) as upgraded:
        metadata.create_all(fresh)
        assert tables(upgraded) == tables(fresh)


def test_an_upgraded_database_has_the_guards_of_a_new_one(made: str, store: str) -> None:
    """Migrated step by step or created at once, the texts of all guards agree."""
    with raw(store) as upgraded, raw(made) as fresh:
        upgrade_step_by_step(upgraded)
        assert guards(upgraded) == guards(fresh)
        assert set(guards(fresh)) == GUARDS[fresh.dialect.name]


def test_a_recreated_table_is_seen_to_have_lost_its_guards(file: str) -> None:
    """Batch recreation drops triggers, which only the comparison of the guards notices."""
    with raw(file) as connection:
        before = guards(connection)
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("entry", recreate="always"):
            pass
        assert differences(connection) == []
        lost = {name for name in before if name not in guards(connection)}
        assert lost == {"entry_no_delete", "entry_no_update", "entry_only_append"}


def test_a_disabled_guard_is_seen(served: str) -> None:
    """A trigger that is there but switched off differs too."""
    with raw(served) as connection:
        before = guards(connection)
        connection.execute(text("ALTER TABLE entry DISABLE TRIGGER entry_no_change"))
        assert differences(connection) == []
        now = guards(connection)
        assert {name for name in before if before[name] != now[name]} == {"entry_no_change"}


def alembic(store: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the alembic command in the checkout, on a store."""
    return subprocess.run(
        [sys.executable, "-m", "alembic", "-x", f"db={store}", *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_alembic_command_works_from_the_checkout(store: str) -> None:
    """`alembic -x db=... upgrade head` makes a chronicle, and `check` has nothing to say."""
    upgraded = alembic(store, "upgrade", "head")
    assert upgraded.returncode == 0, upgraded.stderr
    checked = alembic(store, "check")
    assert checked.returncode == 0, checked.stderr + checked.stdout
    with Chronicle.open(store, create=False) as chronicle:
        chronicle.append(story(STORIES[0].told))
        assert chronicle.verify().findings == ()
    with raw(store) as connection:
        assert set(guards(connection)) == GUARDS[connection.dialect.name]


def test_a_file_made_by_the_alembic_command_lets_readers_in(tmp_path: Path) -> None:
    """Opened once, it is written ahead (WAL), like one that the software makes."""
    store = str(tmp_path / "made.db")
    assert alembic(store, "upgrade", "head").returncode == 0
    assert rows(store, "PRAGMA journal_mode") == [("delete",)]
    with raw(store) as writer:
        writer.exec_driver_sql("BEGIN IMMEDIATE")
        with Chronicle.open(store, create=False) as chronicle:
            assert chronicle.view().state() == []
    assert rows(store, "PRAGMA journal_mode") == [("delete",)]
    Chronicle.open(store, create=False).close()
    assert rows(store, "PRAGMA journal_mode") == [("wal",)]
