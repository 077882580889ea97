"""Tables for people: plain lines in a pipe, colours at a terminal that wants them.

The library that knows terminals is imported only at one, because a query from a script should
start quickly.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from chronicle.cli.layout import Span, lay_out, plain
from chronicle.cli.report import Sheet

PIPED_WIDTH = 100
"""Columns of a table that goes elsewhere than to a terminal; `COLUMNS` may ask for more."""

TERMINAL_WIDTH = 80
"""Columns of a terminal that does not say how many it has."""

_STYLES = {"title": "bold", "heading": "bold", "name": "dim"}
"""How each role is shown; the column `standing` is coloured by its words."""

_STANDINGS = {
    "settled": "green",
    "disputed": "bold yellow",
    "unconfirmed": "magenta",
    "expected": "cyan",
}

Show = Callable[[Sequence[Span]], None]


def draw(sheets: Iterable[Sheet], stream: TextIO) -> None:
    """Print sheets on a stream, one below the other."""
    width = _width(stream)
    coloured = stream.isatty() and not os.environ.get("NO_COLOR")
    show = _coloured(stream) if coloured else _uncoloured(stream)
    for number, sheet in enumerate(sheets):
        if number:
            show([])
        for line in lay_out(sheet, width):
            show(line)


def _width(stream: TextIO) -> int:
    columns = os.environ.get("COLUMNS", "")
    asked = int(columns) if columns.isdecimal() else 0
    if not stream.isatty():
        return max(PIPED_WIDTH, asked)
    return asked or os.get_terminal_size(stream.fileno()).columns or TERMINAL_WIDTH


def _uncoloured(stream: TextIO) -> Show:
    """Return what writes a line as it is."""

    def show(line: Sequence[Span]) -> None:
        stream.write(f"{plain(line)}\n")

    return show


def _coloured(stream: TextIO) -> Show:
    """Return what shows a line in the colours that the terminal has."""
    from rich.console import Console  # noqa: PLC0415  # see the top of the module
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=stream, highlight=False, markup=False, emoji=False)

    def show(line: Sequence[Span]) -> None:
        parts = ((span.text, style_of(span)) for span in line)
        console.print(Text.assemble(*parts), soft_wrap=True)

    return show


def style_of(span: Span) -> str:
    """Return the style of a piece of a line."""
    if span.role == "standing":
        return _STANDINGS.get(span.text.split(",")[0], "")
    return _STYLES.get(span.role, "")
