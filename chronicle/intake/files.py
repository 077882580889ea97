"""Files, folders and standard input to drafts, or to the entries of an exported log.

Each file is read, whatever its neighbours hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeVar

from chronicle.errors import Finding
from chronicle.intake import json_lines, json_text, yaml_text
from chronicle.intake.copies import Copy, copies
from chronicle.intake.decoding import decoded
from chronicle.intake.grouping import drafts
from chronicle.intake.kinds import FieldTable
from chronicle.intake.located import Draft, Located
from chronicle.intake.walking import FORMATS, JSON, LINES, YAML, files_at, unreadable

STDIN = "-"
"""Stands for standard input among the paths, and for its name in places."""

LARGEST = 64 * 2**20
"""The bytes that a YAML or JSON file may hold: it is held in memory whole."""

_LIKE_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*[\[{][\[{\s]*(?:["\]}]|$)')


_T = TypeVar("_T")

_Contents = Callable[[BinaryIO, Iterable[bytes], str, str], Iterator[_T | Finding]]
"""Yields what a stream holds, given what was read of it already, its format and its name."""


def read(
    paths: Iterable[Path | str], stdin: BinaryIO | None = None, *, fields: FieldTable
) -> Iterator[Draft | Finding]:
    """Yield the drafts of all files, and every fault.

    `fields` names the fields that each kind takes: it decides which defaults a record gets.
    `-` among the paths is `stdin`, whose format is told from how it begins. JSON Lines are read
    in constant memory.
    """
    yield from _each(paths, stdin, partial(_drafts, fields=fields))


def read_copies(
    paths: Iterable[Path | str], stdin: BinaryIO | None = None
) -> Iterator[Copy | Finding]:
    """Yield the entries of an exported log from all files, in their order, and every fault.

    They are read from JSON Lines alone, as those are read in constant memory.
    """
    yield from _each(paths, stdin, _copies)


def _each(
    paths: Iterable[Path | str], stdin: BinaryIO | None, contents: _Contents[_T]
) -> Iterator[_T | Finding]:
    """Yield what every file holds."""
    for path in paths:
        if str(path) == STDIN:
            yield from _stdin(stdin, contents)
            continue
        if not str(path):
            yield Finding("an empty path", "name a file or a folder; . is the current one")
            continue
        for found in files_at(Path(path)):
            if isinstance(found, Finding):
                yield found
            else:
                yield from _file(found, contents)


def _file(path: Path, contents: _Contents[_T]) -> Iterator[_T | Finding]:
    """Yield what one file holds."""
    try:
        with path.open("rb") as stream:
            yield from contents(stream, (), FORMATS[path.suffix.lower()], str(path))
    except OSError as error:
        yield unreadable(path, error)


def _stdin(stream: BinaryIO | None, contents: _Contents[_T]) -> Iterator[_T | Finding]:
    """Yield what standard input holds."""
    if stream is None:
        yield Finding("there is no standard input", "name a file instead", file=STDIN)
        return
    try:
        head, form = _sniffed(stream)
        yield from contents(stream, head, form, STDIN)
    except OSError as error:
        yield unreadable(Path(STDIN), error)


def _drafts(
    stream: BinaryIO, head: Iterable[bytes], form: str, file: str, *, fields: FieldTable
) -> Iterator[Draft | Finding]:
    """Yield the drafts that a stream holds, `head` being what was read of it already."""
    empty = True
    for document in _documents(stream, head, form, file):
        if isinstance(document, Finding):
            empty = False
            yield document
        else:
            for item in drafts(document, file, fields):
                empty = False
                yield item
    if empty:
        yield Finding("no records in it", "leave the file out, or add some", file=file, line=1)


def _copies(
    stream: BinaryIO, head: Iterable[bytes], form: str, file: str
) -> Iterator[Copy | Finding]:
    """Yield the entries that a stream holds, `head` being what was read of it already.

    There may be none: whoever follows another log finds nothing new in it on most days.
    """
    begun = tuple(head)
    is_lines = form == LINES or (file == STDIN and not begun)
    # One line that is not whole is JSON Lines that were cut off.
    if not is_lines and not (form == JSON and len(begun) == 1):
        todo = "an exported log is JSON Lines (.jsonl); append other files without --exact"
        yield Finding("no JSON Lines", todo, file=file)
        return
    pieces = chain(begun, _lines(stream))
    yield from copies(json_lines.mappings(pieces, file, numbers=True), file)


def _documents(
    stream: BinaryIO, head: Iterable[bytes], form: str, file: str
) -> Iterator[Located | Finding]:
    """Yield the documents of a stream, and every fault in how they are written."""
    if form == LINES:
        yield from json_lines.mappings(chain(head, _lines(stream)), file)
        return
    start = b"".join(head)
    data = start + stream.read(LARGEST + 1 - len(start))
    if len(data) > LARGEST:
        todo = "write it as JSON Lines (.jsonl), one record a line"
        yield Finding(f"larger than {LARGEST // 2**20} MiB", todo, file=file)
        return
    text = decoded(data, file)
    if isinstance(text, Finding):
        yield text
    else:
        yield from (yaml_text.documents if form == YAML else json_text.document)(text, file)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines, those that are too long in pieces."""
    return iter(partial(stream.readline, json_lines.LONGEST_LINE + 1), b"")


def _sniffed(stream: BinaryIO) -> tuple[list[bytes], str]:
    """Return the first lines of a stream, and its format.

    What begins like JSON is JSON Lines if its first line begins a mapping, and either ends it
    or is followed by a line that begins another; otherwise it is one JSON document. All else
    is YAML.
    """
    head: list[bytes] = []
    written: list[bytes] = []
    for line in _lines(stream):
        head.append(line)
        if line.strip():
            written.append(line.removeprefix(b"\xef\xbb\xbf").strip())
        if len(written) == 2:
            break
    if not _LIKE_JSON.match(b"".join(head)):
        return head, YAML
    first = written[0]
    if len(head[-1]) > json_lines.LONGEST_LINE or not first.startswith(b"{"):
        return head, JSON
    alone = first.endswith(b"}") or written[-1].startswith(b"{")
    return head, LINES if alone else JSON
