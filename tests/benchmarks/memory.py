"""Memory: the most that an append of a long file holds, against one of a tenth."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.results import Line
from tests.benchmarks.workshop import Workshop


def measure(workshop: Workshop) -> Iterator[Line]:
    """Compare the peak of the whole process, interpreter and libraries included."""
    large, small = workshop.size, workshop.tenth
    ours, theirs = (max(one.peak_mib for one in workshop.appends(size)) for size in (large, small))
    what = f"append: peak memory with {large.claims:,} claims"
    yield Line(what, "MiB", ours, theirs, f"with {small.claims:,}", 1.3)
