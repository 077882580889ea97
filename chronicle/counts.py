"""Counts: numbers with their nouns, as messages and pages say them."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 ruling`, `3 rulings`, `2 entries`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
