"""The log: entries are written here, and nowhere else.

One append is one transaction. Positions are gapless from 1, and `recorded_at` (UTC, with
microseconds) never decreases. A leaf of the Merkle tree commits to an entry's header and to
SHA-256(salt || payload).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, func, select

from chronicle.bulk import insert_rows, portions
from chronicle.calendar import FOREVER
from chronicle.errors import BadQuestion, LogCorrupt
from chronicle.merkle import Frontier, commit, leaf_hash
from chronicle.schema import entry, tree_head

SALT_SIZE = 16
"""Bytes of salt for each payload."""

_CHUNK = 5000
"""Ids in one question to the database."""

_ASKED = 500
"""Positions in one question to the database."""

_quoted = json.encoder.encode_basestring

_FIND = {
    "sqlite": "SELECT id, position, payload FROM entry"
    " WHERE id IN (SELECT value FROM json_each(?)) AND position <= ?",
    "postgresql": "SELECT id, position, payload FROM entry"
    " WHERE id IN (SELECT json_array_elements_text(CAST(%s AS json))) AND position <= %s",
}
"""What is held under ids that come as one parameter, however many; as the drivers take it,
because nothing is asked more often."""

Clock = Callable[[], datetime]
"""Gives the present moment, with its time zone."""


def system_clock() -> datetime:
    """Return the present moment: the one place that reads the clock."""
    return datetime.now(UTC)


Header = tuple[int, str, str, int, str, str, str]
"""The first fields of an entry: position, id, kind, schema, recorded_at, author, message."""


class Entry(NamedTuple):
    """One entry of the log, its payload as the canonical text that is stored."""

    position: int
    id: str
    kind: str
    schema: int
    recorded_at: str
    author: str
    message: str
    salt: bytes
    payload: str
    commitment: bytes
    leaf: bytes

    def header(self) -> bytes:
        """Return what the leaf commits to: the header and the commitment, canonical JSON."""
        return header_text(*self[:7], self.commitment)

    def record(self) -> dict[str, Any]:
        """Return the payload as a mapping; `LogCorrupt` if it is none."""
        return read_payload(self.payload, self.position)


def header_text(
    position: int,
    name: str,
    kind: str,
    schema: int,
    recorded_at: str,
    author: str,
    message: str,
    commitment: bytes,
) -> bytes:
    """Return what a leaf commits to, as canonical JSON."""
    return _headers(recorded_at, author, message)(position, name, kind, schema, commitment)


def _headers(
    recorded_at: str, author: str, message: str
) -> Callable[[int, str, str, int, bytes], bytes]:
    """Return what writes the headers of one append, by position, id, kind, schema, commitment.

    Written out, because every entry of a long append passes here; a test holds it against the
    canonical form of the same mapping.
    """
    by, told, when = _quoted(author), _quoted(message), _quoted(recorded_at)

    def header(position: int, name: str, kind: str, schema: int, commitment: bytes) -> bytes:
        return (
            f'{{"author":{by},"commitment":"{commitment.hex()}","id":{_quoted(name)},'
            f'"kind":{_quoted(kind)},"message":{told},"position":{position},'
            f'"recorded_at":{when},"schema":{schema}}}'
        ).encode()

    return header


def sealed(header: Header, salt: bytes, payload: bytes) -> Entry:
    """Return the entry that a header, a salt and a canonical payload make."""
    commitment = commit(salt, payload)
    leaf = leaf_hash(header_text(*header, commitment))
    return Entry(*header, salt, payload.decode(), commitment, leaf)


def read_payload(text: str, position: int = 0) -> dict[str, Any]:
    """Return a stored payload as a mapping; `LogCorrupt` if it is none."""
    try:
        payload = orjson.loads(text)
    except ValueError as error:
        raise LogCorrupt(
            f"entry {position}: its payload is no JSON; run chronicle verify"
        ) from error
    if not isinstance(payload, dict):
        raise LogCorrupt(f"entry {position}: its payload is no mapping; run chronicle verify")
    return payload


class Head(NamedTuple):
    """The state of the log after an append."""

    size: int
    root: bytes


class Writer:
    """Writes the entries of one append, inside the transaction of its connection."""

    def __init__(self, connection: Connection, author: str, message: str, now: datetime) -> None:
        """Go on from the head of the log; the time of the append is never before the last one.

        `BadQuestion` for an author or a message that no store can hold.
        """
        _check_text("author", author)
        _check_text("message", message)
        self._connection = connection
        self._author = author
        self._message = message
        self.frontier = _frontier(connection)
        self.before = self.frontier.size
        self._landed = self.before
        self.recorded_at = max(write_moment(now), last_moment(connection))

    @property
    def size(self) -> int:
        """The number of entries in the log, with those of this append."""
        return self.frontier.size

    def write(self, records: Sequence[tuple[str, str, int, bytes]]) -> None:
        """Append (kind, id, schema, canonical payload) in this order."""
        if not records:
            return
        salts = os.urandom(SALT_SIZE * len(records))
        rows, leaves = [], []
        when, author, message = self.recorded_at, self._author, self._message
        header = _headers(when, author, message)
        position = self.size
        for start, (kind, name, schema, payload) in enumerate(records):
            position += 1
            salt = salts[start * SALT_SIZE : (start + 1) * SALT_SIZE]
            commitment = commit(salt, payload)
            leaf = leaf_hash(header(position, name, kind, schema, commitment))
            leaves.append(leaf)
            told = (position, name, kind, schema, when, author, message)
            # In the order of the columns, and of `Entry`.
            rows.append((*told, salt, payload.decode(), commitment, leaf))
        insert_rows(self._connection, entry, rows)
        self.frontier.extend(leaves)

    def copy(self, entries: Sequence[Entry], ends: Container[int]) -> list[Head]:
        """Append entries of another log as they are, and its roots where its appends ended.

        They go on from the last position here; `ends` tells the positions at which an append
        ended. Returns the head of the log at each of these.
        """
        heads = []
        for one in entries:
            self.frontier.extend((one.leaf,))
            if one.position in ends:
                heads.append((self.frontier.size, self.frontier.root(), self.frontier.pack()))
        insert_rows(self._connection, entry, entries)
        self._land(heads)
        return [Head(size, root) for size, root, _ in heads]

    def close(self) -> Head:
        """Write the root that the log has now, and return it."""
        head = Head(self.frontier.size, self.frontier.root())
        if head.size > self._landed:
            self._land([(*head, self.frontier.pack())])
        return head

    def _land(self, heads: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Write (size, root, peaks) of the log after each of some appends."""
        insert_rows(self._connection, tree_head, heads)
        self._landed = max([self._landed, *(size for size, _, _ in heads)])


