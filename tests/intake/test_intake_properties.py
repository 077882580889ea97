"""What holds for every input: formats agree, and no bytes whatever make the intake fail."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.errors import Finding
from chronicle.intake import Draft, drafts_from
from chronicle.intake.decoding import decoded
from chronicle.intake.files import read
from chronicle.intake.grouping import drafts
from chronicle.intake.json_lines import mappings
from chronicle.intake.json_text import document
from chronicle.intake.kinds import ATTRIBUTION, GROUPS
from chronicle.intake.located import Located
from chronicle.intake.yaml_text import documents

Fields = Mapping[str, frozenset[str]]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUE = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
NAMES = ("id", "subject", "value", "valid", "kind", "note", "claims", *ATTRIBUTION)
RECORD = st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=5)
OUTER = st.builds(
    lambda record, claims: {**record, "claims": claims},
    st.dictionaries(st.sampled_from(("id", "title", *ATTRIBUTION)), VALUE, max_size=4),
    st.lists(RECORD | TEXT, max_size=3),
)
GROUP = st.tuples(st.sampled_from(list(GROUPS)), st.lists(RECORD | OUTER, max_size=2))
DEFAULTS = st.tuples(st.just("defaults"), RECORD)
DOCUMENT: st.SearchStrategy[dict[str, Any]] = st.lists(
    GROUP | DEFAULTS | st.tuples(st.just("clams"), TEXT), max_size=4
).map(dict)


def without_lines(items: list[Draft | Finding]) -> list[object]:
    """Return what the items say, wherever they say it."""
    return [
        (item.kind, item.fields) if isinstance(item, Draft) else (item.what, item.todo, item.field)
        for item in items
    ]


def from_text(parsed: list[Located | Finding], fields: Fields) -> list[Draft | Finding]:
    """Return what the documents of a text hold; none of them may be a fault."""
    items: list[Draft | Finding] = []
    for item in parsed:
        assert isinstance(item, Located), str(item)
        items.extend(drafts(item, "f", fields))
    return items


@settings(deadline=None, max_examples=60)
@given(DOCUMENT, st.sampled_from([None, 1]), st.sampled_from([True, False, None]))
def test_formats_agree_on_drafts_and_faults(
    fields: Fields, written: dict[str, Any], indent: int | None, flow: bool | None
) -> None:
    """The same document as YAML, JSON, JSON Lines and Python mapping says the same."""
    as_json = json.dumps(written, indent=indent)
    as_yaml = yaml.safe_dump(
        written, default_style='"', default_flow_style=flow, sort_keys=False, allow_unicode=False
    )
    as_line = json.dumps(written).encode()
    direct = without_lines(list(drafts_from([written], fields=fields)))
    assert without_lines(from_text(list(document(as_json, "f")), fields)) == direct
    assert without_lines(from_text(list(mappings([as_line], "f")), fields)) == direct
    assert without_lines(from_text(list(documents(as_yaml, "f")), fields)) == direct


@settings(deadline=None, max_examples=60)
@given(DOCUMENT)
def test_every_line_of_an_indented_document_holds_the_field_it_is_given_for(
    fields: Fields, written: dict[str, Any]
) -> None:
    """The line of a field of a draft is the line where its name is written."""
    lines = json.dumps(written, indent=0).split("\n")
    for item in from_text(list(document("\n".join(lines), "f")), fields):
        if isinstance(item, Draft):
            assert lines[item.place.line - 1].startswith("{")
            for path, line in item.place.fields.items():
                name = "id" if path in (("event",), ("subject",)) else path[-1]
                if isinstance(name, str):
                    assert lines[line - 1].startswith((json.dumps(name), json.dumps(path[-1])))


def test_same_records_give_the_same_drafts_in_every_format(tmp_path: Path, fields: Fields) -> None:
    """YAML, JSON and JSON Lines differ in looks alone."""
    (tmp_path / "a.yaml").write_text(
        """
events:
- id: blast
  title: Blast
  source: s1
  speaker: agency
  claims:
  - {property: toll, value: 164, valid: }
  - {property: toll, value: 165, subject: other, speaker: mayor}
statements:
- source: s2
  via: [x, y]
  claims:
  - id: c3
    subject: p
    property: status
    value: no
    valid: [2022-01-06..2022-01-17]
