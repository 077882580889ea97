"""Verifying: the log held against its own hashes, and the projections against the log.

Every leaf is hashed again from the stored content, the roots and positions are derived again,
and what the projections hold is compared with what the log gives. Nothing is trusted but the
roots; one that was noted elsewhere can be handed in, to be sure of those too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, select, text

from chronicle import index, log, painting, search
from chronicle.canonical import dumps
from chronicle.catalogue import Catalogue
from chronicle.database import Database
from chronicle.errors import ChronicleError, Finding
from chronicle.index import BearingRow, ClaimRow
from chronicle.merkle import Frontier, commit, leaf_hash
from chronicle.reading import Reader
from chronicle.regions import paint
from chronicle.schema import bearing, claim, region, slot, touched, tree_head
from chronicle.upcasts import climb

_BATCH = 2000

_TYPES = (int, str, str, int, str, str, str, bytes, str, bytes, bytes)
"""Of the values of an entry: SQLite keeps whatever it is given."""

Progress = Callable[[int, int], None]
"""Is told how many of how many entries were checked."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and every difference found."""

    entries: int
    root: str
    """The root of the log as re-derived, in hexadecimal digits."""
    findings: tuple[Finding, ...]


def verify(database: Database, root: str | None = None, progress: Progress | None = None) -> Report:
    """Check the whole chronicle; `root` is one noted earlier, of any size that the log had."""
    with database.reading() as connection:
        auditor = _Auditor(connection, progress, root)
        with _undecoded(connection):
            findings = [*auditor.check_log(), *auditor.check_roots()]
        if not findings:
            # A log that differs from its hashes says nothing about its projections.
            findings += _check_projections(database, connection, auditor.frontier.size)
    return Report(auditor.count, auditor.frontier.root().hex(), tuple(findings))


