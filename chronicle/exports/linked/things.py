"""Things: what sources, properties, entities and events are in RDF.

Nothing is a blank node, and a record speaks only of itself and of its parts: so what it said can
be taken back exactly, even where graphs are not kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SDO, Literal, URIRef

from chronicle.calendar import write_instant
from chronicle.exports.items import Row
from chronicle.exports.linked.terms import address, date, ends, exact, flag, moment, number, text
from chronicle.exports.linked.vocabulary import EXPORT, OWN, QUALIFIER, RECORD, Triple, part, said


def source(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield what a source is; whoever speaks in it is an agent of its own."""
    voice, publisher, file = (part(name, one) for one in ("voice", "publisher", "document"))
    yield from said(
        name,
        (RDF.type, OWN.Source),
        (RDF.type, PROV.Entity),
        (RDF.type, SDO.CreativeWork),
        (SDO.name, text(row["title"])),
        (DCTERMS.issued, date(row["published"])),
        (SDO.datePublished, exact(row["published"])),
        (SDO.url, address(row["url"])),
        (SDO.inLanguage, text(row["language"])),
        (OWN.medium, text(row["medium"])),
        (OWN.read, flag(row["read"] == "yes")),
        (RDFS.comment, text(row["note"])),
        (PROV.wasAttributedTo, voice),
        *((PROV.wasDerivedFrom, RECORD[other]) for other in row["derives_from"]),
        *((SDO.author, part(name, "author", n)) for n, _ in enumerate(row["authors"], start=1)),
        (SDO.publisher, publisher if row["publisher"] else None),
        (SDO.encoding, file if row["document"] else None),
    )
    yield from said(voice, (RDF.type, PROV.Agent), (RDF.type, OWN.Voice))
    for n, author in enumerate(row["authors"], start=1):
        yield from said(part(name, "author", n), (RDF.type, PROV.Agent), (SDO.name, text(author)))
    if row["publisher"]:
        yield from said(publisher, (RDF.type, PROV.Agent), (SDO.name, text(row["publisher"])))
    if row["document"]:
        yield from said(
            file,
            (RDF.type, SDO.MediaObject),
            (SDO.name, text(row["document"]["name"])),
            (SDO.sha256, text(row["document"]["sha256"])),
        )
    yield from _entry(name, row)


