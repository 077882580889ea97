"""Exports: what each format takes in memory, and in time against the log printed line by line."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryDirectory
from time import perf_counter

from chronicle.exports import formats
from tests.benchmarks.isolated import ProcessFailedError, isolated
from tests.benchmarks.material import MIDDLE, Size
from tests.benchmarks.results import Line, skipped
from tests.benchmarks.workshop import Workshop

PEER = "jsonl"

MOST_MIB = 300
"""The most that an export of 100,000 claims may hold."""


def measure(workshop: Workshop) -> Iterator[Line]:
    """Export a view in every format, each in a process of its own."""
    large, small = workshop.size, workshop.tenth
    peer = _exported(workshop, PEER, large)[0]
    for name in formats.names():
        try:
            seconds, peak = _exported(workshop, name, large)
            _, less = _exported(workshop, name, small)
        except ProcessFailedError as error:
            yield skipped(f"export {name}", str(error))
            continue
        what = f"export {name} of {large.claims:,} claims"
        yield Line(f"{what}, time", "s", seconds, peer, PEER)
        yield Line(f"{what}, peak memory", "MiB", peak, most=MOST_MIB)
        yield Line(f"{what}, peak memory", "MiB", peak, less, f"{small.claims:,} claims", 1.5)
    done = isolated(followed, str(workshop.database(large)))
    what = "export csv since the first entry: all is new"
    yield Line(f"{what}, time", "s", done.value, peer, PEER)
    yield Line(f"{what}, peak memory", "MiB", done.peak_mib, most=MOST_MIB)


def _exported(workshop: Workshop, name: str, size: Size) -> tuple[float, float]:
    """Return the seconds that an export takes, and the most memory of its process in MiB."""
    done = isolated(exported, str(workshop.database(size)), name)
    return done.value, done.peak_mib


def followed(database: str) -> float:
    """Export all that changed since there was nothing, and return the seconds that it takes."""
    return exported(database, "csv", 0)


def exported(database: str, name: str, since: int | None = None) -> float:
    """Export a view of a chronicle, and return the seconds that it takes."""
    from chronicle import Chronicle
    from chronicle.exports.making import export

    with TemporaryDirectory() as folder, Chronicle.open(database) as chronicle:
        start = perf_counter()
        export(chronicle, name, f"{folder}/out", view=chronicle.view(MIDDLE), since=since)
        return perf_counter() - start
