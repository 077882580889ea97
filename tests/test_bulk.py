"""Bulk statements: rows by the order of columns, and statements compiled once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import bindparam, select

from chronicle.bulk import Prepared, insert_rows
from chronicle.database import Database
from chronicle.schema import region, touched


@pytest.fixture
def database(made: str) -> Iterator[Database]:
    """A database with empty tables."""
    database = Database(made)
    yield database
    database.close()


def test_rows_are_inserted_in_the_order_of_the_columns(database: Database) -> None:
    """Every column takes its value, None and large instants included."""
    rows: list[tuple[object, ...]] = [
        (1, -(2**62), 2**62, 0, 1, "settled", "attested", "claim-1", "on: é %s ?", None)
    ]
    rows += [(number, 0, 0, 0, 0, "ended", "", None, None, 5) for number in range(2, 2500)]
    with database.writing() as connection:
        insert_rows(connection, region, rows)
    with database.reading() as connection:
        found = connection.execute(select(region).order_by(region.c.slot))
        assert [tuple(row) for row in found] == rows


def test_no_rows_are_no_statement(database: Database) -> None:
    """Nothing to insert is nothing done."""
    with database.writing() as connection:
        insert_rows(connection, region, [])
        assert connection.execute(select(region)).first() is None


def test_a_prepared_statement_runs_with_values_by_name(database: Database) -> None:
    """Values go to the parameters of their names, whatever their order and content."""
    query = select(touched.c.property).where(
        touched.c.property == bindparam("name"), touched.c.subject == bindparam("who")
    )
    with database.writing() as connection:
        insert_rows(connection, touched, [("ada", "status"), ("status", "ada"), ("%s", "'; --")])
        prepared = Prepared(connection, query)
        asked = [("ada", "status"), ("status", "ada"), ("%s", "'; --"), ("ada", "ada")]
        found = [prepared.rows(connection, {"who": who, "name": name}) for who, name in asked]
    assert [[tuple(row) for row in rows] for rows in found] == [
        [("status",)], [("ada",)], [("'; --",)], [],
    ]  # fmt: skip
