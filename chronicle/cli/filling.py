"""`init` and `append`: a database comes to be, and is filled."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chronicle.carried import carried
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.output import for_programs, say
from chronicle.cli.progress import counting
from chronicle.cli.writing import Writing, line_writer, some, writing_options
from chronicle.database import Database

if TYPE_CHECKING:
    from chronicle.appending import Written
    from chronicle.preview import Foreseen, Preview
    from chronicle.receipts import Receipt

STDIN = "-"

_SPOOL = 2**20
"""Bytes of a dry run that are held in memory; what is more waits in a temporary file."""


@command("init", example="chronicle --db kazakhstan.db init --seeds")
@click.option("--seeds", is_flag=True, help="Append the bundled chronicle.")
@pass_desk
def init(desk: Desk, seeds: bool) -> None:
    """Create the database, or bring it to the schema of this software.

    Nothing that it holds is lost, and where there is nothing to do nothing is done.
    """
    database = Database(desk.place)
    existed = database.exists()
    database.upgrade()
    database.close()
    say(f"{database.place} {'is up to date' if existed else 'was created'}")
    if seeds:
        folders = sorted(str(path) for path in carried("seeds").iterdir() if path.is_dir())
        names = ", ".join(Path(folder).name for folder in folders)
        writing = Writing(f"bundled: {names}", "chronicle", dry_run=False, expect=False)
        writing.tell(_append(desk, folders, writing))


@command("append", example='chronicle append records.yaml -m "reading the memo" --dry-run')
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@writing_options("the names of the files")
@click.option("--exact", is_flag=True, help="Copy the entries of an exported log to the letter.")
@pass_desk
def append(desk: Desk, writing: Writing, paths: Sequence[str], exact: bool) -> None:
    """Append the records of files and folders to the log; - is standard input.

    All of it lands or nothing: every fault of every file is reported first. What the log holds
    already is left as it is. The dry run prints each new record as it would be written, which
    can itself be appended, and shows on standard error what would change in the best-known view.

    With --expect every expectation, of the log and of the records, is held against the log as
    it would be. Nothing is written if one fails that is among the records, or that held before
    them: what was expected and what was found is shown, and which of the records make the
    difference. One that failed before does not stop the append; it is named.

    An expectation is never changed. Where one is out of date append without --expect, and
    `chronicle expect` goes on showing it. One that names `known` outlasts what is said later.

    An exported log (chronicle export jsonl) is read as the records in it. With --exact it is
    copied instead: the same entries, at the same positions, of the same time, author and message,
    and the same root. The log here must be empty or the beginning of that one; what it holds
    already is left as it is. Everything is checked, and the dry run says what would be added.
    """
    if exact:
        _replicate(desk, paths, writing)
        return
    if writing.message is None:
        writing = replace(writing, message=_names(paths))
    if not writing.dry_run:
        writing.tell(_append(desk, paths, writing))
        return
    from chronicle.cli.previews import show  # noqa: PLC0415  # only a dry run shows one

    found: list[Preview] = []
    with tempfile.SpooledTemporaryFile(_SPOOL, mode="w+", encoding="utf-8") as spool:
        receipt = _append(desk, paths, writing, line_writer(spool), found.append)
        spool.seek(0)
        for_programs().writelines(spool)
    for preview in found:
        show(preview)
    writing.tell(receipt)


def _replicate(desk: Desk, paths: Sequence[str], writing: Writing) -> None:
    """Copy the entries of an exported log."""
    if writing.message is not None or writing.by is not None:
        raise click.UsageError("with --exact the message and the author are those of the lines")
    if writing.expect:
        raise click.UsageError(
            "--exact copies a log as it is; run chronicle expect when that is done"
        )
    # As below: queries start without what reads and writes.
    from chronicle.intake import read_copies  # noqa: PLC0415
    from chronicle.replicating import replicate  # noqa: PLC0415

    stdin = sys.stdin.buffer if STDIN in paths else None
    with desk.open() as chronicle, counting("reading entries") as progress:
        copies = read_copies(paths, stdin)
        receipt = replicate(chronicle.database, copies, dry_run=writing.dry_run, progress=progress)
    writing.tell(receipt)


def _append(
    desk: Desk,
    paths: Sequence[str],
    writing: Writing,
    written: Written | None = None,
    foreseen: Foreseen | None = None,
) -> Receipt:
    """Append what stands in files and folders."""
    # What reads records is imported only where records are read: queries start without it.
    from chronicle.entries import DEFAULTABLE  # noqa: PLC0415
    from chronicle.intake import read  # noqa: PLC0415

    stdin = sys.stdin.buffer if STDIN in paths else None
    with desk.open() as chronicle, counting("reading records") as progress:
        return chronicle.append_drafts(
            read(paths, stdin, fields=DEFAULTABLE),
            by=writing.author(),
            message=writing.message or "",
            dry_run=writing.dry_run,
            expect=writing.expect,
            progress=progress,
            written=written,
            foreseen=foreseen,
        )


def _names(paths: Sequence[str]) -> str:
    """Return the names of what is appended, for a message that was not given."""
    return some(["standard input" if path == STDIN else Path(path).name or path for path in paths])
