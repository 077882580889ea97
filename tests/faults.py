"""What tests note of faults, and records read from fields as an append would read them."""

from __future__ import annotations

from collections.abc import Mapping

from chronicle.dates import Date
from chronicle.entries import payload_of, read
from chronicle.fields import Record
from chronicle.payloads import Payload

Path = tuple[str | int, ...]


class Faults(list[tuple[Path, str, str]]):
    """Takes faults and keeps them: (path, what is wrong, what to do)."""

    def __call__(self, path: Path, what: str, todo: str = "") -> None:
        """Keep one fault."""
        self.append((path, what, todo))


MINIMAL: Mapping[str, Mapping[str, object]] = {
    "source": {"id": "press", "title": "Press"},
    "entity": {"id": "ada", "type": "person", "name": "Ada"},
    "property": {"id": "status", "label": "status"},
    "event": {"id": "takeover", "title": "Takeover", "source": "press"},
    "claim": {
        "id": "first",
        "subject": "ada",
        "property": "status",
        "value": "on leave",
        "source": "press",
    },
    "retraction": {"id": "taken-back", "retracts": "first", "mode": "withdrawn"},
    "assessment": {"id": "hindsight", "claim": "first", "rank": "preferred"},
    "merge": {"id": "one-person", "into": "ada", "from": ["ada-l"]},
    "conflict": {"id": "not-both", "claims": ["first", "second"]},
    "policy": {"id": "by-credibility", "criteria": ["credibility"]},
    "expectation": {"id": "in-march", "subject": "ada", "property": "status"},
}
"""The least that a record of each kind says."""


def without(kind: str, *names: str, **changes: object) -> dict[str, object]:
    """Return the least record of a kind with some fields changed, others left out."""
    fields = {**MINIMAL[kind], **changes}
    return {name: value for name, value in fields.items() if name not in names}


def faults_of(kind: str, fields: Mapping[str, object]) -> Faults:
    """Return every fault that reading finds; a record is made where there is none."""
    faults = Faults()
    record = read(kind, fields, faults)
    assert (record is None) == bool(faults)
    return faults


def made(kind: str, fields: Mapping[str, object], dates: dict[str, Date] | None = None) -> Record:
    """Return the record that fields make, without any fault."""
    faults = Faults()
    record = read(kind, fields, faults, dates)
    assert faults == []
    assert record is not None
    return record


def written(kind: str, **changes: object) -> Payload:
    """Return the payload of the least record of a kind with some fields changed or added."""
    return payload_of(made(kind, {**MINIMAL[kind], **changes}))
