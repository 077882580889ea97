"""Replicating: an exported log becomes the same log again, or nothing of it does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle import Chronicle, RecordsRefused
from chronicle.intake import read_copies
from chronicle.replicating import replicate
from tests.exported import Line, copy, exported, logged, proved, write
from tests.hearsay import hearsay
from tests.stores import START, Clock, Files, Server, content
from tests.stories import claim, entity, merge, property_, retraction, source
from tests.test_projections import FEW, painted, states

pytestmark = pytest.mark.usefixtures("folder")

LOG = ("entry", "tree_head")
INDEX = ("claim", "bearing", "touched")

EVENT = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "source": "press",
    "asserted": "2022-01-06",
}


@pytest.fixture
def empty(stores: Files | Server, clock: Clock) -> Iterator[Chronicle]:
    """Another chronicle of the same dialect, empty."""
    store = stores.made()
    with Chronicle.open(store, clock=clock) as chronicle:
        yield chronicle
    stores.drop(store)


@pytest.fixture
def second(files: Files, clock: Clock) -> Iterator[Chronicle]:
    """Another empty chronicle in a file: for what has nothing to do with the dialect."""
    store = files.made()
    with Chronicle.open(store, clock=clock) as chronicle:
        yield chronicle
    files.drop(store)


def stored(chronicle: Chronicle, tables: tuple[str, ...] = LOG) -> dict[str, list[Any]]:
    """Return what its tables hold."""
    return content(chronicle.database.url.render_as_string(hide_password=False), tables)


def faults(chronicle: Chronicle, *paths: str) -> list[str]:
    """Replicate files that are refused; return the findings. Nothing may have changed."""
    before = stored(chronicle, (*LOG, *INDEX))
    with pytest.raises(RecordsRefused) as refused:
        copy(chronicle, *paths)
    assert stored(chronicle, (*LOG, *INDEX)) == before
    return [str(finding) for finding in refused.value.findings]


@pytest.fixture
def lines(local: Chronicle, clock: Clock) -> list[Line]:
    """Seven entries in three appends, a day apart: of two, of four and of one."""
    local.append([property_(), entity("subject")], by="me", message="first")
    clock.forward(days=1)
    said = [
        claim("in", id="a1", valid="2022-01-02/..", said="2022-01-02"),
        claim("out", id="a2", valid="2022-01-08"),
    ]
    local.append([source(), *said, retraction("a1", "2022-01-09")], by="her", message="second")
    clock.forward(days=1)
    local.append([claim("gone", id="a3", valid="2022-01-09")], by="me", message='"third"\n')
    return exported(local)


def test_a_log_is_the_same_log_again(chapters: Chronicle, empty: Chronicle) -> None:
    """Entries, salts, times, appends and roots are the same to the byte, and so are the views."""
    receipt = copy(empty, write("log.jsonl", exported(chapters)))
    assert stored(empty) == stored(chapters)
    assert (receipt.added, receipt.unchanged) == (len(stored(chapters)["entry"]), 0)
    assert receipt.root == chapters.view().head.root.hex()
    assert not empty.verify().findings
    assert stored(empty, ("claim", "bearing")) == stored(chapters, ("claim", "bearing"))
    assert painted(empty) == painted(chapters)
    assert states(empty) == states(chapters)
    assert [one.id for one in empty.search("relieved")] == [
        one.id for one in chapters.search("relieved")
    ]
    assert not empty.verify().findings


def test_a_follower_takes_what_is_new(chapters: Chronicle, empty: Chronicle) -> None:
    """Append after append, whole views asked for between: only what is new is marked to paint."""
    every = exported(chapters)
    since = 0
    for number, line in enumerate(every, start=1):
        if "root" in line:
            receipt = copy(empty, write("new.jsonl", every[since:number]))
            assert (receipt.first, receipt.last) == (since + 1, number)
            empty.view().state()
            since = number
    assert stored(empty) == stored(chapters)
    assert painted(empty) == painted(chapters)
    assert not empty.verify().findings


def test_what_the_log_holds_already_is_unchanged(lines: list[Line], second: Chronicle) -> None:
    """Once more, longer, in overlapping files: identical entries count as unchanged."""
    assert copy(second, write("a.jsonl", lines[:2])).added == 2
    receipt = copy(second, write("b.jsonl", lines[:6]), write("c.jsonl", lines[3:]))
    assert (receipt.added, receipt.unchanged, receipt.first, receipt.last) == (5, 5, 3, 7)
    again = copy(second, "c.jsonl")
    assert (again.added, again.unchanged, again.first, again.root) == (0, 4, 0, receipt.root)


def test_a_dry_run_checks_everything_and_writes_nothing(
    lines: list[Line], second: Chronicle
) -> None:
    """It gives the receipt that the copy would give, or refuses as it would."""
    before = stored(second, (*LOG, *INDEX))
    tried = copy(second, write("a.jsonl", lines), dry_run=True)
    assert stored(second, (*LOG, *INDEX)) == before
    with pytest.raises(RecordsRefused):
        copy(second, write("cut.jsonl", lines[:-2]), dry_run=True)
    assert copy(second, "a.jsonl") == tried


def test_a_log_goes_on_after_it_was_copied(lines: list[Line], second: Chronicle) -> None:
    """Its own appends follow, and never before the time of the last entry copied."""
    copy(second, write("a.jsonl", lines))
    last = lines[-1]["recorded_at"]
    second.append([entity("more")], by="somebody")
    assert [one.recorded_at >= last for one in second.log(7)] == [True]
    assert not second.verify().findings


FIRST = ("entity", "source", "property", "event")
"""The kinds that other records name: appended a few at a time, they go before them."""


@FEW
@given(hearsay(), st.integers(1, 20))
def test_any_log_comes_back(files: Files, records: list[Line], size: int) -> None:
    """Copied it is the same log with the same views; appended plainly it gives the same views."""
    with (
        Chronicle.open(files.made()) as one,
        Chronicle.open(files.made()) as same,
        Chronicle.open(files.made()) as plain,
    ):
        records.sort(key=lambda made: FIRST.index(made["kind"]) if made["kind"] in FIRST else 9)
        for start in range(0, len(records), size):
            one.append(records[start : start + size], by="test", message=f"from {start}")
        every = exported(one)
        copy(same, write("log.jsonl", every))
        plain.append(logged(every))
        assert stored(same) == stored(one)
        assert painted(one) == painted(same) == painted(plain)
        assert states(one) == states(same) == states(plain)
        assert not same.verify().findings


CHANGES: dict[str, Callable[[Line], object]] = {
    "author": lambda line: line.update(author="her"),
    "message": lambda line: line.update(message="another"),
    "recorded_at": lambda line: line.update(recorded_at="2022-06-03T12:00:00.000001Z"),
    "salt": lambda line: line.update(salt="00" * 16),
    "payload": lambda line: line["payload"].update(value="here"),
    "root": lambda line: line.update(root="00" * 32),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_line_is_refused(lines: list[Line], second: Chronicle, name: str) -> None:
    """Whatever of it was changed, the root does not follow from it any more."""
    CHANGES[name](lines[-1])
    assert faults(second, write("a.jsonl", lines)) == [
        (
            "a.jsonl:7: root: entry 7 does not give this root: one was changed, or this log is not "
            "their beginning; export the log again: chronicle export jsonl"
        )
    ]


def test_only_the_first_root_that_differs_is_told(lines: list[Line], second: Chronicle) -> None:
    """With the entries among which the change is; all later roots differ with it."""
    lines[3]["payload"]["value"] = "here"
    (told,) = faults(second, write("a.jsonl", lines))
    assert told.startswith("a.jsonl:6: root: entries 3 to 6 do not give this root: ")


def test_a_line_of_another_append_is_refused(lines: list[Line], second: Chronicle) -> None:
    """Entries of one append have one time, one author and one message."""
    del lines[1]["root"]
    told = faults(second, write("a.jsonl", lines))
    assert [text.partition(";")[0] for text in told] == [
        f"a.jsonl:3: {name}: differs from that of entry 2, of the same append"
        for name in ("recorded_at", "author", "message")
    ]


def test_time_that_goes_back_is_refused(lines: list[Line], second: Chronicle) -> None:
    """Within the lines and after what the log holds, however right the roots are."""
    lines[-1]["recorded_at"] = "2022-06-01T12:00:00.000000Z"
    (told,) = faults(second, write("a.jsonl", proved(lines)))
    assert told.startswith("a.jsonl:7: recorded_at: is before that of the entry before it; ")
    copy(second, write("b.jsonl", lines[:6]))
    (told,) = faults(second, write("a.jsonl", proved(lines)[6:]))
    assert told.startswith("a.jsonl:1: recorded_at: is before that of the last entry here; ")


def test_a_cut_file_is_refused(lines: list[Line], second: Chronicle) -> None:
    """The end of the lines is the end of an append, of known entries too."""
    told = (
        "a.jsonl:5: the log is cut off: the append of entry 5 goes on; "
        "export the log again: chronicle export jsonl"
    )
    assert faults(second, write("a.jsonl", lines[:5])) == [told]
    copy(second, write("b.jsonl", lines))
    assert faults(second, "a.jsonl") == [told]


def test_a_line_that_is_cut_is_refused(lines: list[Line], second: Chronicle) -> None:
    """As no JSON, and the append that it ends as cut off."""
    told = faults(second, write("a.jsonl", [*lines[:5], json.dumps(lines[5])[:-9]]))
    assert [text.split(":")[1] for text in told] == ["5", "6"]
    assert "cut off" in told[0]
    assert "not JSON" in told[1]


def test_a_missing_line_is_refused(lines: list[Line], second: Chronicle) -> None:
    """Between others, and before all of them; each gap once."""
    todo = "give all lines, in the order of the log"
    gap = [*lines[:2], *lines[4:5], *lines[6:]]
    assert faults(second, write("a.jsonl", gap)) == [
        f"a.jsonl:3: position: entries 3 to 4 are missing before entry 5; {todo}",
        f"a.jsonl:4: position: entry 6 is missing before entry 7; {todo}",
    ]
    assert faults(second, write("b.jsonl", lines[2:])) == [
        f"b.jsonl:1: position: entries 1 to 2 are missing before entry 3; {todo}"
    ]


def test_lines_that_are_no_entries_are_no_gap(lines: list[Line], second: Chronicle) -> None:
    """They have findings of their own; what comes after them is in its place."""
    lines[2]["salt"] = "none"
    told = faults(second, write("a.jsonl", lines))
    assert [text.split(":")[1:3] for text in told] == [["3", " salt"]]


def test_swapped_lines_are_refused(lines: list[Line], second: Chronicle) -> None:
    """Order is by position: the lines stand in it."""
    swapped = [lines[0], lines[2], lines[1], *lines[3:]]
    assert [text.partition(";")[0] for text in faults(second, write("a.jsonl", swapped))] == [
        "a.jsonl:2: position: entry 2 is missing before entry 3",
        "a.jsonl:3: position: entry 2 comes after 3",
    ]


def test_another_log_is_refused(lines: list[Line], second: Chronicle) -> None:
    """One finding, at the first entry that differs, with what to do instead."""
    second.append([entity("ada"), entity("ben"), entity("eve")])
    assert faults(second, write("a.jsonl", lines)) == [
        (
            "a.jsonl:1: entry 1 differs from the one that stands in this log; that is another log: "
            "append it without --exact, or to a database of its own"
        )
    ]


def test_a_log_that_went_its_own_way_is_refused(
    lines: list[Line], second: Chronicle, clock: Clock
) -> None:
    """Alike up to some entry, and then not: seen where they part, or else at the next root."""
    copy(second, write("a.jsonl", lines[:2]))
    clock.now = START
    second.append([entity("own")])
    (told,) = faults(second, write("b.jsonl", lines))
    assert told.startswith("b.jsonl:3: entry 3 differs from the one that stands in this log")
    told = "\n".join(faults(second, write("c.jsonl", lines[3:])))
    assert "c.jsonl:3: root: entries 4 to 6 do not give this root" in told


def test_appends_that_end_elsewhere_are_another_log(lines: list[Line], second: Chronicle) -> None:
    """The same entries landed otherwise: what each append left behind is not the same."""
    copy(second, write("a.jsonl", lines))
    del lines[1]["root"]
    (told,) = faults(second, write("b.jsonl", lines))
    assert told.startswith("b.jsonl:2: root: the append does not end with entry 2 in both logs")


def test_an_id_that_comes_twice_is_refused(lines: list[Line], second: Chronicle) -> None:
    """Ids are unique over the log, that here included, however right the roots are."""
    twice = {**lines[6], "position": 8}
    (told,) = faults(second, write("a.jsonl", proved([*lines, twice])))
    assert told.startswith("a.jsonl:8: id: 'a3' is the id of entry 7 already; ")
    copy(second, write("b.jsonl", lines))
    (told,) = faults(second, write("a.jsonl", proved([*lines, twice])[7:]))
    assert told.startswith("a.jsonl:1: id: 'a3' is the id of entry 7 already; ")


def forged(lines: list[Line], *records: Line, ends: bool = False) -> list[Line]:
    """Return lines that go on with records as they are, none of them checked, in one append.

    Or each in an append of its own.
    """
    more = [
        {
            **lines[-1],
            "position": len(lines) + number,
            "kind": record["kind"],
            "id": record["id"],
            "payload": {"schema": 1, **record},
        }
        for number, record in enumerate(records, start=1)
    ]
    for line in () if ends else more[:-1]:
        del line["root"]
    return proved([*lines, *more])


SAID = {"source": "press", "asserted": "2022-01-09"}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (claim("in", id="b1", valid="2022-13", said="2022"), "valid: '2022-13'"),
        (claim("in", id="b1", valid="2022", source="nobody"), "source: no source has the id"),
        (claim("in", id="b1", valid="2022", source="a1"), "source: 'a1' is of kind claim"),
        ({**claim("in", id="b1"), **SAID}, "valid: valid is missing"),
        (claim(" in", id="b1", valid="2022"), "value: not written as a log writes it"),
        (
            {**claim("in", id="b1", valid="2022"), "credibility": "3"},
            "credibility: not written as a log writes it",
        ),
        (
            {"kind": "assessment", "id": "s1", "claim": "a2", "rank": "preferred"},
            "asserted: not written as a log writes it",
        ),
        ({"kind": "entity", "id": "ada", "type": "person", "name": "A", "age": "3"}, "age: "),
        ({"kind": "policy", "id": "mine", "criteria": ["luck"]}, "criteria[0]: "),
        (entity("self", within="self"), "within: 'self' leads back to itself"),
        (
            {"kind": "property", "id": "when", "label": "x"},
            "id: 'when' is a property of the software",
        ),
    ],
)
def test_every_record_is_checked(
    lines: list[Line], second: Chronicle, record: Line, expected: str
) -> None:
    """However right the roots are: as an append would have found it."""
    told = faults(second, write("a.jsonl", forged(lines, record)))
    assert told[0].startswith(f"a.jsonl:8: {expected}")


def test_all_faults_are_told(lines: list[Line], second: Chronicle) -> None:
    """Those of records beside those of roots."""
    bad = (
        claim("in", id="b1", valid="2022-13", said="2022"),
        claim("in", id="b2", valid="2022-01", source="x"),
    )
    every = forged(lines, *bad)
    every[-1]["root"] = "00" * 32
    told = faults(second, write("a.jsonl", every))
    assert [text.split(":")[1:3] for text in told] == [
        ["8", " valid"], ["9", " root"], ["9", " source"]
    ]  # fmt: skip


def test_a_record_names_nothing_of_a_later_append(lines: list[Line], second: Chronicle) -> None:
    """Of its own append it may name any; of a later one its own append knew nothing."""
    pair = entity("here", within="there"), entity("there")
    (told,) = faults(second, write("a.jsonl", forged(lines, *pair, ends=True)))
    what = "no entity or event has the id 'there'; it came with a later append"
    assert told == f"a.jsonl:8: within: {what}"
    assert copy(second, write("b.jsonl", forged(lines, *pair))).added == 9


def test_what_an_event_says_later_cannot_be_named(local: Chronicle, second: Chronicle) -> None:
    """The claims that an event states about itself are known from its append on."""
    local.append([EVENT, source()])
    (when,) = [one.claim for one in local.view().state("fire", "when")]
    with Chronicle.open("other.db") as other:
        other.append([source()])
        early = forged(exported(other), retraction(when or "", "2022-02-01"), EVENT, ends=True)
    (told,) = faults(second, write("a.jsonl", early))
    assert told.startswith("a.jsonl:2: retracts: no claim or event or assessment")


def test_circles_are_found_however_far_apart(lines: list[Line], second: Chronicle) -> None:
    """An append may be longer than what is taken at a time."""
    fill = [entity(f"fill-{number}") for number in range(2100)]
    circle = [entity("x", within="z"), entity("y", within="x"), *fill, entity("z", within="y")]
    told = faults(second, write("a.jsonl", forged(lines, *circle)))
    assert [text.partition(";")[0] for text in told] == [
        f"a.jsonl:{line}: within: '{name}' leads back to itself"
        for line, name in ((8, "x"), (9, "y"), (2110, "z"))
    ]


def test_a_long_append_of_forward_references_comes_back(
    local: Chronicle, second: Chronicle
) -> None:
    """What names later entries waits for them, and what an event says of itself is found."""
    fill = [entity(f"fill-{number}") for number in range(2100)]
    local.append([property_(), EVENT, source(), entity("subject")])
    (when,) = [one.claim for one in local.view().state("fire", "when")]
    assert when
    said = [claim(str(n), id=f"b{n}", valid="2022-01", source="late") for n in range(5)]
    event = {**EVENT, "id": "flood"}
    local.append([*said, *fill, source("late"), event, retraction(when, "2022-02-01")])
    copy(second, write("a.jsonl", exported(local)))
    assert stored(second) == stored(local)
    assert states(second) == states(local)
    assert not second.verify().findings


def test_what_an_event_says_can_be_named_in_its_append(local: Chronicle, second: Chronicle) -> None:
    """The derived id of a claim that an event states stands in no entry of its own."""
    local.append([EVENT, source()])
    (when,) = [one.claim for one in local.view().state("fire", "when")]
    with Chronicle.open("other.db") as other:
        other.append([EVENT, source(), retraction(when or "", "2022-02-01")])
        copy(second, write("a.jsonl", exported(other)))
        assert stored(second) == stored(other)


def test_merges_count_from_the_append_after_them(local: Chronicle, second: Chronicle) -> None:
    """Claims of two ids can revise each other once the ids are one, and only until they part."""
    local.append([property_(), source(), entity("ada"), entity("ben")])
    local.append([claim("in", id="a1", subject="ada", valid="2022-01-02/..", said="2022-01-02")])
    local.append([merge("ada", "ben")])
    later = claim("out", id="a2", subject="ben", valid="2022-01-02/..", said="2022-01-02")
    later["revises"] = {"kind": "correction", "claim": "a1"}
    local.append([later])
    local.append([merge("ada", "ben", judgement="distinct")])
    lines = exported(local)
    copy(second, write("a.jsonl", lines))
    assert stored(second) == stored(local)
    (told,) = faults(second, write("b.jsonl", forged(lines, {**later, "id": "a4"})))
    assert "b.jsonl:9: revises.claim: 'a1' has the subject 'ada'" in told


def test_progress_is_told(lines: list[Line], second: Chronicle) -> None:
    """How many lines were read so far."""
    seen: list[int] = []
    replicate(second.database, read_copies([write("a.jsonl", lines)]), progress=seen.append)
    assert seen == [7]


def test_the_store_is_as_it_was_after_a_fault(
    chapters: Chronicle, empty: Chronicle, folder: Path
) -> None:
    """Of both dialects: nothing is written, and the right file can be appended afterwards."""
    every = exported(chapters)
    before = stored(empty, (*LOG, *INDEX))
    changed = [*every[:-1], {**every[-1], "author": "nobody"}]
    with pytest.raises(RecordsRefused):
        copy(empty, write(folder / "bad.jsonl", changed))
    assert stored(empty, (*LOG, *INDEX)) == before
    assert copy(empty, write(folder / "good.jsonl", every)).added == len(every)
