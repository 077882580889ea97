"""`expect`: what careful readers concluded, held against what the log gives now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from chronicle.cli import failures
from chronicle.cli.cells import Cell, paired
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.differences import unmet
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report
from chronicle.counts import counted


@command("expect", example="chronicle expect")
@view_options()
@format_option
@pass_desk
def expect(desk: Desk, looking: Looking, form: str) -> None:
    """Check every expectation in the log, each at its own dates.

    --at and --known stand in where an expectation names no date of its own. The table shows
    those that fail, with what was expected and what is best known; the other formats show all.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle)
        checked = chronicle.expect(view)
    failed = [one for one in checked if not one.holds]
    report = Report(
        (one.as_dict() for one in checked),
        lambda: map(unmet, failed),
        _COLUMNS,
        _flat,
        "expectations",
        {"view": view.as_dict()},
    )
    put(report, form)
    say(f"{counted(len(checked), 'expectation')}, {len(failed)} not met")
    if failed:
        click.get_current_context().exit(failures.REFUSED)


_COLUMNS = (
    "id",
    "subject",
    "property",
    "qualifiers",
    "at",
    "known",
    "expected_value",
    "expected_standing",
    "value",
    "none",
    "standing",
    "claim",
    "holds",
    "note",
)


def _flat(item: Item) -> Iterable[Sequence[Cell]]:
    row = {**item, "qualifiers": paired(item["qualifiers"])}
    return [[row[name] for name in _COLUMNS]]
