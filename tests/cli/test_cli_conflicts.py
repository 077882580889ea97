"""`chronicle conflicts`: what is disputed, with all its sides."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.cli.conftest import STORY, Run
from tests.cli.invoking import data


def test_conflicts_are_the_disputed_rulings_of_the_view(ask: Run) -> None:
    """Exactly the slots that `state` calls disputed, with winner and rivals."""
    view = ("--as-of", "2022-05-31", "--format", "json")
    every = data(ask("state", *view))["rulings"]
    disputed = data(ask("conflicts", *view))["rulings"]
    wanted = [one["claim"] for one in every if one["standing"] == "disputed"]
    assert [one["claim"] for one in disputed] == wanted
    assert len(wanted) > 3
    assert all(one["rivals"] or one["conflicts"] for one in disputed)


def test_both_sides_are_shown(ask: Run) -> None:
    """The dismissal of Massimov on the 5th, and on the 6th, each with its source."""
    text = ask("conflicts", "--as-of", "2022-05-31").stdout
    section = text[text.index("massimov-dismissal when") :].split("\n\n")[0]
    assert section.startswith("massimov-dismissal when: disputed, attested\n")
    sides = [line.split()[:3] for line in section.splitlines()]
    assert ["winner", "2022-01-05", "massimov-dismissal-when-cornell,"] in sides
    assert ["rival", "2022-01-06", "massimov-dismissal-when-icds,"] in sides
    assert "cornell-2022" in section
    assert "icds-2022" in section


TABLE = """\
ada hat: disputed, attested
side      value       claim, said by, in               why
──────────────────────────────────────────────────────────────────────────
winner    red         hat-red, 2020-01-10, gazette
conflict  ben toll 3  toll-three, 2020-01-10, gazette  not-both: either or

ada mood: disputed, presumed
side       value  valid          claim, said by, in                   why
────────────────────────────────────────────────────────────────────────────────────────────────────
winner     glad   2020-01-05/..  ada-glad, 2020-01-10, ben, gazette
supporter  glad   2020-01-07     ada-glad-herald, 2020-01-12, herald
supporter  glad   2020-01-06     ada-glad-too, 2020-01-10, ben,
                                 gazette
rival      calm   2020-01-03     ada-right, 2020-01-12, herald        last affirmed 2020-01-03, the
                                                                      winner 2020-01-10
rival      angry  2020-01-08     ada-rumour, 2020-01-12, via ben,     weak, the winner firm
                                 herald
rival      sad    2020-01-08     ada-sad, 2020-01-12, herald          last affirmed 2020-01-08, the
                                                                      winner 2020-01-10

ben toll: disputed, attested
side      value        claim, said by, in               why
───────────────────────────────────────────────────────────────────────────
winner    3            toll-three, 2020-01-10, gazette
conflict  ada hat red  hat-red, 2020-01-10, gazette     not-both: either or
"""


def test_every_side_is_told_with_its_claim(ask_story: Run) -> None:
    """Value, valid time, claim, speaker and source; why it lost, or the note of the conflict."""
    result = ask_story("conflicts", "--at", "2020-02-01")
    assert result.stdout == TABLE
    assert result.stderr == "3 slots disputed; at 2020-02-01, by best-known, 26 entries\n"


def test_data_hold_every_side(ask_story: Run) -> None:
    """A claim that a conflict record names says what it is about; denials and `none` are marked."""
    found = data(ask_story("conflicts", "--at", "2020-02-01", "--format", "json"))["rulings"]
    hat, mood, _ = found
    (winner, other) = hat["sides"]
    assert (winner["side"], winner["claim"], winner["reason"]) == ("winner", "hat-red", None)
    assert (other["side"], other["subject"], other["property"], other["value"]) == (
        "conflict", "ben", "toll", "3",
    )  # fmt: skip
    assert hat["conflicts"] == [
        {"id": "not-both", "claims": ["hat-red", "toll-three"], "note": "either or",
         "in_force": True}
    ]  # fmt: skip
    assert [one["claim"] for one in mood["sides"] if one["side"] == "rival"] == [
        one["claim"] for one in mood["rivals"]
    ]
    assert [one["claim"] for one in mood["sides"] if one["side"] == "supporter"] == (
        mood["supporters"]
    )


def test_a_denial_and_a_claim_of_none_are_sides(run: Run) -> None:
    """They are told in words, not as values."""
    Path("vacant.yaml").write_text(
        "sources: [{id: gazette, title: Gazette, published: 2020-01-10}]\n"
        "entities: [{id: office, type: office, name: Office}]\n"
        "properties: [{id: holder, label: holder}]\n"
        "claims:\n"
        "  - {id: empty, subject: office, property: holder, none: true, valid: 2020-01-01,"
        " source: gazette}\n"
        "  - {id: full, subject: office, property: holder, value: ada, valid: 2020-01-01,"
        " source: gazette}\n"
        "  - {id: not-ada, subject: office, property: holder, value: ada, denies: true,"
        " valid: 2020-01-01, source: gazette, credibility: 4}\n"
    )
    assert run("append", "vacant.yaml").exit_code == 0
    text = run("conflicts", "--at", "2020-01-01", "--format", "csv").stdout
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(text))}
    assert {name: (row["side"], row["value"]) for name, row in rows.items()} == {
        "full": ("winner", "ada"), "empty": ("rival", "none"), "not-ada": ("rival", "not ada"),
    }  # fmt: skip


def test_a_retracted_conflict_disputes_nothing(run: Run) -> None:
    """Neither do its slots stand in the list, nor is it named elsewhere."""
    Path("story.yaml").write_text(
        STORY
        + "---\nretractions: [{id: both, retracts: not-both, mode: erratum, source: herald}]\n"
    )
    assert run("append", "story.yaml").exit_code == 0
    found = data(run("conflicts", "--at", "2020-02-01", "--format", "json"))["rulings"]
    assert [(one["subject"], one["property"]) for one in found] == [("ada", "mood")]


def test_csv_has_a_row_for_each_side(ask_story: Run) -> None:
    """A side names its claim, source and reason; so does a claim of a conflict record."""
    text = ask_story("conflicts", "--format", "csv").stdout
    rows = {(row["property"], row["claim"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["mood", "ada-glad"]["side"] == "winner"
    assert rows["mood", "ada-rumour"]["side"] == "rival"
    assert rows["mood", "ada-rumour"]["reason"] == "weak, the winner firm"
    assert rows["hat", "toll-three"]["side"] == "conflict"
    assert rows["hat", "toll-three"]["reason"] == "not-both: either or"


def test_conflicts_take_qualifiers(ask_story: Run) -> None:
    """No slot of the town is disputed."""
    result = ask_story("conflicts", "--where", "area=town")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("0 slots disputed")
