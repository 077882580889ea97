"""Events state claims about themselves: when, where, and who took part.

They are ordinary claims, so that another source can contest an event's date by a claim of its
own. Their properties are part of the software: `when`, `place` and `participant`, whose
values all competing sources share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chronicle.canonical import dumps
from chronicle.ids import derived
from chronicle.payloads import SCHEMA, Payload

BUILTIN: Mapping[str, Payload] = {
    "when": {
        "kind": "property",
        "schema": SCHEMA,
        "id": "when",
        "label": "when",
        "description": "When an event happened.",
        "datatype": "date",
        "temporal": "fixed",
    },
    "place": {
        "kind": "property",
        "schema": SCHEMA,
        "id": "place",
        "label": "place",
        "description": "Where an event happened.",
        "datatype": "entity",
        "temporal": "fixed",
    },
    "participant": {
        "kind": "property",
        "schema": SCHEMA,
        "id": "participant",
        "label": "participant",
        "description": "Who took part in an event, and as what.",
        "datatype": "entity",
        "temporal": "fixed",
        "cardinality": "many",
        "qualifiers": ["role"],
    },
}
"""The properties of events, as payloads by id; they stand in no log and cannot be redefined."""

_ATTRIBUTION = ("source", "locator", "speaker", "via", "asserted", "credibility", "modality")


def stated_by(event: Payload) -> Iterator[Payload]:
    """Yield the claims that an event's payload states about itself, with derived ids."""
    attribution = {name: event[name] for name in _ATTRIBUTION if name in event}
    for name in ("when", "place"):
        if name in event:
            yield _claim(event["id"], name, event[name], attribution)
    for participant in event.get("participants", ()):
        role = {"qualifiers": {"role": participant["role"]}} if "role" in participant else {}
        yield _claim(event["id"], "participant", participant["entity"], attribution | role)


def _claim(event: str, name: str, value: str, rest: Payload) -> Payload:
    claim: Payload = {
        "kind": "claim",
        "schema": SCHEMA,
        "subject": event,
        "property": name,
        "value": value,
        "event": event,
        **rest,
    }
    # Under the kind of the event, because a claim of its own may say the same to the letter.
    claim["id"] = derived(event, name, dumps({**claim, "kind": "event"}))
    return claim
