"""Canonical JSON: one text for one value, held against the `rfc8785` package."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import IntEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from chronicle.canonical import dumps
from chronicle.errors import CanonicalError

SAFE = 2**53 - 1

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.none() | st.booleans() | st.integers(-SAFE, SAFE) | TEXTS
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20
)


class Rank(IntEnum):
    """An integer by another name."""

    FIRST = 1


@given(VALUES)
def test_it_writes_what_the_standard_asks_for(value: Any) -> None:
    """Every value has the bytes that an independent implementation of RFC 8785 gives it."""
    assert dumps(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    """Nothing is lost or changed on the way."""
    assert json.loads(dumps(value)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, "{}"),
        ([], "[]"),
        ((), "[]"),
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({"a": ("x", {"c": False, "b": -7})}, '{"a":["x",{"b":-7,"c":false}]}'),
        ('\x00\x1f\b\t\n\f\r"\\/\x7f', '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\x7f"'),
        ("é\u2028😀", '"é\u2028😀"'),
        (SAFE, "9007199254740991"),
        (-SAFE, "-9007199254740991"),
    ],
)
def test_the_bytes_are_known(value: Any, expected: str) -> None:
    """Keys are sorted, nothing is spaced, and only what JSON must escape is escaped."""
    assert dumps(value) == expected.encode()


def test_keys_beyond_ascii_sort_by_utf16() -> None:
    """A letter beyond the basic plane sorts by its surrogates, before U+FB33."""
    keys = ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]
    text = dumps(dict.fromkeys(reversed(keys), 0)).decode()
    assert list(json.loads(text)) == keys


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (1.0, "float has no canonical JSON form; write it as text"),
        (float("nan"), "float has no canonical JSON form"),
        (Decimal(1), "Decimal has no canonical JSON form"),
        (b"x", "bytes has no canonical JSON form"),
        ({"x"}, "set has no canonical JSON form"),
        (Rank.FIRST, "Rank has no canonical JSON form"),
        (SAFE + 1, "9007199254740992 is beyond the integers that JSON carries exactly"),
        (-SAFE - 1, "-9007199254740992 is beyond the integers"),
        ({1: "x"}, "a key must be text, not int"),
        ({None: "x"}, "a key must be text, not NoneType"),
        ("\ud800", "a lone surrogate has no canonical JSON form"),
        ({"\udc00": 1}, "a lone surrogate has no canonical JSON form"),
        ({"é": "\ud800"}, "a lone surrogate has no canonical JSON form"),
    ],
)
@pytest.mark.parametrize("depth", range(3))
def test_what_has_no_canonical_form_is_refused(value: Any, what: str, depth: int) -> None:
    """Floats, foreign types, large integers and lone surrogates are refused at any depth."""
    for _ in range(depth):
        # A key beyond ASCII stands before, so that both ways of writing are tried.
        value = [{"é": 0}, {"a": 0, "b": value}]
    with pytest.raises(CanonicalError) as caught:
        dumps(value)
    assert what in str(caught.value)
