"""`expect`: what careful readers concluded, held against what the log gives now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from chronicle.cli import failures
from chronicle.cli.cells import Cell, counted, joined, paired, qualified, valued
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.expectations import Checked, check_expectations


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
        base = looking.view(chronicle)
        scope = base.scope
        checked = list(
            check_expectations(
                chronicle,
                scope.at_text if scope.at_given else None,
                scope.known_text,
                scope.recorded_text,
                scope.policy.id,
            )
        )
    failed = [one for one in checked if not one.holds]
    report = Report(
        (one.as_dict() for one in checked),
        lambda: map(_difference, failed),
        _COLUMNS,
        _flat,
        "expectations",
        {"view": base.as_dict()},
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


def _difference(one: Checked) -> Sheet:
    title = f"{one.id}: {one.subject} {qualified(one.property, one.qualifiers)}"
    return Sheet(("", ""), list(_lines(one)), title)


def _lines(one: Checked) -> Iterator[tuple[str, Cell]]:
    known = f"known {one.known}" if one.known else ""
    yield "looked", joined(f"at {one.at or 'now'}", known)
    any_standing = "any standing"
    yield (
        "- expected",
        joined(
            _believed(one.expected_value, none=False, some=one.expected_value is not None),
            one.expected_standing or any_standing,
        ),
    )
    found = _believed(one.value, none=one.none, some=one.claim is not None)
    yield "+ found", joined(found, one.standing, f"by {one.claim}" if one.claim else None)
    if one.note:
        yield "note", one.note


def _believed(value: str | None, *, none: bool, some: bool) -> str:
    return valued(value, none=none) if some else "nothing"
