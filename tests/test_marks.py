"""Marks: texts in which nothing is taken for one."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from chronicle.marks import clean, opening, plain

HOSTILE = st.text(alphabet="\\`*_{}[]()<>#|~&$^@!:;.-+=%/\"' \n\t1a2.bwx", max_size=40)


def kinds(text: str) -> tuple[list[str], str]:
    """Return the kinds of tokens of a text with a footnote, and the text that it shows."""
    reader = MarkdownIt("commonmark").use(footnote_plugin).enable(["strikethrough", "table"])
    tokens = reader.parse(f"{text}\n\n[^1]: a footnote\n")
    tokens = tokens[: next((n for n, one in enumerate(tokens) if "footnote" in one.type), None)]
    inner = [child for one in tokens for child in one.children or ()]
    found = [one.type for one in tokens] + sorted({one.type for one in inner})
    return found, "".join(one.content for one in inner)


@given(HOSTILE)
def test_nothing_is_taken_for_a_mark_by_a_reader(text: str) -> None:
    """A text that begins a line is a paragraph of text alone, and shows as it is."""
    shown = clean(text).strip()
    if not shown:
        assert plain(text) == ""
        return
    found, told = kinds(opening(plain(text)))
    assert found == ["paragraph_open", "inline", "paragraph_close", "text"]
    assert told == shown


@given(HOSTILE.filter(str.strip))
@example("===")
@example("---")
@example("| - |")
def test_nothing_is_made_of_the_line_before(text: str) -> None:
    """It neither underlines it nor ends its paragraph."""
    if plain(text):
        found, told = kinds(f"before\n{opening(plain(text))}")
        assert found == ["paragraph_open", "inline", "paragraph_close", "softbreak", "text"]
        assert told == f"before{clean(text).strip()}"


@given(HOSTILE)
def test_inside_a_line_it_stays_between_the_marks(text: str) -> None:
    """Within bold, after a word, it is bold to its end and no further."""
    found, told = kinds(f"**a {plain(text)} b** c")
    inner = sorted(["strong_open", "strong_close", "text"])
    assert found == ["paragraph_open", "inline", "paragraph_close", *inner]
    assert told == f"a {clean(text).strip()} b c"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Ada Example", "Ada Example"),
        ("3 January 2022", "3 January 2022"),
        ("1. one", r"1\. one"),
        ("(a) one", r"(a\) one"),
        ("iv. one", r"iv\. one"),
        ("(see one) two", "(see one) two"),
        ("- one", r"\- one"),
        (": one", r"\: one"),
        ("% one", r"\% one"),
        ("@ada", r"\@ada"),
        ("$x$ and 2^2", r"\$x\$ and 2\^2"),
        ("https://example.org", r"https\://example.org"),
        ("www.example.org", r"www\.example.org"),
        ("  one\r\ntwo\x1b[31m", r"one two \[31m"),
    ],
)
def test_what_only_some_dialects_read_is_escaped_too(text: str, escaped: str) -> None:
    """Lists of letters, definitions, citations, mathematics and bare addresses; no more than is."""
    assert opening(plain(text)) == escaped


@given(st.text())
def test_clean_texts_are_one_line_that_drives_no_terminal(text: str) -> None:
    """No control character is left, and nothing else is changed."""
    found = clean(text)
    assert len(found.splitlines()) <= 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", found)
    assert clean(found) == found
