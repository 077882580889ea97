"""Merges on the command line: two ids are one wherever they are asked for, and it is said why."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import STORY, Run
from tests.cli.invoking import data

MORE = """\
entities:
  - {id: the-lady, type: person, name: A lady with a hat}
  - {id: village, type: place, name: Village}
  - {id: town, type: place, name: Town}
events:
  - {id: fire, title: A fire, when: 2020-01-04, place: village, source: gazette,
     participants: [{entity: the-lady, role: witness}]}
claims:
  - {id: lady-sad, subject: the-lady, property: mood, value: gloomy, valid: 2020-01-05/..,
     source: herald}
  - {id: toll-village, subject: ben, property: toll, value: "2", source: herald,
     qualifiers: {area: village}}
"""

MERGES = """\
merges:
  - {id: lady-is-ada, into: ada, from: [the-lady], reason: "the same hat"}
  - {id: town-was-village, into: town, from: [village], reason: "grown up"}
"""

WORDS = (
    "lady-is-ada makes a contradiction: ada mood, 2020-01-05 to 2020-01-07: "
    "gloomy (lady-sad) against glad (ada-glad)"
)


@pytest.fixture
def lady(run: Run) -> Run:
    """Run a command on the small chronicle, in which a lady turns up who is not yet Ada."""
    for name, text in (("story", STORY), ("more", MORE)):
        Path(f"{name}.yaml").write_text(text)
        assert run("append", f"{name}.yaml").exit_code == 0
    Path("merges.yaml").write_text(MERGES)
    return run


@pytest.fixture
def ada(lady: Run) -> Run:
    """Run a command on the same, after the merge."""
    assert lady("append", "merges.yaml").exit_code == 0
    return lady


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_append_says_which_merge_makes_a_contradiction(lady: Run, options: tuple[str, ...]) -> None:
    """On stderr, as soon as it is to be seen: before anything is written, in a dry run."""
    result = lady("append", "merges.yaml", *options)
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert WORDS in lines
    assert sum("contradiction" in line for line in lines) == 1
    assert "contradiction" not in lady("append", "merges.yaml").stderr or options


def test_show_says_what_is_disputed_only_since_the_merge(ada: Run) -> None:
    """With the merge and with the ids that it joins; by which id each is read; and the reason."""
    for name in ("ada", "the-lady", "lady-is-ada"):
        text = " ".join(ada("show", name).stdout.split())
        assert "disputed only since the merge slot when claims" in text
        assert "ada mood 2020-01-05 to 2020-01-07 gloomy (lady-sad) against glad (ada-glad)" in text
    text = " ".join(ada("show", "the-lady").stdout.split())
    assert "read as ada one with ada" in text
    assert "joins it merge lady-is-ada the-lady, ada the same hat" in text
    item = data(ada("show", "village", "--format", "json"))
    assert (item["read_as"], item["one_with"], item["contradictions"]) == ("town", ["town"], [])
    (row,) = csv.DictReader(io.StringIO(ada("show", "ada", "--format", "csv").stdout))
    assert (row["one_with"], row["contradictions"]) == ("the-lady", "ada mood")


def test_search_finds_both_and_says_that_they_are_one(ada: Run) -> None:
    """What was found under one name is read under the other."""
    assert ada("search", "lady").stdout.splitlines()[2].split()[:3] == ["entity", "the-lady", "ada"]
    (hit,) = data(ada("search", "village", "--format", "json"))["hits"][:1]
    assert (hit["id"], hit["read_as"]) == ("village", "town")


def test_trace_says_under_which_id_a_claim_was_made(ada: Run) -> None:
    """Both histories are one, under either id."""
    result = ada("trace", "the-lady", "mood")
    assert result.stdout == ada("trace", "ada", "mood").stdout
    (line,) = [line for line in result.stdout.splitlines() if "gloomy (of" in line]
    assert line.split()[0] == "2020-01-12"
    rows = csv.DictReader(io.StringIO(ada("trace", "ada", "--format", "csv").stdout))
    told = {row["record"]: (row["subject"], row["recorded_of"]) for row in rows}
    assert (told["lady-sad"], told["ada-sad"]) == (("ada", "the-lady"), ("ada", "ada"))


@pytest.mark.parametrize("place", ["town", "village"])
def test_a_qualifier_may_be_either_id(ada: Run, place: str) -> None:
    """Wherever slots are asked for by it; there is one slot, with a claim of each."""
    where = ("--where", f"area={place}")
    for args in (("state", "ben", "toll"), ("state", "ben"), ("why", "ben", "toll")):
        (ruling,) = data(ada(*args, *where, "--format", "json"))["rulings"]
        assert (ruling["qualifiers"], ruling["value"]) == ({"area": "town"}, "2")
        assert {ruling["claim"], *ruling["supporters"]} == {"toll-town", "toll-village"}
    steps = data(ada("trace", "ben", "toll", *where, "--format", "json"))["versions"]
    assert [step["qualifiers"] for step in steps] == [{"area": "town"}] * 2
    assert ada("stale", *where).exit_code == ada("gaps", *where).exit_code == 0
    assert ada("conflicts", *where).exit_code == 0


def test_timeline_follows_merges(ada: Run) -> None:
    """Who took part, and where, by the ids that stand for them; asked for by either."""
    for name in ("ada", "the-lady", "town", "village"):
        (event,) = data(ada("timeline", "--about", name, "--format", "json"))["events"]
        assert event["place"] == "town"
        assert event["participants"] == [{"entity": "ada", "role": "witness"}]


def test_state_names_the_conflict_record_that_disputes_a_ruling(ask_story: Run) -> None:
    """No rival is to be seen there; the other formats name it too."""
    lines = ask_story("state", "ada", "hat").stdout.splitlines()
    assert lines[3].split()[:6] == ["ada", "hat", "red", "disputed,", "conflict", "not-both"]
    rulings = data(ask_story("state", "ada", "hat", "--format", "json"))["rulings"]
    assert [(one["value"], one["in_conflict"]) for one in rulings] == [
        ("blue", []),
        ("red", ["not-both"]),
    ]
    text = ask_story("state", "ben", "toll", "--format", "csv").stdout
    assert [row["in_conflict"] for row in csv.DictReader(io.StringIO(text))] == ["not-both", ""]


def test_conflicts_tell_values_by_the_ids_that_stand_for_them(ada: Run) -> None:
    """As the other side of a conflict record, too."""
    more = """
properties: [{id: friend, label: friend, datatype: entity, temporal: fixed}]
claims: [{id: friend-lady, subject: ben, property: friend, value: the-lady, source: gazette}]
conflicts: [{id: odd, claims: [friend-lady, hat-blue]}]
"""
    Path("odd.yaml").write_text(more)
    assert ada("append", "odd.yaml").exit_code == 0
    rulings = data(ada("conflicts", "--format", "json"))["rulings"]
    sides = [side for one in rulings for side in one["sides"] if side["claim"] == "friend-lady"]
    assert [(side["side"], side["value"]) for side in sides] == [
        ("conflict", "ada"),
        ("winner", "ada"),
    ]
