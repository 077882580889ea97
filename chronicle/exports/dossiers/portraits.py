"""Portraits: what a view holds of a source, an entity or an event, as FollowTheMoney has it.

Only what the view believes is told, and how firmly where it is not settled. What has no form
there is told in words among the notes; nothing is claimed that a ruling does not say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chronicle.canonical import dumps
from chronicle.dates import parse
from chronicle.exports.dossiers.cleaned import dates, is_told, moment
from chronicle.exports.dossiers.links import UNKNOWN, fits, kinship, link
from chronicle.exports.dossiers.notes import label, note
from chronicle.exports.dossiers.proxies import Origin, Proxy, origin
from chronicle.exports.extract import Extract
from chronicle.exports.items import Item, Row
from chronicle.upcasts import climb

_SCHEMATA: Mapping[str, str] = {
    "person": "Person",
    "organisation": "Organization",
    "organization": "Organization",
    "public body": "PublicBody",
    "government": "PublicBody",
    "ministry": "PublicBody",
    "company": "Company",
    "group": "LegalEntity",
    "office": "Position",
    "position": "Position",
    "post": "Position",
    "event": "Event",
}
"""What entities are, by their type. Others (places, things) have no schema that fits."""

_INTERESTS = frozenset(("UnknownLink", "Ownership", "Directorship", "Employment", "Membership"))
"""The edges that have a role and a status."""

_ORGANIZERS = frozenset(("organiser", "organizer", "organisers", "organizers"))


class Painter:
    """Paints the portraits of an extract."""

    def __init__(self, extract: Extract) -> None:
        """Take what to paint from."""
        self._extract = extract
        self._reader = extract.view.reader

    def source(self, items: Sequence[Item]) -> Iterator[Proxy]:
        """Yield a source by its row, and its links to those that it repeats."""
        row: Row = items[0].row or {}
        said = origin(row["id"], [row["recorded_at"]])
        proxy = Proxy(row["id"], "Article", said)
        if not proxy.add("title", row["title"], said):
            proxy.add("title", row["id"], said)
        for author in row["authors"]:
            proxy.add("author", author, said)
        proxy.add("publisher", row["publisher"], said)
        proxy.add("fileName", (row["document"] or {}).get("name"), said)
        for text in _of_source(proxy, row, said):
            proxy.add("notes", text, said)
        yield proxy
        for other in row["derives_from"]:
            yield _joined(row["id"], "derives from", other, said)

    def subject(self, name: str, items: Sequence[Item]) -> Iterator[Proxy]:
        """Yield an entity or event, of whose rows and rulings these are all, and its links.

        Nothing if the view does not know it, or if no schema fits it.
        """
        schema = self._schema(name)
        rows = {item.table: item.row for item in items if item.table in ("entities", "events")}
        row = rows.get("entities" if self._is_entity(name) else "events")
        if schema is None or row is None:
            return
        records = list(self._records(name, row))
        proxy = Proxy(name, schema, records[0][1])
        links: list[Proxy] = []
        for record, said in records:
            links += self._record(proxy, name, record, said)
        claims = {item.key: item.row for item in items if item.table == "claims" and item.row}
        for item in items:
            if item.table == "rulings" and item.row is not None:
                links += self._ruling(proxy, item.row, _said(name, item.row, claims))
        yield proxy
        yield from links

    def _schema(self, name: str) -> str | None:
        record = self._reader.catalogue.get(name)
        if record is None or record["kind"] == "event":
            return None if record is None else "Event"
        return _SCHEMATA.get(str(record["type"]).lower().replace("-", " ").replace("_", " "))

    def _is_entity(self, name: str) -> bool:
        record = self._reader.catalogue.get(name)
        return record is not None and record["kind"] == "entity"

    def _records(self, name: str, row: Row) -> Iterator[tuple[Row, Origin]]:
        """Yield what is recorded of a subject under each of its ids, its own first."""
        if "title" in row:
            entry = self._reader.entries(self._extract.connection, [name])[name]
            yield row, origin(name, [entry.recorded_at])
            return
        yield row, origin(name, [row["recorded_at"]])
        others = self._reader.merges.members(name) - {name}
        entries = self._reader.entries(self._extract.connection, others) if others else {}
        for other in sorted(entries):
            record = climb(entries[other].record())
            if record["kind"] == "entity":
                yield record, origin(other, [entries[other].recorded_at], other)

    def _record(self, proxy: Proxy, name: str, row: Row, said: Origin) -> Iterator[Proxy]:
        """Tell what a record says; yield what it is joined to."""
        called = row.get("name") or row["title"]
        if not proxy.add("alias" if said.entity else "name", called, said):
            proxy.add("name", name, said)
        for alias in row.get("aliases") or ():
            proxy.add("alias", alias, said)
        proxy.add("summary", row.get("description") or row.get("summary"), said)
        for scheme, value in (row.get("identifiers") or {}).items():
            if scheme.lower() != "wikidata" or not proxy.add("wikidataId", value, said):
                proxy.add("notes", f"{scheme}: {value}", said)
        # About one entity the rows have what the record of its own id names, no more.
        whole = self._extract.about is None and not said.entity
        within = self._reader.container(name) if whole else row.get("within")
        container = None if said.entity or within is None else self._reader.merges.canonical(within)
        if container is not None and container != name:
            yield from self._within(proxy, name, container, said)

    def _within(self, proxy: Proxy, name: str, container: str, said: Origin) -> Iterator[Proxy]:
        schema = self._schema(container) if self._is_entity(container) else None
        if schema is None:
            proxy.add("notes", f"within: {self._extract.name_of(container)}", said)
        elif proxy.schema == "Position" and fits(schema, "Organization"):
            proxy.add("organization", container, said)
        else:
            yield _joined(name, "within", container, said)

    def _ruling(self, proxy: Proxy, row: Row, said: Origin) -> Iterator[Proxy]:
        """Tell what is believed, by a link if it joins two things."""
        told = self._told(proxy, row, said)
        if not told and row["property"] not in ("place", "participant"):
            other = self._schema(row["value"]) if self._joins(row) else None
            if other is not None:
                yield self._link(proxy.schema, other, row, said._replace(entity=""))
                return
        if not told or row["standing"] != "settled":
            proxy.add("notes", note(self._extract, row), said)
        proxy.add("proof", row["source"], said)

    def _joins(self, row: Row) -> bool:
        """Say whether the value of a ruling is an entity; events may not be there themselves."""
        datatype = self._reader.properties[row["property"]].get("datatype")
        return datatype == "entity" and not row["none"] and self._is_entity(row["value"])

    def _told(self, proxy: Proxy, row: Row, said: Origin) -> bool:
        """Tell a ruling by properties; return whether they say all of it."""
        if row["none"]:
            return False
        if row["property"] == "name" and row["standing"] == "settled":
            return proxy.add("name", row["value"], said)
        return proxy.schema == "Event" and self._of_event(proxy, row, said)

    def _of_event(self, proxy: Proxy, row: Row, said: Origin) -> bool:
        """Tell when and where an event was, and who took part; return as above."""
        name, value = row["property"], row["value"]
        if name == "when":
            date = parse(value)
            for prop, part in dates(date):
                proxy.add(prop, part, said, value)
            return is_told(date)
        if name == "place":
            return proxy.add("location", self._extract.name_of(value), said)
        taker = self._schema(value) if name == "participant" and self._joins(row) else None
        if taker is None or not fits(taker, "LegalEntity"):
            return False
        role = row["qualifiers"].get("role", "")
        organizes = role.lower() in _ORGANIZERS
        proxy.add("organizer" if organizes else "involved", value, said)
        return not role or organizes

    def _link(self, subject: str, value: str, row: Row, said: Origin) -> Proxy:
        """Return the link that a ruling makes."""
        extract, prop = self._extract, self._reader.properties[row["property"]]
        expected = row["standing"] == "expected"
        # Who is only expected holds no office yet, and is no member.
        edge = UNKNOWN if expected else link(row["property"], prop["label"], subject, value)
        schema, (first, second) = edge
        slot = [row["subject"], row["property"], dict(row["qualifiers"]), row["value"]]
        proxy = Proxy(_derived(slot), schema, said)
        proxy.add(first, row["subject"], said)
        proxy.add(second, row["value"], said)
        if schema == "Family":
            proxy.add("relationship", kinship(prop["label"], row["qualifiers"]), said)
        elif schema == "Associate":
            proxy.add("relationship", label(extract, row), said)
        elif schema == "UnknownLink":
            proxy.add("role", label(extract, row), said)
        elif schema in _INTERESTS:
            proxy.add("role", row["qualifiers"].get("role"), said)
        for name, part in dates(parse(row["valid"])) if row["valid"] else ():
            proxy.add(name, part, said, row["valid"])
        proxy.add("status", _status(schema, row), said)
        proxy.add("description", note(extract, row), said)
        proxy.add("recordId", row["claim"], said)
        source: Mapping[str, Any] = self._reader.catalogue.get(row["source"]) or {}
        proxy.add("publisher", source.get("publisher"), said)
        proxy.add("sourceUrl", source.get("url"), said)
        return proxy


def _of_source(proxy: Proxy, row: Row, said: Origin) -> Iterator[str]:
    """Tell what has a form only if it is written so; yield what has none."""
    published = parse(row["published"]) if row["published"] else None
    if published is not None:
        if moment(published):
            proxy.add("publishedAt", moment(published), said, published.text)
        if not is_told(published):
            yield f"published: {published.text}"
    for name, prop in (("url", "sourceUrl"), ("language", "language")):
        if row[name] and not proxy.add(prop, row[name], said):
            yield f"{name}: {row[name]}"
    if row["medium"]:
        yield f"medium: {row['medium']}"
    if row["read"] == "no":
        yield "known only through others"
    if row["note"]:
        yield row["note"]


def _said(name: str, row: Row, claims: Mapping[str, Row]) -> Origin:
    """Return the origin of a ruling: its claim, and when that and its supporters came."""
    names = [one for one in (row["claim"], *row["supporters"]) if one in claims]
    about = claims[row["claim"]]["subject"] if row["claim"] in claims else name
    recorded = [claims[one]["recorded_at"] for one in names]
    return origin(row["claim"], recorded, "" if about == name else about)


def _status(schema: str, row: Row) -> str | None:
    """Return how a link stands: of an office, whether it is held at the date of the view."""
    settled = row["standing"] == "settled"
    if schema == "Occupancy":
        return "current" if settled and row["valid"] and row["basis"] != "possible" else "unknown"
    return row["standing"] if schema in _INTERESTS and not settled else None


def _joined(name: str, role: str, other: str, said: Origin) -> Proxy:
    """Return the link that a record makes: it names another one."""
    proxy = Proxy(_derived([name, role, other]), "UnknownLink", said)
    proxy.add("subject", name, said)
    proxy.add("object", other, said)
    proxy.add("role", role, said)
    return proxy


def _derived(parts: Iterable[Any]) -> str:
    """Return the id of a link, made of what it joins and how: the same in every view."""
    return hashlib.sha256(dumps(list(parts))).hexdigest()[:40]
