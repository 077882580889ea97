"""`chronicle impact`: what would be concluded otherwise without an id."""

from __future__ import annotations

import csv
import io

import pytest

from chronicle.calendar import BEGINNING, FOREVER
from chronicle.cli.dated import along
from chronicle.dates import parse
from tests.cli.conftest import Run
from tests.cli.invoking import data


def test_leave_of_abish_has_no_other_support(ask: Run) -> None:
    """Only the analysis of ICDS reports what his agency said."""
    found = data(ask("impact", "--without", "icds-2022", "--format", "json"))
    leave = [one for one in found["effects"] if one["before"]["value"] == "on-leave"]
    assert leave
    assert {(one["subject"], one["property"]) for one in leave} == {("samat-abish", "status")}
    assert {tuple(one["other_support"]) for one in leave} == {()}
    assert {one["effect"] for one in leave} <= {"flips", "lost"}
    assert any(one["from"] <= "2022-01-12" <= one["to"] for one in leave)
    text = ask("impact", "samat-abish", "--without", "icds-2022").stdout
    (line, *_) = [line for line in text.splitlines() if "on-leave" in line]
    assert line.split()[-1] == "none"


def test_the_same_holds_of_the_agency_at_that_date(ask: Run) -> None:
    """What it said falls however it came; on the day itself the report of a detention is left."""
    text = ask("impact", "samat-abish", "--without", "nsc-press-service", "--as-of", "2022-01-12")
    assert "samat-abish  status    on-leave, settled  detained, unconfirmed  none" in text.stdout


TABLE = """\
another value is believed instead
subject  property  held            without       other support
────────────────────────────────────────────────────────────────
ada      mood      glad, disputed  sad, settled  ada-glad-herald

nothing is believed any more
subject  property          held           without  other support
────────────────────────────────────────────────────────────────
ada      hat               blue, settled  -        none
ada      hat               red, disputed  -        none
ben      toll              3, disputed    -        none
ben      toll (area=town)  2, settled     -        none
"""


def test_effects_are_grouped_by_what_becomes_of_conclusions(ask_story: Run) -> None:
    """What flips stands first; what was held and is held, and what is left for it."""
    result = ask_story("impact", "--without", "gazette", "--at", "2020-02-01")
    assert result.stdout == TABLE
    assert result.stderr == (
        "without gazette (1 source, 8 claims, 1 retraction, 1 conflict): slots 1 flipped, 4 lost, "
        "4 with no other support, 0 as they were; at 2020-02-01, by best-known, 26 entries\n"
    )


def test_every_date_is_compared_without_one(ask_story: Run) -> None:
    """Each stretch is told in words; what holds at every date has none."""
    result = ask_story("impact", "--without", "gazette")
    lines = (line for line in result.stdout.splitlines() if line.startswith("ada      mood"))
    mood = [line.split("  ") for line in lines]
    assert [[cell.strip() for cell in line if cell][2:] for line in mood] == [
        ["2020-01-05 to 2020-01-06", "glad, settled", "calm, settled", "none"],
        ["from 2020-01-09 on", "glad, disputed", "sad, settled", "ada-glad-herald"],
        ["2020-01-08", "sad, disputed", "sad, settled"],
    ]
    assert "ada      hat               red, disputed  -        none" in result.stdout
    assert "; at every date, by best-known" in result.stderr


def test_what_stands_on_other_grounds_is_listed_on_request(ask_story: Run) -> None:
    """By default it is only counted."""
    plain = ask_story("impact", "--without", "ada-glad-too")
    assert plain.stdout == ""
    assert "slots 1 as they were" in plain.stderr
    text = ask_story("impact", "--without", "ada-glad-too", "--all").stdout
    assert text.startswith("the same is concluded, on other grounds\n")


def test_data_hold_what_falls_and_how_many_slots_fare_how(ask_story: Run) -> None:
    """With the view that is compared, and the effects one by one."""
    found = data(ask_story("impact", "--without", "ben", "--format", "json"))
    assert found["without"] == ["ben"]
    assert found["falls"] == {"claim": ["ada-glad", "ada-glad-too", "ada-rumour"]}
    assert found["counts"]["flips"] == len(
        {one["subject"] for one in found["effects"] if one["effect"] == "flips"}
    )
    assert "without" not in found["view"]
    lines = ask_story("impact", "--without", "ben", "--format", "jsonl").stdout.splitlines()
    assert len(lines) == len(found["effects"])


