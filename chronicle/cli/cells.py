"""Cells: single values as people read them in a table, and as programs may safely open them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from chronicle.marks import clean
from chronicle.spreadsheets import guard

Cell = str | int | bool | None
"""A value in a row; None is an empty cell."""

NOTHING = "-"
"""Stands in a table where nothing is believed."""

_TIMES = re.compile(r"\[([^T,\[\]]+)T([^,.\[\]]+)\.\.([^T,\[\]]+)T([^,.\[\]]+)\]")


def safe(cell: Cell) -> str:
    """Return a cell of CSV; what a spreadsheet would take for a formula gets an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guard(str(cell))


def shown(cell: Cell) -> str:
    """Return a cell of a table."""
    return "" if cell is None else clean(str(cell))


def valued(
    value: str | None, *, none: bool = False, denies: bool = False, unknown: bool = False
) -> str:
    """Return what a claim or ruling says the value is."""
    if unknown:
        return "not known"
    text = "none" if none else value or NOTHING
    return f"not {text}" if denies else text


def paired(qualifiers: Mapping[str, str]) -> str:
    """Return qualifiers as `name=value`, joined by semicolons, as `--where` takes each."""
    return "; ".join(f"{name}={value}" for name, value in sorted(qualifiers.items()))


def qualified(name: str, qualifiers: Mapping[str, str]) -> str:
    """Return a property with its qualifiers."""
    return f"{name} ({paired(qualifiers)})" if qualifiers else name


def joined(*parts: str | None, mark: str = ", ") -> str:
    """Return the parts that there are, with a mark between them."""
    return mark.join(part for part in parts if part)


def voiced(speaker: str | None, via: Iterable[str] = ()) -> str:
    """Return who said something, and through whom."""
    relays = " via ".join(via)
    if speaker and relays:
        return f"{speaker} via {relays}"
    return speaker or (f"via {relays}" if relays else "")


def readable(when: str | None) -> str:
    """Return an EDTF date as written; the times of one day, one of a set, name the day once.

    `[2022-01-05T18:00..2022-01-05T23:59]` reads `2022-01-05T18:00..23:59`.
    """
    match = _TIMES.fullmatch(when or "")
    if match and match[1] == match[3]:
        return f"{match[1]}T{match[2]}..{match[4]}"
    return when or ""


def written(value: object) -> str:
    """Return any value of a record on one line: a text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
