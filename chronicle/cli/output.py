"""Output: a report on standard output, in one of the formats.

Items are written one by one, so that a long log needs no memory.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping
from typing import TextIO

import click

from chronicle.cli.cells import safe
from chronicle.cli.report import Report


def put(report: Report, form: str) -> None:
    """Print a report as `table`, `json`, `jsonl` or `csv`."""
    if form == "table":
        from chronicle.cli.tables import draw  # noqa: PLC0415  # data do without

        draw(report.sheets(), for_people())
    else:
        _WRITERS[form](report, for_programs())


def for_programs() -> TextIO:
    """Return standard output for data: UTF-8 whatever the locale."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
    return stream


def for_people() -> TextIO:
    """Return standard output in the locale's encoding; what that lacks becomes a question mark."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    return stream


def say(words: str) -> None:
    """Print words for people on standard error."""
    click.echo(words, err=True)


def _write_json(report: Report, stream: TextIO) -> None:
    if not report.name:
        stream.writelines(f"{_pretty(item)}\n" for item in report.items)
        return
    stream.write("{\n")
    stream.writelines(
        f"  {json.dumps(name)}: {_pretty(value, 2)},\n" for name, value in report.head.items()
    )
    stream.write(f"  {json.dumps(report.name)}: [")
    mark = "\n"
    for item in report.items:
        stream.write(f"{mark}    {_pretty(item, 4)}")
        mark = ",\n"
    stream.write("]\n}\n" if mark == "\n" else "\n  ]\n}\n")


def _pretty(value: object, depth: int = 0) -> str:
    """Return a value as JSON on several lines, all but the first indented."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + " " * depth)


def _write_lines(report: Report, stream: TextIO) -> None:
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    stream.writelines(f"{write(item)}\n" for item in report.items)


def _write_csv(report: Report, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(report.columns)
    for item in report.items:
        writer.writerows([safe(cell) for cell in row] for row in report.flat(item))


_WRITERS: Mapping[str, Callable[[Report, TextIO], None]] = {
    "json": _write_json,
    "jsonl": _write_lines,
    "csv": _write_csv,
}
