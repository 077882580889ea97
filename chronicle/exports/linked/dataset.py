"""The data set: what an export in RDF says of itself, and of what was taken away.

It has no clock: it says which log it is a view of, by head and root, and how that was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, VOID, Literal, URIRef

from chronicle.exports.formats import Head
from chronicle.exports.linked.terms import date, number, text
from chronicle.exports.linked.vocabulary import (
    BASE,
    EXPORT,
    NP,
    OA,
    OWN,
    RECORD,
    VOCABULARY,
    Triple,
    explained,
    part,
    said,
)

Named = tuple[URIRef, Iterable[Triple]]


def described(head: Head) -> Iterator[list[Named]]:
    """Yield the graphs that are in every export: the data set, the log, the vocabulary."""
    yield [(EXPORT.dataset, _dataset(head))]
    yield [(EXPORT.log, _log())]
    yield [(VOCABULARY, explained())]
    if head["since"] is not None:
        yield [(EXPORT.changes, _changes(head["since"]))]


def removed(name: URIRef) -> Named:
    """Return the piece of the graph of changes that tells of a record that is no more."""
    return EXPORT.changes, said(EXPORT.changes, (PROV.invalidated, name))


def _dataset(head: Head) -> Iterator[Triple]:
    software = part(EXPORT.dataset, "software")
    about = head["about"]
    yield from said(
        EXPORT.dataset,
        (RDF.type, VOID.Dataset),
        (RDF.type, PROV.Entity),
        (RDFS.label, Literal("A view of a chronicle")),
        *_view(head["view"]),
        (OWN.about, None if about is None else RECORD[about]),
        (PROV.wasAttributedTo, software),
        (VOID.uriSpace, Literal(BASE)),
        (VOID.vocabulary, VOCABULARY),
        *((VOID.vocabulary, URIRef(str(one))) for one in (PROV, SDO, DCTERMS, OA, NP)),
    )
    yield from said(
        software,
        (RDF.type, PROV.SoftwareAgent),
        (SDO.name, text(head["software"]["name"])),
        (SDO.softwareVersion, text(head["software"]["version"])),
    )


def _view(view: Mapping[str, Any]) -> Iterator[tuple[URIRef, Literal | None]]:
    """Yield how the log was looked at."""
    yield OWN.head, number(view["head"])
    yield OWN.root, text(view["root"])
    yield OWN.at, date(view["at"])
    yield OWN.known, date(view["known"])
    yield OWN.recorded, text(view["recorded"])
    yield OWN.policy, text(view["policy"])


def _log() -> Iterator[Triple]:
    return said(
        EXPORT.log,
        (RDF.type, PROV.Agent),
        (RDFS.label, Literal("The log of the chronicle, and those who keep it")),
    )


def _changes(since: Mapping[str, Any]) -> Iterator[Triple]:
    """Yield what the changes are made to; the records that are no more follow."""
    earlier = part(EXPORT.changes, "earlier")
    yield from said(
        EXPORT.changes,
        (RDF.type, PROV.Activity),
        (RDFS.label, Literal("What the later entries of the log changed")),
        (PROV.used, earlier),
        (PROV.generated, EXPORT.dataset),
    )
    yield from said(earlier, (RDF.type, VOID.Dataset), (RDF.type, PROV.Entity), *_view(since))
