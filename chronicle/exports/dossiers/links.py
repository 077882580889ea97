"""Links: which edge of FollowTheMoney says what a ruling says of two things.

What a property means is told by the words of its id and label, and by what its subject and its
value are: an office and a person are an Occupancy only where a word says that the one *holds* or
*held* the other, as a right to an office is not its possession. Whatever is not clear is an
UnknownLink, whose role is the label of the property.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_BROADER: Mapping[str, str] = {
    "Person": "LegalEntity",
    "Organization": "LegalEntity",
    "PublicBody": "Organization",
    "Company": "Organization",
}
"""What a schema is besides itself, as far as ends of edges ask for it."""


class Edge(NamedTuple):
    """A schema that joins two things."""

    schema: str
    ends: tuple[str, str]
    """The properties that name them."""
    ranges: tuple[str, str]
    """What each of them must be."""
    words: frozenset[str]
    """A property with one of these words says it."""
    phrases: frozenset[str] = frozenset()
    """A property that is called nothing but this says it too."""


class Link(NamedTuple):
    """An edge between a subject and its value."""

    schema: str
    ends: tuple[str, str]
    """The properties that name the subject and the value."""


_OCCUPANCY = Edge(
    "Occupancy",
    ("holder", "post"),
    ("Person", "Position"),
    frozenset(("holds", "held", "holder", "holders", "incumbent", "occupant", "occupies")),
    frozenset(("office", "post", "position")),
)

_KIN = """
relative relatives kin kinship family parent parents father mother child children son daughter
sibling brother sister spouse husband wife married nephew niece uncle aunt cousin grandfather
grandmother grandson granddaughter
"""

_FAMILY = Edge("Family", ("relative", "person"), ("Person", "Person"), frozenset(_KIN.split()))

EDGES = (
    _OCCUPANCY,
    _FAMILY,
    Edge(
        "Ownership",
        ("owner", "asset"),
        ("LegalEntity", "Company"),
        frozenset(("owns", "owned", "owner", "owners", "ownership", "shareholder", "shareholders")),
    ),
    Edge(
        "Directorship",
        ("director", "organization"),
        ("LegalEntity", "Organization"),
        frozenset(("director", "directors", "directorship")),
    ),
    Edge(
        "Employment",
        ("employee", "employer"),
        ("Person", "Organization"),
        frozenset(("employed", "employee", "employees", "employer", "employment")),
    ),
    Edge(
        "Membership",
        ("member", "organization"),
        ("LegalEntity", "Organization"),
        frozenset(("member", "members", "membership", "belongs")),
    ),
    Edge(
        "Associate",
        ("associate", "person"),
        ("Person", "Person"),
        frozenset(("associate", "associates", "associated", "connection", "connected", "friend")),
    ),
)
"""The edges, those that say most first."""

UNKNOWN = Link("UnknownLink", ("subject", "object"))
"""The edge that says no more than that there is one."""

_FORWARD = frozenset(("of", "to", "owns", "belongs"))
"""Words of a property whose subject is what the label says (`member of`), not its value."""


def link(name: str, label: str, subject: str, value: str) -> Link:
    """Return the edge of a property, between a subject and a value of these schemata."""
    words = frozenset(re.findall(r"[a-z]+", f"{name} {label}".lower()))
    for edge in EDGES:
        if edge.words & words or {name, label.lower()} & edge.phrases:
            first, second = edge.ends
            forward = fits(subject, edge.ranges[0]) and fits(value, edge.ranges[1])
            backward = fits(value, edge.ranges[0]) and fits(subject, edge.ranges[1])
            if forward and (not backward or _FORWARD & words):
                return Link(edge.schema, (first, second))
            if backward:
                return Link(edge.schema, (second, first))
    return UNKNOWN


def fits(schema: str, wanted: str) -> bool:
    """Say whether a thing of a schema may stand where another one is asked for."""
    found: str | None = schema
    while found is not None and found != wanted:
        found = _BROADER.get(found)
    return found == wanted


def kinship(label: str, qualifiers: Mapping[str, str]) -> str:
    """Return what the relative is to the person: as qualified, else as the property says."""
    if len(qualifiers) == 1:
        return next(iter(qualifiers.values()))
    return label.removesuffix(" of").strip()
