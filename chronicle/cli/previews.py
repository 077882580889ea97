"""Previews: what an append would change, shown on standard error before it is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from chronicle.answers import Ruling
from chronicle.cli.cells import NOTHING, Cell, joined, qualified, readable, valued
from chronicle.cli.dated import along
from chronicle.cli.output import say
from chronicle.cli.report import Sheet
from chronicle.cli.tables import draw
from chronicle.counts import counted
from chronicle.preview import Preview
from chronicle.stretches import Stretch

_TITLE = "what this would change in the best-known view"

_HEADINGS = ("subject", "property", "when", "held", "would hold")

_COUNTED = {
    "value": "with another value",
    "ends": "with an end",
    "disappears": "with nothing believed any more",
    "standing": "with another standing",
    "appears": "newly known",
    "support": "held on other grounds",
}
"""What a number of slots would be, by kind of change."""


def show(preview: Preview) -> None:
    """Show what an append would change, and in how many slots."""
    if preview.stretches:
        draw([sheet(preview)], sys.stderr)
    for line in words(preview):
        say(line)


def sheet(preview: Preview) -> Sheet:
    """Return the most telling changes as a table for people."""
    return Sheet(_HEADINGS, [_row(one) for one in preview.stretches], _TITLE)


def words(preview: Preview) -> Iterator[str]:
    """Yield in words what a preview counts."""
    if preview.more:
        yield f"and {counted(preview.more, 'change')} more"
    counts = preview.counts
    slots = joined(
        *(
            f"{counted(counts[kind], 'slot')} {told}"
            for kind, told in _COUNTED.items()
            if kind in counts
        )
    )
    if preview.stretches:
        yield slots
    else:
        dates = "" if preview.roughly or preview.unseen else ", whatever the date"
        yield joined(f"what is best known would not change{dates}", slots, mark=": ")
    if preview.roughly:
        yield f"{counted(preview.roughly, 'topic')} compared at the present alone, being so many"
    if preview.unseen:
        yield f"{counted(preview.unseen, 'topic')} not compared, being so many more"


def _row(one: Stretch) -> Sequence[Cell]:
    change = one.change
    before = change.before
    was = "" if before is None or before.subject == change.subject else before.subject
    return (
        joined(was, change.subject, mark=", now "),
        qualified(change.property, change.qualifiers),
        along(one.first, one.last),
        _held(before),
        _held(change.after),
    )


def _held(ruling: Ruling | None) -> str:
    """Return what is concluded; why there is nothing, where that is known."""
    if ruling is None or ruling.claim is None:
        standing = "unknown" if ruling is None else ruling.standing
        return joined(NOTHING, standing if standing != "unknown" else None)
    return joined(readable(valued(ruling.value, none=ruling.none)), ruling.standing)
