"""Stretches: where along valid time two views rule on a slot otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chronicle import Chronicle, Ruling
from chronicle.calendar import BEGINNING, FOREVER
from chronicle.dates import parse
from chronicle.stretches import Stretch, seats, stretches
from chronicle.views import Bench
from tests.stories import PROPERTY, SUBJECT, story

OFFICE = """
    in post  | 2015-12/..       | 2021-12-31
    on leave | 2022-01-06T10:00/2022-01-08 | 2022-01-12
    away     | 2022-01-20       | 2022-01-21
    away     | 2022-01-22       | 2022-01-23
"""


def bench(chronicle: Chronicle, known: str, at: str | None = None) -> Bench:
    """Return what rules on the story by a date."""
    return chronicle.view(at=at, known=known).bench(SUBJECT, PROPERTY)


def told(chronicle: Chronicle, *known: str) -> list[tuple[str, str, str]]:
    """Return the stretches from one state of knowledge to another."""
    before, after = (list(seats(bench(chronicle, date))) for date in known)
    return [
        (one.change.kind, one.start, one.end)
        for old, new in zip(before, after, strict=True)
        for one in stretches(old, new)
    ]


@pytest.fixture
def office(local: Chronicle) -> Chronicle:
    """Who was in an office, with an hour at which he left it."""
    local.append(story(OFFICE))
    return local


def test_stretches_begin_and_end_where_rulings_change(office: Chronicle) -> None:
    """Within a day too; neighbours that tell the same are one."""
    assert told(office, "2022-01-01", "2022-01-12") == [
        ("value", "2022-01-06T10:00:00", "2022-01-08"),
        ("ends", "2022-01-09", ".."),
    ]
    assert told(office, "2022-01-12", "2022-01-21") == [("appears", "2022-01-20", "..")]
    assert told(office, "2022-01-21", "2022-01-21") == []


def test_other_grounds_count_where_asked_for(office: Chronicle) -> None:
    """A second report is a rival of all that was before: only the reasons tell that."""
    first, second = (next(seats(bench(office, date))) for date in ("2022-01-21", "2022-01-23"))
    plain = [(one.change.kind, one.start) for one in stretches(first, second)]
    assert plain == [("support", "2022-01-22")]
    close = [(one.change.kind, one.start) for one in stretches(first, second, closely=True)]
    assert close[0] == ("support", "2015-12-01")
    assert {kind for kind, _ in close} == {"support"}


def test_what_was_never_said_is_no_slot(office: Chronicle) -> None:
    """All that is believed appears; there is no ruling before."""
    (seat,) = seats(bench(office, "2022-01-01"))
    (one,) = stretches(None, seat)
    assert (one.change.kind, one.change.before, one.start, one.end) == (
        "appears",
        None,
        "2015-12-01",
        "..",
    )


def test_the_present_alone_can_be_compared(office: Chronicle) -> None:
    """Then a stretch is that instant."""
    at = "2022-01-07"
    first, second = (
        next(seats(bench(office, date, at), along=False)) for date in ("2022-01-01", "2022-01-12")
    )
    (one,) = stretches(first, second, along=False)
    instant = parse(at).last
    assert (one.first, one.last, one.change.kind) == (instant, instant, "value")


def test_ids_may_have_changed_between_the_views(office: Chronicle) -> None:
    """Rulings are compared under the later ids, and told under their own."""

    def renamed(ruling: Ruling) -> Ruling:
        return replace(ruling, value="under leave" if ruling.value == "on leave" else ruling.value)

    first, second = (next(seats(bench(office, date))) for date in ("2022-01-12", "2022-01-21"))
    kinds = [
        (one.change.kind, one.change.before and one.change.before.value)
        for one in stretches(second, second, renamed=renamed, closely=True)
    ]
    assert kinds == [("value", "on leave")]
    assert [one.change.kind for one in stretches(first, second, renamed=renamed)] == ["appears"]


def test_a_stretch_without_bounds_is_open(office: Chronicle) -> None:
    """As days are written in dates."""
    (one,) = stretches(None, next(seats(bench(office, "2022-01-01"))))
    whole = Stretch(BEGINNING, FOREVER, one.change)
    assert (whole.start, whole.end) == ("..", "..")
    written = whole.as_dict()
    assert (written["from"], written["to"], written["kind"]) == ("..", "..", "appears")
