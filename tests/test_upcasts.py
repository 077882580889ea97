"""Upcasts: payloads of older schemas climb to today's, and golden ones are read for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chronicle.canonical import dumps
from chronicle.entries import FIELDS, KINDS, payload_of
from chronicle.errors import LogCorrupt
from chronicle.payloads import SCHEMA, Payload
from chronicle.upcasts import LADDER, Step, climb
from tests.faults import made

GOLDEN = Path(__file__).parent / "golden"


def stored(number: int) -> list[str]:
    """Return the payloads of a schema as a log of that time stored them."""
    return (GOLDEN / f"schema-{number}.jsonl").read_text(encoding="utf-8").splitlines()


def rename(payload: Payload) -> Payload:
    """Go from schema 1 to 2: `label` is called `name`."""
    rest = {name: value for name, value in payload.items() if name != "label"}
    return {**rest, "name": payload["label"]}


def wrap(payload: Payload) -> Payload:
    """Go from schema 2 to 3: there may be several names."""
    rest = {name: value for name, value in payload.items() if name != "name"}
    return {**rest, "names": [payload["name"]]}


def mark(payload: Payload) -> Payload:
    """Go from schema 2 to 3, another kind."""
    return {**payload, "marked": True}


STEPS: dict[tuple[str, int], Step] = {
    ("property", 1): rename,
    ("property", 2): wrap,
    ("source", 2): mark,
}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            {"kind": "property", "schema": 1, "id": "a", "label": "x"},
            {"kind": "property", "schema": 3, "id": "a", "names": ["x"]},
        ),
        (
            {"kind": "property", "schema": 2, "id": "a", "name": "x"},
            {"kind": "property", "schema": 3, "id": "a", "names": ["x"]},
        ),
        (
            {"kind": "property", "schema": 3, "id": "a", "names": ["x", "y"]},
            {"kind": "property", "schema": 3, "id": "a", "names": ["x", "y"]},
        ),
        (
            {"kind": "source", "schema": 1, "id": "a"},
            {"kind": "source", "schema": 3, "id": "a", "marked": True},
        ),
        (
            {"kind": "entity", "schema": 1, "id": "a", "name": "x"},
            {"kind": "entity", "schema": 3, "id": "a", "name": "x"},
        ),
    ],
)
def test_a_payload_climbs_every_step_above_it(payload: Payload, expected: Payload) -> None:
    """From wherever it stands; where its kind has no step it takes the next number alone."""
    assert climb(payload, STEPS) == expected


def test_climbing_leaves_the_stored_payload_as_it_is() -> None:
    """The log is never rewritten, so what was read from it must not change under the reader."""
    payload = {"kind": "property", "schema": 1, "id": "a", "label": "x"}
    climb(payload, STEPS)
    assert payload == {"kind": "property", "schema": 1, "id": "a", "label": "x"}


def test_a_payload_of_today_is_itself() -> None:
    """Without any step above it nothing is copied or changed."""
    payload = {"kind": "source", "schema": SCHEMA, "id": "a"}
    assert climb(payload) is payload


@pytest.mark.parametrize(
    ("ladder", "number", "top"), [(LADDER, SCHEMA + 1, SCHEMA), (STEPS, 4, 3), (STEPS, 99, 3)]
)
def test_a_newer_payload_is_refused(
    ladder: dict[tuple[str, int], Step], number: int, top: int
) -> None:
    """Software that does not know a schema does not guess at it."""
    with pytest.raises(LogCorrupt) as caught:
        climb({"kind": "source", "schema": number, "id": "a"}, ladder)
    assert str(caught.value) == (
        f"'a' has schema {number}, this software reads up to {top}; install a newer version"
    )


@pytest.mark.parametrize("number", [0, -1, True, "1", 1.0, None])
def test_a_payload_without_schema_number_is_refused(number: Any) -> None:
    """Only whole numbers from 1 number a schema."""
    with pytest.raises(LogCorrupt, match="'a' has no schema number"):
        climb({"kind": "source", "schema": number, "id": "a"})
    with pytest.raises(LogCorrupt, match="has no schema number"):
        climb({"kind": "source"})


def test_the_ladder_reaches_the_schema_that_is_written() -> None:
    """No step leads beyond the schema of today, and each begins at one before it."""
    assert all(kind in KINDS and 1 <= number < SCHEMA for kind, number in LADDER)


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_golden_payloads_are_canonical(number: int) -> None:
    """They stand in their files to the byte as a log stores them."""
    for line in stored(number):
        payload = json.loads(line)
        assert dumps(payload).decode() == line
        assert payload["schema"] == number


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_golden_payloads_read_for_ever(number: int) -> None:
    """Each climbs to today's schema, reads as its record, and gives the same payload back."""
    for line in stored(number):
        payload = climb(json.loads(line))
        fields = {key: item for key, item in payload.items() if key not in ("kind", "schema")}
        assert dumps(payload_of(made(payload["kind"], fields))) == dumps(payload)


@pytest.mark.parametrize("kind", KINDS)
def test_golden_payloads_hold_every_field_of_every_kind(kind: str) -> None:
    """What today's schema can say is said once, so that a change of any field is noticed."""
    said = [json.loads(line) for line in stored(SCHEMA)]
    fields = {name for payload in said if payload["kind"] == kind for name in payload}
    assert fields - {"kind", "schema"} == FIELDS[kind]
