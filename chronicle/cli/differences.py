"""Differences: what an expectation expected beside what was found, as a sheet for people."""

from __future__ import annotations

from collections.abc import Iterator

from chronicle.cli.cells import Cell
from chronicle.cli.report import Sheet
from chronicle.expected import Broken, Checked

_MOST = 12
"""Causes that are shown of one broken expectation."""


def unmet(one: Checked) -> Sheet:
    """Return an expectation that fails."""
    return Sheet(("", ""), list(_lines(one)), f"{one.id}: {one.slot}")


def broken(one: Broken) -> Sheet:
    """Return an expectation that new records broke, and which of them."""
    whence = f"{one.checked.id}, among these records" if one.new else one.checked.id
    lines = [*_lines(one.checked), *_causes(one)]
    return Sheet(("", ""), lines, f"{whence}: {one.checked.slot}")


def _lines(one: Checked) -> Iterator[tuple[str, Cell]]:
    yield "looked", one.looked
    yield "- expected", one.expected
    yield "+ found", one.found
    if one.note:
        yield "note", one.note


def _causes(one: Broken) -> Iterator[tuple[str, Cell]]:
    for number, cause in enumerate(one.causes[:_MOST]):
        yield "" if number else "because of", str(cause)
    if len(one.causes) > _MOST:
        yield "", f"and {len(one.causes) - _MOST} more"
