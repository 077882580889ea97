"""The benchmarks, run by hand from the checkout: `python -m tests.benchmarks`.

Everything is measured against its peer in the same run on the same machine; what counts is the
ratio. pytest collects nothing here.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console

from tests.benchmarks import (
    answers,
    appends,
    cold_starts,
    date_texts,
    exports,
    growth,
    memory,
    paintings,
    whole_views,
)
from tests.benchmarks.isolated import ProcessFailedError
from tests.benchmarks.material import PROPERTIES, Size
from tests.benchmarks.results import Line, skipped, table
from tests.benchmarks.workshop import Workshop

MEASURES: Mapping[str, Callable[[Workshop], Iterable[Line]]] = {
    "append": appends.measure,
    "growth": growth.measure,
    "memory": memory.measure,
    "answers": answers.measure,
    "whole-view": whole_views.measure,
    "painting": paintings.measure,
    "cold-start": cold_starts.measure,
    "dates": date_texts.measure,
    "exports": exports.measure,
}
"""The measures by name, in the order in which they run."""

_WIDTH = 110
"""Columns of the table where there is no terminal to fit it to."""


@click.command()
@click.option("--claims", type=click.IntRange(min=100), help="Claims to append.  [100000]")
@click.option("--subjects", type=click.IntRange(min=1), help="Subjects they are about.  [5000]")
@click.option("--quick", is_flag=True, help="A tenth of the claims, fewer rounds: a rough idea.")
@click.option(
    "--only", multiple=True, type=click.Choice(tuple(MEASURES)), help="Take this measure alone."
)
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def main(
    claims: int | None, subjects: int | None, quick: bool, only: tuple[str, ...], form: str
) -> None:
    """Measure the software against its peers and print what is met and what falls short.

    Example: python -m tests.benchmarks --quick --only answers
    """
    size = _size(claims, subjects, quick)
    console = Console(stderr=True)
    lines: list[Line] = []
    with TemporaryDirectory(prefix="benchmarks-") as folder:
        workshop = Workshop(Path(folder), size, rounds=2, quick=quick)
        for name in only or MEASURES:
            with console.status(f"measuring: {name}"):
                lines += _taken(name, workshop)
    if form == "json":
        found = {"machine": _machine(), "claims": size.claims, "subjects": size.subjects}
        click.echo(json.dumps({**found, "lines": [one.as_dict() for one in lines]}, indent=2))
        return
    machine = ", ".join(f"{name} {value}" for name, value in _machine().items())
    screen = Console()
    if not screen.is_terminal:
        screen = Console(width=_WIDTH)
    screen.print(table(lines, f"{size.claims:,} claims; {machine}"))


def _size(claims: int | None, subjects: int | None, quick: bool) -> Size:
    """Return how much to make; `UsageError` where the claims do not spread over the topics."""
    claims = claims or (10_000 if quick else 100_000)
    subjects = subjects or max(1, claims // 20)
    if claims % (subjects * len(PROPERTIES)):
        every = subjects * len(PROPERTIES)
        raise click.UsageError(f"--claims {claims} does not spread over {every} topics evenly")
    return Size(claims, subjects)


def _taken(name: str, workshop: Workshop) -> list[Line]:
    """Take one measure; where it fails, the others go on."""
    lines: list[Line] = []
    try:
        for line in MEASURES[name](workshop):
            lines.append(line)  # noqa: PERF402  # those taken before a failure stay
    except ProcessFailedError as error:
        lines.append(skipped(name, str(error)))
    return lines


def _machine() -> dict[str, Any]:
    """Return what the figures depend on; a load beyond one says that others were at work."""
    found: dict[str, Any] = {
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "processors": os.cpu_count(),
    }
    if hasattr(os, "getloadavg"):
        found["load"] = round(os.getloadavg()[1], 1)
    return found


if __name__ == "__main__":
    main()
