"""`changes`: what is held otherwise from one state of knowledge to another, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from chronicle.changes import Errata
from chronicle.cli.cells import Cell, joined
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.naming import IDS
from chronicle.cli.notices import NEWS, Notice, by_subject, described, naming_of, notices
from chronicle.cli.options import FORMATS, Looking, view_options
from chronicle.cli.output import for_programs, put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.sides import COLUMNS, flat
from chronicle.counts import counted


@command("changes", example="chronicle changes --since 2022-01-10 --until 2022-01-18")
@click.argument("subject", required=False)
@click.argument("name", metavar="[PROPERTY]", required=False)
@click.option("--since", metavar="DATE", help="From what was known by this date.")
@click.option("--until", metavar="DATE", help="To what was known by then. [default: all of it]")
@click.option(
    "--recorded-since", metavar="DATE", help="From what this log held then; or #position."
)
@click.option("--recorded-until", metavar="DATE", help="To what it held then. [default: all of it]")
@click.option("--all", "support", is_flag=True, help="Also changes of grounds alone.")
@view_options(where=True)
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, "markdown", "atom")),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
@pass_desk
def changes(
    desk: Desk,
    looking: Looking,
    form: str,
    *,
    subject: str | None,
    name: str | None,
    since: str | None,
    until: str | None,
    recorded_since: str | None,
    recorded_until: str | None,
    support: bool,
) -> None:
    """List what was held, what is held now, and why: the errata from one date to another.

    --since and --until are dates by which things were known. Both answers are about the date of
    --at: without it that of --until, or now. With --recorded-since it is told what this log took
    in meanwhile, whenever it was said. What is newly known, and corrects nothing, stands at the
    end; where the same is held on other grounds alone, only --all lists it. Of several records
    that made a change the most telling is shown; json holds all of them.
    """
    with desk.open() as chronicle:
        errata = chronicle.changes(
            since,
            until,
            recorded_since=recorded_since,
            recorded_until=recorded_until,
            at=looking.at,
            known=looking.known,
            recorded=looking.recorded,
            as_of=looking.as_of,
            policy=looking.policy,
            subject=subject,
            name=name,
            support=support,
        )
        errata = _asked(errata, looking, name)
        with chronicle.database.reading():
            _put(errata, form)
    news = sum(one.change.kind == NEWS for one in errata.changes)
    held = counted(len(errata.changes) - news, "slot")
    hint = "" if support else "; --all for those held on other grounds alone"
    say(f"{held} held otherwise, {news} newly known{hint}; {described(errata)}")


def _asked(errata: Errata, looking: Looking, name: str | None) -> Errata:
    """Return the changes of the slots with the qualifiers that were asked for."""
    looking.check(errata.after, name)
    views = errata.before, errata.after
    found = (
        one
        for one in errata.changes
        if any(looking.takes(view, one.change.qualifiers) for view in views)
    )
    return Errata(*views, tuple(found))


def _put(errata: Errata, form: str) -> None:
    if form in FORMATS:
        put(_reported(errata), form)
        return
    # Only these formats need them.
    from chronicle.cli import atom, markdown  # noqa: PLC0415

    told = notices(errata, naming_of(errata))
    write = markdown.write if form == "markdown" else atom.write
    for_programs().write(write(told, errata))


def _reported(errata: Errata) -> Report:
    def sheets() -> Iterable[Sheet]:
        told = notices(errata, IDS)
        corrected = by_subject(one for one in told if one.kind != NEWS)
        names = naming_of(errata)
        for subject, some in corrected.items():
            yield Sheet(
                ("", "", ""), list(_lines(some)), joined(subject, names.of(subject), mark=": ")
            )
        if news := [one for one in told if one.kind == NEWS]:
            yield Sheet(("newly known", "what", "in"), list(_news(news)))

    return Report(
        (one.as_dict() for one in errata.changes),
        sheets,
        _COLUMNS,
        _flat,
        "changes",
        {"before": errata.before.as_dict(), "after": errata.after.as_dict()},
    )


def _lines(some: Iterable[Notice]) -> Iterator[Sequence[Cell]]:
    """Yield two lines for each change: what was held, what is held and why."""
    for one in some:
        yield one.slot, "held", one.held
        yield "", "now", joined(one.holds, one.why, mark=": ")


def _news(some: Iterable[Notice]) -> Iterator[Sequence[Cell]]:
    """Yield a line for each subject: what is known of it that nothing was."""
    for subject, group in by_subject(some).items():
        told = (joined(one.slot, one.holds, mark=" ") for one in group)
        yield subject, "; ".join(told), ", ".join(dict.fromkeys(one.source for one in group))


_WHY = (
    "record",
    "effect",
    "about",
    "known",
    "recorded_at",
    "source",
    "locator",
    "speaker",
    "reason",
)
"""What CSV tells of the first reason; all of them stand in `reasons`, by id."""

_COLUMNS = (*COLUMNS, "reasons", *(f"why_{name}" for name in _WHY))


def _flat(item: Item) -> Iterator[Sequence[Cell]]:
    reasons = item["reasons"]
    first = reasons[0] if reasons else {}
    told = [" ".join(one["record"] for one in reasons), *(first.get(name) for name in _WHY)]
    yield from ([*row, *told] for row in flat(item))
