"""Preview: what an append changes in what is best known, seen before it is written for good.

Two views are compared inside the transaction of the append: of the log without the new records,
and with them. Only the topics that the new records touch are, and each along all of valid time,
with everything ever said: what is said of last January changes last January, and not today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import product
from typing import Any

from sqlalchemy import Connection

from chronicle.answers import Ruling
from chronicle.canonical import dumps
from chronicle.database import Database
from chronicle.differences import KINDS
from chronicle.reach import reach
from chronicle.reading import Name
from chronicle.slots import Slot
from chronicle.stretches import Seat, Stretch, same, seats, stretches
from chronicle.views import Bench, View

MOST = 20
"""The stretches that a preview holds at most."""

_ALONG = 2000
"""The claims whose topics are compared along all of valid time; further ones at the present."""

_ENOUGH = 20_000
"""The claims after which no further topics are compared: a preview is to be a matter of seconds."""

_LARGE = 200
"""The claims of a topic beyond which it is compared at the present alone."""

_CHUNK = 200
"""Topics that are read at a time."""

_GROUNDS = "support"
"""The kind of change in which the same is concluded on other grounds."""

_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an append changes in the best-known view. It outlives the transaction."""

    stretches: tuple[Stretch, ...]
    """The most telling ones, at most `MOST`, by slot and time; none of kind `support`."""
    more: int
    """How many further ones there are."""
    counts: Mapping[str, int]
    """In how many slots there is a change of each kind; kinds of which there is none left out."""
    roughly: int
    """The topics that were compared at the present alone, because they are so many, or the
    claims in them."""
    unseen: int = 0
    """The topics that were not compared at all, because there are so many more."""

    def as_dict(self) -> dict[str, Any]:
        """Return the preview as JSON writes it."""
        changed = [one.as_dict() for one in self.stretches]
        bounds = {"roughly": self.roughly, "unseen": self.unseen}
        return {"stretches": changed, "more": self.more, "counts": dict(self.counts), **bounds}


Foreseen = Callable[[Preview], None]
"""Is given what an append changes, before it is written for good."""


def preview(database: Database, before: View, after: View) -> Preview:
    """Return what changes from a view of the log to the same view of a longer one."""
    with database.reading() as connection:
        comparison = _Comparison(connection, before, after)
        comparison.compare(reach(connection, before.reader, after.reader))
    return comparison.preview()


class _Ids:
    """Which ids are one entity in either view: what a merge joins or parts is compared."""

    def __init__(self, before: View, after: View) -> None:
        self._merges = before.reader.merges, after.reader.merges
        self.any = any(self._merges)
        self._clusters: dict[str, frozenset[str]] = {}

    def members(self, name: str) -> frozenset[str]:
        """Return every id that is one with an id in either view, or with one that is."""
        found = self._clusters.get(name)
        if found is None:
            members, waiting = {name}, {name}
            while waiting:
                joined = {
                    one
                    for each in waiting
                    for merges in self._merges
                    for one in merges.members(each)
                }
                waiting = joined - members
                members |= joined
            found = frozenset(members)
            self._clusters |= dict.fromkeys(members, found)
        return found

    def one(self, name: str) -> str:
        """Return the id that stands for an id and all that are one with it."""
        return min(self.members(name)) if self.any else name

    def slot(self, bench: Bench, slot: Slot, *, of_entities: bool) -> Slot:
        """Return a slot in which ids that are one are named alike."""
        if not self.any or slot == _PLAIN:
            return slot
        named = {name: self.one(value) for name, value in bench.qualifiers(slot).items()}
        value = self.one(slot.value) if of_entities else slot.value
        return Slot(dumps(named).decode() if named else "", value)


