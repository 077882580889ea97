"""`chronicle init` and `chronicle append`: a database comes to be, and is filled."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from tests.cli.conftest import STORY, Run
from tests.cli.invoking import ROOT, invoke, spawn

SEEDS = str(ROOT / "seeds" / "kazakhstan-2022")
RECORD = '{"kind": "entity", "id": "ada", "type": "person", "name": "Ada"}\n'


def test_init_creates_once(folder: Path) -> None:
    """The first time creates, the second finds it there; words go to stderr alone."""
    first = invoke("new.db", "init")
    again = invoke("new.db", "init")
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", "new.db was created\n")
    assert (again.exit_code, again.stderr) == (0, "new.db is up to date\n")
    assert (folder / "new.db").exists()


def test_init_with_seeds_appends_the_bundled_chronicle_once(run: Run) -> None:
    """A second time everything is there already."""
    first, again = run("init", "--seeds"), run("init", "--seeds")
    assert "0 unchanged; positions 1 to " in first.stderr
    assert "added 0 records" in again.stderr
    assert "nothing is new" in again.stderr
    line = json.loads(run("log", "--format", "jsonl").stdout.splitlines()[0])
    assert (line["author"], line["message"]) == ("chronicle", "bundled: kazakhstan-2022")


def test_append_reports_what_it_did(run: Run) -> None:
    """Added, unchanged, positions and root, on stderr."""
    Path("story.yaml").write_text(STORY)
    result = run("append", "story.yaml", "-m", "a story", "--by", "ben")
    root = json.loads(run("state", "--format", "json").stdout)["view"]["root"]
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"added 26 records, 0 unchanged; positions 1 to 26\nroot {root}\n"
    line = json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])
    assert (line["author"], line["message"]) == ("ben", "a story")


def test_append_reads_standard_input(run: Run) -> None:
    """A hyphen is standard input, and may stand among files."""
    result = run("append", "-", stdin=RECORD)
    assert result.stderr.startswith("added 1 record, 0 unchanged; positions 1 to 1\n")
    line = json.loads(run("log", "--format", "jsonl").stdout)
    assert line["message"] == "standard input"


def test_author_and_message_have_defaults(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The login name, and the names of what was read, never whole paths."""
    monkeypatch.setattr("chronicle.cli.writing.getuser", lambda: "ada")
    for name in ("a", "b", "c", "d"):
        (Path.cwd() / f"{name}.jsonl").write_text(RECORD.replace('"ada"', f'"{name}"'))
    paths = [str(Path.cwd() / f"{name}.jsonl") for name in ("a", "b", "c", "d")]
    assert run("append", *paths).exit_code == 0
    line = json.loads(run("log", "--format", "jsonl").stdout.splitlines()[0])
    assert (line["author"], line["message"]) == ("ada", "a.jsonl, b.jsonl, c.jsonl and 1 more")


def test_author_may_be_nobody(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows no name the author is left empty."""

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    monkeypatch.setattr("chronicle.cli.writing.getuser", nobody)
    assert run("append", "-", stdin=RECORD).exit_code == 0
    assert json.loads(run("log", "--format", "jsonl").stdout)["author"] == ""


def test_dry_run_prints_the_records_and_writes_nothing(run: Run) -> None:
    """What would be added is on stdout as JSON Lines, words and effects on stderr."""
    Path("story.yaml").write_text(STORY)
    result = run("append", "story.yaml", "--dry-run")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(records) == 26
    assert all(record["kind"] and record["id"] for record in records)
    lines = result.stderr.splitlines()
    assert lines[0] == "what this would change in the best-known view"
    assert any(line.split() == ["ada", "hat", "-", "red,", "disputed"] for line in lines)
    assert lines[-2:] == [
        "5 slots newly known",
        "would add 26 records; 0 records are there already; nothing was written",
    ]
    assert run("log").stdout == ""


def test_what_a_dry_run_prints_can_be_appended(run: Run) -> None:
    """It makes the very same records as the files it was printed from."""
    printed = run("append", SEEDS, "--dry-run").stdout
    assert run("append", "-", stdin=printed).exit_code == 0
    again = run("append", SEEDS)
    assert again.stderr.startswith("added 0 records, ")
    assert "would add 0 records; " in run("append", SEEDS, "--dry-run").stderr


def test_every_fault_of_every_file_is_told_before_refusing(run: Run) -> None:
    """File, line and field of each, one a line, then the count; nothing lands."""
    Path("good.jsonl").write_text(RECORD)
    Path("bad.yaml").write_text("entities:\n  - id: Ben\n    type: person\n    name: Ben\n")
    Path("worse.yaml").write_text(
        "claims:\n"
        "  - {subject: ada, property: mood, value: glad, valid: 2020-13-01, source: none}\n"
    )
    result = run("append", "good.jsonl", "bad.yaml", "worse.yaml", "nowhere.yaml")
    lines = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (1, "")
    assert lines[0].startswith("nowhere.yaml: ") or lines[0].startswith("bad.yaml:2: id: ")
    assert any(line.startswith("bad.yaml:2: id: 'Ben' is no id") for line in lines)
    assert any(line.startswith("worse.yaml:2: valid: '2020-13-01'") for line in lines)
    assert any(line.startswith("nowhere.yaml: no such file") for line in lines)
    assert lines[-1] == f"error: {len(lines) - 1} faults; nothing was appended"
    assert run("log").stdout == ""


def test_refused_dry_run_prints_no_records(run: Run) -> None:
    """A half of an append is nothing to go on with."""
    Path("good.jsonl").write_text(RECORD)
    result = run("append", "good.jsonl", "nowhere.yaml", "--dry-run")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("error: 1 fault; nothing was appended\n")


def test_changed_record_is_refused_in_a_process_of_its_own(copied: Path) -> None:
    """Records are immutable, and the message says what to do instead."""
    Path("changed.yaml").write_text(
        "entities:\n  - {id: samat-abish, type: person, name: Somebody else}\n"
    )
    done = spawn(copied, "append", "changed.yaml")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("changed.yaml:2: id: 'samat-abish' stands in the log")
    assert "revise it instead" in done.stderr
    assert "Traceback" not in done.stderr