"""
    )
    event = {
        "id": "blast",
        "title": "Blast",
        "source": "s1",
        "speaker": "agency",
        "claims": [
            {"property": "toll", "value": 164, "valid": None},
            {"property": "toll", "value": 165, "subject": "other", "speaker": "mayor"},
        ],
    }
    claim = {
        "id": "c3",
        "subject": "p",
        "property": "status",
        "value": "no",
        "valid": ["2022-01-06..2022-01-17"],
    }
    statement = {"source": "s2", "via": ["x", "y"], "claims": [claim]}
    groups = {"events": [event], "statements": [statement]}
    records = [{"kind": "event", **event}, {"kind": "statement", **statement}]
    (tmp_path / "b.json").write_text(json.dumps(groups, indent=2))
    (tmp_path / "c.json").write_text(json.dumps(records))
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    (tmp_path / "e.jsonl").write_text(json.dumps(groups))
    drafts = [
        [
            (item.kind, item.fields)
            for item in read([path], fields=fields)
            if isinstance(item, Draft)
        ]
        for path in sorted(tmp_path.iterdir())
    ]
    assert [kind for kind, _ in drafts[0]] == ["event", "claim", "claim", "claim"]
    assert drafts == [drafts[0]] * 5


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a valid YAML or JSON text in which a few bytes were replaced, put in or cut out."""
    written = draw(DOCUMENT)
    text = json.dumps(written) if draw(st.booleans()) else yaml.safe_dump(written)
    data = bytearray(text.encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(st.binary(max_size=2) | st.sampled_from(TROUBLE))
        data[at : at + draw(st.integers(0, 3))] = piece
    return bytes(data)


TROUBLE = [
    bytes(text, "ascii")
    for text in ("&a ", "*a ", "!!x ", "!%ff ", "? ", "- ", "{", "}", "[", "]", ": ", "\n", "\t",
                 "'", '"', "|", ">4", "<<: ", "---\n", "...\n", "%YAML 9\n", "\\u", "\\ud800", "#")
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60) | mutated())
def test_no_bytes_make_the_intake_fail(fields: Fields, data: bytes) -> None:
    """Whatever a file holds, in any format, it yields drafts and findings with their lines."""
    readings = [list(read(["-"], io.BytesIO(data), fields=fields))]
    lines = [*mappings(io.BytesIO(data), "-")]
    text = decoded(data, "-")
    parsed = (
        [lines]
        if isinstance(text, Finding)
        else [lines, [*document(text, "-")], [*documents(text, "-")]]
    )
    for items in parsed:
        readings.extend(
            [item] if isinstance(item, Finding) else list(drafts(item, "-", fields))
            for item in items
        )
    count = data.count(b"\n") + data.count(b"\r") + data.count(b"\xc2\x85") + 2
    count += data.count(b"\xe2\x80\xa8") + data.count(b"\xe2\x80\xa9")
    assert readings[0]
    for found in chain.from_iterable(readings):
        where = found.place if isinstance(found, Draft) else found
        assert where.file == "-"
        assert 1 <= where.line <= count


SCALAR = st.one_of(
    TEXT.map(json.dumps),
    st.sampled_from([
        "1", "-0", "1.50", "true", "null", "NaN", '"14:30"', '"a\\": 1"', '"\\ud800"', '"a":',
    ]),
)  # fmt: skip
NAME = st.sampled_from(['"a"', '"\\u0061"', '"a" ', '"b"', '"a:"', '"a\\":"', '"\\ud800"'])


def _written(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return mappings and lists as people may write them: with names twice, and odd spaces."""
    field = st.tuples(NAME, st.sampled_from([":", " : ", "\t:"]), inner).map("".join)
    mapping = st.lists(field, max_size=3).map(lambda fields: f"{{{', '.join(fields)}}}")
    return mapping | st.lists(inner, max_size=2).map(lambda items: f"[{','.join(items)}]")


@given(_written(st.recursive(SCALAR, _written, max_leaves=4)))
def test_a_line_is_read_as_the_same_document(line: str) -> None:
    """However fast a line is read, it holds what the slow parser finds in it, and its faults."""
    slow = [
        (item.what, item.field) if isinstance(item, Finding) else item.value
        for item in document(line, "a.jsonl")
    ]
    fast = [
        (item.what, item.field) if isinstance(item, Finding) else item.value
        for item in mappings([line.encode()], "a.jsonl")
    ]
    if not line.startswith("{"):
        slow = [item if isinstance(item, tuple) else (NO_MAPPING, "") for item in slow]
    assert fast == slow


NO_MAPPING = "the line is no mapping of fields"
