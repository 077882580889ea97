"""Policies: named orders of the criteria of rank.

Rank compares two affirmations at an instant criterion by criterion; the first that differs
decides. A policy only reorders the criteria: those that it leaves out follow in the order of
`best-known`, so that every policy decides every tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chronicle.errors import BadQuestion
from chronicle.ids import near

CRITERIA: Mapping[str, str] = {
    "band": "firm before weak before discounted",
    "preference": "preferred by an assessment",
    "basis": "attested before possible",
    "credibility": "Admiralty code 1 2 3 4 6 5",
    "corroboration": "number of independent origins among the firm claims of the same side",
    "start": "later first second (of an end: the end)",
    "assertion": "later last second of assertion",
    "id": "greater id",
}
"""The criteria of rank in the order of `best-known`, with what each prefers."""

EARLIEST = "first-assertion"
"""A criterion that only other policies use: earlier last second of assertion."""

_PLACES = {name: place for place, name in enumerate((*CRITERIA, EARLIEST))}


@dataclass(frozen=True, slots=True)
class Policy:
    """An order of criteria; `places` are their places in a key of `ranking`."""

    id: str
    criteria: tuple[str, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the criteria in the key, in this policy's order, the id always last."""
        named = [_PLACES[name] for name in self.criteria if name != "id"]
        rest = [_PLACES[name] for name in CRITERIA if name not in self.criteria and name != "id"]
        return (*named, *rest, _PLACES["id"])

    def name_of(self, place: int) -> str:
        """Return the name of the criterion at a place of the key."""
        return (*CRITERIA, EARLIEST)[place]


BEST_KNOWN = Policy("best-known", tuple(CRITERIA))
"""The default."""

BUILTIN: Mapping[str, Policy] = {
    policy.id: policy
    for policy in (
        BEST_KNOWN,
        Policy("latest-word", ("assertion", "band", "preference", "basis", "credibility")),
        Policy("most-corroborated", ("corroboration", "band", "preference", "basis")),
        Policy("first-report", (EARLIEST, "band", "preference", "basis", "credibility")),
    )
}
"""The policies that need no entry in the log."""


def check(criteria: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with a policy's criteria: unknown names, the same one twice.

    Each is (number of the criterion, what is wrong, what to do).
    """
    for number, name in enumerate(criteria):
        if name not in _PLACES:
            hints = near(name, _PLACES) or tuple(_PLACES)
            yield number, f"unknown criterion {name!r}", f"expected one of {', '.join(hints)}"
        elif name in criteria[:number]:
            yield number, f"criterion {name!r} stands twice", "name it once"


def find(name: str, recorded: Mapping[str, Sequence[str]]) -> Policy:
    """Return a policy by name: the recorded one, else the built-in; `BadQuestion` if unknown."""
    if name in recorded:
        return Policy(name, tuple(recorded[name]))
    if name in BUILTIN:
        return BUILTIN[name]
    known = sorted({*BUILTIN, *recorded})
    hints = near(name, known) or known
    raise BadQuestion(f"no policy {name!r}; did you mean {' or '.join(hints)}?")
