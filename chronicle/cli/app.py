"""The command `chronicle`: its own options, and where each command is found."""

from __future__ import annotations

import click

from chronicle.cli.desk import Desk
from chronicle.cli.lazy import LazyGroup

COMMANDS = {
    "init": "filling",
    "append": "filling",
    "add": "doing",
    "revise": "doing",
    "retract": "doing",
    "assess": "doing",
    "state": "state",
    "why": "why",
    "trace": "history",
    "timeline": "history",
    "conflicts": "conflicts",
    "changes": "changes",
    "diff": "comparing",
    "compare": "comparing",
    "impact": "impact",
    "stale": "horizon",
    "gaps": "horizon",
    "show": "finding",
    "search": "finding",
    "export": "exporting",
    "verify-export": "exporting",
    "log": "keeping",
    "verify": "keeping",
    "rebuild": "keeping",
    "expect": "expect",
}
"""The commands in the order in which help lists them, and the module of each."""


def _say_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # rarely asked

    try:
        number = version("chronicle")
    except PackageNotFoundError:
        number = "(not installed)"
    click.echo(f"chronicle {number}")
    context.exit()


@click.group(
    cls=LazyGroup,
    modules={name: f"chronicle.cli.{module}" for name, module in COMMANDS.items()},
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chronicle state samat-abish --as-of 2022-01-12",
)
@click.option(
    "--db",
    "place",
    metavar="URL-or-path",
    envvar="CHRONICLE_DB",
    default="chronicle.db",
    show_default=True,
    show_envvar=True,
    help="The database: an SQLite file, or the URL of a PostgreSQL database.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Say the version and exit.",
)
@click.pass_context
def chronicle(context: click.Context, place: str) -> None:
    """Keep a log of what sources say, and ask what was best known at any date.

    Nothing in the log is ever changed: what turns out to be wrong is revised or retracted by a
    later entry, and every date keeps the answer that it deserves.
    """
    context.obj = Desk(place)
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)
