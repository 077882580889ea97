"""References: every id that a record names, and the kinds that it may be of."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.entries import FIELDS, KINDS
from chronicle.references import Reference, entity_value, references
from tests.faults import MINIMAL, written

ATTRIBUTION = {"source": "s1", "speaker": "e1", "via": ["s2", "e2"]}
ATTRIBUTED = [
    ("source", "s1", "source"),
    ("speaker", "e1", "entity"),
    ("via[0]", "s2", "source or entity"),
    ("via[1]", "e2", "source or entity"),
]
THING = "entity or event"

TABLE: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "source": (
        {"derives_from": ["s1", "s2"]},
        [("derives_from[0]", "s1", "source"), ("derives_from[1]", "s2", "source")],
    ),
    "entity": ({"within": "e1"}, [("within", "e1", THING)]),
    "property": ({"qualifiers": ["office"]}, []),
    "event": (
        {**ATTRIBUTION, "place": "e3", "participants": [{"entity": "e4"}, {"entity": "e5"}]},
        [
            ("place", "e3", THING),
            *ATTRIBUTED,
            ("participants[0].entity", "e4", THING),
            ("participants[1].entity", "e5", THING),
        ],
    ),
    "claim": (
        {
            **ATTRIBUTION,
            "event": "v1",
            "answers": "c1",
            "inferred_from": ["c2", "c3"],
            "revises": {"claim": "c4", "kind": "update"},
            "qualifiers": {"office": "e9"},
        },
        [
            ("subject", "ada", THING),
            ("property", "status", "property"),
            ("event", "v1", "event"),
            ("answers", "c1", "claim"),
            ("inferred_from[0]", "c2", "claim"),
            ("inferred_from[1]", "c3", "claim"),
            *ATTRIBUTED,
            ("revises.claim", "c4", "claim"),
        ],
    ),
    "retraction": (
        ATTRIBUTION,
        [
            (
                "retracts",
                "first",
                "claim or event or assessment or retraction or conflict or source",
            ),
            *ATTRIBUTED,
        ],
    ),
    "assessment": (ATTRIBUTION, [("claim", "first", "claim"), *ATTRIBUTED]),
    "merge": ({}, [("into", "ada", THING), ("from[0]", "ada-l", THING)]),
    "conflict": ({}, [("claims[0]", "first", "claim"), ("claims[1]", "second", "claim")]),
    "policy": ({}, []),
    "expectation": ({}, [("subject", "ada", THING), ("property", "status", "property")]),
}
"""For each kind: fields beyond the least, and every id named, as (field, id, kinds)."""


def shown(one: Reference) -> tuple[str, str, str]:
    """Write a reference as the table does."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in one.path)
    return path.removeprefix("."), one.id, " or ".join(one.kinds)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_names_these_ids(kind: str) -> None:
    """Every one with the way to it and the kinds that it may be of; a policy names none."""
    changes, expected = TABLE[kind]
    found = [shown(one) for one in references(written(kind, **changes))]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_record_names_no_more_than_it_says(kind: str) -> None:
    """Fields that were left out name nothing."""
    named = {one.path[0] for one in references(written(kind))}
    assert named <= MINIMAL[kind].keys()


@pytest.mark.parametrize("kind", KINDS)
def test_only_fields_that_there_are_name_ids(kind: str) -> None:
    """What is looked up is written under the name that the record has for it."""
    changes, _ = TABLE[kind]
    assert {one.path[0] for one in references(written(kind, **changes))} <= FIELDS[kind]
    kinds = {name for one in references(written(kind, **changes)) for name in one.kinds}
    assert kinds <= KINDS.keys()


def test_a_payload_read_from_the_log_names_the_same() -> None:
    """Lists are lists there, where a record just read holds tuples."""
    payload = written("claim", via=["s2", "e2"])
    assert references({**payload, "via": ["s2", "e2"]}) == references(payload)


@pytest.mark.parametrize(
    ("datatype", "changes", "expected"),
    [
        ("entity", {"value": "almaty"}, Reference(("value",), "almaty", ("entity", "event"))),
        ("text", {"value": "almaty"}, None),
        ("entity", {"value": None, "none": True}, None),
        ("entity", {"value": None, "unknown": True}, None),
    ],
)
def test_a_value_names_an_entity_where_the_property_says_so(
    datatype: str, changes: dict[str, Any], expected: Reference | None
) -> None:
    """Nowhere else, and not where there is no value."""
    prop = written("property", datatype=datatype)
    assert entity_value(written("claim", **changes), prop) == expected
