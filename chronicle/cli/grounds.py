"""Grounds: why a slot is ruled on as it is, with every claim of the slot in its part.

Every claim that was ever made on a slot plays exactly one part: nothing that somebody said is
left unmentioned, however weak it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from chronicle.answers import Ruling
from chronicle.payloads import Payload
from chronicle.policies import CRITERIA, EARLIEST
from chronicle.reasons import BANDS, UNOPPOSED
from chronicle.slots import Slot
from chronicle.testimony import NONE, Testimony
from chronicle.views import Bench, View

WINNER, SUPPORTER, RIVAL = "winner", "supporter", "rival"
BESIDE = "beside"
"""Live, but neither for the winner's value nor against it: it denies another value, say."""
UNKNOWING = "does not know"
SET_ASIDE = "set aside"
"""Retracted, deprecated, displaced by a revision, or not yet said."""

_DECIDED = {
    **CRITERIA,
    EARLIEST: "earlier last second of assertion",
    "affirmation": "it affirms this date, its rivals do not",
    "horizon": "it was affirmed last",
    "denial": "its rivals are denied",
    UNOPPOSED: "no live claim says otherwise",
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One claim, and the part that it plays in a ruling."""

    part: str
    claim: Payload
    reason: str
    """Why it lost, or why it does not count; "" where there is nothing to explain."""
    weight: str
    """Its band, with what an assessment made of its credibility."""
    origins: tuple[str, ...]
    """Who is behind it: what is said twice by one origin is said once."""

    def as_dict(self) -> dict[str, Any]:
        """Return the exhibit as JSON writes it."""
        plain = {name: self.claim.get(name) for name in _FIELDS}
        flags = {name: self.claim.get(name, False) for name in ("denies", "none", "unknown")}
        more = {"weight": self.weight, "origins": list(self.origins), "reason": self.reason or None}
        return {"part": self.part, "claim": self.claim["id"], **plain, **flags, **more}


_FIELDS = (
    "value",
    "valid",
    "valid_verbatim",
    "verbatim",
    "asserted",
    "source",
    "locator",
    "speaker",
    "via",
    "note",
)


@dataclass(frozen=True, slots=True)
class Dissent:
    """A conflict record that names claims of the slot."""

    id: str
    claims: tuple[str, ...]
    note: str | None
    in_force: bool
    """Not retracted, and all of its claims live."""

    def as_dict(self) -> dict[str, Any]:
        """Return the conflict as JSON writes it."""
        plain = {"id": self.id, "claims": list(self.claims), "note": self.note}
        return {**plain, "in_force": self.in_force}


@dataclass(frozen=True, slots=True)
class Grounds:
    """A ruling, and what it rests on."""

    ruling: Ruling
    exhibits: tuple[Exhibit, ...]
    conflicts: tuple[Dissent, ...]

    @property
    def decided(self) -> str:
        """The criterion that decided, in words; "" where nothing is believed."""
        name = self.ruling.decided_by or ""
        return _DECIDED.get(name, name)

    def having(self, part: str) -> list[Exhibit]:
        """Return the claims that play a part."""
        return [one for one in self.exhibits if one.part == part]

    def as_dict(self) -> dict[str, Any]:
        """Return the ruling as JSON writes it, with its grounds."""
        return {
            **self.ruling.as_dict(),
            "decided": self.decided or None,
            "claims": [one.as_dict() for one in self.exhibits],
            "conflicts": [one.as_dict() for one in self.conflicts],
        }


def grounds(
    view: View, subject: str, name: str, where: Mapping[str, str] | None = None
) -> list[Grounds]:
    """Return the grounds of every slot of a topic, those with a believed value first.

    `where` keeps the slots whose qualifiers hold these values. A topic of which no claim
    speaks has one ruling, that its value is unknown.
    """
    bench = view.bench(subject, name)
    slots = [slot for slot in bench.slots.all() if _holds(bench.qualifiers(slot), where)]
    if not slots:
        blank = view.rulings(subject, name, where)[:1]
        everything = [] if where else list(bench.topic.testimonies.values())
        return [_of(view, bench, ruling, everything) for ruling in blank]
    found = [_of(view, bench, bench.ruling(slot), _spoken(bench, slot)) for slot in slots]
    return sorted(found, key=lambda one: one.ruling.claim is None)


def _holds(qualifiers: Mapping[str, str], where: Mapping[str, str] | None) -> bool:
    return all(qualifiers.get(name) == value for name, value in (where or {}).items())


def _spoken(bench: Bench, slot: Slot) -> list[Testimony]:
    """Return the claims on a slot: where each value is a slot, those on its value or on none."""
    topic = bench.topic
    known = bench.scope.known
    return [
        item
        for item in topic.testimonies.values()
        if item.qualifiers == slot.qualifiers
        and (not slot.value or {item.value, topic.value(item, known)} & {slot.value, NONE})
    ]


def _of(view: View, bench: Bench, ruling: Ruling, items: Sequence[Testimony]) -> Grounds:
    lost = {rival.claim: rival.reason for rival in ruling.rivals}
    parts = dict.fromkeys(lost, RIVAL) | dict.fromkeys(ruling.supporters, SUPPORTER)
    if ruling.claim is not None:
        parts[ruling.claim] = WINNER
    details = view.reader.details(item.id for item in items)
    exhibits = [
        _exhibit(bench, item, details[item.id], parts.get(item.id, ""), lost.get(item.id, ""))
        for item in sorted(items, key=lambda item: (item.said_last, item.id))
    ]
    return Grounds(ruling, tuple(exhibits), tuple(_conflicts(view, bench, details.keys())))


def _exhibit(bench: Bench, item: Testimony, payload: Payload, part: str, reason: str) -> Exhibit:
    if not part:
        part, reason = _aside(bench, item)
    return Exhibit(part, payload, reason, _weight(bench, item), item.origins)


def _aside(bench: Bench, item: Testimony) -> tuple[str, str]:
    """Return the part of a claim that is neither for a ruling nor against it, and why."""
    topic, known = bench.topic, bench.scope.known
    out = topic.withdrawn(item, known) or topic.displaced(item, known)
    if out:
        return SET_ASIDE, out
    if item.unknown:
        return UNKNOWING, ""
    if topic.value(item, known) != item.value:
        return SET_ASIDE, f"restated, now for {topic.value(item, known)}"
    if item.denies:
        return BESIDE, "denies another value"
    if item.value == NONE:
        return BESIDE, "says that there is none"
    return BESIDE, "does not contradict it"


def _weight(bench: Bench, item: Testimony) -> str:
    band, preferred, credibility = bench.topic.weigh(item, bench.scope.known)
    judged = "" if credibility == item.credibility else f", was {item.credibility}"
    words = f"{BANDS[band]} ({credibility}{judged})"
    return f"preferred, {words}" if preferred else words


def dissents(view: View, ruling: Ruling) -> list[Dissent]:
    """Return the conflicts in force that name the winner of a ruling."""
    bench = view.bench(ruling.subject, ruling.property)
    return [one for one in _conflicts(view, bench, {ruling.claim or ""}) if one.in_force]


def _conflicts(view: View, bench: Bench, named: AbstractSet[str]) -> Iterator[Dissent]:
    topic, known = bench.topic, bench.scope.known
    touching = [one for one in topic.bearing.conflicts if named & set(one.claims)]
    notes = view.reader.details(one.id for one in touching)
    in_force = topic.conflicts(known)
    for one in touching:
        stands = topic.bearing.retraction_of(one.id, known) is None and in_force >= set(one.claims)
        yield Dissent(one.id, tuple(one.claims), notes[one.id].get("note"), stands)
