"""Sides: changes as rows of CSV, what stands on either side of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chronicle.answers import FACTS
from chronicle.cli.cells import Cell, paired
from chronicle.cli.report import Item

_SLOT = ("subject", "property", "qualifiers", "kind")

_SIDE = (*(name for name in FACTS if name not in _SLOT), "decided_by")

COLUMNS = (
    *_SLOT,
    *(f"before_{name}" for name in _SIDE),
    *(f"after_{name}" for name in _SIDE),
)
"""The columns of a change in CSV."""


def flat(item: Item) -> Iterator[Sequence[Cell]]:
    """Return a change as one row of CSV."""
    before, after = item["before"] or {}, item["after"] or {}
    yield [
        item["subject"],
        item["property"],
        paired(item["qualifiers"]),
        item["kind"],
        *(before.get(name) for name in _SIDE),
        *(after.get(name) for name in _SIDE),
    ]
