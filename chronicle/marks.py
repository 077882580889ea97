"""Marks: texts in which nothing is taken for one, by a terminal or by Markdown.

The dialects are CommonMark, GitHub's and Pandoc's, with footnotes, mathematics and citations.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Patterns stay text until they are used: every start would wait for them.
_SPECIAL = r"(?i)([\\`*_{}\[\]<>#|~&$^@]|:(?=//)|(?<=www)\.)"
_OPENING = r"[-+=:%]|\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)])"


def clean(text: str) -> str:
    """Return a text on one line, without control characters, which could drive a terminal."""
    return _CONTROL.sub(" ", text)


def plain(text: str) -> str:
    """Return a text for a line of Markdown in which nothing is taken for a mark.

    The space around it goes: beside a mark it would mean something.
    """
    return re.sub(_SPECIAL, r"\\\1", clean(text).strip())


def opening(escaped: str) -> str:
    """Return such a text to begin a line with: it opens no list, heading or definition."""
    found = re.match(_OPENING, escaped)
    if found is None:
        return escaped
    place = 0 if len(found[0]) == 1 and not found[0].isalnum() else found.end()
    return f"{escaped[:place]}\\{escaped[place:]}"
