"""Views: one way to look at the log, (at, known, recorded, policy), and what it answers.

A view is pinned to the head of the log when it is made: what is appended later does not change
its answers. One ruling is computed from the slot's claims; whole views under the default
policy, of the log as it stands, are read from the map.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from chronicle import answers, log
from chronicle.answers import Ruling
from chronicle.canonical import dumps
from chronicle.database import Database
from chronicle.errors import AmbiguousSlot, UnknownId
from chronicle.ids import near
from chronicle.liveness import Topic
from chronicle.payloads import Payload
from chronicle.ranking import Audience
from chronicle.reading import Name, Reader
from chronicle.references import THINGS
from chronicle.rules import Rules
from chronicle.rulings import Verdict, rule
from chronicle.scopes import Scope, instant
from chronicle.slots import Slot, Slots
from chronicle.testimony import normal

if TYPE_CHECKING:
    from chronicle.painting import Painted
    from chronicle.reasons import Explanation


class View:
    """Answers questions in one scope."""

    def __init__(
        self,
        database: Database,
        reader: Reader,
        scope: Scope,
        head: log.Head,
        *,
        latest: bool,
        heard: View | None = None,
    ) -> None:
        """Look through a reader in a scope; `head` is the log's at the scope's position.

        `latest` says that this is the log as it stands, which the map may answer for; `heard`
        is the same view with nothing left out, where this one leaves something out.
        """
        self._database = database
        self.scope = scope
        self.head = head
        self._latest = latest
        self._mapped = latest and scope.policy == reader.default
        self._reader = reader
        self._heard = heard

    @property
    def database(self) -> Database:
        """Where the log is that this view looks at."""
        return self._database

    @property
    def reader(self) -> Reader:
        """Reads topics as far as this view looks."""
        return self._reader

    def looking(self, at: str | None = None, known: str | None = None) -> View:
        """Return a view of the same log at other dates; a date left out stays as it is."""
        scope = self.scope
        if at is not None:
            scope = replace(scope, at=instant(at, "at"), at_text=at, at_given=True)
        if known is not None:
            scope = replace(scope, known=instant(known, "known"), known_text=known)
        heard = None if self._heard is None else self._heard.looking(at, known)
        return View(
            self._database, self._reader, scope, self.head, latest=self._latest, heard=heard
        )

    def earlier(self, position: int) -> View:
        """Return the same view of the log as it was when it ended at a position."""
        with self._database.reading() as connection:
            head = log.head_at(connection, position)
        names = self.scope.without
        scope = replace(self.scope, until=position, recorded_text=f"#{position}", without=())
        reader = Reader(self._database, position)
        view = View(self._database, reader, scope, head, latest=False)
        return view.without(*names) if names else view

    def without(self, *ids: str) -> View:
        """Return the same view had these ids never been heard: sources, speakers, claims ...

        What falls with them is told in `unheard`. `UnknownId` for an id that the log does not
        hold, `BadQuestion` for one of a kind that says nothing.
        """
        from chronicle import counterfactual  # noqa: PLC0415  # other views start faster

        heard = self._heard or self
        names = tuple(dict.fromkeys((*self.scope.without, *ids)))
        with self._database.reading() as connection:
            fallen = counterfactual.unheard(connection, heard.reader, names)
        reader, scope = heard.reader.without(fallen), replace(self.scope, without=names)
        return View(self._database, reader, scope, self.head, latest=False, heard=heard)

    def as_dict(self) -> dict[str, Any]:
        """Return the view as JSON writes it."""
        scope = self.scope
        left_out = {"without": list(scope.without)} if scope.without else {}
        return {
            "at": scope.at_text,
            "known": scope.known_text,
            "recorded": scope.recorded_text,
            "policy": scope.policy.id,
            "head": self.head.size,
            "root": self.head.root.hex(),
            **left_out,
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
        wanted = self._reader.merges.meant(where or {})
        rulings = [one for one in rulings if wanted.items() <= one.qualifiers.items()]
        believed = [one for one in rulings if one.claim is not None]
        blank = [one for one in rulings if one.claim is None]
        found = believed or blank[:1] if bench.rules.many else believed + blank
        if found:
            return found
        return [bench.ruling(Slot(dumps(wanted).decode() if wanted else "", ""))]

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
        if self._heard is not None:
            return self._amended(self._heard)
        if self._mapped:
            painted = self._painted()
            if painted is not None:
                return painted
        with self._database.reading() as connection:
            return self._computed(connection, None)

    def _amended(self, heard: View) -> list[Ruling]:
        """Return everything: ruled on anew where something fell, else as it was."""
        from chronicle import counterfactual  # noqa: PLC0415  # as above

        with self._database.reading() as connection:
            touched = counterfactual.touched(connection, self._reader)
            anew = self._computed(connection, touched)
        as_it_was = (one for one in heard.state() if (one.subject, one.property) not in touched)
        return sorted([*anew, *as_it_was], key=slot_order)

    def _painted(self) -> list[Ruling] | None:
        """Return everything from the map, painted first where it waits; None if it cannot be."""
        from chronicle import painting  # noqa: PLC0415  # a single ruling starts faster

        with self._database.reading() as connection:
            behind = painting.position(connection) < log.head(connection).size
            behind = behind or not painting.is_painted(connection)
        if behind:
            self._database.store(lambda connection: painting.repaint(self._database, connection))
        with self._database.reading() as connection:
            return self._from_map(connection)

    def _from_map(self, connection: Connection) -> list[Ruling] | None:
        from chronicle import painting  # noqa: PLC0415  # a single ruling starts faster

        if painting.position(connection) != self.scope.until or not painting.is_painted(connection):
            return None
        rows = painting.believed(connection, self.scope.at, self.scope.known)
        details = self._reader.details(row.claim for row in rows if row.claim)
        return sorted((self._from_region(row, details) for row in rows), key=slot_order)

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
        return sorted((one for one in rulings if one.claim is not None), key=slot_order)

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

    def know(self, name: str, kinds: tuple[str, ...] = THINGS) -> Payload:
        """Return the record of an id, as far as this view looks.

        `UnknownId` names near matches: those of the kinds that would do, or of any if none.
        """
        record = self._reader.catalogue.get(name)
        if record is None:
            raise UnknownId(name, self._reader.catalogue.near(name, kinds))
        return record


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

    def at(self, instant: int) -> Bench:
        """Return what rules on the topic at another instant, known the same."""
        bench = Bench(self.name, self.topic, self.rules, replace(self.scope, at=instant))
        bench._rooms = self._opened()
        return bench

    def _opened(self) -> Mapping[Slot, Audience]:
        if self._rooms is None:
            self._rooms = self.slots.audiences(self.scope.known, self.rules.policy)
        return self._rooms

    def audience(self, slot: Slot) -> Audience:
        """Return the voices of a slot."""
        return self._opened().get(slot) or Audience(policy=self.rules.policy)

    def qualifiers(self, slot: Slot) -> dict[str, str]:
        """Return the qualifiers of a slot as a mapping."""
        found: dict[str, str] = json.loads(slot.qualifiers) if slot.qualifiers else {}
        return found

    def verdict(self, slot: Slot) -> Verdict:
        """Return the verdict for a slot."""
        conflicts = self.topic.conflicts(self.scope.known)
        return rule(self.audience(slot), self.scope.at, self.rules, conflicts)

    def explanation(self, slot: Slot) -> Explanation:
        """Return why the verdict for a slot is as it is."""
        from chronicle.reasons import explain  # noqa: PLC0415  # a plain answer starts faster

        verdict = self.verdict(slot)
        explained = explain(self.audience(slot), verdict, self.scope.at, self.rules)
        winner = verdict.voice.id if verdict.voice else ""
        return explained._replace(in_conflict=self.topic.disputing(winner, self.scope.known))

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


def slot_order(one: Ruling) -> tuple[str, str, list[tuple[str, str]], str]:
    """Return what whole views are sorted by: the slot of a ruling."""
    return one.subject, one.property, sorted(one.qualifiers.items()), one.value or ""
