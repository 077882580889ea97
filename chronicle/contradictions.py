"""Contradictions: what merges make disputed that was not so while their ids stood apart.

Two readings of the same log are compared along valid time, one of which lacks the merges; both
are ruled on by the same function. Where the one entity is disputed and none of its parts was,
the merges made it so. They may be right all the same: then the sources contradict each other
about one entity, which nobody could see before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, or_, select

from chronicle.answers import Ruling
from chronicle.bulk import portions
from chronicle.calendar import BEGINNING, write_first, write_last
from chronicle.database import Database
from chronicle.merges import Merges
from chronicle.reading import Name
from chronicle.reasons import Rival
from chronicle.regions import row_at
from chronicle.schema import claim
from chronicle.slots import Slot
from chronicle.testimony import unpack
from chronicle.views import Bench, View

_Stretch = tuple[int, int]
"""The first and the last second of a stretch of valid time."""

_CHUNK = 500

_FEW = 50
"""Ids up to which a database is asked for qualifiers by their names."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A slot that merges make disputed, over a stretch of valid time."""

    merges: tuple[str, ...]
    """The merge records that make it so."""
    first: int
    """The first second of the stretch; `BEGINNING` where it has none, as on a fixed property."""
    last: int
    """The last second of the stretch; `FOREVER` where it has none."""
    ruling: Ruling
    """The ruling at the first second of the stretch; of one without beginning, at the view's
    date."""
    against: tuple[Rival, ...]
    """Its rivals there that were of another slot before; all its rivals, where none was."""

    def as_dict(self) -> dict[str, Any]:
        """Return the contradiction as JSON writes it."""
        bounds = {"from": write_first(self.first), "to": write_last(self.last)}
        head = {"merges": list(self.merges), **bounds}
        return {**head, **self.ruling.as_dict(), "against": [one.claim for one in self.against]}


def contradictions(database: Database, view: View, merges: Collection[str]) -> list[Contradiction]:
    """Return what some merge records make disputed, in the order of the slots and of time.

    The view's `known` counts and its `at` does not: all of valid time is looked at. Topics are
    looked at in which a claim names a joined id as its subject, its value or a qualifier. A
    judgement that ids are distinct, or that another one overrules, makes none.
    """
    together = view.reader.merges
    apart = together.without(merges)
    joined = together.members_unlike(apart)
    if not joined:
        return []
    before = View(database, view.reader.parted(merges), view.scope, view.head, latest=False)
    with database.reading() as connection:
        names = _naming(connection, joined, view.scope.until)
        now = list(_disputed(connection, view, names))
        topics = {one.key[:2] for one in now}
        parts = [one for one in names if (together.canonical(one[0]), one[1]) in topics]
        was: dict[_Key, list[_Stretch]] = {}
        for one in _disputed(connection, before, parts):
            was.setdefault(_merged(one.key, together, view), []).extend(one.stretches)
        return [
            _contradiction(view, apart, one, stretch, merges)
            for one in now
            for stretch in _outside(one.stretches, was.get(one.key, ()))
        ]


class _Key(NamedTuple):
    """A slot by all its names."""

    subject: str
    property: str
    slot: Slot


class _Disputed(NamedTuple):
    """The stretches of valid time over which a slot is disputed."""

    key: _Key
    bench: Bench
    stretches: list[_Stretch]


def _naming(connection: Connection, ids: AbstractSet[str], until: int) -> set[Name]:
    """Return the topics of claims that name one of some ids, as recorded."""
    plain = select(claim.c.subject, claim.c.property).where(claim.c.position <= until)
    found: set[Name] = set()
    for some in portions(ids, _CHUNK):
        query = plain.where(or_(claim.c.subject.in_(some), claim.c.entity.in_(some)))
        found.update((row.subject, row.property) for row in connection.execute(query.distinct()))
    # Qualifiers are JSON within the JSON of a packed testimony.
    holds = claim.c.testimony.contains
    query = plain.add_columns(claim.c.testimony).where(holds('"{\\"', autoescape=True))
    if len(ids) <= _FEW:
        query = query.where(or_(*(holds(f'"{name}\\"', autoescape=True) for name in sorted(ids))))
    for row in connection.execute(query.execution_options(yield_per=2000)):
        qualifiers = unpack(row.testimony).qualifiers or "{}"
        if not ids.isdisjoint(orjson.loads(qualifiers).values()):
            found.add((row.subject, row.property))
    return found


