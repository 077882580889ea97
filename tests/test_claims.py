"""Claims and events: what each of their fields takes and refuses."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.claims import Claim
from chronicle.entries import payload_of
from tests.faults import faults_of, without, written

LIST = "expected a list; write it as [one, two] or one item a line after '- '"
DATE = "expected an EDTF date such as 2022-01-06, 2022-01 or 2022"
NO_FLOAT = "a float is not exact; write the amount as text"
NO_BOOL = "a value is text; quote it, or define the property with terms yes and no"
HALF = "holds half of a surrogate pair; write the character itself"
SET = (
    "a list or mapping is read as a set of dates: {}: in 'almaty', expected an EDTF date such as "
    "2022-01-06, 2022-01 or 2022; write each value as a claim of its own"
)
NO_ID = "is no id: lower-case letters, digits, - and _ only"
NEEDS_ONE = (
    "a claim needs exactly one of value, none: true (there is no value), "
    "unknown: true (the source does not know)"
)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("claim", "subject"),
        ("claim", "property"),
        ("claim", "source"),
        ("event", "id"),
        ("event", "title"),
        ("event", "source"),
    ],
)
def test_what_every_record_of_a_kind_needs(kind: str, name: str) -> None:
    """A field that is needed and missing is one fault."""
    expected = ((name,), f"{name} is missing", f"every {kind} needs it")
    assert faults_of(kind, without(kind, name)) == [expected]


def test_a_claim_needs_no_id() -> None:
    """It will be named by its content."""
    assert faults_of("claim", without("claim", "id")) == []
    claim = Claim(subject="ada", property="status", value="on leave", source="press")
    assert payload_of(claim) == {**written("claim"), "id": ""}


@pytest.mark.parametrize(
    ("kind", "changes", "written_as"),
    [
        ("claim", {"none": False, "unknown": False, "denies": False}, {}),
        ("claim", {"denies": True}, {"denies": True}),
        ("claim", {"denies": "true"}, {"denies": True}),
        ("claim", {"credibility": 3, "modality": "stated"}, {}),
        ("claim", {"credibility": "1"}, {"credibility": "1"}),
        ("claim", {"credibility": 6}, {"credibility": "6"}),
        ("claim", {"value": 164}, {"value": "164"}),
        ("claim", {"value": " on leave "}, {}),
        ("claim", {"value": ["2022-01-06..2022-01-17"]}, {"value": "[2022-01-06..2022-01-17]"}),
        ("claim", {"value": ["2022-01-06", "2022-01-08"]}, {"value": "[2022-01-06,2022-01-08]"}),
        ("claim", {"valid": ["2022-01-06..2022-01-17"]}, {"valid": "[2022-01-06..2022-01-17]"}),
        ("claim", {"valid": {"2022-01-06..2022-01-17": None}},
         {"valid": "{2022-01-06..2022-01-17}"}),
        ("claim", {"valid": {"2022-01-06": None, "2022-01-07": None}},
         {"valid": "{2022-01-06,2022-01-07}"}),
        ("claim", {"valid": 2022}, {"valid": "2022"}),
        ("claim", {"asserted": "2022-01-06T14:30+06:00"}, {"asserted": "2022-01-06T14:30+06:00"}),
        ("claim", {"via": ["wire", "ben"]}, {"via": ("wire", "ben")}),
        ("claim", {"qualifiers": {"office": "deputy", "rank": 2}},
         {"qualifiers": {"office": "deputy", "rank": "2"}}),
        ("claim", {"revises": {"claim": "second", "kind": "update"}},
         {"revises": {"claim": "second", "kind": "update"}}),
        ("event", {"participants": [{"entity": "ada"}]}, {"participants": ({"entity": "ada"},)}),
        ("event", {"participants": [{"entity": "ada", "role": "speaker"}]},
         {"participants": ({"entity": "ada", "role": "speaker"},)}),
        ("event", {"when": {"2022-01-06..2022-01-17": None}}, {"when": "{2022-01-06..2022-01-17}"}),
    ],
)  # fmt: skip
def test_a_record_is_written_with_what_it_says(
    kind: str, changes: dict[str, Any], written_as: dict[str, Any]
) -> None:
    """Defaults say nothing; numbers are texts; lists and mappings of dates are EDTF sets."""
    assert written(kind, **changes) == {**written(kind), **written_as}


@pytest.mark.parametrize("other", ["none", "unknown"])
def test_a_claim_may_be_that_there_is_no_value_or_that_it_is_not_known(other: str) -> None:
    """Either stands in the place of the value."""
    assert faults_of("claim", without("claim", "value", **{other: True})) == []


@pytest.mark.parametrize(
    ("left_out", "changes"),
    [
        (["value"], {}),
        ([], {"none": True}),
        ([], {"unknown": True}),
        (["value"], {"none": True, "unknown": True}),
        ([], {"none": True, "unknown": True}),
    ],
)
def test_a_claim_has_exactly_one_of_value_none_and_unknown(
    left_out: list[str], changes: dict[str, object]
) -> None:
    """Neither two of them nor none of them make a statement."""
    assert faults_of("claim", without("claim", *left_out, **changes)) == [((), NEEDS_ONE, "")]


def test_what_is_not_known_cannot_be_denied() -> None:
    """A source that does not know denies nothing."""
    fields = without("claim", "value", unknown=True, denies=True)
    expected = "unknown: true denies nothing; leave denies out"
    assert faults_of("claim", fields) == [((), expected, "")]


def test_that_there_is_no_value_can_be_denied() -> None:
    """`none` with `denies` says that there is some value."""
    assert faults_of("claim", without("claim", "value", none=True, denies=True)) == []


@pytest.mark.parametrize(
    ("kind", "changes", "path", "what"),
    [
        ("claim", {"id": "First!"}, ("id",), f"'First!' {NO_ID}"),
        ("claim", {"id": ""}, ("id",), "is empty"),
        ("claim", {"subject": "Ada"}, ("subject",), f"'Ada' {NO_ID}"),
        ("claim", {"property": "+"}, ("property",), f"'+' {NO_ID}"),
        ("claim", {"source": "-press"}, ("source",), f"'-press' {NO_ID}"),
        ("claim", {"speaker": "Ben"}, ("speaker",), f"'Ben' {NO_ID}"),
        ("claim", {"event": "A B"}, ("event",), f"'A B' {NO_ID}"),
        ("claim", {"answers": "A B"}, ("answers",), f"'A B' {NO_ID}"),
        ("claim", {"via": "wire"}, ("via",), LIST),
        ("claim", {"via": ["wire", "Ben"]}, ("via", 1), f"'Ben' {NO_ID}"),
        ("claim", {"inferred_from": "second"}, ("inferred_from",), LIST),
        ("claim", {"value": ""}, ("value",), "is empty"),
        ("claim", {"value": 1.5}, ("value",), NO_FLOAT),
        ("claim", {"value": True}, ("value",), NO_BOOL),
        ("claim", {"value": {"amount": "5"}}, ("value",), "expected text"),
        ("claim", {"value": [1, 2]}, ("value",), "expected text"),
        ("claim", {"value": ["almaty", "astana"]}, ("value",), SET.format("'[almaty,astana]'")),
        ("claim", {"value": {"almaty": None}}, ("value",), SET.format("'{almaty}'")),
        ("claim", {"value": "a\0b"}, ("value",), "holds a NUL character"),
        ("claim", {"verbatim": "a\udfffb"}, ("verbatim",), HALF),
        ("claim", {"none": "perhaps"}, ("none",), "expected true or false"),
        ("claim", {"denies": ["x"]}, ("denies",), "expected true or false"),
        ("claim", {"qualifiers": "deputy"}, ("qualifiers",), "expected a mapping, name: value"),
        ("claim", {"qualifiers": {"office": 1.5}}, ("qualifiers", "office"), NO_FLOAT),
        ("claim", {"qualifiers": {"The Office": "x"}}, ("qualifiers", "The Office"),
         f"'The Office' {NO_ID}"),
        ("claim", {"valid": "2022-13"}, ("valid",),
         "'2022-13': month 13, expected 01-12 or a season 21-41 (a season takes no day)"),
        ("claim", {"valid": ""}, ("valid",), "is empty"),
        ("claim", {"valid": "../.."}, ("valid",),
         "'../..': an interval needs at least one date, expected A/B, A/.., A/, ../B or /B"),
        ("claim", {"valid": [["2022"]]}, ("valid",), "expected text"),
        ("claim", {"asserted": "yesterday"}, ("asserted",), f"'yesterday': {DATE}"),
        ("claim", {"credibility": "7"}, ("credibility",), "unknown choice"),
        ("claim", {"credibility": 0}, ("credibility",), "unknown choice"),
        ("claim", {"modality": "rumoured"}, ("modality",), "unknown choice"),
        ("claim", {"revises": "second"}, ("revises",), "expected a mapping of fields"),
        ("claim", {"revises": {"claim": "second"}}, ("revises", "kind"), "kind is missing"),
        ("claim", {"revises": {"claim": "second", "kind": "edit"}}, ("revises", "kind"),
         "unknown choice"),
        ("event", {"when": "spring"}, ("when",), f"'spring': {DATE}"),
        ("event", {"place": "The City"}, ("place",), f"'The City' {NO_ID}"),
        ("event", {"participants": ["ada"]}, ("participants", 0), "expected a mapping of fields"),
        ("event", {"participants": [{"role": "speaker"}]}, ("participants", 0, "entity"),
         "entity is missing"),
        ("event", {"valid": "2022"}, ("valid",), "unknown field 'valid'"),
    ],
)  # fmt: skip
def test_a_faulty_field_is_named_with_what_is_wrong(
    kind: str, changes: dict[str, object], path: tuple[str | int, ...], what: str
) -> None:
    """Each fault carries the way to the field, and what was expected there."""
    assert [fault[:2] for fault in faults_of(kind, without(kind, **changes))] == [(path, what)]


@pytest.mark.parametrize(
    ("changes", "todo"),
    [
        ({"credibility": "7"}, "expected '1', '2', '3', '4', '5' or '6'"),
        ({"modality": "x"}, "expected 'stated', 'alleged', 'inferred', 'planned' or 'predicted'"),
        (
            {"revises": {"claim": "second", "kind": "edit"}},
            "expected 'update', 'correction' or 'restatement'",
        ),
    ],
)
def test_an_unknown_choice_is_told_the_choices(changes: dict[str, object], todo: str) -> None:
    """What to do about a word that is none of the choices is to take one of them."""
    assert [fault[2] for fault in faults_of("claim", without("claim", **changes))] == [todo]
