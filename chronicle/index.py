"""The index: claims as reasoning needs them, and what bears on them, folded from the log.

It is kept up in the transaction of each append, which also marks the topics whose map has to
be painted anew. Like every projection it can be thrown away and folded again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, text

from chronicle.bearing import Assessment, Bearing, Conflict, Retraction
from chronicle.bulk import insert_rows
from chronicle.calendar import BEGINNING
from chronicle.catalogue import Catalogue
from chronicle.dates import Date, parse_once
from chronicle.events import BUILTIN, stated_by
from chronicle.payloads import Payload
from chronicle.schema import bearing, claim, touched
from chronicle.testimony import pack, testify

_CHUNK = 500

_MARK = text(
    "INSERT INTO touched (subject, property) VALUES (:subject, :property) ON CONFLICT DO NOTHING"
)

Topic = tuple[str, str]
"""A subject and a property."""


class ClaimRow(NamedTuple):
    """A row of the table `claim`."""

    position: int
    id: str
    subject: str
    property: str
    source: str
    entity: str | None
    event: str | None
    testimony: str


class BearingRow(NamedTuple):
    """A row of the table `bearing`."""

    id: str
    target: str
    position: int
    kind: str
    content: str


class Indexer:
    """Folds entries into the index, through one connection."""

    def __init__(
        self, connection: Connection, catalogue: Catalogue, dates: dict[str, Date]
    ) -> None:
        """Write through a connection; records that claims name are found in the catalogue."""
        self._connection = connection
        self._catalogue = catalogue
        self._dates = dates

    def fold(self, entries: Sequence[tuple[int, Payload]]) -> None:
        """Take in (position, payload) pairs, and mark the topics that they touch."""
        rows = list(self.claim_rows(entries))
        insert_rows(self._connection, claim, rows)
        topics = {(row.subject, row.property) for row in rows}
        aimed = [row for position, payload in entries for row in bearing_rows(position, payload)]
        insert_rows(self._connection, bearing, aimed)
        for row in aimed:
            topics |= self._topics_of(row.target)
        if any(payload["kind"] in ("merge", "policy") for _, payload in entries):
            topics |= self._every_topic()
        mark(self._connection, topics | self._in_conflict(topics))

    def claim_rows(self, entries: Iterable[tuple[int, Payload]]) -> Iterator[ClaimRow]:
        """Yield the rows of the claims in some entries, those that events state included."""
        claims: list[tuple[int, Payload, str]] = []
        for position, payload in entries:
            if payload["kind"] == "claim":
                claims.append((position, payload, ""))
            elif payload["kind"] == "event":
                claims += [(position, one, payload["id"]) for one in stated_by(payload)]
        names = {one["property"] for _, one, _ in claims}
        properties = {**self._catalogue.load(names), **BUILTIN}
        for position, one, event in claims:
            prop = properties[one["property"]]
            item = testify(one, prop, self._catalogue.roots, self._read, event)
            yield ClaimRow(
                position,
                one["id"],
                one["subject"],
                one["property"],
                one["source"],
                one.get("value") if prop.get("datatype") == "entity" else None,
                event or None,
                pack(item),
            )

    def _read(self, text: str) -> Date:
        return parse_once(text, self._dates)

    def _topics_of(self, target: str) -> set[Topic]:
        """Return the topics that a retraction, assessment or conflict of that id bears on."""
        record = self._catalogue.get(target)
        if record is None:
            return set()
        kind = record["kind"]
        if kind == "claim":
            return {(record["subject"], record["property"])}
        if kind == "source":
            query = select(claim.c.subject, claim.c.property).where(claim.c.source == target)
            rows = self._connection.execute(query.distinct())
            return {(row.subject, row.property) for row in rows}
        if kind == "event":
            return {(target, one["property"]) for one in stated_by(record)}
        aims = record.get("claims") or [record.get("retracts") or record.get("claim")]
        return {topic for aim in aims for topic in self._topics_of(aim)}

    def _every_topic(self) -> set[Topic]:
        query = select(claim.c.subject, claim.c.property).distinct()
        return {(row.subject, row.property) for row in self._connection.execute(query)}

    def _in_conflict(self, topics: set[Topic]) -> set[Topic]:
        """Return the topics that share a conflict with some of these."""
        query = select(bearing.c.content).where(bearing.c.kind == "conflict").distinct()
        found: set[Topic] = set()
        for content in self._connection.execute(query).scalars():
            shared = {topic for one in json.loads(content) for topic in self._topics_of(one)}
            if shared & topics:
                found |= shared
        return found


def mark(connection: Connection, topics: Iterable[Topic]) -> None:
    """Mark topics as touched: their map is painted anew before the next whole view."""
    rows = [{"subject": subject, "property": name} for subject, name in sorted(topics)]
    if rows:
        connection.execute(_MARK, rows)


def bearing_rows(position: int, payload: Payload) -> Iterator[BearingRow]:
    """Yield the rows of a retraction, an assessment or a conflict; of other kinds none."""
    kind = payload["kind"]
    if kind == "retraction":
        targets, content = [payload["retracts"]], _retraction(payload)
    elif kind == "assessment":
        targets, content = [payload["claim"]], _assessment(payload)
    elif kind == "conflict":
        targets, content = payload["claims"], payload["claims"]
    else:
        return
    for target in targets:
        yield BearingRow(payload["id"], target, position, kind, json.dumps(content))


def _retraction(payload: Payload) -> list[Any]:
    erratum = payload["mode"] == "erratum"
    said = BEGINNING if erratum else parse_once(payload["asserted"], None).last
    return [erratum, said]


def _assessment(payload: Payload) -> list[Any]:
    said = parse_once(payload["asserted"], None).last
    return [payload.get("rank", ""), int(payload.get("credibility", 0)), said]


def load_bearing(connection: Connection, targets: Iterable[str], until: int) -> Bearing:
    """Return all that bears on some ids, up to a position: what bears on that too, and so on."""
    found: dict[str, Any] = {}
    wanted, seen = sorted(set(targets)), set(targets)
    while wanted:
        onward: set[str] = set()
        for start in range(0, len(wanted), _CHUNK):
            query = select(bearing).where(
                bearing.c.target.in_(wanted[start : start + _CHUNK]), bearing.c.position <= until
            )
            for row in connection.execute(query):
                found[row.id] = row
                onward.add(row.id)
        wanted = sorted(onward - seen)
        seen |= onward
    return bearing_of(found.values())


def bearing_of(rows: Iterable[Any]) -> Bearing:
    """Return the rows of `bearing` as reasoning sees them."""
    kinds: Mapping[str, list[Any]] = {"retraction": [], "assessment": [], "conflict": []}
    for row in rows:
        content = json.loads(row.content)
        if row.kind == "conflict":
            kinds[row.kind].append(Conflict(row.id, tuple(content)))
        elif row.kind == "retraction":
            kinds[row.kind].append(Retraction(row.id, row.target, *content))
        else:
            kinds[row.kind].append(Assessment(row.id, row.target, *content))
    return Bearing(kinds["retraction"], kinds["assessment"], kinds["conflict"])


def clear(connection: Connection) -> None:
    """Throw the index away."""
    for table in (claim, bearing, touched):
        connection.execute(delete(table))
