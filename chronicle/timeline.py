"""Timelines: events in the order of their best-known dates, precision shown as it is.

An event is on the timeline of a view where its own record is live (said by then; neither it nor
its source retracted), or where a live claim gives it a date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from chronicle import log
from chronicle.calendar import BEGINNING, FOREVER
from chronicle.database import Database
from chronicle.dates import Date, parse
from chronicle.errors import BadQuestion, DateError
from chronicle.liveness import Topic
from chronicle.payloads import Payload
from chronicle.reading import Name
from chronicle.rulings import Verdict
from chronicle.slots import Slot
from chronicle.testimony import NONE
from chronicle.upcasts import climb
from chronicle.views import Bench, View
from chronicle.voices import Voice

_ABOUT_EVENTS = ("when", "place", "participant")

_BATCH = 500
"""Events that are read together."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a view knows it."""

    event: str
    title: str
    summary: str | None
    when: str | None
    """The best-known date, EDTF as written; None where none is known."""
    first: int | None
    last: int | None
    """Its bounds in seconds, as in `calendar`."""
    precision: str | None
    place: str | None
    participants: tuple[tuple[str, str], ...]
    """(entity, role) pairs; the role may be ""."""
    standing: str
    """Of the date: `settled`, `disputed`, ... as a ruling's."""
    claim: str | None
    source: str
    """Of the event's own record; where that is not live, of the claim that dates it."""
    others: tuple[str, ...]
    """The dates that live rival claims give."""
    dates: Mapping[str, tuple[str, ...]]
    """Every date that is given, the best known first, with the sources that give it."""

    def as_dict(self) -> dict[str, Any]:
        """Return the happening as JSON writes it, without its bounds in seconds."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        del plain["first"], plain["last"]
        plain["participants"] = [
            {"entity": entity, "role": role or None} for entity, role in self.participants
        ]
        dates = [{"when": when, "sources": list(sources)} for when, sources in self.dates.items()]
        return plain | {"others": list(self.others), "dates": dates}


def timeline(
    database: Database,
    view: View,
    start: str | None = None,
    end: str | None = None,
    about: str | None = None,
) -> list[Happening]:
    """Return the events that a view knows, in order of date.

    `start` and `end` (EDTF) keep those that may have happened between them; an undated event
    then falls away, else it stands last. `about` keeps those that an entity took part in, that
    happened there or within it, or that claims about it are linked to; or the one event named.
    """
    after = BEGINNING if start is None else _bound(start, "from").first
    before = FOREVER if end is None else _bound(end, "to").last
    with database.reading() as connection:
        records = log.of_kind(connection, "event", view.scope.until)
        benches = _benches(view, view.reader.topics(connection, properties=_ABOUT_EVENTS))
        known = _known(view, connection, list(records), benches)
        linked = None if about is None else _linked(view, connection, about)
    whole = start is None and end is None
    kept = [
        one
        for one in known
        if (whole and one.first is None)
        or (
            one.first is not None
            and one.last is not None
            and one.first <= before
            and one.last >= after
        )
    ]
    if linked is not None:
        kept = [one for one in kept if linked(one)]
    return sorted(kept, key=_order)


def happenings(
    view: View, connection: Connection, only: Collection[str] | None = None
) -> Iterator[Happening]:
    """Yield the same events (or some of them) in the order of their ids, never holding all."""
    reader = view.reader
    merged = reader.merges.merged_ids
    found = reader.of_kind(connection, "event", only)
    alone = (one for one in found if one.id not in merged)
    asked = merged if only is None else merged.intersection(only)
    joined = sorted({reader.merges.canonical(name) for name in asked})
    while batch := [climb(one.record()) for one in islice(alone, _BATCH)]:
        records, last = batch, batch[-1]["id"]
        while joined and joined[0] < last:
            records = records + _members(view, joined.pop(0))
        yield from _in_order(view, connection, records)
    for name in joined:
        yield from _in_order(view, connection, _members(view, name))


def _members(view: View, event: str) -> list[Payload]:
    """Return the records of the events that are one; none if the id stands for no event."""
    found = view.reader.catalogue.load(view.reader.merges.members(event))
    return [one for _, one in sorted(found.items()) if one["kind"] == "event"]


def _in_order(view: View, connection: Connection, records: list[Payload]) -> list[Happening]:
    canonical = view.reader.merges.canonical
    names = [
        (event, name)
        for event in sorted({canonical(one["id"]) for one in records})
        for name in _ABOUT_EVENTS
    ]
    benches = _benches(view, view.reader.topics(connection, names))
    return sorted(_known(view, connection, records, benches), key=lambda one: one.event)


def _known(
    view: View,
    connection: Connection,
    records: list[Payload],
    benches: Mapping[str, dict[str, Bench]],
) -> list[Happening]:
    """Return those of the events that the view knows, with what rules on each of them."""
    return [
        _happening(report, benches.get(name, {}))
        for name, report in _events(view, connection, records).items()
        if report.live or _is_dated(view, benches.get(name, {}))
    ]


def _order(one: Happening) -> tuple[int, int, str]:
    first = FOREVER if one.first is None else one.first
    return first, FOREVER if one.last is None else one.last, one.event


def _bound(text: str, option: str) -> Date:
    try:
        return parse(text)
    except DateError as error:
        raise BadQuestion(f"--{option}: {error}") from error


class _Report(NamedTuple):
    """An event's record, and whether it is live in a view. `event` is its id after merges."""

    event: str
    record: Payload
    live: bool


