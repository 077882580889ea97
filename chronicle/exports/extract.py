"""Extracts: what a view holds, as the rows of tables, streamed in a fixed order.

Sources, properties and entities are those that the log holds, claims those that had been made
by the date of the view, events and rulings what the view knows and believes. About one entity
only what has to do with it is taken, and what that names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from chronicle.answers import Ruling
from chronicle.calendar import BEGINNING, FOREVER
from chronicle.canonical import dumps
from chronicle.dates import parse_once
from chronicle.errors import BadQuestion
from chronicle.events import BUILTIN, stated_by
from chronicle.exports.columns import TABLES, Column, Table
from chronicle.exports.items import Group, Item, Row, changes
from chronicle.exports.reached import Reached, reached
from chronicle.exports.related import Related, related
from chronicle.log import Entry
from chronicle.payloads import Payload
from chronicle.reading import Name
from chronicle.references import THINGS
from chronicle.slots import Slot
from chronicle.timeline import Happening, happenings
from chronicle.upcasts import climb
from chronicle.views import Bench, View

_BATCH = 200
"""Topics whose claims are looked up together."""

STAGES = ("sources", "properties", "entities", "events", "topics")
"""The stages of an extract: four tables, then claims and rulings by topic."""

_KINDS: Mapping[str, str] = {"sources": "source", "properties": "property", "entities": "entity"}
"""The kinds of records that tables hold, by table."""


class Extract:
    """What is exported: a view, of everything or about one entity."""

    def __init__(
        self,
        view: View,
        connection: Connection,
        about: str | None = None,
        position: int | None = None,
    ) -> None:
        """Take what to look at, through a connection that sees one state of the database.

        `position` is that of the log, if not the end of an append.
        """
        self.view = view
        self.connection = connection
        self.about = about
        self.position = view.scope.until if position is None else position
        self._dates: dict[str, Any] = {}

    def groups(self, only: Reached | None = None) -> Iterator[Group]:
        """Yield the rows of all tables: each record alone, claims and rulings by topic.

        Or only those that later entries may have changed.
        """
        for stage in STAGES:
            yield from self.stage(stage, only)

    def stage(self, name: str, only: Reached | None = None) -> Iterator[Group]:
        """Yield the same groups of one stage alone."""
        number = str(STAGES.index(name))
        if name == "topics":
            for topic, items in self._topics(only):
                yield Group((number, *topic), tuple(items))
            return
        for row in self.events(only) if name == "events" else self._records(name, only):
            yield Group((number, row["id"]), (Item(name, row["id"], row),))

    def changes(self, before: Extract) -> Iterator[Item]:
        """Yield the rows that are other than in an extract before this one, and removals."""
        # What has to do with an entity may be more than before, or less.
        whole = self.about is not None
        only = None if whole else reached(self.connection, before.view, self.view)
        yield from changes(before.groups(only), self.groups(only))

    @cached_property
    def _related(self) -> Related | None:
        """What has to do with the one entity that it is about; None for everything."""
        return None if self.about is None else related(self.view, self.connection, self.about)

    def name_of(self, name: str) -> str:
        """Return what an id is called: the name of an entity, the title of a source or an event."""
        record = self.view.reader.catalogue.get(name) or {}
        found = (record.get(field) for field in ("name", "title", "label"))
        return next((text for text in found if text), name)

    def events(self, only: Reached | None = None) -> Iterator[Row]:
        """Yield the rows of the events alone, in the order of their ids."""
        if self._related is not None:
            return map(self._event, self._related.happenings)
        wanted = None if only is None else only.events
        return map(self._event, happenings(self.view, self.connection, wanted))

    def _records(self, table: str, only: Reached | None) -> Iterator[Row]:
        """Yield the rows of a table that holds records as they are, in the order of their ids."""
        kind, wanted = _KINDS[table], self._related
        builtin = BUILTIN if table == "properties" else {}
        waiting = sorted(builtin, reverse=True)
        ids = None if only is None else only.ids
        for entry in self.view.reader.of_kind(self.connection, kind, ids):
            while waiting and waiting[-1] < entry.id:
                yield self._record(TABLES[table], builtin[waiting.pop()], None)
            if wanted is None or entry.id in wanted.ids:
                yield self._record(TABLES[table], climb(entry.record()), entry)
        for name in reversed(waiting):
            yield self._record(TABLES[table], builtin[name], None)

    def _record(self, table: Table, payload: Payload, entry: Entry | None) -> Row:
        more = {**_DEFAULTS.get(table.name, {}), **payload, **_entered(entry)}
        if table.name == "entities":
            more["read_as"] = self.view.reader.merges.canonical(payload["id"])
        return self._row(table, more)

    def _event(self, happening: Happening) -> Row:
        told = happening.as_dict()
        return self._row(TABLES["events"], {**told, "id": told["event"]})

    def _row(self, table: Table, found: Mapping[str, Any]) -> Row:
        """Return the values of all columns; those that are not there are empty."""
        row = {column.name: _filled(column, found.get(column.name)) for column in table.plain}
        for column in table.columns:
            if column.kind == "instant":
                row[column.name] = self._bound(row[column.bounds], column.name.endswith("_first"))
        return row

    def _bound(self, text: str | None, first: bool) -> int | None:
        if text is None:
            return None
        date = parse_once(text, self._dates)
        bound: int = date.first if first else date.last
        return None if bound in (BEGINNING, FOREVER) else bound

    def _topics(self, only: Reached | None) -> Iterator[tuple[Name, list[Item]]]:
        """Yield the claims and rulings of each topic, in the order of their names."""
        reader, view, wanted = self.view.reader, self.view, self._related
        names = None if only is None else only.names(reader)
        names = names if wanted is None else wanted.names
        benches = (view.bench_of(*found) for found in reader.topics(self.connection, names))
        while batch := list(islice(benches, _BATCH)):
            entries = reader.entries(self.connection, _recorded(batch))
            for bench in batch:
                takes = None if wanted is None else wanted.takes(bench)
                claims = [
                    Item("claims", row["id"], row)
                    for row in self._claims(bench, entries)
                    if takes is None or takes.claim(row["id"])
                ]
                rulings = [
                    Item("rulings", slot, row)
                    for slot, row in self._rulings(bench, takes.slot if takes else None)
                ]
                if claims or rulings:
                    yield bench.name, claims + rulings

    def _claims(self, bench: Bench, entries: Mapping[str, Entry]) -> Iterator[Row]:
        """Yield the claims of a topic that had been made, as they were recorded."""
        known, topic = self.view.scope.known, bench.topic
        stated: dict[str, Payload] = {}
        for name, item in sorted(topic.testimonies.items()):
            if known < item.said_first:
                continue
            entry = entries[item.stated_by or name]
            if item.stated_by and name not in stated:
                stated.update((one["id"], one) for one in stated_by(climb(entry.record())))
            payload = stated[name] if item.stated_by else climb(entry.record())
            silence = topic.withdrawn(item, known) or topic.displaced(item, known)
            heard = {"live": not silence, "silence": silence or None}
            told = {**_DEFAULTS["claims"], **payload, **_entered(entry), **heard}
            yield self._row(TABLES["claims"], told)

    def _rulings(
        self, bench: Bench, takes: Callable[[Slot], bool] | None
    ) -> Iterator[tuple[str, Row]]:
        """Yield what is believed in a topic, slot by slot."""
        for slot in bench.slots.all():
            if takes is None or takes(slot):
                ruling = bench.ruling(slot)
                if ruling.claim is not None:
                    key = key_of(ruling, many=bench.rules.many)
                    yield key, self._row(TABLES["rulings"], {**ruling.as_dict(), "slot": key})


_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "sources": {"read": "yes"},
    "properties": {
        "datatype": "text",
        "temporal": "state",
        "cardinality": "one",
        "carry": "forever",
    },
    "claims": {"credibility": "3", "modality": "stated"},
}
"""What records leave unsaid, as it is meant."""


def check_about(view: View, about: str) -> None:
    """Refuse to export about an id that the view's log lacks, or that is of no thing.

    `UnknownId` names near matches, `BadQuestion` says what to name.
    """
    if view.know(about)["kind"] not in THINGS:
        raise BadQuestion(f"--about: {about!r} is no entity and no event; name one")


def key_of(ruling: Ruling, *, many: bool) -> str:
    """Return the key of a ruling's slot: canonical JSON, the same in every view that has it."""
    value = [ruling.value or ""] if many else []
    return dumps([ruling.subject, ruling.property, dict(ruling.qualifiers), *value]).decode()


def _recorded(benches: Iterable[Bench]) -> set[str]:
    """Return the ids of the entries in which the claims of some topics stand."""
    return {
        item.stated_by or item.id for bench in benches for item in bench.topic.testimonies.values()
    }


def _entered(entry: Entry | None) -> dict[str, Any]:
    return {} if entry is None else {"position": entry.position, "recorded_at": entry.recorded_at}


def _filled(column: Column, value: Any) -> Any:
    """Return a value as rows have it: lists and mappings are empty, not None; objects whole."""
    if column.kind == "objects":
        return [_object(column, one) for one in value or ()]
    if column.kind == "object":
        return None if value is None else _object(column, value)
    if column.kind == "texts":
        return list(value or ())
    if column.kind == "texts by name":
        return dict(sorted((value or {}).items()))
    return bool(value) if column.kind == "boolean" else value


def _object(column: Column, value: Mapping[str, Any]) -> Row:
    return {part.name: _filled(part, value.get(part.name)) for part in column.parts}
