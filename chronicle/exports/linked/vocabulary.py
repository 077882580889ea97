"""Vocabulary: the names under which RDF says what an export holds.

Where a well-known vocabulary has the word, that is used: PROV-O, schema.org, Web Annotation,
Dublin Core, nanopublications. For the rest there is a small one of our own, which every export
explains. All own names are `tag:` URIs (RFC 4151) that can be nobody else's and never change.

What belongs to a record is named by the record: its name, `#`, and a part.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, VOID, XSD, Literal, URIRef
from rdflib.namespace import Namespace

BASE = "tag:chronicle.invalid,2022:"
"""What all own names begin with: a domain that can be nobody's."""

VOCABULARY = URIRef(f"{BASE}vocabulary")
"""The own vocabulary."""

OWN = Namespace(f"{VOCABULARY}#")
"""The words of the own vocabulary."""

RECORD = Namespace(f"{BASE}record/")
"""Sources, properties, entities, events and claims, by their ids."""

RULING = Namespace(f"{BASE}ruling/")
"""Rulings, by the keys of their slots."""

QUALIFIER = Namespace(f"{BASE}qualifier/")
"""Qualifiers, by name: the properties that give a claim or a ruling its further particulars."""

EXPORT = Namespace(f"{BASE}export/")
"""What the export says of itself: the data set, the log, the changes."""

NP = Namespace("http://www.nanopub.org/nschema#")
OA = Namespace("http://www.w3.org/ns/oa#")

EDTF = URIRef("http://id.loc.gov/datatypes/edtf")
"""The datatype of dates as written."""

