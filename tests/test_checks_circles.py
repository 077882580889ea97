"""Circles: no record leads back to itself through the records that it names."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle.checks import circles
from chronicle.payloads import Payload
from tests.faults import MINIMAL


def links(kind: str, name: str, *pairs: str) -> list[Payload]:
    """Return records that name each other: `a b` is a record a whose field names b."""
    records = []
    for pair in pairs:
        one, *others = pair.split()
        named: Any = others[0] if name in ("within", "answers", "retracts") else others
        if name == "revises":
            named = {"claim": others[0], "kind": "update"}
        records.append({**MINIMAL[kind], "kind": kind, "id": one, name: named})
    return records


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("source", "derives_from"),
        ("entity", "within"),
        ("claim", "revises"),
        ("claim", "inferred_from"),
        ("claim", "answers"),
        ("retraction", "retracts"),
    ],
)
def test_nothing_leads_back_to_itself(kind: str, name: str) -> None:
    """A circle is found in every field that could close one; a chain is none."""
    assert circles(links(kind, name, "a b", "b c", "c z")) == []
    assert sorted(circles(links(kind, name, "a a"))) == [("a", name)]
    found = circles(links(kind, name, "x a", "a b", "b c", "c a"))
    assert sorted(found) == [("a", name), ("b", name), ("c", name)]


def test_every_circle_is_found() -> None:
    """Circles apart from each other, and in different fields, all are faults."""
    records = [
        *links("source", "derives_from", "a b c", "b a", "c", "d e", "e d c"),
        *links("entity", "within", "p q", "q p"),
    ]
    assert sorted(circles(records)) == [
        ("a", "derives_from"),
        ("b", "derives_from"),
        ("d", "derives_from"),
        ("e", "derives_from"),
        ("p", "within"),
        ("q", "within"),
    ]


def test_different_fields_close_no_circle() -> None:
    """A claim may answer one that revises it: each leads on in a field of its own."""
    records = [*links("claim", "answers", "a b"), *links("claim", "revises", "b a")]
    assert circles(records) == []