def _disputed(connection: Connection, view: View, names: Iterable[Name]) -> Iterator[_Disputed]:
    """Yield the slots of some topics that are disputed anywhere along valid time, in order."""
    canonical = view.reader.merges.canonical
    own = sorted({(canonical(subject), name) for subject, name in names})
    for name, topic in view.reader.topics(connection, own):
        if len(topic.testimonies) < 2 and not topic.bearing.conflicts:
            continue  # nobody speaks against a claim that is alone
        bench = view.bench_of(name, topic)
        found: dict[Slot, list[_Stretch]] = {}
        for region in row_at(topic, bench.rules.many, bench.rules, view.scope.known):
            if region.verdict.standing == "disputed":
                found.setdefault(region.slot, []).append((region.valid_from, region.valid_to))
        for slot in sorted(found):
            yield _Disputed(_Key(*name, slot), bench, found[slot])


def _merged(key: _Key, merges: Merges, view: View) -> _Key:
    """Return the slot that a slot became when ids were joined."""
    value = key.slot.value
    if view.reader.properties[key.property].get("datatype") == "entity":
        value = merges.canonical(value)
    slot = Slot(merges.merged(key.slot.qualifiers), value)
    return _Key(merges.canonical(key.subject), key.property, slot)


def _outside(stretches: Iterable[_Stretch], others: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield what of some stretches lies in none of the others; neighbours are joined."""
    last: _Stretch | None = None
    for piece in sorted(_pieces(stretches, sorted(others))):
        if last is not None and last[1] + 1 == piece[0]:
            last = last[0], piece[1]
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _pieces(stretches: Iterable[_Stretch], others: Collection[_Stretch]) -> Iterator[_Stretch]:
    for first, last in stretches:
        begin = first
        for start, end in others:
            if end < begin or start > last:
                continue
            if start > begin:
                yield begin, start - 1
            begin = end + 1
        if begin <= last:
            yield begin, last


def _contradiction(
    view: View, apart: Merges, one: _Disputed, stretch: _Stretch, merges: Collection[str]
) -> Contradiction:
    first, last = stretch
    bench = one.bench if first == BEGINNING else one.bench.at(first)
    ruling = bench.ruling(one.key.slot)
    return Contradiction(
        tuple(_blamed(view, ruling, merges)),
        first,
        last,
        ruling,
        tuple(_against(bench, one.key.slot, _elsewhere(view, apart, ruling))) or ruling.rivals,
    )


def _against(bench: Bench, slot: Slot, rivals: Iterable[Rival]) -> Iterator[Rival]:
    """Yield the rivals that speak at a bench's instant, or where its winner was last affirmed.

    Those too whose inner part meets the winner's: nothing since has settled that.
    """
    verdict, at = bench.verdict(slot), bench.scope.at
    winner, voices = verdict.voice, bench.audience(slot).voices
    assert winner is not None  # what is disputed is believed
    instants = {at, at if verdict.horizon is None else verdict.horizon}
    for rival in rivals:
        voice = voices[rival.claim]
        inner = max(voice.inner_from, winner.inner_from), min(voice.inner_to, winner.inner_to)
        meets = inner[0] <= inner[1] and voice.first <= at <= voice.end_last
        if meets or any(voice.level(one) or voice.end_level(one) for one in instants):
            yield rival


def _elsewhere(view: View, apart: Merges, ruling: Ruling) -> Iterator[Rival]:
    """Yield the rivals that were of another slot than the winner while the ids stood apart."""
    claims = view.reader.details([ruling.claim or "", *(one.claim for one in ruling.rivals)])
    many = view.reader.properties[ruling.property].get("cardinality") == "many"

    def place(name: str) -> tuple[object, ...]:
        one = claims[name]
        value = apart.canonical(one.get("value", "")) if many else ""
        return apart.canonical(one["subject"]), apart.meant(one.get("qualifiers", {})), value

    yield from (one for one in ruling.rivals if place(one.claim) != place(ruling.claim or ""))


def _blamed(view: View, ruling: Ruling, merges: Collection[str]) -> Iterator[str]:
    """Yield those of some merges that join what a ruling is about; all, if none can be told."""
    rivals = (rival.value for rival in ruling.rivals)
    names = dict.fromkeys((ruling.subject, ruling.value, *ruling.qualifiers.values(), *rivals))
    records = (record for name in names if name for record in view.reader.merges.joining(name))
    joining = {record["id"] for record in records}.intersection(merges)
    yield from (name for name in merges if name in joining or not joining)
