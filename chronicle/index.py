"""The index: claims as reasoning needs them, and what bears on them, folded from the log.

It is kept up in the transaction of each append, which also marks the topics whose map has to
be painted anew. Like every projection it can be thrown away and folded again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, select, text

from chronicle import log
from chronicle.bearing import Assessment, Bearing, Conflict, Retraction
from chronicle.bulk import insert_rows, portions
from chronicle.calendar import BEGINNING, FOREVER
from chronicle.catalogue import Catalogue
from chronicle.dates import KEPT, Date, parse_once
from chronicle.events import BUILTIN, stated_by
from chronicle.merges import Merges
from chronicle.payloads import Payload
from chronicle.policies import BEST_KNOWN
from chronicle.schema import bearing, claim, slot, touched
from chronicle.testimony import pack, told
from chronicle.valid import span

_CHUNK = 500

_DEFAULT = ("policy", BEST_KNOWN.id)

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
        self._spans: dict[str, tuple[Any, ...]] = {}

    def fold(self, entries: Sequence[tuple[int, Payload]]) -> None:
        """Take in (position, payload) pairs, and mark the topics that they touch."""
        rows = list(self._claims(entries))
        insert_rows(self._connection, claim, rows)
        topics: set[Topic] = {(row[2], row[3]) for row in rows}
        aimed = [row for position, payload in entries for row in bearing_rows(position, payload)]
        insert_rows(self._connection, bearing, aimed)
        for row in aimed:
            topics |= self._topics_of(row.target)
        if any(_touches_all(payload) for _, payload in entries):
            topics |= self._every_topic(claim)
        if any(payload["kind"] == "merge" for _, payload in entries):
            # The map may hold topics under an id that is merged no more.
            topics |= self._every_topic(slot)
        mark(self._connection, topics | self._in_conflict(topics))

    def claim_rows(self, entries: Iterable[tuple[int, Payload]]) -> Iterator[ClaimRow]:
        """Yield the rows of the claims in some entries, those that events state included."""
        return map(ClaimRow._make, self._claims(entries))

    def _claims(self, entries: Iterable[tuple[int, Payload]]) -> Iterator[tuple[Any, ...]]:
        """Yield the same rows as plain tuples, which are written faster."""
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
            item = told(one, prop, self._catalogue.roots, self._read, self._span, event)
            yield (
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

    def _span(self, text: str) -> tuple[Any, ...]:
        """Return the fields of what `text` says as valid time: the same text stands in many."""
        found = self._spans.get(text)
        if found is None:
            if len(self._spans) >= KEPT:
                self._spans.clear()
            found = self._spans[text] = span(self._read(text))[:]
        return found

    def since(self, position: int) -> set[Topic]:
        """Return the topics that the entries after a position touch, with those in conflict.

        Ids that a merge joined or parted are left aside: see `reach`.
        """
        said = select(claim.c.subject, claim.c.property).where(claim.c.position > position)
        rows = self._connection.execute(said.distinct())
        topics: set[Topic] = {(row.subject, row.property) for row in rows}
        aimed = select(bearing.c.target).where(bearing.c.position > position).distinct()
        for target in self._connection.execute(aimed).scalars():
            topics |= self._topics_of(target)
        return topics | self._in_conflict(topics)

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

    def _every_topic(self, table: Table) -> set[Topic]:
        """Return the topics that a table has rows of."""
        query = select(table.c.subject, table.c.property).distinct()
        return {(row.subject, row.property) for row in self._connection.execute(query)}

    def _in_conflict(self, topics: set[Topic]) -> set[Topic]:
        """Return the topics that share a conflict with some of these, by any id of a subject."""
        query = select(bearing.c.content).where(bearing.c.kind == "conflict").distinct()
        contents = self._connection.execute(query).scalars().all()
        if not contents:
            return set()
        same = Merges(log.of_kind(self._connection, "merge", FOREVER)).canonical
        touching = {(same(subject), name) for subject, name in topics}
        found: set[Topic] = set()
        for content in contents:
            shared = {topic for one in json.loads(content) for topic in self._topics_of(one)}
            if any((same(subject), name) in touching for subject, name in shared):
                found |= shared
        return found


def mark(connection: Connection, topics: Iterable[Topic]) -> None:
    """Mark topics as touched: their map is painted anew before the next whole view."""
    rows = [{"subject": subject, "property": name} for subject, name in sorted(topics)]
    if rows:
        connection.execute(_MARK, rows)


def _touches_all(payload: Payload) -> bool:
    """Say whether a record may change the map of any topic: it joins ids, or orders the map."""
    return payload["kind"] == "merge" or (payload["kind"], payload["id"]) == _DEFAULT


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
    wanted = set(targets)
    seen = set(wanted)
    while wanted:
        onward: set[str] = set()
        for some in portions(wanted, _CHUNK):
            query = select(bearing).where(bearing.c.target.in_(some), bearing.c.position <= until)
            for row in connection.execute(query):
                found[row.id] = row
                onward.add(row.id)
        wanted = onward - seen
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
