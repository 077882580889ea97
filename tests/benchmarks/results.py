"""Results: one line for each thing measured, held against its peer and its aim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rich import box
from rich.table import Table
from rich.text import Text

Verdict = Literal["ok", "short", "", "skipped"]
"""Whether an aim is met; nothing where there is none; skipped where nothing was measured."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement; numbers are in `unit`, less is better."""

    what: str
    unit: str = ""
    ours: float | None = None
    """None where it could not be measured: then `note` says why."""
    peer: float | None = None
    peer_is: str = ""
    """What it is measured against."""
    most: float | None = None
    """The aim: the most that the ratio may be, or `ours` itself if there is no peer."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the peer's."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    @property
    def verdict(self) -> Verdict:
        """Whether the aim is met."""
        if self.ours is None:
            return "skipped"
        if self.most is None:
            return ""
        reached = self.ours if self.peer is None else self.ratio
        return "ok" if reached is not None and reached <= self.most else "short"

    @property
    def aim(self) -> str:
        """The aim in words."""
        if self.most is None:
            return ""
        return f"ratio <= {self.most:g}" if self.peer_is else f"<= {self.most:g} {self.unit}"

    def as_dict(self) -> dict[str, Any]:
        """Return the line as JSON writes it."""
        return {
            "what": self.what,
            "unit": self.unit,
            "ours": self.ours,
            "peer": self.peer,
            "peer_is": self.peer_is,
            "ratio": self.ratio,
            "aim": self.aim,
            "verdict": self.verdict,
            "note": self.note,
        }


def skipped(what: str, why: str) -> Line:
    """Return the line of a measure that could not be taken."""
    return Line(what, note=why)


_STYLES = {"ok": "green", "short": "bold red", "skipped": "yellow"}


def table(lines: Sequence[Line], title: str) -> Table:
    """Return the lines as a table to print; what they are held against stands below each."""
    drawn = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column("what", overflow="fold")
    for name in ("ours", "peer", "ratio"):
        drawn.add_column(name, justify="right", no_wrap=True)
    drawn.add_column("aim", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for line in lines:
        words = Text(line.what)
        against = f"against {line.peer_is}" if line.peer_is else ""
        below = "; ".join(part for part in (against, line.note) if part)
        if below:
            words.append(f"\n  {below}", style="dim")
        ratio = "" if line.ratio is None else _number(line.ratio)
        verdict = Text(line.verdict, style=_STYLES.get(line.verdict, ""))
        ours, peer = (_number(value, line.unit) for value in (line.ours, line.peer))
        drawn.add_row(words, ours, peer, ratio, line.aim, verdict)
    return drawn


def _number(value: float | None, unit: str = "") -> str:
    """Write a number with three or four digits that say something."""
    if value is None:
        return ""
    digits = 0 if value >= 1000 else 1 if value >= 10 else 2 if value >= 0.1 else 4
    return f"{value:,.{digits}f} {unit}".rstrip()
