"""Run migrations from the alembic command; the software itself runs them without this file."""

from __future__ import annotations

from alembic import context
from alembic.operations import Operations
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
        context.run_migrations(op=Operations(context.get_context()))


place = context.get_x_argument(as_dictionary=True).get("db", "chronicle.db")
with create_engine(url_of(place)).connect() as own:
    _run(own)
