"""Calling the command line from tests: in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from chronicle.cli.app import chronicle

ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds the package."""

_PLAIN = {"COLUMNS": None, "NO_COLOR": None, "FORCE_COLOR": None, "TERM": "xterm-256color"}


def invoke(place: Path | str, *args: str, stdin: str | bytes | None = None) -> Result:
    """Run a command on a database, in this process; what it does not expect is raised."""
    env = {**_PLAIN, "CHRONICLE_DB": str(place)}
    runner = CliRunner(env=env)
    return runner.invoke(
        chronicle, list(args), input=stdin, prog_name="chronicle", catch_exceptions=False
    )


def data(result: Result) -> Any:
    """Return the JSON that a command printed."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def environment(place: Path | str, **more: str) -> Mapping[str, str]:
    """Return the environment of a process of its own."""
    kept = {name: text for name, text in os.environ.items() if name not in _PLAIN}
    plain = {"CHRONICLE_DB": str(place), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **plain, **more}


def spawn(
    place: Path | str, *args: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command on a database, as a process of its own, with warnings as errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "chronicle", *args],
        env=environment(place, **(env or {})),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
