"""What all tests share: fresh stores of both dialects, a clock, and an opened chronicle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chronicle import Chronicle
from tests.stores import DIALECTS, Clock, Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started when the first test asks for it."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> str:
    """The path of an SQLite file that is not there yet."""
    return str(tmp_path / "test.db")


@pytest.fixture
def postgresql_store(server: Server) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=DIALECTS)
def store(request: pytest.FixtureRequest) -> str:
    """Where a chronicle may be: an SQLite file, and a PostgreSQL database; nothing is there."""
    return str(request.getfixturevalue(f"{request.param}_store"))


@pytest.fixture
def clock() -> Clock:
    """A clock that shows noon of 2022-06-01 until it is told otherwise."""
    return Clock()


@pytest.fixture
def chronicle(store: str, clock: Clock) -> Iterator[Chronicle]:
    """An empty chronicle in a store."""
    with Chronicle.open(store, clock=clock) as chronicle:
        yield chronicle


@pytest.fixture
def local(sqlite_store: str, clock: Clock) -> Iterator[Chronicle]:
    """An empty chronicle in an SQLite file, for what has nothing to do with the store."""
    with Chronicle.open(sqlite_store, clock=clock) as chronicle:
        yield chronicle
