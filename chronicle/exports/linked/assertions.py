"""Assertions: what claims and rulings are in RDF.

A claim is a nanopublication: what it says is a graph that bears its name, who said so and where
is its provenance, and what the log and the view make of it is its publication info. What it says
is reified, never said outright: it may be denied, alleged, withdrawn or wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import PROV, RDF, RDFS, URIRef

from chronicle.exports.items import Row
from chronicle.exports.linked.terms import date, flag, moment, number, text, value_of
from chronicle.exports.linked.vocabulary import (
    EXPORT,
    NP,
    OA,
    OWN,
    QUALIFIER,
    RECORD,
    Term,
    Triple,
    part,
    said,
)
from chronicle.references import THINGS


def claim(name: URIRef, row: Row) -> Iterator[tuple[URIRef, Iterator[Triple]]]:
    """Yield the four graphs of a claim."""
    published, provenance, publication = (
        part(name, one) for one in ("nanopub", "provenance", "publication")
    )
    yield (
        part(name, "head"),
        said(
            published,
            (RDF.type, NP.Nanopublication),
            (NP.hasAssertion, name),
            (NP.hasProvenance, provenance),
            (NP.hasPublicationInfo, publication),
        ),
    )
    yield name, _stated(name, row)
    yield provenance, _provenance(name, row)
    yield (
        publication,
        said(
            published,
            (RDF.type, PROV.Entity),
            (PROV.wasAttributedTo, EXPORT.log),
            (PROV.generatedAtTime, moment(row["recorded_at"])),
            (OWN.position, number(row["position"])),
            (OWN.live, flag(row["live"])),
            (OWN.silence, text(row["silence"])),
        ),
    )


def _stated(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield what a claim says: a value, that there is none or none known, or what is not so."""
    value = None if row["unknown"] else value_of(row["value"], row["datatype"])
    yield from said(
        name,
        (RDF.type, OWN.Claim),
        (RDF.type, PROV.Entity),
        (OWN.subject, RECORD[row["subject"]]),
        (OWN.property, RECORD[row["property"]]),
        (OWN.denies if row["denies"] else OWN.value, value),
        (OWN.unknown, flag(True) if row["unknown"] else None),
        *_qualified(row),
        (OWN.valid, date(row["valid"])),
        (OWN.validVerbatim, text(row["valid_verbatim"])),
        (OWN.modality, text(row["modality"])),
        (OWN.event, row["event"] and RECORD[row["event"]]),
        (RDFS.comment, text(row["note"])),
    )


