"""Judgements: what retractions, assessments, merges, conflicts, policies, expectations take."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults import faults_of, without, written

LIST = "expected a list; write it as [one, two] or one item a line after '- '"
DATE = "expected an EDTF date such as 2022-01-06, 2022-01 or 2022"
NO_BOOL = "a value is text; quote it, or define the property with terms yes and no"
NO_ID = "is no id: lower-case letters, digits, - and _ only"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("retraction", "id"),
        ("retraction", "retracts"),
        ("retraction", "mode"),
        ("assessment", "id"),
        ("assessment", "claim"),
        ("merge", "id"),
        ("merge", "into"),
        ("merge", "from"),
        ("conflict", "id"),
        ("conflict", "claims"),
        ("policy", "id"),
        ("policy", "criteria"),
        ("expectation", "id"),
        ("expectation", "subject"),
        ("expectation", "property"),
    ],
)
def test_what_every_record_of_a_kind_needs(kind: str, name: str) -> None:
    """A field that is needed and missing is one fault."""
    expected = ((name,), f"{name} is missing", f"every {kind} needs it")
    assert faults_of(kind, without(kind, name)) == [expected]


@pytest.mark.parametrize(
    ("kind", "changes", "written_as"),
    [
        ("retraction", {"mode": "erratum"}, {"mode": "erratum"}),
        ("retraction", {"asserted": ["2022-01-06..2022-01-17"]},
         {"asserted": "[2022-01-06..2022-01-17]"}),
        ("retraction", {"credibility": 3, "modality": "stated"}, {}),
        ("assessment", {"credibility": 3}, {"credibility": "3"}),
        ("assessment", {"rank": "normal"}, {"rank": "normal"}),
        ("assessment", {"asserted": 2022}, {"asserted": "2022"}),
        ("assessment", {"via": ["wire"]}, {"via": ("wire",)}),
        ("merge", {"judgement": "same"}, {}),
        ("merge", {"judgement": "distinct"}, {"judgement": "distinct"}),
        ("merge", {"from": ["a", "b"]}, {"from": ("a", "b")}),
        ("conflict", {"claims": ["a", "b", "c"]}, {"claims": ("a", "b", "c")}),
        ("policy", {"criteria": ["id", "band"]}, {"criteria": ("id", "band")}),
        ("policy", {"label": "Careful"}, {"label": "Careful"}),
        ("expectation", {"at": ["2022-01-06..2022-01-17"]}, {"at": "[2022-01-06..2022-01-17]"}),
        ("expectation", {"value": 164, "standing": "settled"},
         {"value": "164", "standing": "settled"}),
        ("expectation", {"qualifiers": {"office": "deputy"}}, {"qualifiers": {"office": "deputy"}}),
    ],
)  # fmt: skip
def test_a_record_is_written_with_what_it_says(
    kind: str, changes: dict[str, Any], written_as: dict[str, Any]
) -> None:
    """Defaults say nothing; a judgement of credibility says something whatever it is."""
    assert written(kind, **changes) == {**written(kind), **written_as}


@pytest.mark.parametrize("changes", [{"rank": "deprecated"}, {"credibility": "2"}])
def test_an_assessment_may_judge_one_thing_alone(changes: dict[str, object]) -> None:
    """Rank and credibility are judged apart."""
    fields = {"id": "hindsight", "claim": "first", **changes}
    assert faults_of("assessment", fields) == []


def test_an_assessment_that_judges_nothing_is_refused() -> None:
    """It needs a rank, a credibility, or both."""
    expected = "an assessment needs a rank, a credibility, or both"
    assert faults_of("assessment", without("assessment", "rank")) == [((), expected, "")]


@pytest.mark.parametrize(
    ("kind", "changes", "path", "what"),
    [
        ("retraction", {"retracts": "The First"}, ("retracts",), f"'The First' {NO_ID}"),
        ("retraction", {"mode": "deleted"}, ("mode",), "unknown choice"),
        ("retraction", {"asserted": "now"}, ("asserted",),
         "'now': expected .. for an open end, nothing for an unknown one"),
        ("assessment", {"rank": "best"}, ("rank",), "unknown choice"),
        ("assessment", {"credibility": 9}, ("credibility",), "unknown choice"),
        ("assessment", {"modality": "stated"}, ("modality",), "unknown field 'modality'"),
        ("merge", {"from": "ada-l"}, ("from",), LIST),
        ("merge", {"from_": ["ada-l"]}, ("from_",), "unknown field 'from_'"),
        ("merge", {"judgement": "perhaps"}, ("judgement",), "unknown choice"),
        ("conflict", {"claims": ["first"]}, ("claims",), "expected 2 or more, not 1"),
        ("conflict", {"claims": ["first", "The Second"]}, ("claims", 1), f"'The Second' {NO_ID}"),
        ("policy", {"criteria": ["band", ""]}, ("criteria", 1), "is empty"),
        ("expectation", {"at": "soon"}, ("at",), f"'soon': {DATE}"),
        ("expectation", {"known": ""}, ("known",), "is empty"),
        ("expectation", {"value": False}, ("value",), NO_BOOL),
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
        ("retraction", {"mode": "deleted"}, "expected 'withdrawn' or 'erratum'"),
        ("assessment", {"rank": "best"}, "expected 'preferred', 'normal' or 'deprecated'"),
        ("merge", {"judgement": "perhaps"}, "expected 'same' or 'distinct'"),
    ],
)
def test_an_unknown_choice_is_told_the_choices(
    kind: str, changes: dict[str, object], todo: str
) -> None:
    """What to do about a word that is none of the choices is to take one of them."""
    assert [fault[2] for fault in faults_of(kind, without(kind, **changes))] == [todo]
