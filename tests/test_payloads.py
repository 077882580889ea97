"""Payloads: the ids that claims without one get."""

from __future__ import annotations

from hashlib import sha256

import pytest

from chronicle.canonical import dumps
from chronicle.entries import payload_of
from chronicle.ids import is_id
from chronicle.payloads import NO_ID, Payload, identify
from tests.faults import made, without, written


def named(**changes: object) -> Payload:
    """Return the least claim without id, changed, and then identified."""
    claim = payload_of(made("claim", without("claim", "id", **changes)))
    identify(claim)
    return claim


def test_a_claim_without_id_is_named_by_its_content() -> None:
    """The id is subject, property and 12 digits of the SHA-256 of the rest, id left out."""
    claim = named()
    body = {name: value for name, value in claim.items() if name != "id"}
    assert claim["id"] == f"ada-status-{sha256(dumps(body)).hexdigest()[:12]}"


def test_the_derived_id_stays_the_same_for_ever() -> None:
    """Ids that stand in logs already must come out again, to the digit."""
    assert named(valid="2022-01-06/..")["id"] == "ada-status-0150d3559fb9"


def test_a_claim_with_an_id_keeps_it() -> None:
    """Only what has no id is given one."""
    claim = written("claim")
    identify(claim)
    assert claim == written("claim")
    assert claim["id"] == "first"


@pytest.mark.parametrize(
    "changes",
    [{"value": "in post"}, {"denies": True}, {"valid": "2022"}, {"credibility": "2"}],
)
def test_claims_that_say_something_else_have_other_ids(changes: dict[str, object]) -> None:
    """Every field that says something is part of what the id is made of."""
    assert named(**changes)["id"] != named()["id"]


def test_a_field_that_says_nothing_new_does_not_change_the_id() -> None:
    """A default typed out, a number for a text and an empty list are the same claim."""
    typed = named(credibility=3, modality="stated", denies=False, via=[], note=None)
    assert typed == named()


def test_no_record_can_bear_the_id_that_stands_for_none() -> None:
    """The mark of a claim without id is no id, so that none is taken for it."""
    assert not is_id(NO_ID)
