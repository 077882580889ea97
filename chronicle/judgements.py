"""Judgements: what maintainers and sources say about records, and what they expect of the log.

Retractions, assessments, merges, conflicts, policies and expectations.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from chronicle.claims import Attributed
from chronicle.fields import Credibility, DateText, Id, Ids, Record, Text, Texts, ValueText


class Retraction(Attributed):
    """A claim, event, assessment, retraction, conflict or whole source is taken back."""

    kind: ClassVar[str] = "retraction"

    retracts: Id
    mode: Literal["withdrawn", "erratum"]
    """The source took it back, from `asserted` on; or we mis-entered it: it never counts."""
    reason: Text | None = None


class Assessment(Record):
    """A judgement of one claim; the latest to take effect counts, rank and credibility apart."""

    kind: ClassVar[str] = "assessment"

    claim: Id
    rank: Literal["preferred", "normal", "deprecated"] | None = None
    credibility: Credibility | None = None
    reason: Text | None = None
    source: Id | None = None
    locator: Text | None = None
    speaker: Id | None = None
    via: Ids | None = None
    asserted: DateText | None = None
    """When it was judged; left out, the day of the append."""

    @model_validator(mode="after")
    def _says_something(self) -> Assessment:
        if self.rank is None and self.credibility is None:
            raise ValueError("an assessment needs a rank, a credibility, or both")
        return self


class Merge(Record):
    """Several ids are one entity, or are not after all. Applied on reading, reversible."""

    kind: ClassVar[str] = "merge"

    into: Id
    from_: Annotated[Ids, Field(alias="from")]
    judgement: Literal["same", "distinct"] = "same"
    reason: Text | None = None


class Conflict(Record):
    """Claims of different slots that cannot all hold; the rulings they win are disputed."""

    kind: ClassVar[str] = "conflict"

    claims: Annotated[Ids, Field(min_length=2)]
    note: Text | None = None


class Policy(Record):
    """A named order of the criteria of rank."""

    kind: ClassVar[str] = "policy"

    criteria: Texts
    label: Text | None = None
    description: Text | None = None


class Expectation(Record):
    """What a careful reader concludes at given dates; checked against the rulings."""

    kind: ClassVar[str] = "expectation"

    subject: Id
    property: Id
    qualifiers: Annotated[dict[Id, ValueText], Field(min_length=1)] | None = None
    at: DateText | None = None
    known: DateText | None = None
    value: ValueText | None = None
    """The value expected; left out, that nothing is believed."""
    standing: Text | None = None
    note: Text | None = None
