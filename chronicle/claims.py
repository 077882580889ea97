"""Claims and events: who said what, when, and where it stands."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from chronicle.fields import (
    Credibility,
    DateText,
    Id,
    Ids,
    Modality,
    Piece,
    Record,
    Text,
    ValueText,
)
from chronicle.payloads import NO_ID


class Attributed(Record):
    """A record that somebody made: the attribution."""

    source: Id | None = None
    """The document that we read."""
    locator: Text | None = None
    """Where in it: section, page, paragraph, footnote."""
    speaker: Id | None = None
    """Who made the statement that the source reports."""
    via: Ids | None = None
    """Who relayed it between speaker and source, nearest to the speaker first."""
    asserted: DateText | None = None
    """When it was said; left out, when its source was published."""
    credibility: Credibility = "3"
    """Admiralty code: 1 confirmed ... 5 improbable, 6 cannot be judged, as judged then."""
    modality: Modality = "stated"


class Revision(Piece):
    """What a claim does to an earlier one of the same subject and property."""

    claim: Id
    kind: Literal["update", "correction", "restatement"]
    """The world changed; the first report was wrong; the same fact in other words."""
    reason: Text | None = None


class Claim(Attributed):
    """One statement, subject - property - value, attributed to a source. Never edited."""

    kind: ClassVar[str] = "claim"

    id: Id = NO_ID
    """A slug; left out, it is made of the subject, the property and the claim's content."""
    source: Id
    subject: Id
    property: Id
    value: ValueText | None = None
    none: bool = False
    """There is no value."""
    unknown: bool = False
    """The source says that it does not know: shown, never ranked."""
    denies: bool = False
    """The statement is that this value does not hold."""
    qualifiers: Annotated[dict[Id, ValueText], Field(min_length=1)] | None = None
    valid: DateText | None = None
    """When it held, for a property that is a state."""
    event: Id | None = None
    note: Text | None = None
    verbatim: Text | None = None
    """A few words for the value as worded or spelled."""
    valid_verbatim: Text | None = None
    """The words for the date."""
    answers: Id | None = None
    """The claim that a denial replies to."""
    inferred_from: Ids | None = None
    """The claims from which we inferred it."""
    revises: Revision | None = None

    @model_validator(mode="after")
    def _one_value(self) -> Claim:
        if (self.value is not None) + self.none + self.unknown != 1:
            raise ValueError(
                "a claim needs exactly one of value, none: true (there is no value), "
                "unknown: true (the source does not know)"
            )
        if self.unknown and self.denies:
            raise ValueError("unknown: true denies nothing; leave denies out")
        return self


class Participant(Piece):
    """Who took part in an event, and as what."""

    entity: Id
    role: Text | None = None


class Event(Attributed):
    """Something that happened. It also states claims about itself: when, place, participant."""

    kind: ClassVar[str] = "event"

    source: Id
    title: Text
    summary: Text | None = None
    when: DateText | None = None
    place: Id | None = None
    participants: Annotated[tuple[Participant, ...], Field(min_length=1)] | None = None
    note: Text | None = None
