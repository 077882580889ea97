"""Receipts: what an append did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronicle.expected import Checked

if TYPE_CHECKING:
    from chronicle.contradictions import Contradiction


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an append did."""

    added: int
    """Records that are new."""
    unchanged: int
    """Records that the log held already, to the letter."""
    first: int
    """Position of the first new entry; 0 if there is none."""
    last: int
    """Position of the last entry of the log."""
    root: str
    """The Merkle root of the log now, in hexadecimal digits."""
    checked: tuple[Checked, ...] = ()
    """Every expectation beside its ruling now; empty where that was not asked for."""
    contradictions: tuple[Contradiction, ...] = ()
    """What the merges among the new records make disputed."""
