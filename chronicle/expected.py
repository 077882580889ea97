"""Expected: what an expectation says, beside what the log gives, as plain values.

They stand this low so that an error can carry them; `expectations` makes them.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

NOTHING = "nothing"
"""Stands for a value where nothing is believed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One expectation beside the ruling."""

    id: str
    subject: str
    property: str
    qualifiers: Mapping[str, str]
    at: str | None
    """The date that was looked at; None for now."""
    known: str | None
    """What was counted was said by this date; None for everything."""
    expected_value: str | None
    """None: that nothing is believed."""
    expected_standing: str | None
    """None: any."""
    value: str | None
    none: bool
    """Whether the ruling is that there is no value."""
    standing: str
    claim: str | None
    """The winning claim; None where nothing is believed."""
    note: str | None
    holds: bool
    """Whether all is as expected."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON writes it."""
        return {name: getattr(self, name) for name in self.__slots__}

    @builtins.property
    def expected(self) -> str:
        """What was expected, in words: the value, and the standing where one was named."""
        value = NOTHING if self.expected_value is None else self.expected_value
        return f"{value}, {self.expected_standing or 'any standing'}"

    @builtins.property
    def found(self) -> str:
        """What was found, in words: the value, its standing, and the claim that it rests on."""
        if self.claim is None:
            return f"{NOTHING}, {self.standing}"
        return f"{'none' if self.none else self.value}, {self.standing}, by {self.claim}"

    @builtins.property
    def slot(self) -> str:
        """What it is about, in words: subject, property and qualifiers."""
        pairs = "; ".join(f"{name}={value}" for name, value in sorted(self.qualifiers.items()))
        return f"{self.subject} {self.property}" + (f" ({pairs})" if pairs else "")

    @builtins.property
    def looked(self) -> str:
        """Where it was looked, in words: the dates."""
        return f"at {self.at or 'now'}" + (f", known {self.known}" if self.known else "")


class Cause(NamedTuple):
    """A new record that has a part in why an expectation fails."""

    record: str
    part: str
    """Of a claim, the part that it plays in the ruling now: `winner`, `rival`, `supporter`, or
    `claim` where it is none of these. Of another record its kind."""
    about: str
    """What a claim says the value is; the record that another record is about."""

    def __str__(self) -> str:
        """Return it in words."""
        words = _PARTS.get(self.part)
        if words is None:
            return f"{self.record}, {_article(self.part)} {self.part} of {self.about}"
        return f"{self.record}, {words}: {self.about}"


_PARTS = {
    "winner": "the winner now",
    "rival": "a rival now",
    "supporter": "a supporter now",
    "claim": "a claim",
}


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


class Broken(NamedTuple):
    """An expectation that does not hold with new records."""

    checked: Checked
    new: bool
    """It came with the records. Else it was there before them, and held."""
    causes: tuple[Cause, ...]
    """The new records that bear on what it is about."""

    def __str__(self) -> str:
        """Return all of it on one line."""
        one = self.checked
        causes = "".join(f"; because of {cause}" for cause in self.causes)
        words = f"{one.slot} {one.looked}: expected {one.expected}; found {one.found}"
        return f"{one.id}: {words}{causes}"
