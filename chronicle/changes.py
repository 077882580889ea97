"""Changes: from one state of knowledge to another, what is held otherwise, and why.

An errata list: what was held, what is held now, and the records that came between, the most
telling first. A record comes between two views if it counts in the second as it did not in the
first: it was said, or had become known in full, or was recorded in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from chronicle.came import Came
from chronicle.database import Database
from chronicle.differences import Change, about, between
from chronicle.errors import BadQuestion
from chronicle.scopes import instant
from chronicle.steps import Step
from chronicle.views import View


@dataclass(frozen=True, slots=True)
class Changed:
    """A change, with the records that made it."""

    change: Change
    reasons: tuple[Step, ...]
    """The records that came between and bear on the slot, the most telling first: what wins now,
    what undid the former winner, new rivals, what undid former ones, new supporters, the rest."""

    def as_dict(self) -> dict[str, Any]:
        """Return the change as JSON writes it."""
        return {**self.change.as_dict(), "reasons": [one.as_dict() for one in self.reasons]}


@dataclass(frozen=True, slots=True)
class Errata:
    """The changes from one view to another, in the order of their slots."""

    before: View
    after: View
    changes: tuple[Changed, ...]


def span(
    look: Callable[..., View],
    since: str | None,
    until: str | None,
    recorded_since: str | None,
    recorded_until: str | None,
    **scope: Any,
) -> tuple[View, View]:
    """Return the views between which changes are asked for.

    They are apart in what was known (`since`, `until`), in what the log held (`recorded_since`,
    `recorded_until`), or in both; a missing end is all that there is. `scope` is what else makes
    a view, alike for both. Without a date to look at it is that of `until`, for both: a list of
    what the world did in the meantime would be another one. `BadQuestion` for what is no span.
    """
    _check(since, until, recorded_since, recorded_until, scope)
    at = scope.pop("at", None)
    if at is None and scope.get("as_of") is None:
        at = until
    known = scope.pop("known", None) if since is None else until
    recorded = scope.pop("recorded", None) if recorded_since is None else recorded_until
    given = {name: value for name, value in scope.items() if value is not None}
    after = look(at=at, known=known, recorded=recorded, **given)
    before = after
    if recorded_since is not None:
        # Now is the same moment for both.
        here = {} if scope.get("as_of") else {"at": after.scope.at_text, "known": known}
        before = look(recorded=recorded_since, **here, **given)
    if since is not None:
        before = before.looking(known=since)
    if before.scope.known > after.scope.known:
        raise BadQuestion(f"--since {since} is later than --until {until}; turn them round")
    if before.scope.until > after.scope.until:
        raise BadQuestion(
            f"--recorded-since {recorded_since} is later than --recorded-until {recorded_until}; "
            "turn them round"
        )
    return before, after


def _check(
    since: str | None,
    until: str | None,
    recorded_since: str | None,
    recorded_until: str | None,
    scope: dict[str, Any],
) -> None:
    for option, text in (("since", since), ("until", until)):
        if text is not None:
            instant(text, option)
    if since is None and until is not None:
        raise BadQuestion("--until ends what --since begins; give both")
    if recorded_since is None and recorded_until is not None:
        raise BadQuestion("--recorded-until ends what --recorded-since begins; give both")
    if since is None and recorded_since is None:
        raise BadQuestion("changes since when? give --since, or --recorded-since, or both")
    for name in ("known", "as_of") if since is not None else ():
        if scope.get(name) is not None:
            option = name.replace("_", "-")
            raise BadQuestion(f"--since and --until say what was known; leave --{option} out")
    if recorded_since is not None and scope.get("recorded") is not None:
        raise BadQuestion(
            "--recorded-since and --recorded-until say what was recorded; leave --recorded out"
        )


def changes(
    database: Database,
    before: View,
    after: View,
    subject: str | None = None,
    name: str | None = None,
    *,
    support: bool = False,
) -> tuple[Changed, ...]:
    """Return the changes from one view to a later one, in the order of their slots.

    Of everything, of a subject (also where it is the value), or of one property. Changes of
    grounds alone are left out, unless asked for: they are looked for in every slot.
    `UnknownId` for a subject or property that the later view does not know.
    """
    found = [
        one
        for one in _between(before, after, subject, name, support=support)
        if support or one.kind != "support"
    ]
    with database.reading() as connection:
        came = Came(connection, before, after)
        steps = [_reasons(one, came) for one in found]
        moments = came.recorded(step.record for some in steps for step in some)
    return tuple(
        Changed(one, tuple(replace(step, recorded_at=moments.get(step.record)) for step in some))
        for one, some in zip(found, steps, strict=True)
    )


def _between(
    before: View, after: View, subject: str | None, name: str | None, *, support: bool
) -> Iterator[Change]:
    if subject is None:
        return between(before, after, closely=support)
    if name is None:
        return about(before, after, subject, closely=support)
    return between(before, after, [after.bench(subject, name).name], closely=support)


def _reasons(change: Change, came: Came) -> tuple[Step, ...]:
    """Return the records that made a change, the most telling first, of a kind the latest."""
    steps = sorted(
        came.about(change),
        key=lambda step: (step.known or "", step.record),
        reverse=True,
    )
    # What tells most is looked for only where there is a choice: it takes both explanations.
    return tuple(sorted(steps, key=_telling(change)) if len(steps) > 1 else steps)


def _telling(change: Change) -> Callable[[Step], int]:
    """Return what says how telling a record is for a change, 0 for the most."""
    held = change.held
    winner = None if change.holds is None else change.holds.claim
    beaten = () if held is None else (held.claim, held.source)
    rivals = set(_rivals(change.after))
    former = set(_rivals(change.before))
    supporters = () if change.holds is None else change.holds.supporters

    def place(step: Step) -> int:
        tests = (
            step.record == winner,
            step.about is not None and step.about in beaten,
            step.record in rivals or step.kind in ("conflict", "merge", "policy"),
            step.about in former,
            step.record in supporters,
        )
        return next((number for number, met in enumerate(tests) if met), len(tests))

    return place


def _rivals(ruling: Any) -> Iterator[str]:
    if ruling is not None:
        yield from (one.claim for one in ruling.rivals)
