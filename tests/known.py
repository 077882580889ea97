"""Records that are known, and the faults of one more record held against them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chronicle.checks import check
from chronicle.payloads import Payload
from tests.faults import Faults, written

PROPERTIES: Mapping[str, Mapping[str, object]] = {
    "status": {},
    "post": {"qualifiers": ["office", "rank"]},
    "mood": {"datatype": "term", "values": ["on leave", "on duty", "retired"]},
    "toll": {"datatype": "quantity", "temporal": "fixed"},
    "height": {"datatype": "quantity"},
    "born": {"datatype": "date", "temporal": "fixed"},
    "role": {"cardinality": "many"},
}

KNOWN: dict[str, Payload] = {
    one["id"]: one
    for one in (
        *(written("property", id=name, **rest) for name, rest in PROPERTIES.items()),
        written("source", id="dated", published="2022-01-18"),
        written("source", id="undated"),
        written("claim", id="old", valid="2022-01-06/.."),
        written("claim", id="old-denial", valid="2022-01-06", denies=True),
        written("claim", id="old-post", property="post", valid="2022", qualifiers={"office": "a"}),
        written("claim", id="old-toll", property="toll", value="3"),
        written("claim", id="of-ben", subject="ben", valid="2022-01-06"),
        written("claim", id="of-ada-l", subject="ada-l", valid="2022-01-06"),
        written("claim", id="ended", valid="/2022-01-10"),
    )
}

SAME = {"ada-l": "ada"}


def faults_of(payload: Payload) -> list[tuple[str, str, str]]:
    """Return the faults of a record held against what is known: (field, what, what to do)."""
    faults = Faults()
    check(payload, KNOWN, {}, lambda name: SAME.get(name, name), faults)
    return [(".".join(map(str, path)), what, todo) for path, what, todo in faults]


def of_claim(**changes: Any) -> list[tuple[str, str, str]]:
    """Return the faults of the least claim about a state, changed."""
    return faults_of(written("claim", **{"valid": "2022-01-06", **changes}))


def of(kind: str, **changes: Any) -> list[tuple[str, str, str]]:
    """Return the faults of the least record of a kind, changed."""
    return faults_of(written(kind, **changes))
