"""Reach: the topics whose rulings the entries after a position may change.

A claim touches its own topic. A retraction, an assessment or a conflict touches those of what
it is about, and a topic those that it shares a conflict with. Ids that are newly one, or no
longer, touch every topic that names them: as subject, value or qualifier, as an origin, or as a
value within them. Another default policy touches everything; of all other kinds of records
nothing can have been said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Column, ColumnElement, Connection, or_, select

from chronicle.bulk import portions
from chronicle.index import Indexer
from chronicle.reading import Name, Reader
from chronicle.references import THINGS
from chronicle.schema import claim, entry

_CHUNK = 50
"""Ids that are looked for in one pass over a table."""


def reach(connection: Connection, before: Reader, after: Reader) -> set[Name]:
    """Return the topics that may be ruled on otherwise by the later of two readers.

    The subjects are as claims name them, whatever ids are merged.
    """
    topics = Indexer(connection, after.catalogue, {}).since(before.until)
    if before.default != after.default:
        return topics.union(_topics(connection, None))
    joined = after.merges.members_unlike(before.merges) | before.merges.members_unlike(after.merges)
    if joined:
        topics.update(_naming(connection, joined))
        topics.update(_valued(connection, _within(connection, joined, before, after)))
    return topics


def _within(connection: Connection, names: set[str], before: Reader, after: Reader) -> set[str]:
    """Return the entities that some ids contain, at any depth; not those ids themselves."""
    found: set[str] = set()
    waiting = names
    while waiting:
        inner: set[str] = set()
        for some in portions(waiting, _CHUNK):
            query = select(entry.c.id).where(
                entry.c.kind.in_(THINGS), _holds(entry.c.payload, ('"within":"{}"',), some)
            )
            for name in connection.execute(query).scalars():
                inner |= before.merges.members(name) | after.merges.members(name)
        waiting = inner - names - found
        found |= waiting
    return found


def _naming(connection: Connection, names: Iterable[str]) -> Iterator[Name]:
    """Yield the topics of the claims that name some ids in any way."""
    for some in portions(names, _CHUNK):
        # Qualifiers are JSON within JSON, in which quotes are escaped.
        told = _holds(claim.c.testimony, ('"{}"', '"{}\\"'), some)
        yield from _topics(connection, or_(claim.c.subject.in_(some), told))


def _valued(connection: Connection, names: Iterable[str]) -> Iterator[Name]:
    for some in portions(names, _CHUNK):
        yield from _topics(connection, claim.c.entity.in_(some))


def _topics(connection: Connection, condition: ColumnElement[bool] | None) -> Iterator[Name]:
    query = select(claim.c.subject, claim.c.property).distinct()
    if condition is not None:
        query = query.where(condition)
    for row in connection.execute(query):
        yield row.subject, row.property


def _holds(
    column: Column[str], patterns: Sequence[str], names: Iterable[str]
) -> ColumnElement[bool]:
    """Return the condition that a text holds some name in one of the patterns."""
    texts = [pattern.format(name) for name in names for pattern in patterns]
    return or_(*(column.contains(text, autoescape=True) for text in texts))
