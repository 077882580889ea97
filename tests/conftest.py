"""What all tests share: fresh stores of both dialects, a clock, and opened chronicles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chronicle import Chronicle
from tests.filed import WORLD, append, write
from tests.stores import Clock, Files, Server
from tests.worlds import CHAPTERS
from tests.worlds import WORLD as SLOTS


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Fresh SQLite files."""
    return Files(tmp_path_factory.mktemp("stores"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started when the first test asks for it."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(params=["files", "server"], ids=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest) -> Files | Server:
    """Fresh stores, of the one dialect and of the other: the contract holds over both."""
    found: Files | Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(stores: Files | Server) -> Iterator[str]:
    """Where a chronicle may be; nothing is there."""
    store = stores.empty()
    yield store
    stores.drop(store)


@pytest.fixture
def made(stores: Files | Server) -> Iterator[str]:
    """Where an empty chronicle is."""
    store = stores.made()
    yield store
    stores.drop(store)


@pytest.fixture
def clock() -> Clock:
    """A clock that shows noon of 2022-06-01 until it is told otherwise."""
    return Clock()


@pytest.fixture
def chronicle(made: str, clock: Clock) -> Iterator[Chronicle]:
    """The empty chronicle at `made`, opened."""
    with Chronicle.open(made, clock=clock) as chronicle:
        yield chronicle


@pytest.fixture
def file(files: Files) -> Iterator[str]:
    """The path of an SQLite file with an empty chronicle."""
    store = files.made()
    yield store
    files.drop(store)


@pytest.fixture
def local(file: str, clock: Clock) -> Iterator[Chronicle]:
    """The empty chronicle at `file`, opened: for what has nothing to do with the dialect."""
    with Chronicle.open(file, clock=clock) as chronicle:
        yield chronicle


@pytest.fixture
def served(server: Server) -> Iterator[str]:
    """The URL of a PostgreSQL database with an empty chronicle."""
    store = server.made()
    yield store
    server.drop(store)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one, so that files have short names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def known(local: Chronicle, folder: Path) -> Chronicle:
    """A chronicle that holds a small world of records, in a folder that holds its file."""
    assert append(local, write(str(folder / "world.yaml"), WORLD)).added
    return local


@pytest.fixture
def world(chronicle: Chronicle) -> Chronicle:
    """A chronicle with slots of every kind."""
    chronicle.append(SLOTS)
    return chronicle


@pytest.fixture
def chapters(chronicle: Chronicle, clock: Clock) -> Chronicle:
    """A chronicle of three appends, a day apart, with every projection up to date."""
    for records in CHAPTERS:
        chronicle.append(records, by="me", message="a chapter")
        clock.forward(days=1)
    chronicle.view().state()
    chronicle.search("relieved")
    return chronicle
