"""Schema: the tables, the same for SQLite and PostgreSQL.

`entry` is the log and `tree_head` its Merkle roots: both append-only, guarded by triggers that
the first migration creates. All the others are projections: caches that can be thrown away and
rebuilt from the log.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

REVISION = "0001"
"""The migration that this software needs; a test holds it against the migrations themselves."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Instant = BigInteger().with_variant(Integer, "sqlite")

entry = Table(
    "entry",
    metadata,
    Column("position", Instant, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("payload", Text, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
)
"""One entry a row: the header, the salted commitment to its payload, and the payload."""

Index("ix_entry_kind", entry.c.kind, entry.c.position)

tree_head = Table(
    "tree_head",
    metadata,
    Column("size", Instant, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
)
"""One row an append: the size of the log after it, the Merkle root, and the tree's frontier."""

projection = Table(
    "projection",
    metadata,
    Column("name", Text, primary_key=True),
    Column("position", Instant, nullable=False),
)
"""How far into the log each projection has come."""

claim = Table(
    "claim",
    metadata,
    Column("position", Instant, primary_key=True, autoincrement=False),
    Column("id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("property", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("entity", Text),
    Column("event", Text),
    Column("testimony", Text, nullable=False),
    Index("ix_claim_topic", "subject", "property"),
    Index("ix_claim_entity", "entity"),
    Index("ix_claim_stated", "event", "id"),
    sqlite_with_rowid=False,
)
"""Every claim as reasoning needs it. `entity` is its value where that is an entity; `event` the
event that states it about itself, under whose position it stands."""

bearing = Table(
    "bearing",
    metadata,
    Column("id", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("position", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Index("ix_bearing_target", "target"),
)
"""Retractions, assessments and conflicts, by what they are aimed at."""

touched = Table(
    "touched",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("property", Text, primary_key=True),
)
"""The topics whose map is to be painted anew."""

slot = Table(
    "slot",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("property", Text, nullable=False),
    Column("qualifiers", Text, nullable=False),
    Column("value", Text, nullable=False),
    Index("ix_slot_topic", "subject", "property"),
)
"""The slots that are painted; `value` is "" where the cardinality is one."""

region = Table(
    "region",
    metadata,
    Column("slot", Integer, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant, nullable=False),
    Column("known_from", Instant, nullable=False),
    Column("known_to", Instant, nullable=False),
    Column("standing", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("claim", Text),
    Column("value", Text),
    Column("horizon", Instant),
    Index("ix_region_slot", "slot"),
    Index("ix_region_valid_to", "valid_to", "known_to"),
)
"""The map of the default policy: a rectangle of valid and known time, and the ruling there."""
