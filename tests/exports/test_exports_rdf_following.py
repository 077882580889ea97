"""Following an export in RDF: what a program drops and adds to come to the later one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import PROV, RDF

from chronicle import Chronicle, RecordsRefused
from chronicle.exports.checking import check
from chronicle.exports.linked.vocabulary import EXPORT, OWN, RECORD, whole
from chronicle.exports.making import export
from tests.exports import linked
from tests.exports.conftest import AT
from tests.exports.graphs import DEPRECATED, SUFFIXES, Quad, quads, together
from tests.stores import Clock, Files
from tests.test_projections import sound
from tests.twins import twins

pytestmark = pytest.mark.filterwarnings(DEPRECATED)

every_syntax = pytest.mark.parametrize("syntax", SUFFIXES)


@every_syntax
def test_followers_come_to_the_later_export(folder: Path, syntax: str) -> None:
    """They drop what belongs to a record that changed or is no more, and add what came.

    Even where an event became one with an entity, and ceased to be; and where one file after the
    other is followed.
    """
    suffix = SUFFIXES[syntax]
    with Chronicle.open(Files(folder).made(), clock=Clock()) as chronicle:
        held: set[Quad] = set()
        gone = 0
        for number, records in enumerate((linked.records(), linked.later(), linked.latest())):
            since = chronicle.view().head.size
            chronicle.append(list(records))
            view = chronicle.view(at=AT)
            path = folder / f"whole-{number}{suffix}"
            export(chronicle, "rdf", path, view=view)
            if number:
                part = folder / f"part-{number}{suffix}"
                export(chronicle, "rdf", part, view=view, since=since)
                changes = quads(part)
                assert len(changes) < len(held) / 2
                gone += len(_removed(changes))
                held = _followed(held, changes)
                assert held == quads(path)
                assert check(chronicle, part).identical
            else:
                held = quads(path)
        assert gone > 5


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(twins(), st.integers(2, 12), st.sampled_from(["2022-01-04", "2022-01-09", "2022-03-01"]))
def test_followers_come_to_the_later_export_of_any_log(
    files: Files, records: list[dict[str, Any]], position: int, at: str
) -> None:
    """Where graphs are not kept apart, too: merges, events, conflicts, retractions and all."""
    place = Path(files.made())
    with Chronicle.open(place, clock=Clock()) as chronicle:
        for record in sound(records):
            with suppress(RecordsRefused):  # it names what comes later
                chronicle.append([record])
        view = chronicle.view(at)
        since = min(position, view.head.size)
        before, after, changes = (place.with_suffix(f".{name}.ttl") for name in ("a", "b", "c"))
        export(chronicle, "rdf", before, view=chronicle.view(at, recorded=f"#{since}"))
        export(chronicle, "rdf", after, view=view)
        export(chronicle, "rdf", changes, view=view, since=since)
    assert _followed(quads(before), quads(changes)) == quads(after)


def _removed(changes: set[Quad]) -> set[str]:
    return {str(value) for _, name, value, _ in changes if name == PROV.invalidated}


def _followed(held: set[Quad], changes: set[Quad]) -> set[Quad]:
    """Return an export after changes, as a program would have it that follows them."""
    touched = _removed(changes) | {whole(str(subject)) for subject, *_ in changes}
    kept = {quad for quad in held if whole(str(quad[3] or quad[0])) not in touched}
    return kept | {quad for quad in changes if whole(str(quad[0])) != str(EXPORT.changes)}


def test_an_event_that_became_an_entity_has_a_name_of_its_own(folder: Path) -> None:
    """So that the one can be taken away and the other stay; it says what it is read as."""
    with Chronicle.open(Files(folder).made(), clock=Clock()) as chronicle:
        chronicle.append([*linked.records(), *linked.later()])
        path = folder / "all.ttl"
        export(chronicle, "rdf", path)
        graph = together(quads(path))
    event = RECORD["the-fire.event"]
    assert (event, RDF.type, OWN.Event) in graph
    assert (event, OWN.readAs, RECORD["the-fire"]) in graph
    assert (RECORD["the-fire"], RDF.type, OWN.Entity) in graph
    assert (RECORD["the-fire"], RDF.type, OWN.Event) not in graph
