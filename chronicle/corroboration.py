"""Corroboration: who is behind the claims for a value, and who only repeats whom.

An origin is the speaker of a claim, else the first who relayed it, else each of the sources that
its source goes back to. What one origin says is one witness, however often and wherever it is
said; what several say each for himself is several.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from chronicle.testimony import Testimony


class Origin(NamedTuple):
    """One who is behind some claims."""

    id: str
    """The speaker, relay or source, after merges."""
    claims: tuple[str, ...]
    """The claims that go back to it, in the order in which they were said."""
    firm: bool
    """Whether any of them is firm: only then does it count as corroboration."""


def by_origin(items: Iterable[Testimony], firm: Container[str]) -> tuple[Origin, ...]:
    """Return the origins of some claims, the first to speak first; `firm` names firm claims.

    A claim that goes back to several origins stands under each of them.
    """
    found: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda one: (one.said_first, one.said_last, one.id)):
        for origin in item.origins:
            found.setdefault(origin, []).append(item.id)
    return tuple(
        Origin(origin, tuple(claims), any(claim in firm for claim in claims))
        for origin, claims in found.items()
    )


def repeated(origins: Iterable[Origin]) -> Mapping[str, tuple[str, ...]]:
    """Return the claims that each claim repeats: of each of its origins what that said first.

    A claim that is itself the first of all its origins repeats none, and is left out.
    """
    found: dict[str, dict[str, None]] = {}
    for origin in origins:
        first, *others = origin.claims
        for claim in others:
            found.setdefault(claim, {})[first] = None
    return {claim: tuple(firsts) for claim, firsts in found.items()}
