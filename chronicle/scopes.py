"""Scopes: what a view looks at, and the dates that it is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from chronicle import log
from chronicle.calendar import BEGINNING, FOREVER, write_instant
from chronicle.dates import parse
from chronicle.errors import BadQuestion, DateError
from chronicle.policies import Policy

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z?\Z")
_POSITION = re.compile(r"#(\d+)\Z")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a view looks at: instants in seconds, a position of the log, a policy.

    The texts are what was asked for, to be shown.
    """

    at: int
    known: int
    until: int
    policy: Policy
    at_text: str
    known_text: str | None
    recorded_text: str | None
    at_given: bool
    """Whether `at` was asked for, or is simply now."""
    without: tuple[str, ...] = ()
    """The ids that are taken to have never been heard."""


def instant(text: str, option: str) -> int:
    """Return the last second of a date; `BadQuestion` names the option that it was given for."""
    try:
        date = parse(text)
    except DateError as error:
        raise BadQuestion(f"--{option}: {error}") from error
    if date.last in (BEGINNING, FOREVER):
        raise BadQuestion(f"--{option}: {text!r} is open; give a date that ends")
    return date.last


def position(connection: Connection, recorded: str) -> int:
    """Return the last position that counts for what `--recorded` was given.

    It is a date, a moment as the log writes it, or `#position`: all that landed with that entry
    or before it. `BadQuestion` for anything else.
    """
    match = _POSITION.match(recorded)
    if match:
        return log.landed_with(connection, int(match[1]))
    if _MOMENT.match(recorded):
        return log.size_at(connection, log.write_moment(_moment(recorded)))
    moment = write_instant(instant(recorded, "recorded"))
    # Only with years of four digits do moments sort as text.
    if moment.startswith(("-", "Y-")):
        return 0
    if moment.startswith("Y"):
        return log.head(connection).size
    return log.size_at(connection, f"{moment}.999999Z")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadQuestion(f"--recorded: {text!r} is no moment: {error}") from error
