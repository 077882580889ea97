"""Plain claims: those written as the log keeps them become payloads without a model.

Nearly all claims of a long append are of texts alone. Those are read here, in a third of the
time that the models take. For any other claim there is no answer here, and none for a faulty
one: the models read it, and say what is wrong. A test holds every answer against what the
models make of the same fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Required

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from chronicle.dates import Date, parse_once
from chronicle.errors import DateError
from chronicle.fields import Id, Ids, Modality, Text
from chronicle.payloads import NO_ID, SCHEMA, Payload

_TEXTS = ConfigDict(str_strip_whitespace=True, str_min_length=1)


class _Revision(TypedDict, total=False):
    """What a claim does to an earlier one."""

    __pydantic_config__ = ConfigDict(**_TEXTS, extra="forbid")  # type: ignore[misc]  # how a TypedDict is configured

    claim: Required[Id]
    kind: Required[Literal["update", "correction", "restatement"]]
    reason: Text


class _Claim(TypedDict, total=False):
    """The fields of a claim, in the order of the model; dates are read afterwards."""

    __pydantic_config__ = _TEXTS  # type: ignore[misc]  # how a TypedDict is configured

    id: Id
    source: Required[Id]
    locator: Text
    speaker: Id
    via: Ids
    asserted: Text
    credibility: Literal["1", "2", "3", "4", "5", "6"]
    modality: Modality
    subject: Required[Id]
    property: Required[Id]
    value: Text
    none: Literal[True]
    unknown: Literal[True]
    denies: Literal[True]
    qualifiers: Annotated[dict[Id, Text], Field(min_length=1)]
    valid: Text
    event: Id
    note: Text
    verbatim: Text
    valid_verbatim: Text
    answers: Id
    inferred_from: Ids
    revises: _Revision


_read = TypeAdapter(_Claim).validator.validate_python


def plain_claim(fields: Mapping[str, object], dates: dict[str, Date] | None) -> Payload | None:
    """Return the payload that the fields make, or None: then a model is to read them.

    `dates` are those that were read already, as for the models.
    """
    try:
        said = _read(fields)
        if "asserted" in said:
            parse_once(said["asserted"], dates)
        if "valid" in said:
            parse_once(said["valid"], dates)
    except (ValidationError, DateError):
        return None
    # Pydantic takes much longer to refuse fields that it does not know than to leave them out.
    if len(said) != len(fields):
        return None
    if ("value" in said) + ("none" in said) + ("unknown" in said) != 1:
        return None
    if "unknown" in said and "denies" in said:
        return None
    if said.get("credibility") == "3":
        del said["credibility"]
    if said.get("modality") == "stated":
        del said["modality"]
    return {"kind": "claim", "schema": SCHEMA, "id": NO_ID, **said}
