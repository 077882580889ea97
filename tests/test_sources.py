"""Sources, entities and properties: what each of their fields takes and refuses."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from chronicle.fields import Record
from chronicle.sources import Entity, Property, Source
from tests.faults import faults_of, made, without, written

NO_ID = "is no id: lower-case letters, digits, - and _ only"
LIST = "expected a list; write it as [one, two] or one item a line after '- '"
HALF = "holds half of a surrogate pair; write the character itself"
NO_DURATION = (
    "'3 days': no duration, expected ISO 8601 with whole numbers of at most 11 digits, "
    "such as P30D, P2W, P1Y6M or PT12H"
)
DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("source", "id"),
        ("source", "title"),
        ("entity", "id"),
        ("entity", "type"),
        ("entity", "name"),
        ("property", "id"),
        ("property", "label"),
    ],
)
def test_what_every_record_of_a_kind_needs(kind: str, name: str) -> None:
    """A field that is needed and missing is one fault."""
    expected = ((name,), f"{name} is missing", f"every {kind} needs it")
    assert faults_of(kind, without(kind, name)) == [expected]


@pytest.mark.parametrize(
    ("kind", "changes", "written_as"),
    [
        ("source", {"authors": ["Ada", "Ben"]}, {"authors": ("Ada", "Ben")}),
        ("source", {"published": 2022}, {"published": "2022"}),
        (
            "source",
            {"published": ["2022-01-06..2022-01-17"]},
            {"published": "[2022-01-06..2022-01-17]"},
        ),
        ("source", {"read": "yes"}, {}),
        ("source", {"read": "no"}, {"read": "no"}),
        ("source", {"derives_from": ["wire"]}, {"derives_from": ("wire",)}),
        ("source", {"title": "  Press  "}, {}),
        ("source", {"note": "déjà vu 😀"}, {"note": "déjà vu 😀"}),
        (
            "source",
            {"document": {"name": "a.pdf", "sha256": DIGEST}},
            {"document": {"name": "a.pdf", "sha256": DIGEST}},
        ),
        ("entity", {"aliases": ["Lady Ada"]}, {"aliases": ("Lady Ada",)}),
        ("entity", {"identifiers": {"viaf": 7}}, {"identifiers": {"viaf": "7"}}),
        ("entity", {"within": "almaty"}, {"within": "almaty"}),
        ("property", {"datatype": "text", "temporal": "state", "cardinality": "one"}, {}),
        (
            "property",
            {"datatype": "quantity", "unit": "people"},
            {"datatype": "quantity", "unit": "people"},
        ),
        (
            "property",
            {"temporal": "fixed", "cardinality": "many"},
            {"temporal": "fixed", "cardinality": "many"},
        ),
        ("property", {"carry": "forever"}, {}),
        ("property", {"carry": "none"}, {"carry": "none"}),
        ("property", {"carry": "P1Y6M"}, {"carry": "P1Y6M"}),
        ("property", {"qualifiers": ["office"]}, {"qualifiers": ("office",)}),
    ],
)
def test_a_record_is_written_with_what_it_says(
    kind: str, changes: dict[str, Any], written_as: dict[str, Any]
) -> None:
    """Defaults and the space around texts say nothing; numbers are texts; sets are EDTF."""
    assert written(kind, **changes) == {**written(kind), **written_as}


@pytest.mark.parametrize(
    "values",
    [
        ["in post", {"value": "on leave", "description": "Absent."}],
        ["in post", {"on leave": "Absent."}],
        [{"in post": None}, {"on leave": "Absent."}],
        [{"value": "in post"}, {"on leave": "Absent."}],
        {"in post": None, "on leave": "Absent."},
        {"in post": "", "on leave": "Absent."},
    ],
)
def test_terms_are_written_in_any_handy_way(values: object) -> None:
    """A term stands alone, or with its description, in a list or as a mapping."""
    assert written("property", datatype="term", values=values)["values"] == (
        {"value": "in post"},
        {"value": "on leave", "description": "Absent."},
    )


@pytest.mark.parametrize(
    ("kind", "changes", "path", "what"),
    [
        ("source", {"id": "The Press"}, ("id",), f"'The Press' {NO_ID}"),
        ("source", {"id": "Пресса"}, ("id",), f"'Пресса' {NO_ID}"),
        ("source", {"title": ""}, ("title",), "is empty"),
        ("source", {"title": "   "}, ("title",), "is empty"),
        ("source", {"title": ["Press"]}, ("title",), "expected text"),
        ("source", {"title": True}, ("title",), "expected text"),
        ("source", {"title": "a\0b"}, ("title",), "holds a NUL character"),
        ("source", {"title": "a\ud800b"}, ("title",), HALF),
        ("source", {"authors": "Ada"}, ("authors",), LIST),
        ("source", {"authors": {"Ada": 1}}, ("authors",), LIST),
        ("source", {"authors": ["Ada", ""]}, ("authors", 1), "is empty"),
        ("source", {"published": "6 January 2022"}, ("published",),
         "'6 January 2022': not EDTF, expected 2022-01-06"),
        ("source", {"published": "2022-02-30"}, ("published",),
         "'2022-02-30': day 30, February 2022 has 28"),
        ("source", {"published": {"2022": "x"}}, ("published",), "expected text"),
        ("source", {"derives_from": ["The Wire"]}, ("derives_from", 0), f"'The Wire' {NO_ID}"),
        ("source", {"read": "maybe"}, ("read",), "unknown choice"),
        ("source", {"document": "a.pdf"}, ("document",), "expected a mapping of fields"),
        ("source", {"document": {"name": "a.pdf"}}, ("document", "sha256"), "sha256 is missing"),
        ("source", {"document": {"name": "a", "sha256": DIGEST.upper()}}, ("document", "sha256"),
         "is no SHA-256"),
        ("entity", {"identifiers": ["viaf"]}, ("identifiers",), "expected a mapping, name: value"),
        ("entity", {"identifiers": {"viaf": ""}}, ("identifiers", "viaf"), "is empty"),
        ("entity", {"within": "the city"}, ("within",), f"'the city' {NO_ID}"),
        ("property", {"datatype": "number"}, ("datatype",), "unknown choice"),
        ("property", {"temporal": "event"}, ("temporal",), "unknown choice"),
        ("property", {"cardinality": "two"}, ("cardinality",), "unknown choice"),
        ("property", {"carry": "3 days"}, ("carry",), NO_DURATION),
        ("property", {"qualifiers": ["The Office"]}, ("qualifiers", 0), f"'The Office' {NO_ID}"),
        ("property", {"values": "in post"}, ("values",), LIST),
        ("property", {"values": [["in post"]]}, ("values", 0), "expected a mapping of fields"),
        ("property", {"values": [{"value": "in post", "meaning": "x"}]}, ("values", 0, "meaning"),
         "unknown field 'meaning'"),
        ("property", {"values": [{"in post": ["x"]}]}, ("values", 0, "description"),
         "expected text"),
    ],
)  # fmt: skip
def test_a_faulty_field_is_named_with_what_is_wrong(
    kind: str, changes: dict[str, object], path: tuple[str | int, ...], what: str
) -> None:
    """Each fault carries the way to the field, and what was expected there."""
    assert [fault[:2] for fault in faults_of(kind, without(kind, **changes))] == [(path, what)]


@pytest.mark.parametrize(
    ("kind", "changes", "todo"),
    [
        ("source", {"read": "maybe"}, "expected 'yes' or 'no'"),
        (
            "property",
            {"datatype": "number"},
            "expected 'text', 'term', 'entity', 'quantity' or 'date'",
        ),
        ("property", {"temporal": "event"}, "expected 'state' or 'fixed'"),
        ("property", {"cardinality": "two"}, "expected 'one' or 'many'"),
    ],
)
def test_an_unknown_choice_is_told_the_choices(
    kind: str, changes: dict[str, object], todo: str
) -> None:
    """What to do about a word that is none of the choices is to take one of them."""
    assert [fault[2] for fault in faults_of(kind, without(kind, **changes))] == [todo]


@pytest.mark.parametrize("kind", ["source", "entity", "property"])
def test_a_record_cannot_be_changed(kind: str) -> None:
    """Records are immutable once they are made."""
    record = made(kind, without(kind))
    with pytest.raises(ValidationError, match="frozen"):
        record.id = "other"  # type: ignore[misc]  # what is tested is that it cannot be done


@pytest.mark.parametrize(
    ("model", "field", "words"),
    [
        (Source, "published", "When it came out: the assertion time of its claims"),
        (Entity, "within", "The place or body that contains it."),
        (Property, "carry", "How long a state may be presumed"),
    ],
)
def test_the_words_beside_a_field_stand_in_its_schema(
    model: type[Record], field: str, words: str
) -> None:
    """Whatever tool reads the JSON Schema tells people what the code tells them."""
    told = model.model_json_schema()["properties"][field]["description"]
    assert told.startswith(words)
