"""`state`: what is best known."""

from __future__ import annotations

from collections.abc import Sequence

import click

from chronicle.answers import Ruling
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.rulings import described, reported, sheet
from chronicle.counts import counted
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
    return [one for one in view.state(subject) if looking.takes(view, one.qualifiers)]
