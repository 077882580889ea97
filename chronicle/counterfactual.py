"""Counterfactuals: what falls where some ids had never been heard, as the log has it.

What falls with what is told in `unheard`; here the log is asked for it, and for the topics whose
rulings may change. All other topics are ruled on as they were: neither their claims nor what
bears on them has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, or_, select

from chronicle import log
from chronicle.bulk import portions
from chronicle.errors import BadQuestion, UnknownId
from chronicle.events import stated_by
from chronicle.payloads import Payload
from chronicle.reading import Name, Reader
from chronicle.references import THINGS
from chronicle.schema import bearing, claim, entry
from chronicle.unheard import KINDS, Unheard, closure, roots_left
from chronicle.upcasts import climb

HEARD = ("source", *THINGS, "claim", "retraction", "assessment", "conflict")
"""The kinds of records that can be left out: those that say something, and who says it."""

_CHUNK = 500


def unheard(connection: Connection, reader: Reader, ids: Iterable[str]) -> Unheard:
    """Return all that falls where none of these ids had ever been heard, as a reader looks.

    Every id that is merged with one of them is never heard either. `UnknownId` for one that the
    log does not hold, `BadQuestion` for one of a kind that says nothing.
    """
    named = {member for name in ids for member in reader.merges.members(_known(reader, name))}
    until = reader.until
    derives = {
        one["id"]: one.get("derives_from", ()) for one in log.of_kind(connection, "source", until)
    }
    first = closure(named, derives, {})
    said = dict.fromkeys(_said_in(connection, first & derives.keys(), until), "claim")
    own = {name: one["kind"] for name, one in reader.catalogue.load(named).items()}
    speakers = [name for name, kind in own.items() if kind in THINGS]
    through, kinds = _links(connection, speakers, until)
    kinds = {**dict.fromkeys(derives, "source"), **said, **kinds, **own}
    gone = closure(first.union(said), derives, through)
    falls = {kind: frozenset(name for name in gone if kinds[name] == kind) for kind in KINDS}
    return Unheard(frozenset(named), falls, _origins(reader, derives, falls["source"]))


def _known(reader: Reader, name: str) -> str:
    record = reader.catalogue.get(name)
    if record is None:
        raise UnknownId(name, reader.catalogue.near(name, HEARD))
    if record["kind"] not in HEARD:
        raise BadQuestion(
            f"{name!r} is a {record['kind']}, which says nothing that could be left out; "
            f"name one of these kinds: {', '.join(HEARD)}"
        )
    return name


def _said_in(connection: Connection, sources: Iterable[str], until: int) -> Iterator[str]:
    """Yield the claims of some sources."""
    for some in portions(sources, _CHUNK):
        query = select(claim.c.id).where(claim.c.source.in_(some), claim.c.position <= until)
        yield from connection.execute(query).scalars()


def _links(
    connection: Connection, speakers: Collection[str], until: int
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the ids that records came through, beside the source of a claim; and their kinds.

    Of the claims only those that a speaker may have made, that somebody relayed, that an event
    states or that are inferred.
    """
    through: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, str] = {}
    records = [_claims(connection, speakers, until)]
    records += [log.of_kind(connection, kind, until) for kind in KINDS if kind not in _PLENTY]
    for some in records:
        for record in some:
            through[record["id"]] = links(record)
            kinds[record["id"]] = record["kind"]
    stated = select(claim.c.id, claim.c.event).where(
        claim.c.event.is_not(None), claim.c.position <= until
    )
    for name, event in connection.execute(stated):
        through[name], kinds[name] = (event,), "claim"
    return through, kinds


_PLENTY = ("source", "claim")
"""Kinds that are read otherwise than whole."""


def links(record: Payload) -> tuple[str, ...]:
    """Return the ids that a record came through, or that it is nothing without."""
    attribution = [record[name] for name in ("source", "speaker") if name in record]
    about = [record[name] for name in ("retracts", "claim") if name in record]
    several = [record.get(name, ()) for name in ("via", "inferred_from", "claims")]
    return (*attribution, *about, *(name for names in several for name in names))


