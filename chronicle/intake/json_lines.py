"""JSON Lines to located documents: one mapping a line, read and forgotten line by line.

Memory holds one line at a time. A faulty line yields its findings, and reading goes on with
the next. A line without numbers that load as text goes through the fastest parser alone, any
other good one through the standard parser. All else is read again, slowly, by the parser of whole
documents, which knows what to say about it.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from json import JSONDecoder
from typing import NoReturn

import orjson

from chronicle.errors import Finding
from chronicle.intake.building import DEEPEST
from chronicle.intake.decoding import foreign_encoding, not_utf8, nul_character
from chronicle.intake.json_text import document
from chronicle.intake.located import Located

LONGEST_LINE = 16 * 2**20
"""The bytes that one line may hold, its end included."""

_ENDS = ("\n", "\r\n", "")
_BLANKS = " \t\r\n"

_TEXT = frozenset((str,))
_SCALARS: frozenset[type] = frozenset((str, bool, type(None)))
_NUMBERS = _SCALARS | {int, float}
_NAME = re.compile(rb'"[ \t\r\n]*:')

Decode = Callable[[str], tuple[object, int]]


def mappings(
    pieces: Iterable[bytes], file: str, *, numbers: bool = False
) -> Iterator[Located | Finding]:
    """Yield the mapping of each line, and every fault.

    `pieces` yields the lines with their ends; a line longer than `LONGEST_LINE` comes in
    pieces, the first of them longer than that. Numbers load as the text that was written,
    unless `numbers` asks for what they are.
    """
    reader = _Reader(file, numbers=numbers)
    number = offset = 0
    whole = True
    for piece in pieces:
        offset += len(piece)
        continues, whole = not whole, piece[-1:] == b"\n"
        if continues:
            continue
        number += 1
        line = piece
        if number == 1:
            foreign = foreign_encoding(piece, file)
            if foreign is not None:
                yield foreign
                return
            line = piece.removeprefix(codecs.BOM_UTF8)
        try:
            yield Located(reader.good(line), number)
        except ValueError:
            yield from reader.odd(line, number, offset - len(line))


class _OddError(ValueError):
    """A line that the standard parser would pass, but that wants a closer look."""


class _Reader:
    """Reads one line after the other."""

    def __init__(self, file: str, *, numbers: bool) -> None:
        """Read lines of a file, its numbers as numbers or as text."""
        self._file = file
        self._numbers = numbers
        self._plain = _NUMBERS if numbers else _SCALARS
        """The types of which the fastest parser makes what is wanted."""
        self._decode: Decode = JSONDecoder(
            object_pairs_hook=_unique,
            parse_int=_number if numbers else str,
            parse_float=float if numbers else str,
            parse_constant=_refuse,
        ).raw_decode

    def good(self, line: bytes) -> dict[str, object]:
        """Return the mapping of a line in which nothing is odd; `ValueError` for any other."""
        if len(line) > LONGEST_LINE:
            raise _OddError
        value: object = orjson.loads(line)
        if type(value) is dict and _TEXT.issuperset(map(type, value.values())):
            names: float = len(value)
        elif line.count(b"[") + line.count(b"{") > DEEPEST:
            raise _OddError
        else:
            names = _names(value, self._plain)
        if type(value) is dict and _is_whole(names, line):
            return value
        text = line.decode()
        value, end = self._decode(text)
        if text[end:] not in _ENDS or not isinstance(value, dict):
            raise _OddError
        return value

    def odd(self, line: bytes, number: int, before: int) -> Iterator[Located | Finding]:
        """Yield the faults of a line, and its mapping if it can be read; nothing if it is blank.

        `before` bytes of the file precede the line.
        """
        if len(line) > LONGEST_LINE:
            yield _too_long(self._file, number)
            return
        try:
            text = line.decode().rstrip(_BLANKS)
        except UnicodeDecodeError as error:
            yield not_utf8(error, self._file, number, before)
            return
        if "\0" in text:
            yield nul_character(self._file, number)
            return
        faulty = False
        for item in document(text, self._file):
            if isinstance(item, Finding):
                faulty = True
                yield replace(item, line=number)
            elif not isinstance(item.value, dict):
                yield _no_mapping(self._file, number)
            elif not self._numbers:
                yield Located(item.value, number)
            elif not faulty:
                yield Located(self._decode(text.lstrip(_BLANKS))[0], number)


def _is_whole(names: float, line: bytes) -> bool:
    """Say whether a line surely has no name but those that were found, each once.

    Of a name that is written twice only one is found, but each has its colon.
    """
    return line.count(b":") == names or len(_NAME.findall(line)) == names


def _names(value: object, plain: frozenset[type]) -> float:
    """Count the names of all mappings in a value; no count fits what holds other than plain."""
    if type(value) is dict:
        return len(value) + sum(_names(part, plain) for part in value.values())
    if type(value) is list:
        return sum(_names(part, plain) for part in value)
    return 0 if type(value) in plain else math.inf


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the mapping of the pairs; raise `_OddError` where a name is written twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _OddError
    return found


def _number(text: str) -> int | float:
    """Return a whole number; what no entry could hold is a float, as the fastest parser has it."""
    return int(text) if len(text) < 20 else float(text)


def _refuse(_: str) -> NoReturn:
    """Raise `_OddError`: NaN and Infinity are no JSON."""
    raise _OddError


def _no_mapping(file: str, number: int) -> Finding:
    todo = 'write one record a line: {"kind": "claim", ...}'
    return Finding("the line is no mapping of fields", todo, file=file, line=number)


def _too_long(file: str, number: int) -> Finding:
    what = f"the line is longer than {LONGEST_LINE // 2**20} MiB"
    return Finding(what, "write one record a line", file=file, line=number)
