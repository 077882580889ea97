"""Valid time: every way to write it, read into what is certain, possible, inner and ended."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given

from chronicle.calendar import BEGINNING, FOREVER, day_end, write_instant
from chronicle.dates import parse
from chronicle.errors import DateError
from chronicle.valid import Span, span
from tests.logs import VALID
from tests.reference_dates import (
    Row,
    certain,
    certainly_begun,
    first_second,
    inner,
    last_known_day,
    possible,
    row,
    stated_end,
)


class Read(NamedTuple):
    """A span as people write it: each stretch as `from to`, nothing where it is empty."""

    possible: str
    core: str
    inner: str
    begun: str
    horizon: str
    ended: str


def instant(text: str, last: bool = False) -> int:
    """Read a day as its first or last second, a time as itself, `..` as the end of time."""
    if text == "..":
        return FOREVER
    date = parse(text)
    return date.last if last else date.first


def stretch(text: str) -> tuple[int, int] | None:
    """Read `from to`, or one day for both; None for nothing."""
    if not text:
        return None
    first, _, last = text.partition(" ")
    return instant(first), instant(last or first, last=True)


def found(first: int, last: int) -> tuple[int, int] | None:
    """Return a stretch, None where it is empty."""
    return (first, last) if first <= last else None


def ending(read: Span) -> tuple[int, int] | None:
    """Return the bounds of the stated end; None where there is none, for both at once."""
    assert (read.end_first is None) == (read.end_last is None)
    if read.end_first is None or read.end_last is None:
        return None
    return read.end_first, read.end_last


def shown(part: tuple[int, int] | None) -> str:
    """Write a stretch for a message."""
    return "nothing" if part is None else " to ".join(map(write_instant, part))


DAY = "2022-01-06"

ROWS = {
    # D, a day or finer: attested all through.
    "2022-01-06": Read(DAY, DAY, DAY, "2022-01-06T00:00:00", DAY, ""),
    "-0044-03-15": Read(
        "-0044-03-15", "-0044-03-15", "-0044-03-15", "-0044-03-15T00:00:00", "-0044-03-15", ""
    ),
    "2022-01-06T14:30": Read(
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
        "2022-01-06T14:30:00",
        DAY,
        "",
    ),
    "2022-01-06T14:30:05": Read(
        "2022-01-06T14:30:05",
        "2022-01-06T14:30:05",
        "2022-01-06T14:30:05",
        "2022-01-06T14:30:05",
        DAY,
        "",
    ),
    # D coarser, or a day that is not sure: at some time in it.
    "2022-01": Read("2022-01-01 2022-01-31", "", "", "2022-01-31T23:59:59", "2022-01-01", ""),
    "2022": Read("2022-01-01 2022-12-31", "", "", "2022-12-31T23:59:59", "2022-01-01", ""),
    "202X": Read("2020-01-01 2029-12-31", "", "", "2029-12-31T23:59:59", "2020-01-01", ""),
    "2022-01-06~": Read("2022-01-05 2022-01-07", "", "", "2022-01-07T23:59:59", "2022-01-05", ""),
    "2022-01-06?": Read("2022-01-05 2022-01-07", "", "", "2022-01-07T23:59:59", "2022-01-05", ""),
    "2022-01-0X": Read("2022-01-01 2022-01-09", "", "", "2022-01-09T23:59:59", "2022-01-01", ""),
    "[2022-01-06..2022-01-17]": Read(
        "2022-01-06 2022-01-17", "", "", "2022-01-17T23:59:59", "2022-01-06", ""
    ),
    "[2022-01-06,2022-01-17]": Read(
        "2022-01-06 2022-01-17", "", "", "2022-01-17T23:59:59", "2022-01-06", ""
    ),
    # {a..b}: attested all through, no start or end claimed.
    "{2022-01-06..2022-01-17}": Read(
        "2022-01-06 2022-01-17",
        "2022-01-06 2022-01-17",
        "2022-01-06 2022-01-17",
        "2022-01-06T00:00:00",
        "2022-01-17",
        "",
    ),
    "{2022-01-07,2022-01-06}": Read(
        "2022-01-06 2022-01-07",
        "2022-01-06 2022-01-07",
        "2022-01-06 2022-01-07",
        "2022-01-06T00:00:00",
        "2022-01-07",
        "",
    ),
    # A/..: began in A; still so when it was said.
    "2022-01-06/..": Read(
        "2022-01-06 ..", "2022-01-06T23:59:59 ..", "2022-01-07 ..", "2022-01-06T23:59:59", "", ""
    ),
    "2015-12/..": Read(
        "2015-12-01 ..", "2015-12-31T23:59:59 ..", "2016-01-01 ..", "2015-12-31T23:59:59", "", ""
    ),
    "2022-01-06~/..": Read(
        "2022-01-05 ..", "2022-01-07T23:59:59 ..", "2022-01-08 ..", "2022-01-07T23:59:59", "", ""
    ),
    # A/: began in A; how long is not said.
    "2022-01-06/": Read(DAY, "2022-01-06T23:59:59", "", "2022-01-06T23:59:59", DAY, ""),
    "2022-01/": Read(
        "2022-01-01 2022-01-31", "2022-01-31T23:59:59", "", "2022-01-31T23:59:59", "2022-01-31", ""
    ),
    # A/B: began in A, ended in B.
    "2022-01-08/2022-01-12": Read(
        "2022-01-08 2022-01-12",
        "2022-01-08T23:59:59 2022-01-12T00:00:00",
        "2022-01-09 2022-01-11",
        "2022-01-08T23:59:59",
        "2022-01-12",
        "2022-01-12",
    ),
    "2015/2022-01": Read(
        "2015-01-01 2022-01-31",
        "2015-12-31T23:59:59 2022-01-01T00:00:00",
        "2016-01-01 2021-12-31",
        "2015-12-31T23:59:59",
        "2022-01-01",
        "2022-01-01 2022-01-31",
    ),
    "2022-01-08/2022-01-09": Read(
        "2022-01-08 2022-01-09",
        "2022-01-08T23:59:59 2022-01-09T00:00:00",
        "",
        "2022-01-08T23:59:59",
        "2022-01-09",
        "2022-01-09",
    ),
    # A/B that overlap: possible from the first second of A, certain nowhere.
    "2022-01/2022-01-20": Read(
        "2022-01-01 2022-01-20", "", "", "2022-01-31T23:59:59", "2022-01-20", "2022-01-20"
    ),
    "2022-01/2022-01": Read(
        "2022-01-01 2022-01-31",
        "",
        "",
        "2022-01-31T23:59:59",
        "2022-01-01",
        "2022-01-01 2022-01-31",
    ),
    "2022-01-06~/2022-01-07": Read(
        "2022-01-05 2022-01-07", "", "", "2022-01-07T23:59:59", "2022-01-07", "2022-01-07"
    ),
    "2022-01-06/2022-01-06T14:30": Read(
        "2022-01-06T00:00:00 2022-01-06T14:30:59",
        "",
        "",
        "2022-01-06T23:59:59",
        DAY,
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
    ),
    # D/D for a day or finer: certain all through, then ended.
    "2022-01-06/2022-01-06": Read(DAY, DAY, DAY, "2022-01-06T00:00:00", DAY, DAY),
    "2022-01-06T14:30/2022-01-06T14:30": Read(
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
        "2022-01-06T14:30:00",
        DAY,
        "2022-01-06T14:30:00 2022-01-06T14:30:59",
    ),
    # A day that is not sure is no such D, even where only one day is left.
    "2022-01-06~/2022-01-06~": Read(
        "2022-01-05 2022-01-07",
        "",
        "",
        "2022-01-07T23:59:59",
        "2022-01-05",
        "2022-01-05 2022-01-07",
    ),
    "2022-04-30/2022-04-3X": Read(
        "2022-04-30", "", "", "2022-04-30T23:59:59", "2022-04-30", "2022-04-30"
    ),
    # /B and ../B: ended in B; when it began is not said.
    "/2022-01-17": Read(
        "2022-01-17",
        "2022-01-17T00:00:00",
        "",
        "2022-01-17T00:00:00",
        "2022-01-17",
        "2022-01-17",
    ),
    "../2022-01-17": Read(
        "2022-01-17",
        "2022-01-17T00:00:00",
        "",
        "2022-01-17T00:00:00",
        "2022-01-17",
        "2022-01-17",
    ),
    "/2022-01": Read(
        "2022-01-01 2022-01-31",
        "2022-01-01T00:00:00",
        "",
        "2022-01-01T00:00:00",
        "2022-01-01",
        "2022-01-01 2022-01-31",
    ),
}
"""Every row of the table of valid times, and what is read from it."""


@pytest.mark.parametrize("written", ROWS)
def test_each_way_to_write_valid_time_is_read_as_the_table_says(written: str) -> None:
    """What is possible, certain, inner; when it is certain to have begun; where it ended."""
    read, expected = span(parse(written)), ROWS[written]
    parts: dict[str, tuple[int, int] | None] = {
        "possible": found(read.first, read.last),
        "core": found(read.core_from, read.core_to),
        "inner": found(read.inner_from, read.inner_to),
        "ended": ending(read),
    }
    assert {name: shown(part) for name, part in parts.items()} == {
        name: shown(stretch(getattr(expected, name))) for name in parts
    }
    assert write_instant(read.begun) == expected.begun


@pytest.mark.parametrize("written", ROWS)
def test_the_horizon_is_the_end_of_a_day(written: str) -> None:
    """Without a horizon of its own (`A/..`), a state is affirmed up to the day it was said."""
    expected = ROWS[written].horizon
    assert span(parse(written)).horizon == (instant(expected, last=True) if expected else None)


@pytest.mark.parametrize("written", ROWS)
def test_only_an_exact_day_is_bare_and_only_some_time_is_vague(written: str) -> None:
    """A bare day is attested beyond the day it was said; a vague date is denied throughout."""
    read = span(parse(written))
    single = "/" not in written and "{" not in written
    assert read.bare == (single and bool(ROWS[written].core))
    assert read.vague == (single and not ROWS[written].core)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("../..", "an interval needs at least one date"),
        ("/", "an interval needs at least one date"),
        ("[..2022-01-06]", "'[..2022-01-06]' is open; the valid time of a state says A/.."),
        ("[2022-01-06..]", "is open; the valid time of a state says A/.. (still so)"),
        ("{..2022-01-06}", "is open"),
        ("{2022-01-06..}", "is open"),
        ("{2022-01-06,2022-01-10}", "leaves out days between its members"),
        ("{2022-01,2022-03}", "write one claim for each, or {a..b} if it held all through"),
    ],
)
def test_a_form_that_says_nothing_of_a_state_is_refused(written: str, what: str) -> None:
    """No date at all, sets without an end, and sets with gaps have no row in the table."""
    with pytest.raises(DateError) as caught:
        span(parse(written))
    assert what in str(caught.value)


@given(VALID)
def test_the_parts_of_a_span_lie_within_each_other(written: str) -> None:
    """The inner part lies within the core, and the core within what is possible."""
    read = span(parse(written))
    assert BEGINNING < read.first <= read.last <= FOREVER
    core = found(read.core_from, read.core_to)
    within = found(read.inner_from, read.inner_to)
    if core is not None:
        assert read.first <= core[0] <= core[1] <= read.last
        assert read.first <= read.begun <= core[1]
    if within is not None:
        assert core is not None
        assert core[0] <= within[0] <= within[1] <= core[1]
    if read.end_last is not None:
        assert read.last == read.end_last


@given(VALID)
def test_a_span_is_what_the_slow_reference_reads(written: str) -> None:
    """A second reading of the table, written for the eye, agrees in every part."""
    date = parse(written)
    read = span(date)
    sure, maybe, end = certain(date, False), possible(date), stated_end(date)
    still = row(date) is Row.STILL
    assert maybe is not None
    last = FOREVER if still else maybe[1]
    assert (read.first, read.last) == (maybe[0], last) == (first_second(date), last)
    closed = None if sure is None else (sure[0], FOREVER if sure[1] is None else sure[1])
    assert found(read.core_from, read.core_to) == closed
    assert found(read.inner_from, read.inner_to) == inner(date, FOREVER)
    assert read.begun == certainly_begun(date)
    assert (read.horizon or FOREVER) == last_known_day(date, False, FOREVER)
    assert (read.end_first, read.end_last) == ((end.first, end.last) if end else (None, None))
    assert (read.bare, read.vague) == (row(date) is Row.DAY, row(date) is Row.VAGUE)


@given(VALID)
def test_a_horizon_is_the_last_second_of_a_day(written: str) -> None:
    """Days are the grain in which states are carried forward."""
    horizon = span(parse(written)).horizon
    assert horizon is None or horizon == day_end(horizon)


def test_a_span_keeps_no_text() -> None:
    """Different writings of the same instants are the same span."""
    assert span(parse("/2022-01-17")) == span(parse("../2022-01-17"))
    assert span(parse("[2022-01-06..2022-01-17]")) == span(parse("[2022-01-17,2022-01-06]"))
