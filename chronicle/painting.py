"""Painting: the map of the default policy, kept as regions in the database.

The map is a projection with a position of its own. An append marks the topics that it touches;
those alone are painted anew before the next whole view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from chronicle import log
from chronicle.bulk import insert_rows, portions
from chronicle.database import Database
from chronicle.reading import Name, Reader
from chronicle.regions import Region, paint
from chronicle.schema import claim, projection, region, slot, touched

MAP = "map"
"""The name of the map among the projections."""

_TOPICS = 400
"""Topics painted between two writes: bounds the memory that painting takes."""

Progress = Callable[[int, int], None]
"""Is told how many of how many topics are painted."""


class Painted(NamedTuple):
    """One ruling read from the map."""

    subject: str
    property: str
    qualifiers: str
    slot_value: str
    standing: str
    basis: str
    claim: str | None
    value: str | None
    horizon: int | None


def is_painted(connection: Connection) -> bool:
    """Say whether no topic waits to be painted."""
    return connection.execute(select(touched.c.subject).limit(1)).first() is None


def position(connection: Connection, name: str = MAP) -> int:
    """Return how far a projection has come into the log."""
    query = select(projection.c.position).where(projection.c.name == name)
    return connection.execute(query).scalar() or 0


def advance(connection: Connection, to: int, name: str = MAP) -> None:
    """Note how far a projection has come."""
    done = connection.execute(
        update(projection).where(projection.c.name == name).values(position=to)
    )
    if not done.rowcount:
        connection.execute(insert(projection).values(name=name, position=to))


def repaint(database: Database, connection: Connection, progress: Progress | None = None) -> int:
    """Paint the topics that wait; return how many. The connection must be the writing one."""
    head = log.head(connection).size
    rows = connection.execute(select(touched.c.subject, touched.c.property)).all()
    reader = Reader(database, head)
    names = sorted({(reader.merges.canonical(row.subject), row.property) for row in rows})
    stale = {*names, *((row.subject, row.property) for row in rows)}
    for some in portions(stale, _TOPICS):
        _erase(connection, some)
    number = connection.execute(select(func.max(slot.c.number))).scalar() or 0
    everything = len(names) == _topic_count(connection)
    painted = 0
    buffer = _Buffer(connection, number)
    for name, topic in reader.topics(connection, None if everything else names):
        rules = reader.rules(name[1])
        buffer.add(name, paint(topic, rules.many, rules))
        painted += 1
        if painted % _TOPICS == 0:
            buffer.flush()
            if progress is not None:
                progress(painted, len(names))
    buffer.flush()
    connection.execute(delete(touched))
    advance(connection, head)
    return painted


def _topic_count(connection: Connection) -> int:
    every = select(claim.c.subject, claim.c.property).distinct().subquery()
    return connection.execute(select(func.count()).select_from(every)).scalar() or 0


def _erase(connection: Connection, names: list[Name]) -> None:
    """Remove the slots and regions of some topics."""
    if connection.execute(select(slot.c.number).limit(1)).first() is None:
        return
    numbers: list[int] = []
    for subject, name in names:
        query = select(slot.c.number).where(slot.c.subject == subject, slot.c.property == name)
        numbers += connection.execute(query).scalars()
    for some in portions(numbers, _TOPICS):
        connection.execute(delete(region).where(region.c.slot.in_(some)))
        connection.execute(delete(slot).where(slot.c.number.in_(some)))


class _Buffer:
    """Collects slots and regions, and writes them many at a time."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self._number = number
        self._slots: list[tuple[Any, ...]] = []
        self._regions: list[tuple[Any, ...]] = []

    def add(self, name: Name, regions: Iterator[Region]) -> None:
        numbers: dict[Any, int] = {}
        for one in regions:
            number = numbers.get(one.slot)
            if number is None:
                self._number += 1
                number = numbers[one.slot] = self._number
                self._slots.append((number, *name, one.slot.qualifiers, one.slot.value))
            self._regions.append(row_of(number, one))

    def flush(self) -> None:
        insert_rows(self._connection, slot, self._slots)
        insert_rows(self._connection, region, self._regions)
        self._slots, self._regions = [], []


def row_of(number: int, one: Region) -> tuple[Any, ...]:
    """Return the row of a region in the slot of a number."""
    voice = one.verdict.voice
    return (
        number,
        one.valid_from,
        one.valid_to,
        one.known_from,
        one.known_to,
        one.verdict.standing,
        one.verdict.basis,
        voice.id if voice else None,
        voice.value if voice else None,
        one.verdict.horizon,
    )


def believed(connection: Connection, at: int, known: int) -> list[Painted]:
    """Return what the map holds to be believed at a point, in the order of its slots."""
    query = (
        select(
            slot.c.subject,
            slot.c.property,
            slot.c.qualifiers,
            slot.c.value,
            region.c.standing,
            region.c.basis,
            region.c.claim,
            region.c.value.label("winner"),
            region.c.horizon,
        )
        .join(region, region.c.slot == slot.c.number)
        .where(region.c.valid_to >= at, region.c.valid_from <= at)
        .where(region.c.known_to >= known, region.c.known_from <= known)
        .where(region.c.claim.is_not(None))
    )
    rows = [Painted._make(row) for row in connection.execute(query)]
    rows.sort(key=lambda row: row[:4])
    return rows


def clear(connection: Connection) -> None:
    """Throw the map away."""
    for table in (region, slot):
        connection.execute(delete(table))
