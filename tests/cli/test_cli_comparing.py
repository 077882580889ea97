"""`chronicle diff` and `chronicle compare`: two views side by side."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.errata import FIRST, SECOND
from tests.cli.invoking import data, invoke


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the chronicle that was wrong in several ways."""
    folder = tmp_path_factory.mktemp("compared")
    place = folder / "errata.db"
    assert invoke(place, "init").exit_code == 0
    for name, text in (("first.yaml", FIRST), ("second.yaml", SECOND)):
        (folder / name).write_text(text)
        assert invoke(place, "append", str(folder / name)).exit_code == 0
    return place


@pytest.fixture
def ask(place: Path) -> Run:
    """Run a command on it."""
    return partial(invoke, place)


def changed(run: Run, *args: str) -> dict[str, Any]:
    """Return what differs, by subject and property."""
    found = data(run("diff", *args, "--format", "json"))["changes"]
    return {f"{one['subject']} {one['property']}": one for one in found}


DIFF = """\
subject  property            at 2022-01-06, known 2022-01-06     at 2022-01-13, known 2022-01-13
────────────────────────────────────────────────────────────────────────────────────────────────────
ada      hat                 blue, settled, attested             -
ada      status              in post, settled, presumed since    relieved, settled, presumed since
                             2022-01-05                          2022-01-12
ben      hat                 -                                   =1+1, settled, attested
chair    holder (of=agency)  ada, settled, presumed since        -, ended
                             2022-01-05
fire     place               -                                   agency, settled, attested
fire     when                -                                   2022-01-11, settled, attested
"""


def test_diff_shows_both_views_side_by_side(ask: Run) -> None:
    """The headings say in what the views differ, the cells what each holds."""
    result = ask("diff", "--as-of", "2022-01-06", "--to-as-of", "2022-01-13")
    assert result.stdout == DIFF
    assert result.stderr.startswith(
        "6 slots differ; at 2022-01-06, known 2022-01-06, by best-known"
    )
    assert "; at 2022-01-13, known 2022-01-13, by best-known" in result.stderr


def test_the_second_view_looks_as_the_first_but_for_what_is_named(ask: Run) -> None:
    """Dates of --as-of are inherited one by one; now is the same moment for both."""

    def views(*args: str) -> list[tuple[Any, Any]]:
        found = data(ask("diff", *args, "--format", "json"))
        clocks = ("at", "known", "recorded", "policy")
        one, other = ([found[side][name] for name in clocks] for side in ("before", "after"))
        return [(a, b) for a, b in zip(one, other, strict=True) if a != b]

    assert views("--as-of", "2022-01-06", "--to-known", "2022-01-13") == [
        ("2022-01-06", "2022-01-13")
    ]
    assert views("--as-of", "2022-01-06", "--to-at", "2022-01-13") == [("2022-01-06", "2022-01-13")]
    assert views("--to-policy", "latest-word") == [("best-known", "latest-word")]
    assert views("--to-recorded", "#1") == [(None, "#1")]
    assert views("--at", "2022-01-06", "--to-as-of", "2022-01-06") == [(None, "2022-01-06")]


def test_diff_follows_the_record_axis_both_ways(ask: Run) -> None:
    """What an earlier log held is on whichever side it is asked for."""
    first = len(FIRST.split("{id: ")) - 1
    forth = changed(ask, "--at", "2022-03-01", "--recorded", f"#{first}", "--to-recorded", "2100")
    back = changed(ask, "--at", "2022-03-01", "--to-recorded", f"#{first}")
    assert set(forth) == set(back) == {"agency toll", "ada hat", "ada-e hat"}
    for name, one in forth.items():
        assert (one["before"] or {}).get("value") == (back[name]["after"] or {}).get("value")


