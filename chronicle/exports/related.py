"""Related: what has to do with one entity, and the records that it names.

These are the topics of the entity, those in which it is a value, and the events that it took
part in, that happened there, or that claims about it are linked to; of a topic that is another
thing's, only the slots in which somebody names the entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from chronicle.events import stated_by
from chronicle.payloads import Payload
from chronicle.reading import Name, Reader
from chronicle.references import THINGS, references
from chronicle.slots import Slot
from chronicle.testimony import NONE, Testimony
from chronicle.timeline import Happening, timeline
from chronicle.upcasts import climb
from chronicle.views import Bench, View


class Related(NamedTuple):
    """What has to do with an entity."""

    entity: str
    """Its id after merges."""
    names: list[Name]
    """The topics, in order."""
    happenings: list[Happening]
    """The events, in the order of their ids."""
    ids: frozenset[str]
    """The sources, properties and entities that all of it names, and what those go back to."""

    def takes(self, bench: Bench) -> Taken:
        """Return what of a topic is taken."""
        whole = bench.name[0] == self.entity or bench.name[0] in self._events
        return Taken(bench, None if whole else self.entity)

    @property
    def _events(self) -> frozenset[str]:
        return frozenset(one.event for one in self.happenings)


class Taken(NamedTuple):
    """What of a topic is taken: all of it, or the slots in which an entity is named."""

    bench: Bench
    entity: str | None

    def slot(self, slot: Slot) -> bool:
        """Say whether a slot is taken."""
        if self.entity is None:
            return True
        if self.bench.rules.many:
            return slot.value == self.entity
        return any(
            item.qualifiers == slot.qualifiers and item.value == self.entity
            for item in self.bench.topic.testimonies.values()
        )

    def claim(self, name: str) -> bool:
        """Say whether a claim is taken: whether it can speak in such a slot."""
        item = self.bench.topic.testimonies[name]
        if not self.bench.rules.many:
            return self.slot(Slot(item.qualifiers, ""))
        return self.entity is None or item.value in (self.entity, NONE)


def related(view: View, connection: Connection, about: str) -> Related:
    """Return what has to do with an entity or an event in a view."""
    reader = view.reader
    entity = reader.merges.canonical(about)
    found = sorted(timeline(view.database, view, about=about), key=lambda one: one.event)
    names = set(reader.names_about(connection, entity))
    for happening in found:
        names.update(reader.names_of(connection, happening.event))
    plain = Related(entity, sorted(names), found, frozenset())
    return plain._replace(ids=frozenset(_closed(reader, _named(view, connection, plain))))


def recorded_about(view: View, connection: Connection, about: str) -> frozenset[str]:
    """Return the ids of all entries that an extract of the log about an entity needs.

    They are what has to do with it, what bears on that, and all that those records name, so that
    the extract can be appended by itself; with the policies, by which it is judged.
    """
    reader = view.reader
    plain = related(view, connection, about)
    found: set[str] = set()
    waiting = {plain.entity, *reader.policies, *(one.event for one in plain.happenings)}
    waiting |= reader.merges.members(plain.entity)
    for name, topic in reader.topics(connection, plain.names):
        takes = plain.takes(view.bench_of(name, topic))
        items = topic.testimonies.values()
        waiting |= {item.stated_by or item.id for item in items if takes.claim(item.id)}
    for entry in reader.of_kind(connection, "expectation"):
        if reader.merges.canonical(entry.record()["subject"]) == plain.entity:
            waiting.add(entry.id)
    while waiting:
        found |= waiting
        waiting = set(_next(view, connection, waiting)) - found
    return frozenset(found)


def _next(view: View, connection: Connection, ids: set[str]) -> Iterator[str]:
    """Yield what records name, and what bears on them or joins them."""
    reader = view.reader
    for entry in reader.entries(connection, ids).values():
        payload = climb(entry.record())
        yield from (one.id for one in references(payload))
        if payload["kind"] == "claim":
            yield from _of_claim(payload)
        if payload["kind"] in THINGS:
            yield from (one["id"] for one in reader.merges.judgements(payload["id"]))
    bearing = reader.bearing(connection, ids)
    for some in (bearing.retractions, bearing.assessments, bearing.conflicts):
        yield from (one.id for one in some)


def _named(view: View, connection: Connection, plain: Related) -> Iterator[str]:
    """Yield the ids that the claims and events name."""
    yield plain.entity
    yield from view.reader.merges.members(plain.entity)
    for one in plain.happenings:
        yield from (one.source, *(who for who, _ in one.participants), *filter(None, [one.place]))
    for name, topic in view.reader.topics(connection, plain.names):
        takes = plain.takes(view.bench_of(name, topic))
        items = [item for item in topic.testimonies.values() if takes.claim(item.id)]
        for payload in _payloads(view.reader, connection, items):
            yield from _of_claim(payload)


def _payloads(
    reader: Reader, connection: Connection, items: Iterable[Testimony]
) -> Iterator[Payload]:
    wanted = {item.id: item.stated_by or item.id for item in items}
    for entry in reader.entries(connection, set(wanted.values())).values():
        payload = climb(entry.record())
        claims = stated_by(payload) if payload["kind"] == "event" else [payload]
        yield from (claim for claim in claims if claim["id"] in wanted)


def _of_claim(claim: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a claim names; a value may be an id or not: what is none is not found."""
    for name in ("subject", "property", "source", "speaker", "value"):
        if name in claim:
            yield claim[name]
    yield from claim.get("via", ())
    yield from claim.get("qualifiers", {}).values()


def _closed(reader: Reader, ids: Iterable[str]) -> set[str]:
    """Return ids with those that their records go back to: sources, containers, merged ids."""
    found: set[str] = set()
    waiting = set(ids)
    while waiting:
        found |= waiting
        onward: set[str] = set()
        for payload in reader.catalogue.load(waiting).values():
            onward.update(payload.get("derives_from", ()))
            onward.update(filter(None, [payload.get("within")]))
            onward.add(reader.merges.canonical(payload["id"]))
        waiting = onward - found
    return found
