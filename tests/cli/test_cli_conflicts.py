"""`chronicle conflicts`: what is disputed, with all its sides."""

from __future__ import annotations

import csv
import io

from tests.cli.conftest import Run
from tests.cli.invoking import data


def test_conflicts_are_the_disputed_rulings_of_the_view(ask: Run) -> None:
    """Exactly the slots that `state` calls disputed, with winner and rivals."""
    view = ("--as-of", "2022-05-31", "--format", "json")
    every = data(ask("state", *view))["rulings"]
    disputed = data(ask("conflicts", *view))["rulings"]
    wanted = [one["claim"] for one in every if one["standing"] == "disputed"]
    assert [one["claim"] for one in disputed] == wanted
    assert len(wanted) > 3
    assert all(one["rivals"] for one in disputed)


def test_both_sides_are_shown(ask: Run) -> None:
    """The dismissal of Massimov on the 5th, and on the 6th, each with its source."""
    text = ask("conflicts", "--as-of", "2022-05-31").stdout
    section = text[text.index("massimov-dismissal when") :].split("\n\n")[0]
    assert "winner  2022-01-05" in section
    assert "rival   2022-01-06" in section
    assert "cornell-2022" in section
    assert "icds-2022" in section


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
