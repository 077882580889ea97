"""Graphs: an export in RDF, parsed by rdflib, and what can be had from it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rdflib import PROV, RDF, RDFS, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from chronicle.exports.linked.vocabulary import NP, OA, OWN, QUALIFIER, RECORD

Row = dict[str, Any]
Triples = set[tuple[Node, Node, Node]]
Quad = tuple[Node, Node, Node, Node | None]

SUFFIXES = {"trig": ".trig", "turtle": ".ttl", "json-ld": ".jsonld"}

DEPRECATED = "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
"""What rdflib's own parsers of named graphs warn of."""


def quads(path: Path) -> set[Quad]:
    """Return the quads of an export; in Turtle the graph is None."""
    if path.suffix == ".ttl":
        return {(*triple, None) for triple in Graph().parse(path, format="turtle")}
    dataset = Dataset()
    dataset.parse(path, format="trig" if path.suffix == ".trig" else "json-ld")
    return set(dataset.quads())


def together(found: Iterable[Quad]) -> Graph:
    """Return all triples as one graph."""
    graph = Graph()
    for subject, name, value, _ in found:
        graph.add((subject, name, value))
    return graph


def rulings(graph: Graph) -> list[Row]:
    """Return the rulings as `state` prints them, in the order of `order`."""
    return [_ruling(graph, name) for name in graph.subjects(RDF.type, OWN.Ruling)]


def claims(graph: Graph) -> dict[str, Row]:
    """Return the claims by id, with what was recorded of each."""
    return {record_id(name): _claim(graph, name) for name in graph.subjects(RDF.type, OWN.Claim)}


def record_id(name: Node | None) -> str:
    """Return the id of the record that has a name."""
    assert str(name).startswith(str(RECORD)), name
    return str(name).removeprefix(str(RECORD))


def _id(name: Node | None) -> str | None:
    return None if name is None else record_id(name)


def _text(value: Node | None) -> str | None:
    return None if value is None else str(value)


def _value(graph: Graph, of: Node) -> tuple[str | None, bool, bool]:
    """Return a value, whether it is that there is none, and whether it is denied."""
    value, denied = graph.value(of, OWN.value, any=False), graph.value(of, OWN.denies, any=False)
    assert value is None or denied is None
    found = denied if value is None else value
    if found is None or found == OWN.none:
        return None, found is not None, denied is not None
    text = str(found) if isinstance(found, Literal) else record_id(found)
    return text, False, denied is not None


def _qualifiers(graph: Graph, of: Node) -> Row:
    found = {
        str(name).removeprefix(str(QUALIFIER)): value
        for name, value in graph.predicate_objects(of)
        if str(name).startswith(str(QUALIFIER))
    }
    return {
        name: record_id(value) if isinstance(value, URIRef) else str(value)
        for name, value in sorted(found.items())
    }


def _said(graph: Graph, claim: Node) -> Row:
    speaker = graph.value(claim, PROV.wasAttributedTo, any=False)
    source = graph.value(claim, PROV.hadPrimarySource, any=False)
    silent = str(speaker) == f"{source}#voice"
    return {
        "source": record_id(source),
        "speaker": None if silent else record_id(speaker),
        "asserted": _text(graph.value(claim, OWN.asserted, any=False)),
        "valid": _text(graph.value(claim, OWN.valid, any=False)),
    }


def _ruling(graph: Graph, name: Node) -> Row:
    value, none, _ = _value(graph, name)
    claim = graph.value(name, OWN.claim, any=False)
    assert claim is not None
    assert graph.value(name, PROV.wasDerivedFrom, any=False) == claim
    rivals = []
    for rival in graph.objects(name, OWN.rival):
        said, _, denies = _value(graph, rival)
        told = {"value": said, "denies": denies, "reason": str(graph.value(rival, OWN.reason))}
        rivals.append({"claim": record_id(graph.value(rival, OWN.claim)), **told})
    return {
        "subject": _id(graph.value(name, OWN.subject, any=False)),
        "property": _id(graph.value(name, OWN.property, any=False)),
        "qualifiers": _qualifiers(graph, name),
        "value": value,
        "none": none,
        "standing": _text(graph.value(name, OWN.standing, any=False)),
        "basis": _text(graph.value(name, OWN.basis, any=False)),
        "claim": record_id(claim),
        **_said(graph, claim),
        "last_affirmed": _text(graph.value(name, OWN.lastAffirmed, any=False)),
        "decided_by": _text(graph.value(name, OWN.decidedBy, any=False)),
        "supporters": sorted(map(record_id, graph.objects(name, OWN.supporter))),
        "rivals": sorted(rivals, key=lambda one: str(one["claim"])),
        "in_conflict": sorted(map(record_id, graph.objects(name, OWN.inConflict))),
    }


