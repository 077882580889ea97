"""Unheard: what falls where some ids are taken to have never been heard.

An id may be a source, a speaker or any record that says something. What reached us only through
it falls with it:

- a source, when all that it derives from falls;
- a claim, an event, a retraction or an assessment, when its source, its speaker or any of its
  `via` falls: whoever relayed it is a link of the chain by which it came;
- a claim also with the event that states it, and when any claim that it is inferred from falls;
- a retraction or an assessment also with what it is about, a conflict with any of its claims.

What is left stands as if it had never named what falls: a claim that revises or answers a fallen
one is a claim of its own, and the roots of a source count without those that it no longer goes
back to. What is said about an id, by others, does not fall; nor do merges, policies and all that
is in nobody's name.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from chronicle.bearing import Bearing
from chronicle.liveness import Topic
from chronicle.payloads import Payload
from chronicle.testimony import Testimony

Roots = tuple[str, ...]

KINDS = ("source", "event", "claim", "retraction", "assessment", "conflict")
"""The kinds of records that fall."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """All that falls with some ids. Never changes."""

    named: frozenset[str]
    """The ids that were never heard, with all that are merged with them."""
    falls: Mapping[str, frozenset[str]]
    """The ids of the records that fall, by kind; a claim that an event states by its own id."""
    origins: Mapping[str, tuple[Roots, Roots]]
    """The sources that stay but go back to fewer roots: those of the log, and those left."""
    gone: frozenset[str] = field(init=False)
    """Every id that falls, and those that were never heard."""

    def __post_init__(self) -> None:
        """Gather all that is gone."""
        object.__setattr__(self, "gone", self.named.union(*self.falls.values()))

    def topic(self, topic: Topic) -> Topic:
        """Return what is left of a topic."""
        items = [
            self._left(item) for item in topic.testimonies.values() if item.id not in self.gone
        ]
        foreign = [self.topic(other) for other in topic.foreign]
        return Topic(items, self.bearing(topic.bearing), foreign)

    def _left(self, item: Testimony) -> Testimony:
        """Return a testimony that stays, without what it owed to what falls."""
        if item.revises in self.gone:
            item = item._replace(revises="", revision="")
        roots = self.origins.get(item.source)
        # Where somebody spoke or relayed it, he is its origin, and the roots do not count.
        if roots is not None and not item.speaker and item.origins == roots[0]:
            item = item._replace(origins=roots[1])
        return item

    def bearing(self, bearing: Bearing) -> Bearing:
        """Return what is left of all that bears on some claims."""
        return Bearing(
            [one for one in bearing.retractions if one.id not in self.gone],
            [one for one in bearing.assessments if one.id not in self.gone],
            [one for one in bearing.conflicts if one.id not in self.gone],
        )

    def payload(self, payload: Payload) -> Payload:
        """Return a payload that stays, without the fields that name what falls."""
        lost = [name for name in ("answers", "event") if payload.get(name) in self.gone]
        if payload.get("revises", {}).get("claim") in self.gone:
            lost.append("revises")
        if not lost:
            return payload
        return {name: value for name, value in payload.items() if name not in lost}


def closure(
    named: Iterable[str],
    derives: Mapping[str, Iterable[str]],
    through: Mapping[str, Iterable[str]],
) -> set[str]:
    """Return all that is gone with some ids, themselves included.

    `derives` takes a source to those that it derives from: it falls when all of them do.
    `through` takes any other record to the ids that it came through: it falls when one does.
    """
    needing: dict[str, list[str]] = {}
    for name, links in through.items():
        for link in links:
            needing.setdefault(link, []).append(name)
    left = {name: set(parents) for name, parents in derives.items() if parents}
    children: dict[str, list[str]] = {}
    for name, parents in left.items():
        for parent in parents:
            children.setdefault(parent, []).append(name)
    gone: set[str] = set()
    waiting = list(named)
    while waiting:
        name = waiting.pop()
        if name in gone:
            continue
        gone.add(name)
        waiting += needing.get(name, ())
        for child in children.get(name, ()):
            left[child].discard(name)
            if not left[child]:
                waiting.append(child)
    return gone


def roots_left(source: str, derives: Mapping[str, Iterable[str]], gone: Container[str]) -> Roots:
    """Return the sources that a source goes back to where some are gone, in order."""
    tops: set[str] = set()
    seen = {source}
    waiting = [source]
    while waiting:
        name = waiting.pop()
        parents = [parent for parent in derives.get(name, ()) if parent not in gone]
        if not parents:
            tops.add(name)
        waiting += [parent for parent in parents if parent not in seen]
        seen.update(parents)
    return tuple(sorted(tops))
