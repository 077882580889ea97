"""Entries: records read from fields, faults in the words of maintainers, payloads."""

from __future__ import annotations

import pytest

from chronicle.canonical import dumps
from chronicle.dates import Date
from chronicle.entries import FIELDS, KINDS, payload_of, plain
from chronicle.payloads import SCHEMA
from tests.faults import MINIMAL, faults_of, made, without, written

KIND_NAMES = (
    "source", "entity", "property", "event", "claim", "retraction", "assessment", "merge",
    "conflict", "policy", "expectation",
)  # fmt: skip


def test_the_kinds_are_known() -> None:
    """Eleven kinds of records, each of the model that bears its name."""
    assert tuple(KINDS) == KIND_NAMES
    assert [model.__name__.lower() for model in KINDS.values()] == list(KIND_NAMES)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_least_record_of_each_kind_is_its_payload(kind: str) -> None:
    """The payload is kind, schema, and what was said, nothing else."""
    payload = payload_of(made(kind, MINIMAL[kind]))
    expected = {"kind": kind, "schema": SCHEMA, **MINIMAL[kind]}
    assert dumps(payload) == dumps(expected)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_record_is_the_mapping_that_it_was_made_from(kind: str) -> None:
    """A record model and its mapping can be appended alike."""
    mapping = plain(made(kind, MINIMAL[kind]))
    assert dumps(dict(mapping)) == dumps({"kind": kind, **MINIMAL[kind]})
    assert plain(mapping) is mapping


def test_a_claim_without_id_is_a_mapping_without_id() -> None:
    """What stands for no id is not taken for one on the way back."""
    fields = without("claim", "id")
    mapping = plain(made("claim", fields))
    assert dumps(dict(mapping)) == dumps({"kind": "claim", **fields})


@pytest.mark.parametrize("empty", [None, [], {}])
@pytest.mark.parametrize("name", ["note", "via", "qualifiers", "value", "revises"])
def test_a_field_that_was_left_empty_is_left_out(name: str, empty: object) -> None:
    """Nothing, an empty list and an empty mapping say nothing."""
    fields = without("claim", "value", none=True, **{name: empty})
    assert made("claim", fields) == made("claim", without("claim", "value", none=True))


def test_a_date_is_read_once_for_many_records() -> None:
    """The dates that are already read are handed in, and those read are kept there."""
    dates: dict[str, Date] = {}
    made("source", without("source", published="2022-01-06"), dates)
    assert list(dates) == ["2022-01-06"]
    kept = dates["2022-01-06"]
    made("claim", without("claim", valid="2022-01-06", asserted="2022"), dates)
    assert set(dates) == {"2022-01-06", "2022"}
    assert dates["2022-01-06"] is kept


@pytest.mark.parametrize(
    ("kind", "changes", "path", "todo"),
    [
        ("claim", {"qualifier": {}, "valu": "x"}, ("valu",), "did you mean value or valid?"),
        ("merge", {"form": ["a"]}, ("form",), "did you mean from?"),
        ("conflict", {"zzz": "x"}, ("zzz",), "every conflict takes claims, id, note"),
        (
            "claim",
            {"revises": {"claim": "a", "kind": "update", "raeson": "x"}},
            ("revises", "raeson"),
            "did you mean reason?",
        ),
        (
            "claim",
            {"revises": {"claim": "a", "kind": "update", "zzz": "x"}},
            ("revises", "zzz"),
            "revises takes claim, kind, reason",
        ),
        (
            "event",
            {"participants": [{"entity": "a"}, {"entity": "b", "zzz": "x"}]},
            ("participants", 1, "zzz"),
            "every item of participants takes entity, role",
        ),
        (
            "source",
            {"document": {"name": "a", "sha256": "0" * 64, "sha": "x"}},
            ("document", "sha"),
            "did you mean sha256?",
        ),
        (
            "property",
            {"values": [{"value": "a", "zzz": "b"}]},
            ("values", 0, "zzz"),
            "every item of values takes description, value",
        ),
    ],
)
def test_an_unknown_field_is_told_the_fields_that_look_like_it(
    kind: str, changes: dict[str, object], path: tuple[str | int, ...], todo: str
) -> None:
    """Those of the part where it stands; all of them, where none looks like it."""
    faults = faults_of(kind, without(kind, **changes))
    assert faults == [(path, f"unknown field {path[-1]!r}", todo)]


@pytest.mark.parametrize(
    ("kind", "changes", "path", "todo"),
    [
        ("claim", {"revises": {"claim": "a"}}, ("revises", "kind"), "revises needs it"),
        (
            "event",
            {"participants": [{"role": "x"}]},
            ("participants", 0, "entity"),
            "every item of participants needs it",
        ),
        (
            "source",
            {"document": {"name": "x"}},
            ("document", "sha256"),
            "document needs it",
        ),
    ],
)
def test_a_field_missing_inside_another_is_named_with_what_needs_it(
    kind: str, changes: dict[str, object], path: tuple[str | int, ...], todo: str
) -> None:
    """The part needs it, not the record around it."""
    faults = faults_of(kind, without(kind, **changes))
    assert faults == [(path, f"{path[-1]} is missing", todo)]


def test_an_empty_field_is_told_to_go() -> None:
    """Where there is nothing to say, a field is left out."""
    todo = "leave the field out where there is nothing to say"
    assert faults_of("claim", without("claim", note="")) == [(("note",), "is empty", todo)]


@pytest.mark.parametrize(
    ("written", "what", "todo"),
    [
        (
            "Samat Abish",
            "'Samat Abish' is no id: lower-case letters, digits, - and _ only",
            "for example 'samat-abish'",
        ),
        ("Пресса", "'Пресса' is no id: lower-case letters, digits, - and _ only", "choose another"),
        ("-", "'-' is no id: lower-case letters, digits, - and _ only", "choose another"),
        ("x" * 201, "is longer than 200 characters", ""),
    ],
)
def test_what_is_no_id_is_told_the_id_that_it_suggests(written: str, what: str, todo: str) -> None:
    """A slug of the same letters, where there is any."""
    assert faults_of("entity", without("entity", id=written)) == [(("id",), what, todo)]


def test_every_fault_of_a_record_is_noted() -> None:
    """One reading finds all of them, each at its field."""
    fields = {
        "id": "First!",
        "subject": "ada",
        "value": 1.5,
        "valid": "2022-13",
        "credibility": "9",
        "via": "wire",
        "zzz": "x",
    }
    assert {fault[0] for fault in faults_of("claim", fields)} == {
        ("id",),
        ("property",),
        ("source",),
        ("value",),
        ("valid",),
        ("credibility",),
        ("via",),
        ("zzz",),
    }


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_fields_of_a_kind_are_those_that_are_written(kind: str) -> None:
    """Each name in the table is read as a field, and the table holds the least that is needed."""
    assert MINIMAL[kind].keys() <= FIELDS[kind]
    faults = faults_of(kind, dict.fromkeys(FIELDS[kind], object()))
    assert not [fault for fault in faults if "unknown field" in fault[1]]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_field_that_no_record_has_is_refused_everywhere(kind: str) -> None:
    """No kind takes what it does not know."""
    assert [fault[1] for fault in faults_of(kind, without(kind, zzz="x"))] == [
        "unknown field 'zzz'"
    ]


def test_what_is_not_stated_is_not_written() -> None:
    """A default typed out is the same record, with the same canonical form."""
    typed = written("claim", credibility="3", modality="stated", none=False, denies=False)
    assert dumps(typed) == dumps(written("claim"))
