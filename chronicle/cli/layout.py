"""Layout: a sheet as lines of a given width, every cell folded into its column, none cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple
from unicodedata import category, east_asian_width

from chronicle.cli.cells import Cell, shown
from chronicle.cli.report import Sheet

PAGE = 500
"""Rows that are laid out together: a longer sheet repeats its headings, and needs no memory."""

_GAP = "  "
_RULE = "─"


class Span(NamedTuple):
    """A piece of a line."""

    text: str
    role: str = ""
    """`title`, `heading`, `name` (of what stands beside it), or the heading of its column."""


def lay_out(sheet: Sheet, width: int) -> Iterator[Sequence[Span]]:
    """Yield the lines of a sheet, none wider than `width` cells of a terminal."""
    if sheet.title:
        yield from ([Span(line, "title")] for line in folded(shown(sheet.title), width))
    rows = iter(sheet.rows)
    while page := list(islice(rows, PAGE)):
        yield from _table(sheet.headings, page, width)


def _table(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], width: int
) -> Iterator[Sequence[Span]]:
    """Yield the lines of some rows; a column in which no row says anything is left out."""
    texts = ([shown(cell) for cell in row] for row in rows)
    columns = [column for column in zip(headings, *texts, strict=True) if any(column[1:])]
    natural = [max(map(width_of, column)) for column in columns]
    least = [max(map(width_of, {*" ".join(column).split(" ")})) for column in columns]
    widths = fit(natural, least, width - len(_GAP) * (len(columns) - 1))
    roles = [column[0] or ("name" if number == 0 else "") for number, column in enumerate(columns)]
    lines = list(zip(*columns, strict=True))
    gaps = [Span(" " * count + _GAP) for count in range(max(widths, default=0) + 1)]
    if any(headings):
        yield from _row(lines[0], widths, ["heading"] * len(columns), gaps)
        yield [Span(_RULE * (sum(widths) + len(_GAP) * (len(widths) - 1)))]
    for line in lines[1:]:
        yield from _row(line, widths, roles, gaps)


def _row(
    texts: Sequence[str], widths: Sequence[int], roles: Sequence[str], gaps: Sequence[Span]
) -> Iterator[Sequence[Span]]:
    """Yield the lines that one row takes; `gaps` has what follows a text so much too short."""
    cells = [folded(text, width) for text, width in zip(texts, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        spans = []
        for part, width, role in zip(parts, widths, roles, strict=True):
            # A wide sign does not fit a column of one cell.
            spans += [Span(part, role), gaps[max(width - width_of(part), 0)]]
        yield spans[:-1]


def folded(text: str, width: int) -> list[str]:
    """Return a text in lines, broken between words, and within a word that fits no line."""
    words = text.split()
    whole = " ".join(words)
    if width_of(whole) <= width:
        return [whole]
    lines = [""]
    for word in words:
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(joined) <= width:
            lines[-1] = joined
            continue
        pieces = list(_broken(word, max(width, 1)))
        lines += pieces if lines[-1] else pieces[1:]
        lines[-len(pieces)] = pieces[0]
    return lines


def _broken(word: str, width: int) -> Iterator[str]:
    """Yield the pieces of a word, each as wide as it may be."""
    if width_of(word) <= width:
        yield word
        return
    piece = ""
    for sign in word:
        if piece and width_of(piece + sign) > width:
            yield piece
            piece = ""
        piece += sign
    yield piece


def width_of(text: str) -> int:
    """Return how many cells of a terminal a text takes: wide signs two, marks above others none."""
    if text.isascii():
        return len(text)
    return sum(_width_of_sign(sign) for sign in text)


def _width_of_sign(sign: str) -> int:
    if category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return how wide each column is to be, to fit into a room of that many cells.

    A column is at most as wide as its widest text. Where they do not all fit, those with the
    most text give way, down to their longest word; only then are words broken, the longest first.
    """
    widths = [min(width, max(room, 1)) for width in natural]
    for floor in (least, [1] * len(widths)):
        for _ in range(sum(widths) - room):
            spare = [width - low for width, low in zip(widths, floor, strict=True)]
            if max(spare) > 0:
                widths[spare.index(max(spare))] -= 1
    return widths


def plain(line: Iterable[Span]) -> str:
    """Return a line without its roles."""
    return "".join(span.text for span in line).rstrip()
