"""Records given as Python mappings: their values as text, and what is none."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest

from chronicle.errors import Finding
from chronicle.intake import Draft, drafts_from

Fields = Mapping[str, frozenset[str]]


class Word(enum.StrEnum):
    """Some term of a program."""

    NO = "no"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("text", "text"),
        ("", ""),
        (Word.NO, "no"),
        (True, True),
        (False, False),
        (2, "2"),
        (-164, "-164"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (date(2022, 1, 6), "2022-01-06"),
        (datetime(2022, 1, 6, 10, 30, tzinfo=UTC), "2022-01-06T10:30:00+00:00"),
        (["a", None, 1], ["a", None, "1"]),
        (("a", ["b"]), ["a", ["b"]]),
        (MappingProxyType({"a": {"b": 1}}), {"a": {"b": "1"}}),
    ],
)
def test_values_become_text_bools_lists_and_dicts(
    fields: Fields, value: object, written: object
) -> None:
    """Amounts and dates are written down; the rest is copied."""
    (item,) = drafts_from([{"kind": "claim", "value": value, "note": None}], fields=fields)
    assert isinstance(item, Draft), str(item)
    assert item.fields == {"value": written}
    assert type(item.fields["value"]) is type(written)


def test_place_is_the_position_of_the_mapping(fields: Fields) -> None:
    """The first mapping is on line 1 of a file called record."""
    records = [{"kind": "claim", "id": name} for name in "ab"]
    items = list(drafts_from(records, fields=fields))
    places = [(item.place.file, item.place.line) for item in items if isinstance(item, Draft)]
    assert places == [("record", 1), ("record", 2)]


def test_shorthand_and_groups_are_written_out(fields: Fields) -> None:
    """A mapping may be a statement, an event with claims, or a document of groups."""
    records: list[Mapping[str, object]] = [
        {"kind": "statement", "source": "s", "claims": [{"id": "a"}]},
        {"kind": "event", "id": "e", "source": "s", "claims": ({"id": "b"},)},
        {"defaults": {"source": "t"}, "claims": [{"id": "c"}], "entities": [{"id": "d"}]},
    ]
    items = list(drafts_from(records, fields=fields))
    assert [(i.kind, i.fields, i.place.line) for i in items if isinstance(i, Draft)] == [
        ("claim", {"id": "a", "source": "s"}, 1),
        ("event", {"id": "e", "source": "s"}, 2),
        ("claim", {"id": "b", "source": "s", "event": "e", "subject": "e"}, 2),
        ("claim", {"id": "c", "source": "t"}, 3),
        ("entity", {"id": "d"}, 3),
    ]


def test_one_document_may_stand_for_a_list_of_one(fields: Fields) -> None:
    """A mapping given instead of a list is read as the one document it is."""
    (item,) = drafts_from({"claims": [{"id": "a"}]}, fields=fields)
    assert isinstance(item, Draft)


def test_draft_shares_nothing_with_the_mapping(fields: Fields) -> None:
    """What the caller changes afterwards changes no draft."""
    via = ["x"]
    (item,) = drafts_from([{"kind": "claim", "via": via}], fields=fields)
    via.append("y")
    assert isinstance(item, Draft)
    assert item.fields == {"via": ["x"]}


def _itself() -> list[object]:
    knot: list[object] = []
    knot.append(knot)
    return knot


FLOAT = "a float is no exact amount; write it as text, for example"


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        (2.5, f"value: {FLOAT} '2.5'"),
        (float("nan"), f"value: {FLOAT} 'nan'"),
        (Decimal("Infinity"), f"value: {FLOAT} 'Infinity'"),
        (Decimal("1E+5000"), f"value: {FLOAT} '1E+5000'"),
        (["a", 1.5], f"value[1]: {FLOAT} '1.5'"),
        (
            {"a", "b"},
            (
                "value: a value of type set is nothing that a field holds; "
                "a field holds text, a bool, a list or a mapping"
            ),
        ),
        (
            {"x": b"bytes"},
            (
                "value.x: a value of type bytes is nothing that a field holds; "
                "a field holds text, a bool, a list or a mapping"
            ),
        ),
        (
            {1: "x"},
            "value: the name of a field is text, not a value of type int; write the name as text",
        ),
        (
            _itself(),
            (
                "value[0][0]: nested more than 100 levels deep; "
                "no record needs that; does it hold itself?"
            ),
        ),
    ],
)
def test_value_that_no_field_holds_is_a_finding(
    fields: Fields, value: object, finding: str
) -> None:
    """The finding names the field, and the record still comes."""
    found, draft = drafts_from([{"kind": "claim", "id": "a", "value": value}], fields=fields)
    assert str(found) == f"record:1: {finding}"
    assert isinstance(draft, Draft)


def test_what_is_no_mapping_is_a_finding_and_the_rest_is_read(fields: Fields) -> None:
    """A wrong item names its type; unknown and missing kinds have near matches."""
    records: Iterable[object] = ["text", None, {"kind": "clam"}, {}, {"kind": "claim"}]
    *found, draft = drafts_from(records, fields=fields)  # type: ignore[arg-type]
    assert isinstance(draft, Draft)
    assert [str(item).split("; give it a kind")[0] for item in found] == [
        (
            "record:1: a record is a mapping of fields, not a value of type str; "
            "give it as a dict with its kind"
        ),
        (
            "record:2: a record is a mapping of fields, not a value of type NoneType; "
            "give it as a dict with its kind"
        ),
        "record:3: kind: there is no kind 'clam'; did you mean claim?",
        "record:4: kind: the record has no kind",
    ]
    assert all(isinstance(item, Finding) for item in found)
