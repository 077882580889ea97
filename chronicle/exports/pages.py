"""Pages of SQLite: what a library leaves in a file that is no data.

Given the same statements, two versions of the library write the same database, but for numbers
in its header that count changes and name the version, and for the space within pages that is
not used, where they leave what was there before. Both are set here, after the published file
format (https://www.sqlite.org/fileformat.html), which every version keeps.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SIZE = 4096
"""Bytes of a page."""

_HEADER = 100
"""Bytes of the file before the first page's own header."""

_INTERIOR = (2, 5)
"""Kinds of pages that lead to others: those of indexes and of tables."""

_OLDEST = 3_038_000
"""The version that the header names: from it on, every library has the functions for JSON."""

_FIELDS: Mapping[int, int] = {24: 1, 92: 1, 96: _OLDEST}
"""Fields of the header by offset: how often the file was changed, for which such count the next
field is valid, and the version of the library that wrote it."""


def settle(path: Path, roots: Iterable[int]) -> None:
    """Set the header's numbers, and clear the unused space of all pages below some roots."""
    with path.open("r+b") as stream:
        for offset, number in _FIELDS.items():
            stream.seek(offset)
            stream.write(struct.pack(">I", number))
        waiting = [1, *roots]
        while waiting:
            number = waiting.pop()
            start = (number - 1) * SIZE
            stream.seek(start)
            page = stream.read(SIZE)
            header = _HEADER if number == 1 else 0
            kind, _, cells, content = struct.unpack_from(">BHHH", page, header)
            pointers = header + (12 if kind in _INTERIOR else 8)
            unused = pointers + 2 * cells
            if any(page[unused:content]):
                stream.seek(start + unused)
                stream.write(bytes(content - unused))
            if kind in _INTERIOR:
                waiting += _below(page, header, struct.unpack_from(f">{cells}H", page, pointers))


def _below(page: bytes, header: int, cells: Iterable[int]) -> Iterator[int]:
    """Yield the numbers of the pages that a page leads to."""
    for offset in (*cells, header + 8):
        (number,) = struct.unpack_from(">I", page, offset)
        yield number
