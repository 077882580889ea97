"""Liveness: which claims of a topic speak in a view, and with what weight.

A topic is a subject and a property: all the claims that may revise each other. A claim is live
when its assertion window has begun and it is neither retracted, nor deprecated, nor displaced
by a revision. A live claim becomes a `Voice` (see `voices`).

Revisions take effect at the last second of their own `asserted`. An update silences the old
claim from the instant the new state is certain to have begun (on a fixed property it displaces
it); a correction displaces it; a restatement makes it speak for the new claim's value while
the new one is live. Only a weaker band, a retraction or a deprecation undoes a revision: a
revising claim that is itself revised goes on displacing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from chronicle.bearing import NOTHING, Bearing, Conflict
from chronicle.calendar import FOREVER
from chronicle.testimony import Testimony
from chronicle.voices import DISCOUNTED, FIRM, WEAK, Voice, voice_of


class Topic:
    """The claims of one subject and property, with all that bears on them. Never changes."""

    def __init__(
        self,
        testimonies: Iterable[Testimony],
        bearing: Bearing = NOTHING,
        foreign: Iterable[Topic] = (),
    ) -> None:
        """Take the claims, what bears on them, and the topics that share a conflict with it."""
        self.testimonies: Mapping[str, Testimony] = {item.id: item for item in testimonies}
        self.bearing = bearing
        self._judged = bool(bearing.retractions or bearing.assessments)
        self.foreign = tuple(foreign)

    @cached_property
    def revisers(self) -> Mapping[str, Sequence[Testimony]]:
        """The claims that revise each claim."""
        found: dict[str, list[Testimony]] = {}
        for item in self.testimonies.values():
            if item.revises:
                found.setdefault(item.revises, []).append(item)
        return found

    def weigh(self, item: Testimony, known: int) -> tuple[int, bool, int]:
        """Return (band, preferred, credibility) of a claim at a known instant.

        Firm: credibility 1 to 3 and modality stated, or preferred. Discounted: credibility 5
        otherwise. Weak: all else.
        """
        rank, judged = self.bearing.assessed(item.id, known) if self._judged else ("", 0)
        credibility = judged or item.credibility
        if rank == "preferred":
            return FIRM, True, credibility
        if credibility == 5:
            return DISCOUNTED, False, credibility
        firm = credibility <= 3 and item.modality == "stated"
        return (FIRM if firm else WEAK), False, credibility

    def withdrawn(self, item: Testimony, known: int) -> str:
        """Say what took a claim out, other than a revision: a reason, or "" for nothing."""
        if known < item.said_first:
            return "not yet said"
        if not self._judged:
            return ""
        for target in (item.id, item.source, item.stated_by):
            retraction = self.bearing.retraction_of(target, known) if target else None
            if retraction is not None:
                how = "entered by mistake" if retraction.erratum else "withdrawn"
                return f"{how} ({retraction.id})"
        if self.bearing.assessed(item.id, known)[0] == "deprecated":
            return "deprecated"
        return ""

    def revising(self, item: Testimony, known: int) -> Iterable[Testimony]:
        """Yield the claims whose revision of this one is in effect."""
        for reviser in self.revisers.get(item.id, ()):
            in_effect = known >= reviser.said_last and not self.withdrawn(reviser, known)
            if in_effect and self.weigh(reviser, known)[0] >= self.weigh(item, known)[0]:
                yield reviser

    def displaced(self, item: Testimony, known: int) -> str:
        """Say which revision displaced a claim: a reason, or "" for none."""
        for reviser in self.revising(item, known):
            if reviser.revision == "correction":
                return f"corrected by {reviser.id}"
            if reviser.revision == "update" and item.fixed:
                return f"updated by {reviser.id}"
        return ""

    def is_live(self, claim: str, known: int) -> bool:
        """Say whether a claim of this topic is live at a known instant."""
        item = self.testimonies.get(claim)
        if item is None or self.withdrawn(item, known):
            return False
        return not self.displaced(item, known)

    def value(self, item: Testimony, known: int) -> str:
        """Return the value that a claim supports: that of a live claim that restates it."""
        while True:
            restated = [
                reviser
                for reviser in self.revising(item, known)
                if reviser.revision == "restatement" and self.is_live(reviser.id, known)
            ]
            if not restated:
                return item.value
            item = max(restated, key=lambda one: (one.said_last, one.id))

    def voice(self, claim: str, known: int, denying: bool = False) -> Voice | None:
        """Return how a claim speaks at a known instant; None where it is not live.

        A claim whose source does not know (`unknown`) is shown but never speaks. `denying`
        reads a claim that there is no value as the denial that it is for each value.
        """
        item = self.testimonies[claim]
        if denying:
            item = item._replace(denies=True)
        if item.unknown or self.withdrawn(item, known):
            return None
        if not item.revises and claim not in self.revisers:
            return voice_of(item, item.value, self.weigh(item, known), known)
        if self.displaced(item, known):
            return None
        cut = min(
            (one.span.begun for one in self.revising(item, known) if one.revision == "update"),
            default=FOREVER,
        )
        return voice_of(item, self.value(item, known), self.weigh(item, known), known, cut)

    def in_force(self, known: int) -> Iterator[Conflict]:
        """Yield the conflicts in force: not retracted, and all of their claims live."""
        for conflict in self.bearing.conflicts:
            if self.bearing.retraction_of(conflict.id, known) is None and all(
                any(topic.is_live(claim, known) for topic in (self, *self.foreign))
                for claim in conflict.claims
            ):
                yield conflict

    def conflicts(self, known: int) -> frozenset[str]:
        """Return the claims of the conflicts in force."""
        return frozenset(claim for one in self.in_force(known) for claim in one.claims)

    def disputing(self, claim: str, known: int) -> tuple[str, ...]:
        """Return the conflicts in force that name a claim, in the order of their ids."""
        return tuple(sorted(one.id for one in self.in_force(known) if claim in one.claims))
