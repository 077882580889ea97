"""Showing a record: its entry, and what bears on it."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import Chronicle, UnknownId
from chronicle.showing import Related
from tests.stories import SUBJECT, story


def test_a_record_is_shown_with_its_header_and_payload(local: Chronicle) -> None:
    """As it was appended: position, time, author and message."""
    local.append(story("in post | 2022-01-01/.. | 2022-01-01"), by="me", message="first")
    shown = local.show("in-post")
    assert (shown.kind, shown.author, shown.message) == ("claim", "me", "first")
    assert shown.payload["value"] == "in post"
    assert [entry.id for entry in local.log()][shown.position - 1] == "in-post"
    assert shown.as_dict()["about"] == []


def test_what_bears_on_a_claim_is_named(local: Chronicle) -> None:
    """Revisions, answers, inferences, assessments, retractions and conflicts."""
    more: list[dict[str, Any]] = [
        {"kind": "assessment", "id": "doubt", "claim": "in-post", "rank": "preferred",
         "asserted": "2022-01-03"},
        {"kind": "conflict", "id": "clash", "claims": ["in-post", "gone"]},
        {"kind": "retraction", "id": "back", "retracts": "in-post", "mode": "withdrawn",
         "source": "press", "asserted": "2022-02-01"},
    ]  # fmt: skip
    records = story(
        "in post | 2022-01-01/.. | 2022-01-01\n"
        "gone | 2022-01-05/.. | 2022-01-05 | 3, updates in-post\n"
        "denies in post | 2022-01-02 | 2022-01-02",
        *more,
    )
    for record in records:
        if record.get("denies"):
            record["answers"] = "in-post"
    local.append(records, by="test")
    assert set(local.show("in-post").about) == {
        Related("doubt", "assessment", "assesses it"),
        Related("clash", "conflict", "conflict"),
        Related("back", "retraction", "retracts it"),
        Related("gone", "claim", "update of it"),
        Related("denies-in-post", "claim", "answers it"),
    }


def test_merges_are_named_until_they_are_judged_otherwise(local: Chronicle) -> None:
    """`show` says which judgement joins an id to another."""
    local.append(
        [
            {"kind": "entity", "id": "abish", "type": "person", "name": "Abish"},
            {"kind": "entity", "id": "s-abish", "type": "person", "name": "S. Abish"},
            {"kind": "merge", "id": "one", "into": "abish", "from": ["s-abish"], "reason": "Same."},
        ],
        by="test",
    )
    assert local.show("s-abish").about == (Related("one", "merge", "joins it"),)


def test_a_claim_that_an_event_states_is_shown_under_the_event(local: Chronicle) -> None:
    """It has an id of its own, and no entry of its own."""
    local.append(
        [
            {"kind": "source", "id": "gazette", "title": "G", "published": "2022-01-10"},
            {"kind": "event", "id": "riot", "title": "Riot", "when": "2022-01-05",
             "source": "gazette"},
        ],
        by="test",
    )  # fmt: skip
    name = local.view().ruling("riot", "when").claim
    assert name is not None
    shown = local.show(name)
    assert (shown.position, shown.kind, shown.payload["property"]) == (2, "claim", "when")


def test_an_unknown_id_names_its_neighbours(local: Chronicle) -> None:
    """Also one that only a later record has."""
    *known, last = story("in post | 2022-01-01/.. | 2022-01-01")
    local.append(known, by="test")
    local.append([last], by="test")
    with pytest.raises(UnknownId, match=SUBJECT):
        local.show(f"{SUBJECT}s")
    with pytest.raises(UnknownId):
        local.show("in-post", local.view(recorded="#1"))
    assert local.show("in-post", local.view(recorded=f"#{len(known) + 1}")).kind == "claim"
