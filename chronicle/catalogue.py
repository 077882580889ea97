"""The catalogue: records of the log by id, as reasoning and intake need to look them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from chronicle import log, schema
from chronicle.bulk import portions
from chronicle.database import Database
from chronicle.events import BUILTIN, stated_by
from chronicle.ids import near
from chronicle.payloads import Payload
from chronicle.upcasts import climb

_MOST_KEPT = 50_000

_ASKED = 500
"""Ids that are asked for in one statement."""

_MOST_COMPARED = 2000
"""Ids that a wrong one is compared with, of claims and of other records each."""

_MOST_ALIKE = 100
"""Wrong ids for which near matches are looked for."""


class Catalogue:
    """Looks up records by id, up to a position of the log, and keeps those it has seen."""

    def __init__(self, database: Database, until: int | None = None) -> None:
        """Look into a database; `until` is the last position that counts."""
        self._database = database
        self._until = until
        self._kept: dict[str, Payload] = dict(BUILTIN)
        self._roots: dict[str, Sequence[str]] = {}
        self._alike: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def keep(self, payloads: Iterable[Payload]) -> None:
        """Remember records that were just written; claims are too many to keep."""
        self._kept.update((one["id"], one) for one in payloads if one["kind"] != "claim")

    def load(self, ids: Iterable[str]) -> Mapping[str, Payload]:
        """Return those of the records that there are, claims that events state included."""
        wanted = set(ids)
        found = {name: self._kept[name] for name in wanted if name in self._kept}
        missing = wanted - found.keys()
        if missing:
            with self._database.reading() as connection:
                read = {
                    name: climb(log.read_payload(payload, position))
                    for name, position, payload in log.find(connection, missing, self._until)
                }
                read |= self._stated(connection, missing - read.keys())
            if len(self._kept) > _MOST_KEPT:
                self._kept = dict(BUILTIN)
            self._kept |= read
            found |= read
        return found

    def _stated(self, connection: Connection, ids: set[str]) -> dict[str, Payload]:
        """Return the claims of those ids that events state about themselves."""
        if not ids:
            return {}
        table = schema.claim
        subjects: set[str] = set()
        for some in portions(ids, _ASKED):
            query = select(table.c.event).where(table.c.id.in_(some), table.c.event.is_not(None))
            subjects.update(connection.execute(query).scalars())
        events = self.load(subjects - ids)
        return {
            claim["id"]: claim
            for event in events.values()
            if event["kind"] == "event"
            for claim in stated_by(event)
            if claim["id"] in ids
        }

    def get(self, name: str) -> Payload | None:
        """Return one record, or None."""
        return self.load((name,)).get(name)

    def roots(self, source: str) -> Sequence[str]:
        """Return the sources that a source goes back to, itself if it derives from none."""
        found = self._roots.get(source)
        if found is None:
            tops: set[str] = set()
            seen, waiting = {source}, [source]
            while waiting:
                name = waiting.pop()
                payload = self.get(name)
                parents: Sequence[Any] = payload.get("derives_from", ()) if payload else ()
                if not parents:
                    tops.add(name)
                waiting += [parent for parent in parents if parent not in seen]
                seen.update(parents)
            found = self._roots[source] = sorted(tops)
        return found

    def near(self, wanted: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return ids that look like one that there is not, best first: of those kinds, or of any.

        They are looked for among those that share the first letters; where none is like it,
        among any. Beyond the first hundred wrong ids the answer is none: a file left out would
        have thousands of them looked for.
        """
        asked = wanted, kinds
        if asked not in self._alike and len(self._alike) < _MOST_ALIKE:
            self._alike[asked] = self._near(wanted, kinds)
        return self._alike.get(asked, ())

    def _near(self, wanted: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
        builtin = BUILTIN if "property" in kinds else ()
        with self._database.reading() as connection:
            for start in dict.fromkeys((wanted[:3], wanted[:1], "")):
                found = near(wanted, [*self._ids(connection, start, kinds), *builtin])
                if found:
                    return found
        return ()

    def _ids(self, connection: Connection, start: str, kinds: tuple[str, ...]) -> list[str]:
        """Return some ids that begin so, of those kinds.

        Claims are the most: they come after the others, and only where they share letters or
        nothing else is wanted.
        """
        table = schema.entry
        # As an expression, so that SQLite goes by the id: by the kind it would read every claim.
        kind = table.c.kind.concat("") if start else table.c.kind
        conditions = [kind.in_(kinds) & (kind != "claim") if kinds else kind != "claim"]
        if kinds == ("claim",) or (start and (not kinds or "claim" in kinds)):
            conditions.append(kind == "claim")
        found: list[str] = []
        for condition in conditions:
            query = select(table.c.id).where(condition, self._begins(start))
            if self._until is not None:
                query = query.where(table.c.position <= self._until)
            found += connection.execute(query.limit(_MOST_COMPARED)).scalars()
        return found

    def _begins(self, start: str) -> ColumnElement[bool]:
        """Return the condition that an id begins so."""
        name = schema.entry.c.id
        if self._database.is_sqlite and start.isascii():
            # LIKE would read every entry here; in an id no letter comes after the tilde.
            return name.between(start, f"{start}~")
        return name.startswith(start, autoescape=True)
