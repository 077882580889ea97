"""Copies: the lines of an exported log as its entries, to the letter.

A line holds all that the leaf of its entry commits to, and the root of the log where an append
ended with it. Each line is held against the form in which a log is exported; what the lines say
together (positions, leaves, roots) is for whoever writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from chronicle.canonical import dumps
from chronicle.errors import CanonicalError, Finding, LogCorrupt
from chronicle.ids import is_id
from chronicle.intake.envelopes import is_entry
from chronicle.intake.kinds import KINDS, STATEMENT
from chronicle.intake.located import Located
from chronicle.log import SALT_SIZE, Entry, Header, sealed, write_moment
from chronicle.merkle import HASH_SIZE
from chronicle.payloads import Payload
from chronicle.upcasts import climb

_AGAIN = "export the log again: chronicle export jsonl"


class Copy(NamedTuple):
    """One entry of another log, and where it was read."""

    entry: Entry
    payload: Payload
    """What it says, in today's schema."""
    root: bytes
    """The root of the log with it, where an append ended with it; else nothing."""
    file: str
    line: int

    def finding(self, what: str, todo: str, field: str = "") -> Finding:
        """Return a finding about the line."""
        return Finding(what, todo, field, self.file, self.line)


def copies(lines: Iterable[Located | Finding], file: str) -> Iterator[Copy | Finding]:
    """Yield the entry of each line, and every fault; numbers in the lines are numbers."""
    for line in lines:
        if isinstance(line, Finding):
            yield line
            continue
        value, mark = line
        assert isinstance(value, dict)  # as JSON Lines are read
        assert isinstance(mark, int)
        yield from _copy(value, file, mark)


def _copy(value: dict[str, Any], file: str, line: int) -> Iterator[Copy | Finding]:
    faults = list(_misshapen(value))
    if not faults:
        header: Header = tuple(value[name] for name in _HEADER)
        payload = value["payload"]
        try:
            _check_header(payload, value)
            entry = sealed(header, bytes.fromhex(value["salt"]), dumps(payload))
            yield Copy(entry, climb(payload), bytes.fromhex(value.get("root", "")), file, line)
        except CanonicalError as error:
            faults.append(Finding(str(error), _AGAIN, "payload"))
        except LogCorrupt as error:
            what, _, todo = str(error).partition("; ")
            faults.append(Finding(what, todo, "schema"))
    for fault in faults:
        yield Finding(fault.what, fault.todo, fault.field, file, line)


def _check_header(payload: Payload, value: Mapping[str, Any]) -> None:
    """Raise `CanonicalError` where an entry and its payload name different records."""
    for name in ("id", "kind", "schema"):
        said = payload.get(name)
        # True is 1 to Python, but not to the canonical form.
        if said != value[name] or type(said) is not type(value[name]):
            raise CanonicalError(f"its {name} is {said!r}, that of the entry {value[name]!r}")


def _misshapen(value: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield how the fields of a line differ from those of an exported entry."""
    if not is_entry(value):
        yield Finding("the line is no entry of a log", "append records without --exact")
        return
    missing = [name for name in _FIELDS if name not in value and name not in _OPTIONAL]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        what = f"{', '.join(missing)} {verb} missing"
        todo = "lines of chronicle export jsonl hold every field; append others without --exact"
        yield Finding(what, todo)
    for name, given in value.items():
        if name not in _FIELDS:
            yield Finding("no field of an entry", _AGAIN, name)
        elif not _FIELDS[name][0](given):
            yield Finding(f"expected {_FIELDS[name][1]}", _AGAIN, name)


def _is_number(given: object) -> bool:
    return type(given) is int and 1 <= given < 2**53


def _is_text(given: object) -> bool:
    """Say whether every store can hold it."""
    if not isinstance(given, str) or "\0" in given:
        return False
    return given.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in given)


def _is_moment(given: object) -> bool:
    try:
        return isinstance(given, str) and write_moment(datetime.fromisoformat(given)) == given
    except (ValueError, OverflowError):
        return False


def _hex(size: int) -> Callable[[object], bool]:
    digits = re.compile(rf"[0-9a-f]{{{2 * size}}}")
    return lambda given: isinstance(given, str) and digits.fullmatch(given) is not None


_HEADER = ("position", "id", "kind", "schema", "recorded_at", "author", "message")

_FIELDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "position": (_is_number, "a whole number from 1"),
    "kind": (
        lambda given: given in KINDS and given != STATEMENT,
        "a kind of record that this software knows",
    ),
    "id": (lambda given: isinstance(given, str) and is_id(given), "an id"),
    "schema": (_is_number, "a whole number from 1"),
    "recorded_at": (_is_moment, "a moment like 2022-06-01T12:00:00.000000Z"),
    "author": (_is_text, "text, no NUL in it"),
    "message": (_is_text, "text, no NUL in it"),
    "salt": (_hex(SALT_SIZE), "16 bytes as hexadecimal digits, lower case"),
    "payload": (lambda given: isinstance(given, dict), "a mapping of fields"),
    "root": (_hex(HASH_SIZE), "32 bytes as hexadecimal digits, lower case"),
}
"""The fields of an exported entry: what each is checked by, and what was expected."""

_OPTIONAL = ("root",)
