"""Splits: what hangs on the policy and not on the evidence, and the criterion that parts it.

Two views of the same claims under two policies are compared. Where they conclude otherwise, in
value or standing, each tells by which criterion its winner came before that of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from chronicle.answers import Ruling
from chronicle.differences import Change, about, between
from chronicle.reasons import ahead
from chronicle.views import View


class Deciding(NamedTuple):
    """What decided under one policy."""

    criterion: str | None
    """A criterion of rank, or what else decides a ruling; None where nothing is believed."""
    reason: str
    """How the winner of the other policy lost by it; "" where that did not stand against it."""


@dataclass(frozen=True, slots=True)
class Split:
    """A slot that two policies do not conclude alike."""

    change: Change
    before: Deciding
    """Under the first policy."""
    after: Deciding
    """Under the second."""

    def as_dict(self) -> dict[str, Any]:
        """Return the split as JSON writes it."""
        sides = {"before": self.before._asdict(), "after": self.after._asdict()}
        return {**self.change.as_dict(), "decided": sides}


def splits(before: View, after: View, subject: str | None = None) -> Iterator[Split]:
    """Yield the slots that two views conclude otherwise, in order: all, or those of a subject."""
    found = between(before, after) if subject is None else about(before, after, subject)
    for change in found:
        if change.kind != "support":
            first = _deciding(before, change, change.before, change.after)
            yield Split(change, first, _deciding(after, change, change.after, change.before))


def _deciding(view: View, change: Change, own: Ruling | None, other: Ruling | None) -> Deciding:
    if own is None or own.claim is None:
        return Deciding(None, "")
    beaten = other.claim if other is not None else None
    if beaten is not None:
        bench = view.bench(change.subject, change.property)
        audience, verdict = bench.audience(change.slot), bench.verdict(change.slot)
        criterion, reason = ahead(audience, verdict, view.scope.at, bench.rules, beaten)
        if criterion:
            return Deciding(criterion, reason)
    return Deciding(own.decided_by, "")
