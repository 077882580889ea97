"""Appending from JSON Lines, against an event store and against the bare database."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from tests.benchmarks.isolated import isolated
from tests.benchmarks.results import Line, skipped
from tests.benchmarks.storing import into_bare_table
from tests.benchmarks.workshop import Workshop


def measure(workshop: Workshop) -> Iterator[Line]:
    """Append the same claims here and in the event store, in turns; the best of each counts."""
    size = workshop.size
    what = f"append {size.claims:,} claims about {size.subjects:,} subjects"
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(workshop.rounds):
        ours.append(workshop.append(size).us_per_claim)
        if find_spec("eventsourcing"):
            from tests.benchmarks.event_store import into_event_store

            lines, store = workshop.lines(size), workshop.spare("events.db")
            seconds = isolated(into_event_store, str(lines), str(store)).value
            theirs.append(seconds / size.claims * 1e6)
    if theirs:
        note = "here with the sources, entities and properties that they name"
        yield Line(what, "us/claim", min(ours), min(theirs), "eventsourcing", 1.0, note)
    else:
        yield skipped(what, "needs the event store: pip install 'chronicle[benchmark]'")
    database = str(workshop.database(size))
    bare = min(
        isolated(into_bare_table, database, str(workshop.spare("bare.db")), size.claims).value
        for _ in range(3)
    )
    yield Line(what, "us/claim", min(ours), bare / size.claims * 1e6, "sqlite3 executemany")
