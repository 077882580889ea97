"""Shapes: what must stand in an export in RDF, held against it by pySHACL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, SH, VOID, Graph, Literal, URIRef
from rdflib.term import Node

from chronicle import Chronicle
from chronicle.exports.linked.vocabulary import NP, OA, OWN, RECORD
from chronicle.exports.making import export
from tests.exports import linked
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.graphs import quads, together
from tests.stores import Clock, Files

SHAPES = Path(__file__).with_name("shapes.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes."""
    return Graph().parse(SHAPES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """All triples of an export that has everything that there is a shape for."""
    folder = tmp_path_factory.mktemp("shapes")
    with Chronicle.open(Files(folder).made(), clock=Clock()) as chronicle:
        chronicle.append(linked.records())
        made = Exported.make("rdf", chronicle, folder / "all.ttl")
        yield together(quads(made.path))


def broken(graph: Graph, shapes: Graph) -> set[tuple[str, str]]:
    """Return the names of the shapes that a graph does not conform to, and where not."""
    conforms, report, _ = validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found = {
        (_owner(shapes, shape), str(where))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for shape in report.objects(result, SH.sourceShape)
        for where in report.objects(result, SH.focusNode)
    }
    assert conforms is not bool(found)
    return found


def _owner(shapes: Graph, shape: Node) -> str:
    """Return the name of the shape that another is a part of."""
    while not isinstance(shape, URIRef):
        shape = next(shapes.subjects(None, shape))
    return shape.removeprefix("urn:shapes:")


def test_an_export_conforms(whole: Graph, shapes: Graph) -> None:
    """One that has everything."""
    assert broken(whole, shapes) == set()


def test_an_extract_of_the_bundled_chronicle_conforms(
    crisis: Chronicle, shapes: Graph, folder: Path
) -> None:
    """What has to do with one man, and all that this names."""
    path = folder / "abish.ttl"
    export(crisis, "rdf", path, view=crisis.view(at=AT), about="samat-abish")
    assert broken(Graph().parse(path), shapes) == set()


NOBODY = RECORD.nobody
"""A name that stands for nothing."""

NO_TEXT = Literal("x")
"""What may stand in none of the places where it is put."""

DAMAGES: list[tuple[str, URIRef, URIRef, URIRef | Literal | None]] = [
    ("claim-source", OWN.Claim, PROV.hadPrimarySource, None),
    ("claim-source", OWN.Claim, PROV.hadPrimarySource, NOBODY),
    ("claim-attribution", OWN.Claim, PROV.wasAttributedTo, None),
    ("claim-about", OWN.Claim, OWN.subject, None),
    ("claim-about", OWN.Claim, OWN.property, NOBODY),
    ("claim-value", OWN.Claim, OWN.value, None),
    ("claim-value", OWN.Claim, OWN.denies, None),
    ("claim-value", OWN.Claim, OWN.unknown, None),
    ("claim-dates", OWN.Claim, OWN.asserted, None),
    ("claim-dates", OWN.Claim, OWN.asserted, NO_TEXT),
    ("claim-dates", OWN.Claim, OWN.valid, NO_TEXT),
    ("claim-judged", OWN.Claim, OWN.credibility, NO_TEXT),
    ("claim-judged", OWN.Claim, OWN.modality, None),
    ("claim-grounds", OWN.Claim, PROV.wasDerivedFrom, NOBODY),
    ("claim-grounds", OWN.Claim, OWN.answers, NOBODY),
    ("revision", OWN.Claim, PROV.wasRevisionOf, NOBODY),
    ("revision", OWN.Claim, PROV.qualifiedRevision, None),
    ("revision-kind", PROV.Revision, PROV.entity, None),
    ("revision-kind", PROV.Revision, OWN.kind, NO_TEXT),
    ("relay", OWN.Relay, OWN.order, None),
    ("relay", OWN.Relay, PROV.agent, None),
    ("annotation", OA.Annotation, OA.hasBody, NOBODY),
    ("annotation", OA.Annotation, OA.hasTarget, None),
    ("annotation-target", OA.SpecificResource, OA.hasSource, NOBODY),
    ("annotation-quote", OA.TextQuoteSelector, OA.exact, None),
    ("annotation-locator", OWN.Locator, RDF.value, None),
    ("nanopublication", NP.Nanopublication, NP.hasAssertion, NOBODY),
    ("nanopublication", NP.Nanopublication, NP.hasProvenance, None),
    ("nanopublication-info", NP.Nanopublication, PROV.wasAttributedTo, NOBODY),
    ("nanopublication-info", NP.Nanopublication, PROV.generatedAtTime, None),
    ("nanopublication-info", NP.Nanopublication, OWN.live, None),
    ("ruling-standing", OWN.Ruling, OWN.standing, None),
    ("ruling-standing", OWN.Ruling, OWN.basis, NO_TEXT),
    ("ruling-slot", OWN.Ruling, OWN.value, None),
    ("ruling-winner", OWN.Ruling, OWN.claim, NOBODY),
    ("ruling-winner", OWN.Ruling, PROV.wasDerivedFrom, None),
    ("ruling-winner", OWN.Ruling, OWN.supporter, NOBODY),
    ("ruling-reasons", OWN.Ruling, OWN.decidedBy, None),
    ("ruling-reasons", OWN.Ruling, OWN.lastAffirmed, NO_TEXT),
    ("rival", OWN.Rival, OWN.reason, None),
    ("rival", OWN.Rival, OWN.claim, NOBODY),
    ("event", SDO.Event, DCTERMS.date, NO_TEXT),
    ("event", SDO.Event, SDO.startDate, NO_TEXT),
    ("event-known", OWN.Event, DCTERMS.source, None),
    ("event-known", OWN.Event, OWN.claim, NOBODY),
    ("event-role", SDO.Role, SDO.participant, None),
    ("entity", OWN.Entity, SDO.name, None),
    ("entity", OWN.Entity, OWN.type, None),
    ("source", OWN.Source, SDO.name, None),
    ("source", OWN.Source, DCTERMS.issued, NO_TEXT),
    ("source", OWN.Source, PROV.wasDerivedFrom, NOBODY),
    ("source-voice", OWN.Source, PROV.wasAttributedTo, None),
    ("property", OWN.Property, RDFS.label, None),
    ("property", OWN.Property, OWN.datatype, NO_TEXT),
    ("record", OWN.Record, DCTERMS.subject, None),
    ("dataset", VOID.Dataset, OWN.root, NO_TEXT),
    ("dataset", VOID.Dataset, OWN.head, None),
]
"""A shape; of which class a thing is damaged, in what, and what stands there instead."""


@pytest.mark.parametrize("turn", range(3))
def test_a_damaged_export_does_not_conform(whole: Graph, shapes: Graph, turn: int) -> None:
    """What is missing, or stands where it has no place, is found by its shape, just there.

    Of the damages that a shape should find, one is done in each turn.
    """
    damaged = Graph() + whole
    expected: set[tuple[str, str]] = set()
    for shape, kind, name, instead in _of_turn(turn):
        subject, old = min(
            (str(one), value)
            for one, value in whole.subject_objects(name)
            if (one, RDF.type, kind) in whole
        )
        damaged.remove((URIRef(subject), name, old))
        if instead is not None:
            damaged.add((URIRef(subject), name, instead))
        expected.add((shape, subject))
    assert expected
    assert expected <= broken(damaged, shapes)


def _of_turn(turn: int) -> Iterator[tuple[str, URIRef, URIRef, Node | None]]:
    """Yield the damages that have so many others of their shape before them."""
    before: Counter[str] = Counter()
    for damage in DAMAGES:
        if before[damage[0]] == turn:
            yield damage
        before[damage[0]] += 1


def test_something_is_damaged_for_every_shape(shapes: Graph) -> None:
    """So no shape can be one that everything conforms to."""
    named = {_owner(shapes, one) for one in shapes.subjects(RDF.type, SH.NodeShape)}
    assert named == {shape for shape, *_ in DAMAGES}


def test_no_shape_has_more_damages_than_there_are_turns() -> None:
    """So all of them are done."""
    assert max(Counter(shape for shape, *_ in DAMAGES).values()) == 3


def test_a_ruling_that_says_a_thing_twice_does_not_conform(whole: Graph, shapes: Graph) -> None:
    """There is exactly one standing, one value, one winning claim."""
    names = sorted(str(one) for one in whole.subjects(RDF.type, OWN.Ruling))
    damaged = Graph() + whole
    expected = set()
    words = [("standing", "standing"), ("value", "slot"), ("claim", "winner")]
    for ruling, (word, shape) in zip(names, words, strict=False):
        old = whole.value(URIRef(ruling), OWN[word])
        damaged.add((URIRef(ruling), OWN[word], _other(whole, OWN[word], old)))
        expected.add((f"ruling-{shape}", ruling))
    assert expected <= broken(damaged, shapes)


def _other(graph: Graph, name: URIRef, value: Node | None) -> Node:
    """Return another value that stands somewhere."""
    return next(one for one in graph.objects(None, name) if one != value)
