"""Failures: every error to its words on standard error, and to its exit code.

0 is fine; 1 refused, or findings; 2 a wrong use: of an option, or of a question that makes no
sense however full the log is. An unknown id is refused: another log may hold it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from chronicle import errors
from chronicle.cli.cells import clean

FINE, REFUSED, MISUSED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141
"""The exit codes; those of signals as shells count them, 128 and the number of the signal."""

EXIT_CODES: Mapping[type[errors.ChronicleError], int] = {
    errors.ChronicleError: REFUSED,
    errors.DateError: MISUSED,
    errors.CanonicalError: REFUSED,
    errors.RecordsRefused: REFUSED,
    errors.BadQuestion: MISUSED,
    errors.UnknownId: REFUSED,
    errors.AmbiguousSlot: MISUSED,
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
        count = len(error.findings)
        yield f"error: {count} fault{'' if count == 1 else 's'}; nothing was appended"
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
