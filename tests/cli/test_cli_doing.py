"""`add`, `revise`, `retract`, `assess`: one record in one line."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from chronicle.claims import Revision
from chronicle.cli import doing
from chronicle.entries import FIELDS
from chronicle.fields import Modality
from chronicle.judgements import Assessment, Retraction
from tests.cli.conftest import Run
from tests.cli.invoking import invoke

WOULD = "what this would change in the best-known view"


@pytest.fixture
def tell(told: Path, folder: Path) -> Run:
    """Run a command on a copy of the small chronicle."""
    return partial(invoke, shutil.copy(told, folder / "told.db"))


def entries(run: Run) -> list[dict[str, Any]]:
    """Return the entries of the log."""
    return [json.loads(line) for line in run("log", "--format", "jsonl").stdout.splitlines()]


RETRACT = ("retract", "ada-sad", "--mode", "erratum", "--reason", "misread")


def test_retract_appends_a_retraction(tell: Run) -> None:
    """Its effect goes to stderr, the record to stdout, and both records stay in the log."""
    result = tell(*RETRACT, "--by", "ben")
    record = json.loads(result.stdout)
    lines = result.stderr.splitlines()
    assert result.exit_code == 0
    assert record | {"id": ""} == {
        "kind": "retraction",
        "id": "",
        "retracts": "ada-sad",
        "mode": "erratum",
        "reason": "misread",
    }
    assert lines[0] == WOULD
    assert lines[3].split("  ")[0] == "ada"
    assert "1 slot with another value, 1 slot with another standing" in lines
    assert "added 1 record, 0 unchanged; positions 27 to 27" in lines
    entry = entries(tell)[-1]
    assert entry["payload"] == {"schema": 1, **record}
    assert (entry["author"], entry["message"]) == ("ben", "retract ada-sad")


def test_dry_run_writes_nothing(tell: Run) -> None:
    """It shows and prints the same."""
    tried = tell(*RETRACT, "--dry-run")
    assert tried.stderr.endswith(
        "would add 1 record; 0 records are there already; nothing was written\n"
    )
    assert len(entries(tell)) == 26
    done = tell(*RETRACT)
    assert tried.stdout == done.stdout
    assert tried.stderr.splitlines()[:-1] == done.stderr.splitlines()[:-2]


def test_what_is_printed_can_be_appended(tell: Run) -> None:
    """A record of one line is a record of a file."""
    printed = tell(*RETRACT, "--dry-run").stdout
    assert tell(*RETRACT).exit_code == 0
    again = tell("append", "-", stdin=printed)
    assert again.stderr.startswith("added 0 records, 1 unchanged")


def test_the_same_again_adds_nothing(tell: Run) -> None:
    """And says how to have it twice."""
    assert tell(*RETRACT).exit_code == 0
    again = tell(*RETRACT)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "what is best known would not change, whatever the date\n" in again.stderr
    assert again.stderr.endswith("under another --id it would be another\n")
    assert tell(*RETRACT, "--id", "once-more").exit_code == 0
    assert len(entries(tell)) == 28


def test_withdrawals_need_a_date_or_a_source(tell: Run) -> None:
    """When it was taken back is never guessed."""
    refused = tell("retract", "ada-sad", "--mode", "withdrawn")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("asserted: asserted is missing; ")
    result = tell("retract", "ada-sad", "--mode", "withdrawn", "--source", "herald")
    assert json.loads(result.stdout)["asserted"] == "2020-01-12"


def test_revise_takes_the_slot_from_the_old_claim(tell: Run) -> None:
    """And an id as any claim without one."""
    result = tell(
        "revise", "toll-town", "--kind", "correction", "--reason", "recounted",
        "--value", "5", "--source", "herald", "--locator", "p. 3", "--speaker", "ben",
        "-m", "a second count",
    )  # fmt: skip
    record = json.loads(result.stdout)
    assert record.pop("id").startswith("ben-toll-")
    assert record == {
        "kind": "claim",
        "source": "herald",
        "locator": "p. 3",
        "speaker": "ben",
        "asserted": "2020-01-12",
        "subject": "ben",
        "property": "toll",
        "value": "5",
        "qualifiers": {"area": "town"},
        "revises": {"claim": "toll-town", "kind": "correction", "reason": "recounted"},
    }
    assert ["ben", "toll", "(area=town)", "2,", "settled", "5,", "settled"] in [
        line.split() for line in result.stderr.splitlines()
    ]
    assert entries(tell)[-1]["message"] == "a second count"


def test_revise_names_near_claims(tell: Run) -> None:
    """Another log may hold it; what is no claim is a wrong use."""
    unknown = tell("revise", "ada-gladd", "--kind", "update", "--source", "herald")
    assert unknown.exit_code == 1
    assert "did you mean ada-glad" in unknown.stderr
    assert tell("revise", "ada", "--kind", "update", "--source", "herald").exit_code == 2


def test_assess_judges_a_claim(tell: Run) -> None:
    """As of today, unless another date is given."""
    result = tell(
        "assess", "ada-sad", "--rank", "preferred", "--credibility", "2", "--asserted", "2020-02-01"
    )
    record = json.loads(result.stdout)
    assert (record["rank"], record["credibility"], record["asserted"]) == (
        "preferred",
        "2",
        "2020-02-01",
    )
    today = json.loads(tell("assess", "ada-sad", "--rank", "normal").stdout)["asserted"]
    assert today == entries(tell)[-1]["recorded_at"][:10]
    assert tell("assess", "ada-sad").exit_code == 1


def test_add_claim_takes_every_field(tell: Run) -> None:
    """Repeated options are lists, in order; flags are true; qualifiers are pairs."""
    args = (
        "add", "claim", "--id", "mine", "--subject", "ben", "--property", "toll", "--value", "7",
        "--denies", "--where", "area=town", "--source", "herald", "--locator", "p. 1",
        "--speaker", "ben", "--via", "ada", "--via", "gazette", "--asserted", "2020-02-01",
        "--credibility", "2", "--modality", "inferred", "--note", "n", "--verbatim", "seven",
        "--answers", "toll-town", "--inferred-from", "toll-town", "--inferred-from", "toll-three",
    )  # fmt: skip
    record = json.loads(tell(*args).stdout)
    assert record == {
        "kind": "claim",
        "id": "mine",
        "subject": "ben",
        "property": "toll",
        "value": "7",
        "denies": True,
        "qualifiers": {"area": "town"},
        "source": "herald",
        "locator": "p. 1",
        "speaker": "ben",
        "via": ["ada", "gazette"],
        "asserted": "2020-02-01",
        "credibility": "2",
        "modality": "inferred",
        "note": "n",
        "verbatim": "seven",
        "answers": "toll-town",
        "inferred_from": ["toll-town", "toll-three"],
    }


def test_add_claim_may_revise(tell: Run) -> None:
    """With a kind; the fields of a revision alone are none."""
    args = (
        "add", "claim", "--subject", "ada", "--property", "mood", "--none", "--source", "herald",
        "--valid", "2020-01-12/..", "--valid-verbatim", "since Sunday",
    )  # fmt: skip
    revised = json.loads(tell(*args, "--revises", "ada-sad", "--kind", "update").stdout)
    assert revised["revises"] == {"claim": "ada-sad", "kind": "update"}
    assert (revised["none"], revised["valid_verbatim"]) == (True, "since Sunday")
    alone = tell(*args, "--kind", "update")
    assert alone.exit_code == 1
    assert alone.stderr.startswith("revises.claim: claim is missing")


def test_faults_name_fields_and_what_to_do(tell: Run) -> None:
    """As for a record of a file, of which there is none to name."""
    refused = tell(
        "add", "claim", "--subject", "ada", "--property", "mood", "--source", "heralt",
        "--value", "calm",
    )  # fmt: skip
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "source: no source has the id 'heralt'; did you mean herald?\n" in refused.stderr
    assert "valid: valid is missing: property 'mood' is a state; say when it held" in refused.stderr
    assert refused.stderr.endswith("error: 2 faults; nothing was appended\n")
    wrong = tell("add", "claim", "--subject", "ada", "--property", "mood", "--where", "x")
    assert wrong.exit_code == 2


@pytest.mark.parametrize(("answer", "written"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_it_can_ask_before_it_writes(tell: Run, answer: str, written: int) -> None:
    """Nothing but a yes writes; the question comes after the preview, on stderr."""
    result = tell(*RETRACT, "--ask", stdin=answer)
    assert len(entries(tell)) == 26 + written
    assert result.exit_code == 1 - written
    assert bool(result.stdout) == bool(written)
    assert result.stderr.index(WOULD) < result.stderr.index("write it? [y/N]")
    assert ("nothing was written" in result.stderr) == (not written)


def test_a_dry_run_does_not_ask(tell: Run) -> None:
    """There is nothing to agree to."""
    assert tell(*RETRACT, "--ask", "--dry-run").exit_code == 0


def test_expectations_may_stop_it(tell: Run) -> None:
    """What would change is shown all the same."""
    hope = {"kind": "expectation", "id": "hope", "subject": "ben", "property": "toll", "value": "3"}
    assert tell("append", "-", stdin=json.dumps(hope)).exit_code == 0
    result = tell("retract", "toll-three", "--mode", "erratum", "--expect")
    assert result.exit_code == 1
    assert WOULD in result.stderr
    assert "1 expectation fails with these records" in result.stderr
    kept = tell("retract", "ada-sad", "--mode", "erratum", "--expect")
    assert kept.stderr.endswith("1 expectation, all met\n")


def options(command: click.Command) -> set[str]:
    """Return the names of a command's options."""
    return {str(one.name) for one in command.params if isinstance(one, click.Option)}


