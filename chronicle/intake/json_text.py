"""A JSON text to its located document: values and lines in one pass, without recursion.

Numbers load as the text that was written, so that no digit is lost or invented. A name that
is written twice, and NaN and Infinity, which are no JSON, are findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn

from chronicle.errors import Finding
from chronicle.intake.building import Builder, UnreadableError
from chronicle.intake.located import Located

_BLANKS = re.compile(r"[ \t\n\r]*+")
_PLAIN_TEXT = re.compile(r'"([^"\\\x00-\x1f]*+)"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+")
_WORD = re.compile(r"-?[^\W\d]\w*+")
_WORDS = {"true": True, "false": False, "null": None}
_NOT_NUMBERS = ("NaN", "Infinity", "-Infinity")
_SHOWN = 20


def document(text: str, file: str) -> Iterator[Located | Finding]:
    """Yield the faults of a JSON text, then its document; nothing for a blank text."""
    reader = _Reader(text, file)
    try:
        reader.read()
    except UnreadableError as fault:
        yield from reader.builder.findings
        yield fault.finding
        return
    yield from reader.builder.findings
    if reader.builder.root is not None:
        yield reader.builder.root


class _Reader:
    """Walks through the text; `at` is the next character, never a blank, `line` is its line."""

    def __init__(self, text: str, file: str) -> None:
        """Begin at the first character that is no blank."""
        self.text = text
        self.at = 0
        self.line = 1
        self.builder = Builder(file)
        self.closers: list[str] = []
        """The brackets that will close what is open, innermost last."""
        self.fresh = False
        """Whether the innermost list or mapping was opened just now."""
        self.strings = JSONDecoder().raw_decode
        self._go_on(0)

    def read(self) -> None:
        """Read the one value of the text; raise `UnreadableError` at the first broken place."""
        if self.at == len(self.text):
            return
        self._value()
        while self.closers:
            self._item(self.closers[-1])
        if self.at != len(self.text):
            todo = "a file with one record a line is named .jsonl"
            self._broken("expected nothing more after the document", todo)

    def _item(self, closer: str) -> None:
        """Read the next item of the innermost list or mapping, or its end."""
        found = self._next()
        if found == closer:
            self.closers.pop()
            self.fresh = False
            self.builder.put(self.builder.close()[0])
            self._go_on(self.at + 1)
            return
        if not self.fresh:
            if found != ",":
                self._broken(f"expected ',' or '{closer}'")
            self._go_on(self.at + 1)
        if closer == "}":
            self._name()
        self._value()

    def _name(self) -> None:
        """Read the name of a field and its colon."""
        if self._next() != '"':
            todo = "names stand in double quotes; no comma before '}'"
            self._broken("expected the name of a field", todo)
        line = self.line
        self.builder.put_name(self._string(), line)
        if self._next() != ":":
            self._broken("expected ':'")
        self._go_on(self.at + 1)

    def _value(self) -> None:
        """Read a scalar, or the opening bracket of a list or mapping."""
        found, line = self._next(), self.line
        if found in {"{", "["}:
            self._open(found)
            return
        self.fresh = False
        value = self._string() if found == '"' else self._number_or_word()
        self.builder.put_scalar(value, line)

    def _open(self, bracket: str) -> None:
        """Begin a list or mapping."""
        if bracket == "{":
            self.builder.open_mapping(self.line)
        else:
            self.builder.open_list(self.line)
        self.closers.append("}" if bracket == "{" else "]")
        self.fresh = True
        self._go_on(self.at + 1)

    def _string(self) -> str:
        plain = _PLAIN_TEXT.match(self.text, self.at)
        if plain is not None:
            self._go_on(plain.end())
            return plain.group(1)
        try:
            text, end = self.strings(self.text, self.at)
        except JSONDecodeError as error:
            self.at = error.pos
            self._broken(error.msg.removesuffix(" at").lower(), "close the quotes, escape with \\")
        self._go_on(end)
        return str(text)

    def _number_or_word(self) -> object:
        number = _NUMBER.match(self.text, self.at)
        if number is not None:
            self._go_on(number.end())
            return number.group()
        word = _WORD.match(self.text, self.at)
        written = word.group() if word is not None else ""
        if word is None or written not in (*_WORDS, *_NOT_NUMBERS):
            self._broken("expected a value", "texts stand in double quotes; no comma before ']'")
        if written in _NOT_NUMBERS:
            todo = "write it as text in quotes, or leave the field out"
            self.builder.fault(f"{written} is no number in JSON", todo, self.line)
        self._go_on(word.end())
        return _WORDS.get(written)

    def _next(self) -> str:
        """Return the next character, or "" at the end of the text."""
        return self.text[self.at : self.at + 1]

    def _go_on(self, at: int) -> None:
        """Go to the first character from there that is no blank."""
        blanks = _BLANKS.match(self.text, at)
        self.at = blanks.end() if blanks is not None else at
        if self.at != at:
            self.line += self.text.count("\n", at, self.at)

    def _broken(self, what: str, todo: str = "check quotes, commas and brackets") -> NoReturn:
        """End the reading at the current character."""
        column = self.at - self.text.rfind("\n", 0, self.at)
        found = self.text[self.at : self.at + _SHOWN].split("\n")[0].strip()
        end = "the line ends" if self.at < len(self.text) else "the text ends"
        seen = f"found {found!r}" if found else end
        what = f"not JSON (column {column}): {what}, {seen}"
        raise UnreadableError(Finding(what, todo, file=self.builder.file, line=self.line))
