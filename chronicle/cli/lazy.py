"""Commands that cost nothing until they are called.

A command's module is imported when it is named, and the library that lays out help when help
is asked for, so that a query from the shell starts quickly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NoReturn

import click

from chronicle.cli import failures


def _helped(wanted: click.Command, context: click.Context) -> str:
    """Return the help of a command."""
    # Only help needs what lays it out, which takes longer to import than a query to answer.
    from chronicle.cli.helping import helped  # noqa: PLC0415

    return helped(wanted, context)


class Command(click.Command):
    """A command whose help is laid out only when asked for."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _helped(self, ctx)


def command(name: str, *, example: str) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command; its help ends with the example."""
    return click.command(name, cls=Command, epilog=f"Example: {example}")


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is named.

    It is also where every failure ends: see `failures`.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        """Take the module of each command, which holds it under its name, - written as _."""
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as in Click
        """Return the names of the commands, in the order in which they were given."""
        return list(self._modules)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  # as in Click
        cmd_name: str,
    ) -> click.Command | None:
        """Return the command of a name, or None."""
        module = self._modules.get(cmd_name)
        name = cmd_name.replace("-", "_")
        found = getattr(import_module(module), name) if module else None
        return found if isinstance(found, click.Command) else None

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _helped(self, ctx)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that went away, as `head` does, ends it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would be written, and fail, once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(failures.CLOSED_PIPE)
        return result

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run with the process's arguments, and exit with the code that `failures` gives."""
        run: Callable[..., object] = super().main
        try:
            code = run(*args, **{**extra, "standalone_mode": False})
        except failures.EXPECTED as error:
            sys.exit(failures.tell(error))
        sys.exit(code if isinstance(code, int) else failures.FINE)
