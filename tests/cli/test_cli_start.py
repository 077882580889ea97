"""Starting: a query imports little more than what asks the database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.invoking import environment

HEAVY = ("pydantic", "alembic", "yaml", "rich", "rich_click")

PROBE = f"""
import atexit, sys
atexit.register(lambda: print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr))
from chronicle.cli import main
main()
"""


def imported(place: Path, *args: str) -> set[str]:
    """Return which of the heavy libraries a command imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *args],
        env=environment(place),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("args", "needed"),
    [
        (["state", "samat-abish", "--format", "json"], set()),
        (["state", "samat-abish", "status", "--format", "csv"], set()),
        (["trace", "samat-abish", "--format", "jsonl"], set()),
        (["log", "--format", "jsonl"], set()),
        (["verify", "--format", "json"], set()),
        (["state", "samat-abish"], set()),
        (["why", "samat-abish", "status"], set()),
        (["state", "--help"], {"rich", "rich_click"}),
    ],
)
def test_only_what_is_needed_is_imported(seeded: Path, args: list[str], needed: set[str]) -> None:
    """No query reads records from files, and only help, or a terminal, needs layout libraries."""
    assert imported(seeded, *args) == needed


def test_probe_sees_what_is_imported(copied: Path) -> None:
    """Appending does import what reads records: the probe can tell."""
    Path("ada.yaml").write_text("entities: [{id: ada, type: person, name: Ada}]\n")
    assert imported(copied, "append", "ada.yaml") >= {"pydantic", "yaml"}
