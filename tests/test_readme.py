"""The README: its code, its records and its commands are run as they stand."""

from __future__ import annotations

import json
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the bundled chronicle, and the README's records as ada.yaml."""
    place = tmp_path_factory.mktemp("readme")
    assert run(["-m", "chronicle", "init", "--seeds"], place).returncode == 0
    (place / "ada.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def said(folder: Path) -> dict[str, str]:
    """Run every command of a console block, in their order; return what each printed."""
    commands = [
        line.removeprefix("$ chronicle ")
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    assert len(commands) > 5
    printed: dict[str, str] = {}
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
        printed[command] = done.stdout
    return printed


def test_the_commands_say_what_the_text_says(said: dict[str, str]) -> None:
    """Every command succeeds; the answers are those of the first paragraphs."""
    assert "on-leave" in said["state samat-abish status --as-of 2022-01-12 --format csv"]
    assert "relieved" in said["state samat-abish status --as-of 2022-01-17"]
    assert "relieved" in said["state ada"]
    assert "identical" in said["verify-export crisis.json"]


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_the_python_code_runs(folder: Path, number: int) -> None:
    """Every Python block runs where the commands were run, and what it asserts holds."""
    script = folder / f"block_{number}.py"
    script.write_text(blocks("python")[number], encoding="utf-8")
    done = run(["-W", "error::SyntaxWarning", script.name], folder)
    assert done.returncode == 0, done.stderr


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


@pytest.mark.usefixtures("said")
def test_following_leads_to_the_whole_export(folder: Path) -> None:
    """What the lines of the README make of the earlier export and its changes."""
    (block,) = (one for one in blocks("python") if "changes.json" in one)
    (folder / "follow.py").write_text(
        f"{block}\nwith open('followed.json', 'w') as file:\n    json.dump(held, file)\n",
        encoding="utf-8",
    )
    assert run(["follow.py"], folder).returncode == 0
    whole = ["-m", "chronicle", "export", "json", "-o", "whole.json", "--at", "2023-05-31"]
    assert run(whole, folder).returncode == 0
    followed, wanted = (
        json.loads((folder / name).read_text(encoding="utf-8"))
        for name in ("followed.json", "whole.json")
    )
    changed = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    assert changed["removed"]
    for table in ("sources", "properties", "entities", "events", "claims", "rulings"):
        assert sorted(followed[table], key=str) == sorted(wanted[table], key=str)
