"""`export` and `verify-export`: a view leaves the house, and is held against the log again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from chronicle.cli import failures
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.keeping import found
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.progress import counting
from chronicle.cli.report import Report, Sheet, picked
from chronicle.counts import counted

if TYPE_CHECKING:
    from chronicle.exports.making import Order

STDOUT = "-"
"""Stands for standard output in the place of a path, as where none is given."""

_EXAMPLE = "chronicle export csv -o crisis --as-of 2022-01-31"


@command("export", example=_EXAMPLE)
@click.argument("name", metavar="[FORMAT]", required=False)
@click.option(
    "-o", "--output", metavar="PATH", help="The file or folder; - is printed. [default: -]"
)
@click.option("--about", metavar="ID", help="Only what has to do with this entity or event.")
@click.option(
    "--since",
    metavar="POSITION",
    help="Only what the entries after it changed; or the path of an earlier export.",
)
@click.option("--syntax", metavar="NAME", help="How a format of several is written.")
@view_options()
@pass_desk
def export(
    desk: Desk,
    looking: Looking,
    name: str | None,
    output: str | None,
    about: str | None,
    since: str | None,
    syntax: str | None,
) -> None:
    """Write a view in a format that other tools read; without one, list the formats.

    With -o a manifest is written too, in the folder or beside the file: the log's head and
    Merkle root, the view, and the SHA-256 of every file. The same view of the same log gives the
    same bytes; name --at, or it is now. `chronicle verify-export` makes an export again and
    compares. Of a view only --recorded counts for jsonl, which is the log itself.

    With --since only what later entries changed is written, with what they took away marked: an
    earlier export, brought up to date with it, is the whole export of now. Given the earlier
    export instead of a position, its dates count too.
    """
    if name is None:
        _list()
        return
    from chronicle.exports import making  # noqa: PLC0415  # help does without

    with desk.open() as chronicle, counting("exporting") as progress:
        view = looking.view(chronicle)
        asked: dict[str, Any] = {"view": view, "about": about, "since": since, "syntax": syntax}
        if output not in (None, STDOUT):
            manifest = making.export(chronicle, name, output, **asked, progress=progress)
            size = sum(one["bytes"] for one in manifest["files"].values())
            files = counted(len(manifest["files"]), "file")
            say(f"{output}: {files}, {size} bytes; {_seen(manifest['view'])}")
            return
        order = making.order(chronicle, name, **asked)
        making.pour(order, _stdout(order), progress)
        say(f"{_seen(order.told)}; for a manifest name a file with -o")


def _seen(view: Any) -> str:
    return f"{view['head']} entries at {view['at']}, root {view['root']}"


def _stdout(order: Order) -> BinaryIO:
    """Return standard output; `UsageError` for what would make a terminal of no use."""
    if order.form.binary and sys.stdout.isatty():
        raise click.UsageError(f"{order.name} is no text to be shown; name a file with -o")
    return sys.stdout.buffer


def _list() -> None:
    """List the formats that are installed."""
    from chronicle.exports import formats  # noqa: PLC0415  # as above

    columns = ("format", "syntaxes", "about")
    items = [dict(zip(columns, row, strict=True)) for row in formats.described()]
    sheet = Sheet(columns, [list(one.values()) for one in items])
    put(Report(items, lambda: [sheet], columns, picked(*columns), "formats"), "table")


@command("verify-export", example="chronicle verify-export crisis")
@click.argument("path", metavar="PATH")
@format_option
@pass_desk
def verify_export(desk: Desk, form: str, path: str) -> None:
    """Make an export again from the log, and say identical or which record differs.

    PATH is the file or the folder that was exported, with its manifest. The log may have grown
    since; it is read as it was then. Nothing in the export is trusted, its manifest included.
    """
    from chronicle.exports.checking import check  # noqa: PLC0415  # help does without

    with desk.open() as chronicle:
        checked = check(chronicle, path)
    view = checked.manifest["view"]
    written = [f"{name} {then}" for name, (then, _) in checked.others.items()]
    verdict = "differs" if checked.findings else "identical"
    if not checked.findings and not checked.identical:
        verdict = f"the same records, as {' and '.join(written)} wrote them"
    head = {"export": str(checked.path), "verdict": verdict}
    put(found(checked.findings, head | {name: view[name] for name in ("at", "head", "root")}), form)
    say(f"{verdict}, {counted(len(checked.findings), 'finding')}")
    if checked.findings:
        click.get_current_context().exit(failures.REFUSED)