@contextmanager
def _undecoded(connection: Connection) -> Iterator[None]:
    """Have SQLite hand out damaged text as it is, where it would fail at what is no UTF-8."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


class _Auditor:
    """Walks the log once, hashing everything again."""

    def __init__(
        self, connection: Connection, progress: Progress | None, noted: str | None
    ) -> None:
        self.connection = connection
        self.progress = progress
        self.noted = None if noted is None else noted.strip().lower()
        self.frontier = Frontier()
        self.met = self.noted in (None, self.frontier.root().hex())
        self.count = 0
        self.given: dict[int, tuple[bytes, bytes]] = {}
        self.heads = {
            row.size: (row.root, row.peaks) for row in connection.execute(select(tree_head))
        }

    def check_log(self) -> Iterator[Finding]:
        """Yield what differs in the entries: positions, times, payloads, commitments, leaves."""
        total = max(self.heads, default=0)
        position, moment = 0, ""
        for entry in log.entries(self.connection):
            where = f"entry {entry.position} ({entry.id!s})"
            if entry.position != position + 1:
                yield _differs(where, f"position {position + 1} is missing before it")
            position = entry.position
            self.count += 1
            if tuple(map(type, entry)) != _TYPES:
                yield _differs(where, "a value in it is of another type than the log writes")
                continue
            if entry.recorded_at < moment:
                yield _differs(where, "it was recorded before the entry before it")
            moment = entry.recorded_at
            yield from _check_entry(entry, where)
            self.frontier.extend([entry.leaf])
            self._note_root()
            if self.progress is not None and self.count % _BATCH == 0:
                self.progress(self.count, total)

    def _note_root(self) -> None:
        size = self.frontier.size
        if size in self.heads:
            self.given[size] = (self.frontier.root(), self.frontier.pack())
        if not self.met:
            self.met = self.frontier.root().hex() == self.noted

    def check_roots(self) -> Iterator[Finding]:
        """Yield the recorded roots that the leaves do not give."""
        for size, head in sorted(self.heads.items()):
            if self.given.get(size) != head:
                yield _differs(f"root of {size} entries", "the leaves give another one")
        if max(self.heads, default=0) != self.count:
            yield _differs("log", f"it has {self.count} entries, but its last root another number")
        if not self.met:
            yield _differs("log", f"it never had the root {self.noted}")


def _differs(where: str, what: str) -> Finding:
    return Finding(what, "restore the database from a copy that verifies", where)


def _check_entry(entry: log.Entry, where: str) -> Iterator[Finding]:
    stored = entry.payload.encode("utf-8", "surrogateescape")
    if commit(entry.salt, stored) != entry.commitment:
        yield _differs(where, "its payload is not the one that was committed to")
        return
    if _leaf(entry) != entry.leaf:
        yield _differs(where, "its header is not the one that was hashed")
        return
    try:
        payload = entry.record()
        canonical = dumps(payload) == stored
    except ChronicleError as error:
        yield _differs(where, str(error))
        return
    header = (payload.get("id"), payload.get("kind"), payload.get("schema"))
    if header != (entry.id, entry.kind, entry.schema):
        yield _differs(where, "its header and its payload name different records")
    if not canonical:
        yield _differs(where, "its payload is not in canonical form")


def _leaf(entry: log.Entry) -> bytes:
    """Return the leaf that the header gives; nothing where that is no text."""
    try:
        return leaf_hash(entry.header())
    except UnicodeEncodeError:
        return b""


def _check_projections(database: Database, connection: Connection, size: int) -> Iterator[Finding]:
    yield from _check_index(database, connection)
    yield from _check_map(database, connection, size)
    yield from _check_search(connection)


def _stale(what: str) -> Finding:
    return Finding(what, "run: chronicle rebuild", "projections")


def _check_index(database: Database, connection: Connection) -> Iterator[Finding]:
    """Yield where the index of claims, or of what bears on them, differs from the log."""
    indexer = index.Indexer(connection, Catalogue(database), {})
    claims = bearings = 0
    stream = log.entries(connection)
    while batch := list(islice(stream, _BATCH)):
        pairs = [(entry.position, climb(entry.record())) for entry in batch]
        rows = list(indexer.claim_rows(pairs))
        claims += len(rows)
        yield from _compare(_held(connection, claim, batch), rows)
        aimed = [row for pair in pairs for row in index.bearing_rows(*pair)]
        bearings += len(aimed)
        yield from _compare(_held(connection, bearing, batch), aimed)
    for table, wanted in (("claim", claims), ("bearing", bearings)):
        held = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608  # our own names
        if held != wanted:
            yield _stale(f"{table} holds {held} rows, the log gives {wanted}")


def _held(connection: Connection, table: Table, batch: Sequence[log.Entry]) -> set[tuple[Any, ...]]:
    """Return the stored rows that stand under the positions of some entries."""
    first, last = batch[0].position, batch[-1].position
    query = select(table).where(table.c.position.between(first, last))
    return {tuple(row) for row in connection.execute(query)}


def _compare(
    held: set[tuple[Any, ...]], given: Sequence[ClaimRow] | Sequence[BearingRow]
) -> Iterator[Finding]:
    for row in given:
        if tuple(row) not in held:
            yield _stale(f"what is kept of {row.id} is not what the log gives")


def _check_map(database: Database, connection: Connection, size: int) -> Iterator[Finding]:
    """Yield the painted topics whose regions are not those that their claims give."""
    if painting.position(connection) == 0:
        return
    waiting = {(row.subject, row.property) for row in connection.execute(select(touched))}
    reader = Reader(database, size)
    waiting = {(reader.merges.canonical(subject), name) for subject, name in waiting}
    painted: set[tuple[str, str]] = set()
    for name, topic in reader.topics(connection):
        if name in waiting:
            continue
        painted.add(name)
        rules = reader.rules(name[1])
        given = Counter(
            (one.slot.qualifiers, one.slot.value, *painting.row_of(0, one)[1:])
            for one in paint(topic, rules.many, rules)
        )
        if _regions(connection, name) != given:
            yield _stale(f"the map of {name[0]} {name[1]} is not what the log gives")
    for row in connection.execute(select(slot.c.subject, slot.c.property).distinct()):
        if (row.subject, row.property) not in painted | waiting:
            yield _stale(f"the map holds {row.subject} {row.property}, the log does not")


def _regions(connection: Connection, name: tuple[str, str]) -> Counter[tuple[Any, ...]]:
    columns = [column for column in region.c if column.name != "slot"]
    query = (
        select(slot.c.qualifiers, slot.c.value, *columns)
        .join(region, region.c.slot == slot.c.number)
        .where(slot.c.subject == name[0], slot.c.property == name[1])
    )
    return Counter(tuple(row) for row in connection.execute(query))


def _check_search(connection: Connection) -> Iterator[Finding]:
    """Yield whether the full-text index holds other words than the log gives."""
    until = painting.position(connection, search.SEARCH)
    columns = text("SELECT id, kind, words, folded FROM search")
    held = Counter(tuple(row) for row in connection.execute(columns))
    count = 0
    stream = log.entries(connection, until=until)
    while batch := list(islice(stream, _BATCH)):
        for row in search.rows_of(batch):
            count += 1
            if tuple(row.values()) not in held:
                yield _stale(f"the words of {row['id']} are not those of the log")
    if count != held.total():
        yield _stale(f"search holds {held.total()} records, the log gives {count}")
