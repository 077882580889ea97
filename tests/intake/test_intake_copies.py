"""Copies: the lines of an exported log, each held against the form of an exported entry."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chronicle.canonical import dumps
from chronicle.errors import Finding
from chronicle.intake import Copy, read_copies
from chronicle.merkle import commit, leaf_hash

pytestmark = pytest.mark.usefixtures("folder")

PAYLOAD = {"id": "ada", "kind": "entity", "name": "Ada: [[{}]", "schema": 1, "type": "person"}
LINE: dict[str, Any] = {
    "position": 7,
    "kind": "entity",
    "id": "ada",
    "schema": 1,
    "recorded_at": "2022-06-01T12:00:00.000000Z",
    "author": "мне",
    "message": 'a "message"\n',
    "salt": "0f" * 16,
    "payload": PAYLOAD,
    "root": "a0" * 32,
}


def read(*lines: Mapping[str, Any] | str) -> list[Copy | Finding]:
    """Read lines from a file."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    Path("a.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    return list(read_copies(["a.jsonl"]))


def test_a_line_is_its_entry_to_the_letter() -> None:
    """With the commitment and the leaf that the fields give, the root and the place."""
    (one,) = read(LINE)
    assert isinstance(one, Copy)
    entry = one.entry
    assert entry[:7] == (7, "ada", "entity", 1, LINE["recorded_at"], "мне", 'a "message"\n')
    assert (entry.salt, entry.payload.encode()) == (b"\x0f" * 16, dumps(PAYLOAD))
    assert entry.commitment == commit(entry.salt, dumps(PAYLOAD))
    assert entry.leaf == leaf_hash(entry.header())
    assert (one.payload, one.root) == (PAYLOAD, b"\xa0" * 32)
    assert (one.file, one.line) == ("a.jsonl", 1)


def test_an_append_that_goes_on_has_no_root() -> None:
    """Most lines have none."""
    (one,) = read({name: part for name, part in LINE.items() if name != "root"})
    assert isinstance(one, Copy)
    assert one.root == b""


def test_how_a_line_is_spaced_and_ordered_says_nothing() -> None:
    """The payload is the canonical form of what it says, however another tool wrote it."""
    turned = dict(reversed(LINE.items())) | {"payload": dict(reversed(PAYLOAD.items()))}
    (one,), (other,) = read(LINE), read(json.dumps(turned, separators=(" , ", " : ")))
    assert one == other


def test_lines_that_take_a_closer_look_are_the_same() -> None:
    """Blanks before a line, colons and many brackets in a text: numbers stay numbers."""
    payload = {**PAYLOAD, "name": '": [' * 200}
    (one, other) = read({**LINE, "payload": payload}, "  " + json.dumps(LINE))
    assert isinstance(one, Copy)
    assert isinstance(other, Copy)
    assert one.payload == payload
    assert (other.entry.position, other.line) == (7, 2)


WRONG: Mapping[str, Sequence[object]] = {
    "position": ("7", 0, -1, 1.0, True, None, 2**53, 10**30),
    "kind": ("statement", "entitty", 1, ["entity"]),
    "id": ("Ada", "", None),
    "schema": ("1", 0, True),
    "recorded_at": (
        "2022-06-01",
        "2022-06-01T12:00:00Z",
        "2022-06-01T12:00:00.000000+00:00",
        "2022-06-31T12:00:00.000000Z",
        None,
    ),
    "author": (1, None, "a\0", "\ud800"),
    "message": (1, None, "a\0", "\ud800"),
    "salt": ("", "0f" * 15, "0F" * 16, "0g" * 16, None),
    "payload": ("ada", [], None),
    "root": ("", "a0" * 31, "A0" * 32, None),
}