def test_csv_has_a_row_for_each_effect(ask_story: Run) -> None:
    """Both sides, the stretch, and the claims that are left."""
    text = ask_story(
        "impact", "--without", "gazette", "--at", "2020-02-01", "--format", "csv"
    ).stdout
    rows = {row["property"]: row for row in csv.DictReader(io.StringIO(text))}
    mood = rows["mood"]
    assert (mood["effect"], mood["before_value"], mood["after_value"]) == ("flips", "glad", "sad")
    assert (mood["from"], mood["to"], mood["other_support"]) == ("", "", "ada-glad-herald")


def test_several_ids_are_left_out_together(ask_story: Run) -> None:
    """`--without` may be given several times."""
    result = ask_story("impact", "--without", "gazette", "--without", "herald")
    assert result.stderr.startswith("without gazette, herald (2 sources, 16 claims, ")
    assert "another value" not in result.stdout


def test_qualifiers_narrow_the_slots(ask_story: Run) -> None:
    """Only the toll of the town."""
    found = data(
        ask_story("impact", "--without", "gazette", "--where", "area=town", "--format", "json")
    )
    assert [one["before"]["claim"] for one in found["effects"]] == ["toll-town"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["impact"], 2, "Missing option '--without'"),
        (["impact", "--without", "gazete"], 1, "did you mean gazette?"),
        (["impact", "--without", "mood"], 2, "'mood' is a property, which says nothing"),
        (["impact", "aada", "--without", "gazette"], 1, "did you mean ada?"),
        (["impact", "--without", "gazette", "--where", "aria=town"], 2, "did you mean area?"),
    ],
)
def test_wrong_ids_are_refused_in_words(
    ask_story: Run, arguments: list[str], code: int, words: str
) -> None:
    """With near matches, and nothing on standard output."""
    result = ask_story(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in " ".join(result.stderr.split())


def test_what_says_nothing_has_no_impact(ask_story: Run) -> None:
    """It is said so, and is no fault."""
    result = ask_story("impact", "--without", "ada", "--at", "2020-02-01")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "without ada (which nothing came through): slots 0 as they were; "
        "at 2020-02-01, by best-known, 26 entries\n"
    )


def bounds(start: str, end: str) -> tuple[int, int]:
    """Return the first and the last second of a stretch; `..` is open."""
    return (
        BEGINNING if start == ".." else parse(start).first,
        FOREVER if end == ".." else parse(end).last,
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("..", "..", ""),
        ("2022-01-06", "..", "from 2022-01-06 on"),
        ("2022-01-06T10:30", "..", "from 2022-01-06 10:30:00 on"),
        ("2022-01-06T23:59:59", "..", "from the end of 2022-01-06 on"),
        ("..", "2022-01-06", "until 2022-01-06"),
        ("2022-01-06", "2022-01-06", "2022-01-06"),
        ("2022-01-06", "2022-01-06T23:59:58", "during 2022-01-06"),
        ("2022-01-06T23:59:59", "2022-01-06", "the end of 2022-01-06"),
        ("2022-01-06T08:51", "2022-01-06T10:30", "2022-01-06 08:51:00-10:30:59"),
        ("2022-01-06", "2022-01-17", "2022-01-06 to 2022-01-17"),
        ("2022-01-06", "2022-01-17T23:59:58", "2022-01-06 to 2022-01-17"),
        ("2022-01-06T23:59:59", "2022-01-17", "the end of 2022-01-06 to 2022-01-17"),
        ("2022-01-06T08:51", "2022-01-17T10:30", "2022-01-06 08:51:00 to 2022-01-17 10:30:59"),
        ("-0044-03-15", "0079", "-0044-03-15 to 0079-12-31"),
    ],
)
def test_stretches_are_told_in_words(start: str, end: str, words: str) -> None:
    """As days where they are whole; to the second where they are not."""
    assert along(*bounds(start, end)) == words
