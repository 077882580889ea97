"""`jsonl`: the log itself, and back: the same views, and with --exact the same log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from chronicle import BadQuestion, Chronicle
from chronicle.exports.making import export
from tests.cli.invoking import invoke
from tests.hearsay import hearsay
from tests.stores import Clock, Files
from tests.test_changes import LATER
from tests.worlds import WORLD, state_claim

AT = "2022-03-01"

pytestmark = pytest.mark.usefixtures("folder")


def lines(path: str = "log.jsonl") -> list[dict[str, Any]]:
    """Return the lines of an export."""
    with Path(path).open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def told(chronicle: Chronicle) -> list[dict[str, Any]]:
    """Return the best-known view, without what is told of the log."""
    return [one.as_dict() for one in chronicle.view(AT).state()]


def grown(chronicle: Chronicle) -> Chronicle:
    """Return a chronicle to which records of every kind were appended, some by themselves."""
    chronicle.append(WORLD, by="me", message="the world")
    for record in LATER:
        chronicle.append([record], by="Ева", message='so "they" say\n')
    return chronicle


def test_a_line_is_an_entry_of_the_log(local: Chronicle) -> None:
    """What the log command prints of it, and what its leaf commits to beside that."""
    chronicle = grown(local)
    export(chronicle, "jsonl", "log.jsonl")
    entries = list(chronicle.log())
    found = lines()
    assert len(found) == len(entries)
    for line, entry in zip(found, entries, strict=True):
        assert (line["position"], line["id"], line["kind"]) == (
            entry.position,
            entry.id,
            entry.kind,
        )
        assert (line["author"], line["message"]) == (entry.author, entry.message)
        assert (line["payload"], line["salt"]) == (entry.record(), entry.salt.hex())
    ends = [len(WORLD) + number for number in range(len(LATER) + 1)]
    assert [line["position"] for line in found if "root" in line] == ends
    assert found[-1]["root"] == chronicle.view().head.root.hex()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(hearsay())
def test_any_log_can_be_appended_again(
    files: Files, tmp_path: Path, records: list[dict[str, Any]]
) -> None:
    """The same best-known views; exactly, the same entries, positions and root."""
    place = files.made()
    with Chronicle.open(place, clock=Clock()) as chronicle:
        half = len(records) // 2
        for some in (records, records[:half], records[half:]):
            chronicle.append(some)
        export(chronicle, "jsonl", tmp_path / "log.jsonl")
        head, rulings, entries = chronicle.view().head, told(chronicle), list(chronicle.log())
    for options in ((), ("--exact",)):
        other = files.made()
        assert invoke(other, "append", *options, str(tmp_path / "log.jsonl")).exit_code == 0
        with Chronicle.open(other) as chronicle:
            assert told(chronicle) == rulings
            if options:
                assert chronicle.view().head == head
                assert list(chronicle.log()) == entries
                assert not chronicle.verify().findings


def test_a_follower_appends_what_is_new(local: Chronicle, files: Files) -> None:
    """Position by position, until it is the same log; what it has already is no fault."""
    chronicle = grown(local)
    size = len(WORLD) + 3
    export(chronicle, "jsonl", "base.jsonl", view=chronicle.view(recorded=f"#{size}"))
    export(chronicle, "jsonl", "new.jsonl", since=size)
    export(chronicle, "jsonl", "newer.jsonl", since="base.jsonl")
    assert Path("new.jsonl").read_bytes() == Path("newer.jsonl").read_bytes()
    assert lines("new.jsonl")[0]["position"] == size + 1
    export(chronicle, "jsonl", "log.jsonl")
    joined = Path("base.jsonl").read_bytes() + Path("new.jsonl").read_bytes()
    assert joined == Path("log.jsonl").read_bytes()
    other = files.made()
    for name in ("base.jsonl", "new.jsonl", "new.jsonl"):
        assert invoke(other, "append", "--exact", name).exit_code == 0
    with Chronicle.open(other) as follower:
        assert follower.view().head == chronicle.view().head


def test_an_earlier_log_can_be_exported(local: Chronicle) -> None:
    """Of a view only what was recorded counts."""
    chronicle = grown(local)
    export(chronicle, "jsonl", "log.jsonl", view=chronicle.view("2000", "2000", f"#{len(WORLD)}"))
    assert [line["position"] for line in lines()] == list(range(1, len(WORLD) + 1))


@pytest.mark.parametrize("about", ["ada", "ben", "fort", "fire"])
def test_an_extract_can_be_appended_by_itself(local: Chronicle, files: Files, about: str) -> None:
    """It holds all that its records name and all that bears on them: the same rulings follow."""
    chronicle = grown(local)
    export(chronicle, "jsonl", "some.jsonl", about=about)
    assert 0 < len(lines("some.jsonl")) < len(list(chronicle.log()))
    assert not any("root" in line for line in lines("some.jsonl"))
    other = files.made()
    result = invoke(other, "append", "some.jsonl")
    assert result.exit_code == 0, result.stderr
    with Chronicle.open(other) as extract:
        found, wanted = (
            [one.as_dict() for one in chronicle_.view(AT).state(about)]
            for chronicle_ in (extract, chronicle)
        )
    assert found == wanted


def test_an_extract_is_judged_by_the_same_policy(
    local: Chronicle, folder: Path, files: Files
) -> None:
    """Another default order of criteria was recorded: it comes with the extract."""
    local.append([*WORLD, state_claim("ada", "status", "late", credibility="4",
                                      said="2022-02-03", valid="2022-02-03")])  # fmt: skip
    local.append([{"kind": "policy", "id": "best-known", "criteria": ["assertion"]}])
    export(local, "jsonl", folder / "some.jsonl", about="ada")
    assert "best-known" in [line["id"] for line in lines("some.jsonl")]
    other = files.made()
    assert invoke(other, "append", "some.jsonl").exit_code == 0
    with Chronicle.open(other) as extract:
        found, wanted = (
            [one.as_dict() for one in chronicle.view(AT).state("ada")]
            for chronicle in (extract, local)
        )
    assert found == wanted


def test_an_extract_of_the_crisis_can_be_appended(crisis: Chronicle, files: Files) -> None:
    """The same answers about the man, without the rest of the log."""
    export(crisis, "jsonl", "some.jsonl", about="samat-abish")
    other = files.made()
    assert invoke(other, "append", "some.jsonl").exit_code == 0
    with Chronicle.open(other) as extract:
        for dates in ({"at": AT}, {"as_of": "2022-01-12"}):
            found, wanted = (
                [one.as_dict() for one in chronicle.view(**dates).state("samat-abish")]
                for chronicle in (extract, crisis)
            )
            assert found == wanted


def test_an_extract_cannot_be_followed(local: Chronicle, folder: Path) -> None:
    """Later entries make earlier ones belong to it, which no line could tell."""
    local.append(WORLD)
    with pytest.raises(BadQuestion, match="the lines about ada cannot be followed"):
        export(local, "jsonl", "some.jsonl", about="ada", since=3)
    assert not list(folder.iterdir())