def _check_text(name: str, text: str) -> None:
    if "\x00" in text:
        raise BadQuestion(f"the {name} holds a NUL character; remove it")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadQuestion(f"the {name} holds half of a surrogate pair; write it as UTF-8")


def write_moment(moment: datetime) -> str:
    """Write a moment as the log does: UTC, six digits of a second, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _frontier(connection: Connection) -> Frontier:
    row = connection.execute(
        select(tree_head.c.size, tree_head.c.peaks).order_by(tree_head.c.size.desc()).limit(1)
    ).first()
    return Frontier() if row is None else Frontier.unpack(row.size, row.peaks)


def last_moment(connection: Connection) -> str:
    """Return when the last entry was recorded; "" where there is none."""
    found = connection.execute(
        select(entry.c.recorded_at).order_by(entry.c.position.desc()).limit(1)
    ).scalar()
    return found or ""


def head(connection: Connection) -> Head:
    """Return the size of the log and its root."""
    row = connection.execute(
        select(tree_head.c.size, tree_head.c.root).order_by(tree_head.c.size.desc()).limit(1)
    ).first()
    return Head(0, Frontier().root()) if row is None else Head(row.size, row.root)


def head_at(connection: Connection, size: int) -> Head:
    """Return the root that the log had at an earlier size."""
    row = connection.execute(
        select(tree_head).where(tree_head.c.size <= size).order_by(tree_head.c.size.desc()).limit(1)
    ).first()
    frontier = Frontier() if row is None else Frontier.unpack(row.size, row.peaks)
    leaves = connection.execute(
        select(entry.c.leaf)
        .where(entry.c.position > frontier.size, entry.c.position <= size)
        .order_by(entry.c.position)
    ).scalars()
    frontier.extend(leaves)
    return Head(frontier.size, frontier.root())


def roots(connection: Connection) -> dict[int, bytes]:
    """Return the root that the log had after each append, by its size then."""
    rows = connection.execute(select(tree_head.c.size, tree_head.c.root))
    return {row.size: row.root for row in rows}


def landed_with(connection: Connection, position: int) -> int:
    """Return how many entries there were once the append of a position had landed.

    An append lands whole: the log never stood in the middle of one.
    """
    if position < 1:
        return 0
    found = connection.execute(
        select(func.min(tree_head.c.size)).where(tree_head.c.size >= position)
    ).scalar()
    return head(connection).size if found is None else found


def size_at(connection: Connection, moment: str) -> int:
    """Return how many entries had been recorded by a moment, written as the log writes it."""
    found = connection.execute(
        select(func.max(entry.c.position)).where(entry.c.recorded_at <= moment)
    ).scalar()
    return found or 0


def sealed_at(
    connection: Connection, positions: Iterable[int]
) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Return the leaves at some positions, and the roots of those at which an append ended."""
    leaves: dict[int, bytes] = {}
    roots: dict[int, bytes] = {}
    for some in portions(set(positions), _ASKED):
        held = select(entry.c.position, entry.c.leaf).where(entry.c.position.in_(some))
        leaves.update((row.position, row.leaf) for row in connection.execute(held))
        ended = select(tree_head.c.size, tree_head.c.root).where(tree_head.c.size.in_(some))
        roots.update((row.size, row.root) for row in connection.execute(ended))
    return leaves, roots


def entries(connection: Connection, after: int = 0, until: int | None = None) -> Iterator[Entry]:
    """Yield the entries after a position, in order, a stretch at a time."""
    query = select(entry).where(entry.c.position > after).order_by(entry.c.position)
    if until is not None:
        query = query.where(entry.c.position <= until)
    with connection.execute(query.execution_options(yield_per=2000)) as rows:
        for row in rows:
            yield Entry._make(row)


def of_kind(connection: Connection, kind: str, until: int) -> Iterator[dict[str, Any]]:
    """Yield the payloads of a kind other than claims, up to a position, in order."""
    query = (
        select(entry.c.payload, entry.c.position)
        .where(entry.c.kind == kind, entry.c.position <= until)
        .order_by(entry.c.position)
    )
    for payload, position in connection.execute(query):
        yield read_payload(payload, position)


def find(
    connection: Connection, ids: Iterable[str], until: int | None = None
) -> Iterator[tuple[str, int, str]]:
    """Yield (id, position, stored payload) of those ids that the log holds, in no order."""
    last = FOREVER if until is None else until
    for some in portions(set(ids), _CHUNK):
        asked = orjson.dumps(some).decode()
        rows = connection.exec_driver_sql(_FIND[connection.dialect.name], (asked, last))
        yield from rows
