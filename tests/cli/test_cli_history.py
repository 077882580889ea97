"""`chronicle trace` and `chronicle timeline`: how an answer changed, what happened when."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from chronicle.cli.cells import readable
from tests.cli.conftest import Run
from tests.cli.invoking import data

STATUS = ("trace", "samat-abish", "status")


def versions(run: Run, *args: str) -> list[Any]:
    """Return the steps of a trace."""
    found: list[Any] = data(run("trace", *args, "--format", "json"))["versions"]
    return found


def test_trace_shows_the_change_on_the_seventeenth_with_both_sources(ask: Run) -> None:
    """On 17 January two sources have him relieved, each with who said it and where."""
    steps = versions(ask, "samat-abish", "status", "--known", "2022-05-31")
    change = [step for step in steps if step["known"] == "2022-01-17"]
    assert {step["source"] for step in change} == {"icds-2022", "cornell-2022"}
    assert {step["value"] for step in change} == {"relieved"}
    assert {step["best_value"] for step in change} == {"relieved"}
    before = [step for step in steps if step["known"] < "2022-01-17"]
    assert {step["best_value"] for step in before} == {"on-leave"}


def test_trace_tells_value_voice_effect_and_answer(ask: Run) -> None:
    """Each line has the date, what was said, by whom, what it did, and the answer then."""
    lines = ask(*STATUS, "--known", "2022-05-31").stdout.splitlines()
    denial = next(line for line in lines if line.split()[1:2] == ["not"])
    assert "nsc-press-service" in denial
    assert "denies" in denial
    assert "on-leave" in denial
    text = " ".join(" ".join(lines).split())
    for told in ("via unnamed-media", "first report", "assessed credibility 5"):
        assert told in text, told


def test_trace_is_cut_where_the_view_is(ask: Run) -> None:
    """What became known after `known` is left out."""
    known = {
        step["known"] for step in versions(ask, "samat-abish", "status", "--known", "2022-01-12")
    }
    assert max(known) <= "2022-01-12"


def test_trace_of_a_subject_names_the_properties(ask_story: Run) -> None:
    """Without a property every topic of the subject is told, and the table says which."""
    steps = versions(ask_story, "ada")
    assert {step["property"] for step in steps} == {"mood", "hat"}
    assert ask_story("trace", "ada").stdout.splitlines()[0].split()[:2] == ["known", "property"]


def test_trace_shows_what_is_not_known_and_that_there_is_none(ask_story: Run) -> None:
    """Neither a missing value nor an unknown one is shown as a value."""
    assert "not known" in ask_story("trace", "ada", "mood").stdout
    assert "  none  " in ask_story("trace", "ben", "hat").stdout


def test_trace_takes_qualifiers(ask_story: Run) -> None:
    """Only the slot asked for is traced, in the table with its qualifiers."""
    assert [
        step["record"] for step in versions(ask_story, "ben", "toll", "--where", "area=town")
    ] == ["toll-town"]
    assert "2 (area=town)" in ask_story("trace", "ben", "toll", "--where", "area=town").stdout


def test_trace_in_csv_is_flat(ask_story: Run) -> None:
    """Lists are joined, truth is in words."""
    text = ask_story("trace", "ada", "mood", "--format", "csv").stdout
    rows = {row["record"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["ada-rumour"]["via"] == "ben"
    assert rows["ada-not-angry"]["denies"] == "true"
    assert rows["ada-not-angry"]["valid"] == "2020-01-08"


def events(run: Run, *args: str) -> list[Any]:
    """Return the events of a timeline."""
    found: list[Any] = data(run("timeline", *args, "--format", "json"))["events"]
    return found


def test_timeline_shows_dates_as_precisely_as_they_are_known(ask: Run) -> None:
    """An evening stays an evening, a day a day; the other formats keep EDTF as written."""
    text = " ".join(ask("timeline", "--from", "2022-01-05", "--to", "2022-01-05").stdout.split())
    assert "18:00-23:59" in text
    found = {one["event"]: one for one in events(ask, "--from", "2022-01-05", "--to", "2022-01-05")}
    takeover = found["security-council-takeover"]
    assert takeover["when"] == "[2022-01-05T18:00..2022-01-05T23:59]"
    assert found["massimov-dismissal"]["when"] == "2022-01-05"


def test_timeline_marks_disputed_dates_with_the_others(ask: Run) -> None:
    """The dismissal is put on the 5th and on the 6th."""
    lines = ask("timeline", "--about", "karim-massimov").stdout.splitlines()
    (number,) = [number for number, line in enumerate(lines) if "Massimov is dismissed" in line]
    assert lines[number].startswith("2022-01-05, disputed  ")
    (other,) = [line for line in lines[number + 1 : number + 4] if line.startswith("or ")]
    assert other.split() == ["or", "2022-01-06", "icds-2022"]


def test_timeline_is_cut_by_dates_and_entities(ask: Run) -> None:
    """`--from`, `--to` and `--about` keep what may lie there, and what has to do with it."""
    every = {one["event"] for one in events(ask)}
    some = {one["event"] for one in events(ask, "--from", "2022-01-06", "--to", "2022-01-06")}
    his = {one["event"] for one in events(ask, "--about", "samat-abish")}
    assert "massimov-arrest" in some < every
    assert "abish-replacement-denied" in his < every


def test_timeline_in_csv_is_flat(ask: Run) -> None:
    """Participants are joined as entity=role, other dates by a blank."""
    text = ask("timeline", "--about", "samat-abish", "--format", "csv").stdout
    rows = {row["event"]: row for row in csv.DictReader(io.StringIO(text))}
    assert "samat-abish=subject" in rows["abish-replacement-denied"]["participants"]
    text = ask("timeline", "--format", "csv").stdout
    rows = {row["event"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["massimov-dismissal"]["others"] == "2022-01-06"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[2022-01-05T18:00..2022-01-05T23:59]", "2022-01-05T18:00..23:59"),
        ("[2022-01-05T18:00..2022-01-06T02:00]", "[2022-01-05T18:00..2022-01-06T02:00]"),
        ("{2022-01-05T18:00..2022-01-05T23:59}", "{2022-01-05T18:00..2022-01-05T23:59}"),
        ("[2022-01-05..2022-01-06]", "[2022-01-05..2022-01-06]"),
        ("[2022-01-05T18:00,2022-01-05T19:00]", "[2022-01-05T18:00,2022-01-05T19:00]"),
        ("2022-01-06/..", "2022-01-06/.."),
        ("2022~", "2022~"),
        (None, ""),
    ],
)
def test_dates_are_shown_as_written_but_for_hours_of_one_day(
    written: str | None, shown: str
) -> None:
    """Only one of two times of the same day loses its second day; nothing else changes."""
    assert readable(written) == shown
