"""`impact`: what would be concluded otherwise had a source, say, never been heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from chronicle.answers import Ruling
from chronicle.cli.cells import NOTHING, Cell, joined, qualified, readable, valued
from chronicle.cli.dated import along
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import described
from chronicle.cli.sides import COLUMNS, flat
from chronicle.counts import counted
from chronicle.impact import EFFECTS, Effect, Impact
from chronicle.views import View


@command("impact", example="chronicle impact --without icds-2022")
@click.argument("subject", required=False)
@click.option(
    "--without",
    "ids",
    metavar="ID",
    multiple=True,
    required=True,
    help="A source, a speaker, a claim or another record; may be given several times.",
)
@click.option("--all", "support", is_flag=True, help="Also what stands, on other grounds.")
@view_options(where=True)
@format_option
@pass_desk
def impact(
    desk: Desk,
    looking: Looking,
    form: str,
    *,
    subject: str | None,
    ids: Sequence[str],
    support: bool,
) -> None:
    """Say what would be concluded otherwise had an id never been heard: of all, or of a subject.

    With it falls what came only through it: what it said or relayed, what derives from it, what
    is inferred from that. Listed is what would flip, become disputed or stop being so, and what
    would be lost: at the date of --at, without it at every date. Other support are the claims
    for what was held that are left, whether they prevail or not.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle)
        found = chronicle.impact(
            *ids, view=view, subject=subject, where=looking.where, support=support
        )
        with chronicle.database.reading():
            put(_reported(found, view), form)
    say(_summary(found, view))


def _reported(found: Impact, view: View) -> Report:
    def sheets() -> Iterable[Sheet]:
        headings = ("subject", "property", "when", "held", "without", "other support")
        for effect, words in EFFECTS.items():
            rows = [_row(one) for one in found.effects if one.effect == effect]
            if rows:
                yield Sheet(headings, rows, words)

    head = {"view": view.as_dict(), **found.as_dict()}
    return Report(
        (one.as_dict() for one in found.effects), sheets, _COLUMNS, _flat, "effects", head
    )


_COLUMNS = ("effect", "from", "to", *COLUMNS, "other_support")


def _flat(item: Item) -> Iterator[Sequence[Cell]]:
    for row in flat(item):
        yield [item["effect"], item["from"], item["to"], *row, " ".join(item["other_support"])]


def _row(one: Effect) -> Sequence[Cell]:
    change = one.change
    return (
        change.subject,
        qualified(change.property, change.qualifiers),
        _when(one),
        _said(change.before),
        _said(change.after),
        _support(one),
    )


def _when(one: Effect) -> str:
    """Return where along valid time; "" where all of it, or the date that was asked about."""
    return along(one.stretch.first, one.stretch.last) if one.at_every_date else ""


def _said(ruling: Ruling | None) -> str:
    if ruling is None or ruling.claim is None:
        standing = "unknown" if ruling is None else ruling.standing
        return joined(NOTHING, standing if standing != "unknown" else None)
    return joined(readable(valued(ruling.value, none=ruling.none)), ruling.standing)


def _support(one: Effect) -> str:
    """Return what is left for what was held, where it is held no more."""
    if one.effect not in ("flips", "lost"):
        return ""
    if not one.others:
        return "none"
    more = len(one.others) - 1
    return f"{one.others[0]} +{more}" if more else one.others[0]


_FARED = {
    "flips": "flipped",
    "disputed": "disputed",
    "undisputed": "no longer disputed",
    "standing": "of another standing",
    "appears": "newly believed",
    "lost": "lost",
}
"""How a number of slots fared."""


def _summary(found: Impact, view: View) -> str:
    falling = [counted(len(names), kind) for kind, names in found.falls.items()]
    fall = ", ".join(falling) or "which nothing came through"
    counts = found.counts
    fared = [f"{counts[kind]} {words}" for kind, words in _FARED.items() if counts[kind]]
    unsupported = f"{counts['unsupported']} with no other support" if counts["unsupported"] else ""
    slots = joined(*fared, unsupported, f"{found.stand} as they were")
    words = f"without {', '.join(found.without)} ({fall}): slots {slots}"
    return f"{words}; {described(view, 'at every date')}"
