"""Counterfactuals: what falls with an id in a log, and views that never heard of it."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle, UnknownId, View, counterfactual
from chronicle.events import stated_by
from tests.stores import run
from tests.stories import (
    assessment,
    claim,
    conflict,
    entity,
    merge,
    property_,
    retraction,
    source,
    story,
)

Payload = dict[str, Any]

FIRE: Payload = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "participants": [{"entity": "ada", "role": "witness"}],
    "source": "radio",
    "speaker": "ben",
    "asserted": "2022-01-06",
}

BURNT = next(stated_by(FIRE))["id"]
"""The claim of the date that the fire's own record states."""


def said(name: str, **fields: Any) -> Payload:
    """Return a claim of that id; a value of its own, a state since New Year."""
    return claim(name, id=name, valid="2022-01-01/..", said="2022-01-06", **fields)


RECORDS: list[Payload] = [
    *(source(name) for name in ("press", "wire", "radio")),
    source("echo", derives_from=["press"]),
    source("digest", derives_from=["press", "wire"]),
    *(entity(name) for name in ("subject", "ada", "ada-l", "ben", "carl")),
    property_(cardinality="many"),
    FIRE,
    claim("2022-01-04", id="other-date", subject="fire", property="when", said="2022-01-08"),
    said("by-press"),
    said("by-echo", source="echo"),
    said("by-digest", source="digest"),
    said("ada-in-wire", source="wire", speaker="ada"),
    said("ada-l-in-wire", source="wire", speaker="ada-l"),
    said("told-by-ada", source="wire", speaker="carl", via=["ben", "ada"]),
    said("told-by-echo", source="wire", speaker="carl", via=["echo"]),
    said("guess", source="radio", inferred_from=["ada-in-wire", "by-digest"]),
    said("second-guess", source="radio", inferred_from=["guess"]),
    said("linked", source="wire", event="fire", answers="by-press"),
    assessment("by-digest", "2022-01-09", id="judged-by-press", source="press", rank="preferred"),
    assessment("by-digest", "2022-01-09", id="judged-by-us", credibility="2"),
    {**retraction("by-digest", "2022-01-09", id="taken-back-by-wire"), "source": "wire"},
    retraction("by-echo", "2022-01-09", id="taken-back-by-press"),
    {**retraction("taken-back-by-wire", "2022-01-10", id="not-after-all"), "source": "radio"},
    conflict("by-digest", "guess"),
    merge("ada", "ada-l"),
    {"kind": "policy", "id": "mine", "criteria": ["assertion"]},
]


@pytest.fixture
def heard(local: Chronicle) -> Chronicle:
    """A chronicle in which some things are heard through others."""
    local.append(RECORDS)
    return local


def fallen(view: View) -> dict[str, set[str]]:
    """Return what falls in a view that leaves something out, by kind, where anything does."""
    assert view.reader.unheard is not None
    return {kind: set(names) for kind, names in view.reader.unheard.falls.items() if names}


WITNESS = [one["id"] for one in stated_by(FIRE)][1]

CASES: list[tuple[str, dict[str, str]]] = [
    ("wire", {"source": "wire", "claim": "ada-in-wire ada-l-in-wire told-by-ada told-by-echo guess "
              "second-guess linked", "retraction": "taken-back-by-wire not-after-all",
              "conflict": "conflict"}),
    ("echo", {"source": "echo", "claim": "by-echo told-by-echo",
              "retraction": "taken-back-by-press"}),
    ("press", {"source": "press echo", "claim": "other-date by-press by-echo told-by-echo",
               "assessment": "judged-by-press", "retraction": "taken-back-by-press"}),
    ("ada", {"claim": "ada-in-wire ada-l-in-wire told-by-ada guess second-guess",
             "conflict": "conflict"}),
    ("ada-l", {"claim": "ada-in-wire ada-l-in-wire told-by-ada guess second-guess",
               "conflict": "conflict"}),
    ("ben", {"event": "fire", "claim": f"told-by-ada {BURNT} {WITNESS}"}),
    ("fire", {"event": "fire", "claim": f"{BURNT} {WITNESS}"}),
    (BURNT, {"claim": BURNT}),
    ("by-digest", {"claim": "by-digest guess second-guess",
                   "assessment": "judged-by-press judged-by-us",
                   "retraction": "taken-back-by-wire not-after-all", "conflict": "conflict"}),
    ("taken-back-by-wire", {"retraction": "taken-back-by-wire not-after-all"}),
    ("judged-by-us", {"assessment": "judged-by-us"}),
    ("conflict", {"conflict": "conflict"}),
    ("subject", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), CASES)
def test_what_came_only_through_an_id_falls_with_it(
    heard: Chronicle, name: str, expected: dict[str, str]
) -> None:
    """By every link; what others say too, or say about it, stays."""
    view = heard.view().without(name)
    assert fallen(view) == {kind: set(names.split()) for kind, names in expected.items()}


