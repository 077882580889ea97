"""Chronicle: a database for contested history.

Maintainers append what sources say; nobody edits anything. From the append-only log it answers,
for any date: what is best known, who says so, what speaks against it, and how the answer changed.

    from chronicle import Chronicle

    with Chronicle.open("kz.db") as chronicle:
        chronicle.append(records, by="me", message="first reading")
        print(chronicle.view(as_of="2022-01-12").ruling("samat-abish", "status").value)
"""

from __future__ import annotations

from chronicle.answers import Ruling
from chronicle.api import Chronicle
from chronicle.errors import (
    AmbiguousSlot,
    BadQuestion,
    CanonicalError,
    ChronicleError,
    DateError,
    ExpectationsBroken,
    ExportError,
    Finding,
    LogCorrupt,
    MissingExtra,
    NotAChronicle,
    NotAnExport,
    NotWritten,
    RecordsRefused,
    SchemaMismatch,
    StoreBusy,
    StoreError,
    UnknownFormat,
    UnknownId,
)
from chronicle.views import View

__all__ = [
    "AmbiguousSlot",
    "BadQuestion",
    "CanonicalError",
    "Chronicle",
    "ChronicleError",
    "DateError",
    "ExpectationsBroken",
    "ExportError",
    "Finding",
    "LogCorrupt",
    "MissingExtra",
    "NotAChronicle",
    "NotAnExport",
    "NotWritten",
    "RecordsRefused",
    "Ruling",
    "SchemaMismatch",
    "StoreBusy",
    "StoreError",
    "UnknownFormat",
    "UnknownId",
    "View",
]
