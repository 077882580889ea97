"""Migrating: the steps that create the tables or bring them to a later schema.

Each step gets the operations that it works with handed in. Alembic's own way, a global that
stands for the migration under way, would let two threads that each create a chronicle get into
each other's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from chronicle.carried import carried


def scripts() -> ScriptDirectory:
    """Return the migrations that this software carries."""
    return ScriptDirectory(carried("migrations"))


def migrate(connection: Connection, to: str = "heads") -> None:
    """Run the steps that lead from the database's schema to another, the newest by default.

    They run in the transaction of the connection. Alembic's `RevisionError` if the database's
    schema is none that this software knows.
    """
    known = scripts()

    def steps(found: Sequence[str], _context: MigrationContext) -> list[Any]:
        onward = list(known.iterate_revisions(to, tuple(found)))
        return [MigrationStep.upgrade_from_script(known.revision_map, one) for one in onward[::-1]]

    options = {"fn": steps, "transactional_ddl": True}
    context = MigrationContext.configure(connection, opts=options)
    context.run_migrations(op=Operations(context))
