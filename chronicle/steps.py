"""Steps: a record that came between two views, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chronicle.answers import SAID
from chronicle.payloads import Payload


@dataclass(frozen=True, slots=True)
class Step:
    """A record that came between two views, and what it did."""

    record: str
    kind: str
    effect: str
    """Of a claim as in a trace: `first report`, `confirms`, `disputes`, `denies`, `updates`,
    `corrects`, `restates`, `does not know`; else `withdrawn`, `entered by mistake`,
    `assessed ...`, `cannot all hold`, `same`, `distinct`, `orders anew`."""
    about: str | None
    """The record that it revises, answers, disputes, retracts or assesses."""
    known: str | None = None
    """The day from which it counts, `YYYY-MM-DD`; None for what no clock of knowledge times."""
    recorded_at: str | None = None
    """When the log took it in."""
    subject: str | None = None
    property: str | None = None
    value: str | None = None
    """What a claim says, with `denies`, `none` and `unknown`."""
    denies: bool = False
    none: bool = False
    unknown: bool = False
    valid: str | None = None
    asserted: str | None = None
    source: str | None = None
    locator: str | None = None
    speaker: str | None = None
    via: tuple[str, ...] = ()
    reason: str | None = None
    """Why it was recorded, in the words of its maintainer."""

    def as_dict(self) -> dict[str, Any]:
        """Return the step as JSON writes it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "via": list(self.via)}


def saying(payload: Payload, effect: str, about: str | None) -> Step:
    """Return the step of a claim."""
    return Step(
        record=payload["id"],
        kind="claim",
        effect=effect,
        about=about,
        reason=payload.get("revises", {}).get("reason"),
        via=tuple(payload.get("via", ())),
        **{name: payload[name] for name in ("subject", "property", *SAID) if name in payload},
    )


def judging(payload: Payload, effect: str, about: str | None, known: str | None) -> Step:
    """Return the step of a record that is no claim."""
    return Step(
        payload["id"],
        payload["kind"],
        effect,
        about,
        known,
        asserted=payload.get("asserted"),
        source=payload.get("source"),
        locator=payload.get("locator"),
        speaker=payload.get("speaker"),
        reason=payload.get("reason") or payload.get("note"),
    )