class _Comparison:
    """Compares two views topic by topic, and keeps what changes most."""

    def __init__(self, connection: Connection, before: View, after: View) -> None:
        self._connection = connection
        self._views = before, after
        self._ids = _Ids(before, after)
        self._kept: list[Stretch] = []
        self._found = 0
        self._counts = dict.fromkeys(KINDS, 0)
        self._claims = 0
        self._roughly = 0
        self._unseen = 0

    def compare(self, topics: Iterable[Name]) -> None:
        """Compare the topics, some at a time."""
        wanted = sorted({(self._ids.one(subject), name) for subject, name in topics})
        for start in range(0, len(wanted), _CHUNK):
            if self._claims >= _ENOUGH:
                self._unseen = len(wanted) - start
                break
            some = wanted[start : start + _CHUNK]
            olds, news = (self._benches(view, some) for view in self._views)
            found = [
                each for one in some for each in self._topic(olds.get(one, ()), news.get(one, ()))
            ]
            self._found += len(found)
            self._kept = nsmallest(MOST, [*self._kept, *found], key=_telling)

    def _benches(self, view: View, topics: Iterable[Name]) -> Mapping[Name, list[Bench]]:
        """Return what rules on each topic in a view; on several where their ids are apart."""
        reader = view.reader
        names = {
            (reader.merges.canonical(member), name): (subject, name)
            for subject, name in topics
            if name in reader.properties
            for member in self._ids.members(subject)
        }
        found: dict[Name, list[Bench]] = {}
        for name, topic in reader.topics(self._connection, names):
            if topic.testimonies:
                found.setdefault(names[name], []).append(view.bench_of(name, topic))
        return found

    def _topic(self, olds: Sequence[Bench], news: Sequence[Bench]) -> Iterator[Stretch]:
        """Yield the stretches of a topic that tell more than other grounds; count them all."""
        claims = max((len(bench.topic.testimonies) for bench in (*olds, *news)), default=0)
        along = claims <= _LARGE and self._claims < _ALONG
        self._claims += claims
        self._roughly += not along
        before, after = self._seats(olds, along=along), self._seats(news, along=along)
        for slot, seats_now in after.items():
            pairs = product(before.get(slot) or (None,), seats_now)
            found = [one for pair in pairs for one in self._stretches(*pair, along=along)]
            for kind in {one.change.kind for one in found}:
                self._counts[kind] += 1
            yield from (one for one in found if one.change.kind != _GROUNDS)

    def _seats(self, benches: Iterable[Bench], *, along: bool) -> Mapping[Slot, list[Seat]]:
        found: dict[Slot, list[Seat]] = {}
        for bench in benches:
            for seat in seats(bench, along=along):
                of_entities = self._of_entities(bench)
                slot = self._ids.slot(bench, seat.slot, of_entities=of_entities)
                found.setdefault(slot, []).append(seat)
        return found

    def _of_entities(self, bench: Bench) -> bool:
        """Say whether the values of a topic are entities."""
        properties = self._views[1].reader.properties
        return properties[bench.name[1]].get("datatype") == "entity"

    def _stretches(self, before: Seat | None, after: Seat, *, along: bool) -> Iterator[Stretch]:
        def renamed(ruling: Ruling) -> Ruling:
            """Return what was held, under the ids of the later view."""
            value, bench = ruling.value, after.bench
            if value is not None and self._of_entities(bench):
                value = self._views[1].reader.merges.canonical(value)
            qualifiers = bench.qualifiers(after.slot)
            return replace(ruling, subject=bench.name[0], qualifiers=qualifiers, value=value)

        return stretches(before, after, along=along, renamed=renamed if self._ids.any else same)

    def preview(self) -> Preview:
        """Return what was found; its rulings know why they are so, before the log is as it was."""
        for one in self._kept:
            for ruling in (one.change.before, one.change.after):
                if ruling is not None:
                    _ = ruling.decided_by
        counts = {kind: count for kind, count in self._counts.items() if count}
        more = self._found - len(self._kept)
        kept = tuple(sorted(self._kept, key=_order))
        return Preview(kept, more, counts, self._roughly, self._unseen)


_PLAIN = Slot("", "")


def _telling(one: Stretch) -> tuple[Any, ...]:
    return _RANKS[one.change.kind], *_order(one)


def _order(one: Stretch) -> tuple[Any, ...]:
    return *one.change.key, one.first