def test_every_field_has_an_option() -> None:
    """Of a claim and of what is judged; credibility and modality of a retraction say nothing."""
    plain = {"kind", "revises", "revision", "reason"}
    own = {"message", "by", "dry_run", "expect", "ask"}
    assert options(doing.claim) - own - plain == FIELDS["claim"] - plain
    assert {"revises", "revision", "reason"} <= options(doing.claim)
    assert options(doing.assess) - own == FIELDS["assessment"] - {"claim"}
    missing = {"retracts", "credibility", "modality"}
    assert options(doing.retract) - own == FIELDS["retraction"] - missing
    slot = {"subject", "property"}
    assert options(doing.revise) == options(doing.claim) - slot - {"revises"}


def choices(name: str) -> tuple[object, ...]:
    """Return what an option may be."""
    kind = doing.OPTIONS[name]["type"]
    assert isinstance(kind, click.Choice)
    return tuple(kind.choices)


def test_choices_are_those_of_the_records() -> None:
    """The options know the words without importing the models."""
    ranks = Assessment.model_fields["rank"].annotation
    assert choices("rank") == get_args(get_args(ranks)[0])
    assert choices("mode") == get_args(Retraction.model_fields["mode"].annotation)
    assert choices("revision") == get_args(Revision.model_fields["kind"].annotation)
    assert choices("modality") == get_args(Modality)
    credibility = Assessment.model_fields["credibility"].annotation
    assert choices("credibility") == get_args(get_args(get_args(credibility)[0])[0])


def test_add_needs_a_kind(told: Path) -> None:
    """Help goes to stderr, as for the command without commands."""
    result = invoke(told, "add")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: chronicle add" in result.stderr
