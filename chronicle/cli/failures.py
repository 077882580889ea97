"""Failures: every error to its words on standard error, and to its exit code.

0 is fine; 1 refused, or findings; 2 a wrong use: of an option, or of a question that makes no
sense however full the log is. An unknown id is refused: another log may hold it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import click

from chronicle import errors
from chronicle.counts import counted
from chronicle.marks import clean

FINE, REFUSED, MISUSED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
"""The exit codes; those of signals as shells count them, 128 and the number of the signal."""

EXIT_CODES: Mapping[type[errors.ChronicleError], int] = {
    errors.ChronicleError: REFUSED,
    errors.DateError: MISUSED,
    errors.CanonicalError: REFUSED,
    errors.RecordsRefused: REFUSED,
    errors.ExpectationsBroken: REFUSED,
    errors.BadQuestion: MISUSED,
    errors.UnknownId: REFUSED,
    errors.UnknownFormat: MISUSED,
    errors.AmbiguousSlot: MISUSED,
    errors.ExportError: REFUSED,
    errors.MissingExtra: REFUSED,
    errors.NotWritten: REFUSED,
    errors.NotAnExport: REFUSED,
    errors.StoreError: REFUSED,
    errors.NotAChronicle: REFUSED,
    errors.SchemaMismatch: REFUSED,
    errors.StoreBusy: REFUSED,
    errors.LogCorrupt: REFUSED,
}
"""The exit code of each error."""

EXPECTED = (
    errors.ChronicleError,
    click.ClickException,
    click.exceptions.Abort,
    KeyboardInterrupt,
    OSError,
)
"""What ends a command without a traceback."""


def tell(error: BaseException) -> int:
    """Say on standard error what went wrong, and return the exit code."""
    if isinstance(error, errors.ExpectationsBroken):
        _draw(error)
    for line in _lines(error):
        click.echo(clean(line), err=True)
    if isinstance(error, errors.ChronicleError):
        return EXIT_CODES[type(error)]
    if isinstance(error, click.ClickException):
        return error.exit_code
    return (
        INTERRUPTED if isinstance(error, (click.exceptions.Abort, KeyboardInterrupt)) else REFUSED
    )


def _lines(error: BaseException) -> Iterator[str]:
    if isinstance(error, errors.RecordsRefused):
        yield from map(str, error.findings)
        yield f"error: {counted(len(error.findings), 'fault')}; nothing was appended"
    elif isinstance(error, errors.ExpectationsBroken):
        yield ""
        fail = "fails" if len(error.broken) == 1 else "fail"
        count = counted(len(error.broken), "expectation")
        yield (
            "mend the records; where what was expected is out of date, append without --expect: "
            "the expectation stays in the log, and chronicle expect goes on showing it"
        )
        yield f"error: {count} {fail} with these records; nothing was appended"
    elif isinstance(error, click.ClickException):
        yield f"error: {error.format_message()}"
        if isinstance(error, click.UsageError) and error.ctx is not None:
            yield f"try: {error.ctx.command_path} --help"
    elif isinstance(error, (click.exceptions.Abort, KeyboardInterrupt)):
        yield "interrupted"
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        yield f"error: {where}{error.strerror or error}"
    else:
        yield f"error: {error}"


def _draw(error: errors.ExpectationsBroken) -> None:
    """Show on standard error what was expected and what is found."""
    # Only this failure needs tables.
    from chronicle.cli.differences import broken  # noqa: PLC0415
    from chronicle.cli.tables import draw  # noqa: PLC0415

    draw(map(broken, error.broken), sys.stderr)
