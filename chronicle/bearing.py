"""What bears on claims from outside them: retractions, assessments, conflicts.

Retractions and assessments take effect at the last second of their own `asserted`; a
retraction as erratum counts at every known date. A retracted retraction has no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar


class Retraction(NamedTuple):
    """A retraction as reasoning sees it."""

    id: str
    target: str
    erratum: bool
    said_last: int


class Assessment(NamedTuple):
    """An assessment as reasoning sees it; "" and 0 where it says nothing."""

    id: str
    target: str
    rank: str
    credibility: int
    said_last: int


class Conflict(NamedTuple):
    """Claims that cannot all hold."""

    id: str
    claims: tuple[str, ...]


_Aimed = TypeVar("_Aimed", Retraction, Assessment)


@dataclass(frozen=True)
class Bearing:
    """Every retraction, assessment and conflict that may touch some claims."""

    retractions: Sequence[Retraction] = ()
    assessments: Sequence[Assessment] = ()
    conflicts: Sequence[Conflict] = ()

    @cached_property
    def _retracted_by(self) -> Mapping[str, Sequence[Retraction]]:
        return _by_target(self.retractions)

    @cached_property
    def _assessed_by(self) -> Mapping[str, Sequence[Assessment]]:
        return _by_target(self.assessments)

    def retraction_of(self, target: str, known: int) -> Retraction | None:
        """Return the retraction of that id in effect at a known instant, if there is one."""
        for retraction in self._retracted_by.get(target, ()):
            begun = retraction.erratum or known >= retraction.said_last
            if begun and self.retraction_of(retraction.id, known) is None:
                return retraction
        return None

    def assessed(self, claim: str, known: int) -> tuple[str, int]:
        """Return (rank, credibility) as judged by then, "" and 0 where nothing was judged.

        Rank and credibility each follow the latest assessment in effect that states it, the
        greater id on a tie.
        """
        rank, credibility = "", 0
        for assessment in self._assessed_by.get(claim, ()):
            if known < assessment.said_last or self.retraction_of(assessment.id, known):
                continue
            rank = assessment.rank or rank
            credibility = assessment.credibility or credibility
        return rank, credibility

    def instants(self) -> Iterable[tuple[int, str]]:
        """Yield (known instant, id it touches in the end) of each effect that has an instant.

        A retraction of a retraction touches what the first one retracted, and so on.
        """
        judged: list[Retraction | Assessment] = [*self.assessments, *self.retractions]
        aims = {item.id: item.target for item in judged}
        for item in judged:
            if isinstance(item, Retraction) and item.erratum:
                continue
            target = item.target
            while target in aims:
                target = aims[target]
            yield item.said_last, target


def _by_target(items: Iterable[_Aimed]) -> Mapping[str, Sequence[_Aimed]]:
    groups: dict[str, list[_Aimed]] = {}
    for item in sorted(items, key=lambda item: (item.said_last, item.id)):
        groups.setdefault(item.target, []).append(item)
    return groups


NOTHING = Bearing()
"""Nothing bears on the claims."""
