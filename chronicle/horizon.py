"""The horizon: what is only presumed, and where there is no answer at all.

A state is carried forward from the last day for which it was affirmed, its horizon. The longer
ago that is, the more it deserves another look; and where a slot had an answer and has none
any more, or none yet again, there is a gap to fill.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from chronicle.answers import Ruling
from chronicle.calendar import (
    DAY,
    Duration,
    add_duration,
    elapsed,
    parse_duration,
    write_duration,
    write_first,
    write_last,
)
from chronicle.database import Database
from chronicle.dates import parse
from chronicle.errors import BadQuestion, DateError
from chronicle.regions import row_at
from chronicle.rulings import Verdict
from chronicle.silences import Silence, silences
from chronicle.testimony import NONE
from chronicle.views import Bench, View


@dataclass(frozen=True, slots=True)
class Stale:
    """A ruling that is only presumed."""

    ruling: Ruling
    presumed_for: Duration
    """From the last day for which it was affirmed to the day asked about: months, then days."""
    days: int
    """The same in days."""

    def as_dict(self) -> dict[str, Any]:
        """Return the ruling as JSON writes it, with how long it is presumed."""
        length = {"presumed_for": write_duration(self.presumed_for), "days": self.days}
        return {**self.ruling.as_dict(), **length}


def stale(
    view: View,
    older_than: str | None = None,
    subject: str | None = None,
    name: str | None = None,
) -> list[Stale]:
    """Return what is believed but only presumed, that presumed longest first.

    Of everything, of a subject (also where it is the value) or of one of its properties.
    `older_than` (an ISO 8601 duration) keeps what was last affirmed longer ago: added to the end
    of the last day for which it was affirmed, it leads to before the date asked about.
    `BadQuestion` for what is no duration, `UnknownId` for an id that the log does not hold.
    """
    length = Duration() if older_than is None else _length(older_than)
    at = view.scope.at
    found = []
    for one in view.state(subject, name):
        if one.basis == "presumed" and one.last_affirmed is not None:
            last = parse(one.last_affirmed).last
            if add_duration(last, length) < at:
                found.append(Stale(one, elapsed(last, at), at // DAY - last // DAY))
    # The order of the slots stays where the days are the same.
    return sorted(found, key=lambda one: -one.days)


def _length(text: str) -> Duration:
    try:
        return parse_duration(text)
    except DateError as error:
        raise BadQuestion(f"--older-than: {error}") from error


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of valid time over which a slot has no answer, for one reason."""

    subject: str
    property: str
    qualifiers: Mapping[str, str]
    slot_value: str | None
    """The value that is part of the slot where the cardinality is many; else None."""
    first: int
    """The first second of the stretch."""
    last: int
    """Its last second, at most that of the date asked about."""
    lasts: bool
    """Whether it goes up to the date asked about."""
    standing: str
    """`ended`, `denied`, or `unknown`: it may be presumed no longer."""
    before: str | None
    """What was believed before; None where that is that there is no value."""
    before_claim: str
    after: str | None
    """What is believed after, in the same way; None also where there is no answer yet."""
    after_claim: str | None
    """The claim that the next answer rests on; None where there is none yet."""

    @builtins.property
    def days(self) -> int:
        """The number of days that it has a part in."""
        return self.last // DAY - self.first // DAY + 1

    @builtins.property
    def length(self) -> Duration:
        """The same in whole months, then days."""
        return elapsed(self.first, self.last + DAY)

    def as_dict(self) -> dict[str, Any]:
        """Return the gap as JSON writes it."""
        return {
            "subject": self.subject,
            "property": self.property,
            "qualifiers": dict(self.qualifiers),
            "slot_value": self.slot_value,
            "from": write_first(self.first),
            "to": write_last(self.last),
            "lasts": self.lasts,
            "gap": write_duration(self.length),
            "days": self.days,
            "standing": self.standing,
            "before": self.before,
            "before_claim": self.before_claim,
            "after": self.after,
            "after_claim": self.after_claim,
        }


def gaps(
    database: Database,
    view: View,
    subject: str | None = None,
    name: str | None = None,
    where: Mapping[str, str] | None = None,
) -> list[Gap]:
    """Return the stretches of valid time in which slots have no answer, slot by slot.

    Of everything, of a subject or of one of its properties; `where` keeps the slots whose
    qualifiers hold these values. A gap lies between the first answer that a slot has and the
    date of the view. A slot that never had an answer has no gaps. Where each value is a slot of
    its own, a gap is of that value: it says nothing of the others. `UnknownId` for an id or a
    property that the log does not hold.
    """
    wanted = view.reader.merges.meant(where or {}).items()
    with database.reading() as connection:
        found = [gap for one in _benches(connection, view, subject, name) for gap in _of_topic(one)]
    return sorted((one for one in found if wanted <= one.qualifiers.items()), key=_order)


def _order(one: Gap) -> tuple[str, str, list[tuple[str, str]], str]:
    return one.subject, one.property, sorted(one.qualifiers.items()), one.slot_value or ""


def _benches(
    connection: Connection, view: View, subject: str | None, name: str | None
) -> Iterator[Bench]:
    names = None
    if subject is not None and name is not None:
        yield view.bench(subject, name)
        return
    if subject is not None:
        view.know(subject)
        names = view.reader.names_of(connection, subject)
    for found, topic in view.reader.topics(connection, names):
        yield view.bench_of(found, topic)


def _of_topic(bench: Bench) -> Iterator[Gap]:
    """Yield the gaps of every slot of a topic, in order."""
    rules, scope = bench.rules, bench.scope
    row = row_at(bench.topic, rules.many, rules, scope.known)
    for one in silences(row, scope.at):
        yield _gap(bench, one)


def _gap(bench: Bench, one: Silence) -> Gap:
    before, before_claim = _answer(one.before)
    after, after_claim = (None, None) if one.after is None else _answer(one.after)
    return Gap(
        *bench.name,
        bench.qualifiers(one.slot),
        one.slot.value if bench.rules.many else None,
        one.first,
        one.last,
        one.last == bench.scope.at,
        one.standing,
        before,
        before_claim,
        after,
        after_claim,
    )


def _answer(verdict: Verdict) -> tuple[str | None, str]:
    voice = verdict.voice
    assert voice is not None  # an answer has a winner
    return (None if voice.value == NONE else voice.value), voice.id
