"""Tables for people: never cut, always folded; without colour where nobody looks.

Only `draw` of a table imports the library that draws it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from chronicle.cli.cells import Cell, shown
from chronicle.cli.report import Sheet

PIPED_WIDTH = 100
"""Columns of a table that goes elsewhere than to a terminal; `COLUMNS` may ask for more."""

PAGE = 500
"""Rows that are laid out together: a longer sheet repeats its headings, and needs no memory."""

_GAP = 2
"""Cells between two columns."""

_STYLES = {
    "settled": "green",
    "disputed": "bold yellow",
    "unconfirmed": "magenta",
    "expected": "cyan",
    "fails": "bold red",
}


def draw(sheets: Iterable[Sheet], stream: TextIO) -> None:
    """Print sheets on a stream, one below the other."""
    console = _console(stream)
    for number, sheet in enumerate(sheets):
        if number:
            stream.write("\n")
        if sheet.title:
            _print(console, stream, Text(shown(sheet.title), style="bold"))
        for page in _pages(sheet.rows):
            _print(console, stream, _table(sheet.headings, page, console.width))


def _console(stream: TextIO) -> Console:
    at_terminal = stream.isatty()
    coloured = at_terminal and not os.environ.get("NO_COLOR")
    columns = os.environ.get("COLUMNS", "")
    width = max(PIPED_WIDTH, int(columns) if columns.isdigit() else 0)
    return Console(
        file=stream,
        force_terminal=at_terminal,
        color_system="auto" if coloured else None,
        width=None if at_terminal else width,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _print(console: Console, stream: TextIO, what: Table | Text) -> None:
    """Print through a capture, because the console would end the process on a closed pipe."""
    with console.capture() as captured:
        console.print(what)
    text = captured.get()
    if console.color_system is None:
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    stream.write(text)


def _pages(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    stream = iter(rows)
    while page := list(islice(stream, PAGE)):
        yield page


def _table(headings: tuple[str, ...], rows: list[Sequence[Cell]], width: int) -> Table:
    titled = any(headings)
    # The line of a box below the headings takes one cell between columns.
    gap = _GAP - 1 if titled else _GAP
    table = Table(
        box=box.SIMPLE_HEAD if titled else None,
        show_header=titled,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap, 0, 0),
        header_style="bold",
    )
    texts = [[shown(cell) for cell in row] for row in rows]
    columns = [column for column in zip(headings, *texts, strict=True) if any(column[1:])]
    room = width - _GAP * (len(columns) - 1)
    natural = [max(map(cell_len, cells)) for cells in columns]
    least = [max(map(cell_len, " ".join(cells).split(" "))) for cells in columns]
    for column, fitted in zip(columns, fit(natural, least, room), strict=True):
        style = "dim" if not titled and not table.columns else ""
        table.add_column(column[0], overflow="fold", style=style, width=fitted)
    for row in zip(*(column[1:] for column in columns), strict=True):
        table.add_row(*(_text(column[0], text) for column, text in zip(columns, row, strict=True)))
    return table


def fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return how wide each column is to be, to fit into a room of that many cells.

    A column is at most as wide as its widest text. Where they do not all fit, those with the
    most text give way, down to their longest word; only then are words broken, the longest first.
    """
    widths = [min(width, room) for width in natural]
    for floor in (least, [1] * len(widths)):
        for _ in range(sum(widths) - room):
            spare = [width - low for width, low in zip(widths, floor, strict=True)]
            if max(spare) > 0:
                widths[spare.index(max(spare))] -= 1
    return widths


def _text(heading: str, text: str) -> Text:
    style = _STYLES.get(text.partition(",")[0], "") if heading == "standing" else ""
    return Text(text, style=style)
