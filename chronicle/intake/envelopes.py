"""Envelopes: the entries of a log, as the log prints them, each around the record in its payload.

Where records are read an entry stands for its record. What the other log noted about it (its
position, its time, its author) is left aside: this log notes its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chronicle.errors import Finding, LogCorrupt
from chronicle.intake.located import FieldPath, Mark, field_name, line_at, marks_in
from chronicle.upcasts import climb

POSITION, PAYLOAD = "position", "payload"
"""The fields that make an entry; no record and no document has one of that name."""

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def is_entry(value: Mapping[str, object]) -> bool:
    """Say whether a mapping is an entry of a log: it has both a position and a payload."""
    return POSITION in value and PAYLOAD in value


def record_in(
    value: Mapping[str, object], mark: Mark, file: str, path: FieldPath, faults: list[Finding]
) -> tuple[dict[str, object], Mark] | None:
    """Return the record in an entry, in today's schema, and its mark; or None.

    Every fault is noted.

    `path` leads to the entry. The numbers in it are text, as everywhere in files.
    """
    marks = marks_in(mark)
    inner = marks.get(PAYLOAD, mark)
    before = len(faults)

    def fault(name: FieldPath, what: str, todo: str, at: Mark = inner) -> None:
        faults.append(Finding(what, todo, field_name((*path, *name)), file, line_at(at)))

    payload = value[PAYLOAD]
    if not isinstance(payload, dict):
        fault((PAYLOAD,), "is no mapping of fields", "an entry holds its record there")
        return None
    for name in ("kind", "id"):
        told, said = value.get(name), payload.get(name)
        if told is not None and told != said:
            what = f"the entry names {told!r}, its payload {said!r}"
            fault((name,), what, "export the log again", marks.get(name, mark))
    number = str(payload.get("schema", ""))
    at = marks_in(inner).get("schema", inner)
    if not _NUMBER.fullmatch(number):
        todo = "a payload names the number of its schema; export the log again"
        fault((PAYLOAD, "schema"), f"{number!r} is no schema number", todo, at)
    elif isinstance(payload.get("kind"), str):
        try:
            payload = climb({**payload, "schema": int(number)})
        except LogCorrupt as error:
            what, _, todo = str(error).partition("; ")
            fault((PAYLOAD, "schema"), what, todo, at)
    if len(faults) > before:
        return None
    return {name: part for name, part in payload.items() if name != "schema"}, inner
