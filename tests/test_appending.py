"""Appending: what files say lands whole, in whatever order, and only once."""

from __future__ import annotations

import json
import re

import pytest

from chronicle import Chronicle, RecordsRefused
from chronicle.payloads import Payload
from chronicle.receipts import Receipt
from tests.filed import WORLD, append, drafts, faults, lines, write
from tests.stores import Clock, content, rows
from tests.stories import entity, retraction, source

pytestmark = pytest.mark.usefixtures("folder")


def test_an_append_tells_what_it_did(chronicle: Chronicle, clock: Clock) -> None:
    """How many records are new, where they stand, the root; author, message and time are kept."""
    receipt = append(chronicle, write("world.yaml", WORLD))
    head = chronicle.view().head
    assert receipt == Receipt(11, 0, 1, 11, head.root.hex())
    clock.forward(hours=1)
    again = append(chronicle, "world.yaml", write("more.yaml", "sources: [{id: a, title: A}]"))
    assert again == Receipt(1, 11, 12, 12, chronicle.view().head.root.hex())
    first, last = chronicle.show("press"), chronicle.show("a")
    assert (first.author, first.message) == ("me", "reading")
    assert (first.recorded_at, last.recorded_at) == (
        "2022-06-01T12:00:00.000000Z", "2022-06-01T13:00:00.000000Z",
    )  # fmt: skip
    assert chronicle.verify().findings == ()


def test_nothing_is_an_append_too(chronicle: Chronicle) -> None:
    """Without a record nothing is added, and no root."""
    head = chronicle.view().head
    assert chronicle.append([]) == Receipt(0, 0, 0, 0, head.root.hex())


def test_a_refused_append_says_that_nothing_was_appended(chronicle: Chronicle, made: str) -> None:
    """The message counts the faults and shows the first; the store holds what it held before."""
    before = content(made)
    records = [entity(f"e{number}", within="nowhere") for number in range(25)]
    with pytest.raises(RecordsRefused, match="25 faults, nothing was appended") as refused:
        chronicle.append([entity("fine"), source("fine-too"), *records])
    assert "... and 5 more" in str(refused.value)
    assert len(refused.value.findings) == 25
    assert content(made) == before


def test_the_same_record_twice_in_an_append_is_one(known: Chronicle) -> None:
    """To the letter the same, in whatever order its fields stand, it counts once."""
    write("a.yaml", "sources: [{id: a, title: A, language: en}]")
    write("b.yaml", "sources: [{language: en, title: A, id: a, read: yes}]")
    receipt = append(known, "a.yaml", "b.yaml")
    assert (receipt.added, receipt.unchanged) == (1, 1)


def parts() -> list[str]:
    """Return the documents of the world apart, as texts of YAML."""
    found: list[str] = []
    for line in WORLD.splitlines(keepends=True):
        if line.startswith(" "):
            found[-1] += line
        else:
            found.append(line)
    return found


@pytest.mark.parametrize("turn", range(5))
def test_records_may_name_each_other_in_any_order(local: Chronicle, turn: int) -> None:
    """Within an append nothing has to come first, in one file or in several."""
    texts = parts()
    texts = [*texts[turn:], *texts[:turn]][::-1]
    names = [write(f"{number}.yaml", text) for number, text in enumerate(texts)]
    assert append(local, *names).added == 11
    assert append(local, write("whole.yaml", "".join(texts))).unchanged == 11
    assert local.view(at="2022-01-06").ruling("ada", "status").value == "in"
    assert local.verify().findings == ()


def test_documents_of_one_file_may_name_each_other(local: Chronicle) -> None:
    """The same holds for the documents of a stream."""
    assert append(local, write("whole.yaml", "---\n".join(parts()[::-1]))).added == 11


def test_a_dry_run_writes_nothing_and_shows_everything(chronicle: Chronicle, made: str) -> None:
    """The records are checked and handed out written out, with their ids and dates."""
    before = content(made)
    write("world.yaml", WORLD)
    text = """\
        assessments: [{id: judged, claim: in-post, rank: preferred}]
        statements:
          - {source: press, locator: p. 3, claims: [{subject: ada, property: status,
             value: out, valid: 2022-01-06}]}
        """
    shown: list[Payload] = []
    receipt = chronicle.append_drafts(
        drafts("world.yaml", write("more.yaml", text)), dry_run=True, written=shown.append
    )
    assert (receipt.added, receipt.first, receipt.last) == (13, 1, 13)
    assert content(made) == before
    assert chronicle.view().head.size == 0
    by_id = {one["id"]: one for one in shown}
    assert by_id["judged"]["asserted"] == "2022-06-01"
    assert by_id["in-post"]["asserted"] == "2022-01-06"
    (said,) = [one for one in shown if one.get("locator")]
    assert re.fullmatch("ada-status-[0-9a-f]{12}", said["id"])
    assert said["asserted"] == "2022-01-06"
    done = append(chronicle, "world.yaml", "more.yaml")
    assert done.added == receipt.added
    assert [one.record() for one in chronicle.log()] == json.loads(json.dumps(shown))


