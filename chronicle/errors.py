"""What can go wrong, in one tree.

    ChronicleError
    |-- DateError            a text that is no date of EDTF (also a ValueError)
    |-- CanonicalError       a value that canonical JSON cannot carry
    |-- RecordsRefused       an append with faults: holds every finding
    |-- ExpectationsBroken   an append with which expectations no longer hold: holds each
    |-- BadQuestion          a view, a filter or an option that makes no sense
    |   |-- UnknownId        an id that the log does not hold: names near matches
    |   |-- UnknownFormat    a format that is not installed: names near matches
    |   `-- AmbiguousSlot    a ruling was asked for without the qualifiers or value it needs
    |-- ExportError          an export that cannot be made or used
    |   |-- MissingExtra     a format whose library is not installed: says how to install it
    |   |-- NotWritten       a place that cannot be written to; what was there is there still
    |   `-- NotAnExport      no export there, or one without a manifest that can be read
    `-- StoreError           the database itself
        |-- NotAChronicle    no database there, or one that is not ours
        |-- SchemaMismatch   a database older or newer than this software
        |-- StoreBusy        another process is writing
        `-- LogCorrupt       a stored entry cannot be read any more

Faulty data never raises one by one: it yields `Finding` values, all of them, which
`RecordsRefused` carries together. Exit codes and HTTP status are mapped at the doors alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronicle.expected import Broken


class ChronicleError(Exception):
    """The root: everything this package raises on purpose."""


class DateError(ChronicleError, ValueError):
    """A text that is no EDTF date; the message says which part and what was expected."""


class CanonicalError(ChronicleError, ValueError):
    """A value that has no canonical JSON form: a float, a lone surrogate, a foreign type."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in the data: where it is, what it is, what to do about it."""

    what: str
    todo: str = ""
    field: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        """`file:line: field: what; what to do`, each part only where it is known."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        text = ": ".join(part for part in (where, self.field, self.what) if part)
        return f"{text}; {self.todo}" if self.todo else text


class RecordsRefused(ChronicleError):
    """An append was refused whole; `findings` holds every fault of every file."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings and say how many there are."""
        self.findings = tuple(findings)
        count = len(self.findings)
        lines = "\n".join(str(finding) for finding in self.findings[:20])
        more = f"\n... and {count - 20} more" if count > 20 else ""
        super().__init__(
            f"{count} fault{'s' if count != 1 else ''}, nothing was appended\n{lines}{more}"
        )


class ExpectationsBroken(ChronicleError):
    """An append was refused whole; `broken` holds every expectation that fails with it."""

    def __init__(self, broken: Iterable[Broken]) -> None:
        """Keep the broken expectations and say how many there are."""
        self.broken = tuple(broken)
        count = len(self.broken)
        noun, fail = ("expectation", "fails") if count == 1 else ("expectations", "fail")
        lines = "\n".join(str(one) for one in self.broken[:20])
        more = f"\n... and {count - 20} more" if count > 20 else ""
        super().__init__(
            f"{count} {noun} {fail} with these records, nothing was appended\n{lines}{more}"
        )


class BadQuestion(ChronicleError):
    """A question that cannot be asked: a view, a filter or an option that makes no sense."""


class UnknownId(BadQuestion):
    """An id that the log does not hold."""

    def __init__(self, name: str, near: Iterable[str] = (), noun: str = "id") -> None:
        """Say which id, and the ids that look like it."""
        self.name = name
        self.near = tuple(near)
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        super().__init__(f"no {noun} {name!r} in this chronicle{hint}")


class UnknownFormat(BadQuestion):
    """A format of exports that is not installed."""

    def __init__(self, name: str, near: Iterable[str], known: Iterable[str]) -> None:
        """Say which format, and those that look like it, or else all that there are."""
        self.name = name
        self.near = tuple(near)
        hint = (
            f"did you mean {' or '.join(self.near)}?"
            if self.near
            else f"there are {', '.join(known)}"
        )
        super().__init__(f"no format {name!r}; {hint}")


class AmbiguousSlot(BadQuestion):
    """One ruling was asked for, but several slots answer to that name."""


class ExportError(ChronicleError):
    """An export cannot be made, or cannot be used."""


class MissingExtra(ExportError):
    """A format needs a library that is not installed."""

    def __init__(self, name: str, library: str, install: str) -> None:
        """Say what is missing, and what to install, in pip's words."""
        self.name = name
        self.library = library
        self.install = install or library
        command = f"pip install '{self.install}'"
        super().__init__(f"the format {name} needs {library}; install it with: {command}")


class NotWritten(ExportError):
    """An export could not be written; what was there before is there still."""


class NotAnExport(ExportError):
    """There is no export, or none with a manifest that can be read."""


class StoreError(ChronicleError):
    """The database itself cannot be used."""


class NotAChronicle(StoreError):
    """There is no database at that place, or it holds something else."""


class SchemaMismatch(StoreError):
    """The database was written by another version of the software."""


class StoreBusy(StoreError):
    """Another process is writing; one log has one writer at a time."""


class LogCorrupt(StoreError):
    """A stored entry cannot be read; `chronicle verify` says which and why."""
