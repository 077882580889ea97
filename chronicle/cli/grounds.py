"""Grounds: why a slot is ruled on as it is, with every claim of the slot in its part.

Every claim that was ever made on a slot plays exactly one part: nothing that somebody said is
left unmentioned, however weak it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from chronicle.answers import Ruling
from chronicle.corroboration import Origin, by_origin, repeated
from chronicle.payloads import Payload
from chronicle.policies import CRITERIA, EARLIEST
from chronicle.reasons import BANDS, UNOPPOSED
from chronicle.slots import Slot
from chronicle.testimony import NONE, Testimony
from chronicle.views import Bench, View
from chronicle.voices import FIRM

WINNER, SUPPORTER, RIVAL = "winner", "supporter", "rival"
BESIDE = "beside"
"""Live, but neither for the winner's value nor against it: it denies another value, say."""
UNKNOWING = "does not know"
SET_ASIDE = "set aside"
"""Retracted, deprecated, displaced by a revision, or not yet said."""

_DECIDED = {
    **CRITERIA,
    "id": "all else is equal, the greater id",
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
    repeats: tuple[str, ...] = ()
    """Of the winner and its supporters: the claims of the same origins that came before."""

    recorded_of: str = ""
    """The subject that the claim names, where that is another id of the one asked about."""

    def as_dict(self) -> dict[str, Any]:
        """Return the exhibit as JSON writes it."""
        plain = {name: self.claim.get(name) for name in _FIELDS}
        flags = {name: self.claim.get(name, False) for name in ("denies", "none", "unknown")}
        more = {"weight": self.weight, "origins": list(self.origins), "reason": self.reason or None}
        more["repeats"] = list(self.repeats)
        return {"part": self.part, "claim": self.claim["id"], **plain, **flags, **more}


_FIELDS = (
    "subject",
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
    origins: tuple[Origin, ...] = ()
    """Who is behind the winner and its supporters, the first to speak first."""
    corroboration: int = 0
    """The number of independent origins as rank counts them: of the firm claims that affirm the
    winner's value at the date asked about; of a presumed one, where it was last affirmed."""

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
            "corroboration": self.corroboration,
            "origins": [
                {"origin": one.id, "claims": list(one.claims), "firm": one.firm}
                for one in self.origins
            ],
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
    asked = view.reader.merges.meant(where or {}).items()
    slots = [slot for slot in _slots(bench) if asked <= bench.qualifiers(slot).items()]
    if not slots:
        blank = view.rulings(subject, name, where)[:1]
        everything = [] if where else list(bench.topic.testimonies.values())
        return [_of(view, bench, ruling, everything) for ruling in blank]
    found = [
        replace(
            _of(view, bench, bench.ruling(slot), _spoken(bench, slot)),
            corroboration=_corroboration(bench, slot),
        )
        for slot in slots
    ]
    return sorted(found, key=lambda one: one.ruling.claim is None)


def _slots(bench: Bench) -> list[Slot]:
    """Return the slots of a topic, those too of which sources say only that they do not know."""
    slots = list(bench.slots.all())
    spoken = {item.qualifiers for item in bench.topic.testimonies.values()}
    unknown = spoken - {slot.qualifiers for slot in slots}
    return [*slots, *(Slot(qualifiers, "") for qualifiers in sorted(unknown))]


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
    origins = _origins(bench, items, parts)
    repeats = repeated(origins)
    exhibits = []
    for item in sorted(items, key=lambda item: (item.said_last, item.id)):
        part, reason = parts.get(item.id, ""), lost.get(item.id, "")
        if not part:
            part, reason = _aside(bench, item)
        claim, weight = view.reader.told(details[item.id]), _weight(bench, item)
        again = repeats.get(item.id, ())
        of = "" if claim["subject"] == bench.name[0] else claim["subject"]
        exhibits.append(Exhibit(part, claim, reason, weight, item.origins, again, of))
    conflicts = tuple(_conflicts(view, bench, details.keys()))
    return Grounds(ruling, tuple(exhibits), conflicts, origins)


def _origins(
    bench: Bench, items: Iterable[Testimony], parts: Mapping[str, str]
) -> tuple[Origin, ...]:
    """Return who is behind the winner and its supporters."""
    speaking = [item for item in items if parts.get(item.id) in (WINNER, SUPPORTER)]
    weights = {item.id: bench.topic.weigh(item, bench.scope.known) for item in speaking}
    return by_origin(speaking, {name for name, (band, _, _) in weights.items() if band == FIRM})


def _corroboration(bench: Bench, slot: Slot) -> int:
    """Return the corroboration of a winner as its rank counts it; 0 where nothing is believed."""
    verdict, audience = bench.verdict(slot), bench.audience(slot)
    if verdict.voice is None:
        return 0
    where = bench.scope.at if verdict.horizon is None else verdict.horizon
    return audience.corroboration(audience.affirming(where), verdict.voice.value, against=False)


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


def joining(view: View, found: Iterable[Grounds]) -> list[Payload]:
    """Return the merges by which subjects, values and qualifiers are one with other ids.

    Each has its `id`, `into`, `from` and `reason`.
    """
    names: dict[str, None] = {}
    for one in found:
        prop = view.reader.properties[one.ruling.property]
        exhibits = one.exhibits if prop.get("datatype") == "entity" else ()
        values = (exhibit.claim.get("value") for exhibit in exhibits)
        named = (one.ruling.subject, *one.ruling.qualifiers.values(), *values)
        names |= dict.fromkeys(name for name in named if name)
    merges = {one["id"]: one for name in names for one in view.reader.merges.joining(name)}
    return [{name: one.get(name) for name in _MERGE} for one in merges.values()]


_MERGE = ("id", "into", "from", "reason")


def ids_of(merge: Payload) -> str:
    """Return the ids that a merge joins, the one that it makes of them last."""
    return f"{', '.join(merge['from'])} = {merge['into']}"


def dissents(view: View, ruling: Ruling) -> list[Dissent]:
    """Return the conflicts in force that name the winner of a ruling."""
    bench = view.bench(ruling.subject, ruling.property)
    return [one for one in _conflicts(view, bench, {ruling.claim or ""}) if one.in_force]


def _conflicts(view: View, bench: Bench, named: AbstractSet[str]) -> Iterator[Dissent]:
    topic, known = bench.topic, bench.scope.known
    touching = [one for one in topic.bearing.conflicts if named & set(one.claims)]
    notes = view.reader.details(one.id for one in touching)
    in_force = {one.id for one in topic.in_force(known)}
    for one in touching:
        yield Dissent(one.id, tuple(one.claims), notes[one.id].get("note"), one.id in in_force)
