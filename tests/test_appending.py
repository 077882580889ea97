"""Appending: what files say lands whole or not at all, and every fault is named where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle, Finding, RecordsRefused
from chronicle.appending import Receipt
from chronicle.entries import FIELDS
from chronicle.intake import Draft, read
from chronicle.payloads import Payload
from tests.stores import Clock, content, rows
from tests.stories import claim, entity, property_, retraction, source

WORLD = """\
sources:
  - {id: press, title: Press, published: 2022-01-06}
  - {id: wire, title: Wire}
entities:
  - {id: ada, type: person, name: Ada}
  - {id: ben, type: person, name: Ben}
  - {id: almaty, type: place, name: Almaty}
properties:
  - {id: status, label: status, qualifiers: [role]}
  - {id: born, label: born, datatype: date, temporal: fixed}
  - {id: home, label: home, datatype: entity}
  - {id: mood, label: mood, datatype: term, values: [glad, sad]}
claims:
  - {id: in-post, subject: ada, property: status, value: in, valid: 2015/.., source: press}
events:
  - {id: fire, title: Fire, when: 2022-01-05, source: press}
"""
"""Eleven records that name each other in many ways."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one, so that files have short names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> str:
    """Write a file and return its name."""
    Path(name).write_text(text)
    return name


def lines(name: str, records: Iterable[Mapping[str, Any]]) -> str:
    """Write records as JSON Lines and return the name of the file."""
    return write(name, "".join(json.dumps(record) + "\n" for record in records))


def drafts(*paths: str) -> Iterable[Draft | Finding]:
    """Read files."""
    return read(paths, fields=FIELDS)


def append(chronicle: Chronicle, *paths: str) -> Receipt:
    """Append files."""
    return chronicle.append_drafts(drafts(*paths), by="me", message="reading")


def faults(chronicle: Chronicle, *paths: str) -> list[str]:
    """Append files that are refused; return the findings as they are shown."""
    with pytest.raises(RecordsRefused) as refused:
        append(chronicle, *paths)
    return [str(finding) for finding in refused.value.findings]


@pytest.fixture
def known(local: Chronicle) -> Chronicle:
    """A chronicle that holds the world."""
    append(local, write("world.yaml", WORLD))
    return local


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


THING = "entity or event"
RETRACTABLE_KINDS = "claim or event or assessment or retraction or conflict or source"
A_CLAIM = "{subject: ada, property: status, value: out, valid: 2022, source: press"

UNKNOWN: list[tuple[str, dict[str, tuple[str, str, str]]]] = [
    (
        "claims: [{subject: adda, property: status, value: in, valid: 2022, source: press}]",
        {"1: subject": (THING, "adda", "ada")},
    ),
    (
        "claims: [{subject: ada, property: statsu, value: in, valid: 2022, source: press}]",
        {"1: property": ("property", "statsu", "status")},
    ),
    (
        "claims: [{subject: fire, property: whn, value: '2022', source: press}]",
        {"1: property": ("property", "whn", "when")},
    ),
    (
        f"claims:\n- {A_CLAIM},\n   speaker: benn,\n   via: [press, zzz]}}",
        {
            "3: speaker": ("entity", "benn", "ben"),
            "4: via[1]": ("source or entity", "zzz", ""),
        },
    ),
    (
        "claims:\n- {subject: ada, property: home, value: almati, valid: 2022, source: pres}",
        {"2: source": ("source", "pres", "press")},
    ),
    (
        "claims:\n- {subject: ada, property: home, value: almati, valid: 2022, source: press}",
        {"2: value": (THING, "almati", "almaty")},
    ),
    (
        f"claims:\n- {A_CLAIM},\n  revises: {{claim: in-pots, kind: update}},\n"
        "  answers: in-pst,\n  inferred_from: [in-post, zzz],\n  event: fires}",
        {
            "3: revises.claim": ("claim", "in-pots", "in-post"),
            "4: answers": ("claim", "in-pst", "in-post"),
            "5: inferred_from[1]": ("claim", "zzz", ""),
            "6: event": ("event", "fires", "fire"),
        },
    ),
    (
        "retractions: [{id: r, retracts: in-pos, mode: erratum}]",
        {"1: retracts": (RETRACTABLE_KINDS, "in-pos", "in-post")},
    ),
    (
        "events:\n- {id: e, title: E, source: press, place: almat,\n"
        "  participants: [{entity: ada}, {entity: benn}]}",
        {
            "2: place": (THING, "almat", "almaty"),
            "3: participants[1].entity": (THING, "benn", "ben"),
        },
    ),
    ("merges: [{id: m, into: ada, from: [adda]}]", {"1: from[0]": (THING, "adda", "ada")}),
    ("conflicts: [{id: c, claims: [in-post, zzz]}]", {"1: claims[1]": ("claim", "zzz", "")}),
    (
        "assessments: [{id: s, claim: in-postt, rank: preferred}]",
        {"1: claim": ("claim", "in-postt", "in-post")},
    ),
    (
        "expectations: [{id: x, subject: ada, property: home, value: almat}]",
        {"1: value": (THING, "almat", "almaty")},
    ),
    (
        "entities: [{id: medeu, type: place, name: Medeu, within: almatty}]",
        {"1: within": (THING, "almatty", "almaty")},
    ),
    (
        "sources: [{id: copy, title: Copy, derives_from: [wires]}]",
        {"1: derives_from[0]": ("source", "wires", "wire")},
    ),
]
"""What is appended, and by place what is missing there and what is like it."""


