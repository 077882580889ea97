"""`state` and `conflicts`: what is believed, and what is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import click

from chronicle.answers import Ruling
from chronicle.cli.cells import Cell, counted, joined, paired, qualified, readable, shown, valued
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Sheet
from chronicle.cli.rulings import described, reported, sheet
from chronicle.payloads import Payload
from chronicle.views import View


@command("state", example="chronicle state samat-abish status --as-of 2022-01-12")
@click.argument("subject", required=False)
@click.argument("name", metavar="[PROPERTY]", required=False)
@view_options(where=True)
@format_option
@pass_desk
def state(desk: Desk, looking: Looking, form: str, subject: str | None, name: str | None) -> None:
    """Say what is best known: of everything, of a subject, or of one property.

    Of a subject it lists also where the subject is the value, as the offices that a person
    holds. Only what is believed is listed; with a property, also that nothing is.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle, name)
        rulings = _rulings(view, looking, subject, name)
        with chronicle.database.reading():
            put(reported(view, rulings, lambda: [sheet(rulings)] if rulings else []), form)
    disputed = sum(one.standing == "disputed" for one in rulings)
    hint = f", {disputed} disputed: see chronicle conflicts" if disputed else ""
    say(f"{counted(len(rulings), 'ruling')}{hint}; {described(view)}")


def _rulings(
    view: View, looking: Looking, subject: str | None, name: str | None
) -> Sequence[Ruling]:
    if subject is not None and name is not None:
        return view.rulings(subject, name, looking.where)
    return [one for one in view.state(subject) if _holds(one, looking.where)]


def _holds(one: Ruling, where: Mapping[str, str]) -> bool:
    return all(one.qualifiers.get(name) == value for name, value in where.items())


@command("conflicts", example="chronicle conflicts --as-of 2022-05-31")
@view_options(where=True)
@format_option
@pass_desk
def conflicts(desk: Desk, looking: Looking, form: str) -> None:
    """List every slot that is disputed, with both sides: the winner and its rivals."""
    with desk.open() as chronicle:
        view = looking.view(chronicle)
        found = _rulings(view, looking, None, None)
        disputed = [one for one in found if one.standing == "disputed"]
        with chronicle.database.reading():
            claims = view.reader.details(
                claim
                for one in disputed
                for claim in (one.claim or "", *(rival.claim for rival in one.rivals))
            )
            report = reported(view, disputed, lambda: _sheets(disputed, claims))
            put(replace(report, columns=_SIDES, flat=lambda item: _flat(item, claims)), form)
    say(f"{counted(len(disputed), 'slot')} disputed; {described(view)}")


_SIDES = (
    "subject",
    "property",
    "qualifiers",
    "side",
    "value",
    "claim",
    "source",
    "speaker",
    "asserted",
    "valid",
    "reason",
)
"""The columns of a conflict in CSV: a row for the winner, and one for each rival."""


def _flat(item: Item, claims: Mapping[str, Payload]) -> Iterator[Sequence[Cell]]:
    sides = [("winner", item["claim"], valued(item["value"], none=item["none"]), "")]
    sides += [
        ("rival", one["claim"], _rival_value(one["value"], one["denies"]), one["reason"])
        for one in item["rivals"]
    ]
    slot = (item["subject"], item["property"], paired(item["qualifiers"]))
    for side, name, value, reason in sides:
        claim = claims[name]
        told = (claim.get(field) for field in ("source", "speaker", "asserted", "valid"))
        yield (*slot, side, value, name, *told, reason)


def _rival_value(value: str | None, denies: bool) -> str:
    return valued(value, none=value is None, denies=denies)


def _sheets(disputed: Iterable[Ruling], claims: Mapping[str, Payload]) -> Iterator[Sheet]:
    headings = ("side", "value", "said by, in", "why it lost")
    for one in disputed:
        rows = []
        for row in _flat(one.as_dict(), claims):
            cells = dict(zip(_SIDES, map(shown, row), strict=True))
            said = joined(readable(cells["asserted"]), cells["speaker"], cells["source"])
            rows.append((cells["side"], readable(cells["value"]), said, cells["reason"]))
        yield Sheet(headings, rows, f"{one.subject} {qualified(one.property, one.qualifiers)}")
