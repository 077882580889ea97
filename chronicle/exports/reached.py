"""Reached: the rows that the entries after a position may have changed, so that only they are made.

Everything else is the same in both extracts. What is named here is made in both and compared; it
may well turn out to be as it was.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from chronicle.reach import reach
from chronicle.reading import Name, Reader
from chronicle.schema import entry
from chronicle.views import View

_UNBINDING = ("merge", "retraction")
"""The kinds of records that can change an event without touching any claim about it."""

_ROWS = ("source", "property", "entity", "event")
"""The kinds of records that make rows by themselves."""


class Reached(NamedTuple):
    """What may be other than before."""

    ids: frozenset[str]
    """Sources, properties and entities."""
    events: frozenset[str] | None
    """Events; None for any."""
    topics: frozenset[Name]
    """Topics, their subjects as claims name them."""

    def names(self, reader: Reader) -> list[Name]:
        """Return the topics as a reader names them, in order; those of which it knows."""
        canonical, known = reader.merges.canonical, reader.properties
        return sorted(
            {(canonical(subject), name) for subject, name in self.topics if name in known}
        )


def reached(connection: Connection, before: View, after: View) -> Reached | None:
    """Return what the entries between two views may have changed; None for anything.

    It can be anything where the views look otherwise at the log: at other dates, or by another
    policy, even of the same name.
    """
    looks = [(one.scope.at, one.scope.known, one.scope.policy) for one in (before, after)]
    if looks[0] != looks[1]:
        return None
    span = (entry.c.position > before.scope.until) & (entry.c.position <= after.scope.until)
    new_rows = select(entry.c.id).where(span, entry.c.kind.in_(_ROWS))
    unbinding = select(entry.c.id).where(span, entry.c.kind.in_(_UNBINDING)).limit(1)
    old, new = before.reader, after.reader
    merged = new.merges.members_unlike(old.merges) | old.merges.members_unlike(new.merges)
    topics = reach(connection, old, new)
    ids = merged.union(connection.execute(new_rows).scalars())
    unbound = connection.execute(unbinding).first() is not None
    events = None if unbound else frozenset(ids.union(subject for subject, _ in topics))
    return Reached(frozenset(ids), events, frozenset(topics))
