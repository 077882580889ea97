"""Help: every command is documented, and every example in it runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from chronicle.cli.app import COMMANDS
from tests.cli.conftest import STORY
from tests.cli.invoking import invoke, spawn

CHECKS = ("verify", "expect")
"""Commands that exit with 1 where they find something."""

NAMES = (*COMMANDS, "add claim")
"""Every command, those of a group included."""


def example_of(text: str) -> list[str]:
    """Return the example that a help text ends with, as arguments of the command."""
    match = re.search(r"Example: chronicle (.+)\Z", text.strip(), re.DOTALL)
    assert match, text
    return shlex.split(" ".join(match[1].split()))


@pytest.mark.parametrize("name", NAMES)
def test_example_in_help_runs(copied: Path, name: str) -> None:
    """The last line of each help is a command that works on the bundled chronicle."""
    Path("records.yaml").write_text(STORY)
    if name == "verify-export":
        assert invoke(copied, *example_of(invoke(copied, "export", "--help").stdout)).exit_code == 0
    args = example_of(invoke(copied, *name.split(), "--help").stdout)
    assert f" {name} " in f" {' '.join(args)} "
    result = invoke(copied, *args)
    assert result.exit_code in ((0, 1) if name in CHECKS else (0,)), result.stderr


def test_example_of_the_whole_runs(copied: Path) -> None:
    """The help of the command itself has an example too."""
    assert invoke(copied, *example_of(invoke(copied, "--help").stdout)).exit_code == 0


def test_every_command_of_a_group_is_named_here(folder: Path) -> None:
    """So that no command goes without an example that runs."""
    text = invoke(folder / "none.db", "add", "--help").stdout
    listed = re.findall(r"^│ ([a-z][a-z-]+)  +[A-Z]", text, re.MULTILINE)
    assert [f"add {name}" for name in listed] == list(NAMES[len(COMMANDS) :])


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_a_command_is_for(folder: Path, name: str) -> None:
    """Help needs no database, and begins with usage and a sentence."""
    result = invoke(folder / "none.db", *name.split(), "-h")
    lines = [line.strip() for line in result.stdout.splitlines() if line.strip()]
    assert result.exit_code == 0
    assert lines[0].startswith(f"Usage: chronicle {name} ")
    assert re.match(r"[A-Z][a-z]+ .+", lines[1])
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_help_lists_the_commands_in_order(folder: Path) -> None:
    """From the first that is needed to the last, each with a sentence."""
    text = invoke(folder / "none.db", "--help").stdout
    listed = re.findall(r"^│ ([a-z][a-z-]+)  +[A-Z]", text, re.MULTILINE)
    assert listed == list(COMMANDS)


def test_without_command_help_is_shown_as_a_wrong_use(folder: Path) -> None:
    """It goes to stderr: whoever reads stdout waits for data."""
    result = invoke(folder / "none.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: chronicle" in result.stderr


def test_version_is_said(folder: Path) -> None:
    """One line on stdout, from a process too."""
    done = spawn(folder / "none.db", "--version")
    assert done.returncode == 0
    assert re.fullmatch(r"chronicle \S.*\n", done.stdout)
    assert invoke(folder / "none.db", "--version").stdout == done.stdout


def test_database_is_an_option_or_in_the_environment(copied: Path) -> None:
    """`--db` goes before CHRONICLE_DB."""
    assert invoke("none.db", "--db", str(copied), "state", "samat-abish").exit_code == 0
    assert invoke(copied, "state", "samat-abish").exit_code == 0
    assert invoke("none.db", "state", "samat-abish").exit_code == 1
