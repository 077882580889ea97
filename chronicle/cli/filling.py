"""`init` and `append`: a database comes to be, and is filled."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from getpass import getuser
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from chronicle.carried import carried
from chronicle.cli.cells import counted
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.output import for_programs, say
from chronicle.cli.progress import counting
from chronicle.database import Database
from chronicle.payloads import Payload

if TYPE_CHECKING:
    from chronicle.appending import Receipt

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
        say(_told(_append(desk, folders, f"bundled: {names}", by="chronicle")))


@command("append", example='chronicle append records.yaml -m "reading the memo" --dry-run')
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("-m", "--message", help="Why. [default: the names of the files]")
@click.option("--by", metavar="NAME", help="Who appends. [default: the login name]")
@click.option("--dry-run", is_flag=True, help="Check everything, print the records, write nothing.")
@pass_desk
def append(
    desk: Desk, paths: Sequence[str], message: str | None, by: str | None, dry_run: bool
) -> None:
    """Append the records of files and folders to the log; - is standard input.

    All of it lands or nothing: every fault of every file is reported first. What the log holds
    already is left as it is. The dry run prints each new record as it would be written, which
    can itself be appended.
    """
    message = _names(paths) if message is None else message
    by = _login() if by is None else by
    if not dry_run:
        say(_told(_append(desk, paths, message, by)))
        return
    with tempfile.SpooledTemporaryFile(_SPOOL, mode="w+", encoding="utf-8") as spool:
        receipt = _append(desk, paths, message, by, spool)
        spool.seek(0)
        for_programs().writelines(spool)
    known = counted(receipt.unchanged, "record is", "records are")
    say(f"would add {counted(receipt.added, 'record')}; {known} there already; nothing was written")


def _append(
    desk: Desk, paths: Sequence[str], message: str, by: str, spool: IO[str] | None = None
) -> Receipt:
    """Append; with a spool only try to, and write there what would be written."""
    # What reads records is imported only where records are read: queries start without it.
    from chronicle.entries import DEFAULTABLE  # noqa: PLC0415
    from chronicle.intake import read  # noqa: PLC0415

    stdin = sys.stdin.buffer if STDIN in paths else None
    with desk.open() as chronicle, counting("reading records") as progress:
        return chronicle.append_drafts(
            read(paths, stdin, fields=DEFAULTABLE),
            by=by,
            message=message,
            dry_run=spool is not None,
            progress=progress,
            written=None if spool is None else _writer(spool),
        )


def _writer(stream: IO[str]) -> Callable[[Payload], None]:
    """Return what writes a record on a line, as `append` can read it back."""

    def write(payload: Payload) -> None:
        fields = {name: value for name, value in payload.items() if name != "schema"}
        stream.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")

    return write


def _told(receipt: Receipt) -> str:
    """Return what an append did."""
    where = "nothing is new"
    if receipt.added:
        where = f"positions {receipt.first} to {receipt.last}"
    return (
        f"added {counted(receipt.added, 'record')}, {receipt.unchanged} unchanged; {where}\n"
        f"root {receipt.root}"
    )


def _names(paths: Sequence[str]) -> str:
    """Return the names of what is appended, for a message that was not given."""
    names = ["standard input" if path == STDIN else Path(path).name or path for path in paths]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _login() -> str:
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""  # the system knows no name for this process
