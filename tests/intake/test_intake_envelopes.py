"""Entries of a log among records: each is read as the record in its payload."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from chronicle.entries import FIELDS
from chronicle.errors import Finding
from chronicle.intake import Draft, drafts_from
from chronicle.intake.envelopes import PAYLOAD, POSITION
from chronicle.intake.kinds import DEFAULTS, GROUPS

Reading = Callable[[str, str | bytes], list[Draft | Finding]]

PAYLOAD_OF_ADA = {"id": "ada", "kind": "entity", "name": "Ada", "schema": 1, "type": "person"}
LOGGED: dict[str, Any] = {
    "position": 7,
    "kind": "entity",
    "id": "ada",
    "recorded_at": "2022-06-01T12:00:00.000000Z",
    "author": "me",
    "message": "",
    "payload": PAYLOAD_OF_ADA,
}
EXPORTED = {**LOGGED, "schema": 1, "salt": "00" * 16, "root": "00" * 32}
FIELDS_OF_ADA: dict[str, object] = {"id": "ada", "name": "Ada", "type": "person"}


def test_no_record_and_no_document_looks_like_an_entry() -> None:
    """None has a field of these names, so that an entry is never taken for a record."""
    names = {*GROUPS, DEFAULTS}.union(*FIELDS.values())
    assert not names & {POSITION, PAYLOAD}


@pytest.mark.parametrize("entry", [LOGGED, EXPORTED])
def test_lines_of_a_log_are_the_records_in_them(reading: Reading, entry: Mapping[str, Any]) -> None:
    """Those that `log` prints, and those of an export; beside lines that are records."""
    record = {"kind": "entity", "id": "ben"}
    text = "".join(f"{json.dumps(line)}\n" for line in (entry, record, entry))
    first, second, third = reading("a.jsonl", text)
    assert first == Draft("entity", FIELDS_OF_ADA, "a.jsonl", 1)
    assert second == Draft("entity", {"id": "ben"}, "a.jsonl", 2)
    assert third == Draft("entity", FIELDS_OF_ADA, "a.jsonl", 3)


def test_lists_hold_entries_too(reading: Reading) -> None:
    """In JSON, and in YAML with the line of each field; one entry may be a document."""
    (draft,) = reading("a.json", json.dumps([LOGGED]))
    assert draft == Draft("entity", FIELDS_OF_ADA, "a.json", 1, draft.lines)  # type: ignore[union-attr]  # a draft
    (draft,) = reading("one.json", json.dumps(LOGGED))
    assert isinstance(draft, Draft)
    text = "- position: 3\n  payload:\n    kind: claim\n    schema: 1\n    value: glad\n"
    (draft,) = reading("a.yaml", text)
    assert isinstance(draft, Draft)
    assert (draft.kind, draft.fields, draft.line) == ("claim", {"value": "glad"}, 2)
    assert draft.place.line_of(("value",)) == 5


def test_mappings_of_a_program_hold_entries_too(fields: Mapping[str, frozenset[str]]) -> None:
    """Numbers are numbers there, and text is as good."""
    text = {**LOGGED, "position": "7", "payload": {**PAYLOAD_OF_ADA, "schema": "1"}}
    for entry in (LOGGED, EXPORTED, text):
        (draft,) = drafts_from([entry], fields=fields)
        assert draft == Draft("entity", FIELDS_OF_ADA, "record", 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"payload": "ada"}, "payload: is no mapping of fields; an entry holds its record there"),
        ({"payload": None}, "payload: is no mapping of fields; an entry holds its record there"),
        (
            {"id": "ben"},
            "id: the entry names 'ben', its payload 'ada'; export the log again",
        ),
        (
            {"kind": "event"},
            "kind: the entry names 'event', its payload 'entity'; export the log again",
        ),
        (
            {"payload": {**PAYLOAD_OF_ADA, "schema": 99}},
            (
                "payload.schema: 'ada' has schema 99, this software reads up to 1; "
                "install a newer version"
            ),
        ),
        (
            {"payload": {**PAYLOAD_OF_ADA, "schema": "x"}},
            (
                "payload.schema: 'x' is no schema number; "
                "a payload names the number of its schema; export the log again"
            ),
        ),
        (
            {"kind": None, "payload": {**PAYLOAD_OF_ADA, "kind": "entitty"}},
            "payload.kind: there is no kind 'entitty'; did you mean entity",
        ),
        (
            {"kind": None, "payload": {"id": "ada", "schema": 1, "name": "Ada"}},
            "payload.kind: the record has no kind; ",
        ),
    ],
)
def test_a_faulty_entry_is_a_finding(
    reading: Reading, change: Mapping[str, Any], expected: str
) -> None:
    """With what to do about it; the lines after it are read all the same."""
    text = f"{json.dumps({**LOGGED, **change})}\n{json.dumps(LOGGED)}\n"
    finding, draft = reading("a.jsonl", text)
    assert str(finding).startswith(f"a.jsonl:1: {expected}")
    assert isinstance(draft, Draft)


def test_every_fault_of_an_entry_is_told(reading: Reading) -> None:
    """Where it stands in a list, the path says so."""
    wrong = {**LOGGED, "id": "ben", "payload": {**PAYLOAD_OF_ADA, "schema": 0}}
    found = reading("a.json", json.dumps([LOGGED, wrong], indent=1))
    assert [(one.field, one.line) for one in found if isinstance(one, Finding)] == [
        ("[1].id", 20),
        ("[1].payload.schema", 28),
    ]