def _claim(graph: Graph, name: Node) -> Row:
    value, none, denies = _value(graph, name)
    published = URIRef(f"{name}#nanopub")
    assert graph.value(published, NP.hasAssertion) == name
    moment = graph.value(published, PROV.generatedAtTime, any=False)
    assert isinstance(moment, Literal)
    return {
        "id": record_id(name),
        "subject": _id(graph.value(name, OWN.subject, any=False)),
        "property": _id(graph.value(name, OWN.property, any=False)),
        "value": value,
        "none": none,
        "unknown": graph.value(name, OWN.unknown, any=False) == Literal(True),
        "denies": denies,
        "qualifiers": _qualifiers(graph, name),
        **_said(graph, name),
        **_placed(graph, name),
        "via": _via(graph, name),
        "credibility": _text(graph.value(name, OWN.credibility, any=False)),
        "modality": _text(graph.value(name, OWN.modality, any=False)),
        "event": _id(graph.value(name, OWN.event, any=False)),
        "note": _text(graph.value(name, RDFS.comment, any=False)),
        "valid_verbatim": _text(graph.value(name, OWN.validVerbatim, any=False)),
        "answers": _id(graph.value(name, OWN.answers, any=False)),
        "inferred_from": sorted(map(record_id, graph.objects(name, PROV.wasDerivedFrom))),
        "revises": _revises(graph, name),
        "live": graph.value(published, OWN.live, any=False) == Literal(True),
        "silence": _text(graph.value(published, OWN.silence, any=False)),
        "position": int(str(graph.value(published, OWN.position, any=False))),
        "recorded_at": f"{moment.toPython():%Y-%m-%dT%H:%M:%S.%fZ}",
    }


def _placed(graph: Graph, claim: Node) -> Row:
    """Return where a claim stands, by the annotation that has it as its body."""
    annotation = graph.value(None, OA.hasBody, claim, any=False)
    target = graph.value(annotation, OA.hasTarget, any=False) if annotation else None
    found: Row = {"locator": None, "verbatim": None}
    for selector in graph.objects(target, OA.hasSelector) if target else ():
        if (selector, RDF.type, OWN.Locator) in graph:
            found["locator"] = str(graph.value(selector, RDF.value))
        else:
            found["verbatim"] = str(graph.value(selector, OA.exact))
    if target is not None:
        source = graph.value(claim, PROV.hadPrimarySource)
        assert graph.value(target, OA.hasSource, any=False) == source
    return found


def _via(graph: Graph, claim: Node) -> list[str]:
    relays = [
        (
            int(str(graph.value(relay, OWN.order))),
            record_id(graph.value(relay, PROV.entity) or graph.value(relay, PROV.agent)),
        )
        for relay in graph.objects(claim, OWN.relay)
    ]
    return [who for _, who in sorted(relays)]


def _revises(graph: Graph, claim: Node) -> Row | None:
    revision = graph.value(claim, PROV.qualifiedRevision, any=False)
    if revision is None:
        return None
    revised = graph.value(revision, PROV.entity, any=False)
    assert graph.value(claim, PROV.wasRevisionOf, any=False) == revised
    reason = _text(graph.value(revision, OWN.reason, any=False))
    kind = _text(graph.value(revision, OWN.kind, any=False))
    return {"claim": record_id(revised), "kind": kind, "reason": reason}


def names(found: Iterable[Quad]) -> Iterator[Node]:
    """Yield every name and blank node in some quads."""
    for quad in found:
        yield from (one for one in quad if one is not None and not isinstance(one, Literal))
