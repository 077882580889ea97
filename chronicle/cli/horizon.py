"""`stale` and `gaps`: what is only presumed, and where there is no answer at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from chronicle.calendar import write_first, write_last
from chronicle.cli.cells import Cell, joined, paired, qualified, readable, valued
from chronicle.cli.dated import lasting
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet, picked
from chronicle.cli.rulings import COLUMNS, described, flat
from chronicle.counts import counted
from chronicle.horizon import Gap, Stale
from chronicle.views import View


@command("stale", example="chronicle stale --at 2022-05-31 --older-than P1Y")
@click.argument("subject", required=False)
@click.argument("name", metavar="[PROPERTY]", required=False)
@click.option(
    "--older-than",
    metavar="DURATION",
    help="Only what was last affirmed longer ago: P30D, P6M, P1Y. [default: whatever is presumed]",
)
@view_options(where=True)
@format_option
@pass_desk
def stale(
    desk: Desk,
    looking: Looking,
    form: str,
    *,
    subject: str | None,
    name: str | None,
    older_than: str | None,
) -> None:
    """List what is only presumed: of everything, of a subject, or of one property.

    A state is carried forward from the last day for which a claim affirms it. Listed is what is
    believed in this way at the date of --at, that presumed longest first: it deserves another
    look.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle, name)
        every = chronicle.stale(view, older_than, subject, name)
        found = [one for one in every if looking.takes(view, one.ruling.qualifiers)]
        with chronicle.database.reading():
            put(_presumed(found, view), form)
    say(f"{counted(len(found), 'ruling')} presumed{_longer(older_than)}; {described(view)}")


def _longer(older_than: str | None) -> str:
    return f" for longer than {older_than}" if older_than else ""


def _presumed(found: Sequence[Stale], view: View) -> Report:
    def sheets() -> Iterable[Sheet]:
        headings = ("presumed for", "since", "subject", "property", "value", "standing", "said in")
        return [Sheet(headings, map(_since, found))] if found else []

    columns = ("presumed_for", "days", *COLUMNS)
    items = (one.as_dict() for one in found)
    return Report(items, sheets, columns, _flat_stale, "rulings", {"view": view.as_dict()})


def _flat_stale(item: Item) -> Iterable[Sequence[Cell]]:
    return [(item["presumed_for"], item["days"], *row) for row in flat(item)]


def _since(one: Stale) -> Sequence[Cell]:
    ruling = one.ruling
    return (
        lasting(one.presumed_for),
        ruling.last_affirmed,
        ruling.subject,
        qualified(ruling.property, ruling.qualifiers),
        readable(valued(ruling.value, none=ruling.none)),
        ruling.standing,
        ruling.source,
    )


@command("gaps", example="chronicle gaps samat-abish --at 2022-05-31")
@click.argument("subject", required=False)
@click.argument("name", metavar="[PROPERTY]", required=False)
@view_options(where=True)
@format_option
@pass_desk
def gaps(desk: Desk, looking: Looking, form: str, subject: str | None, name: str | None) -> None:
    """List when there is no answer: of a subject, of one property, or of everything.

    A gap lies between the first answer that there is and the date of --at: what was believed
    has ended, is denied, or may be presumed no longer (then it is unknown). Beside it stands
    what was believed before it, and what is after it, if anything.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle, name)
        found = chronicle.gaps(subject, name, view, looking.where)
        put(_silent(found, view), form)
    say(f"{counted(len(found), 'gap')}; {described(view)}")


_GAP = (
    "subject",
    "property",
    "qualifiers",
    "slot_value",
    "from",
    "to",
    "lasts",
    "gap",
    "days",
    "standing",
    "before",
    "before_claim",
    "after",
    "after_claim",
)
"""The columns of a gap in CSV."""


def _silent(found: Sequence[Gap], view: View) -> Report:
    def sheets() -> Iterable[Sheet]:
        headings = ("subject", "property", "from", "to", "for", "standing", "before", "after")
        return [Sheet(headings, map(_row, found))] if found else []

    items = (one.as_dict() for one in found)
    return Report(items, sheets, _GAP, _flat_gap, "gaps", {"view": view.as_dict()})


def _flat_gap(item: Item) -> Iterable[Sequence[Cell]]:
    return picked(*_GAP)({**item, "qualifiers": paired(item["qualifiers"])})


def _row(one: Gap) -> Sequence[Cell]:
    return (
        one.subject,
        qualified(one.property, one.qualifiers),
        write_first(one.first),
        "still" if one.lasts else write_last(one.last),
        lasting(one.length),
        one.standing,
        _answer(one.before, one.before_claim),
        _answer(one.after, one.after_claim),
    )


def _answer(value: str | None, claim: str | None) -> str:
    """Return an answer beside a gap; "" where there is none."""
    return joined(readable(valued(value, none=value is None))) if claim else ""