def _events(view: View, connection: Connection, records: list[Payload]) -> Mapping[str, _Report]:
    """Return one report of each event, by id; of merged events a live one, if there is one.

    Of several the one under the common id, else the smallest.
    """
    known, canonical = view.scope.known, view.reader.merges.canonical
    targets = {name for one in records for name in (one["id"], one["source"])}
    bearing = view.reader.bearing(connection, targets)

    def is_live(one: Payload) -> bool:
        retracted = any(bearing.retraction_of(name, known) for name in (one["id"], one["source"]))
        said = view.reader.hears(one["id"]) and parse(one["asserted"]).first <= known
        return said and not retracted

    reports = [_Report(canonical(one["id"]), one, is_live(one)) for one in records]
    reports.sort(key=lambda one: (not one.live, one.record["id"] != one.event, one.record["id"]))
    found: dict[str, _Report] = {}
    for report in reports:
        found.setdefault(report.event, report)
    return found


def _benches(view: View, topics: Iterable[tuple[Name, Topic]]) -> Mapping[str, dict[str, Bench]]:
    """Return what rules on the date, place and participants of each event."""
    found: dict[str, dict[str, Bench]] = {}
    for name, topic in topics:
        if topic.testimonies:
            found.setdefault(name[0], {})[name[1]] = view.bench_of(name, topic)
    return found


def _is_dated(view: View, benches: Mapping[str, Bench]) -> bool:
    """Say whether a live claim gives a date."""
    if "when" not in benches:
        return False
    topic = benches["when"].topic
    voices = (topic.voice(claim, view.scope.known) for claim in topic.testimonies)
    return any(one is not None and not one.denies and one.value != NONE for one in voices)


def _happening(report: _Report, benches: Mapping[str, Bench]) -> Happening:
    event, source = report.record, report.record["source"]
    when, standing, claim = None, "unknown", None
    dates: dict[str, dict[str, None]] = {}
    if "when" in benches:
        slot = Slot("", "")
        verdict = benches["when"].verdict(slot)
        standing = verdict.standing
        if verdict.voice is not None and verdict.voice.value != NONE:
            when, claim = parse(verdict.voice.value), verdict.voice.id
            dates = _dates(benches["when"], verdict.voice, slot)
            if not report.live:
                source = benches["when"].topic.testimonies[claim].source
    return Happening(
        report.event,
        event["title"],
        event.get("summary"),
        when.text if when else None,
        when.first if when else None,
        when.last if when else None,
        when.precision if when else None,
        _place(benches),
        tuple(_participants(benches)),
        standing,
        claim,
        source,
        tuple(dates)[1:],
        {date: tuple(sources) for date, sources in dates.items()},
    )


def _dates(bench: Bench, winner: Voice, slot: Slot) -> dict[str, dict[str, None]]:
    """Return the sources of each date that live claims give; the winner's first."""
    told = bench.explanation(slot)
    given = [(winner.id, winner.value), *((name, winner.value) for name in told.supporters)]
    given += [
        (one.claim, one.value)
        for one in told.rivals
        if not one.denies and one.value and one.value != NONE
    ]
    dates: dict[str, dict[str, None]] = {}
    for name, date in given:
        dates.setdefault(date, {})[bench.topic.testimonies[name].source] = None
    return dates


def _place(benches: Mapping[str, Bench]) -> str | None:
    verdict = benches["place"].verdict(Slot("", "")) if "place" in benches else None
    return _value(verdict) if verdict is not None else None


def _value(verdict: Verdict) -> str | None:
    voice = verdict.voice
    return None if voice is None or voice.value == NONE else voice.value


def _participants(benches: Mapping[str, Bench]) -> Iterable[tuple[str, str]]:
    bench = benches.get("participant")
    if bench is None:
        return
    for slot in bench.slots.all():
        value = _value(bench.verdict(slot))
        if value is not None:
            yield value, bench.qualifiers(slot).get("role", "")


def _linked(view: View, connection: Connection, about: str) -> Callable[[Happening], bool]:
    """Return the test whether an event has to do with an entity or is the event named."""
    view.know(about)
    wanted = view.reader.merges.canonical(about)
    names = view.reader.names_about(connection, wanted)
    events = _events_of(view, connection, names)

    def is_linked(one: Happening) -> bool:
        if one.event in events or one.event == wanted:
            return True
        if any(entity == wanted for entity, _ in one.participants):
            return True
        seen: set[str] = set()
        place = one.place
        while place is not None and place not in seen:
            if place == wanted:
                return True
            seen.add(place)
            place = view.reader.container(place)
        return False

    return is_linked


def _events_of(view: View, connection: Connection, names: Iterable[Name]) -> frozenset[str]:
    """Return the events that the claims of some topics are linked to."""
    plain = [name for name in names if name[1] not in _ABOUT_EVENTS]
    claims = [
        claim for _, topic in view.reader.topics(connection, plain) for claim in topic.testimonies
    ]
    details = view.reader.details(claims)
    canonical = view.reader.merges.canonical
    return frozenset(canonical(one["event"]) for one in details.values() if "event" in one)
