"""Painting: what a claim costs in slots of few claims and of many, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from tests.benchmarks.isolated import isolated
from tests.benchmarks.material import STATUS, subject, topic
from tests.benchmarks.results import Line
from tests.benchmarks.workshop import Workshop

_AIMS = {20: 3.0, 200: 10.0}
"""The most that a claim may cost in a slot of so many, as a multiple of one in a slot of two."""


def measure(workshop: Workshop) -> Iterator[Line]:
    """Paint slots of 2, 20 and 200 claims, as many claims of each kind; the best of three."""
    times = isolated(paint_slots, [2, *_AIMS], 1_000 if workshop.quick else 6_000).value
    for per_slot, most in _AIMS.items():
        what = f"painting a claim in a slot of {per_slot}"
        yield Line(what, "us", times[str(per_slot)], times["2"], "in a slot of 2", most)


def paint_slots(sizes: list[int], claims: int) -> dict[str, float]:
    """Return the microseconds that a claim takes in slots of each size."""
    from chronicle.dates import parse
    from chronicle.liveness import Topic
    from chronicle.regions import paint
    from chronicle.rules import PLAIN
    from chronicle.testimony import testify

    slots = {
        size: [
            Topic(
                testify(claim, {"datatype": "term"}, lambda source: [source], parse)
                for claim in topic(subject(number), STATUS, size)
            )
            for number in range(claims // size)
        ]
        for size in sizes
    }
    times: dict[str, list[float]] = {}
    for _ in range(3):
        for size, topics in slots.items():
            start = perf_counter()
            for one in topics:
                for _region in paint(one, PLAIN.many, PLAIN):
                    pass
            seconds = perf_counter() - start
            times.setdefault(str(size), []).append(seconds / (len(topics) * size) * 1e6)
    return {size: min(rounds) for size, rounds in times.items()}
