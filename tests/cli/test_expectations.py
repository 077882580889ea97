"""Expectations: what careful readers concluded, held against the rulings."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.expectations import Checked, check_expectations
from tests.cli.conftest import STORY, Run
from tests.cli.invoking import data, invoke


@pytest.fixture
def expecting(run: Run) -> Any:
    """Append the small chronicle and one expectation, and return how it is met."""
    Path("story.yaml").write_text(STORY)
    assert run("append", "story.yaml").exit_code == 0

    def check(**fields: Any) -> Checked:
        record = {"kind": "expectation", "id": "hope", "subject": "ada", "property": "mood"}
        with Chronicle.open("chronicle.db") as chronicle:
            chronicle.append([{**record, **fields}])
            (checked,) = check_expectations(chronicle)
        return checked

    return check


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({"at": "2020-01-07", "value": "glad"}, True),
        ({"at": "2020-01-07", "value": "sad"}, False),
        ({"at": "2020-01-08", "value": "sad", "standing": "disputed"}, True),
        ({"at": "2020-01-08", "value": "sad", "standing": "settled"}, False),
        ({"at": "2020-01-08", "known": "2020-01-11", "value": "sad"}, False),
        ({"at": "2020-01-08", "known": "2020-01-11", "value": "glad"}, True),
        ({"at": "2019-12-31"}, True),
        ({"at": "2019-12-31", "standing": "unknown"}, True),
        ({"at": "2019-12-31", "value": "glad"}, False),
        ({"at": "2020-01-07"}, False),
        ({"property": "hat", "value": "red", "standing": "disputed"}, True),
        ({"property": "hat", "value": "green"}, False),
        ({"property": "hat"}, False),
        ({"subject": "ben", "property": "hat"}, True),
        ({"subject": "ben", "property": "toll", "value": "3.0"}, True),
        ({"subject": "ben", "property": "toll", "value": "2"}, False),
        (
            {"subject": "ben", "property": "toll", "value": "2", "qualifiers": {"area": "town"}},
            True,
        ),
    ],
)
def test_expectation_holds_or_not(expecting: Any, fields: dict[str, Any], holds: bool) -> None:
    """Value and standing are compared at its own dates, quantities by their normal form."""
    assert expecting(**fields).holds is holds


def test_winner_without_value_is_not_nothing(run: Run) -> None:
    """That there is no value is believed; an expectation of nothing fails on it."""
    Path("vacant.yaml").write_text(
        "sources: [{id: gazette, title: Gazette, published: 2020-01-10}]\n"
        "entities: [{id: office, type: office, name: Office}]\n"
        "properties: [{id: holder, label: holder}]\n"
        "claims: [{subject: office, property: holder, none: true, valid: 2020-01-01/..,"
        " source: gazette}]\n"
        "expectations: [{id: hope, subject: office, property: holder, at: 2020-01-05}]\n"
    )
    assert run("append", "vacant.yaml").exit_code == 0
    result = run("expect")
    assert result.exit_code == 1
    assert "+ found     none, settled" in result.stdout


def test_dates_of_the_caller_stand_in_where_none_are_named(expecting: Any) -> None:
    """An expectation without dates is checked at those asked for, one with dates at its own."""
    expecting(value="sad")
    with Chronicle.open("chronicle.db") as chronicle:
        chronicle.append(
            [{"kind": "expectation", "id": "own", "subject": "ada", "property": "mood",
              "at": "2020-01-07", "value": "glad"}]
        )  # fmt: skip
        met = {one.id: one.holds for one in check_expectations(chronicle, at="2020-01-08")}
        assert met == {"hope": True, "own": True}
        met = {one.id: one.holds for one in check_expectations(chronicle, at="2020-01-07")}
        assert met == {"hope": False, "own": True}
    assert invoke("chronicle.db", "expect", "--at", "2020-01-08").exit_code == 0
    assert invoke("chronicle.db", "expect", "--as-of", "2020-01-07").exit_code == 1


def test_expectations_after_the_recorded_cut_are_not_checked(expecting: Any) -> None:
    """The log is looked at as it stood, its expectations too."""
    expecting(value="sad")
    with Chronicle.open("chronicle.db") as chronicle:
        assert list(check_expectations(chronicle, recorded="#26")) == []


def test_failure_is_told_as_a_difference(expecting: Any) -> None:
    """What was expected, what was found, by which claim, and the note; exit code 1."""
    expecting(at="2020-01-07", value="sad", standing="disputed", note="as I read it")
    result = invoke("chronicle.db", "expect")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert lines == [
        "hope: ada mood",
        "looked at 2020-01-07",
        "- expected sad, disputed",
        "+ found glad, settled, by ada-glad-herald",
        "note as I read it",
    ]
    assert result.stderr == "1 expectation, 1 not met\n"


def test_formats_hold_every_expectation(expecting: Any) -> None:
    """Data has those that are met too, each with whether it holds."""
    expecting(at="2020-01-07", value="glad")
    found = data(invoke("chronicle.db", "expect", "--format", "json"))
    assert [(one["id"], one["holds"]) for one in found["expectations"]] == [("hope", True)]
    text = invoke("chronicle.db", "expect", "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["expected_value"], row["value"], row["holds"]) == ("glad", "glad", "true")
    assert invoke("chronicle.db", "expect").stdout == ""