def property_(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield what a property is: it describes values, and is used in no triple itself."""
    terms = [(part(name, "term", n), one) for n, one in enumerate(row["values"], start=1)]
    yield from said(
        name,
        (RDF.type, OWN.Property),
        (RDF.type, RDF.Property),
        (RDFS.label, text(row["label"])),
        (RDFS.comment, text(row["description"])),
        *((OWN[word], text(row[word])) for word in ("datatype", "temporal", "cardinality")),
        (OWN.carry, text(row["carry"])),
        (SDO.unitText, text(row["unit"])),
        *((OWN.qualifier, QUALIFIER[one]) for one in row["qualifiers"]),
        *((OWN["term"], term) for term, _ in terms),  # an attribute of that name is a method
    )
    for term, one in terms:
        yield from said(
            term,
            (RDF.type, OWN.Term),
            (RDF.value, text(one["value"])),
            (RDFS.comment, text(one["description"])),
        )
    yield from _entry(name, row)


_CLASSES: Mapping[str, tuple[URIRef, ...]] = {
    "person": (SDO.Person, PROV.Person),
    "organisation": (SDO.Organization, PROV.Organization),
    "organization": (SDO.Organization, PROV.Organization),
    "place": (SDO.Place,),
    "event": (SDO.Event,),
    # schema.org has no class for these two: its Role is a link, its Occupation a profession.
    "office": (SDO.Thing, ORG.Post),
    "group": (SDO.Thing, FOAF.Group, PROV.Agent),
}
"""The classes of entities by their types; others are things."""

_CONTAINED: Mapping[tuple[str, str], URIRef] = {
    ("place", "place"): SDO.containedInPlace,
    ("organisation", "organisation"): SDO.parentOrganization,
    ("organisation", "place"): SDO.location,
    ("group", "organisation"): SDO.memberOf,
    ("office", "organisation"): ORG.postIn,
}
"""How something is in what contains it, by the types of the two."""


def entity(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield what an entity is, by its type; that of what contains it says how it does."""
    found = [
        (part(name, "identifier", n), one)
        for n, one in enumerate(row["identifiers"].items(), start=1)
    ]
    within = row["within"] and RECORD[row["within"]]
    contained = _CONTAINED.get((row["type"], row["within_type"]))
    yield from said(
        name,
        (RDF.type, OWN.Entity),
        *((RDF.type, one) for one in _CLASSES.get(row["type"], (SDO.Thing,))),
        (OWN.type, text(row["type"])),
        (SDO.name, text(row["name"])),
        *((SDO.alternateName, text(one)) for one in row["aliases"]),
        (SDO.description, text(row["description"])),
        *((SDO.identifier, identifier) for identifier, _ in found),
        (OWN.within, within),
        *([(contained, within)] if contained else []),
        (OWN.readAs, RECORD[row["read_as"]] if row["read_as"] != row["id"] else None),
    )
    for identifier, (scheme, value) in found:
        yield from said(
            identifier,
            (RDF.type, SDO.PropertyValue),
            (SDO.propertyID, text(scheme)),
            (SDO.value, text(value)),
        )
    yield from _entry(name, row)


def event(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield what the view knows of an event.

    Who took part in it does so in a role, as schema.org has roles: `participant` leads to the
    role, and from that to who had it.
    """
    there = [
        (part(name, "participant", n), one) for n, one in enumerate(row["participants"], start=1)
    ]
    dates = [(part(name, "date", n), one) for n, one in enumerate(row["dates"], start=1)]
    start, end = ends(row["when"])
    yield from said(
        name,
        (RDF.type, OWN.Event),
        (RDF.type, SDO.Event),
        (SDO.name, text(row["title"])),
        (SDO.description, text(row["summary"])),
        (DCTERMS.date, date(row["when"])),
        (SDO.startDate, start),
        (SDO.endDate, end),
        (OWN.earliest, _second(row["when_first"])),
        (OWN.latest, _second(row["when_last"])),
        (OWN.precision, text(row["precision"])),
        (OWN.standing, text(row["standing"])),
        (OWN.claim, row["claim"] and RECORD[row["claim"]]),
        (DCTERMS.source, RECORD[row["source"]]),
        (SDO.location, row["place"] and RECORD[row["place"]]),
        *((SDO.participant, role) for role, _ in there),
        *((OWN.dated, one) for one, _ in dates),
        (OWN.readAs, RECORD[row["id"]] if RECORD[row["id"]] != name else None),
    )
    for role, one in there:
        yield from said(
            role,
            (RDF.type, SDO.Role),
            (SDO.participant, RECORD[one["entity"]]),
            (SDO.roleName, text(one["role"])),
        )
    for dated, one in dates:
        yield from said(
            dated,
            (RDF.type, OWN.Dated),
            (DCTERMS.date, date(one["when"])),
            *((DCTERMS.source, RECORD[source]) for source in one["sources"]),
        )


def _entry(name: URIRef, row: Row) -> Iterator[Triple]:
    """Yield where in the log a record stands; nowhere, if it is built in.

    It is told of the entry, not of what that describes: a person is not made by a log.
    """
    if row["position"] is not None:
        yield from said(
            part(name, "record"),
            (RDF.type, OWN.Record),
            (RDF.type, PROV.Entity),
            (DCTERMS.subject, name),
            (OWN.position, number(row["position"])),
            (PROV.generatedAtTime, moment(row["recorded_at"])),
            (PROV.wasAttributedTo, EXPORT.log),
        )


def _second(instant: int | None) -> Literal | None:
    return None if instant is None else exact(write_instant(instant))