def unknown(place: str, kinds: str, name: str, hint: str) -> str:
    """Return what is said of an unknown id."""
    todo = f"did you mean {hint}?" if hint else "append its record before, or in the same append"
    return f"a.yaml:{place}: no {kinds} has the id {name!r}; {todo}"


@pytest.mark.parametrize(("text", "expected"), UNKNOWN)
def test_an_unknown_id_is_named_with_near_matches(
    known: Chronicle, text: str, expected: dict[str, tuple[str, str, str]]
) -> None:
    """Each id that a record names is looked up; the fault says where it is and what is like it."""
    told = sorted(faults(known, write("a.yaml", text)))
    assert told == sorted(unknown(place, *missing) for place, missing in expected.items())


KINDS = [
    (
        "claims: [{subject: press, property: status, value: in, valid: 2022, source: press}]",
        "subject: 'press' is of kind source; name the id of an entity or an event",
    ),
    (
        "claims: [{subject: ada, property: ada, value: in, valid: 2022, source: press}]",
        "property: 'ada' is of kind entity; name the id of a property",
    ),
    (
        "claims: [{subject: ada, property: status, value: in, valid: 2022, source: fire}]",
        "source: 'fire' is of kind event; name the id of a source",
    ),
    (
        "claims: [{subject: ada, property: home, value: status, valid: 2022, source: press}]",
        "value: 'status' is of kind property; name the id of an entity or an event",
    ),
    (
        "claims: [{subject: fire, property: place, value: press, source: press}]",
        "value: 'press' is of kind source; name the id of an entity or an event",
    ),
    (
        "merges: [{id: m, into: ada, from: [in-post]}]",
        "from[0]: 'in-post' is of kind claim; name the id of an entity or an event",
    ),
    (
        "conflicts: [{id: c, claims: [in-post, fire]}]",
        "claims[1]: 'fire' is of kind event; name the id of a claim",
    ),
    (
        "assessments: [{id: s, claim: fire, rank: preferred}]",
        "claim: 'fire' is of kind event; name the id of a claim",
    ),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_an_id_of_another_kind_is_named(known: Chronicle, text: str, expected: str) -> None:
    """Where a source is wanted, an entity will not do."""
    assert faults(known, write("a.yaml", text)) == [f"a.yaml:1: {expected}"]


def test_faults_of_every_file_are_told_at_once(known: Chronicle, file: str) -> None:
    """Each fault in each file has its place; nothing of all of it is written."""
    before = content(file)
    write("good.yaml", "sources: [{id: good, title: Good}]")
    write("a.yaml", "sources:\n- {id: Bad Id, title: A}\n- {id: b}\n- {id: c, title: C, colour: r}")
    write("b.yaml", "claims:\n- {subject: ada, property: status, value: x, source: press}\n- : [")
    lines(
        "c.jsonl",
        [
            {"kind": "claim", "subject": "adda", "property": "mood", "value": "gladd",
             "valid": "2022", "source": "press"},
            {"kind": "claim", "subject": "ada", "property": "mood", "value": "gladd",
             "valid": "2022", "source": "wire"},
            {"kind": "retraction", "id": "r", "retracts": "in-post", "mode": "withdrawn"},
            {"kind": "nothing"},
        ],
    )  # fmt: skip
    told = faults(known, "good.yaml", "a.yaml", "b.yaml", "c.jsonl", "none.yaml")
    told = [re.sub(r";.*", "", one) for one in told]
    assert sorted(told) == sorted(
        [
            "a.yaml:2: id: 'Bad Id' is no id: lower-case letters, digits, - and _ only",
            "a.yaml:3: title: title is missing",
            "a.yaml:4: colour: unknown field 'colour'",
            next(one for one in told if one.startswith("b.yaml:3")),
            "c.jsonl:1: subject: no entity or event has the id 'adda'",
            "c.jsonl:1: value: 'gladd' is no value of property 'mood'",
            "c.jsonl:2: asserted: asserted is missing, and source 'wire' has no published date",
            "c.jsonl:2: value: 'gladd' is no value of property 'mood'",
            "c.jsonl:3: asserted: asserted is missing",
            next(one for one in told if one.startswith("c.jsonl:4")),
            next(one for one in told if one.startswith("none.yaml")),
        ]
    )
    assert content(file) == before
    assert known.verify().findings == ()


def test_a_refused_append_says_that_nothing_was_appended(chronicle: Chronicle, made: str) -> None:
    """The message counts the faults and shows the first; the store holds what it held before."""
    before = content(made)
    records = [entity(f"e{number}", within="nowhere") for number in range(25)]
    with pytest.raises(RecordsRefused, match="25 faults, nothing was appended") as refused:
        chronicle.append([entity("fine"), source("fine-too"), *records])
    assert "... and 5 more" in str(refused.value)
    assert len(refused.value.findings) == 25
    assert content(made) == before


def test_what_names_a_faulty_record_is_not_reported_again(known: Chronicle) -> None:
    """One mistake is one finding, however many records lean on the faulty one."""
    text = """\
        claims:
          - {id: b, subject: eve, property: status, value: x, valid: 2022, source: paper}
          - {id: c, subject: eve, property: home, value: medeu, valid: 2022, source: paper}
        retractions: [{id: r, retracts: b, mode: erratum}]
        conflicts: [{id: k, claims: [b, c]}]
        assessments: [{id: s, claim: b, rank: preferred}]
        merges: [{id: m, into: eve, from: [ada]}]
        sources: [{id: paper, title: Paper, medium: {}, colour: red}]
        entities:
          - {id: eve, name: Eve}
          - {id: medeu, type: place, name: Medeu, within: nowhere-at-all}
        """
    told = [re.sub(r";.*", "", one) for one in faults(known, write("a.yaml", text))]
    assert sorted(told) == [
        "a.yaml:10: type: type is missing",
        "a.yaml:11: within: no entity or event has the id 'nowhere-at-all'",
        "a.yaml:8: colour: unknown field 'colour'",
    ]


def test_the_same_record_twice_in_an_append_is_one(known: Chronicle) -> None:
    """To the letter the same, in whatever order its fields stand, it counts once."""
    write("a.yaml", "sources: [{id: a, title: A, language: en}]")
    write("b.yaml", "sources: [{language: en, title: A, id: a, read: yes}]")
    receipt = append(known, "a.yaml", "b.yaml")
    assert (receipt.added, receipt.unchanged) == (1, 1)


def test_an_id_twice_in_an_append_with_other_content_is_refused(known: Chronicle) -> None:
    """The second one is named, with the fields that differ."""
    write("a.yaml", "sources:\n- {id: a, title: A, language: en}\n- {id: b, title: B}")
    write("b.yaml", "sources:\n- {id: a, title: A, note: other}\nentities:\n- &e {id: b, type: p,"
          " name: B}")  # fmt: skip
    assert faults(known, "a.yaml", "b.yaml") == [
        "b.yaml:2: id: 'a' stands twice in this append with another language, note; "
        "records are immutable; revise it instead, under an id of its own",
        "b.yaml:4: id: 'b' stands twice in this append with another kind, name, title, type; "
        "records are immutable; revise it instead, under an id of its own",
    ]


def test_a_record_in_the_log_is_never_changed(known: Chronicle) -> None:
    """The same id with other content is refused, also where a list only grew."""
    write("a.yaml", "properties:\n- {id: status, label: status, qualifiers: [role, place]}")
    assert faults(known, "a.yaml") == [
        "a.yaml:2: id: 'status' stands in the log with another qualifiers; "
        "records are immutable; revise it instead, under an id of its own"
    ]


def test_a_property_of_the_software_is_not_redefined(known: Chronicle) -> None:
    """`when`, `place` and `participant` are taken, for records of any kind."""
    write("a.yaml", "properties: [{id: when, label: W}]\nentities: [{id: place, type: x, name: X}]")
    assert faults(known, "a.yaml") == [
        "a.yaml:1: id: 'when' is a property of the software; take another id",
        "a.yaml:2: id: 'place' is a property of the software; take another id",
    ]


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


CIRCLES = [
    ("sources: [{id: a, title: A, derives_from: [b]}, {id: b, title: B, derives_from: [a]}]",
     ["derives_from: 'a'", "derives_from: 'b'"]),
    ("sources: [{id: a, title: A, derives_from: [wire, a]}]", ["derives_from: 'a'"]),
    ("entities: [{id: a, type: x, name: A, within: b}, {id: b, type: x, name: B, within: c},"
     " {id: c, type: x, name: C, within: a}, {id: d, type: x, name: D, within: a}]",
     ["within: 'a'", "within: 'b'", "within: 'c'"]),
    ("retractions: [{id: a, retracts: b, mode: erratum}, {id: b, retracts: a, mode: erratum}]",
     ["retracts: 'a'", "retracts: 'b'"]),
    ("defaults: {subject: ada, property: status, value: x, valid: 2022, source: press}\n"
     "claims: [{id: a, revises: {claim: b, kind: correction}},"
     " {id: b, revises: {claim: a, kind: correction}}, {id: c, answers: d}, {id: d, answers: c},"
     " {id: e, inferred_from: [in-post, e]}]",
     ["answers: 'c'", "answers: 'd'", "inferred_from: 'e'", "revises: 'a'", "revises: 'b'"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CIRCLES)
def test_circles_are_refused(known: Chronicle, text: str, expected: list[str]) -> None:
    """What leads back to itself is named once for each record on the circle."""
    told = faults(known, write("a.yaml", text))
    assert sorted(re.sub(r"a.yaml:\d: (.*) leads back.*", r"\1", one) for one in told) == expected


def test_two_circles_through_other_fields_are_none(known: Chronicle) -> None:
    """A claim may answer one that revises it: that is a conversation, no circle."""
    text = """\
        defaults: {subject: ada, property: status, value: x, valid: 2022, source: press}
        claims:
          - {id: a, revises: {claim: b, kind: correction}}
          - {id: b, answers: a}
        """
    assert append(known, write("a.yaml", text)).added == 2


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
        "b.yaml:1: id: 's' stands in the log with another rank; "
        "records are immutable; revise it instead, under an id of its own"
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


FILL = [entity(f"fill-{number}") for number in range(2100)]
"""More records than are read at a time."""


def large(count: int) -> list[dict[str, Any]]:
    """Return records of which each names others that come much later."""
    people = [f"person-{number}" for number in range(20)]
    claims = [
        claim(
            f"stage {number}",
            id=f"claim-{number}",
            subject=people[number % 20],
            valid="2022-01-06/..",
            said="2022-02-01",
            source="copy",
        )
        for number in range(count)
    ]
    for number, one in enumerate(claims[:-40:7]):
        one["revises"] = {"kind": "correction", "claim": claims[number * 7 + 20]["id"]}
    return [
        retraction(claims[-1]["id"], "2022-03-01"),
        source("copy", derives_from=["wire"]),
        *claims,
        property_(),
        *(entity(name, within="land") for name in people),
        entity("land"),
        source("wire"),
        source(),
    ]


def test_a_long_file_of_forward_references_lands_whole(chronicle: Chronicle) -> None:
    """JSON Lines stream through in batches; what names later records waits for them."""
    records = large(5000)
    seen: list[int] = []
    receipt = chronicle.append_drafts(drafts(lines("a.jsonl", records)), progress=seen.append)
    assert receipt.added == len(records) == 5026
    assert seen == [2000, 4000, 5026]
    assert {one.id for one in chronicle.log()} == {one["id"] for one in records}
    assert append(chronicle, "a.jsonl").unchanged == len(records)
    report = chronicle.verify()
    assert (report.entries, report.findings) == (5026, ())
    assert len(chronicle.view(at="2022-01-20").state()) == 20


def test_a_fault_at_the_end_of_a_long_file_undoes_all_of_it(local: Chronicle, file: str) -> None:
    """Batches that were written already are rolled back."""
    before = content(file)
    records = [*large(4000), entity("last", within="nowhere-at-all")]
    assert faults(local, lines("a.jsonl", records)) == [
        "a.jsonl:4027: within: no entity or event has the id 'nowhere-at-all'; "
        "append its record before, or in the same append"
    ]
    assert content(file) == before


def test_a_record_far_from_its_twin_is_compared_with_it(local: Chronicle) -> None:
    """The same id in another batch of the append is the same record, or a fault."""
    receipt = append(local, lines("a.jsonl", [entity("twin"), *FILL, entity("twin")]))
    assert (receipt.added, receipt.unchanged) == (2101, 1)
    told = faults(
        local, lines("b.jsonl", [entity("new"), *FILL, entity("new", description="other")])
    )
    assert len(told) == 1
    assert told[0].startswith("b.jsonl:2102: id: 'new' stands")
    assert "with another description" in told[0]


ACROSS_BATCHES = "what a record leads to over several others is looked at batch by batch"


@pytest.mark.xfail(reason=ACROSS_BATCHES, strict=True)
def test_a_circle_over_a_long_file_is_refused(local: Chronicle) -> None:
    """However far apart the records stand."""
    circle = [entity("a", within="c"), entity("b", within="a"), *FILL, entity("c", within="b")]
    assert len(faults(local, lines("a.jsonl", circle))) == 3


@pytest.mark.xfail(reason=ACROSS_BATCHES, strict=True)
def test_a_source_may_derive_from_one_that_comes_much_later(local: Chronicle) -> None:
    """Claims have the origins that the whole append gives, wherever the sources stand in it."""
    records: Sequence[dict[str, Any]] = [
        entity("subject"),
        property_(),
        source("copy", derives_from=["wire"]),
        claim("out", valid="2022-01-06", source="copy"),
        *FILL,
        source("wire"),
    ]
    append(local, lines("a.jsonl", records))
    assert local.verify().findings == ()


@pytest.mark.xfail(reason=ACROSS_BATCHES, strict=True)
def test_a_derived_id_can_be_named_before_its_claim_is_complete(local: Chronicle) -> None:
    """A claim without id that waits for its source can be retracted in the same append."""
    said = claim("out", valid="2022-01-06")
    del said["id"]
    world = [entity("subject"), property_(), source()]
    name: list[str] = []
    local.append_drafts(
        drafts(lines("a.jsonl", [*world, said])),
        dry_run=True,
        written=lambda one: name.append(one["id"]),
    )
    records = [retraction(name[-1], "2022-02-01"), said, *FILL, *world]
    assert append(local, lines("b.jsonl", records)).added == len(records)