PREFIXES: Mapping[str, str] = {
    "chronicle": str(OWN),
    "dcterms": str(DCTERMS),
    "export": str(EXPORT),
    "foaf": str(FOAF),
    "loc": "http://id.loc.gov/datatypes/",
    "np": str(NP),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "q": str(QUALIFIER),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "record": str(RECORD),
    "ruling": str(RULING),
    "schema": str(SDO),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""The prefixes that every export declares, whether it uses them or not."""

Term: TypeAlias = URIRef | Literal
Triple: TypeAlias = tuple[URIRef, URIRef, Term]


def slot_name(key: str) -> str:
    """Return what names a ruling, by the key of its slot: `ada.mood`.

    Where there is more to a slot than subject and property, 16 digits of the SHA-256 of its key
    follow.
    """
    subject, name, qualifiers, *value = json.loads(key)
    if not qualifiers and not value:
        return f"{subject}.{name}"
    return f"{subject}.{name}.{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def name_of(table: str, key: str) -> URIRef:
    """Return the name of a record of a table."""
    return RULING[key] if table == "rulings" else RECORD[key]


def part(of: URIRef, name: str, number: int | None = None) -> URIRef:
    """Return the name of a part of a record: what belongs to it alone, and goes with it."""
    return URIRef(f"{of}#{name}" if number is None else f"{of}#{name}-{number}")


def whole(name: str) -> str:
    """Return the name of the record that a name belongs to."""
    return name.partition("#")[0]


def said(of: URIRef, *pairs: tuple[URIRef, Term | None]) -> Iterator[Triple]:
    """Yield what is said of something; what is None is not said."""
    for name, value in pairs:
        if value is not None:
            yield of, name, value


def explained() -> Iterator[Triple]:
    """Yield what the own words mean."""
    yield from said(
        VOCABULARY,
        (RDF.type, OWL.Ontology),
        (RDFS.label, Literal("The vocabulary of chronicle exports")),
    )
    for name, meaning in _WORDS.items():
        word = OWN[name]
        kind, parent = _kind_of(name)
        yield from said(word, (RDF.type, kind), (RDFS.label, Literal(_spaced(name))))
        yield from said(word, (RDFS.comment, Literal(meaning)))
        for other in _PARENTS.get(name, ()):
            yield word, parent, other


def _kind_of(name: str) -> tuple[URIRef, URIRef]:
    """Return what kind of word a word is, and how it stands to a broader one."""
    if name == "none":
        return RDFS.Resource, RDFS.seeAlso
    if name == "quantity":
        return RDFS.Datatype, RDFS.subClassOf
    if name[0].isupper():
        return RDFS.Class, RDFS.subClassOf
    return RDF.Property, RDFS.subPropertyOf


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


_PARENTS: Mapping[str, Iterable[URIRef]] = {
    "Claim": (PROV.Entity, RDF.Statement),
    "Event": (SDO.Event,),
    "Locator": (OA.Selector,),
    "Property": (RDF.Property,),
    "Record": (PROV.Entity,),
    "Relay": (PROV.Influence,),
    "Ruling": (PROV.Entity,),
    "Source": (PROV.Entity, SDO.CreativeWork),
    "Voice": (PROV.Agent,),
    "property": (RDF.predicate,),
    "subject": (RDF.subject,),
    "value": (RDF.object,),
}

_WORDS: Mapping[str, str] = {
    "Claim": "One statement, subject - property - value, attributed to a source. Never edited.",
    "Dated": "A date that sources give for an event.",
    "Entity": "A person, organisation, place, office or group, or a thing.",
    "Event": "Something that happened, as the view knows it.",
    "Locator": "Where in a source a claim stands, in words: a section, a page, a footnote.",
    "Property": "What can be said of a subject.",
    "Record": "The entry of the log that describes something.",
    "Relay": "Somebody, or another source, who passed a statement on to the source.",
    "Rival": "A live claim that speaks against a ruling, and why it lost.",
    "Ruling": "What the view believes about a slot, and why.",
    "Source": "A document that reports statements.",
    "Term": "One of the values that a property may take.",
    "Voice": "Whoever speaks in a source, where it names nobody: its authors, or who published it.",
    "about": "The one entity that the export is about.",
    "answers": "The claim that a denial replies to.",
    "asserted": "When it was said, EDTF.",
    "at": "The date that the view asks about, EDTF.",
    "basis": "attested or possible, where a claim affirms the date itself; presumed, where the "
    "last state known is carried forward.",
    "cardinality": "Whether values compete (one), or each is ruled on by itself (many).",
    "carry": "How long a state may be presumed: forever, none, or an ISO 8601 duration.",
    "claim": "The claim in question: that which won, lost, or dates an event.",
    "credibility": "The Admiralty code, 1 to 6, as judged when the claim was recorded.",
    "datatype": "What the values are: text, term, entity, quantity or date.",
    "dated": "A date that is given for the event, the best known or another one.",
    "decidedBy": "The criterion that decided.",
    "denies": "The value of which it is said that it does not hold.",
    "earliest": "The first second of a date: nothing of it lies before.",
    "event": "The event that a claim belongs to.",
    "head": "How many entries the log had.",
    "inConflict": "The conflict record that disputes a ruling.",
    "kind": "How a claim revises another: update, correction or restatement.",
    "known": "Counting only what was said by then, EDTF.",
    "lastAffirmed": "The last day for which a ruling's value was affirmed, EDTF.",
    "latest": "The last second of a date: nothing of it lies after.",
    "live": "Whether a claim counts in the view.",
    "medium": "What kind of document a source is.",
    "modality": "How it was said: stated, alleged, inferred, planned or predicted.",
    "none": "There is no value.",
    "order": "Where a relay stands: 1 is the nearest to the speaker.",
    "policy": "The order of criteria by which the view judges.",
    "position": "The position of an entry in the log.",
    "precision": "The unit in which an event's date is stated.",
    "property": "What a claim or a ruling says of its subject.",
    "qualifier": "A qualifier that the claims of a property may carry.",
    "quantity": "An amount that is no plain decimal: >=164, >4400, <=18, ~2500, 2000..2500.",
    "read": "Whether the maintainers read a source, or know it through others.",
    "readAs": "The entity that stands for this one in rulings, since the two were merged.",
    "reason": "Why a rival lost, or why a claim was revised.",
    "recorded": "Counting only what the log held then.",
    "relay": "Who passed a claim on.",
    "rival": "What speaks against a ruling.",
    "root": "The root of the log's Merkle tree, in hexadecimal digits.",
    "silence": "Why a claim does not count in the view.",
    "standing": "How firmly a value is believed: settled, disputed, expected or unconfirmed; of "
    "the date of an event also ended, denied or unknown, where none is.",
    "subject": "What a claim or a ruling is about.",
    "supporter": "Another live claim for the same value.",
    "temporal": "Whether a property holds for a time (state) or always (fixed).",
    "term": "A value that a property may take.",
    "type": "What an entity is, in the maintainers' word.",
    "unknown": "Whether the source says that it does not know.",
    "valid": "When a value held, EDTF.",
    "validVerbatim": "The source's words for when it held.",
    "value": "The value that a claim states, or that a ruling believes.",
    "within": "What contains an entity.",
}