def test_diff_of_a_subject_and_of_grounds(ask: Run) -> None:
    """Also where it is the value; grounds alone only if asked for; qualifiers narrow it."""
    span = ("--at", "2022-01-13", "--known", "2022-01-06", "--to-known", "2022-01-13")
    assert set(changed(ask, "ada", *span)) == {"ada hat", "ada status", "chair holder"}
    assert changed(ask, "ada-e", *span).keys() == changed(ask, "ada", *span).keys()
    assert len(changed(ask, *span, "--all")) == len(changed(ask, *span))
    every = data(ask("diff", *span, "--all", "--format", "json"))["changes"]
    kinds = [one["kind"] for one in every if one["property"] == "hat" and one["subject"] == "ada"]
    assert sorted(kinds) == ["disappears", "support"]
    assert set(changed(ask, *span, "--where", "of=agency")) == {"chair holder"}


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("diff",), 2, "a diff of one view to what?"),
        (("diff", "--to-as-of", "2022", "--to-at", "2022"), 2, "--to-as-of means"),
        (("diff", "nobody", "--to-at", "2022"), 1, "no id 'nobody'"),
        (("diff", "--to-at", "soon"), 2, "--at: "),
        (("compare",), 2, "compare takes two policies"),
        (("compare", "--policy", "best-known"), 2, "against itself"),
        (("compare", *("--policy", "latest-word") * 3), 2, "compare takes two policies"),
        (("compare", "--policy", "newest-word"), 2, "did you mean latest-word"),
    ],
)
def test_what_makes_no_comparison_is_refused(
    ask: Run, args: tuple[str, ...], code: int, said: str
) -> None:
    """With words on what to do."""
    result = ask(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_diff_in_csv_is_flat(ask: Run) -> None:
    """Both sides in one row."""
    text = ask(
        "diff", "--as-of", "2022-01-06", "--to-as-of", "2022-01-13", "--format", "csv"
    ).stdout
    rows = {f"{row['subject']} {row['property']}": row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["ada status"]["before_value"], rows["ada status"]["after_value"]) == (
        "in post",
        "relieved",
    )
    assert rows["chair holder"]["after_standing"] == "ended"


COMPARED = """\
subject  property  best-known                                last-first
────────────────────────────────────────────────────────────────────────────────────────────────────
agency   toll      3, disputed; by credibility: 3 against 2  4, disputed; by assertion: 2022-01-05
                                                             against 2022-01-12
"""


@pytest.fixture
def doubted(place: Path, tmp_path: Path) -> Run:
    """Run a command on a copy in which the older toll is the more credible one."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(place.read_bytes())
    (tmp_path / "more.json").write_text(
        '{"claims": [{"id": "toll-four-again", "subject": "agency", "property": "toll",'
        '"value": "4", "source": "herald"}], "assessments": [{"id": "sure", "claim": "toll-three",'
        '"credibility": "2", "asserted": "2022-02-01", "source": "herald"}]}'
    )
    assert invoke(copy, "append", str(tmp_path / "more.json")).exit_code == 0
    return partial(invoke, copy)


def test_compare_lists_what_hangs_on_the_policy(doubted: Run) -> None:
    """Under each policy what it concludes, and by which criterion; recorded policies too."""
    result = doubted("compare", "--policy", "last-first")
    assert result.stdout == COMPARED
    assert result.stderr.startswith("1 slot hangs on the policy; now, by best-known")
    (one,) = data(doubted("compare", "--policy", "last-first", "--format", "json"))["splits"]
    assert one["decided"]["after"]["criterion"] == "assertion"
    (row,) = csv.DictReader(
        io.StringIO(doubted("compare", "--policy", "last-first", "--format", "csv").stdout)
    )
    assert (row["before_value"], row["before_criterion"]) == ("3", "credibility")
    assert (row["after_value"], row["after_criterion"]) == ("4", "assertion")
    assert doubted("compare", "ben", "--policy", "last-first").stdout == ""
    assert doubted("compare", "--policy", "last-first", "--as-of", "2022-01-06").stdout == ""


def test_a_policy_counts_from_the_log_that_has_it(doubted: Run) -> None:
    """The version in force at --recorded is used: before the record there was none."""
    result = doubted("compare", "--policy", "last-first", "--recorded", "#1")
    assert result.exit_code == 2
    assert "no policy 'last-first'" in result.stderr


def test_policies_part_the_bundled_chronicle(seeded: Path) -> None:
    """At least one slot hangs on the policy, and each side names a criterion."""
    args = ("compare", "--policy", "best-known", "--policy", "latest-word", "--format", "json")
    found = data(invoke(seeded, *args))["splits"]
    assert found
    for one in found:
        conclusions = [(one[side]["value"], one[side]["standing"]) for side in ("before", "after")]
        assert conclusions[0] != conclusions[1]
        assert all(one["decided"][side]["criterion"] for side in ("before", "after"))