def test_both_dialects_leave_out_the_same(chronicle: Chronicle) -> None:
    """What falls, what is touched, and what a whole view holds."""
    chronicle.append(RECORDS)
    for name in ("wire", "ada-l", "ben"):
        view = chronicle.view().without(name)
        expected = {kind: set(names.split()) for kind, names in dict(CASES)[name].items()}
        assert fallen(view) == expected
        assert expected["claim"].isdisjoint(one.claim for one in view.state())
    assert touched(chronicle, "judged-by-us") == {("subject", "status")}


def test_several_ids_fall_together(heard: Chronicle) -> None:
    """What goes back to two sources falls when neither was heard; in one step or in two."""
    both = heard.view().without("press", "wire")
    assert {"digest", "echo"} <= fallen(both)["source"]
    assert "by-digest" in fallen(both)["claim"]
    stepwise = heard.view().without("press").without("wire")
    assert fallen(stepwise) == fallen(both)
    assert stepwise.as_dict() == both.as_dict()
    assert both.as_dict()["without"] == ["press", "wire"]
    assert "without" not in heard.view().as_dict()


def test_all_of_a_source_goes_by_the_source_of_many_claims(heard: Chronicle) -> None:
    """More claims than one question to the database holds."""
    many = [said(f"number-{n}", source="radio", speaker="carl") for n in range(1100)]
    heard.append(many)
    for name in ("radio", "carl"):
        view = heard.view().without(name)
        assert {one["id"] for one in many} <= fallen(view)["claim"]
        kept = {one.value for one in view.state("subject")}
        assert kept & {"by-press", "number-7"} == {"by-press"}


@pytest.mark.parametrize("few", [1, 6])
def test_few_speakers_and_many_fall_alike(heard: Chronicle, few: int) -> None:
    """However the log is asked for what they said."""
    speakers = [f"speaker-{n}" for n in range(few)]
    for number, name in enumerate(speakers):
        heard.append([entity(name), said(f"word-{number}", source="wire", speaker=name)])
    found = fallen(heard.view().without(*speakers))
    assert found == {"claim": {f"word-{n}" for n in range(few)}}


def test_an_id_that_there_is_not_is_refused_with_near_matches(heard: Chronicle) -> None:
    """As wherever an id is asked for."""
    with pytest.raises(UnknownId, match="digest"):
        heard.view().without("digst")
    with pytest.raises(UnknownId):
        heard.view(recorded="#1").without("wire", "wyre")


@pytest.mark.parametrize("name", ["status", "mine", "same-ada-ada-l", "when"])
def test_what_says_nothing_cannot_be_left_out(heard: Chronicle, name: str) -> None:
    """A property, a policy, a merge: nobody is heard through them."""
    with pytest.raises(BadQuestion, match="says nothing"):
        heard.view().without(name)


def test_a_view_stays_without_where_it_looks_elsewhere(heard: Chronicle) -> None:
    """At other dates, and at the log as it was before."""
    heard.append([said("later", source="wire")])
    view = heard.view(at="2022-02-01").without("press")
    other = view.looking(at="2022-03-01", known="2022-01-07")
    assert (other.scope.at_text, other.scope.without) == ("2022-03-01", ("press",))
    values = {one.value for one in other.state("subject")}
    assert "by-press" not in values
    assert "by-digest" in values
    assert {one.value for one in other.state() if one.subject == "subject"} == values
    before = view.earlier(len(RECORDS))
    assert before.scope.without == ("press",)
    assert "later" in {one.value for one in view.state("subject")}
    assert not {"later", "by-press"} & {one.value for one in before.state("subject")}


def test_what_is_recorded_later_is_not_left_out_of_an_earlier_view(local: Chronicle) -> None:
    """Neither what an id says there nor what it is merged with."""
    local.append(story("on | 2022-01-01/.. | 2022-01-02, by ada"))
    earlier = local.view().head.size
    local.append([entity("ben"), said("off", speaker="ben"), merge("ada", "ben")])
    assert fallen(local.view().without("ben")) == {"claim": {"on", "off"}}
    assert fallen(local.view(recorded=f"#{earlier}").without("ada")) == {"claim": {"on"}}


def test_claims_that_fell_are_not_among_the_details(heard: Chronicle) -> None:
    """What is left does not tell of them: neither that it answers nor that it is linked to them."""
    reader = heard.view().without("press", "fire").reader
    assert not {"answers", "event"} & reader.details(["linked"])["linked"].keys()
    assert heard.view().reader.details(["linked"])["linked"]["answers"] == "by-press"
    assert not reader.hears("by-press")
    assert reader.hears("linked")


def test_an_event_of_which_no_record_is_left_is_known_by_what_others_say(
    heard: Chronicle,
) -> None:
    """It stands on the timeline with their date; without that, not at all."""
    (fire,) = heard.timeline(heard.view().without("ben"))
    assert (fire.when, fire.source, fire.participants) == ("2022-01-04", "press", ())
    assert heard.timeline(heard.view().without("ben", "press")) == []