def _provenance(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield who said what a claim says, in which document, and what it goes back to.

    It is attributed to its speaker; without one, to whoever speaks in its source. Of those who
    passed it on, sources are quoted, and all have their place in the chain.
    """
    source = RECORD[row["source"]]
    relays = [(part(name, "relay", n), n, one) for n, one in enumerate(row["via"], start=1)]
    revises = row["revises"]
    revision = part(name, "revision")
    yield from said(
        name,
        (PROV.wasAttributedTo, RECORD[row["speaker"]] if row["speaker"] else part(source, "voice")),
        (PROV.hadPrimarySource, source),
        (OWN.asserted, date(row["asserted"])),
        (OWN.credibility, text(row["credibility"])),
        *((OWN.relay, relay) for relay, _, _ in relays),
        (OWN.answers, row["answers"] and RECORD[row["answers"]]),
        *((PROV.wasDerivedFrom, RECORD[one]) for one in row["inferred_from"]),
        (PROV.wasRevisionOf, RECORD[revises["claim"]] if revises else None),
        (PROV.qualifiedRevision, revision if revises else None),
    )
    for relay, n, one in relays:
        yield from _relay(name, relay, RECORD[one], row["kinds"].get(one) == "source")
        yield from said(relay, (OWN.order, number(n)))
    if revises:
        yield from said(
            revision,
            (RDF.type, PROV.Revision),
            (PROV.entity, RECORD[revises["claim"]]),
            (OWN.kind, text(revises["kind"])),
            (OWN.reason, text(revises["reason"])),
        )
    yield from _annotation(name, row)


def _relay(name: URIRef, relay: URIRef, other: URIRef, is_source: bool) -> Iterator[Triple]:
    """Yield who passed a claim on: a source that was quoted, or an agent without part in it."""
    if is_source:
        yield from said(name, (PROV.wasQuotedFrom, other), (PROV.qualifiedQuotation, relay))
    else:
        yield from said(name, (PROV.qualifiedInfluence, relay))
    yield from said(
        relay,
        (RDF.type, OWN.Relay),
        (RDF.type, PROV.Quotation if is_source else PROV.AgentInfluence),
        (PROV.entity if is_source else PROV.agent, other),
    )


def _annotation(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield where in its source a claim stands, if that is told.

    A locator is in words (a page, a paragraph, a note), so no selector of the standard fits: it
    is one of our own, with the words as its value. A text quote has the exact words that the
    claim keeps.
    """
    if not (row["locator"] or row["verbatim"]):
        return
    annotation, target, locator, quote = (
        part(name, one) for one in ("annotation", "target", "locator", "quote")
    )
    yield from said(
        annotation,
        (RDF.type, OA.Annotation),
        (OA.motivatedBy, OA.describing),
        (OA.hasBody, name),
        (OA.hasTarget, target),
    )
    yield from said(
        target,
        (RDF.type, OA.SpecificResource),
        (OA.hasSource, RECORD[row["source"]]),
        (OA.hasSelector, locator if row["locator"] else None),
        (OA.hasSelector, quote if row["verbatim"] else None),
    )
    if row["locator"]:
        told = text(row["locator"])
        yield from said(
            locator, (RDF.type, OWN.Locator), (RDF.type, OA.Selector), (RDF.value, told)
        )
    if row["verbatim"]:
        yield from said(quote, (RDF.type, OA.TextQuoteSelector), (OA.exact, text(row["verbatim"])))


def ruling(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield what a ruling believes and why; what its winning claim says is told of there."""
    rivals = [(part(name, "rival", n), one) for n, one in enumerate(row["rivals"], start=1)]
    yield from said(
        name,
        (RDF.type, OWN.Ruling),
        (RDF.type, PROV.Entity),
        (OWN.subject, RECORD[row["subject"]]),
        (OWN.property, RECORD[row["property"]]),
        (OWN.value, value_of(row["value"], row["datatype"])),
        *_qualified(row),
        (OWN.standing, text(row["standing"])),
        (OWN.basis, text(row["basis"])),
        (OWN.claim, RECORD[row["claim"]]),
        (PROV.wasDerivedFrom, RECORD[row["claim"]]),
        (OWN.lastAffirmed, date(row["last_affirmed"])),
        (OWN.decidedBy, text(row["decided_by"])),
        *((OWN.supporter, RECORD[one]) for one in row["supporters"]),
        *((OWN.rival, rival) for rival, _ in rivals),
        *((OWN.inConflict, RECORD[one]) for one in row["in_conflict"]),
    )
    for rival, one in rivals:
        yield from said(
            rival,
            (RDF.type, OWN.Rival),
            (OWN.claim, RECORD[one["claim"]]),
            (OWN.denies if one["denies"] else OWN.value, value_of(one["value"], row["datatype"])),
            (OWN.reason, text(one["reason"])),
        )


def _qualified(row: Row) -> Iterator[tuple[URIRef, Term]]:
    """Yield the qualifiers: the names of things where they name some, else as they are."""
    for name, value in row["qualifiers"].items():
        is_thing = row["kinds"].get(value) in THINGS
        told = RECORD[value] if is_thing else text(value)
        assert told is not None  # a qualifier has a value
        yield QUALIFIER[name], told
