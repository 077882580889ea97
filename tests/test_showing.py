"""Showing one record: its entry, and every record that bears on it."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import Chronicle, UnknownId
from tests.stores import rows
from tests.stories import assessment, claim, conflict, entity, merge, retraction, story

TOLD = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/   | 2022-01-06 | 4
    relieved | 2022-01-17/.. | 2022-01-17 | 1, updates in-post
"""

EVENT: dict[str, Any] = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "source": "press",
    "asserted": "2022-01-06",
}


def about(chronicle: Chronicle, name: str, **scope: str) -> list[tuple[str, str]]:
    """Return (id, relation) of what bears on a record."""
    shown = chronicle.show(name, chronicle.view(**scope))
    return [(one.id, one.relation) for one in shown.about]


def test_a_record_is_shown_with_its_entry(chronicle: Chronicle) -> None:
    """Position, time, author and message of the append, and the record as the log has it."""
    chronicle.append(story(TOLD), by="me", message="first reading")
    shown = chronicle.show("in-post")
    assert (shown.position, shown.id, shown.kind) == (4, "in-post", "claim")
    assert (shown.author, shown.message) == ("me", "first reading")
    assert shown.recorded_at == "2022-06-01T12:00:00.000000Z"
    assert shown.payload["value"] == "in post"
    plain = shown.as_dict()
    about = {"id": "relieved", "kind": "claim", "relation": "update of it"}
    assert plain["about"] == [about | {"reason": None, "ids": []}]
    assert plain["payload"] == dict(shown.payload)


def test_what_bears_on_a_record_is_listed(chronicle: Chronicle) -> None:
    """Retractions, assessments and conflicts in the order of the log, then claims about it."""
    chronicle.append(
        story(
            TOLD,
            claim("replaced", id="denial", denies=True, valid="2022-01-06", answers="replaced"),
            claim("gone", valid="2022-01-20", inferred_from=["replaced", "relieved"]),
            claim("moved", valid="2022-01-06", revises=("correction", "replaced")),
            claim("out", valid="2022-01-06", revises=("restatement", "replaced")),
            assessment("replaced", "2022-02-01", rank="deprecated"),
            conflict("replaced", "relieved"),
            retraction("replaced", "2022-02-02"),
        )
    )
    chronicle.append([retraction("retracts-replaced", "2022-03-01", id="again")])
    assert about(chronicle, "replaced") == [
        ("assesses-replaced", "assesses it"),
        ("conflict", "conflict"),
        ("retracts-replaced", "retracts it"),
        ("denial", "answers it"),
        ("gone", "inferred from it"),
        ("moved", "correction of it"),
        ("out", "restatement of it"),
    ]
    assert about(chronicle, "retracts-replaced") == [("again", "retracts it")]
    assert about(chronicle, "press") == []
    assert len(about(chronicle, "replaced", recorded="#1")) == 7
    assert about(chronicle, "retracts-replaced", recorded="#1") == []


def test_merges_are_shown_with_what_they_judged(local: Chronicle) -> None:
    """For every id of a cluster: what joins it, and what keeps it apart."""
    local.append([*(entity(name) for name in ("a", "b", "c", "d"))])
    local.append([merge("a", "b"), merge("b", "c"), merge("a", "d")])
    local.append([merge("a", "d", judgement="distinct")])
    joined = [("same-a-b", "joins it"), ("same-b-c", "joins it")]
    for name in ("a", "b", "c"):
        assert sorted(about(local, name)) == [("distinct-a-d", "keeps it apart"), *joined]
    assert about(local, "d") == [("distinct-a-d", "keeps it apart")]


def test_a_record_is_shown_with_the_id_by_which_it_is_read(local: Chronicle) -> None:
    """And with all that are one with it, by whatever chain of judgements; reasons are told."""
    local.append([*(entity(name) for name in ("a", "b", "c"))])
    local.append([merge("b", "a", id="one") | {"reason": "same face"}, merge("b", "c", id="two")])
    shown = local.show("a")
    assert (shown.read_as, shown.one_with) == ("b", ("b", "c"))
    one, two = shown.about
    assert (one.reason, one.ids) == ("same face", ("a", "b"))
    assert (two.reason, two.ids) == (None, ("c", "b"))
    plain = shown.as_dict()
    assert (plain["read_as"], plain["one_with"], plain["contradictions"]) == ("b", ["b", "c"], [])
    local.append([merge("a", "b", judgement="distinct", id="three")])
    shown = local.show("a")
    assert (shown.read_as, shown.one_with) == ("a", ())
    assert about(local, "one") == [("three", "overrules it")]
    assert about(local, "two") == about(local, "three") == []


