"""References: which ids a record names, and of which kinds they must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chronicle.events import BUILTIN

Payload = Mapping[str, Any]
Path = tuple[str | int, ...]

_THINGS = ("entity", "event")

_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "source": {"derives_from": ("source",)},
    "entity": {"within": _THINGS},
    "event": {"place": _THINGS},
    "claim": {
        "subject": _THINGS,
        "property": ("property",),
        "event": ("event",),
        "answers": ("claim",),
        "inferred_from": ("claim",),
    },
    "retraction": {
        "retracts": ("claim", "event", "assessment", "retraction", "conflict", "source")
    },
    "assessment": {"claim": ("claim",)},
    "merge": {"into": _THINGS, "from": _THINGS},
    "conflict": {"claims": ("claim",)},
    "expectation": {"subject": _THINGS, "property": ("property",)},
}

_ATTRIBUTION: Mapping[str, tuple[str, ...]] = {
    "source": ("source",),
    "speaker": ("entity",),
    "via": ("source", "entity"),
}

_ATTRIBUTED = ("event", "claim", "retraction", "assessment")


class Reference(NamedTuple):
    """One id that a record names."""

    path: Path
    """The field that names it."""
    id: str
    kinds: tuple[str, ...]
    """The kinds that it may be of."""


def references(payload: Payload) -> Iterator[Reference]:
    """Yield every id that a record names, an entity as value apart."""
    kind = payload["kind"]
    fields = _FIELDS.get(kind, {})
    for name, kinds in fields.items():
        yield from _named(payload, (name,), name, kinds)
    if kind in _ATTRIBUTED:
        for name, kinds in _ATTRIBUTION.items():
            yield from _named(payload, (name,), name, kinds)
    if "revises" in payload:
        yield Reference(("revises", "claim"), payload["revises"]["claim"], ("claim",))
    for number, participant in enumerate(payload.get("participants", ())):
        yield Reference(("participants", number, "entity"), participant["entity"], _THINGS)


def _named(
    payload: Payload, path: Path, name: str, kinds: tuple[str, ...]
) -> Iterator[Reference]:
    found = payload.get(name)
    if isinstance(found, str):
        if found not in BUILTIN or "property" not in kinds:
            yield Reference(path, found, kinds)
    elif found:
        for number, item in enumerate(found):
            yield Reference((*path, number), item, kinds)


def entity_value(payload: Payload, prop: Payload) -> Reference | None:
    """Return the entity that a claim's value names, if its property's values are entities."""
    if prop.get("datatype") == "entity" and "value" in payload:
        return Reference(("value",), payload["value"], _THINGS)
    return None
