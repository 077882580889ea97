"""The log with its guards, and the first projections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_SQLITE_GUARDS = (
    """
    CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry is never changed'); END
    """,
    """
    CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry is never deleted'); END
    """,
    # A delete trigger does not see INSERT OR REPLACE: the insert itself has to refuse.
    """
    CREATE TRIGGER entry_only_append BEFORE INSERT ON entry
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM entry)
      OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
      OR NEW.recorded_at < (SELECT recorded_at FROM entry WHERE position = NEW.position - 1)
    BEGIN SELECT RAISE(ABORT,
      'the log is append-only: an entry takes the next position, a new id and no earlier time');
    END
    """,
    """
    CREATE TRIGGER tree_head_no_update BEFORE UPDATE ON tree_head
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a root is never changed'); END
    """,
    """
    CREATE TRIGGER tree_head_no_delete BEFORE DELETE ON tree_head
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a root is never deleted'); END
    """,
    """
    CREATE TRIGGER tree_head_only_append BEFORE INSERT ON tree_head
    WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM tree_head)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a root is never replaced'); END
    """,
)

_POSTGRESQL_GUARDS = (
    """
    CREATE FUNCTION chronicle_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the log is append-only: nothing is ever changed or deleted';
    END $$
    """,
    """
    CREATE FUNCTION chronicle_only_append() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.position IS DISTINCT FROM (SELECT coalesce(max(position), 0) + 1 FROM entry)
        OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
        OR NEW.recorded_at COLLATE "C" < (
          SELECT recorded_at FROM entry WHERE position = NEW.position - 1)
      THEN
        RAISE EXCEPTION
          'the log is append-only: an entry takes the next position, a new id and no earlier time';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE ON entry
    FOR EACH ROW EXECUTE FUNCTION chronicle_refuse()
    """,
    """
    CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION chronicle_refuse()
    """,
    """
    CREATE TRIGGER entry_only_append BEFORE INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION chronicle_only_append()
    """,
    """
    CREATE FUNCTION chronicle_only_next_root() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.size <= (SELECT coalesce(max(size), 0) FROM tree_head) THEN
        RAISE EXCEPTION 'the log is append-only: a root is never replaced';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER tree_head_only_append BEFORE INSERT ON tree_head
    FOR EACH ROW EXECUTE FUNCTION chronicle_only_next_root()
    """,
    """
    CREATE TRIGGER tree_head_no_change BEFORE UPDATE OR DELETE ON tree_head
    FOR EACH ROW EXECUTE FUNCTION chronicle_refuse()
    """,
    """
    CREATE TRIGGER tree_head_no_truncate BEFORE TRUNCATE ON tree_head
    FOR EACH STATEMENT EXECUTE FUNCTION chronicle_refuse()
    """,
)

_SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE search USING fts5(
      id UNINDEXED, kind UNINDEXED, words UNINDEXED, folded)
    """,
)

_POSTGRESQL_SEARCH = (
    """
    CREATE TABLE search (
      id text NOT NULL, kind text NOT NULL, words text NOT NULL, folded text NOT NULL)
    """,
    "CREATE INDEX search_words ON search USING gin (to_tsvector('simple', folded))",
)


def upgrade(op: Operations) -> None:
    """Create every table, the guards of the log, and the full-text index."""
    _log(op)
    _index(op)
    _map(op)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_GUARDS if sqlite else _POSTGRESQL_GUARDS:
        op.execute(statement)
    for statement in _SQLITE_SEARCH if sqlite else _POSTGRESQL_SEARCH:
        op.execute(statement)


def _log(op: Operations) -> None:
    op.create_table(
        "entry",
        sa.Column("position", _INSTANT, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_entry"),
        sa.UniqueConstraint("id", name="uq_entry_id"),
    )
    op.create_index("ix_entry_kind", "entry", ["kind", "position"])
    op.create_table(
        "tree_head",
        sa.Column("size", _INSTANT, nullable=False, autoincrement=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_tree_head"),
    )
    op.create_table(
        "projection",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_projection"),
    )


def _index(op: Operations) -> None:
    op.create_table(
        "claim",
        sa.Column("position", _INSTANT, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text()),
        sa.Column("event", sa.Text()),
        sa.Column("testimony", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", "id", name="pk_claim"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_topic", "claim", ["subject", "property"])
    op.create_index("ix_claim_entity", "claim", ["entity"])
    op.create_index("ix_claim_stated", "claim", ["event", "id"])
    op.create_table(
        "bearing",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("position", _INSTANT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "target", name="pk_bearing"),
    )
    op.create_index("ix_bearing_target", "bearing", ["target"])


def _map(op: Operations) -> None:
    op.create_table(
        "touched",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "property", name="pk_touched"),
    )
    op.create_table(
        "slot",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("qualifiers", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_slot"),
    )
    op.create_index("ix_slot_topic", "slot", ["subject", "property"])
    op.create_table(
        "region",
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("valid_from", _INSTANT, nullable=False),
        sa.Column("valid_to", _INSTANT, nullable=False),
        sa.Column("known_from", _INSTANT, nullable=False),
        sa.Column("known_to", _INSTANT, nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("horizon", _INSTANT),
    )
    op.create_index("ix_region_slot", "region", ["slot"])
    op.create_index("ix_region_valid_to", "region", ["valid_to", "known_to"])


def downgrade(op: Operations) -> None:
    """Refuse: going back would throw away the log."""
    raise NotImplementedError("the log is never thrown away; export it and start afresh")
