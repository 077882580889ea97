"""Writing: what every command that appends asks for, and how it says what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from getpass import getuser
from typing import IO, TYPE_CHECKING, Any

import click

from chronicle.cli.options import Function
from chronicle.cli.output import say
from chronicle.counts import counted
from chronicle.payloads import Payload

if TYPE_CHECKING:
    from chronicle.expected import Checked
    from chronicle.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Writing:
    """How a command was asked to append."""

    message: str | None
    by: str | None
    dry_run: bool
    expect: bool
    ask: bool = False
    """Whether to ask before it is written."""

    def author(self) -> str:
        """Return who appends: whom the options name, else whoever is logged in."""
        return login() if self.by is None else self.by

    def tell(self, receipt: Receipt) -> None:
        """Say what the append did, or would do."""
        say(would_add(receipt) if self.dry_run else added(receipt))
        if self.expect:
            say(upheld(receipt.checked))


def writing_options(message: str, *, ask: bool = False) -> Callable[[Function], Function]:
    """Give a command the options of an append, as one argument `writing`; and `--ask` if wanted.

    `message` says what stands for a message that is not given.
    """
    options = (
        click.option("-m", "--message", help=f"Why. [default: {message}]"),
        click.option("--by", metavar="NAME", help="Who appends. [default: the login name]"),
        click.option(
            "--dry-run", is_flag=True, help="Check, print and show all that, but write nothing."
        ),
        click.option(
            "--expect", is_flag=True, help="Refuse records with which an expectation fails."
        ),
        click.option("--ask", is_flag=True, help="Ask before it is written; the log waits."),
    )[: 5 if ask else 4]

    def decorate(function: Function) -> Function:
        @wraps(function)
        def collected(*args: Any, **given: Any) -> None:
            named = {name: given.pop(name) for name in Writing.__slots__ if name in given}
            function(*args, writing=Writing(**named), **given)

        decorated: Function = collected
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def login() -> str:
    """Return the name of whoever is logged in; "" where the system knows none."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""


def line_writer(stream: IO[str]) -> Callable[[Payload], None]:
    """Return what writes a record on a line, as `append` can read it back."""

    def write(payload: Payload) -> None:
        fields = {name: value for name, value in payload.items() if name != "schema"}
        stream.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")

    return write


def added(receipt: Receipt) -> str:
    """Return what an append did."""
    where = "nothing is new"
    if receipt.added:
        where = f"positions {receipt.first} to {receipt.last}"
    new = f"added {counted(receipt.added, 'record')}, {receipt.unchanged} unchanged; {where}"
    return "\n".join((new, f"root {receipt.root}", *_contradictions(receipt)))


def would_add(receipt: Receipt) -> str:
    """Return what an append would do that was only tried."""
    known = counted(receipt.unchanged, "record is", "records are")
    new = counted(receipt.added, "record")
    would = f"would add {new}; {known} there already; nothing was written"
    return "\n".join((would, *_contradictions(receipt)))


def _contradictions(receipt: Receipt) -> Iterable[str]:
    """Return a line for each contradiction that new merges make."""
    if not receipt.contradictions:
        return ()
    from chronicle.cli.merging import said  # noqa: PLC0415  # few appends make one

    return said(receipt.contradictions)


def upheld(checked: Sequence[Checked]) -> str:
    """Return how the expectations stand after an append that they did not stop."""
    count = counted(len(checked), "expectation")
    unmet = [one.id for one in checked if not one.holds]
    if not unmet:
        return f"{count}, all met"
    return f"{count}, {len(unmet)} not met, as before: {some(unmet)}"


def some(names: Sequence[str]) -> str:
    """Return the first three names, and how many more there are."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
