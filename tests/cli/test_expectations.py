"""Expectations: what careful readers concluded, held against the rulings."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.cli.differences import broken
from chronicle.expected import Broken, Cause, Checked
from tests.cli.conftest import STORY, Run
from tests.cli.invoking import data, invoke
from tests.stores import content


@pytest.fixture
def expecting(run: Run) -> Any:
    """Append the small chronicle and one expectation, and return how it is met."""
    Path("story.yaml").write_text(STORY)
    assert run("append", "story.yaml").exit_code == 0

    def check(**fields: Any) -> Checked:
        record = {"kind": "expectation", "id": "hope", "subject": "ada", "property": "mood"}
        with Chronicle.open("chronicle.db") as chronicle:
            chronicle.append([{**record, **fields}])
            (checked,) = chronicle.expect()
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
        met = {one.id: one.holds for one in chronicle.expect(chronicle.view(at="2020-01-08"))}
        assert met == {"hope": True, "own": True}
        met = {one.id: one.holds for one in chronicle.expect(chronicle.view(at="2020-01-07"))}
        assert met == {"hope": False, "own": True}
    assert invoke("chronicle.db", "expect", "--at", "2020-01-08").exit_code == 0
    assert invoke("chronicle.db", "expect", "--as-of", "2020-01-07").exit_code == 1


def test_expectations_after_the_recorded_cut_are_not_checked(expecting: Any) -> None:
    """The log is looked at as it stood, its expectations too."""
    expecting(value="sad")
    with Chronicle.open("chronicle.db") as chronicle:
        assert chronicle.expect(chronicle.view(recorded="#26")) == []


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


HOPE = """\
expectations:
  - {id: hope, subject: ada, property: mood, at: 2020-01-08, known: 2020-01-20, value: sad,
     standing: disputed, note: "both papers as I read them"}
  - {id: town-toll, subject: ben, property: toll, qualifiers: {area: town}, value: "2"}
"""

BREAKING = """\
claims:
  - {id: ada-calm, subject: ada, property: mood, value: calm, valid: 2020-01-08, source: gazette,
     credibility: 1}
retractions:
  - {id: town-withdrawn, retracts: toll-town, mode: withdrawn, source: herald}
"""

DIFFERENCE = """\
hope: ada mood
looked      at 2020-01-08, known 2020-01-20
- expected  sad, disputed
+ found     calm, disputed, by ada-calm
note        both papers as I read them
because of  ada-calm, the winner now: calm

town-toll: ben toll (area=town)
looked      at now
- expected  2, any standing
+ found     nothing, unknown
because of  town-withdrawn, a retraction of toll-town

mend the records; """


@pytest.fixture
def hoping(run: Run) -> Run:
    """Run commands on the small chronicle with two expectations; a file there would break them."""
    for name, text in (("story", STORY), ("hope", HOPE), ("breaking", BREAKING)):
        Path(f"{name}.yaml").write_text(text)
    assert run("append", "story.yaml").exit_code == 0
    result = run("append", "hope.yaml", "--expect")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("\n2 expectations, all met\n")
    return run


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_append_that_breaks_expectations_is_refused_with_the_difference(
    hoping: Run, *, more: tuple[str, ...]
) -> None:
    """As `expect` shows it, with the records that did it and what to do; the log is as it was."""
    before = content("chronicle.db")
    result = hoping("append", "breaking.yaml", "--expect", *more)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(DIFFERENCE)
    last = "error: 2 expectations fail with these records; nothing was appended\n"
    assert result.stderr.endswith(f" chronicle expect goes on showing it\n{last}")
    assert content("chronicle.db") == before
    assert hoping("expect").exit_code == 0


def test_append_without_the_option_lets_expectations_be_overtaken(hoping: Run) -> None:
    """From then on `expect` shows them, and they stop no other append."""
    assert hoping("append", "breaking.yaml").exit_code == 0
    shown = hoping("expect")
    assert shown.exit_code == 1
    assert "+ found     calm, disputed, by ada-calm\n" in shown.stdout
    assert "because of" not in shown.stdout
    Path("more.yaml").write_text("entities: [{id: eve, type: person, name: Eve}]\n")
    dry = hoping("append", "more.yaml", "--expect", "--dry-run")
    assert (dry.exit_code, dry.stdout.count("\n")) == (0, 1)
    assert dry.stderr.endswith("\n2 expectations, 2 not met, as before: hope, town-toll\n")
    done = hoping("append", "more.yaml", "--expect")
    assert done.exit_code == 0
    assert done.stderr.startswith("added 1 record, ")


def test_expectations_of_the_append_itself_are_marked(hoping: Run) -> None:
    """One that never held is told as such."""
    Path("own.yaml").write_text(
        "expectations: [{id: own, subject: ada, property: mood, at: 2020-01-07, value: sad}]\n"
    )
    result = hoping("append", "own.yaml", "--expect")
    assert result.exit_code == 1
    assert result.stderr.startswith("own, among these records: ada mood\n")
    assert "because of" not in result.stderr
    assert "error: 1 expectation fails with these records" in result.stderr


def test_many_causes_are_cut() -> None:
    """A dozen is shown, and how many more there are."""
    checked = Checked(
        "hope",
        "ada",
        "mood",
        {},
        None,
        None,
        None,
        None,
        "sad",
        False,
        "settled",
        "c0",
        None,
        False,
    )
    causes = tuple(Cause(f"c{number}", "rival", "sad") for number in range(15))
    rows = list(broken(Broken(checked, False, causes)).rows)
    assert [row[1] for row in rows[-2:]] == ["c11, a rival now: sad", "and 3 more"]
    assert [row[0] for row in rows[3:6]] == ["because of", "", ""]
