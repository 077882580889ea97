"""Plain claims: payloads made without a model, held against those that the models make."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.claims import Claim
from chronicle.dates import Date
from chronicle.entries import payload_of, read, read_payload
from chronicle.payloads import Payload
from chronicle.plain_claims import plain_claim
from tests.faults import Faults, without

FULL: dict[str, Any] = {
    "revises": {"reason": "a slip", "kind": "correction", "claim": "zero"},
    "answers": "third",
    "inferred_from": ["fourth"],
    "valid_verbatim": "that day",
    "verbatim": "в отпуске",
    "note": "so it says",
    "event": "takeover",
    "valid": "2022-01-06/..",
    "qualifiers": {"office": "deputy"},
    "denies": True,
    "value": "on leave",
    "property": "status",
    "subject": "ada",
    "modality": "alleged",
    "credibility": "2",
    "asserted": "2022-01-07",
    "via": ["wire", "ben"],
    "speaker": "ben",
    "locator": "p. 3",
    "source": "press",
    "id": "first",
}
"""A claim with every field but `none` and `unknown`, in no order."""

ODD: Any = st.one_of(
    st.sampled_from([
        None, True, False, "", " ", " ada ", "ada", "Ada", "ada\n", "a\x00b", "\ud800", "é",
        "3", "7", 3, 1.5, "stated", "planned", "sooner", "2022-01-06", " 2022-01 ", "2022-13",
        "/..", "true", "x" * 201, [], {}, ["ada"], ["Ada"], "[2022..2023]", ["2022..2023"],
        {"2022..2023": None}, {"claim": "zero", "kind": "update"}, {"claim": "zero"},
        {"claim": "zero", "kind": "update", "reason": None}, {"office": "deputy", "rank": 2},
        {"claim": "zero", "kind": "update", "unknown": "x"}, {"Office": "deputy"}, {"office": ""},
    ]),
    st.text(max_size=5),
)  # fmt: skip


def by_model(fields: dict[str, Any]) -> Payload | None:
    """Return the payload that the model makes of the fields, None where it finds faults."""
    record = read("claim", fields, Faults())
    return None if record is None else payload_of(record)


def in_order(payload: Payload) -> list[Any]:
    """Return the fields of a payload, those of mappings inside them too, as they stand."""
    return [
        (name, in_order(value) if isinstance(value, dict) else value)
        for name, value in payload.items()
    ]


def test_every_field_may_be_plain() -> None:
    """A claim of all fields needs no model, and is written in the order of the model."""
    assert {*FULL, "none", "unknown"} == set(Claim.model_fields)
    made, modelled = plain_claim(FULL, None), by_model(FULL)
    assert made is not None
    assert modelled is not None
    assert in_order(made) == in_order(modelled)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"id": None},
        {"value": None, "none": True},
        {"value": None, "unknown": True},
        {"credibility": "3", "modality": "stated"},
        {"value": " on leave\n"},
    ],
)
def test_plain_fields_need_no_model(changes: dict[str, Any]) -> None:
    """What is left out, defaults and space around a text do not call for the model either."""
    fields = {**without("claim"), **changes}
    fields = {name: value for name, value in fields.items() if value is not None}
    assert plain_claim(fields, {}) == by_model(fields) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"vallue": "x"},
        {"source": None},
        {"none": True},
        {"value": None},
        {"unknown": True, "value": None, "denies": True},
        {"value": 164},
        {"value": 1.5},
        {"value": True},
        {"valid": ["2022-01-06..2022-01-17"]},
        {"valid": "2022-13"},
        {"asserted": "soon"},
        {"credibility": 2},
        {"subject": "Ada"},
        {"note": "a\x00b"},
        {"note": ""},
        {"revises": {"claim": "zero", "kind": "update", "why": "x"}},
    ],
)
def test_whatever_is_odd_is_left_to_the_model(changes: dict[str, Any]) -> None:
    """There is no answer for what is faulty, and none for what the model would rewrite."""
    assert plain_claim({**without("claim"), **changes}, {}) is None


@given(st.dictionaries(st.sampled_from([*FULL, "none", "unknown", "vallue"]), ODD, max_size=4))
def test_an_answer_is_that_of_the_model(changes: dict[str, Any]) -> None:
    """With any fields changed or added there is no answer, or the one that the model gives."""
    dates: dict[str, Date] = {}
    for base in (FULL, without("claim")):
        fields = {**base, **changes}
        made, modelled = plain_claim(fields, dates), by_model(fields)
        assert made is None or (modelled is not None and in_order(made) == in_order(modelled))
        faults = Faults()
        assert read_payload("claim", fields, faults, dates) == modelled
        assert bool(faults) == (modelled is None)


def test_dates_are_kept_for_the_next_claim() -> None:
    """A date that stands in many claims is read once."""
    dates: dict[str, Date] = {}
    assert plain_claim({**without("claim"), "valid": "2022-01-06/.."}, dates) is not None
    assert {*dates} == {"2022-01-06", "2022-01-06/.."}
