"""Proxies: entities of FollowTheMoney while they are gathered, with who says each thing.

A proxy becomes an entity and its statements, the two forms in which the tools of FollowTheMoney
take data: a statement is one value of one property, and names the record that it comes from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from chronicle.exports.dossiers.cleaned import TYPES, clean, entity_id
from chronicle.exports.items import Item

DATASET = "chronicle"
"""The name of the dataset."""

STATEMENT = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
"""The columns of a statement, in the order of the package."""

_BASE = "id"
"""The property of a statement that says that there is an entity."""

_LONGEST_ORIGINAL = 65_000
"""The most characters of an original that are quoted; readers of CSV have their limits."""


class Origin(NamedTuple):
    """The record that says something, and since when the log has it."""

    id: str
    first: str = ""
    """When the log took it in, or the first that says so: UTC, without the mark of the zone."""
    last: str = ""
    """When it took in the last record that says so."""
    entity: str = ""
    """The id under which it speaks of the entity, where that is another one."""


def origin(name: str, recorded: Iterable[str | None], entity: str = "") -> Origin:
    """Return the origin of what is said by a record, and by others that support it."""
    times = sorted(time[:19] for time in recorded if time)
    return Origin(name, *((times[0], times[-1]) if times else ("", "")), entity)


class Proxy:
    """An entity while it is gathered."""

    def __init__(self, name: str, schema: str, base: Origin) -> None:
        """Begin with the id of a record (or a derived one), and the record that states it."""
        self.id = entity_id(name)
        self.schema = schema
        self._values: dict[str, dict[str, None]] = {}
        self._statements: dict[str, dict[str, str]] = {}
        self._state(_BASE, _BASE, self.id, base)

    def add(self, prop: str, raw: str | None, said: Origin, original: str = "") -> bool:
        """Add a value; return whether it has a form here.

        `original` is what is written in the log, where the value is only a part of it.
        """
        value = clean(prop, raw) if raw else None
        if raw is None or value is None:
            return False
        self._values.setdefault(prop, {})[value] = None
        self._state(prop, TYPES[prop], value, said, original or raw)
        return True

    def _state(self, prop: str, kind: str, value: str, said: Origin, original: str = "") -> None:
        about = entity_id(said.entity) or self.id
        key = hashlib.sha1(  # noqa: S324  # as the package makes the id of a statement
            f"{DATASET}.{about}.{prop}.{value}".encode()
        ).hexdigest()
        quoted = kind not in (_BASE, "entity") and original != value
        row = dict.fromkeys(STATEMENT, "") | {
            "canonical_id": self.id,
            "entity_id": about,
            "prop": prop,
            "prop_type": kind,
            "schema": self.schema,
            "value": value,
            "dataset": DATASET,
            "origin": said.id,
            "original_value": original if quoted and len(original) <= _LONGEST_ORIGINAL else "",
            "external": "f",
            "first_seen": said.first,
            "last_seen": said.last,
            "id": key,
        }
        # What is said twice was first said by the first.
        self._statements.setdefault(key, row)

    def items(self) -> Iterator[Item]:
        """Yield the entity, then its statements."""
        yield Item("entities", self.id, self._entity())
        for key, row in self._statements.items():
            yield Item("statements", key, row)

    def _entity(self) -> dict[str, Any]:
        rows = self._statements.values()
        others = sorted({row["entity_id"] for row in rows} - {self.id})
        seen = {
            "first_seen": min((row["first_seen"] for row in rows if row["first_seen"]), default=""),
            "last_seen": max(row["last_seen"] for row in rows),
        }
        captions = [*self._values.get("name", ()), *self._values.get("title", ())]
        return {
            "id": self.id,
            **({"caption": captions[0]} if captions else {}),
            "schema": self.schema,
            "properties": {name: list(self._values[name]) for name in sorted(self._values)},
            "referents": others,
            "datasets": [DATASET],
            **{name: time for name, time in seen.items() if time},
        }
