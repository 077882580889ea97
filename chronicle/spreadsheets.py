"""Spreadsheets: texts that they would run are made safe, such that the text can be had back."""

from __future__ import annotations

from typing import Final

TRIGGERS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that a spreadsheet may run; the last four are = + - @ in full width."""

MARK: Final = "'"
"""Goes before such a text, and before one that begins with it."""


def guard(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return f"{MARK}{text}" if text.startswith((MARK, *TRIGGERS)) else text


def unguard(cell: str) -> str:
    """Return the text that a guarded cell holds."""
    return cell.removeprefix(MARK)
