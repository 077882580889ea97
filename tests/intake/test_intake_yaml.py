"""YAML: what its scalars mean, where things stand, and everything that can be wrong with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from chronicle.errors import Finding
from chronicle.intake import Draft, yaml_text

Reading = Callable[[str, str | bytes], list[Draft | Finding]]


@pytest.fixture(params=["compiled", "pure"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML, the compiled one only where it is installed."""
    name = "CSafeLoader" if request.param == "compiled" else "SafeLoader"
    if not hasattr(yaml, name):
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(yaml_text, "_LOADER", getattr(yaml, name))


def fields_of(item: Draft | Finding) -> dict[str, object]:
    """Return the fields of a draft, and fail on a finding."""
    assert isinstance(item, Draft), str(item)
    return item.fields


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2022-01-06", "2022-01-06"),
        ("0044", "0044"),
        ("-0044/..", "-0044/.."),
        ("2022-01-06T10:30:00", "2022-01-06T10:30:00"),
        ("164", "164"),
        ("1_000", "1_000"),
        ("1.50", "1.50"),
        ("0x1f", "0x1f"),
        ("no", "no"),
        ("true", "true"),
        ("null", "null"),
        ("~", "~"),
        ("~2500", "~2500"),
        ("<=18", "<=18"),
        ('">=164"', ">=164"),
        ("'>4'", ">4"),
        ("!!int 7", "7"),
        ("! 7", "7"),
        ('""', ""),
        ("!!str", ""),
        ("/2022-01-17", "/2022-01-17"),
        ("|\n    two\n    lines", "two\nlines\n"),
        ("[2022-01-06..2022-01-17]", ["2022-01-06..2022-01-17"]),
        ("[..2022-01-06, 2023~]", ["..2022-01-06", "2023~"]),
        ("{2022-01-06..2022-01-17}", {"2022-01-06..2022-01-17": None}),
        ("{2022-01-06T10:00..2022-01-06T12:00}", {"2022-01-06T10:00..2022-01-06T12:00": None}),
        ("{a: , b: c}", {"a": None, "b": "c"}),
        ("[a, b]", ["a", "b"]),
    ],
)
def test_scalars_load_as_the_text_that_was_written(
    reading: Reading, written: str, value: object
) -> None:
    """No scalar is a number, a date or a bool; brackets stay lists and mappings."""
    (item,) = reading("a.yaml", f"kind: claim\nvalue: {written}\n")
    assert fields_of(item) == {"value": value}


@pytest.mark.parametrize("written", ["", "# only a comment", "&name"])
def test_field_with_nothing_written_is_left_out(reading: Reading, written: str) -> None:
    """An empty field is the same as no field."""
    (item,) = reading("a.yaml", f"kind: claim\nid: a\nvalue: {written}\n")
    assert fields_of(item) == {"id": "a"}


def test_each_field_has_the_line_of_its_name(reading: Reading) -> None:
    """The line of a field is that of its name, the line of an item its own."""
    text = """\
claims:
  - id: a
    note: |
      two
      lines
    via:
      - x
      - [y,
         z]
    revises: {claim: b,
              kind: update}
  -
    id: b
"""
    first, second = reading("a.yaml", text)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert first.place.file == "a.yaml"
    assert first.place.line == 2
    assert dict(first.place.fields) == {
        ("id",): 2,
        ("note",): 3,
        ("via",): 6,
        ("via", 0): 7,
        ("via", 1): 8,
        ("via", 1, 0): 8,
        ("via", 1, 1): 9,
        ("revises",): 10,
        ("revises", "claim"): 10,
        ("revises", "kind"): 11,
    }
    assert second.place.line == 13


def test_lines_count_on_through_documents_and_foreign_line_ends(reading: Reading) -> None:
    """Each document of a file is read, with lines counted from the top of the file."""
    items = reading("a.yml", "\ufeff---\r\nkind: claim\r\nid: a\r\n---\r\n---\r\nkind: entity\r\n")
    places = [(item.kind, item.place.line) for item in items if isinstance(item, Draft)]
    assert places == [("claim", 2), ("entity", 6)]
    assert len(items) == 2


def test_alias_is_a_copy_written_where_the_alias_stands(reading: Reading) -> None:
    """What an alias names is read again; the field has the line of its own name."""
    text = "claims:\n- id: a\n  via: &them [x,\n    y]\n- id: &b b\n  via: *them\n  event: *b\n"
    _, item = reading("a.yaml", text)
    assert isinstance(item, Draft)
    assert item.fields == {"id": "b", "via": ["x", "y"], "event": "b"}
    assert item.place.line_of(("via",)) == 6
    assert item.place.line_of(("event",)) == 7


NAMES_NOTHING = "put a text that begins with * in quotes"
NO_TEXT = (
    "a list or mapping as the name of a field; a name is text; put a text like '[a]' in quotes"
)
EMPTY_BLOCK = "with nothing in it; put a text like '>4' in quotes"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("id: a\nid: b", "2: id: written twice, first on line 1; keep one of them"),
        ("id: a\nnote: {x: 1,\n  x: 2}", "3: x: written twice, first on line 2; keep one of them"),
        ("id: a\n[b, c]: d", f"2: {NO_TEXT}"),
        ("? {b: c}\n: d\n", f"1: {NO_TEXT}"),
        ("note: &x [a]\nid: {*x : b}", f"2: {NO_TEXT}"),
        ("note: {*x : b}", f"1: *x names nothing: there is no &x above; {NAMES_NOTHING}"),
        ("id: a\nvalue: *x", f"2: *x names nothing: there is no &x above; {NAMES_NOTHING}"),
        ("value: &x\n  [*x]", "2: *x stands inside what it names; write the value out"),
        ("value: >4\nid: a", f"1: a block of text (after >) {EMPTY_BLOCK}"),
        ("value: |\n  \nid: a", f"1: a block of text (after |) {EMPTY_BLOCK}"),
        (
            "id: a\nvalue: !x 5",
            "2: the tag !x has no meaning here; put a text that begins with ! in quotes",
        ),
        (
            "value: !x [5]",
            "1: the tag !x has no meaning here; put a text that begins with ! in quotes",
        ),
        ("? \n: b", "1: a value without a name; write its name before the ':'"),
    ],
)
def test_fault_in_a_document_is_found_and_the_rest_is_read(
    reading: Reading, text: str, finding: str
) -> None:
    """Each fault is one finding with its line, and the record after it still comes."""
    items = reading("a.yaml", f"{text}\nkind: claim\n---\nkind: entity\n")
    assert [str(item) for item in items if isinstance(item, Finding)] == [f"a.yaml:{finding}"]
    assert [item.kind for item in items if isinstance(item, Draft)] == ["claim", "entity"]


