"""Whole views: everything believed at a date, painted for the first time, read again, rebuilt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from tests.benchmarks.isolated import ProcessFailedError, isolated
from tests.benchmarks.material import MIDDLE
from tests.benchmarks.results import Line, skipped
from tests.benchmarks.workshop import Workshop


def measure(workshop: Workshop) -> Iterator[Line]:
    """Paint a copy of the database, so that the others stay as they are."""
    claims = workshop.size.claims
    copy = workshop.spare("painted.db")
    shutil.copyfile(workshop.database(workshop.size), copy)
    first, again, found = isolated(look, str(copy)).value
    note = f"{found:,} rulings"
    yield Line(f"whole view of {claims:,} claims, painted", "s", again, most=0.5, note=note)
    yield Line("first painting", "us/claim", first / claims * 1e6, note=f"{first:.1f} s in all")
    try:
        seconds = isolated(rebuild, str(copy)).value
    except ProcessFailedError as error:
        yield skipped("rebuild of every projection", str(error))
        return
    note = f"{seconds:.1f} s in all"
    yield Line("rebuild of every projection", "us/claim", seconds / claims * 1e6, note=note)


def look(database: str) -> tuple[float, float, int]:
    """Return the seconds of the first whole view, the median of the next, and its rulings.

    Each is asked of a new view, which has looked nothing up yet.
    """
    from chronicle import Chronicle

    times: list[float] = []
    with Chronicle.open(database) as chronicle:
        for _ in range(8):
            view = chronicle.view(as_of=MIDDLE)
            start = perf_counter()
            found = len(view.state())
            times.append(perf_counter() - start)
    return times[0], median(times[1:]), found


def rebuild(database: str) -> float:
    """Return the seconds that it takes to throw every projection away and fold it again."""
    from chronicle import Chronicle

    with Chronicle.open(database) as chronicle:
        start = perf_counter()
        chronicle.rebuild()
        return perf_counter() - start
