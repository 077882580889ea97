"""Reports: what a command has to say, before it is known in which format.

A report is a stream of items. Programs read the items themselves, or rows made of them; people
read sheets, which hold only what fits a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chronicle.cli.cells import Cell

Item = Mapping[str, Any]
"""One thing that is reported, as JSON holds it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for people. Without headings, its first column names what the second says."""

    headings: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has to say."""

    items: Iterable[Item]
    """What there is to report; read once, so that a long log can be streamed."""
    sheets: Callable[[], Iterable[Sheet]]
    """The same for people; instead of the items, not beside them."""
    columns: tuple[str, ...]
    """The header of CSV."""
    flat: Callable[[Item], Iterable[Sequence[Cell]]]
    """The rows of CSV that an item makes."""
    name: str = ""
    """Under which the items stand in a JSON document; "" if the one item is the document."""
    head: Mapping[str, Any] = field(default_factory=dict)
    """What else the JSON document holds."""


def picked(*columns: str) -> Callable[[Item], Iterable[Sequence[Cell]]]:
    """Return what makes an item one row: its values of these columns, as they are."""
    return lambda item: [[item.get(name) for name in columns]]