def test_first_of_two_equal_names_is_kept(reading: Reading) -> None:
    """A name written twice keeps its first value, so that the rest can be checked."""
    _, item = reading("a.yaml", "kind: claim\nid: a\nid: b\nvalue: c\n")
    assert fields_of(item) == {"id": "a", "value": "c"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: b: c", 1, 5),
        ("a:\n\t- b", 2, 1),
        ("claims:\n- value: >=164", 2, 11),
        ("claims:\n- value: >4400", 2, 12),
        ("claims:\n- value: @x", 2, 10),
        ("- a\nb: c", 2, 1),
        ("a: [1,\n", 2, 1),
        ("%YAML 2.0\n---\na", 1, 1),
        ("a: 1\n---\nb: 1\n- c", 4, 1),
    ],
)
def test_text_that_is_no_yaml_is_one_finding(
    reading: Reading, text: str, line: int, column: int
) -> None:
    """The finding says where the parser stopped, and how texts are quoted."""
    item = reading("a.yaml", text)[-1]
    assert isinstance(item, Finding)
    assert (item.line, item.what.split(":")[0]) == (line, f"not YAML (column {column})")
    assert item.todo.startswith("indent with spaces; put a text in quotes if it begins with")


def test_malformed_tag_has_a_line(reading: Reading) -> None:
    """A tag whose escapes are no UTF-8 is a finding, whichever parser trips over it."""
    (item,) = reading("a.yaml", "a: 1\nb: !%ED%A0%80 x")
    assert isinstance(item, Finding)
    assert item.what.startswith("not YAML")
    assert item.line == 2


def test_open_quote_tells_where_it_was_opened(reading: Reading) -> None:
    """The parser only notices at the end; the finding names the line of the quote too."""
    (item,) = reading("a.yaml", 'a: 1\nb: "x\nc: 2\n')
    assert isinstance(item, Finding)
    assert item.what.endswith("(begun on line 2)")


def test_documents_before_a_broken_one_are_read(reading: Reading) -> None:
    """Only what follows the broken place is lost."""
    first, second = reading("a.yaml", "kind: claim\n---\n]\n")
    assert isinstance(first, Draft)
    assert isinstance(second, Finding)
    assert second.line == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 100_000, 1),
        ("- " * 100_000, 1),
        ("? " * 100_000, 1),
        ('{"a":' * 100_000, 1),
        ("".join(f"{' ' * depth}a:\n" for depth in range(300)), 101),
        ("x:\n- &a0 [1]\n" + "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 300)), 100),
    ],
)
def test_deep_nesting_is_one_finding(reading: Reading, text: str, line: int) -> None:
    """Nesting over 100 levels is refused at once, aliases included."""
    what = "lists and mappings are nested more than 100 levels deep"
    (item,) = reading("a.yaml", text)
    assert isinstance(item, Finding)
    assert (item.what, item.line) == (what, line)


def test_hundred_levels_are_read(reading: Reading) -> None:
    """The bound itself is allowed: the record and 99 lists in it."""
    (item,) = reading("a.yaml", f"kind: claim\nvalue: {'[' * 99}x{']' * 99}")
    value = fields_of(item)["value"]
    for _ in range(99):
        assert isinstance(value, list)
        (value,) = value
    assert value == "x"


def test_exploding_aliases_are_one_finding(reading: Reading) -> None:
    """Aliases of aliases are counted as what they copy, and refused without copying."""
    text = "x: &a0 [1,2,3,4,5,6,7,8,9,10]\n" + "".join(
        f"x{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )
    (item,) = reading("a.yaml", text)
    assert str(item) == (
        "a.yaml:6: aliases copy more than 1000000 values; "
        "write the records out, or share fields through defaults"
    )


def test_aliases_below_the_bound_are_read(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound counts the values in each copy, and begins anew with each document."""
    monkeypatch.setattr(yaml_text, "MOST_COPIED", 6)
    text = "kind: claim\nvia: &a [x, y]\nvalue: [*a, *a]\n"
    assert all(isinstance(item, Draft) for item in reading("a.yaml", f"{text}---\n{text}"))
    (item,) = reading("a.yaml", "kind: claim\nvia: &a [x, y]\nvalue: [*a, *a, *a]\n")
    assert isinstance(item, Finding)


@pytest.mark.parametrize("character", ["\x01", "\x1b", "\x7f", "\ufffe"])
def test_control_character_is_a_finding_with_its_line(reading: Reading, character: str) -> None:
    """A character that YAML forbids is named."""
    (item,) = reading("a.yaml", f"kind: claim\nid: a{character}")
    assert str(item) == (
        f"a.yaml:2: control character U+{ord(character):04X} in the text; remove it"
    )
