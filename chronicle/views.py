"""Views: one way to look at the log, (at, known, recorded, policy), and what it answers.

A view is pinned to the head of the log when it is made: what is appended later does not change
its answers. One ruling is computed from the slot's claims; whole views under the default
policy, of the log as it stands, are read from the map.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from chronicle import answers, log
from chronicle.answers import Ruling
from chronicle.canonical import dumps
from chronicle.database import Database
from chronicle.errors import AmbiguousSlot, StoreBusy, UnknownId
from chronicle.ids import near
from chronicle.liveness import Topic
from chronicle.policies import BEST_KNOWN, Policy
from chronicle.ranking import Audience
from chronicle.reading import Name, Reader
from chronicle.rules import Rules
from chronicle.rulings import Verdict, rule
from chronicle.slots import Slot, Slots
from chronicle.testimony import normal

if TYPE_CHECKING:
    from chronicle.painting import Painted
    from chronicle.reasons import Explanation


@dataclass(frozen=True, slots=True)
class Scope:
    """What a view looks at: instants in seconds, a position of the log, a policy.

    The texts are what was asked for, to be shown.
    """

    at: int
    known: int
    until: int
    policy: Policy
    at_text: str
    known_text: str | None
    recorded_text: str | None
    at_given: bool
    """Whether `at` was asked for, or is simply now."""


class View:
    """Answers questions in one scope."""

    def __init__(
        self, database: Database, reader: Reader, scope: Scope, head: log.Head, *, latest: bool
    ) -> None:
        """Look through a reader in a scope; `head` is the log's at the scope's position.

        `latest` says that this is the log as it stands, which the map may answer for.
        """
        self._database = database
        self.scope = scope
        self.head = head
        self._mapped = latest and scope.policy == BEST_KNOWN
        self._reader = reader

    @property
    def reader(self) -> Reader:
        """Reads topics as far as this view looks."""
        return self._reader

    def as_dict(self) -> dict[str, Any]:
        """Return the view as JSON writes it."""
        scope = self.scope
        return {
            "at": scope.at_text,
            "known": scope.known_text,
            "recorded": scope.recorded_text,
            "policy": scope.policy.id,
            "head": self.head.size,
            "root": self.head.root.hex(),
        }

    def ruling(
        self,
        subject: str,
        name: str,
        qualifiers: Mapping[str, str] | None = None,
        value: str | None = None,
    ) -> Ruling:
        """Return the ruling for one slot; `value` names it where the cardinality is many.

        Without a value, a property of many values gives the one that is believed.
        `AmbiguousSlot` if several are; `UnknownId` for a subject or property unknown to the log.
        """
        with self._database.reading() as connection:
            bench = self._bench(connection, subject, name)
            wanted = self._reader.merges.merged(dumps(dict(qualifiers or {})).decode())
            if not bench.rules.many:
                return bench.ruling(Slot(wanted, ""))
            if value is not None:
                datatype = self._reader.properties[name].get("datatype", "text")
                plain = normal(value, datatype)
                merged = self._reader.merges.canonical(plain) if datatype == "entity" else plain
                return bench.ruling(Slot(wanted, merged))
            found = [slot for slot in bench.slots.all() if slot.qualifiers == wanted]
            rulings = [bench.ruling(slot) for slot in found]
        held = [one for one in rulings if one.claim is not None]
        if len(held) > 1:
            values = ", ".join(str(one.value) for one in held)
            raise AmbiguousSlot(f"{subject} {name} has several values ({values}): name one")
        return (held or rulings or [bench.ruling(Slot(wanted, ""))])[0]

    def rulings(
        self, subject: str, name: str, where: Mapping[str, str] | None = None
    ) -> list[Ruling]:
        """Return the rulings of every slot of a topic; one with value None if none is believed.

        `where` keeps the slots whose qualifiers hold these values.
        """
        with self._database.reading() as connection:
            bench = self._bench(connection, subject, name)
            slots = list(bench.slots.all())
            rulings = [bench.ruling(slot) for slot in slots]
        rulings = [one for one in rulings if _holds(one, where)]
        believed = [one for one in rulings if one.claim is not None]
        blank = [one for one in rulings if one.claim is None]
        found = believed or blank[:1] if bench.rules.many else believed + blank
        if found:
            return found
        return [bench.ruling(Slot(dumps(dict(where)).decode() if where else "", ""))]

    def state(self, subject: str | None = None, name: str | None = None) -> list[Ruling]:
        """Return what is believed: of a subject (also where it is the value), or everything.

        With a property, also its slots in which nothing is believed.
        """
        if subject is not None and name is not None:
            return self.rulings(subject, name)
        if subject is None:
            return self._everything()
        self.know(subject)
        canonical = self._reader.merges.canonical(subject)
        with self._database.reading() as connection:
            names = self._reader.names_about(connection, canonical)
            found = self._computed(connection, names)
        return [one for one in found if canonical in (one.subject, one.value)]

    def _everything(self) -> list[Ruling]:
        if self._mapped:
            painted = self._painted()
            if painted is not None:
                return painted
        with self._database.reading() as connection:
            return self._computed(connection, None)

    def _painted(self) -> list[Ruling] | None:
        """Return everything from the map, painted first where it waits; None if it cannot be."""
        from chronicle import painting  # noqa: PLC0415  # a single ruling starts faster

        with self._database.reading() as connection:
            caught_up = painting.position(connection) >= log.head(connection).size
            if caught_up and painting.is_painted(connection):
                return self._from_map(connection)
        try:
            with self._database.writing() as connection:
                painting.repaint(self._database, connection)
        except StoreBusy:
            return None  # another process is writing: rule on the fly instead of waiting
        with self._database.reading() as connection:
            return self._from_map(connection)

    def _from_map(self, connection: Connection) -> list[Ruling] | None:
        from chronicle import painting  # noqa: PLC0415  # a single ruling starts faster

        if painting.position(connection) != self.scope.until:
            return None
        rows = painting.believed(connection, self.scope.at, self.scope.known)
        details = self._reader.details(row.claim for row in rows if row.claim)
        return sorted((self._from_region(row, details) for row in rows), key=_order)

    def _from_region(self, row: Painted, details: Mapping[str, Any]) -> Ruling:
        def why() -> Explanation:
            with self._database.reading() as connection:
                bench = self._bench(connection, row.subject, row.property)
                return bench.explanation(Slot(row.qualifiers, row.slot_value))

        last = self.scope.at if row.horizon is None else row.horizon
        outcome = (row.value or "", row.standing, row.basis)
        claim = answers.said_in(details[row.claim or ""])
        return answers.believed(
            (row.subject, row.property), row.qualifiers, outcome, claim, last, why
        )

    def _computed(self, connection: Connection, names: Iterable[Name] | None) -> list[Ruling]:
        """Return what is believed in some topics, or in all, by the function itself."""
        rulings = []
        for name, topic in self._reader.topics(connection, names):
            bench = self.bench_of(name, topic)
            rulings += [bench.ruling(slot) for slot in bench.slots.all()]
        return sorted((one for one in rulings if one.claim is not None), key=_order)

    def bench(self, subject: str, name: str) -> Bench:
        """Return what rules on a topic in this scope."""
        with self._database.reading() as connection:
            return self._bench(connection, subject, name)

    def _bench(self, connection: Connection, subject: str, name: str) -> Bench:
        if name not in self._reader.properties:
            hints = near(name, self._reader.properties)
            raise UnknownId(name, hints, "property")
        canonical = self._reader.merges.canonical(subject)
        topic = self._reader.topic(connection, canonical, name)
        if not topic.testimonies:
            self.know(subject)
        return self.bench_of((canonical, name), topic)

    def bench_of(self, name: Name, topic: Topic) -> Bench:
        """Return what rules on a topic that was read, in this scope."""
        rules = self._reader.rules(name[1], self.scope.policy)
        return Bench(name, topic, rules, self.scope)

    def know(self, name: str) -> None:
        """Make sure that the log holds an id, as far as this view looks."""
        catalogue = self._reader.catalogue
        if catalogue.get(name) is None:
            raise UnknownId(name, near(name, catalogue.ids_like(name)))


class Bench:
    """Rules on the slots of one topic in one scope."""

    def __init__(self, name: Name, topic: Topic, rules: Rules, scope: Scope) -> None:
        """Take a topic and how its values behave."""
        self.name = name
        self.topic = topic
        self.rules = rules
        self.scope = scope
        self.slots = Slots(topic, rules.many)
        self._rooms: Mapping[Slot, Audience] | None = None

    def _audience(self, slot: Slot) -> Audience:
        if self._rooms is None:
            self._rooms = self.slots.audiences(self.scope.known, self.rules.policy)
        return self._rooms.get(slot) or Audience(policy=self.rules.policy)

    def qualifiers(self, slot: Slot) -> dict[str, str]:
        """Return the qualifiers of a slot as a mapping."""
        found: dict[str, str] = json.loads(slot.qualifiers) if slot.qualifiers else {}
        return found

    def verdict(self, slot: Slot) -> Verdict:
        """Return the verdict for a slot."""
        conflicts = self.topic.conflicts(self.scope.known)
        return rule(self._audience(slot), self.scope.at, self.rules, conflicts)

    def explanation(self, slot: Slot) -> Explanation:
        """Return why the verdict for a slot is as it is."""
        from chronicle.reasons import explain  # noqa: PLC0415  # a plain answer starts faster

        return explain(self._audience(slot), self.verdict(slot), self.scope.at, self.rules)

    def ruling(self, slot: Slot) -> Ruling:
        """Return the ruling for a slot."""
        verdict = self.verdict(slot)
        voice = verdict.voice

        def why() -> Explanation:
            return self.explanation(slot)

        if voice is None:
            return answers.nothing(self.name, slot.qualifiers, verdict.standing, why)
        last = self.scope.at if verdict.horizon is None else verdict.horizon
        outcome = (voice.value, verdict.standing, verdict.basis)
        claim = answers.said(self.topic.testimonies[voice.id])
        return answers.believed(self.name, slot.qualifiers, outcome, claim, last, why)


def _order(one: Ruling) -> tuple[str, str, list[tuple[str, str]], str]:
    return one.subject, one.property, sorted(one.qualifiers.items()), one.value or ""


def _holds(one: Ruling, where: Mapping[str, str] | None) -> bool:
    return all(one.qualifiers.get(name) == value for name, value in (where or {}).items())
