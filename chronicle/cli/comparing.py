"""`diff` and `compare`: two views side by side, and what hangs on the policy alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from chronicle.answers import Ruling
from chronicle.api import Chronicle
from chronicle.cli.cells import NOTHING, Cell, joined, qualified, readable, valued
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Function, Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import described
from chronicle.cli.sides import COLUMNS, flat
from chronicle.differences import Change, about, between
from chronicle.errors import BadQuestion
from chronicle.policies import BEST_KNOWN
from chronicle.splits import Deciding, Split, splits
from chronicle.views import View


def _to_options(function: Function) -> Function:
    """Give a command the options of a second view, as one argument `to` of those given."""

    @wraps(function)
    def collected(*args: Any, **given: Any) -> None:
        named = {name: given.pop(f"to_{name}") for name in _TO}
        to = {name: text for name, text in named.items() if text is not None}
        function(*args, to=to, **given)

    decorated: Function = collected
    for name, words in reversed(_TO.items()):
        option = f"--to-{name.replace('_', '-')}"
        metavar = "NAME" if name == "policy" else "DATE"
        decorated = click.option(option, metavar=metavar, help=f"The second view: {words}.")(
            decorated
        )
    return decorated


_TO = {
    "at": "what held on this date",
    "known": "counting only what was said by this date",
    "recorded": "counting only what this log held then; or #position",
    "as_of": "both --to-at and --to-known",
    "policy": "how claims are weighed",
}


@command("diff", example="chronicle diff --as-of 2022-01-10 --to-as-of 2022-01-18")
@click.argument("subject", required=False)
@view_options(where=True)
@_to_options
@click.option("--all", "support", is_flag=True, help="Also where only the grounds differ.")
@format_option
@pass_desk
def diff(
    desk: Desk,
    looking: Looking,
    to: Mapping[str, str],
    form: str,
    subject: str | None,
    support: bool,
) -> None:
    """Show two views side by side, where they differ: of everything, or of a subject.

    The second view looks as the first does, but for what a --to option says. What differs may be
    what the world did as well as what was known; for the latter alone see chronicle changes.
    """
    with desk.open() as chronicle:
        before = looking.view(chronicle)
        after = _second(looking, before, to).view(chronicle)
        found = _found(before, after, subject, looking, support=support)
        with chronicle.database.reading():
            put(_differing(found, before, after), form)
    differ = "slot differs" if len(found) == 1 else "slots differ"
    say(f"{len(found)} {differ}; {described(before)}; {described(after)}")


def _second(looking: Looking, first: View, to: Mapping[str, str]) -> Looking:
    """Return how the second view looks; now is the same moment for both."""
    if not to:
        raise BadQuestion("a diff of one view to what? give an option such as --to-known")
    if "as_of" in to and ("at" in to or "known" in to):
        raise BadQuestion("--to-as-of means --to-at and --to-known; give it alone")
    # What --as-of meant is inherited a date at a time.
    at, known = looking.as_of or first.scope.at_text, looking.as_of or looking.known
    alone = to.get("as_of")
    return replace(
        looking,
        at=None if alone else to.get("at", at),
        known=None if alone else to.get("known", known),
        as_of=alone,
        recorded=to.get("recorded", looking.recorded),
        policy=to.get("policy", looking.policy),
    )


def _found(
    before: View, after: View, subject: str | None, looking: Looking, *, support: bool
) -> list[Change]:
    """Return the changes between two views that were asked for."""
    if subject is None:
        found = between(before, after, closely=support)
    else:
        found = about(before, after, subject, closely=support)
    return [
        one
        for one in found
        if (support or one.kind != "support")
        and any(looking.takes(view, one.qualifiers) for view in (before, after))
    ]


def _named(before: View, after: View) -> tuple[str, str]:
    """Return short names of two views: in what they differ."""
    one, other = before.as_dict(), after.as_dict()
    clocks = [name for name in ("at", "known", "recorded", "policy") if one[name] != other[name]]
    first, second = (
        joined(*(f"{name} {each[name] or 'all'}" for name in clocks)) for each in (one, other)
    )
    return first or "first", second or "second"


@command("compare", example="chronicle compare --policy best-known --policy latest-word")
@click.argument("subject", required=False)
@click.option(
    "--policy",
    "policies",
    metavar="NAME",
    multiple=True,
    help="A policy; give two, or one to hold against best-known.",
)
@view_options(where=True, policy=False)
@format_option
@pass_desk
def compare(
    desk: Desk, looking: Looking, policies: Sequence[str], form: str, subject: str | None
) -> None:
    """List what hangs on the policy and not on the evidence: the slots that two policies part.

    Both see the same claims. Under each policy stand what it concludes and the criterion that
    decided there; where the winner of the other policy lost, also how.
    """
    first, second = _two(policies)
    with desk.open() as chronicle:
        before, after = (_under(chronicle, looking, one) for one in (first, second))
        with chronicle.database.reading():
            found = [
                one
                for one in splits(before, after, subject)
                if looking.takes(before, one.change.qualifiers)
            ]
            put(_split(found, before, after), form)
    hang = "slot hangs" if len(found) == 1 else "slots hang"
    say(f"{len(found)} {hang} on the policy; {described(before)} or {second}")


def _two(policies: Sequence[str]) -> tuple[str, str]:
    names = (BEST_KNOWN.id, *policies) if len(policies) == 1 else tuple(policies)
    if len(names) != 2:
        raise BadQuestion("compare takes two policies, or one to hold against best-known")
    if names[0] == names[1]:
        raise BadQuestion(f"--policy: {names[0]} against itself; name another")
    return names[0], names[1]


def _under(chronicle: Chronicle, looking: Looking, policy: str) -> View:
    return replace(looking, policy=policy).view(chronicle)


def _differing(found: Sequence[Change], before: View, after: View) -> Report:
    def sheets() -> Iterable[Sheet]:
        rows = [(*_slot(one), _held(one.before), _held(one.after)) for one in found]
        return [Sheet(("subject", "property", *_named(before, after)), rows)] if rows else []

    items = (one.as_dict() for one in found)
    return Report(items, sheets, COLUMNS, flat, "changes", _head(before, after))


def _split(found: Sequence[Split], before: View, after: View) -> Report:
    def sheets() -> Iterable[Sheet]:
        names = (view.scope.policy.id for view in (before, after))
        rows = [
            (
                *_slot(one.change),
                _decided(one.change.before, one.before),
                _decided(one.change.after, one.after),
            )
            for one in found
        ]
        return [Sheet(("subject", "property", *names), rows)] if rows else []

    items = (one.as_dict() for one in found)
    return Report(items, sheets, _SPLIT, _flat_split, "splits", _head(before, after))


def _head(before: View, after: View) -> Item:
    return {"before": before.as_dict(), "after": after.as_dict()}


def _slot(one: Change) -> tuple[str, str]:
    return one.subject, qualified(one.property, one.qualifiers)


def _held(one: Ruling | None) -> str:
    """Return what a side holds, as `state` tells it."""
    if one is None:
        return NOTHING
    if one.claim is None:
        return joined(NOTHING, "" if one.standing == "unknown" else one.standing)
    basis = f"presumed since {one.last_affirmed}" if one.basis == "presumed" else one.basis
    return joined(readable(valued(one.value, none=one.none)), one.standing, basis)


def _decided(one: Ruling | None, deciding: Deciding) -> str:
    """Return what a policy concludes, and the criterion by which it does."""
    if one is None or one.claim is None:
        return _held(one)
    held = joined(readable(valued(one.value, none=one.none)), one.standing)
    how = deciding.reason.removeprefix(f"{deciding.criterion}: ")
    return joined(held, joined(f"by {deciding.criterion}", how, mark=": "), mark="; ")


_SPLIT = (*COLUMNS, "before_criterion", "before_reason", "after_criterion", "after_reason")


def _flat_split(item: Item) -> Iterator[Sequence[Cell]]:
    sides = (item["decided"][side] for side in ("before", "after"))
    told = [side[name] for side in sides for name in ("criterion", "reason")]
    yield from ([*row, *told] for row in flat(item))
