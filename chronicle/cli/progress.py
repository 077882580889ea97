"""Progress: a count on the terminal while long work runs, and silence otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress

LONG = 1000
"""From how many pieces on work is long."""


class Counter(Protocol):
    """Is told, now and then, how much is done."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Take how many pieces are done, of how many where that is known."""


@contextmanager
def counting(what: str) -> Iterator[Counter]:
    """Give a counter, shown only if standard error is a terminal and the work is long."""
    bar = _Bar(what)
    try:
        yield bar if sys.stderr.isatty() else _silent
    finally:
        bar.stop()


def _silent(done: int, total: int | None = None) -> None:
    """Show nothing."""


class _Bar:
    """A line on the terminal that goes away when the work is done."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown: Progress | None = None

    def __call__(self, done: int, total: int | None = None) -> None:
        if self._shown is None:
            if done < LONG:
                return
            self._shown = self._start()
        self._shown.update(self._shown.task_ids[0], completed=done, total=total)

    def _start(self) -> Progress:
        # Most commands show no progress, and start without what draws it.
        from rich import progress  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415

        shown = progress.Progress(
            progress.SpinnerColumn(),
            "{task.description}",
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        shown.add_task(self._what, total=None)
        shown.start()
        return shown

    def stop(self) -> None:
        """Take the line away."""
        if self._shown is not None:
            self._shown.stop()
