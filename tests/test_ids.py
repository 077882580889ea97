"""Ids: slugs, ids derived from content, near matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.ids import LONGEST, derived, is_id, near, slug

IDS = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,250}[a-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    "text", ["a", "7", "samat-abish", "a_b", "a--b", "a-_b", "2022-01-06", "x" * LONGEST]
)
def test_a_slug_is_an_id(text: str) -> None:
    """Lower-case ASCII letters, digits, hyphens and underscores make an id."""
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "-a",
        "a-",
        "_a",
        "a_",
        "A",
        "a b",
        "a.b",
        "a/b",
        "é",
        "a\n",
        "\u0661",
        "x" * (LONGEST + 1),
    ],
)
def test_anything_else_is_no_id(text: str) -> None:
    """Other letters, other marks, marks at either end, nothing, and too much are refused."""
    assert not is_id(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Samat Abish", "samat-abish"),
        ("  Nur-Sultan!  ", "nur-sultan"),
        ("Qasym-Jomart Toqaev (president)", "qasym-jomart-toqaev-president"),
        ("Élysée", "elysee"),
        ("under_score", "under_score"),
        ("a  -  b", "a-b"),
        ("Алматы", ""),
        ("", ""),
    ],
)
def test_a_text_suggests_a_slug(text: str, expected: str) -> None:
    """Accents go, everything else that no id holds becomes one hyphen; nothing may be left."""
    assert slug(text) == expected


@given(st.text() | st.text(alphabet="aB-_ é", min_size=150, max_size=300))
def test_a_suggested_slug_is_an_id(text: str) -> None:
    """What `slug` suggests can be used as it stands, and suggests itself."""
    suggested = slug(text)
    assert not suggested or is_id(suggested)
    assert slug(suggested) == suggested


def test_a_slug_cut_short_ends_with_a_letter() -> None:
    """Where the longest id would end with a hyphen, the hyphen goes too."""
    assert slug("a" * (LONGEST - 1) + "-b") == "a" * (LONGEST - 1)


def test_a_derived_id_is_subject_property_and_digest() -> None:
    """The digest is the first 12 hexadecimal digits of the SHA-256 of the canonical form."""
    assert derived("ada", "status", b"{}") == "ada-status-44136fa355b3"


@given(IDS, IDS, st.binary(), st.binary())
def test_a_derived_id_is_an_id_of_its_content(
    subject: str, name: str, one: bytes, other: bytes
) -> None:
    """However long its parts, a derived id fits, and tells different contents apart."""
    found = derived(subject[:LONGEST], name[:LONGEST], one)
    assert is_id(found)
    assert re.search("-[0-9a-f]{12}$", found)
    assert (found == derived(subject[:LONGEST], name[:LONGEST], other)) == (one == other)


@pytest.mark.parametrize(
    ("wanted", "known", "found"),
    [
        ("samat-abis", ["samat-abish", "karim-massimov"], ("samat-abish",)),
        ("statsu", ["place", "status", "stature"], ("status", "stature")),
        ("x", ["status"], ()),
        ("status", [], ()),
    ],
)
def test_near_matches_come_best_first(
    wanted: str, known: list[str], found: tuple[str, ...]
) -> None:
    """Only names that look like the wanted one are offered, the most alike first."""
    assert near(wanted, known) == found


def test_no_more_near_matches_than_asked_for() -> None:
    """Three are offered unless told otherwise."""
    known = [f"status-{letter}" for letter in "abcdef"]
    assert len(near("status", known)) == 3
    assert len(near("status", iter(known), most=1)) == 1
