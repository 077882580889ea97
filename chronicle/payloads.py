"""Payloads: records as the log keeps them, plain mappings of canonical JSON.

A payload holds `kind`, the number of its `schema`, and the fields that say something. Reasoning
and storage work on payloads; the models that make them from what people write are in `entries`.
"""

from __future__ import annotations

from typing import Any

from chronicle.canonical import dumps
from chronicle.ids import derived

SCHEMA = 1
"""The number of the schema that this software writes, for every kind."""

NO_ID = ""
"""Stands for the id of a claim that has none yet: no id itself, it never reaches the log."""

Payload = dict[str, Any]


def identify(payload: Payload) -> None:
    """Give a claim without id its own: subject, property, 12 digits of its canonical form."""
    if payload["id"] == NO_ID:
        del payload["id"]
        payload["id"] = derived(payload["subject"], payload["property"], dumps(payload))
