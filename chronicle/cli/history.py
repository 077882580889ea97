"""`trace` and `timeline`: how an answer changed, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from chronicle.cli.cells import Cell, joined, paired, qualified, readable, valued, voiced
from chronicle.cli.dated import dated
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import SAYING, described
from chronicle.counts import counted
from chronicle.timeline import Happening
from chronicle.trace import Version


@command("trace", example="chronicle trace samat-abish status --known 2022-05-31")
@click.argument("subject")
@click.argument("name", metavar="[PROPERTY]", required=False)
@view_options(where=True)
@format_option
@pass_desk
def trace(desk: Desk, looking: Looking, form: str, subject: str, name: str | None) -> None:
    """Tell how the answer changed, step by step as it became known.

    Each step is what one claim, retraction or assessment said, who said it, what it did, and
    the best-known value after it: for the day of the step, or for the date of --at.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle, name)
        versions = chronicle.trace(subject, name, view, looking.where)
        put(_traced(versions, {"view": view.as_dict()}, several=name is None), form)
    say(f"{counted(len(versions), 'step')}; {described(view)}")


_VERSION = (
    "known",
    "record",
    "kind",
    "subject",
    "property",
    "qualifiers",
    *SAYING,
    "credibility",
    "effect",
    "about",
    "reason",
    "best_value",
    "best_none",
    "best_standing",
    "best_claim",
    "recorded_of",
)
"""The columns of a step in CSV."""


def _traced(versions: Sequence[Version], head: Item, *, several: bool) -> Report:
    topic = ("property",) if several else ()
    headings = ("known", *topic, "said", "valid", "by, in", "effect", "best known then")

    def sheets() -> Iterable[Sheet]:
        return [Sheet(headings, [_step(one, several) for one in versions])] if versions else []

    return Report(
        (one.as_dict() for one in versions), sheets, _VERSION, _flat_version, "versions", head
    )


def _flat_version(item: Item) -> Iterable[Sequence[Cell]]:
    plain = {
        **item,
        "qualifiers": paired(item["qualifiers"]),
        "via": " ".join(item["via"]),
    }
    return [[plain[name] for name in _VERSION]]


def _step(one: Version, several: bool) -> Sequence[Cell]:
    qualifiers = paired(one.qualifiers)
    said = valued(one.value, none=one.none, denies=one.denies, unknown=one.unknown)
    best = readable(valued(one.best_value, none=one.best_none))
    row = (
        joined(
            readable(said),
            f"({qualifiers})" if qualifiers and not several else None,
            f"(of {one.recorded_of})" if one.recorded_of != one.subject else None,
            mark=" ",
        ),
        readable(one.valid),
        joined(voiced(one.speaker, one.via), one.source, one.locator),
        joined(joined(one.effect, one.about, mark=" "), one.reason, mark="; "),
        joined(best, one.best_standing),
    )
    if several:
        return (one.known, qualified(one.property, one.qualifiers), *row)
    return (one.known, *row)


@command("timeline", example="chronicle timeline --from 2022-01-05 --to 2022-01-06")
@click.option("--from", "start", metavar="DATE", help="Only what may lie on or after this date.")
@click.option("--to", "end", metavar="DATE", help="Only what may lie on or before this date.")
@click.option("--about", metavar="ID", help="Only what this entity had a part in.")
@view_options()
@format_option
@pass_desk
def timeline(
    desk: Desk,
    looking: Looking,
    form: str,
    *,
    start: str | None,
    end: str | None,
    about: str | None,
) -> None:
    """List the events in the order in which they happened, as best known.

    A date is shown as precisely as it is known, and no more: 12:00-14:59 is some time in these
    hours, `between` some time in these days, `from` and `to` all that while. Below an event
    stand the other dates that are given: with `or` those of a disputed date, with `also said`
    those that lost. Each has its source; `+1` is one source more. The other formats hold the
    dates as they are written.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle)
        happenings = chronicle.timeline(view, start=start, end=end, about=about)
        put(_happened(happenings, {"view": view.as_dict()}), form)
    say(f"{counted(len(happenings), 'event')}; {described(view)}")


_HAPPENING = (
    "event",
    "title",
    "when",
    "precision",
    "place",
    "participants",
    "standing",
    "claim",
    "source",
    "sources",
    "others",
    "summary",
)
"""The columns of an event in CSV; `sources` are those that give its date."""


def _happened(happenings: Sequence[Happening], head: Item) -> Report:
    def sheets() -> Iterable[Sheet]:
        headings = ("when", "event", "place", "said in")
        rows = (row for one in happenings for row in _event(one))
        return [Sheet(headings, rows)] if happenings else []

    return Report(
        (one.as_dict() for one in happenings), sheets, _HAPPENING, _flat_event, "events", head
    )


def _event(one: Happening) -> Iterator[Sequence[Cell]]:
    """Yield the row of an event, and one below it for each other date that is given."""
    when = dated(one.when) if one.when else "not known"
    standing = "" if one.standing in ("settled", "unknown") else one.standing
    sources = next(iter(one.dates.values()), (one.source,))
    yield joined(when, standing), f"{one.title} ({one.event})", one.place, _first(sources)
    mark = "or" if one.standing == "disputed" else "also said"
    for other in one.others:
        yield f"{mark} {dated(other)}", None, None, _first(one.dates[other])


def _first(sources: Sequence[str]) -> str:
    """Return the first source, and how many more there are."""
    return f"{sources[0]} +{len(sources) - 1}" if len(sources) > 1 else sources[0]


def _flat_event(item: Item) -> Iterable[Sequence[Cell]]:
    took_part = (_taking_part(one) for one in item["participants"])
    plain = {
        **item,
        "participants": "; ".join(took_part),
        "sources": " ".join(item["dates"][0]["sources"] if item["dates"] else [item["source"]]),
        "others": " ".join(item["others"]),
    }
    return [[plain[name] for name in _HAPPENING]]


def _taking_part(one: Item | Sequence[str | None]) -> str:
    entity, role = (one["entity"], one.get("role")) if isinstance(one, dict) else one
    return f"{entity}={role}" if role else str(entity)
