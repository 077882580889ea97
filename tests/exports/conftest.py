"""What the tests of exports share: the bundled chronicle, a small story, and views to export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chronicle import Chronicle
from tests.cli.conftest import STORY
from tests.cli.invoking import invoke
from tests.exports.happenings import dated
from tests.exports.strange import records
from tests.stores import Clock

AT = "2022-05-31"
"""A date at which the bundled chronicle is exported: without one it would be now."""


@pytest.fixture(scope="session")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """The bundled chronicle, opened; it is not written to."""
    place = tmp_path_factory.mktemp("crisis") / "crisis.db"
    result = invoke(place, "init", "--seeds")
    assert result.exit_code == 0, result.stderr
    with Chronicle.open(place) as chronicle:
        yield chronicle


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """A small chronicle in which every kind of claim plays its part, opened; as above."""
    folder = tmp_path_factory.mktemp("story")
    (folder / "story.yaml").write_text(STORY)
    for args in (["init"], ["append", str(folder / "story.yaml")]):
        result = invoke(folder / "story.db", *args)
        assert result.exit_code == 0, result.stderr
    with Chronicle.open(folder / "story.db") as chronicle:
        yield chronicle


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """A chronicle of texts and dates that try to break formats, opened; as above."""
    place = tmp_path_factory.mktemp("strange") / "strange.db"
    with Chronicle.open(place, clock=Clock()) as chronicle:
        chronicle.append(records())
        yield chronicle


@pytest.fixture(scope="session")
def happened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """A chronicle of events with dates of every kind, opened; as above."""
    place = tmp_path_factory.mktemp("happened") / "happened.db"
    with Chronicle.open(place, clock=Clock()) as chronicle:
        chronicle.append(dated())
        yield chronicle


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
