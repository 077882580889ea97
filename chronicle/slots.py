"""Slots: what claims compete for, and the voices that speak for each.

A slot is a subject, a property and qualifiers, and the value too where the property's
cardinality is many: then each value is ruled on by itself, and a claim that there is `none`
denies every value; where nobody names one, the slot of no value in particular.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from chronicle.liveness import Topic
from chronicle.policies import BEST_KNOWN, Policy
from chronicle.ranking import Audience
from chronicle.testimony import NONE
from chronicle.voices import Voice


class Slot(NamedTuple):
    """A slot of a topic."""

    qualifiers: str
    """Canonical JSON, "" for none."""
    value: str
    """The normal form of the value where the cardinality is many; "" where it is one, and
    where claims name no value at all."""


class Slots:
    """The slots of one topic, and which voice speaks where. Never changes."""

    def __init__(self, topic: Topic, many: bool) -> None:
        """Take a topic and whether its property may have many values at once."""
        self.topic = topic
        self.many = many

    @cached_property
    def _values(self) -> Mapping[str, set[str]]:
        """The values that any claim names, by qualifiers; "" where claims only say none."""
        found: dict[str, set[str]] = {}
        for item in self.topic.testimonies.values():
            if not item.unknown:
                named = found.setdefault(item.qualifiers, set())
                named.update(() if item.value == NONE else (item.value,))
        return {qualifiers: named or {""} for qualifiers, named in found.items()}

    def all(self) -> Iterator[Slot]:
        """Yield every slot that some claim speaks of, in order."""
        if not self.many:
            names = sorted({item.qualifiers for item in self.topic.testimonies.values()})
            yield from (Slot(name, "") for name in names)
            return
        for name in sorted(self._values):
            yield from (Slot(name, value) for value in sorted(self._values[name]))

    def speaking(self, claim: str, known: int) -> Iterator[tuple[Slot, Voice]]:
        """Yield where and how a claim speaks at a known instant; nothing if it is not live."""
        voice = self.topic.voice(claim, known)
        if voice is None:
            return
        qualifiers = self.topic.testimonies[claim].qualifiers
        if not self.many:
            yield Slot(qualifiers, ""), voice
        elif voice.value != NONE:
            yield Slot(qualifiers, voice.value), voice
        elif not voice.denies:
            denial = self.topic.voice(claim, known, denying=True)
            for value in sorted(self._values.get(qualifiers, ())):
                if denial is not None:
                    yield Slot(qualifiers, value), denial._replace(value=value)

    def audiences(
        self, known: int, policy: Policy = BEST_KNOWN, only: Iterable[Slot] | None = None
    ) -> Mapping[Slot, Audience]:
        """Return the voices of each slot (or of some) at a known instant."""
        wanted = self.all() if only is None else only
        rooms: dict[Slot, list[Voice]] = {slot: [] for slot in wanted}
        for claim in self.topic.testimonies:
            for slot, voice in self.speaking(claim, known):
                if slot in rooms:
                    rooms[slot].append(voice)
        return {slot: Audience(voices, policy) for slot, voices in rooms.items()}
