"""Groups, kinds, defaults, and shorthand written out."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from chronicle.errors import Finding
from chronicle.intake import Draft
from chronicle.intake.kinds import GROUPS

Reading = Callable[[str, str | bytes], list[Draft | Finding]]

KINDS = (
    "source, entity, property, event, claim, statement, retraction, assessment, merge, conflict, "
    "policy, expectation"
)
PLURALS = (
    "sources, entities, properties, events, claims, statements, retractions, assessments, merges, "
    "conflicts, policies, expectations"
)
NO_KIND = f"give it a kind ({KINDS}), or put it under the plural of its kind"
WRITE = "write its fields as name: value"
BEGIN = "begin each record with '- ', or put them into [ ]"


def only_drafts(items: list[Draft | Finding]) -> list[Draft]:
    """Return the drafts, and fail where there is anything else."""
    assert not [str(item) for item in items if isinstance(item, Finding)]
    return [item for item in items if isinstance(item, Draft)]


@pytest.mark.parametrize(("group", "kind"), GROUPS.items())
def test_records_have_the_kind_of_their_group(reading: Reading, group: str, kind: str) -> None:
    """Each plural key groups records of its kind; a statement stands for its claims."""
    drafts = only_drafts(reading("a.yaml", f"{group}: [{{claims: [{{id: a}}]}}]"))
    assert drafts[0].kind == ("claim" if kind == "statement" else kind)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("clams: []", ["1: clams: unknown key 'clams' of a document; did you mean claims?"]),
        (
            "zzz: []\nclaims: []",
            [f"1: zzz: unknown key 'zzz' of a document; expected one of {PLURALS}, defaults"],
        ),
        ("\nclaims: {id: a}", [f"2: claims: claims is no list of records; {BEGIN}"]),
        ("sources: text", [f"1: sources: sources is no list of records; {BEGIN}"]),
        (
            "claims:\n- id: a\n- text\n-\n- [x]",
            [
                f"3: claims[1]: a claim is a mapping of fields; {WRITE}",
                f"4: claims[2]: a claim is a mapping of fields; {WRITE}",
                f"5: claims[3]: a claim is a mapping of fields; {WRITE}",
            ],
        ),
        (
            "claims:\n- id: a\n  kind: source",
            [
                (
                    "3: claims[0].kind: the kind 'source' stands under claims; "
                    "here every record is a claim: leave the kind out, or move the record"
                )
            ],
        ),
        ("id: a\nkind: clam", ["2: kind: there is no kind 'clam'; did you mean claim?"]),
        ("kind: claims", ["1: kind: there is no kind 'claims'; did you mean claim?"]),
        ("kind: zzz", [f"1: kind: there is no kind 'zzz'; expected one of {KINDS}"]),
        ("kind: [claim]", ["1: kind: there is no kind ['claim']; did you mean claim?"]),
        ("kind:\nid: a", [f"1: kind: the record has no kind; {NO_KIND}"]),
        ("\nid: a\nsubject: b", [f"2: kind: the record has no kind; {NO_KIND}"]),
        ("{}", [f"1: kind: the record has no kind; {NO_KIND}"]),
        (
            "- kind: claim\n- text\n- id: a\n- kind: clam",
            [
                f"2: [1]: a record is a mapping of fields; {WRITE}",
                f"3: [2].kind: the record has no kind; {NO_KIND}",
                "4: [3].kind: there is no kind 'clam'; did you mean claim?",
            ],
        ),
        ("\njust text", [f"2: a text instead of records; records are grouped under {PLURALS}"]),
        (
            "defaults: [a]",
            ["1: defaults: defaults is no mapping of fields; write them as name: value"],
        ),
        (
            "defaults:\n  sourc: a\n  source: b",
            ["2: defaults.sourc: no kind of record has a field 'sourc'; did you mean source?"],
        ),
        (
            "defaults:\n  id: a",
            ["2: defaults.id: 'id' has no default; state it in each record"],
        ),
    ],
)
def test_fault_in_grouping_is_found(reading: Reading, text: str, findings: list[str]) -> None:
    """Each fault names its line and what to do, with near matches for words."""
    items = reading("a.yaml", text)
    found = [str(item) for item in items if isinstance(item, Finding)]
    assert found == [f"a.yaml:{finding}" for finding in findings]


def test_every_fault_of_a_document_is_found_and_its_good_records_are_read(
    reading: Reading,
) -> None:
    """One fault hides no other, and no record."""
    text = "clams: []\ndefaults: {sourc: x}\nclaims: [text, {id: a}, 5]\nsources: 7\n"
    items = reading("a.yaml", text)
    assert [item.field for item in items if isinstance(item, Finding)] == [
        "clams",
        "defaults.sourc",
        "claims[0]",
        "claims[2]",
        "sources",
    ]
    assert [item.fields for item in items if isinstance(item, Draft)] == [{"id": "a"}]


def test_empty_group_is_no_fault(reading: Reading) -> None:
    """A key with nothing under it groups nothing."""
    (draft,) = only_drafts(reading("a.yaml", "sources:\nentities: []\nclaims: [{id: a}]"))
    assert draft.fields == {"id": "a"}


def test_kind_may_be_repeated_inside_its_group(reading: Reading) -> None:
    """The kind is no field of the draft, wherever it was written."""
    (draft,) = only_drafts(reading("a.yaml", "claims: [{kind: claim, id: a}]"))
    assert (draft.kind, draft.fields) == ("claim", {"id": "a"})


def test_defaults_fill_what_records_leave_out_if_their_kind_has_the_field(
    reading: Reading,
) -> None:
    """An own value hides a default; an empty one does not; other documents have none."""
    text = """\