def test_what_nothing_fell_from_is_read_from_the_map(heard: Chronicle, file: str) -> None:
    """Topics that nothing fell from are not ruled on again; all others are."""
    heard.append(
        [entity("town"), property_("mayor"), said("dan", subject="town", property="mayor")]
    )
    heard.append([source("late"), said("eve", subject="ben", property="mayor", source="late")])
    heard.view().state()
    run(file, "UPDATE region SET standing = 'from the map'")
    found = {one.subject: one.standing for one in heard.view().without("late").state()}
    assert "ben" not in found
    assert set(found.values()) == {"from the map"}
    found = {one.subject: one.standing for one in heard.view().without("press").state()}
    assert "town" not in found
    assert (found["subject"], found["ben"]) == ("settled", "from the map")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("by-press", {("subject", "status")}),
        ("fire", {("fire", "when"), ("fire", "participant")}),
        (BURNT, {("fire", "when")}),
        ("judged-by-us", {("subject", "status")}),
        ("not-after-all", {("subject", "status")}),
        ("no-fire", {("fire", "when"), ("fire", "participant")}),
        ("no-radio", {("fire", "when"), ("fire", "participant"), ("subject", "status")}),
        ("in-town", {("town", "mayor"), ("ada", "mayor")}),
        ("both", {("town", "mayor"), ("ada", "mayor")}),
        ("not-both", {("town", "mayor"), ("ada", "mayor")}),
        ("carl", {("subject", "status")}),
        ("ben", {("fire", "when"), ("fire", "participant"), ("subject", "status")}),
        ("town", set()),
        ("echo", {("subject", "status")}),
        ("wire", {("subject", "status"), ("carl", "mayor"), ("town", "mayor"), ("ada", "mayor")}),
    ],
)
def test_topics_that_may_change_are_known(
    heard: Chronicle, name: str, expected: set[tuple[str, str]]
) -> None:
    """Those of what falls, of what it judged, of sources that go back to fewer, in conflict.

    Merges are applied.
    """
    heard.append(
        [
            entity("town"),
            property_("mayor"),
            said("in-town", subject="town", property="mayor", source="wire"),
            said("of-ada", subject="ada-l", property="mayor", source="press"),
            said("in-digest", subject="carl", property="mayor", source="digest"),
            conflict("in-town", "of-ada", id="both"),
            retraction("both", "2022-01-09", id="not-both"),
            retraction("fire", "2022-01-09", id="no-fire"),
            retraction("radio", "2022-01-09", id="no-radio"),
        ]
    )
    view = heard.view().without(name)
    with heard.database.reading() as connection:
        assert counterfactual.touched(connection, view.reader) == expected


def touched(chronicle: Chronicle, name: str) -> set[tuple[str, str]]:
    """Return the topics that may change without an id."""
    with chronicle.database.reading() as connection:
        return {*counterfactual.touched(connection, chronicle.view().without(name).reader)}


def test_a_conflict_may_come_into_force_where_a_correction_falls(local: Chronicle) -> None:
    """Then a topic changes from which nothing fell itself."""
    corrected = """
        on  | 2022-01-03 | 2022-01-04
        off | 2022-01-03 | 2022-01-05 | 2, by ada, corrects on
    """
    tired = said("tired", subject="ada", property="mood")
    local.append(story(corrected, property_("mood"), tired, conflict("on", "tired")))
    assert local.view().ruling("ada", "mood").standing == "settled"
    assert touched(local, "off") == {("subject", "status"), ("ada", "mood")}
    (mood,) = (one for one in local.impact("off").effects if one.change.subject == "ada")
    assert (mood.effect, mood.change.after and mood.change.after.in_conflict) == (
        "disputed",
        ("conflict",),
    )


def test_what_an_event_states_is_touched_with_it(local: Chronicle) -> None:
    """By the entry of the event: its claims have none of their own."""
    local.append([source("radio"), entity("ada"), entity("ben"), FIRE])
    for name in ("fire", "radio", "ben"):
        assert touched(local, name) == {("fire", "when"), ("fire", "participant")}


def test_nothing_is_touched_where_nothing_is_left_out(heard: Chronicle) -> None:
    """A plain view is as it is."""
    view = heard.view()
    with heard.database.reading() as connection:
        assert counterfactual.touched(connection, view.reader) == frozenset()


def test_origins_that_fell_are_not_counted(local: Chronicle) -> None:
    """Two roots decide by their number against a later claim; one of them alone does not."""
    local.append(
        [
            source("wire"),
            source("digest", derives_from=["press", "wire"]),
            *story(
                """
                on  | 2022-01-03 | 2022-01-04 | 2, from digest
                off | 2022-01-03 | 2022-01-05 | 2, by ada
                """,
                source("digest", derives_from=["press", "wire"]),
            ),
        ]
    )
    view = local.view(at="2022-01-03")
    before = view.ruling("subject", "status")
    assert (before.value, before.decided_by) == ("on", "corroboration")
    after = view.without("wire").ruling("subject", "status")
    assert (after.value, after.decided_by) == ("off", "assertion")
