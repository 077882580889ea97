"""Counts: numbers with their nouns."""

from __future__ import annotations

import pytest

from chronicle.counts import counted


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((0, "ruling"), "0 rulings"),
        ((1, "ruling"), "1 ruling"),
        ((2, "ruling"), "2 rulings"),
        ((1, "entry", "entries"), "1 entry"),
        ((3, "entry", "entries"), "3 entries"),
    ],
)
def test_only_one_is_no_plural(told: tuple[int, str], words: str) -> None:
    """A noun with a plural of its own brings it."""
    assert counted(*told) == words
