"""Testimony: claims as reasoning sees them, and how a projection keeps them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle import testimony
from chronicle.calendar import BEGINNING, FOREVER, day_end
from chronicle.dates import parse
from chronicle.testimony import ALWAYS, NONE, normal, pack, unpack
from chronicle.valid import Span, span
from tests.faults import written

INSTANTS = st.integers(BEGINNING, FOREVER)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))

SPANS = st.builds(
    Span,
    *(INSTANTS for _ in range(7)),
    horizon=st.none() | INSTANTS,
    end_first=st.none() | INSTANTS,
    end_last=st.none() | INSTANTS,
    bare=st.booleans(),
    vague=st.booleans(),
)
TESTIMONIES = st.builds(
    testimony.Testimony,
    id=TEXTS,
    value=TEXTS | st.just(NONE),
    denies=st.booleans(),
    unknown=st.booleans(),
    fixed=st.booleans(),
    span=SPANS | st.just(ALWAYS),
    said_first=INSTANTS,
    said_last=INSTANTS,
    credibility=st.integers(1, 6),
    modality=TEXTS,
    origins=st.lists(TEXTS).map(tuple),
    source=TEXTS,
    stated_by=TEXTS,
    qualifiers=TEXTS,
    revises=TEXTS,
    revision=TEXTS,
    speaker=TEXTS,
    asserted=TEXTS,
    valid=TEXTS,
)


def said(
    prop: dict[str, Any] | None = None, stated_by: str = "", **changes: Any
) -> testimony.Testimony:
    """Return the least claim, changed, as testimony about a state said on 2022-01-07."""
    claim = written("claim", **{"valid": "2022-01-06/..", "asserted": "2022-01-07", **changes})
    return testimony.testify(
        claim,
        written("property", **(prop or {})),
        lambda source: [source, "root"],
        parse,
        stated_by,
    )


def test_the_least_claim_is_plain_testimony() -> None:
    """What a claim leaves out has its default."""
    asserted = parse("2022-01-07")
    assert said() == testimony.Testimony(
        id="first",
        value="on leave",
        denies=False,
        unknown=False,
        fixed=False,
        span=span(parse("2022-01-06/..")),
        said_first=asserted.first,
        said_last=asserted.last,
        credibility=3,
        modality="stated",
        origins=("press", "root"),
        source="press",
        stated_by="",
        qualifiers="",
        revises="",
        revision="",
        speaker="",
        asserted="2022-01-07",
        valid="2022-01-06/..",
    )


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"id": "second"}, "id", "second"),
        ({"denies": True}, "denies", True),
        ({"value": None, "none": True}, "value", NONE),
        ({"value": None, "none": True}, "unknown", False),
        ({"value": None, "unknown": True}, "value", NONE),
        ({"value": None, "unknown": True}, "unknown", True),
        ({"credibility": "5"}, "credibility", 5),
        ({"modality": "planned"}, "modality", "planned"),
        ({"asserted": "2022-01"}, "said_first", parse("2022-01").first),
        ({"asserted": "2022-01"}, "said_last", parse("2022-01").last),
        ({"asserted": "2022-01"}, "asserted", "2022-01"),
        ({"valid": "[2022-01-06,2022-01-07]"}, "valid", "[2022-01-06,2022-01-07]"),
        ({"speaker": "ben"}, "speaker", "ben"),
        ({"speaker": "ben"}, "origins", ("ben",)),
        ({"speaker": "ben", "via": ["wire", "ada"]}, "origins", ("ben",)),
        ({"via": ["wire", "ada"]}, "origins", ("wire",)),
        ({"source": "wire"}, "origins", ("wire", "root")),
        ({"source": "wire"}, "source", "wire"),
        ({"stated_by": "takeover"}, "stated_by", "takeover"),
        (
            {"qualifiers": {"rank": "2", "office": "деп"}},
            "qualifiers",
            '{"office":"деп","rank":"2"}',
        ),
        ({"revises": {"claim": "zero", "kind": "update"}}, "revises", "zero"),
        ({"revises": {"claim": "zero", "kind": "update"}}, "revision", "update"),
        ({"revises": {"claim": "zero", "kind": "restatement"}}, "revision", "restatement"),
    ],
)
def test_each_field_comes_from_the_claim(
    changes: dict[str, Any], field: str, expected: object
) -> None:
    """Its origins are the speaker, else the first relay, else the roots of its source."""
    assert getattr(said(**changes), field) == expected


def test_a_fixed_property_is_said_of_every_instant() -> None:
    """Its claims carry no valid time, and none is read."""
    found = said({"temporal": "fixed"}, valid=None)
    assert found.fixed
    assert found.span == ALWAYS
    assert found.valid == ""
    assert (ALWAYS.bare, ALWAYS.vague, ALWAYS.horizon, ALWAYS.end_last) == (
        False,
        False,
        None,
        None,
    )
    assert (ALWAYS.first, ALWAYS.last) == (ALWAYS.core_from, ALWAYS.core_to) == (BEGINNING, FOREVER)


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("164.0", "quantity", "164"),
        (">= 164", "quantity", ">=164"),
        ("164.0", "text", "164.0"),
        ("In post", "term", "In post"),
        ("almaty", "entity", "almaty"),
        ("2022-01-06", "date", "2022-01-06"),
    ],
)
def test_values_are_the_same_if_their_normal_forms_are(
    value: str, datatype: str, expected: str
) -> None:
    """Decimals lose their trailing zeros, all else is compared to the letter."""
    assert normal(value, datatype) == expected
    assert said({"datatype": datatype, "values": None}, value=value).value == expected


def test_no_value_is_no_value_of_a_record() -> None:
    """What stands for it begins with a space, and values of records are stripped."""
    assert written("claim", value=NONE)["value"] != NONE


@pytest.mark.parametrize("asserted", ["2022-01-07", "2022-01-07T10:00", "[2022-01-07..2022-01-17]"])
def test_the_day_it_was_said_is_the_first_day_of_its_assertion(asserted: str) -> None:
    """A longer assertion does not make it later."""
    assert said(asserted=asserted).said_day == parse("2022-01-07").last


@given(TESTIMONIES)
def test_testimony_is_kept_and_read_back_as_it_was(item: testimony.Testimony) -> None:
    """To the type of every field, so that sets, caches and comparisons see no difference."""
    kept = pack(item)
    found = unpack(kept)
    assert found == item
    assert isinstance(found, testimony.Testimony)
    assert isinstance(found.span, Span)
    assert [type(field) for field in found] == [type(field) for field in item]
    assert [type(field) for field in found.span] == [type(field) for field in item.span]
    assert hash(found) == hash(item)
    assert len(json.loads(kept)) == len(testimony.Testimony._fields)
    assert found.said_day == day_end(item.said_first)
