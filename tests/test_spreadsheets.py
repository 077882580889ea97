"""Spreadsheets: no cell is run, and every text comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.spreadsheets import TRIGGERS, guard, unguard

TEXT = st.text(st.characters(codec="utf-8"))
RISKY = st.builds(str.__add__, st.text("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", max_size=3), TEXT)


@given(TEXT | RISKY)
def test_every_text_comes_back(text: str) -> None:
    """Whatever it begins with, an apostrophe too."""
    assert unguard(guard(text)) == text


@given(TEXT | RISKY)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """A guarded cell is the text, or the text behind an apostrophe."""
    cell = guard(text)
    assert not cell.startswith(TRIGGERS)
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("text", [*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'"])
def test_what_spreadsheets_run_is_guarded(text: str) -> None:
    """The signs that begin formulas, in full width too, and what programs cut off before them."""
    assert guard(f"{text}1+1") == f"'{text}1+1"


@pytest.mark.parametrize("text", ["", "a", " =1", "1-1", '"=1"', "[-1]"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Only the beginning counts."""
    assert guard(text) == text
