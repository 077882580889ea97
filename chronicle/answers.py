"""Answers: a ruling as readers get it, with the winning claim's own words."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from chronicle.calendar import write_day
from chronicle.payloads import Payload
from chronicle.testimony import NONE, Testimony

if TYPE_CHECKING:
    from chronicle.reasons import Explanation, Rival


@dataclass(frozen=True)
class Ruling:
    """The answer of a view for one slot.

    Why it is so (`decided_by`, `supporters`, `rivals`) is worked out when first asked for, and
    needs the chronicle still open then.
    """

    subject: str
    property: str
    qualifiers: Mapping[str, str]
    value: str | None
    """As the winning claim has it, in normal form; None where nothing is believed, and where
    the winner says that there is no value (then `none` is true)."""
    none: bool
    standing: str
    """`settled`, `disputed`, `expected`, `unconfirmed`; `ended`, `denied`, `unknown`."""
    basis: str | None
    """`attested`, `possible`, `presumed`; None where nothing is believed."""
    claim: str | None
    source: str | None
    speaker: str | None
    asserted: str | None
    valid: str | None
    last_affirmed: str | None
    """The last day for which the winner was affirmed: the day asked about unless presumed."""
    _explain: Callable[[], Explanation] = field(repr=False, compare=False)

    @cached_property
    def _explanation(self) -> Explanation:
        return self._explain()

    @builtins.property
    def decided_by(self) -> str | None:
        """The criterion that decided; None where nothing is believed."""
        return self._explanation.decided_by or None

    @builtins.property
    def supporters(self) -> tuple[str, ...]:
        """The other live claims for the same value, by id."""
        return self._explanation.supporters

    @builtins.property
    def rivals(self) -> tuple[Rival, ...]:
        """The live claims that speak against the winner, each with the reason it lost.

        Of a claim that there is no value, the value is None.
        """
        return tuple(
            one._replace(value=None) if one.value == NONE else one
            for one in self._explanation.rivals
        )

    @builtins.property
    def in_conflict(self) -> tuple[str, ...]:
        """The conflict records in force that name the winning claim, and so dispute it."""
        return self._explanation.in_conflict

    def as_dict(self) -> dict[str, Any]:
        """Return the ruling as JSON writes it."""
        plain = {name: getattr(self, name) for name in FACTS}
        rivals = [
            {
                "claim": rival.claim,
                "value": rival.value,
                "denies": rival.denies,
                "reason": rival.reason,
            }
            for rival in self.rivals
        ]
        return {
            **plain,
            "decided_by": self.decided_by,
            "supporters": list(self.supporters),
            "rivals": rivals,
            "in_conflict": list(self.in_conflict),
        }


FACTS = tuple(fact.name for fact in fields(Ruling) if not fact.name.startswith("_"))
"""What a ruling says before it says why, in the order in which it is written."""

SAID = ("value", "denies", "none", "unknown", "valid", "asserted", "source", "locator", "speaker")
"""What a claim says, and in whose name; who relayed it is apart, as there may be several."""


class Said(NamedTuple):
    """What a ruling tells of the winning claim."""

    id: str
    source: str
    speaker: str | None
    asserted: str
    valid: str | None


def said(item: Testimony) -> Said:
    """Return what a ruling tells of a claim read as testimony."""
    return Said(item.id, item.source, item.speaker or None, item.asserted, item.valid or None)


def said_in(claim: Payload) -> Said:
    """Return what a ruling tells of a claim's payload."""
    told = claim.get("speaker"), claim["asserted"], claim.get("valid")
    return Said(claim["id"], claim["source"], *told)


def believed(
    topic: tuple[str, str],
    qualifiers: str,
    outcome: tuple[str, str, str],
    claim: Said,
    last_affirmed: int,
    explain: Callable[[], Explanation],
) -> Ruling:
    """Return a ruling with a winner; `outcome` is (value, standing, basis)."""
    value, standing, basis = outcome
    return Ruling(
        topic[0],
        topic[1],
        json.loads(qualifiers) if qualifiers else {},
        None if value == NONE else value,
        value == NONE,
        standing,
        basis,
        *claim,
        write_day(last_affirmed),
        explain,
    )


def nothing(
    topic: tuple[str, str],
    qualifiers: str,
    standing: str,
    explain: Callable[[], Explanation],
) -> Ruling:
    """Return a ruling in which nothing is believed."""
    told = json.loads(qualifiers) if qualifiers else {}
    blank = (None,) * 7
    return Ruling(topic[0], topic[1], told, None, False, standing, *blank, explain)
