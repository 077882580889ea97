"""Single answers: a ruling, a subject's state, against a look-up of the payloads by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from random import Random
from statistics import median
from time import perf_counter

from tests.benchmarks.isolated import isolated
from tests.benchmarks.material import MIDDLE, PROPERTIES, subject
from tests.benchmarks.results import Line
from tests.benchmarks.workshop import Workshop

_ROUNDS = 6
"""Rounds of questions, each of other topics; the first one only warms up."""


def measure(workshop: Workshop) -> Iterator[Line]:
    """Ask about random subjects, here and in the plain table in turns; medians of the rounds."""
    database, plain = workshop.database(workshop.size), workshop.spare("plain.db")
    subjects = workshop.size.subjects
    times = isolated(ask, str(database), str(plain), subjects, 200).value
    per_topic = workshop.size.per_topic
    slot = f"one ruling, from {per_topic} claims"
    yield Line(slot, "us", times["ruling"], times["slot by hand"], "SQL by hand", 5.0)
    state = f"the state of one subject, from {per_topic * len(PROPERTIES)} claims"
    yield Line(state, "us", times["state"], times["subject by hand"], "SQL by hand", 5.0)


def ask(database: str, plain: str, subjects: int, most: int) -> dict[str, float]:
    """Return the microseconds that each kind of question takes.

    `plain` is a file to make: one table of payloads, with an index by subject and property.
    No topic is asked about twice where there are enough of them.
    """
    from chronicle import Chronicle

    _write_plain(database, plain)
    topics = [(subject(number), name) for number in range(subjects) for name in PROPERTIES]
    Random(1).shuffle(topics)
    a_round = min(most, max(1, len(topics) // _ROUNDS))
    times: dict[str, list[float]] = {}
    with Chronicle.open(database) as chronicle, closing(sqlite3.connect(plain)) as table:
        view = chronicle.view(as_of=MIDDLE)
        kinds: dict[str, Callable[[tuple[str, str]], object]] = {
            "ruling": lambda topic: view.ruling(*topic),
            "slot by hand": lambda topic: _by_hand(table, _SLOT, topic),
            "state": lambda topic: view.state(topic[0]),
            "subject by hand": lambda topic: _by_hand(table, _SUBJECT, topic[:1]),
        }
        for number in range(_ROUNDS):
            asked = topics[number * a_round : (number + 1) * a_round]
            for kind, question in kinds.items():
                start = perf_counter()
                for topic in asked:
                    question(topic)
                times.setdefault(kind, []).append((perf_counter() - start) / len(asked) * 1e6)
    return {kind: median(rounds[1:]) for kind, rounds in times.items()}


_SLOT = "SELECT payload FROM claim WHERE subject = ? AND property = ?"
_SUBJECT = "SELECT payload FROM claim WHERE subject = ?"


def _by_hand(table: sqlite3.Connection, query: str, given: Sequence[str]) -> list[object]:
    return [json.loads(payload) for (payload,) in table.execute(query, given)]


def _write_plain(database: str, plain: str) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(plain)) as target:
        target.execute("CREATE TABLE claim (subject TEXT, property TEXT, payload TEXT)")
        payloads = source.execute("SELECT payload FROM entry WHERE kind = 'claim'")
        records = ((json.loads(payload), payload) for (payload,) in payloads)
        with target:
            target.executemany(
                "INSERT INTO claim VALUES (?, ?, ?)",
                ((record["subject"], record["property"], payload) for record, payload in records),
            )
            target.execute("CREATE INDEX topic ON claim (subject, property)")
