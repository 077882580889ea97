"""What the tests of the command line share: the bundled chronicle, and an empty folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.invoking import invoke

Run = Callable[..., Result]

STORY = """\
sources:
  - {id: gazette, title: "The Gazette", published: 2020-01-10}
  - {id: herald, title: "Вестник", published: 2020-01-12}
entities:
  - {id: ada, type: person, name: Ada}
  - {id: ben, type: person, name: Ben}
properties:
  - {id: mood, label: mood, datatype: text}
  - {id: hat, label: hat, cardinality: many, temporal: fixed}
  - {id: toll, label: toll, datatype: quantity, temporal: fixed, qualifiers: [area]}
claims:
  - {id: ada-glad, subject: ada, property: mood, value: glad, valid: 2020-01-05/.., source: gazette,
     speaker: ben, note: "seen at work"}
  - {id: ada-glad-too, subject: ada, property: mood, value: glad, valid: 2020-01-06,
     source: gazette, speaker: ben}
  - {id: ada-glad-herald, subject: ada, property: mood, value: glad, valid: 2020-01-07,
     source: herald}
  - {id: ada-sad, subject: ada, property: mood, value: sad, valid: 2020-01-08, source: herald}
  - {id: ada-rumour, subject: ada, property: mood, value: angry, valid: 2020-01-08, source: herald,
     credibility: 4, via: [ben]}
  - {id: ada-not-angry, subject: ada, property: mood, value: angry, denies: true,
     valid: 2020-01-08, source: gazette}
  - {id: ada-unknown, subject: ada, property: mood, unknown: true, valid: 2020-01-08,
     source: herald}
  - {id: ada-wrong, subject: ada, property: mood, value: bored, valid: 2020-01-03, source: herald}
  - {id: ada-right, subject: ada, property: mood, value: calm, valid: 2020-01-03, source: herald,
     revises: {claim: ada-wrong, kind: correction, reason: "misread"}}
  - {id: ada-taken-back, subject: ada, property: mood, value: merry, valid: 2020-01-02,
     source: herald}
  - {id: hat-red, subject: ada, property: hat, value: red, source: gazette}
  - {id: hat-blue, subject: ada, property: hat, value: blue, source: gazette}
  - {id: hat-green, subject: ada, property: hat, value: green, source: gazette}
  - {id: ben-hatless, subject: ben, property: hat, none: true, source: herald}
  - {id: toll-three, subject: ben, property: toll, value: "3", source: gazette}
  - {id: toll-town, subject: ben, property: toll, value: "2", source: gazette,
     qualifiers: {area: town}}
retractions:
  - {id: merry-withdrawn, retracts: ada-taken-back, mode: withdrawn, source: herald,
     asserted: 2020-01-20}
  - {id: green-withdrawn, retracts: hat-green, mode: withdrawn, source: gazette,
     asserted: 2020-01-20}
conflicts:
  - {id: not-both, claims: [hat-red, toll-three], note: "either or"}
"""
"""A small chronicle in which every kind of claim plays its part."""


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the bundled chronicle."""
    place = tmp_path_factory.mktemp("seeded") / "seeded.db"
    result = invoke(place, "init", "--seeds")
    assert result.exit_code == 0, result.stderr
    return place


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small chronicle."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "story.yaml").write_text(STORY)
    for args in (["init"], ["append", str(folder / "story.yaml")]):
        result = invoke(folder / "told.db", *args)
        assert result.exit_code == 0, result.stderr
    return folder / "told.db"


@pytest.fixture
def ask(seeded: Path) -> Run:
    """Run a command on the bundled chronicle."""
    return partial(invoke, seeded)


@pytest.fixture
def ask_story(told: Path) -> Run:
    """Run a command on the small chronicle."""
    return partial(invoke, told)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command on `chronicle.db` in an empty folder; it is created."""
    assert invoke("chronicle.db", "init").exit_code == 0
    assert (folder / "chronicle.db").exists()
    return partial(invoke, "chronicle.db")


@pytest.fixture
def copied(seeded: Path, folder: Path) -> Path:
    """A copy of the bundled chronicle, to be written to."""
    return Path(shutil.copy(seeded, folder / "copy.db"))
