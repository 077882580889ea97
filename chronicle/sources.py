"""What the log speaks of: sources, entities and properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from chronicle.calendar import parse_duration
from chronicle.fields import DateText, Id, Ids, Piece, Record, Text, Texts

Datatype = Literal["text", "term", "entity", "quantity", "date"]


SHA256 = r"^[0-9a-f]{64}$"
"""The pattern of a SHA-256 in hexadecimal digits."""


class Document(Piece):
    """The file that was read, so that it can be told from a later edition."""

    name: Text
    """The file's name."""
    sha256: Annotated[str, Field(pattern=SHA256)]
    """The SHA-256 of its bytes, 64 hexadecimal digits."""


class Source(Record):
    """A document that reports statements."""

    kind: ClassVar[str] = "source"

    title: Text
    authors: Texts | None = None
    publisher: Text | None = None
    published: DateText | None = None
    """When it came out: the assertion time of its claims that state none."""
    url: Text | None = None
    language: Text | None = None
    medium: Text | None = None
    derives_from: Ids | None = None
    """Sources that it repeats: it is no origin of its own beside them."""
    read: Literal["yes", "no"] = "yes"
    """Whether we read it, or know it only through others."""
    note: Text | None = None
    document: Document | None = None


class Entity(Record):
    """A person, organisation, place, office, group or event."""

    kind: ClassVar[str] = "entity"

    type: Text
    """What it is: person, organisation, place, office, group, event, ..."""
    name: Text
    aliases: Texts | None = None
    """Other names and spellings of the same entity."""
    identifiers: Annotated[dict[Text, Text], Field(min_length=1)] | None = None
    """Its ids elsewhere, by scheme."""
    within: Id | None = None
    """The place or body that contains it."""
    description: Text | None = None


def _term(value: object) -> object:
    """A term may stand alone; `name: description` is a term with its description."""
    if isinstance(value, str):
        return {"value": value}
    if isinstance(value, Mapping) and len(value) == 1 and "value" not in value:
        ((name, description),) = value.items()
        return {"value": name} | ({"description": description} if description else {})
    return value


class Term(Piece):
    """One of the values that a property of datatype `term` may take."""

    value: Text
    description: Text | None = None


class Property(Record):
    """What can be said of a subject, and how its values behave."""

    kind: ClassVar[str] = "property"

    label: Text
    description: Text | None = None
    datatype: Datatype = "text"
    temporal: Literal["state", "fixed"] = "state"
    """A state holds for a time and needs `valid`; a fixed property carries none."""
    cardinality: Literal["one", "many"] = "one"
    """Whether values compete for one slot, or each value is a slot of its own."""
    values: tuple[Annotated[Term, BeforeValidator(_term)], ...] | None = None
    """The terms, for datatype `term`."""
    unit: Text | None = None
    qualifiers: Ids | None = None
    """The qualifiers that its claims may carry."""
    carry: Text = "forever"
    """How long a state may be presumed beyond its last affirmation: `forever`, `none`, or an
    ISO 8601 duration."""

    @field_validator("carry")
    @classmethod
    def _carry(cls, value: str) -> str:
        if value not in ("forever", "none"):
            parse_duration(value)
        return value

    @field_validator("values", mode="before")
    @classmethod
    def _values(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return [{name: text} for name, text in value.items()]
        return value
