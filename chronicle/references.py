"""References: which ids a record names, and of which kinds they must be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

Payload = Mapping[str, Any]
Path = tuple[str | int, ...]

THINGS = ("entity", "event")
"""The kinds of what claims are about."""

_ATTRIBUTION = (
    ("source", ("source",)),
    ("speaker", ("entity",)),
    ("via", ("source", "entity")),
)

_FIELDS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "source": (("derives_from", ("source",)),),
    "entity": (("within", THINGS),),
    "event": (("place", THINGS), *_ATTRIBUTION),
    "claim": (
        ("subject", THINGS),
        ("property", ("property",)),
        ("event", ("event",)),
        ("answers", ("claim",)),
        ("inferred_from", ("claim",)),
        *_ATTRIBUTION,
    ),
    "retraction": (
        ("retracts", ("claim", "event", "assessment", "retraction", "conflict", "source")),
        *_ATTRIBUTION,
    ),
    "assessment": (("claim", ("claim",)), *_ATTRIBUTION),
    "merge": (("into", THINGS), ("from", THINGS)),
    "conflict": (("claims", ("claim",)),),
    "expectation": (("subject", THINGS), ("property", ("property",))),
}


class Reference(NamedTuple):
    """One id that a record names."""

    path: Path
    """The field that names it."""
    id: str
    kinds: tuple[str, ...]
    """The kinds that it may be of."""


Seen = defaultdict[str, dict[str, Reference]]
"""References by field and id; a field that names one id is for the same kinds in every record."""


def references(payload: Payload, seen: Seen | None = None) -> list[Reference]:
    """Return every id that a record names, an entity as value apart; built-in ones too.

    `seen` keeps references for the next records: many name the same source or speaker.
    """
    if seen is None:
        seen = defaultdict(dict)
    found = []
    for name, kinds in _FIELDS.get(payload["kind"], ()):
        if name in payload:
            value = payload[name]
            if type(value) is str:
                one = seen[name].get(value)
                if one is None:
                    one = seen[name][value] = Reference((name,), value, kinds)
                found.append(one)
            else:
                found += [Reference((name, n), item, kinds) for n, item in enumerate(value)]
    if "revises" in payload:
        found.append(Reference(("revises", "claim"), payload["revises"]["claim"], ("claim",)))
    for number, participant in enumerate(payload.get("participants", ())):
        found.append(Reference(("participants", number, "entity"), participant["entity"], THINGS))
    return found


def entity_value(payload: Payload, prop: Payload) -> Reference | None:
    """Return the entity that a claim's value names, if its property's values are entities."""
    if prop.get("datatype") == "entity" and "value" in payload:
        return Reference(("value",), payload["value"], THINGS)
    return None
