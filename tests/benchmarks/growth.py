"""Growth: what a claim costs in a long append, against what it costs in one of a tenth."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.results import Line
from tests.benchmarks.workshop import Workshop


def measure(workshop: Workshop) -> Iterator[Line]:
    """Append both files in turns, each to an empty log; the best of each counts."""
    large, small = workshop.size, workshop.tenth
    for _ in range(workshop.rounds):
        workshop.append(small)
        workshop.append(large)
    ours, theirs = (
        min(one.us_per_claim for one in workshop.appends(size)) for size in (large, small)
    )
    what = f"append: cost of a claim in {large.claims:,}"
    yield Line(what, "us/claim", ours, theirs, f"in {small.claims:,}", 1.3)
