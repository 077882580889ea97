"""Entries: every kind of record, read from a mapping and written as a payload.

A payload is the record as the log keeps it: `kind`, the number of its `schema`, and the fields
that say something (a field at its default says nothing, so that the same record has one
canonical form however it was typed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from typing import Any, Protocol

from pydantic import ValidationError

from chronicle.claims import Claim, Event, Participant, Revision
from chronicle.dates import Date
from chronicle.fields import NO_NUL, Piece, Record
from chronicle.ids import near, slug
from chronicle.judgements import Assessment, Conflict, Expectation, Merge, Policy, Retraction
from chronicle.payloads import NO_ID, SCHEMA, Payload
from chronicle.plain_claims import plain_claim
from chronicle.sources import SHA256, Document, Entity, Property, Source, Term

KINDS: Mapping[str, type[Record]] = {
    model.kind: model
    for model in (
        Source,
        Entity,
        Property,
        Event,
        Claim,
        Retraction,
        Assessment,
        Merge,
        Conflict,
        Policy,
        Expectation,
    )
}
"""The kinds of records, in the order in which a reader would want them."""

FIELDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(field.alias or name for name, field in model.model_fields.items())
    for kind, model in KINDS.items()
}
"""The fields that each kind takes, as they are written in files."""

DEFAULTABLE: Mapping[str, frozenset[str]] = {
    **FIELDS,
    # How credible a claim is judged to be is what an assessment says: no default says it.
    "assessment": FIELDS["assessment"] - {"credibility", "rank"},
}
"""The fields that a file's `defaults` may fill, by kind."""


class Fault(Protocol):
    """Takes one fault: the path of the field, what is wrong, what to do."""

    def __call__(self, path: tuple[str | int, ...], what: str, todo: str = "") -> None:
        """Note the fault."""


def read(
    kind: str, fields: Mapping[str, object], fault: Fault, dates: dict[str, Date] | None = None
) -> Record | None:
    """Return the record that the fields make, or None after every fault was noted.

    A claim may come without an id; it has `NO_ID`, until `identify` gives it its own.
    """
    try:
        return KINDS[kind].model_validate(_filled(fields), context=dates)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _explain(kind, detail, fault)
    return None


def _filled(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return the fields without those that were left empty."""
    if set(map(type, fields.values())) == {str}:
        return fields
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def read_payload(
    kind: str, fields: Mapping[str, object], fault: Fault, dates: dict[str, Date] | None = None
) -> Payload | None:
    """Return the payload of the record that the fields make, or None like `read`."""
    if kind == "claim":
        payload = plain_claim(fields, dates)
        if payload is not None:
            return payload
    record = read(kind, fields, fault, dates)
    return None if record is None else payload_of(record)


def payload_of(record: Record) -> Payload:
    """Return the record as the log keeps it."""
    body = record.model_dump(exclude_defaults=True, by_alias=True)
    return {"kind": record.kind, "schema": SCHEMA, "id": record.id, **body}  # type: ignore[attr-defined]  # each kind has its own


def plain(record: Mapping[str, object] | Record) -> Mapping[str, object]:
    """Return a record model as the mapping it was made from; a mapping as it is."""
    if not isinstance(record, Record):
        return record
    body = payload_of(record)
    del body["schema"]
    if body["id"] == NO_ID:
        del body["id"]
    return body


def _explain(kind: str, detail: Any, fault: Fault) -> None:
    """Say one of Pydantic's faults in the words of a maintainer."""
    path: tuple[str | int, ...] = tuple(part for part in detail["loc"] if part != "[key]")
    name = str(path[-1]) if path else ""
    reason = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if reason == "extra_forbidden":
        taker, known = _taker(kind, path)
        hints = near(name, known)
        todo = (
            f"did you mean {' or '.join(hints)}?"
            if hints
            else f"{taker} takes {', '.join(sorted(known))}"
        )
        fault(path, f"unknown field {name!r}", todo)
    elif reason == "missing":
        fault(path, f"{name} is missing", f"{_taker(kind, path)[0]} needs it")
    elif reason == "literal_error":
        fault(path, "unknown choice", f"expected {context['expected']}")
    elif reason == "string_pattern_mismatch":
        fault(path, *_unfit(context["pattern"], str(detail["input"])))
    elif reason == "value_error":
        fault(path, str(context["error"]))
    elif reason in ("string_too_short", "too_short"):
        _too_short(path, detail["input"], context, fault)
    else:
        fault(path, _shape(reason, detail["msg"]))


def _too_short(
    path: tuple[str | int, ...], given: object, context: Mapping[str, Any], fault: Fault
) -> None:
    """Say what is too short, unless only its faulty items are missing: they have their own."""
    found = context.get("actual_length", 0)
    if not isinstance(given, str) and isinstance(given, Sized) and len(given) > found:
        return
    if found:
        fault(path, f"expected {context['min_length']} or more, not {found}")
    else:
        fault(path, "is empty", "leave the field out where there is nothing to say")


def _unfit(pattern: str, text: str) -> tuple[str, str]:
    """Say why a text does not fit the pattern of its field, and what to do."""
    if pattern == NO_NUL:
        return "holds a NUL character", "remove it"
    if pattern == SHA256:
        return "is no SHA-256", "write its 64 hexadecimal digits, lower case"
    hint = slug(text)
    return (
        f"{text!r} is no id: lower-case letters, digits, - and _ only",
        f"for example {hint!r}" if hint else "choose another",
    )


def _taker(kind: str, path: tuple[str | int, ...]) -> tuple[str, frozenset[str]]:
    """Return what takes the field at a path, in words, and all the fields that it takes."""
    if len(path) > 1 and path[0] in _PIECES:
        whole = f"every item of {path[0]}" if isinstance(path[1], int) else str(path[0])
        return whole, frozenset(_PIECES[str(path[0])].model_fields)
    return f"every {kind}", FIELDS[kind]


_PIECES: Mapping[str, type[Piece]] = {
    "revises": Revision,
    "participants": Participant,
    "document": Document,
    "values": Term,
}

_SHAPES: Sequence[tuple[str, str]] = (
    ("string_type", "expected text"),
    ("string_unicode", "holds half of a surrogate pair; write the character itself"),
    ("string_too_long", "is longer than 200 characters"),
    ("tuple_type", "expected a list; write it as [one, two] or one item a line after '- '"),
    ("dict_type", "expected a mapping, name: value"),
    ("model_type", "expected a mapping of fields"),
    ("model_attributes_type", "expected a mapping of fields"),
    ("bool_parsing", "expected true or false"),
    ("bool_type", "expected true or false"),
)


def _shape(reason: str, message: str) -> str:
    return next((text for known, text in _SHAPES if known == reason), message)
