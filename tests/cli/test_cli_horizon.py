"""`chronicle stale` and `chronicle gaps`: what is only presumed, and where nothing is known."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from chronicle import Chronicle
from chronicle.calendar import parse_duration
from chronicle.cli.dated import lasting
from tests.cli.conftest import STORY, Run
from tests.cli.invoking import data

HATS = """\
properties:
  - {id: post, label: post, qualifiers: [of]}
claims:
  - {id: post-clerk, subject: ada, property: post, value: clerk, valid: 2020-01-02/2020-01-10,
     source: herald}
  - {id: post-chief, subject: ada, property: post, value: chief, valid: 2020-02-01/..,
     asserted: 2020-02-03, source: herald}
  - {id: post-of-town, subject: ada, property: post, value: guard, valid: 2020-01-02/2020-01-10,
     source: herald, qualifiers: {of: town}}
  - {id: post-none, subject: ben, property: post, none: true, valid: 2020-01-02/2020-01-10,
     source: herald}
"""
"""What is added to the small chronicle: posts that were left."""


@pytest.fixture
def posts(run: Run) -> Run:
    """Run a command on the small chronicle, with posts."""
    for name, text in (("story", STORY), ("hats", HATS)):
        Path(f"{name}.yaml").write_text(text)
        assert run("append", f"{name}.yaml").exit_code == 0
    return run


def test_stale_lists_what_is_presumed_longest_first(posts: Run) -> None:
    """In a table: for how long, since when, what, and where it is said."""
    result = posts("stale", "--at", "2020-03-05")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0][:4] == ["presumed", "for", "since", "subject"]
    assert [line[:4] for line in lines[2:]] == [
        ["1m24d", "2020-01-10", "ada", "mood"],
        ["1m2d", "2020-02-03", "ada", "post"],
    ]
    assert result.stderr == "2 rulings presumed; at 2020-03-05, by best-known, 31 entries\n"


def test_stale_keeps_what_was_affirmed_longer_ago(posts: Run) -> None:
    """The words say how long; nothing that old is an answer too."""
    month = posts("stale", "--at", "2020-03-05", "--older-than", "P40D", "--format", "json")
    assert [one["claim"] for one in data(month)["rulings"]] == ["ada-glad"]
    assert month.stderr.startswith("1 ruling presumed for longer than P40D; ")
    none = posts("stale", "--at", "2020-03-05", "--older-than", "P1Y")
    assert (none.exit_code, none.stdout) == (0, "")
    wrong = posts("stale", "--older-than", "a year")
    assert wrong.exit_code == 2
    assert "error: --older-than: 'a year': no duration, expected ISO 8601" in wrong.stderr


def test_stale_is_asked_of_a_subject_or_property(posts: Run) -> None:
    """And of slots with a qualifier; JSON holds rulings as `state` does, with their age."""
    asked = ("--at", "2020-03-05", "--format", "json")
    (one,) = data(posts("stale", "ada", "post", *asked))["rulings"]
    assert (one["claim"], one["presumed_for"], one["days"]) == ("post-chief", "P1M2D", 31)
    (same,) = data(posts("state", "ada", "post", *asked))["rulings"][:1]
    assert {**same, "presumed_for": "P1M2D", "days": 31} == one
    assert data(posts("stale", "--where", "of=town", *asked))["rulings"] == []
    rows = list(csv.DictReader(io.StringIO(posts("stale", *asked[:2], "--format", "csv").stdout)))
    assert [(row["days"], row["claim"]) for row in rows] == [
        ("55", "ada-glad"),
        ("31", "post-chief"),
    ]


def test_gaps_lists_when_there_is_no_answer(posts: Run) -> None:
    """Between two answers, and after the last one; each with what stands beside it."""
    result = posts("gaps", "ada", "--at", "2020-03-05")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["subject", "property", "from", "to", "for", "standing", "before", "after"]
    assert lines[2:] == [
        ["ada", "post", "2020-01-11", "2020-01-31", "21d", "ended", "clerk", "chief"],
        ["ada", "post", "(of=town)", "2020-01-11", "still", "1m24d", "ended", "guard"],
    ]
    assert result.stderr == "2 gaps; at 2020-03-05, by best-known, 31 entries\n"


def test_gaps_are_data_too(posts: Run) -> None:
    """With the claims that the answers before and after rest on."""
    asked = ("--at", "2020-03-05", "--format")
    every = data(posts("gaps", *asked, "json"))
    assert every["view"]["at"] == "2020-03-05"
    assert len(every["gaps"]) == 3
    assert every["gaps"][0] == {
        "subject": "ada",
        "property": "post",
        "qualifiers": {},
        "slot_value": None,
        "from": "2020-01-11",
        "to": "2020-01-31",
        "lasts": False,
        "gap": "P21D",
        "days": 21,
        "standing": "ended",
        "before": "clerk",
        "before_claim": "post-clerk",
        "after": "chief",
        "after_claim": "post-chief",
    }
    text = posts("gaps", "ada", "post", "--where", "of=town", *asked, "csv").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["qualifiers"], row["lasts"], row["after"]) == ("of=town", "true", "")


def test_gap_after_none_says_so(posts: Run) -> None:
    """That there was no post is an answer as well."""
    assert "none" in posts("gaps", "ben", "--at", "2020-03-05").stdout.split()


def test_gaps_of_the_unknown_are_refused(posts: Run) -> None:
    """With near matches; a qualifier that the property lacks is a wrong use."""
    assert "did you mean ada" in posts("gaps", "adda").stderr
    assert posts("gaps", "ada", "post", "--where", "at=town").exit_code == 2


def test_gaps_of_the_bundled_chronicle_are_silent(seeded: Path) -> None:
    """On the first and last day of each gap nothing is believed in its slot."""
    with Chronicle.open(seeded, create=False) as chronicle:
        view = chronicle.view(at="2022-05-31")
        every = chronicle.gaps(view=view)
        assert len(every) > 10
        for gap in every:
            for day in (gap.as_dict()["from"], gap.as_dict()["to"]):
                ruling = view.looking(at=day).ruling(
                    gap.subject, gap.property, gap.qualifiers, gap.slot_value
                )
                assert (ruling.claim, ruling.standing) == (None, gap.standing), gap


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("P0D", "0d"),
        ("P13D", "13d"),
        ("P1M", "1m"),
        ("P4M14D", "4m14d"),
        ("P12M", "1y"),
        ("P31Y4M30D", "31y4m"),
        ("P2Y20D", "2y20d"),
        ("PT12H", "0d"),
    ],
)
def test_lengths_are_told_in_two_units(length: str, words: str) -> None:
    """Shortly, so that a table stays narrow."""
    assert lasting(parse_duration(length)) == words
