"""`chronicle log`, `verify` and `rebuild`: the log, its proof, and what is made from it."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.invoking import data, invoke


def test_log_prints_one_entry_a_line(ask: Run) -> None:
    """Position, kind, id, time, author, message and payload; positions gapless from 1."""
    lines = [json.loads(line) for line in ask("log", "--format", "jsonl").stdout.splitlines()]
    fields = ["position", "kind", "id", "recorded_at", "author", "message", "payload"]
    assert all(list(line) == fields for line in lines)
    assert [line["position"] for line in lines] == list(range(1, len(lines) + 1))
    assert all(line["payload"]["id"] == line["id"] for line in lines)


def test_log_goes_on_after_a_position(ask: Run) -> None:
    """`--after N` begins with N + 1, in every format."""
    whole = data(ask("log", "--after", "260", "--format", "json"))["entries"]
    rows = list(csv.DictReader(io.StringIO(ask("log", "--after", "260", "--format", "csv").stdout)))
    table = ask("log", "--after", "260").stdout.splitlines()
    assert [one["position"] for one in whole] == list(range(261, 261 + len(whole)))
    assert [row["id"] for row in rows] == [one["id"] for one in whole]
    assert json.loads(rows[0]["payload"]) == whole[0]["payload"]
    assert table[2].split()[:3] == ["261", whole[0]["kind"], whole[0]["id"]]


def test_verify_finds_nothing_wrong(ask: Run) -> None:
    """The root on stdout is the one that a view names."""
    root = data(ask("state", "--format", "json"))["view"]["root"]
    found = data(ask("verify", "--format", "json"))
    assert (found["root"], found["findings"]) == (root, [])
    assert f"root     {root}" in ask("verify").stdout
    assert ask("verify", "--root", root.upper()).exit_code == 0


def test_verify_refuses_a_root_that_the_log_never_had(ask: Run) -> None:
    """Findings are data, and the exit code says that there are some."""
    result = ask("verify", "--root", "0" * 64, "--format", "jsonl")
    (finding,) = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert "root" in finding["what"]
    assert result.stderr.endswith("1 finding\n")


def test_verify_tells_of_a_changed_payload(copied: Path) -> None:
    """An entry that was changed behind the database's back is named."""
    with sqlite3.connect(copied) as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE entry SET payload = replace(payload, 'e', 'x') WHERE position = 7")
    raw.close()
    result = invoke(copied, "verify")
    assert result.exit_code == 1
    assert "entry 7" in result.stdout
    assert "findings" in result.stdout


def test_rebuild_changes_no_answer(copied: Path) -> None:
    """What is made from the log can be thrown away and made again."""
    before = invoke(copied, "state", "--as-of", "2022-05-31", "--format", "json").stdout
    result = invoke(copied, "rebuild")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("rebuilt 1")
    assert invoke(copied, "state", "--as-of", "2022-05-31", "--format", "json").stdout == before
