"""Reading dates: the forms that people write most, against the `edtf` package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from time import perf_counter

from tests.benchmarks.isolated import isolated
from tests.benchmarks.results import Line
from tests.benchmarks.workshop import Workshop

FORMS = (
    "2022-01-06",
    "2022-01",
    "2022",
    "2022-01-06/..",
    "2022-01-06/",
    "/2022-01-06",
    "2021-12-01/2022-01-06",
    "[2022-01-06..2022-01-17]",
    "{2022-01-06..2022-01-17}",
    "2022-01-06T14:30",
    "2022-01~",
    "202X",
)
"""The forms that are timed."""


def measure(_workshop: Workshop) -> Iterator[Line]:
    """Read each form many times; the slowest form must meet the aim too."""
    ours = isolated(read_here).value
    slowest = max(ours, key=ours.__getitem__)
    mean = sum(ours.values()) / len(ours)
    if find_spec("edtf"):
        theirs = isolated(read_by_edtf).value
        shared = sum(ours[form] for form in theirs) / len(theirs)
        peer = sum(theirs.values()) / len(theirs)
        note = f"the {len(theirs)} forms that both read"
        yield Line("reading a date, on average", "us", shared, peer, "edtf package", note=note)
    yield Line("reading a date, on average", "us", mean, most=20.0, note=f"{len(ours)} forms")
    yield Line("reading a date, the slowest form", "us", ours[slowest], most=20.0, note=slowest)


def read_here() -> dict[str, float]:
    """Return the microseconds that each form takes here."""
    from chronicle.dates import parse

    return {form: _microseconds(parse, form, 200) for form in FORMS}


def read_by_edtf() -> dict[str, float]:
    """Return the microseconds that each form takes with the `edtf` package, if it reads it."""
    from edtf import EDTFParseException, parse_edtf

    times: dict[str, float] = {}
    for form in FORMS:
        try:
            parse_edtf(form)
        except EDTFParseException:
            continue
        times[form] = _microseconds(parse_edtf, form, 1)
    return times


def _microseconds(read: Callable[[str], object], form: str, times: int) -> float:
    """Return the best of many short runs, so that what else the machine does hardly counts."""
    best = float("inf")
    for _ in range(30):
        start = perf_counter()
        for _ in range(times):
            read(form)
        best = min(best, perf_counter() - start)
    return best / times * 1e6
