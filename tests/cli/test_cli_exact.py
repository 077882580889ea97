"""`chronicle append` of an exported log: its records, or with --exact the log itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chronicle import Chronicle
from tests.cli.conftest import STORY, Run
from tests.cli.invoking import invoke
from tests.exported import exported, write


@pytest.fixture
def log(told: Path, folder: Path) -> str:
    """The small chronicle, exported."""
    with Chronicle.open(told) as chronicle:
        return write(folder / "log.jsonl", exported(chronicle))


def test_an_exported_log_is_copied_to_the_letter(run: Run, log: str, told: Path) -> None:
    """Both databases print the same log and the same rulings, and both verify."""
    result = run("append", log, "--exact")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert result.stderr.startswith("added 26 records, 0 unchanged; positions 1 to 26\nroot ")
    for args in (["log", "--format", "jsonl"], ["state", "--at", "2020-02", "--format", "json"]):
        assert run(*args).stdout == invoke(told, *args).stdout
    verified = run("verify")
    assert verified.stderr == "26 entries, 0 findings\n"
    again = run("append", "-", "--exact", stdin=Path(log).read_text())
    assert again.stderr.startswith("added 0 records, 26 unchanged; nothing is new\n")


def test_a_dry_run_says_what_it_would_add(run: Run, log: str) -> None:
    """Nothing is printed and nothing written."""
    result = run("append", log, "--exact", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "would add 26 records; 0 records are there already; nothing was written\n"
    )
    assert run("log").stdout == ""


def test_without_exact_its_records_are_appended(run: Run, log: str, told: Path) -> None:
    """By whoever appends them now; what `log` prints is as good."""
    result = run("append", log, "--by", "me", "-m", "theirs")
    assert result.exit_code == 0, result.stderr
    line = json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])
    assert (line["author"], line["message"]) == ("me", "theirs")
    printed = invoke(told, "log", "--format", "jsonl").stdout
    again = run("append", "-", stdin=printed)
    assert again.stderr.startswith("added 0 records, 26 unchanged; nothing is new\n")
    state = ["state", "--at", "2020-02", "--format", "jsonl"]
    assert run(*state).stdout == invoke(told, *state).stdout


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (["-m", "why"], "with --exact the message and the author are those of the lines"),
        (["--by", "me"], "with --exact the message and the author are those of the lines"),
        (["--expect"], "--exact copies a log as it is; run chronicle expect when that is done"),
    ],
)
def test_options_that_make_no_sense_are_misuse(
    run: Run, log: str, option: list[str], words: str
) -> None:
    """A copy says nothing of its own and judges nothing."""
    result = run("append", log, "--exact", *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {words}\n")
    assert run("log").stdout == ""


def test_faults_are_told_and_nothing_is_appended(run: Run, log: str) -> None:
    """File, line and field of each, and how many; records are to be appended without it."""
    lines = Path(log).read_text().splitlines(keepends=True)
    write("cut.jsonl", lines[:-1])
    result = run("append", "cut.jsonl", "--exact")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "cut.jsonl:25: the log is cut off: the append of entry 25 goes on; "
        "export the log again: chronicle export jsonl\n"
        "error: 1 fault; nothing was appended\n"
    )
    Path("story.yaml").write_text(STORY)
    result = run("append", "story.yaml", "--exact")
    assert result.exit_code == 1
    assert "append other files without --exact" in result.stderr
    assert run("log").stdout == ""
