"""Run migrations: over a connection that the software hands in, or from the alembic command."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from chronicle.database import url_of
from chronicle.schema import metadata


def _ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Leave out the full-text index, which no metadata can describe."""
    return not (kind == "table" and name is not None and name.startswith("search"))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=_ours,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    place = context.get_x_argument(as_dictionary=True).get("db", "chronicle.db")
    with create_engine(url_of(place)).connect() as own:
        _run(own)
