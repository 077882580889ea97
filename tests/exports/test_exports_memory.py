"""Memory: a long log is exported in little of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.exports import MOST_MIB, exported
from tests.benchmarks.isolated import isolated
from tests.benchmarks.material import Size, write_lines
from tests.benchmarks.storing import into_chronicle

SIZE = Size(claims=100_000, subjects=5_000)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A chronicle of a hundred thousand claims."""
    folder: Path = tmp_path_factory.mktemp("long")
    write_lines(folder / "lines.jsonl", SIZE)
    isolated(into_chronicle, str(folder / "lines.jsonl"), str(folder / "long.db"))
    return str(folder / "long.db")


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
def test_a_hundred_thousand_claims_take_little_memory(long: str, name: str) -> None:
    """The whole process, interpreter and libraries included."""
    assert isolated(exported, long, name).peak_mib < MOST_MIB
