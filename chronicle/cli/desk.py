"""The desk: what every command is given, found by its type."""

from __future__ import annotations

from dataclasses import dataclass

import click

from chronicle.api import Chronicle


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the chronicle is that a command works on."""

    place: str
    """A path or a SQLAlchemy URL."""

    def open(self) -> Chronicle:
        """Open the chronicle; `NotAChronicle` says how to make one where there is none."""
        return Chronicle.open(self.place, create=False)


pass_desk = click.make_pass_decorator(Desk)
"""Hands the desk to a command as its first argument."""
