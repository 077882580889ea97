"""`log`, `verify` and `rebuild`: the log as it stands, its proof, and what is made from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from chronicle.cli import failures
from chronicle.cli.cells import Cell
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import format_option
from chronicle.cli.output import put, say
from chronicle.cli.progress import counting
from chronicle.cli.report import Item, Report, Sheet, picked
from chronicle.counts import counted
from chronicle.errors import Finding
from chronicle.log import Entry

_ENTRY = ("position", "kind", "id", "recorded_at", "author", "message")


@command("log", example="chronicle log --after 200 --format jsonl")
@click.option("--after", metavar="N", type=click.IntRange(0), default=0, help="From N + 1 on.")
@format_option
@pass_desk
def log(desk: Desk, form: str, after: int) -> None:
    """Print the entries of the log, in the order in which they were appended."""
    with desk.open() as chronicle:
        entries = chronicle.log(after)
        put(
            Report(
                (_entry(one) for one in entries),
                lambda: [Sheet(_ENTRY, (_row(one) for one in entries))],
                (*_ENTRY, "payload"),
                _flat,
                "entries",
            ),
            form,
        )


def _entry(one: Entry) -> Item:
    return {**{name: getattr(one, name) for name in _ENTRY}, "payload": one.record()}


def _row(one: Entry) -> Sequence[Cell]:
    return [getattr(one, name) for name in _ENTRY]


def _flat(item: Item) -> Iterable[Sequence[Cell]]:
    payload = json.dumps(item["payload"], ensure_ascii=False)
    return [[*(item[name] for name in _ENTRY), payload]]


def _root(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is None or re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return text and text.lower()
    raise click.BadParameter(f"{text!r}, expected the 64 hexadecimal digits of a root")


_FINDING = ("file", "line", "field", "what", "todo")


@command("verify", example="chronicle verify")
@click.option("--root", metavar="HEX", callback=_root, help="A root that the log must have had.")
@format_option
@pass_desk
def verify(desk: Desk, form: str, root: str | None) -> None:
    """Hash every entry anew, and check positions, root and projections.

    Keep the root elsewhere: whoever has an earlier one can tell with --root whether anything
    up to it was changed.
    """
    with desk.open() as chronicle, counting("verifying entries") as progress:
        checked = chronicle.verify(root=root, progress=progress)
    put(found(checked.findings, {"entries": checked.entries, "root": checked.root}), form)
    findings = counted(len(checked.findings), "finding")
    say(f"{counted(checked.entries, 'entry', 'entries')}, {findings}")
    if checked.findings:
        click.get_current_context().exit(failures.REFUSED)


def found(findings: Sequence[Finding], head: Mapping[str, Any]) -> Report:
    """Return what was checked and what was found as a report."""

    def sheets() -> Iterator[Sheet]:
        yield Sheet(("", ""), list(head.items()))
        if findings:
            yield Sheet(("",), [(str(one),) for one in findings], "findings")

    items = [{name: getattr(one, name) for name in _FINDING} for one in findings]
    return Report(items, sheets, _FINDING, picked(*_FINDING), "findings", head)


@command("rebuild", example="chronicle rebuild")
@pass_desk
def rebuild(desk: Desk) -> None:
    """Throw away all that was made from the log, and make it again."""
    with desk.open() as chronicle, counting("painting topics") as progress:
        painted = chronicle.rebuild(progress=progress)
    say(f"rebuilt {counted(painted, 'topic')}")
