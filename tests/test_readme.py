"""The README: its code, its records and its commands are run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def environment() -> dict[str, str]:
    """Return this environment with the package of this checkout, and no database named."""
    found = {**os.environ, "PYTHONPATH": str(ROOT)}
    found.pop("CHRONICLE_DB", None)
    return found


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with the package of this checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_python_code_runs(tmp_path: Path) -> None:
    """Every Python block runs in an empty folder."""
    assert blocks("python")
    for number, block in enumerate(blocks("python")):
        script = tmp_path / f"block_{number}.py"
        script.write_text(block, encoding="utf-8")
        done = run([script.name], tmp_path)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the bundled chronicle, and the README's records as ada.yaml."""
    place = tmp_path_factory.mktemp("readme")
    assert run(["-m", "chronicle", "init", "--seeds"], place).returncode == 0
    (place / "ada.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    return place


def test_the_commands_run_in_their_order(folder: Path) -> None:
    """Every command of a console block succeeds, and the records are as the text says."""
    commands = [
        line.removeprefix("$ chronicle ")
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    assert len(commands) > 5
    said: dict[str, str] = {}
    for command in commands:
        done = subprocess.run(
            f"{sys.executable} -m chronicle {command}",
            shell=True,
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
        said[command] = done.stdout
    assert "on-leave" in said["state samat-abish status --as-of 2022-01-12 --format csv"]
    assert "relieved" in said["state samat-abish status --as-of 2022-01-17"]
    assert "relieved" in said["state ada"]


def test_the_first_block_sets_up_and_shows_the_trace() -> None:
    """The first command needs only Python, the second passes the tests; CI calls the second."""
    first, second = blocks("sh")[:2]
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert "init --seeds" in first
    assert "trace samat-abish status" in first
    assert second.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert second.strip().endswith(".venv/bin/pytest -n auto")
    assert len(second.strip().splitlines()) == 1


def test_every_term_of_the_readme_about_dates_is_read() -> None:
    """The forms of valid time in the table are dates that a state takes."""
    from chronicle.dates import parse
    from chronicle.valid import span

    table = README.split("| written | meaning |")[1].split("\n\n")[0]
    forms = [form for row in table.splitlines()[2:] for form in re.findall(r"`(.+?)`", row)]
    assert len(forms) > 6
    for form in forms:
        span(parse(form))
