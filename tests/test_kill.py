"""A process killed in the middle of an append leaves all of it or nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from chronicle import Chronicle

ROOT = Path(__file__).parent.parent
CLAIMS = 1500
TRIES = 24

NURSERY = """
import json, os, sys
from chronicle import Chronicle, appending
from chronicle.entries import DEFAULTABLE
from chronicle.intake import read
for line in sys.stdin:
    task = json.loads(line)
    if isinstance(task, int):
        print(os.waitstatus_to_exitcode(os.waitpid(task, 0)[1]), flush=True)
    elif not os.fork():
        print(os.getpid(), flush=True)
        store, file, author = task
        with Chronicle.open(store) as chronicle:
            chronicle.append_drafts(read([file], fields=DEFAULTABLE), by=author)
        os._exit(0)
"""


class Nursery:
    """A process that has loaded the software, and forks one for each append.

    What ended stays there until it is asked for, so that a kill never meets another process.
    """

    def __init__(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def start(self, store: Path, file: Path, author: str) -> int:
        """Have a process open a chronicle and append a file; return its number."""
        return self._ask([str(store), str(file), author])

    def outcome(self, process: int) -> int:
        """Wait for a process and return how it ended: 0, or less where it was killed."""
        return self._ask(process)

    def close(self) -> None:
        """End it, when all that it started has ended."""
        self._process.communicate()

    def _ask(self, task: object) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    """Where processes that append are started."""
    nursery = Nursery()
    yield nursery
    nursery.close()


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


def duration(nursery: Nursery, store: Path, file: Path) -> float:
    """Return how long one undisturbed append takes, in seconds."""
    process = nursery.start(store, file, "first")
    begun = time.perf_counter()
    assert nursery.outcome(process) == 0
    return time.perf_counter() - begun


def test_a_killed_append_leaves_all_or_nothing(tmp_path: Path, nursery: Nursery) -> None:
    """Killed at any moment, many times: the log opens, verifies, and holds whole appends only."""
    store, whole = tmp_path / "killed.db", CLAIMS + 3
    first = tmp_path / "0.jsonl"
    first.write_text(lines(0), encoding="utf-8")
    Chronicle.open(store).close()
    took = duration(nursery, store, first)
    chance = random.Random(20220106)
    size, outcomes = whole, set()
    for number in range(1, TRIES + 1):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(lines(number), encoding="utf-8")
        process = nursery.start(store, file, "killed")
        time.sleep(chance.uniform(0, took * 1.2))
        os.kill(process, signal.SIGKILL)
        ended = nursery.outcome(process)
        with Chronicle.open(store, create=False) as chronicle:
            held = sum(1 for _ in chronicle.log())
            assert ended in (0, -signal.SIGKILL)
            assert held in ((size + whole,) if ended == 0 else (size, size + whole))
            outcomes.add(held - size)
            size = held
            if number % 6 == 0:
                report = chronicle.verify()
                assert (report.entries, report.findings) == (size, ())
    assert 0 in outcomes, "no append was cut off: the kills came too late to test anything"


@pytest.mark.parametrize("writers", [3])
def test_writers_that_race_land_one_after_the_other(
    tmp_path: Path, nursery: Nursery, writers: int
) -> None:
    """Several processes append at once: each append is whole, positions have no gap."""
    store = tmp_path / "raced.db"
    Chronicle.open(store).close()
    processes = []
    for number in range(writers):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(lines(number), encoding="utf-8")
        processes.append(nursery.start(store, file, f"writer {number}"))
    assert [nursery.outcome(process) for process in processes] == [0] * writers
    with Chronicle.open(store, create=False) as chronicle:
        entries = list(chronicle.log())
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        authors = [entry.author for entry in entries]
        changes = sum(one != other for one, other in pairwise(authors))
        assert changes == writers - 1
        assert not chronicle.verify().findings
