"""What came: the records that came between two views of a topic.

A record counts in a view if its log holds it and it had been said, a claim less until its
`asserted` is over; a retraction or an assessment that is itself retracted does not. What counts
for more in the later view than in the earlier came between them. A claim that was entered by
mistake never does, as no known date ever held it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from chronicle.bearing import Assessment, Bearing, Retraction
from chronicle.bulk import portions
from chronicle.calendar import write_day
from chronicle.differences import Change
from chronicle.errors import UnknownId
from chronicle.liveness import Topic
from chronicle.schema import entry
from chronicle.steps import Step, judging, saying
from chronicle.testimony import NONE, Testimony
from chronicle.trace import assessed, effects
from chronicle.views import View

_CHUNK = 500


class Came:
    """What came between two views, topic by topic."""

    def __init__(self, connection: Connection, before: View, after: View) -> None:
        """Take two views; the second is the later on every clock."""
        self._connection = connection
        self._before = before
        self._after = after
        self._kept: _Topical | None = None

    @property
    def _grown(self) -> bool:
        """Whether the log of the later view holds more."""
        return self._after.scope.until > self._before.scope.until

    def about(self, change: Change) -> tuple[Step, ...]:
        """Return what came that bears on a slot, each record once, in no order."""
        asked = self._after.reader.merges.canonical(change.subject), change.property
        if self._kept is None or self._kept.name != asked:
            # The slots of a topic are asked for one after the other.
            self._kept = self._came(*asked)
        elsewhere = self._kept.records - _of_slot(self._kept.topic, change)
        return tuple(step for step in self._kept.steps if step.record not in elsewhere)

    def _came(self, subject: str, name: str) -> _Topical:
        topic = self._after.bench(subject, name).topic
        found = {step.record: step for step in self._steps(subject, name, topic)}
        return _Topical((subject, name), topic, tuple(found.values()))

    def _steps(self, subject: str, name: str, topic: Topic) -> Iterator[Step]:
        yield from self._of_topic(topic)
        if topic.bearing.conflicts:
            yield from self._conflicts(subject, name, topic)
        if self._grown:
            yield from self._joined(subject, topic)
            if self._before.scope.policy != self._after.scope.policy:
                yield self._judged(self._after.scope.policy.id, "orders anew", None)

    def _conflicts(self, subject: str, name: str, topic: Topic) -> Iterator[Step]:
        """Yield the conflicts that came into force, and what came of the topics that share one."""
        now = topic.conflicts(self._after.scope.known)
        then = self._then_in_conflict(subject, name)
        for conflict in topic.bearing.conflicts:
            if now.issuperset(conflict.claims) and not then.issuperset(conflict.claims):
                yield self._judged(conflict.id, "cannot all hold", " ".join(conflict.claims))
        if now != then:
            for other in topic.foreign:
                yield from self._of_topic(other)

    def _then_in_conflict(self, subject: str, name: str) -> frozenset[str]:
        merges = self._after.reader.merges
        found: set[str] = set()
        for member in sorted(merges.members(subject)):
            try:
                topic = self._before.bench(member, name).topic
            except UnknownId:
                continue
            found |= topic.conflicts(self._before.scope.known)
        return frozenset(found)

    def _of_topic(self, topic: Topic) -> Iterator[Step]:
        """Yield the claims of a topic that came, and what came of what bears on them."""
        judged: list[Retraction | Assessment] = [
            *topic.bearing.retractions,
            *topic.bearing.assessments,
        ]
        names = [*topic.testimonies, *(one.id for one in judged)]
        was, now = (_Count(view, topic.bearing, names) for view in (self._before, self._after))
        yield from self._claims(topic, was, now)
        for one in judged:
            if now.judges(one) and not was.judges(one):
                yield self._judgement(one)

    def _judgement(self, one: Retraction | Assessment) -> Step:
        known = write_day(one.said_last)
        if isinstance(one, Assessment):
            payload = self._after.reader.details([one.id])[one.id]
            return self._judged(one.id, assessed(payload), one.target, known)
        if one.erratum:
            return self._judged(one.id, "entered by mistake", one.target)
        return self._judged(one.id, "withdrawn", one.target, known)

    def _claims(self, topic: Topic, was: _Count, now: _Count) -> Iterator[Step]:
        came = {
            item.id: was.counts(item)
            for item in topic.testimonies.values()
            if now.counts(item) > was.counts(item)
        }
        if not came:
            return
        some = next(iter(topic.testimonies))
        prop = self._after.reader.properties[now.held[some]["property"]]
        many = prop.get("cardinality") == "many"
        for item, effect, about in effects(topic, now.held, now.known, many=many):
            if item.id in came:
                begun = came[item.id] > 0 and was.known >= item.said_first
                day = item.said_last if begun else min(item.said_day, now.known)
                yield replace(saying(now.held[item.id], effect, about), known=write_day(day))

    def _judged(self, name: str, effect: str, about: str | None, known: str | None = None) -> Step:
        """Return the step of a record that is no claim."""
        return judging(self._after.reader.details([name])[name], effect, about, known)

    def _joined(self, subject: str, topic: Topic) -> Iterator[Step]:
        """Yield the merges that came, of ids that the topic has to do with."""
        names = {subject}
        for item in topic.testimonies.values():
            names.update((item.value, *item.origins))
            if item.qualifiers:
                names.update(json.loads(item.qualifiers).values())
        merges = self._after.reader.merges
        records = [record for name in sorted(names) for record in merges.judgements(name)]
        old = self._before.reader.details(record["id"] for record in records)
        for record in records:
            if record["id"] not in old:
                ids = " ".join((*record["from"], record["into"]))
                yield self._judged(record["id"], record.get("judgement", "same"), ids)

    def recorded(self, names: Iterable[str]) -> Mapping[str, str]:
        """Return when the log took records in; what an event states, with the event."""
        wanted = set(names)
        moments = self._moments(wanted)
        stated = self._after.reader.details(wanted - moments.keys())
        events = {name: one["event"] for name, one in stated.items() if "event" in one}
        of_events = self._moments(events.values())
        return moments | {name: of_events[event] for name, event in events.items()}

    def _moments(self, names: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for some in portions(set(names), _CHUNK):
            query = select(entry.c.id, entry.c.recorded_at).where(entry.c.id.in_(some))
            found |= {row.id: row.recorded_at for row in self._connection.execute(query)}
        return found


class _Topical(NamedTuple):
    """What came of one topic."""

    name: tuple[str, str]
    topic: Topic
    steps: tuple[Step, ...]

    @property
    def records(self) -> set[str]:
        """Every record of the topic: its claims, and what bears on them."""
        bearing = self.topic.bearing
        judged = (bearing.retractions, bearing.assessments, bearing.conflicts)
        return {*self.topic.testimonies, *(one.id for some in judged for one in some)}


def _of_slot(topic: Topic, change: Change) -> set[str]:
    """Return the records of a topic that bear on one slot.

    They are its claims and those that revise them or are revised by them, and so on; and what
    retracts or assesses these, their sources and events, or that again.
    """
    items = topic.testimonies
    values = (change.slot_value, NONE)
    waiting = [
        item.id
        for item in items.values()
        if item.qualifiers == change.slot.qualifiers
        and (change.slot_value is None or item.value in values)
    ]
    claims: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in items and name not in claims:
            claims.add(name)
            waiting += [items[name].revises, *(one.id for one in topic.revisers.get(name, ()))]
    aims = claims | {one for name in claims for one in (items[name].source, items[name].stated_by)}
    found = claims | {one.id for one in topic.bearing.conflicts if claims & {*one.claims}}
    judged = {one.id: one.target for one in topic.bearing.retractions}
    judged |= {one.id: one.target for one in topic.bearing.assessments}
    while more := {name for name, aim in judged.items() if aim in aims} - found:
        found |= more
        aims |= more
    return found


class _Count:
    """What counts in a view, of the claims of a topic and of what bears on them."""

    def __init__(self, view: View, bearing: Bearing, names: Iterable[str]) -> None:
        self.known = view.scope.known
        self.held = view.reader.details(names)
        self._bearing = Bearing(
            [one for one in bearing.retractions if one.id in self.held],
            [one for one in bearing.assessments if one.id in self.held],
        )

    def counts(self, item: Testimony) -> int:
        """Return 0 for a claim that does not count, 1 while it is being said, 2 in full."""
        if item.id not in self.held or self.known < item.said_first:
            return 0
        return 1 if self.known < item.said_last else 2

    def judges(self, one: Retraction | Assessment) -> bool:
        """Say whether a retraction or assessment is in effect."""
        if one.id not in self.held or self._bearing.retraction_of(one.id, self.known) is not None:
            return False
        return self.known >= one.said_last
