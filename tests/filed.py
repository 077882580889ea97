"""Records in files: writing them, and appending them as the command would."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle, Finding, RecordsRefused
from chronicle.entries import DEFAULTABLE
from chronicle.intake import Draft, read
from chronicle.receipts import Receipt

WORLD = """\
sources:
  - {id: press, title: Press, published: 2022-01-06}
  - {id: wire, title: Wire}
entities:
  - {id: ada, type: person, name: Ada}
  - {id: ben, type: person, name: Ben}
  - {id: almaty, type: place, name: Almaty}
properties:
  - {id: status, label: status, qualifiers: [role]}
  - {id: born, label: born, datatype: date, temporal: fixed}
  - {id: home, label: home, datatype: entity}
  - {id: mood, label: mood, datatype: term, values: [glad, sad]}
claims:
  - {id: in-post, subject: ada, property: status, value: in, valid: 2015/.., source: press}
events:
  - {id: fire, title: Fire, when: 2022-01-05, source: press}
"""
"""Eleven records that name each other in many ways."""


def write(name: str, text: str) -> str:
    """Write a file and return its name."""
    Path(name).write_text(text)
    return name


def lines(name: str, records: Iterable[Mapping[str, Any]]) -> str:
    """Write records as JSON Lines and return the name of the file."""
    return write(name, "".join(json.dumps(record) + "\n" for record in records))


def drafts(*paths: str) -> Iterable[Draft | Finding]:
    """Read files."""
    return read(paths, fields=DEFAULTABLE)


def append(chronicle: Chronicle, *paths: str) -> Receipt:
    """Append files."""
    return chronicle.append_drafts(drafts(*paths), by="me", message="reading")


def faults(chronicle: Chronicle, *paths: str) -> list[str]:
    """Append files that are refused; return the findings as they are shown."""
    with pytest.raises(RecordsRefused) as refused:
        append(chronicle, *paths)
    return [str(finding) for finding in refused.value.findings]
