"""A process killed in the middle of an append leaves all of it or nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from chronicle import Chronicle

ROOT = Path(__file__).parent.parent
CLAIMS = 1500
TRIES = 24

APPEND = """
import sys
from chronicle import Chronicle
from chronicle.entries import DEFAULTABLE
from chronicle.intake import read
with Chronicle.open(sys.argv[1]) as chronicle:
    print("ready", flush=True)
    chronicle.append_drafts(read([sys.argv[2]], fields=DEFAULTABLE), by=sys.argv[3])
print("done", flush=True)
"""


def lines(number: int) -> str:
    """Return the records of one append, as JSON Lines."""
    records = [
        {"kind": "source", "id": f"source-{number}", "title": "S", "published": "2022-01-10"},
        {"kind": "entity", "id": f"person-{number}", "type": "person", "name": "P"},
        {"kind": "property", "id": f"status-{number}", "label": "status"},
    ]
    records += [
        {
            "kind": "claim",
            "id": f"claim-{number}-{day}",
            "subject": f"person-{number}",
            "property": f"status-{number}",
            "value": str(day),
            "valid": "2022-01-06",
            "source": f"source-{number}",
        }
        for day in range(CLAIMS)
    ]
    return "".join(json.dumps(record) + "\n" for record in records)


def start(store: Path, file: Path, author: str) -> subprocess.Popen[str]:
    """Start a process that appends a file, and wait until it has opened the chronicle."""
    process = subprocess.Popen(
        [sys.executable, "-c", APPEND, str(store), str(file), author],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def duration(store: Path, file: Path) -> float:
    """Return how long one undisturbed append takes, in seconds."""
    process = start(store, file, "first")
    begun = time.perf_counter()
    assert process.wait() == 0
    took = time.perf_counter() - begun
    process.communicate()
    return took


def test_a_killed_append_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Killed at any moment, many times: the log opens, verifies, and holds whole appends only."""
    store, whole = tmp_path / "killed.db", CLAIMS + 3
    first = tmp_path / "0.jsonl"
    first.write_text(lines(0), encoding="utf-8")
    Chronicle.open(store).close()
    took = duration(store, first)
    chance = random.Random(20220106)
    size, outcomes = whole, set()
    for number in range(1, TRIES + 1):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(lines(number), encoding="utf-8")
        process = start(store, file, "killed")
        time.sleep(chance.uniform(0, took * 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.communicate()
        with Chronicle.open(store, create=False) as chronicle:
            held = sum(1 for _ in chronicle.log())
            assert held in (size, size + whole)
            outcomes.add(held - size)
            size = held
            if number % 6 == 0:
                report = chronicle.verify()
                assert (report.entries, report.findings) == (size, ())
    assert 0 in outcomes, "no append was cut off: the kills came too late to test anything"


@pytest.mark.parametrize("writers", [3])
def test_writers_that_race_land_one_after_the_other(tmp_path: Path, writers: int) -> None:
    """Several processes append at once: each append is whole, positions have no gap."""
    store = tmp_path / "raced.db"
    Chronicle.open(store).close()
    processes = []
    for number in range(writers):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(lines(number), encoding="utf-8")
        processes.append(start(store, file, f"writer {number}"))
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said
    with Chronicle.open(store, create=False) as chronicle:
        entries = list(chronicle.log())
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        authors = [entry.author for entry in entries]
        changes = sum(one != other for one, other in pairwise(authors))
        assert changes == writers - 1
        assert not chronicle.verify().findings
