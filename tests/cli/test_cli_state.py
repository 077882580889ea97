"""`chronicle state`: what is best known at a date, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.invoking import data, spawn

STATUS = ("state", "samat-abish", "status")

RULING = {
    "subject",
    "property",
    "qualifiers",
    "value",
    "standing",
    "basis",
    "claim",
    "source",
    "speaker",
    "asserted",
    "valid",
    "last_affirmed",
    "decided_by",
    "supporters",
    "rivals",
}


@pytest.mark.parametrize(
    ("options", "value", "basis"),
    [
        (("--as-of", "2022-01-12"), "on-leave", "possible"),
        (("--as-of", "2022-01-17"), "relieved", "attested"),
        (("--at", "2022-01-12", "--known", "2022-05-31"), "on-leave", "possible"),
        (("--as-of", "2022-01-18"), "relieved", "presumed"),
    ],
)
def test_each_date_gets_the_answer_it_deserves(
    ask: Run, options: tuple[str, ...], value: str, basis: str
) -> None:
    """On leave on the 12th, then and in hindsight; relieved from the 17th on."""
    (ruling,) = data(ask(*STATUS, *options, "--format", "json"))["rulings"]
    assert (ruling["value"], ruling["basis"], ruling["standing"]) == (value, basis, "settled")


def test_answer_is_the_same_from_a_process_of_its_own(seeded: Path) -> None:
    """The module runs as a command, prints data on stdout and words on stderr."""
    done = spawn(seeded, *STATUS, "--as-of", "2022-01-12", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["rulings"][0]["value"] == "on-leave"
    assert done.stderr.startswith("1 ruling; at 2022-01-12, known 2022-01-12, by best-known, ")


def test_json_holds_the_view_and_its_rulings(ask: Run) -> None:
    """The document names the point of view, down to the root of the log, and whole rulings."""
    document = data(ask(*STATUS, "--as-of", "2022-01-12", "--format", "json"))
    head = document["view"].pop("head")
    root = document["view"].pop("root")
    assert document["view"] == {
        "at": "2022-01-12",
        "known": "2022-01-12",
        "recorded": None,
        "policy": "best-known",
    }
    assert head > 200
    assert len(bytes.fromhex(root)) == 32
    (ruling,) = document["rulings"]
    assert ruling.keys() >= RULING
    assert {rival["claim"] for rival in ruling["rivals"]} >= {
        "abish-replaced-icds",
        "abish-detained-cornell",
    }


def test_formats_agree(ask: Run) -> None:
    """JSON Lines has one ruling a line, CSV one a row: the same rulings as JSON."""
    whole = data(ask("state", "samat-abish", "--as-of", "2022-01-12", "--format", "json"))
    lines = ask("state", "samat-abish", "--as-of", "2022-01-12", "--format", "jsonl").stdout
    assert [json.loads(line) for line in lines.splitlines()] == whole["rulings"]
    text = ask("state", "samat-abish", "--as-of", "2022-01-12", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["value"] for row in rows] == [one["value"] for one in whole["rulings"]]
    assert [row["rivals"].split() for row in rows] == [
        [rival["claim"] for rival in one["rivals"]] for one in whole["rulings"]
    ]


def test_without_property_only_what_is_believed_is_listed(ask: Run) -> None:
    """Of a subject, and of everything, a slot in which nothing is believed is left out."""
    for subject in (["samat-abish"], []):
        found = data(ask("state", *subject, "--as-of", "2022-01-05", "--format", "json"))
        assert all(one["claim"] for one in found["rulings"])
        slots = {(one["subject"], one["property"]) for one in found["rulings"]}
        assert ("samat-abish", "status") not in slots
        assert found["rulings"] or subject


def test_with_property_nothing_believed_is_one_ruling_of_null(ask: Run) -> None:
    """Before anything was said the answer is that nothing is known."""
    (ruling,) = data(ask(*STATUS, "--as-of", "2021-01-01", "--format", "json"))["rulings"]
    assert (ruling["value"], ruling["claim"], ruling["standing"]) == (None, None, "unknown")
    assert " -  " in ask(*STATUS, "--as-of", "2021-01-01").stdout


def test_subject_is_found_as_value_too(ask: Run) -> None:
    """The state of a person lists the offices that he holds."""
    result = ask("state", "samat-abish", "--as-of", "2022-01-12", "--format", "json")
    slots = {(one["subject"], one["property"]): one["value"] for one in data(result)["rulings"]}
    assert slots["nsc-first-deputy-chair", "holder"] == "samat-abish"
    assert slots["samat-abish", "status"] == "on-leave"


def test_where_keeps_the_slots_with_those_qualifiers(ask: Run) -> None:
    """Every condition has to hold; with and without a property."""
    where = ("--where", "category=police", "--where", "area=almaty", "--format", "json")
    for topic in (["january-unrest", "deaths"], ["january-unrest"], []):
        found = data(ask("state", *topic, *where))["rulings"]
        assert found
        for one in found:
            assert one["qualifiers"]["category"] == "police"
            assert one["qualifiers"]["area"] == "almaty"


def test_recorded_cuts_the_log(ask: Run) -> None:
    """As the log stood before the first entry, it did not know the subject."""
    result = ask("state", "samat-abish", "--recorded", "#0")
    assert result.exit_code == 1
    assert "no id 'samat-abish'" in result.stderr


def test_policy_is_taken(ask: Run) -> None:
    """The view names the policy by which it was ruled."""
    result = ask(*STATUS, "--policy", "first-report", "--format", "json")
    assert data(result)["view"]["policy"] == "first-report"


def test_table_holds_the_answer_and_no_colours(ask: Run) -> None:
    """In a pipe the table is plain text of at most 100 columns, never cut."""
    result = ask("state", "--as-of", "2022-05-31")
    lines = result.stdout.splitlines()
    assert "\x1b" not in result.stdout
    assert "…" not in result.stdout
    assert max(map(len, lines)) == 100
    assert not any(line != line.rstrip() for line in lines)
    assert lines[0].split() == ["subject", "property", "value", "standing", "basis", "said", "by,", "in"]  # fmt: skip  # noqa: E501
    assert "disputed: see chronicle conflicts" in result.stderr


def test_presumed_state_says_since_when(ask: Run) -> None:
    """What is carried forward tells the last day for which it was affirmed."""
    words = ask(*STATUS, "--as-of", "2022-01-18").stdout.split()
    assert {"presumed", "since", "2022-01-17"} <= set(words)
