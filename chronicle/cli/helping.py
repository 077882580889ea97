"""Help, laid out by rich-click from a plain command; imported only when help is asked for."""

from __future__ import annotations

from typing import Any

import click
from rich_click import RichCommand, RichContext, RichGroup

WIDTH = 100
"""The most columns that help takes."""


class _Listing(RichGroup):
    """A group that lists its commands in the order in which they are given."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as in Click
        return list(self.commands)


def helped(wanted: click.Command, context: click.Context) -> str:
    """Return the help of a command."""
    fields: dict[str, Any] = {
        name: getattr(wanted, name) for name in ("name", "params", "help", "epilog", "callback")
    }
    twin: RichCommand
    if isinstance(wanted, click.Group):
        found = {name: wanted.get_command(context, name) for name in wanted.list_commands(context)}
        twin = _Listing(commands={name: one for name, one in found.items() if one}, **fields)
    else:
        twin = RichCommand(**fields)
    rich = RichContext(
        twin,
        parent=context.parent,
        info_name=context.info_name,
        help_option_names=context.help_option_names,
        terminal_width=context.terminal_width,
        max_content_width=context.max_content_width or WIDTH,
        rich_help_config={"text_markup": "ansi"},
    )
    return twin.get_help(rich).rstrip()
