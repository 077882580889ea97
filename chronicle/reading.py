"""Reading: the claims of topics, as reasoning needs them, up to a position of the log.

A reader is pinned to a position: it sees the log as it was then, whatever is appended later.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from copy import copy
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, bindparam, func, select

from chronicle import log
from chronicle.bearing import NOTHING, Bearing
from chronicle.bulk import Prepared, portions
from chronicle.catalogue import Catalogue
from chronicle.database import Database
from chronicle.events import BUILTIN
from chronicle.index import load_bearing
from chronicle.liveness import Topic
from chronicle.merges import Merges
from chronicle.payloads import Payload
from chronicle.policies import BEST_KNOWN, Policy, find
from chronicle.rules import Rules, rules_of
from chronicle.schema import bearing, claim, entry
from chronicle.testimony import Testimony, unpack
from chronicle.unheard import Unheard

Name = tuple[str, str]
"""A topic by name: subject (after merges) and property."""

_ONE_TOPIC = select(claim.c.testimony, claim.c.position).where(
    claim.c.subject == bindparam("subject"), claim.c.property == bindparam("property")
)

_ONE_SUBJECT = select(claim.c.property, claim.c.testimony, claim.c.position).where(
    claim.c.subject == bindparam("subject")
)


_NAME = claim.c.subject, claim.c.property

_ASKED = 500
"""Ids that are asked for in one statement."""


def in_order(connection: Connection, column: Column[str]) -> ColumnElement[str]:
    """Return a column to order by, by code point: as SQLite does it, whatever the locale."""
    return column.asc() if connection.dialect.name == "sqlite" else column.collate("C").asc()


def _names(column: Column[Any]) -> Select[Any]:
    """Return the query for the topics in which an entity stands in a column, since when."""
    return (
        select(claim.c.subject, claim.c.property, func.min(claim.c.position))
        .where(column == bindparam("entity"))
        .group_by(claim.c.subject, claim.c.property)
    )


class Reader:
    """Reads topics up to a position. It keeps what every topic needs: merges, properties.

    `default` is the default policy: the one recorded under its name, else the built-in one.
    """

    def __init__(self, database: Database, until: int) -> None:
        """Pin the reader to a position of the log."""
        self.until = until
        self.catalogue = Catalogue(database, until)
        aimed = select(bearing.c.target).where(bearing.c.position <= until).distinct()
        with database.reading() as connection:
            self.merges = Merges(log.of_kind(connection, "merge", until))
            self.properties: dict[str, Payload] = {
                one["id"]: one for one in log.of_kind(connection, "property", until)
            } | dict(BUILTIN)
            self.policies = {
                one["id"]: one["criteria"] for one in log.of_kind(connection, "policy", until)
            }
            self.default = find(BEST_KNOWN.id, self.policies)
            self._aimed = frozenset(connection.execute(aimed).scalars())
            self._one_topic = Prepared(connection, _ONE_TOPIC)
            self._one_subject = Prepared(connection, _ONE_SUBJECT)
            self._as_subject = Prepared(connection, _names(claim.c.subject))
            self._as_value = Prepared(connection, _names(claim.c.entity))
        self.unheard: Unheard | None = None

    def without(self, unheard: Unheard) -> Reader:
        """Return a reader of the same log that leaves out what falls with some ids, and no more."""
        other = copy(self)
        other.unheard = unheard
        return other

    def parted(self, merges: Container[str]) -> Reader:
        """Return a reader of the same log that leaves out some merge records."""
        other = copy(self)
        other.merges = self.merges.without(merges)
        return other

    def of_kind(
        self, connection: Connection, kind: str, only: Collection[str] | None = None
    ) -> Iterator[log.Entry]:
        """Yield the entries of a kind, or some, in the order of their ids, by code point."""
        query = select(entry).where(entry.c.kind == kind, entry.c.position <= self.until)
        query = query.order_by(in_order(connection, entry.c.id))
        asked = [None] if only is None else portions(only, _ASKED)
        for some in asked:
            one = query if some is None else query.where(entry.c.id.in_(some))
            for row in connection.execute(one.execution_options(yield_per=2000)):
                yield log.Entry._make(row)

    def entries(self, connection: Connection, ids: Iterable[str]) -> Mapping[str, log.Entry]:
        """Return the entries of those ids that the log holds; nothing of them is kept."""
        found: dict[str, log.Entry] = {}
        for some in portions(set(ids), _ASKED):
            query = select(entry).where(entry.c.id.in_(some), entry.c.position <= self.until)
            found.update((row.id, log.Entry._make(row)) for row in connection.execute(query))
        return found

    def hears(self, name: str) -> bool:
        """Say whether a record counts here: whether it is not left out."""
        return self.unheard is None or name not in self.unheard.gone

    def rules(self, name: str, policy: Policy | None = None) -> Rules:
        """Return the rules of a property, under the default policy unless another is named."""
        return rules_of(self.properties[name], self.container, policy or self.default)

    def container(self, entity: str) -> str | None:
        """Return the entity that contains another, merges applied; None at the top.

        Of several ids of one entity its own counts first, then the smallest that names one.
        """
        own = self.merges.canonical(entity)
        members = self.catalogue.load(self.merges.members(own))
        for name in sorted(members, key=lambda name: (name != own, name)):
            within = self.merges.canonical(members[name].get("within", own))
            if within != own:
                return within
        return None

    def topic(self, connection: Connection, subject: str, name: str) -> Topic:
        """Return the topic of a subject and property; without claims where there are none."""
        return self._topic(connection, name, self._testimonies(connection, subject, name))

    def _testimonies(self, connection: Connection, subject: str, name: str) -> list[Testimony]:
        found: list[Testimony] = []
        for member in self.merges.members(subject):
            rows = self._one_topic.rows(connection, {"subject": member, "property": name})
            found += [unpack(packed) for packed, position in rows if position <= self.until]
        return found

    def topics(
        self,
        connection: Connection,
        names: Iterable[Name] | None = None,
        properties: Collection[str] | None = None,
    ) -> Iterator[tuple[Name, Topic]]:
        """Yield the topics of those names as they come, or every topic (of some properties).

        Every topic comes in the order of its name, by code point; merges are applied.
        """
        if names is not None:
            yield from self._named(connection, names)
            return
        query = self._claims().order_by(*(in_order(connection, one) for one in _NAME))
        if properties is not None:
            query = query.where(claim.c.property.in_(properties))
        merged = self._merged(connection, properties)
        rows = connection.execute(query.execution_options(yield_per=2000))
        for found, group in groupby(rows, lambda row: (row.subject, row.property)):
            while merged and merged[-1] < found:
                yield merged[-1], self.topic(connection, *merged.pop())
            if len(self.merges.members(found[0])) == 1:
                items = [unpack(row.testimony) for row in group]
                yield found, self._topic(connection, found[1], items)
        while merged:
            yield merged[-1], self.topic(connection, *merged.pop())

    def _merged(
        self, connection: Connection, properties: Collection[str] | None = None
    ) -> list[Name]:
        """Return the topics of merged ids, the last in order first."""
        found: set[Name] = set()
        for some in portions(self.merges.merged_ids, _ASKED):
            query = select(*_NAME).distinct().where(claim.c.subject.in_(some))
            for subject, name in connection.execute(query.where(claim.c.position <= self.until)):
                if properties is None or name in properties:
                    found.add((self.merges.canonical(subject), name))
        return sorted(found, reverse=True)

    def _named(self, connection: Connection, names: Iterable[Name]) -> Iterator[tuple[Name, Topic]]:
        """Yield the topics of those names; several of one subject are read together."""
        wanted: dict[str, list[str]] = {}
        for subject, name in names:
            wanted.setdefault(subject, []).append(name)
        for subject, properties in wanted.items():
            if len(properties) == 1:
                yield (subject, properties[0]), self.topic(connection, subject, properties[0])
                continue
            found: dict[str, list[Testimony]] = {name: [] for name in properties}
            for member in self.merges.members(subject):
                for name, packed, position in self._one_subject.rows(
                    connection, {"subject": member}
                ):
                    if position <= self.until and name in found:
                        found[name].append(unpack(packed))
            for name, items in found.items():
                yield (subject, name), self._topic(connection, name, items)

    def _claims(self) -> Select[Any]:
        columns = (claim.c.subject, claim.c.property, claim.c.testimony)
        return select(*columns).where(claim.c.position <= self.until)

    def _topic(self, connection: Connection, name: str, items: list[Testimony]) -> Topic:
        topic = self._whole(connection, name, items)
        return topic if self.unheard is None else self.unheard.topic(topic)

    def _whole(self, connection: Connection, name: str, items: list[Testimony]) -> Topic:
        """Return the topic as the log has it, with nothing left out."""
        if self.merges:
            is_entity = self.properties[name].get("datatype") == "entity"
            items = [self.merges.applied(item, is_entity) for item in items]
        if not self._aimed:
            return Topic(items)
        targets = {
            target
            for item in items
            for target in (item.id, item.source, item.stated_by)
            if target in self._aimed
        }
        if not targets:
            return Topic(items)
        found = load_bearing(connection, targets, self.until)
        own = {item.id for item in items}
        elsewhere = {one for conflict in found.conflicts for one in conflict.claims} - own
        return Topic(items, found, self._foreign(connection, elsewhere))

    def bearing(self, connection: Connection, targets: Iterable[str]) -> Bearing:
        """Return all that bears on some ids, as far as this reader looks."""
        aimed = [target for target in targets if target in self._aimed]
        found = load_bearing(connection, aimed, self.until) if aimed else NOTHING
        return found if self.unheard is None else self.unheard.bearing(found)

    def _foreign(self, connection: Connection, claims: set[str]) -> list[Topic]:
        """Return the topics of claims that share a conflict, without their own conflicts."""
        if not claims:
            return []
        found = self.catalogue.load(claims).values()
        names = {(self.merges.canonical(one["subject"]), one["property"]) for one in found}
        topics = []
        for subject, name in sorted(names):
            items = self._testimonies(connection, subject, name)
            targets = {
                target for item in items for target in (item.id, item.source, item.stated_by)
            }
            topics.append(Topic(items, load_bearing(connection, targets, self.until)))
        return topics

    def names_of(self, connection: Connection, entity: str) -> list[Name]:
        """Return the topics that an entity is the subject of, in order."""
        own = self.merges.canonical(entity)
        return [name for name in self.names_about(connection, own) if name[0] == own]

    def names_about(self, connection: Connection, entity: str) -> list[Name]:
        """Return the topics that an entity is the subject or a value of, in order."""
        found: set[Name] = set()
        for member in self.merges.members(entity):
            for query in (self._as_subject, self._as_value):
                for subject, name, position in query.rows(connection, {"entity": member}):
                    if position <= self.until:
                        found.add((self.merges.canonical(subject), name))
        return sorted(found)

    def details(self, claims: Iterable[str]) -> Mapping[str, Payload]:
        """Return the payloads of claims by id."""
        found = self.catalogue.load(claims)
        if self.unheard is None:
            return found
        return {name: self.unheard.payload(payload) for name, payload in found.items()}

    def told(self, claim: Payload) -> Payload:
        """Return a claim's payload with its value and qualifiers as the entities they are."""
        is_entity = self.properties[claim["property"]].get("datatype") == "entity"
        return self.merges.told(claim, is_entity)