def _claims(
    connection: Connection, speakers: Collection[str], until: int
) -> Iterator[dict[str, Any]]:
    """Yield the claims that were relayed or inferred, or that one of these may have made."""
    spoken = [f'"speaker":"{name}"' for name in sorted(speakers)]
    # Each mark is looked for in every payload: of many speakers it is quicker to read them all.
    marks = ['"via":[', '"inferred_from":[', *(spoken if len(spoken) < 5 else ['"speaker":'])]
    query = select(entry.c.payload, entry.c.position).where(
        entry.c.kind == "claim",
        entry.c.position <= until,
        or_(*(entry.c.payload.contains(mark) for mark in marks)),
    )
    for payload, position in connection.execute(query):
        yield dict(climb(log.read_payload(payload, position)))


def _origins(
    reader: Reader, derives: Mapping[str, Iterable[str]], fallen: frozenset[str]
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the roots of each source that stays but goes back to fewer, before and now."""
    found = {}
    for name in derives if fallen else ():
        if derives[name] and name not in fallen:
            before, now = tuple(reader.catalogue.roots(name)), roots_left(name, derives, fallen)
            if before != now:
                found[name] = before, now
    return found


def touched(connection: Connection, reader: Reader) -> frozenset[Name]:
    """Return the topics on which a reader may find other rulings for what it leaves out.

    They are those of its claims, of what its judgements are about, of sources that go back to
    fewer roots, and those that share a conflict with any of these.
    """
    fallen = reader.unheard
    if fallen is None:
        return frozenset()
    falls = fallen.falls
    ids = falls["claim"] | falls["event"]
    judged, sources = _aims(reader, *(falls[kind] for kind in KINDS[3:]))
    records = reader.catalogue.load(fallen.named & falls["claim"])
    topics = judged | {(one["subject"], one["property"]) for one in records.values()}
    topics |= _topics_at(connection, ids)
    topics |= _topics_in(connection, sources.union(fallen.origins), reader.until)
    canonical = reader.merges.canonical
    own = {(canonical(subject), name) for subject, name in topics}
    return frozenset(own.union(*_sharing(connection, reader, own)))


def _aims(reader: Reader, *judgements: Iterable[str]) -> tuple[set[Name], set[str]]:
    """Return what judgements are about in the end: topics, and whole sources."""
    topics: set[Name] = set()
    sources: set[str] = set()
    seen: set[str] = set()
    waiting = {name for names in judgements for name in names}
    while waiting:
        seen |= waiting
        onward: set[str] = set()
        for name, record in reader.catalogue.load(waiting).items():
            if record["kind"] == "claim":
                topics.add((record["subject"], record["property"]))
            elif record["kind"] == "event":
                topics |= {(name, one["property"]) for one in stated_by(record)}
            elif record["kind"] == "source":
                sources.add(name)
            else:
                onward.update(record.get("claims", ()))
                onward.update(record[field] for field in ("retracts", "claim") if field in record)
        waiting = onward - seen
    return topics, sources


def _topics_at(connection: Connection, ids: Iterable[str]) -> set[Name]:
    """Return the topics of what stands in the entries of some ids."""
    found: set[Name] = set()
    for some in portions(ids, _CHUNK):
        query = (
            select(claim.c.subject, claim.c.property)
            .join(entry, entry.c.position == claim.c.position)
            .where(entry.c.id.in_(some))
        )
        found.update((row.subject, row.property) for row in connection.execute(query))
    return found


def _topics_in(connection: Connection, sources: Iterable[str], until: int) -> set[Name]:
    """Return the topics of the claims of some sources."""
    found: set[Name] = set()
    for some in portions(sources, _CHUNK):
        condition: ColumnElement[bool] = claim.c.source.in_(some) & (claim.c.position <= until)
        query = select(claim.c.subject, claim.c.property).where(condition).distinct()
        found.update((row.subject, row.property) for row in connection.execute(query))
    return found


def _sharing(
    connection: Connection, reader: Reader, topics: Collection[Name]
) -> Iterator[set[Name]]:
    """Yield the topics of each conflict that names a claim of some of these."""
    query = select(bearing.c.content).where(
        bearing.c.kind == "conflict", bearing.c.position <= reader.until
    )
    for content in connection.execute(query.distinct()).scalars():
        records = reader.catalogue.load(orjson.loads(content)).values()
        shared = {(reader.merges.canonical(one["subject"]), one["property"]) for one in records}
        if not shared.isdisjoint(topics):
            yield shared
