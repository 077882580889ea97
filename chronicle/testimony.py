"""Testimony: a claim as reasoning sees it, with every date turned into instants.

This is what a ruling is computed from: frozen, without text to parse and without database.
Instants are seconds as in `calendar`; stretches are inclusive, an empty one begins after it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from chronicle import quantities
from chronicle.calendar import BEGINNING, FOREVER, day_end
from chronicle.canonical import dumps
from chronicle.dates import Date
from chronicle.valid import Span, span

NONE = " none"
"""The value of a claim that there is none. No value of a record begins with a space."""

_NOTHING: Mapping[str, str] = {}

ALWAYS = Span(
    BEGINNING,
    FOREVER,
    BEGINNING,
    FOREVER,
    BEGINNING,
    FOREVER,
    BEGINNING,
    None,
    None,
    None,
    False,
    False,
)
"""The span of a claim on a fixed property: it affirms every instant."""


class Testimony(NamedTuple):
    """One claim: what it says, of which stretch of valid time, said when, by whom."""

    id: str
    value: str
    """The normal form of its value, or `NONE`."""
    denies: bool
    unknown: bool
    fixed: bool
    """Whether its property is fixed: then valid time says nothing."""
    span: Span
    said_first: int
    """First second of `asserted`: from then on it counts, as possible."""
    said_last: int
    """Last second of `asserted`: from then on it counts in full."""
    credibility: int
    modality: str
    origins: tuple[str, ...]
    """Who is behind it: the speaker, else the first relay, else the roots of its source."""
    source: str
    stated_by: str
    """The event whose record states it, or "" for a claim of its own."""
    qualifiers: str
    """Canonical JSON of its qualifiers, "" for none: with subject and property, its slot."""
    revises: str
    """The claim that it revises, or ""."""
    revision: str
    """`update`, `correction`, `restatement`, or ""."""
    speaker: str
    """Who made the statement, or ""."""
    asserted: str
    """When it was said, as written."""
    valid: str
    """When it held, as written, or ""."""

    @property
    def said_day(self) -> int:
        """The last second of the day it was said: of the first day of `asserted`."""
        return day_end(self.said_first)


def normal(value: str, datatype: str) -> str:
    """Return the normal form of a value: two values are the same if their normal forms are.

    Decimals lose their trailing zeros; entities are compared after merges, when read; all else
    is compared to the letter.
    """
    return quantities.parse(value).normal if datatype == "quantity" else value


def testify(
    claim: Mapping[str, Any],
    prop: Mapping[str, Any],
    roots: Callable[[str], Sequence[str]],
    read: Callable[[str], Date],
    stated_by: str = "",  # noqa: PT028  # no test, for all that its name begins like one
) -> Testimony:
    """Return the testimony of a claim's payload.

    `prop` is its property's payload, `roots` gives the sources that a source goes back to, and
    `read` parses a date; `stated_by` names the event whose record states the claim.
    """
    fields = told(claim, prop, roots, read, lambda text: span(read(text)), stated_by)
    return Testimony._make(fields)


def told(
    claim: Mapping[str, Any],
    prop: Mapping[str, Any],
    roots: Callable[[str], Sequence[str]],
    read: Callable[[str], Date],
    read_span: Callable[[str], tuple[Any, ...]],
    stated_by: str,
) -> tuple[Any, ...]:
    """Return the fields of the same testimony in their order, which is all that `pack` needs.

    `read_span` reads the `valid` of a state, as `span` would.
    """
    fixed = prop.get("temporal") == "fixed"
    asserted = read(claim["asserted"])
    revises = claim.get("revises", _NOTHING)
    if "speaker" in claim:
        origins: tuple[str, ...] = (claim["speaker"],)
    else:
        origins = tuple(claim["via"][:1]) if "via" in claim else tuple(roots(claim["source"]))
    none = claim.get("none", False)
    unknown = claim.get("unknown", False)
    return (
        claim["id"],
        NONE if none or unknown else normal(claim["value"], prop.get("datatype", "text")),
        claim.get("denies", False),
        unknown,
        fixed,
        ALWAYS if fixed else read_span(claim["valid"]),
        asserted.first,
        asserted.last,
        int(claim.get("credibility", 3)),
        claim.get("modality", "stated"),
        origins,
        claim["source"],
        stated_by,
        dumps(claim["qualifiers"]).decode() if "qualifiers" in claim else "",
        revises.get("claim", ""),
        revises.get("kind", ""),
        claim.get("speaker", ""),
        claim["asserted"],
        claim.get("valid", ""),
    )


def pack(item: tuple[Any, ...]) -> str:
    """Return a testimony, or its fields in their order, as compact JSON for a projection."""
    # A slice of a named tuple is a plain one, and the fastest way to it.
    return orjson.dumps((*item[:5], item[5][:], *item[6:])).decode()


def unpack(text: str) -> Testimony:
    """Return the testimony that `pack` wrote."""
    fields = orjson.loads(text)
    fields[5] = Span._make(fields[5])
    fields[10] = tuple(fields[10])
    return Testimony._make(fields)
