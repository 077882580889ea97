"""Appending: every fault is named where it is, all at once, and nothing is written."""

from __future__ import annotations

import re

import pytest

from chronicle import Chronicle
from tests.filed import append, faults, lines, write
from tests.stores import content

pytestmark = pytest.mark.usefixtures("folder")


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
        (
            f"claims:\n- {A_CLAIM},\n  revises: {{claim: in-pots, kind: update}},\n"
            "  answers: in-pst,\n  inferred_from: [in-post, zzz],\n  event: fires}"
        ),
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
        (
            "events:\n- {id: e, title: E, source: press, place: almat,\n"
            "  participants: [{entity: ada}, {entity: benn}]}"
        ),
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
        "claims: [{subject: presss, property: bens, value: x, valid: 2022, source: almat}]",
        {
            "1: subject": (THING, "presss", ""),
            "1: property": ("property", "bens", ""),
            "1: source": ("source", "almat", ""),
        },
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
    """Each id that a record names is looked up; the fault says where, and which would do."""
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
            {"kind": "claim", "subject": "ada", "property": "mood", "value": "glad",
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
            "c.jsonl:3: asserted: asserted is missing",
            next(one for one in told if one.startswith("c.jsonl:4")),
            next(one for one in told if one.startswith("none.yaml")),
        ]
    )
    assert content(file) == before
    assert known.verify().findings == ()


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


def test_an_id_twice_in_an_append_with_other_content_is_refused(known: Chronicle) -> None:
    """The second one is named, with the fields that differ."""
    write("a.yaml", "sources:\n- {id: a, title: A, language: en}\n- {id: b, title: B}")
    write("b.yaml", "sources:\n- {id: a, title: A, note: other}\nentities:\n- &e {id: b, type: p,"
          " name: B}")  # fmt: skip
    assert faults(known, "a.yaml", "b.yaml") == [
        (
            "b.yaml:2: id: 'a' stands twice in this append with another language, note; "
            "records are immutable; revise it instead, under an id of its own"
        ),
        (
            "b.yaml:4: id: 'b' stands twice in this append with another kind, name, title, type; "
            "records are immutable; revise it instead, under an id of its own"
        ),
    ]


def test_a_record_in_the_log_is_never_changed(known: Chronicle) -> None:
    """The same id with other content is refused, also where a list only grew."""
    write("a.yaml", "properties:\n- {id: status, label: status, qualifiers: [role, place]}")
    assert faults(known, "a.yaml") == [
        (
            "a.yaml:2: id: 'status' stands in the log with another qualifiers; "
            "records are immutable; revise it instead, under an id of its own"
        )
    ]


def test_a_property_of_the_software_is_not_redefined(known: Chronicle) -> None:
    """`when`, `place` and `participant` are taken, for records of any kind."""
    write("a.yaml", "properties: [{id: when, label: W}]\nentities: [{id: place, type: x, name: X}]")
    assert faults(known, "a.yaml") == [
        "a.yaml:1: id: 'when' is a property of the software; take another id",
        "a.yaml:2: id: 'place' is a property of the software; take another id",
    ]


CIRCLES = [
    ("sources: [{id: a, title: A, derives_from: [b]}, {id: b, title: B, derives_from: [a]}]",
     ["derives_from: 'a'", "derives_from: 'b'"]),
    ("sources: [{id: a, title: A, derives_from: [wire, a]}]", ["derives_from: 'a'"]),
    (("entities: [{id: a, type: x, name: A, within: b}, {id: b, type: x, name: B, within: c},"
     " {id: c, type: x, name: C, within: a}, {id: d, type: x, name: D, within: a}]"),
     ["within: 'a'", "within: 'b'", "within: 'c'"]),
    ("retractions: [{id: a, retracts: b, mode: erratum}, {id: b, retracts: a, mode: erratum}]",
     ["retracts: 'a'", "retracts: 'b'"]),
    (("defaults: {subject: ada, property: status, value: x, valid: 2022, source: press}\n"
     "claims: [{id: a, revises: {claim: b, kind: correction}},"
     " {id: b, revises: {claim: a, kind: correction}}, {id: c, answers: d}, {id: d, answers: c},"
     " {id: e, inferred_from: [in-post, e]}]"),
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


def test_every_fault_of_a_record_is_told_at_once(known: Chronicle) -> None:
    """Also of one whose date is missing: what else is wrong does not wait for another try."""
    text = "claims: [{subject: ada, property: mood, value: gladd, source: wire}]"
    assert len(faults(known, write("a.yaml", text))) == 3
