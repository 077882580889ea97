"""JSON and JSON Lines: values, lines, and everything that can be wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from chronicle.errors import Finding
from chronicle.intake import Draft
from chronicle.intake.json_lines import LONGEST_LINE, mappings
from chronicle.intake.json_text import document
from chronicle.intake.located import Located

Reading = Callable[[str, str | bytes], list[Draft | Finding]]

DEEP = (
    "lists and mappings are nested more than 100 levels deep; "
    "no record needs that; is a bracket left open?"
)
NO_NUMBER = "is no number in JSON; write it as text in quotes, or leave the field out"
CHECK = "check quotes, commas and brackets"
QUOTES = "close the quotes, escape with \\"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("164", "164"),
        ("-0", "-0"),
        ("1.50", "1.50"),
        ("1E+2", "1E+2"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.10"),
        ("9" * 5000, "9" * 5000),
        ("true", True),
        ("false", False),
        ('"no"', "no"),
        ('""', ""),
        ('"a\\u00e9\\n\\"b\\\\"', 'aé\n"b\\'),
        ('"é"', "é"),
        ("[]", []),
        ("{}", {}),
        ('["a", [null, 1]]', ["a", [None, "1"]]),
        ('{"2022..2023": null}', {"2022..2023": None}),
        (f'"{"[" * 300}"', "[" * 300),
    ],
)
def test_values_load_exactly(reading: Reading, name: str, written: str, value: object) -> None:
    """Numbers are the text that was written; everything else is what JSON says."""
    (item,) = reading(name, f' {{"kind": "claim" , "note":null,"value":{written}}} ')
    assert isinstance(item, Draft), str(item)
    assert item.fields == {"value": value}


def test_each_field_of_a_document_has_its_line(reading: Reading) -> None:
    """The line of a field is that of its name, the line of an item its own."""
    text = """{"claims": [
  {
    "id": "a",
    "via": [
      "x", "y",
      {"z":
        1}
    ]
  }, {"id":
  "b"}
]}
"""
    first, second = reading("a.json", text)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert first.place.file == "a.json"
    assert first.place.line == 2
    assert dict(first.place.fields) == {
        ("id",): 3,
        ("via",): 4,
        ("via", 0): 5,
        ("via", 1): 5,
        ("via", 2): 6,
        ("via", 2, "z"): 6,
    }
    assert (second.place.line, dict(second.place.fields)) == (9, {("id",): 9})


SYNTAX = [
    (
        '{"claims": [\n {"id": "a",}\n]}',
        (
            "2: not JSON (column 13): expected the name of a field, found '}'; "
            "names stand in double quotes; no comma before '}'"
        ),
    ),
    (
        "{'claims': 1}",
        (
            "1: not JSON (column 2): expected the name of a field, found \"'claims': 1}\"; "
            "names stand in double quotes; no comma before '}'"
        ),
    ),
    (
        '{"claims": [1,\n2\n',
        f"3: not JSON (column 1): expected ',' or ']', the text ends; {CHECK}",
    ),
    (
        "[1,\n]",
        (
            "2: not JSON (column 1): expected a value, found ']'; "
            "texts stand in double quotes; no comma before ']'"
        ),
    ),
    (
        '\n\n{"claims": [tru]}',
        (
            "3: not JSON (column 13): expected a value, found 'tru]}'; "
            "texts stand in double quotes; no comma before ']'"
        ),
    ),
    ('{"a" 1}', f"1: not JSON (column 6): expected ':', found '1}}'; {CHECK}"),
    ("[01]", f"1: not JSON (column 3): expected ',' or ']', found '1]'; {CHECK}"),
    ("[1}", f"1: not JSON (column 3): expected ',' or ']', found '}}'; {CHECK}"),
    (
        '["a\nb"]',
        f"1: not JSON (column 4): invalid control character, the line ends; {QUOTES}",
    ),
    (
        '{"a": "\\x"}',
        f"1: not JSON (column 8): invalid \\escape, found '\\\\x\"}}'; {QUOTES}",
    ),
    (
        '["a',
        f"1: not JSON (column 2): unterminated string starting, found '\"a'; {QUOTES}",
    ),
    (
        '{"kind": "claim"}\n{"kind": "claim"}\n',
        (
            "2: not JSON (column 1): expected nothing more after the document, "
            'found \'{"kind": "claim"}\'; a file with one record a line is named .jsonl'
        ),
    ),
    ("[" * 100_000, f"1: {DEEP}"),
    ('{"a":' * 100_000, f"1: {DEEP}"),
    ("[" * 101 + "]" * 101, f"1: {DEEP}"),
    ("\n" * 7 + "[\n" * 200, f"108: {DEEP}"),
]


@pytest.mark.parametrize(("text", "finding"), SYNTAX)
def test_broken_document_is_one_finding(reading: Reading, text: str, finding: str) -> None:
    """The finding names line, column, what was expected and what stands there."""
    assert [str(item) for item in reading("a.json", text)] == [f"a.json:{finding}"]


def test_name_written_twice_is_a_finding_for_each(reading: Reading) -> None:
    """Every repeated name is found, the first value is kept, and the record still comes."""
    text = '{"kind": "claim",\n"id": "a",\n"id": "b", "note": {"x": 1,\n"x": [2]}}'
    *findings, item = reading("a.json", text)
    assert [str(finding) for finding in findings] == [
        "a.json:3: id: written twice, first on line 2; keep one of them",
        "a.json:4: x: written twice, first on line 3; keep one of them",
    ]
    assert isinstance(item, Draft)
    assert item.fields == {"id": "a", "note": {"x": "1"}}


def test_what_is_no_number_is_found_and_the_rest_is_read(reading: Reading) -> None:
    """NaN and Infinity are Python's, not JSON's."""
    text = '{"kind": "claim",\n"value": NaN,\n"note": [Infinity,-Infinity]}'
    *findings, item = reading("a.json", text)
    assert [str(finding) for finding in findings] == [
        f"a.json:2: NaN {NO_NUMBER}",
        f"a.json:3: Infinity {NO_NUMBER}",
        f"a.json:3: -Infinity {NO_NUMBER}",
    ]
    assert isinstance(item, Draft)


def test_hundred_levels_are_read() -> None:
    """The bound itself is allowed, in documents and in lines."""
    text = '{"a":' + "[" * 99 + "]" * 99 + "}"
    (whole,) = document(text, "f")
    (line,) = mappings([text.encode()], "f")
    assert isinstance(whole, Located)
    assert isinstance(line, Located)
    assert whole.value == line.value == json.loads(text)


NO_MAPPING = 'the line is no mapping of fields; write one record a line: {"kind": "claim", ...}'


@pytest.mark.parametrize(
    ("line", "findings"),
    [
        (b"[1]", [NO_MAPPING]),
        (b'"text"', [NO_MAPPING]),
        (b"null", [NO_MAPPING]),
        (b'[{"a": NaN}]', [f"NaN {NO_NUMBER}", NO_MAPPING]),
        (
            b'{"kind": "claim",}',
            [
                (
                    "not JSON (column 18): expected the name of a field, found '}'; "
                    "names stand in double quotes; no comma before '}'"
                )
            ],
        ),
        (
            b'{"kind": "claim"} {"kind": "claim"}',
            [
                (
                    "not JSON (column 19): expected nothing more after the document, "
                    'found \'{"kind": "claim"}\'; a file with one record a line is named .jsonl'
                )
            ],
        ),
        (
            b'{"kind": "claim"',
            [f"not JSON (column 17): expected ',' or '}}', the text ends; {CHECK}"],
        ),
        (b'{"id": "\xff"}', ["not UTF-8: byte 0xff at byte offset 27; save the file as UTF-8"]),
        (
            b'{"id": "\0"}',
            [
                (
                    "a NUL character in the text; remove it; "
                    "if the whole file looks like that, save the file as UTF-8"
                )
            ],
        ),
        (b"[" * 100_000, [DEEP]),
        (b'{"a":' * 100_000, [DEEP]),
        (
            b'{"a": "' + b"x" * LONGEST_LINE + b'"}',
            ["the line is longer than 16 MiB; write one record a line"],
        ),
        (
            b'{"a": "' + b"x" * 3 * LONGEST_LINE + b'"}',
            ["the line is longer than 16 MiB; write one record a line"],
        ),
    ],
    ids=range(13),
)
def test_faulty_line_is_found_and_the_others_are_read(
    reading: Reading, line: bytes, findings: list[str]
) -> None:
    """Each fault has its line, and costs the other lines nothing."""
    good = b'{"kind": "claim"}\n'
    first, *found, last = reading("a.jsonl", good + b"\n" + line + b"\r\n" + good)
    assert isinstance(first, Draft)
    assert isinstance(last, Draft)
    assert (first.place.line, last.place.line) == (1, 4)
    assert [str(item) for item in found] == [f"a.jsonl:3: {finding}" for finding in findings]


@pytest.mark.parametrize(
    ("odd", "finding"),
    [
        ('"id": "b"', "id: written twice; keep one of them"),
        ('"note": {"x": 1, "x": 1}', "x: written twice; keep one of them"),
        ('"value": NaN', f"NaN {NO_NUMBER}"),
        ('"value": [-Infinity]', f"-Infinity {NO_NUMBER}"),
    ],
)
def test_odd_line_is_found_and_read_all_the_same(reading: Reading, odd: str, finding: str) -> None:
    """A repeated name and a number that is none leave the rest of the line readable."""
    found, item = reading("a.ndjson", f'\n{{"kind": "claim", "id": "a", {odd}}}\n')
    assert str(found).removeprefix("a.ndjson:2: ") == finding
    assert isinstance(item, Draft)
    assert item.fields["id"] == "a"
    assert item.place.line == item.place.line_of(("id",)) == 2


def test_last_line_needs_no_end_and_first_may_have_a_mark(reading: Reading) -> None:
    """A byte order mark is skipped and not counted away in offsets."""
    text = b'\xef\xbb\xbf{"kind": "claim", "id": "a"}\n{"kind": "claim", "id": "b"}'
    items = reading("a.jsonl", text)
    assert [item.fields["id"] for item in items if isinstance(item, Draft)] == ["a", "b"]
    (finding,) = reading("a.jsonl", b"\xef\xbb\xbf\xff")
    assert "byte offset 3" in str(finding)


def test_lines_are_read_one_at_a_time() -> None:
    """Each mapping comes before the next line is asked for: memory holds one line."""
    asked: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(3):
            asked.append(number)
            yield b'{"a": 1}\n'

    items = mappings(pieces(), "f")
    for number in range(3):
        assert next(items) == Located({"a": "1"}, number + 1)
        assert asked == list(range(number + 1))
