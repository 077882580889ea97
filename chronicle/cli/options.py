"""Options that several commands share: how to look at the log, and in which format to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import click

from chronicle.api import Chronicle
from chronicle.errors import BadQuestion
from chronicle.ids import near
from chronicle.policies import BEST_KNOWN
from chronicle.views import View

Function = Callable[..., None]

FORMATS = ("table", "json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Looking:
    """How a command was asked to look at the log."""

    at: str | None = None
    known: str | None = None
    recorded: str | None = None
    as_of: str | None = None
    policy: str = BEST_KNOWN.id
    where: Mapping[str, str] = field(default_factory=dict)

    def view(self, chronicle: Chronicle, name: str | None = None) -> View:
        """Return the view; `BadQuestion` if `where` names what is no qualifier of the property.

        Without a property, of any.
        """
        view = chronicle.view(self.at, self.known, self.recorded, self.policy, self.as_of)
        self.check(view, name)
        return view

    def check(self, view: View, name: str | None = None) -> None:
        """Refuse a `where` that names what is no qualifier of the property, or of any."""
        properties = view.reader.properties
        if self.where and (name is None or name in properties):
            asked = properties.values() if name is None else [properties[name]]
            _check({one for payload in asked for one in payload.get("qualifiers", ())}, self.where)

    def takes(self, view: View, qualifiers: Mapping[str, str]) -> bool:
        """Say whether a slot with these qualifiers is asked for, whichever id it was named by."""
        return view.reader.merges.meant(self.where).items() <= qualifiers.items()


def _check(allowed: set[str], where: Mapping[str, str]) -> None:
    for given in where:
        if given not in allowed:
            hints = near(given, sorted(allowed)) or sorted(allowed)
            todo = f"did you mean {' or '.join(hints)}?" if hints else "it takes none"
            raise BadQuestion(f"--where: no qualifier {given!r} here; {todo}")


def pairs(
    _context: click.Context, _parameter: click.Parameter, texts: Sequence[str]
) -> Mapping[str, str]:
    """Read `name=value` pairs, as an option's callback."""
    found: dict[str, str] = {}
    for text in texts:
        name, mark, value = (part.strip() for part in text.partition("="))
        if not (name and mark and value):
            raise click.BadParameter(f"{text!r}, expected name=value")
        if found.setdefault(name, value) != value:
            raise click.BadParameter(f"{name!r} is given twice with different values")
    return found


_VIEW = (
    click.option("--at", metavar="DATE", help="What held on this date. [default: now]"),
    click.option("--known", metavar="DATE", help="Counting only what was said by this date."),
    click.option(
        "--recorded", metavar="DATE", help="Counting only what this log held then; or #position."
    ),
    click.option("--as-of", metavar="DATE", help="Both --at and --known."),
    click.option(
        "--policy",
        metavar="NAME",
        default=BEST_KNOWN.id,
        show_default=True,
        help="The order of criteria by which claims are weighed.",
    ),
)

_WHERE = click.option(
    "--where",
    metavar="NAME=VALUE",
    multiple=True,
    callback=pairs,
    help="Only with this qualifier; may be given several times.",
)


def view_options(*, where: bool = False, policy: bool = True) -> Callable[[Function], Function]:
    """Give a command the options of views, as one argument `looking`; and `--where` if asked.

    Without `--policy` where a command has its own.
    """
    options = (*(_VIEW if policy else _VIEW[:-1]), *((_WHERE,) if where else ()))

    def decorate(function: Function) -> Function:
        @wraps(function)
        def collected(*args: Any, **given: Any) -> None:
            named = {name: given.pop(name) for name in Looking.__slots__ if name in given}
            function(*args, looking=Looking(**named), **given)

        decorated: Function = collected
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
"""Gives a command the option `--format`, as the argument `form`."""