def test_what_only_a_merge_makes_disputed_is_shown_with_it(local: Chronicle) -> None:
    """With the merge, and with each id that it joins; not before, and not once it is undone."""
    local.append(story(TOLD, entity("twin")))
    off = claim("off", subject="twin", valid="2022-01-17/..", said="2022-01-17")
    local.append([off, merge("subject", "twin", id="one")])
    view = local.view()
    for name in ("one", "subject", "twin"):
        (found,) = local.show(name, view).contradictions
        assert (found.merges, found.ruling.claim) == (("one",), "relieved")
        assert [rival.claim for rival in found.against] == ["off"]
        assert local.show(name, view).as_dict()["contradictions"][0]["from"] == "2022-01-17"
    assert local.show("relieved").contradictions == ()
    local.append([merge("subject", "twin", judgement="distinct", id="two")])
    assert [local.show(name).contradictions for name in ("one", "subject", "two")] == [()] * 3
    assert len(local.show("one", view).contradictions) == 1


def test_reasons_are_shown_with_what_bears_on_a_record(local: Chronicle) -> None:
    """Why a claim was revised, taken back or judged, in the words of its maintainer."""
    revises = {"kind": "correction", "claim": "replaced", "reason": "misread"}
    corrects = claim("moved", valid="2022-01-06") | {"revises": revises}
    taken_back = retraction("replaced", "2022-02-02") | {"reason": "it said so"}
    noted = conflict("replaced", "relieved") | {"note": "not both"}
    local.append(story(TOLD, corrects, taken_back, noted))
    reasons = {one.id: one.reason for one in local.show("replaced").about}
    assert reasons == {
        "moved": "misread",
        "retracts-replaced": "it said so",
        "conflict": "not both",
    }


def test_a_claim_revised_under_another_id_of_its_subject_is_found(local: Chronicle) -> None:
    """Revisions follow merges."""
    local.append(story(TOLD, entity("twin")))
    local.append([merge("subject", "twin")])
    local.append([claim("off", subject="twin", valid="2022-02-01", revises=("update", "relieved"))])
    assert about(local, "relieved") == [("off", "update of it")]


def test_a_claim_that_an_event_states_is_shown_under_its_entry(
    chronicle: Chronicle, made: str
) -> None:
    """It has an id and a payload of its own, and the event's header."""
    chronicle.append(story(TOLD, EVENT))
    ((name,),) = rows(made, "SELECT id FROM claim WHERE event = 'fire'")
    chronicle.append([retraction(name, "2022-02-01", id="no-date")])
    shown = chronicle.show(name)
    assert (shown.id, shown.kind, shown.position) == (name, "claim", 7)
    assert (shown.payload["property"], shown.payload["value"]) == ("when", "2022-01-05")
    assert about(chronicle, name) == [("no-date", "retracts it")]
    assert chronicle.show("fire").payload["title"] == "Fire"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reliefed", "no id 'reliefed' in this chronicle; did you mean relieved"),
        ("pres", "did you mean press"),
        ("zzz", "no id 'zzz' in this chronicle$"),
        ("when", "no id 'when' in this chronicle"),
        ("", "no id ''"),
    ],
)
def test_an_unknown_record_is_named_with_near_matches(
    local: Chronicle, name: str, said: str
) -> None:
    """Claims are among the near matches; properties of the software stand in no log."""
    local.append(story(TOLD))
    with pytest.raises(UnknownId, match=said):
        local.show(name)


def test_a_record_appended_later_is_unknown(local: Chronicle) -> None:
    """A view looks up to its position."""
    local.append(story(TOLD))
    view = local.view()
    local.append([entity("later")])
    assert local.show("later").position == 7
    with pytest.raises(UnknownId):
        local.show("later", view)
