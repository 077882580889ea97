"""Growth: what a claim costs in a long append, against what it costs in one of a tenth."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.results import Line
from tests.benchmarks.workshop import Workshop


def measure(workshop: Workshop) -> Iterator[Line]:
    """Append both files, each to an empty log; the best of each counts."""
    large, small = workshop.size, workshop.tenth
    # The small file takes little time, so that more rounds can quiet what else the machine does.
    theirs = min(one.us_per_claim for one in workshop.appends(small, 2 * workshop.rounds))
    ours = min(one.us_per_claim for one in workshop.appends(large, workshop.rounds))
    what = f"append: cost of a claim in {large.claims:,}"
    yield Line(what, "us/claim", ours, theirs, f"in {small.claims:,}", 1.3)
