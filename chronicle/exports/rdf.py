"""`rdf`: the view as linked data, a named graph for each record, in TriG, Turtle or JSON-LD.

The same triples in each syntax: PROV-O for who said what and what was revised, schema.org for
things and events, Web Annotation for where a claim stands in its source, and a small vocabulary
of its own for the rest, which every export explains. All own names begin with `vocabulary.BASE`
and can be relied on: a record is `record/` and its id, a ruling `ruling/`, its subject, `.` and
its property. A claim is a nanopublication of four graphs; any other record is one graph, of the
same name. What belongs to a record is named by it, with `#` and a part.

An export of changes has the new and changed records whole, and a graph `export/changes` in which
`prov:invalidated` names the records that are no more. Who follows it drops what belongs to any of
these records (its graphs, or in Turtle its subjects) and adds what the changes hold, but for
that one graph. A store holds one view: the rulings of another one have the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from rdflib import PROV, RDF, URIRef
from rdflib.term import Node

from chronicle.exports.extract import Extract
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Group, Item
from chronicle.exports.linked import assertions, things
from chronicle.exports.linked.dataset import described, removed
from chronicle.exports.linked.kinds import Kinds
from chronicle.exports.linked.syntaxes import SYNTAXES, Named, Quad, short
from chronicle.exports.linked.vocabulary import (
    BASE,
    EXPORT,
    OWN,
    RECORD,
    RULING,
    name_of,
    slot_name,
    whole,
)
from chronicle.exports.packing import Package

_TABLES: Mapping[str, str] = {
    str(OWN.Source): "sources",
    str(OWN.Property): "properties",
    str(OWN.Entity): "entities",
    str(OWN.Event): "events",
    str(OWN.Claim): "claims",
    str(OWN.Ruling): "rulings",
}
"""The tables by the classes of their records."""

_THINGS = {
    "sources": things.source,
    "properties": things.property_,
    "entities": things.entity,
    "events": things.event,
    "rulings": assertions.ruling,
}
"""What the records of a table say, where that is one graph."""


class Rdf(Format):
    """Linked data."""

    about = "linked data: a nanopublication a claim; PROV-O, schema.org, Web Annotation"
    syntaxes: ClassVar[Mapping[str, str]] = {name: one.suffix for name, one in SYNTAXES.items()}

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the rows of all tables, each with the kinds of what it names.

        Rulings are named as in RDF, and so is an event that was merged into what is an entity.
        """
        kinds = Kinds(extract.view.reader)
        for order, items in extract.groups():
            yield Group(order, tuple(map(_named, kinds.told(items))))

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the graphs of all records, as they come."""
        SYNTAXES[head["syntax"]].write(_records(found, head), package.text())

    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield what is said of each record: by subject and property, the values in order.

        It is parsed by rdflib some records at a time; what a record says in two places that lie
        far apart, as no export does, comes as two items.
        """
        for quads in SYNTAXES[head["syntax"]].read(path):
            yield from _items(quads)


FORMAT = Rdf()


def _named(item: Item) -> Item:
    """Return a row under its name; an event's id may be that of an entity, after a merge."""
    if item.table == "rulings":
        return item._replace(key=slot_name(item.key))
    if item.table == "events" and item.row and item.row["kinds"].get(item.key) == "entity":
        return item._replace(key=f"{item.key}.event")
    return item


def _records(found: Iterable[Item], head: Head) -> Iterator[Iterable[Named]]:
    """Yield the graphs of each record, those that every export has first."""
    yield from described(head)
    for item in found:
        name = name_of(item.table, item.key)
        if item.row is None:
            yield [removed(name)]
        elif item.table == "claims":
            yield assertions.claim(name, item.row)
        else:
            yield [(name, _THINGS[item.table](name, item.row))]


def _items(quads: Iterable[Quad]) -> Iterator[Item]:
    """Yield the items of some quads, in the order of their names."""
    found: dict[str, dict[str, list[str]]] = {}
    tables: dict[str, str] = {}
    for subject, name, value, graph in quads:
        record = whole(str(subject))
        if name == PROV.invalidated and record == str(EXPORT.changes):
            record, tables[str(value)] = str(value), "removed"
        elif name == RDF.type and str(value) in _TABLES:
            tables[record] = _TABLES[str(value)]
        field = f"{short(str(subject))} {short(str(name))}"
        told = _told(value, graph, record)
        found.setdefault(record, {}).setdefault(field, []).append(told)
    for record, said in sorted(found.items()):
        row = {name: sorted(lines) for name, lines in sorted(said.items())}
        table = tables.get(record, "export")
        yield Item(table, _key(table, record), row)


def _key(table: str, record: str) -> str:
    """Return the key of a record by its name; what tells of removals is of records and rulings."""
    if table in _TABLES.values():
        return record.removeprefix(str(RECORD)).removeprefix(str(RULING))
    return record.removeprefix(BASE)


def _told(value: Node, graph: Node | None, record: str) -> str:
    """Return a value as N-Quads has it, and in which of the record's graphs it stands."""
    term = f"<{value}>" if isinstance(value, URIRef) else value.n3()
    return term if graph is None or str(graph) == record else f"{term} in {short(str(graph))}"