claims:
- {id: a, source: own}
- {id: b, source: }
entities:
- {id: c}
defaults:
  source: s
  credibility: 2
---
claims:
- {id: d}
"""
    drafts = only_drafts(reading("a.yaml", text))
    assert [draft.fields for draft in drafts] == [
        {"id": "a", "source": "own", "credibility": "2"},
        {"id": "b", "source": "s", "credibility": "2"},
        {"id": "c"},
        {"id": "d"},
    ]
    assert dict(drafts[1].place.fields) == {("id",): 3, ("source",): 7, ("credibility",): 8}


NESTED = """\
defaults:
  source: s0
  locator: p. 1
  modality: alleged
  event: some-event
  subject: some-subject
events:
- id: blast
  title: Blast
  source: s1
  speaker: [x,
    y]
  note: of the event
  claims:
  - id: a
    speaker: own
  - id: b
    subject: other
    event: another
    locator:
statements:
- locator: p. 2
  credibility: 1
  note: of the statement
  claims:
  - id: c
    credibility: 5
    note: own
"""


def test_own_field_beats_the_surroundings_and_these_the_defaults(reading: Reading) -> None:
    """Nested claims take what they leave out from event or statement, then from defaults."""
    event, a, b, c = only_drafts(reading("a.yaml", NESTED))
    assert (event.kind, event.fields) == (
        "event",
        {
            "id": "blast",
            "title": "Blast",
            "source": "s1",
            "speaker": ["x", "y"],
            "note": "of the event",
            "locator": "p. 1",
            "modality": "alleged",
        },
    )
    shared = {"source": "s1", "locator": "p. 1", "modality": "alleged"}
    assert {a.kind, b.kind, c.kind} == {"claim"}
    assert a.fields == {**shared, "id": "a", "speaker": "own", "event": "blast", "subject": "blast"}
    assert b.fields == {
        **shared,
        "id": "b",
        "speaker": ["x", "y"],
        "event": "another",
        "subject": "other",
    }
    assert c.fields == {
        "source": "s0",
        "locator": "p. 2",
        "credibility": "5",
        "modality": "alleged",
        "event": "some-event",
        "subject": "some-subject",
        "id": "c",
        "note": "own",
    }


def test_inherited_fields_have_the_line_where_they_were_written(reading: Reading) -> None:
    """A nested claim has lines of its own; what it inherits points to event or defaults."""
    event, a, b, c = only_drafts(reading("a.yaml", NESTED))
    assert [draft.place.line for draft in (event, a, b, c)] == [8, 15, 17, 26]
    assert dict(a.place.fields) == {
        ("id",): 15,
        ("speaker",): 16,
        ("source",): 10,
        ("event",): 8,
        ("subject",): 8,
        ("locator",): 3,
        ("modality",): 4,
    }
    assert b.place.line_of(("speaker", 1)) == 12
    assert b.place.line_of(("locator",)) == 3
    assert c.place.line_of(("locator",)) == 22
    assert c.place.line_of(("credibility",)) == 27


def test_event_without_id_lends_none(reading: Reading) -> None:
    """Claims inside it are written out all the same; their subject is for others to miss."""
    event, claim = only_drafts(reading("a.yaml", "events: [{title: T, claims: [{value: 1}]}]"))
    assert event.fields == {"title": "T"}
    assert claim.fields == {"value": "1"}


def test_event_with_an_empty_list_of_claims_is_an_event(reading: Reading) -> None:
    """No claims inside is no fault."""
    (event,) = only_drafts(reading("a.yaml", "events: [{id: e, claims: []}]"))
    assert (event.kind, event.fields) == ("event", {"id": "e"})


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_single_records_write_out_their_shorthand(reading: Reading, name: str) -> None:
    """A statement or an event on its own is written out as in a group."""
    record = {"kind": "statement", "source": "s", "claims": [{"id": "a"}, {"id": "b"}]}
    drafts = only_drafts(reading(name, json.dumps(record)))
    assert [(draft.kind, draft.fields) for draft in drafts] == [
        ("claim", {"id": "a", "source": "s"}),
        ("claim", {"id": "b", "source": "s"}),
    ]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "statements:\n- source: s\n  speeker: x\n  claims: [{id: a}]",
            ["3: speeker: a statement has no field 'speeker'; did you mean speaker?"],
        ),
        (
            "statements:\n- id: x\n  claims: [{id: a}]",
            [
                (
                    "2: id: a statement has no field 'id'; expected one of source, locator, "
                    "speaker, via, asserted, credibility, modality, claims, note"
                )
            ],
        ),
        (
            "statements:\n- source: s",
            ["2: claims: a statement without claims; list the claims made in it under claims"],
        ),
        (
            "statements:\n- source: s\n  claims: []",
            ["3: claims: a statement without claims; list the claims made in it under claims"],
        ),
        (
            "statements:\n- source: s\n  claims: {id: a}",
            ["3: claims: claims is no list; begin each claim with '- ', or put them into [ ]"],
        ),
        (
            "events:\n- id: s\n  claims: text",
            ["3: claims: claims is no list; begin each claim with '- ', or put them into [ ]"],
        ),
        (
            "events:\n- id: s\n  claims:\n  - text\n  - id: a\n  - {id: b, kind: event}",
            [
                "4: claims[0]: a claim is a mapping of fields; write its fields as name: value",
                (
                    "6: claims[2].kind: the kind 'event' stands among claims; "
                    "give the record a place of its own"
                ),
            ],
        ),
    ],
)
def test_fault_in_shorthand_is_found(reading: Reading, text: str, findings: list[str]) -> None:
    """Each fault names its line; claims beside it are written out."""
    items = reading("a.yaml", text)
    found = [str(item) for item in items if isinstance(item, Finding)]
    assert found == [f"a.yaml:{finding}" for finding in findings]


def test_fault_in_one_nested_claim_leaves_the_others(reading: Reading) -> None:
    """A claim after a faulty one is still a draft."""
    items = reading("a.yaml", "statements: [{source: s, x: y, claims: [1, {id: a}]}]")
    assert [type(item) for item in items] == [Finding, Finding, Draft]
