"""Bytes to text: UTF-8 alone, with or without a byte order mark, and no NUL in it."""

from __future__ import annotations

import codecs

from chronicle.errors import Finding

_SAVE = "save the file as UTF-8"
_OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def foreign_encoding(data: bytes, file: str) -> Finding | None:
    """Return a finding where the first bytes are the mark of an encoding other than UTF-8."""
    for mark, name in _OTHER_MARKS:
        if data.startswith(mark):
            return Finding(f"the text is encoded as {name}", _SAVE, file=file, line=1)
    return None


def decoded(data: bytes, file: str) -> str | Finding:
    """Return the text without byte order mark, or what keeps the bytes from being text."""
    foreign = foreign_encoding(data, file)
    if foreign is not None:
        return foreign
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return not_utf8(error, file, data.count(b"\n", 0, error.start) + 1)
    nul = text.find("\0")
    if nul >= 0:
        return nul_character(file, text.count("\n", 0, nul) + 1)
    return text.removeprefix("\ufeff")


def not_utf8(error: UnicodeDecodeError, file: str, line: int, before: int = 0) -> Finding:
    """Return the finding for bytes that are no UTF-8; `before` bytes of the file precede them."""
    byte = error.object[error.start]
    what = f"not UTF-8: byte 0x{byte:02x} at byte offset {before + error.start}"
    return Finding(what, _SAVE, file=file, line=line)


def nul_character(file: str, line: int) -> Finding:
    """Return the finding for a NUL in the text."""
    todo = f"remove it; if the whole file looks like that, {_SAVE}"
    return Finding("a NUL character in the text", todo, file=file, line=line)