def test_a_dry_run_reports_faults_like_an_append(known: Chronicle) -> None:
    """It refuses what the append would refuse."""
    write("a.yaml", "merges: [{id: m, into: ada, from: [eve]}]")
    with pytest.raises(RecordsRefused) as refused:
        known.append_drafts(drafts("a.yaml"), dry_run=True)
    assert [str(one) for one in refused.value.findings] == faults(known, "a.yaml")


def test_the_same_files_again_add_nothing(chronicle: Chronicle, made: str, clock: Clock) -> None:
    """Not on another day either, though dates and ids are filled in on appending."""
    write("world.yaml", WORLD)
    text = """\
        assessments: [{id: judged, claim: in-post, rank: preferred}]
        retractions: [{id: wrong, retracts: fire, mode: erratum}]
        claims: [{subject: ada, property: status, value: out, valid: 2022-01-06, source: press}]
        """
    write("more.yaml", text)
    append(chronicle, "world.yaml", "more.yaml")
    before = content(made)
    clock.forward(days=40)
    receipt = append(chronicle, "world.yaml", "more.yaml", "more.yaml")
    assert (receipt.added, receipt.unchanged, receipt.first, receipt.last) == (0, 17, 0, 14)
    assert content(made) == before


def test_an_undated_judgement_that_changed_is_refused(known: Chronicle, clock: Clock) -> None:
    """Only the day is forgiven: another rank under the same id is another content."""
    append(known, write("a.yaml", "assessments: [{id: s, claim: in-post, rank: preferred}]"))
    clock.forward(days=1)
    write("b.yaml", "assessments: [{id: s, claim: in-post, rank: normal}]")
    assert faults(known, "b.yaml") == [
        (
            "b.yaml:1: id: 's' stands in the log with another rank; "
            "records are immutable; revise it instead, under an id of its own"
        )
    ]
    write("c.yaml", "assessments: [{id: s, claim: in-post, rank: preferred, asserted: 2022}]")
    assert "with another asserted" in faults(known, "c.yaml")[0]


def test_derived_ids_depend_on_the_content_alone(known: Chronicle) -> None:
    """The same claim gets the same id in a file, in JSON Lines and from Python; others do not."""
    fields = {"subject": "ada", "property": "status", "value": "out", "valid": "2022",
              "source": "press"}  # fmt: skip
    ids: set[str] = set()

    def note(payload: Payload) -> None:
        ids.add(payload["id"])

    write("a.yaml", f"claims: [{json.dumps(fields)}]")
    write("b.yaml", f"statements: [{{source: press, asserted: 2022-01-06, claims: [{fields}]}}]")
    for name in ("a.yaml", "b.yaml", lines("c.jsonl", [{"kind": "claim"} | fields])):
        known.append_drafts(drafts(name), dry_run=True, written=note)
    assert len(ids) == 1
    known.append([{"kind": "claim"} | fields])
    assert {one.id for one in known.log(after=11)} == ids
    known.append([{"kind": "claim"} | fields | {"locator": "p. 4"}])
    assert len({one.id for one in known.log(after=11)}) == 2


RETRACTABLE = {
    "claim": "in-post",
    "event": "fire",
    "source": "press",
    "assessment": "judged",
    "conflict": "not-both",
    "retraction": "taken-back",
}


def test_retractions_of_every_kind_are_taken(known: Chronicle) -> None:
    """Claims, events, sources, assessments, conflicts and retractions can be taken back."""
    text = """\
        claims: [{id: out, subject: ada, property: status, value: out, valid: 2022, source: press}]
        assessments: [{id: judged, claim: in-post, credibility: 2}]
        conflicts: [{id: not-both, claims: [in-post, out]}]
        retractions: [{id: taken-back, retracts: out, mode: withdrawn, source: press}]
        """
    append(known, write("a.yaml", text))
    for mode in ("withdrawn", "erratum"):
        receipt = known.append(
            retraction(name, "2022-03-01", mode=mode, id=f"{mode}-{kind}")
            for kind, name in RETRACTABLE.items()
        )
        assert receipt.added == 6
        assert known.verify().findings == ()


def test_an_erratum_needs_no_date_and_no_source(known: Chronicle) -> None:
    """We correct ourselves without anybody having said so; a withdrawal was made by somebody."""
    assert append(known, write("a.yaml", "retractions: [{id: r, retracts: fire, mode: erratum}]"))
    assert faults(known, write("b.yaml", "retractions: [{id: q, retracts: fire, mode: withdrawn}]"))


def test_claims_that_events_state_can_be_named(local: Chronicle) -> None:
    """They have ids, also in the append that brings the event."""
    shown: list[str] = []
    write("world.yaml", WORLD)
    append(local, "world.yaml")
    stated = rows(local.database.place, "SELECT id FROM claim WHERE event = 'fire'")[0][0]
    lines("a.jsonl", [retraction(stated, "2022-02-01", id="a")])
    local.append_drafts(
        drafts("a.jsonl"), dry_run=True, written=lambda one: shown.append(one["retracts"])
    )
    assert shown == [stated]
    assert append(local, "world.yaml", "a.jsonl").added == 1
    local.view().state()
    assert local.view().ruling("fire", "when").value is None
