"""Impact: what would be concluded otherwise had some ids never been heard.

Two views are compared, one of which leaves the ids out (see `unheard`); both rule by the same
function. A view with a date of its own is compared at that date; one without, at every date: what
only one source tells of last January is missed in last January, and not today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle import counterfactual
from chronicle.database import Database
from chronicle.differences import Change
from chronicle.reading import Name
from chronicle.stretches import Seat, Stretch, seats, stretches
from chronicle.testimony import NONE
from chronicle.views import Bench, View

EFFECTS: Mapping[str, str] = {
    "flips": "another value is believed instead",
    "disputed": "the same value becomes disputed",
    "undisputed": "the same value is no longer disputed",
    "standing": "the same value has another standing",
    "appears": "something is believed where nothing was",
    "lost": "nothing is believed any more",
    "support": "the same is concluded, on other grounds",
}
"""What may become of a conclusion."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one conclusion."""

    effect: str
    """One of `EFFECTS`."""
    stretch: Stretch
    """Where along valid time; of a view with a date of its own, that instant."""
    at_every_date: bool
    """Whether every date was compared, or the view's own."""
    others: tuple[str, ...]
    """The claims that still support what was believed, somewhere in the stretch; it may be
    believed no more all the same."""

    @property
    def change(self) -> Change:
        """The rulings with everything heard and without the ids."""
        return self.stretch.change

    @property
    def unsupported(self) -> bool:
        """Whether what was believed has no other support."""
        return self.change.held is not None and not self.others

    def as_dict(self) -> dict[str, Any]:
        """Return the effect as JSON writes it; `from` and `to` where every date was compared."""
        told = self.stretch.as_dict()
        if not self.at_every_date:
            told |= {"from": None, "to": None}
        return {"effect": self.effect, **told, "other_support": list(self.others)}


@dataclass(frozen=True, slots=True)
class Impact:
    """All that would be concluded otherwise."""

    without: tuple[str, ...]
    falls: Mapping[str, tuple[str, ...]]
    """The records that fall, by kind; kinds of which none falls are left out."""
    effects: tuple[Effect, ...]
    """In the order of slots and of time."""
    stand: int
    """The slots in which some voice is not as it was, and every conclusion is: the same value
    with the same standing."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many slots each effect befalls.

        `unsupported` are those with no other support for something that was believed.
        """
        slots: dict[str, set[Any]] = {kind: set() for kind in (*EFFECTS, "unsupported")}
        for one in self.effects:
            slots[one.effect].add(one.change.key)
            if one.unsupported:
                slots["unsupported"].add(one.change.key)
        return {**{kind: len(found) for kind, found in slots.items()}, "stand": self.stand}

    def as_dict(self) -> dict[str, Any]:
        """Return what falls, and the counts, as JSON writes them."""
        falls = {kind: list(names) for kind, names in self.falls.items()}
        return {"without": list(self.without), "falls": falls, "counts": dict(self.counts)}


def impact(
    database: Database,
    view: View,
    ids: Sequence[str],
    subject: str | None = None,
    where: Mapping[str, str] | None = None,
    *,
    support: bool = False,
) -> Impact:
    """Return what a view would conclude otherwise had these ids never been heard.

    Of everything, or of a subject; `where` keeps the slots whose qualifiers hold these values.
    What is concluded alike, on other grounds, only with
    `support`: then every ruling is asked for its grounds. `UnknownId` for an id that the log
    does not hold, `BadQuestion` for one of a kind that says nothing.
    """
    if subject is not None:
        view.know(subject)
    without = view.without(*ids)
    fallen = without.reader.unheard
    assert fallen is not None  # what a view without something leaves out
    effects: list[Effect] = []
    stand = 0
    wanted = view.reader.merges.meant(where or {})
    with database.reading() as connection:
        touched = _about(counterfactual.touched(connection, without.reader), view, subject)
        for name, topic in view.reader.topics(connection, touched):
            before, after = view.bench_of(name, topic), view.bench_of(name, fallen.topic(topic))
            for pair in _pairs(before, after):
                if not wanted.items() <= before.qualifiers(pair[0].slot).items():
                    continue
                found = list(_effects(*pair, closely=support))
                telling = [one for one in found if one.effect != "support"]
                stand += _moved(*pair) and not telling
                effects += found if support else telling
    falls = {kind: tuple(sorted(names)) for kind, names in fallen.falls.items() if names}
    effects.sort(key=lambda one: (*one.change.key, one.stretch.first))
    return Impact(without.scope.without, falls, tuple(effects), stand)


def _about(names: Iterable[Name], view: View, subject: str | None) -> Iterable[Name]:
    """Return the topics of a subject, or all of them."""
    if subject is None:
        return names
    canonical = view.reader.merges.canonical(subject)
    return [name for name in names if name[0] == canonical]


def _pairs(before: Bench, after: Bench) -> Iterator[tuple[Seat, Seat]]:
    """Yield each slot of a topic in both views.

    Where nobody speaks of it any more, nothing is held; what nobody spoke of before is the slot
    of no value in particular, in which nothing can be believed.
    """
    along = not before.scope.at_given
    left = {one.slot: one for one in seats(after, along=along)}
    for seat in seats(before, along=along):
        yield seat, left.get(seat.slot, Seat(after, seat.slot, {}))


def _moved(before: Seat, after: Seat) -> bool:
    """Say whether some voice of a slot is not as it was."""
    voices = [seat.bench.audience(seat.slot).voices for seat in (before, after)]
    return voices[0] != voices[1]


def _effects(before: Seat, after: Seat, *, closely: bool) -> Iterator[Effect]:
    """Yield what becomes of the conclusions on a slot."""
    along = not before.bench.scope.at_given
    for one in stretches(before, after, along=along, closely=closely):
        yield Effect(_effect(one.change), one, along, _others(after, one))


def _effect(change: Change) -> str:
    held, holds = change.held, change.holds
    if holds is None:
        return "lost"
    if held is None or change.kind == "support":
        return change.kind
    if change.kind == "value":
        return "flips"
    if holds.standing == "disputed":
        return "disputed"
    return "undisputed" if held.standing == "disputed" else "standing"


def _others(after: Seat, one: Stretch) -> tuple[str, ...]:
    """Return the claims that still support what was believed, somewhere in a stretch.

    They are the live ones for that value that began by its end, and neither ended nor were
    updated before it.
    """
    held = one.change.held
    if held is None:
        return ()
    value = NONE if held.none else held.value
    voices = after.bench.audience(after.slot).voices.values()
    return tuple(
        sorted(
            voice.id
            for voice in voices
            if voice.value == value
            and not voice.denies
            and (voice.fixed or voice.first <= one.last)
            and one.first <= min(voice.end_last, voice.cut - 1)
        )
    )
