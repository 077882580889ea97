"""The event store that appending is held against: `eventsourcing`, its SQLite recorder on a file.

A subject is an aggregate, a claim one event of it with the same fields. Aggregates are saved
many at a time, as its users do in bulk.
"""

# ruff: noqa: ARG002  # the event keeps what its method was given

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

_A_SAVE = 500
"""Aggregates saved together."""

_FIELDS = (
    "property",
    "value",
    "valid",
    "source",
    "locator",
    "asserted",
    "speaker",
    "credibility",
    "denies",
    "modality",
    "verbatim",
    "revises",
)


class Subject(Aggregate):
    """A subject and what was claimed of it."""

    @event("Begun")
    def __init__(self, name: str) -> None:
        """Begin without claims."""
        self.name = name
        self.claims = 0

    @event("Claimed")
    def claim(
        self,
        *,
        claim_id: str,
        property: str,  # the field's own name
        value: str | None,
        valid: str | None,
        source: str,
        locator: str | None,
        asserted: str,
        speaker: str | None,
        credibility: str | None,
        denies: bool | None,
        modality: str | None,
        verbatim: str | None,
        revises: dict[str, str] | None,
    ) -> None:
        """Take in a claim."""
        self.claims += 1


def into_event_store(lines: str, database: str) -> float:
    """Store the claims of a file of JSON Lines in a new event store; return the seconds."""
    settings = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": database}
    store: Application[UUID] = Application(env=settings)
    subjects: dict[str, Subject] = {}
    events = 0
    start = perf_counter()
    with Path(lines).open("rb") as file:
        for line in file:
            record = json.loads(line)
            if record["kind"] != "claim":
                continue
            name = record["subject"]
            if name not in subjects:
                if len(subjects) == _A_SAVE:
                    store.save(*subjects.values())
                    subjects.clear()
                subjects[name] = Subject(name)
                events += 1
            fields = {field: record.get(field) for field in _FIELDS}
            subjects[name].claim(claim_id=record["id"], **fields)
            events += 1
    store.save(*subjects.values())
    seconds = perf_counter() - start
    assert store.recorder.max_notification_id() == events  # all of it was stored
    return seconds