@pytest.mark.parametrize(
    ("name", "wrong"), [(name, wrong) for name, several in WRONG.items() for wrong in several]
)
def test_a_field_of_another_form_is_a_finding(name: str, wrong: object) -> None:
    """It names the field and says what was expected."""
    (finding,) = read({**LINE, name: wrong})
    assert isinstance(finding, Finding)
    assert (finding.field, finding.line) == (name, 1)
    assert finding.what.startswith("expected ")
    assert finding.todo == "export the log again: chronicle export jsonl"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"kind": "entity", "id": "ada"}, "the line is no entry of a log; append records without"),
        ({**LINE, "more": 1}, "more: no field of an entry; export the log again"),
        (
            {name: part for name, part in LINE.items() if name not in ("salt", "schema")},
            (
                "schema, salt are missing; lines of chronicle export jsonl hold every field; "
                "append others without --exact"
            ),
        ),
        (
            {name: part for name, part in LINE.items() if name != "salt"},
            "salt is missing; lines of chronicle export jsonl hold every field",
        ),
        ({**LINE, "id": "ben"}, "payload: its id is 'ada', that of the entry 'ben'"),
        ({**LINE, "kind": "event"}, "payload: its kind is 'entity', that of the entry 'event'"),
        (
            {**LINE, "payload": {**PAYLOAD, "schema": True}},
            "payload: its schema is True, that of the entry 1",
        ),
        (
            {**LINE, "schema": 99, "payload": {**PAYLOAD, "schema": 99}},
            "schema: 'ada' has schema 99, this software reads up to 1; install a newer version",
        ),
        ({**LINE, "payload": {**PAYLOAD, "name": 1.5}}, "payload: float has no canonical JSON"),
        ({**LINE, "payload": {**PAYLOAD, "name": "\ud800"}}, "payload: a lone surrogate has no"),
        (json.dumps(LINE)[:-30], "not JSON (column"),
        (json.dumps(LINE).replace('"id"', '"kind"', 1), "kind: written twice"),
        ("[1]", "the line is no mapping of fields"),
    ],
)
def test_a_line_that_is_no_entry_is_a_finding(line: Mapping[str, Any] | str, expected: str) -> None:
    """With what to do about it; the lines after it are read all the same."""
    finding, one = read(line, LINE)
    assert str(finding).startswith(f"a.jsonl:1: {expected}")
    assert isinstance(one, Copy)


def test_every_fault_of_a_line_is_told() -> None:
    """Each field that is wrong has a finding of its own."""
    found = read({**LINE, "position": 0, "salt": "", "more": ""})
    assert [one.field for one in found if isinstance(one, Finding)] == ["position", "salt", "more"]


def test_files_are_read_in_the_order_given() -> None:
    """Standard input stands among them; folders are read in the order of names."""
    for number, name in enumerate(("b/2.jsonl", "b/1.jsonl", "a.ndjson"), start=1):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(json.dumps({**LINE, "position": number}), encoding="utf-8")
    stdin = BytesIO(json.dumps({**LINE, "position": 9}).encode())
    found = list(read_copies(["b", "-", "a.ndjson"], stdin))
    assert [(one.entry.position, one.file) for one in found if isinstance(one, Copy)] == [
        (2, "b/1.jsonl"),
        (1, "b/2.jsonl"),
        (9, "-"),
        (3, "a.ndjson"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "entities: []\n"),
        ("a.json", "[]"),
        ("-", "entities:\n- id: ada\n"),
        ("-", '{\n"entities": []\n}\n'),
    ],
)
def test_only_json_lines_hold_an_exported_log(name: str, text: str) -> None:
    """Any other kind of file is one finding."""
    if name != "-":
        Path(name).write_text(text)
    (finding,) = read_copies([name], BytesIO(text.encode()))
    assert str(finding) == (
        f"{name}: no JSON Lines; "
        "an exported log is JSON Lines (.jsonl); append other files without --exact"
    )


def test_a_cut_line_of_standard_input_is_no_other_kind_of_file() -> None:
    """What is left of one line is told as what it is."""
    (finding,) = read_copies(["-"], BytesIO(json.dumps(LINE)[:40].encode()))
    assert str(finding).startswith("-:1: not JSON")


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_there_may_be_nothing_new(text: str) -> None:
    """Whoever follows another log has files without entries on most days."""
    Path("a.jsonl").write_text(text)
    assert not list(read_copies(["a.jsonl"]))


def test_standard_input_may_be_empty() -> None:
    """As a pipe from a log without news is."""
    assert not list(read_copies(["-"], BytesIO()))
