"""Checks of revisions: what a claim may do to an earlier one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.known import of_claim


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"subject": "ben"}, "'old' has the subject 'ada', this claim 'ben'"),
        (
            {"property": "height", "value": "1"},
            "'old' has the property 'status', this claim 'height'",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["update", "correction", "restatement"])
def test_a_revision_is_of_the_same_subject_and_property(
    changes: dict[str, Any], what: str, kind: str
) -> None:
    """Merged ids are the same subject; another one is another matter."""
    assert of_claim(**changes, revises={"claim": "old", "kind": kind}) == [
        ("revises.claim", what, "a revision is of the same subject and property")
    ]


@pytest.mark.parametrize(
    ("valid", "old", "expected"),
    [
        ("2022-01-05", "old", "2022-01-05 begins before 'old', which is valid 2022-01-06/.."),
        ("2022-01-06~/..", "old", "2022-01-06~/.. begins before 'old', which is valid"),
        ("2022", "old", "2022 begins before 'old', which is valid 2022-01-06/.."),
        ("2022-01-09", "ended", "2022-01-09 begins before 'ended', which is valid /2022-01-10"),
    ],
)
def test_an_update_does_not_begin_before_what_it_updates(
    valid: str, old: str, expected: str
) -> None:
    """What ended in B begins, for every rule, at the first second of B."""
    ((field, what, todo),) = of_claim(valid=valid, revises={"claim": old, "kind": "update"})
    assert field == "revises.kind"
    assert what.startswith(expected)
    assert todo == "an update tells how the world changed later; is it a correction?"


def test_an_update_with_a_faulty_date_has_that_fault_alone() -> None:
    """Nothing is said of which of the two begins first."""
    found = of_claim(valid="[..2022]", revises={"claim": "old", "kind": "update"})
    assert [fault[0] for fault in found] == ["valid"]
    found = of_claim(valid=None, revises={"claim": "old", "kind": "update"})
    assert [fault[0] for fault in found] == ["valid"]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"denies": True, "revises": {"claim": "old", "kind": "restatement"}}, ["denies"]),
        (
            {
                "property": "post",
                "qualifiers": {"office": "b"},
                "revises": {"claim": "old-post", "kind": "restatement"},
            },
            ["qualifiers"],
        ),
        (
            {
                "property": "post",
                "denies": True,
                "revises": {"claim": "old-post", "kind": "restatement"},
            },
            ["qualifiers", "denies"],
        ),
    ],
)
def test_a_restatement_is_of_the_same_fact(changes: dict[str, Any], names: list[str]) -> None:
    """Other qualifiers make another slot, and a denial is the opposite."""
    old = changes["revises"]["claim"]
    assert of_claim(**changes) == [
        (
            "revises.kind",
            f"{name} differ from those of {old!r}",
            "a restatement is the same fact in other words; is it a correction?",
        )
        for name in names
    ]


def test_a_source_that_does_not_know_revises_nothing() -> None:
    """Its claim is shown and never ranked, so it can put nothing in another's place."""
    found = of_claim(value=None, unknown=True, revises={"claim": "old", "kind": "correction"})
    assert found == [
        ("revises", "a source that does not know revises nothing", "record a retraction")
    ]
