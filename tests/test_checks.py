"""Checks of claims: what they say, held against their property."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.checks import property_of
from tests.known import KNOWN, of, of_claim


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"asserted": "[2022-01-06..2022-01-17]"},
        {"property": "mood", "value": "on leave"},
        {"property": "mood", "value": None, "none": True},
        {"property": "mood", "value": None, "unknown": True},
        {"property": "height", "value": ">=164"},
        {"property": "toll", "value": "2000..2500", "valid": None},
        {"property": "born", "value": "1978~", "valid": None},
        {"property": "when", "value": "[2022-01-05,2022-01-06]", "valid": None},
        {"property": "participant", "value": "ada", "valid": None, "qualifiers": {"role": "x"}},
        {"property": "post", "qualifiers": {"office": "x", "rank": "2"}},
        {"property": "role", "denies": True},
        {"value": None, "none": True, "denies": True},
        {"valid": "2022-01-06/..", "revises": {"claim": "old", "kind": "update"}},
        {"valid": "2022-01-05/..", "revises": {"claim": "old", "kind": "correction"}},
        {"valid": "2021", "revises": {"claim": "old", "kind": "restatement"}},
        {"valid": "2022-01-06", "revises": {"claim": "of-ada-l", "kind": "update"}},
        {"valid": "2022-01-10", "revises": {"claim": "ended", "kind": "update"}},
        {"denies": True, "revises": {"claim": "old-denial", "kind": "restatement"}},
        {"denies": True, "revises": {"claim": "old", "kind": "correction"}},
        {
            "property": "post",
            "valid": "2021",
            "qualifiers": {"office": "a"},
            "revises": {"claim": "old-post", "kind": "restatement"},
        },
        {
            "property": "toll",
            "value": "164",
            "valid": None,
            "revises": {"claim": "old-toll", "kind": "update"},
        },
    ],
)
def test_a_claim_that_fits_its_property_is_faultless(changes: dict[str, Any]) -> None:
    """Each way to claim, revise and deny that the rules allow."""
    assert of_claim(**changes) == []


@pytest.mark.parametrize(
    ("value", "todo"),
    [
        ("on laeve", "expected on leave; a new term is a new property record"),
        ("retred", "expected retired; a new term is a new property record"),
        (
            "zzz",
            "expected on leave or on duty or retired; a new term is a new property record",
        ),
    ],
)
def test_a_term_must_be_listed(value: str, todo: str) -> None:
    """Terms that look like it are offered, else every one."""
    assert of_claim(property="mood", value=value) == [
        ("value", f"{value!r} is no value of property 'mood'", todo)
    ]


@pytest.mark.parametrize(
    ("prop", "value", "what"),
    [
        ("height", "tall", "'tall' is no quantity, expected a quantity such as 164, >=164, >4400"),
        ("height", "2..1", "'2..1' is no range from low to high, expected a quantity such as 164"),
        ("toll", "many", "'many' is no quantity, expected a quantity such as 164"),
        ("born", "spring 1978", "'spring 1978': expected an EDTF date such as 2022-01-06"),
        ("when", "soon", "'soon': expected an EDTF date such as 2022-01-06"),
    ],
)
def test_a_value_must_be_of_the_datatype(prop: str, value: str, what: str) -> None:
    """Amounts and dates are read, and what cannot be read is said."""
    changes: dict[str, Any] = {} if prop == "height" else {"valid": None}
    ((field, found, _),) = of_claim(property=prop, value=value, **changes)
    assert field == "value"
    assert found.startswith(what)


def test_a_claim_about_a_state_says_when_it_held() -> None:
    """A valid time is never implied."""
    assert of_claim(valid=None) == [
        (
            "valid",
            "valid is missing: property 'status' is a state",
            "say when it held: a day, A/.. (still so), A/ (how long is not said), /B (ended)",
        )
    ]


def test_a_claim_on_a_fixed_property_has_no_valid_time() -> None:
    """A final toll does not hold for a time, and so its faulty dates do not matter either."""
    expected = [("valid", "property 'toll' is fixed", "leave valid out")]
    assert of_claim(property="toll", value="164") == expected
    assert of_claim(property="toll", value="164", valid="[..2022]") == expected


@pytest.mark.parametrize(
    ("valid", "what"),
    [
        ("[..2022-01-06]", "'[..2022-01-06]' is open; the valid time of a state says A/.."),
        ("{2022-01,2022-03}", "'{2022-01,2022-03}' leaves out days between its members"),
    ],
)
def test_a_valid_time_must_say_something_of_a_state(valid: str, what: str) -> None:
    """Dates that have no row in the table of valid times are refused."""
    ((field, found, _),) = of_claim(valid=valid)
    assert field == "valid"
    assert found.startswith(what)


@pytest.mark.parametrize(
    ("prop", "name", "todo"),
    [
        ("post", "offise", "expected office"),
        ("post", "zzz", "expected office or rank"),
        ("status", "office", "it takes none"),
    ],
)
def test_a_qualifier_must_be_one_of_the_property(prop: str, name: str, todo: str) -> None:
    """Those that look like it are offered, else all that the property takes."""
    what = f"property {prop!r} has no such qualifier"
    expected = [(f"qualifiers.{name}", what, todo)]
    assert of_claim(property=prop, qualifiers={name: "x"}) == expected
    assert of("expectation", property=prop, qualifiers={name: "x"}) == expected


def test_that_there_is_a_value_cannot_be_said_of_many() -> None:
    """Where every value is a slot of its own, no slot would hold the denial."""
    assert of_claim(property="role", value=None, none=True, denies=True) == [
        ("denies", "denies that there is no value", "claim the values that there are")
    ]


def test_every_fault_of_a_record_is_found() -> None:
    """One check goes through all of it."""
    found = of_claim(
        property="height",
        value="tall",
        valid="[..2022]",
        asserted="2022/..",
        qualifiers={"x": "y"},
        revises={"claim": "old", "kind": "update"},
    )
    assert {fault[0] for fault in found} == {
        "value",
        "valid",
        "asserted",
        "qualifiers.x",
        "revises.claim",
    }


@pytest.mark.parametrize("name", ["status", "when"])
def test_a_property_is_found_among_the_known_and_the_built_in(name: str) -> None:
    """Those of events need no record."""
    assert property_of({"property": name}, {"status": KNOWN["status"]})["id"] == name
