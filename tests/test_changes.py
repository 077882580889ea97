"""Changes: from one state of knowledge to another, what is held otherwise, and why."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle import BadQuestion, Chronicle, RecordsRefused, UnknownId
from chronicle.changes import Changed, Errata
from tests.applying import applied, told
from tests.logs import DAYS, logs
from tests.stores import Clock, Files
from tests.stories import (
    PROPERTY,
    SUBJECT,
    assessment,
    claim,
    conflict,
    entity,
    merge,
    property_,
    retraction,
    story,
)
from tests.test_projections import sound
from tests.worlds import WORLD, state_claim

LEAVE = """
    in post         | 2015-12/..    | 2021-12-31 | 2
    replaced        | 2022-01-06/   | 2022-01-06 | 4
    on leave        | [2022-01-06..2022-01-17] | [2022-01-06..2022-01-17] | 2, by agency
    denies replaced | 2022-01-06/..            | [2022-01-06..2022-01-17] | 2, by agency
    relieved        | 2022-01-17/.. | 2022-01-17 | 1, by office, updates on-leave
"""


def only(errata: Errata) -> Changed:
    """Return the one change that there is."""
    (change,) = errata.changes
    return change


def reasons(changed: Changed) -> list[tuple[str, str, str | None]]:
    """Return record, effect and what it is about of the reasons of a change."""
    return [(step.record, step.effect, step.about) for step in changed.reasons]


def test_what_was_held_what_is_held_and_why(local: Chronicle) -> None:
    """Both answers are about the later date; the new winner is the first reason."""
    local.append(story(LEAVE))
    errata = local.changes("2022-01-10", "2022-01-18")
    changed = only(errata)
    change = changed.change
    assert (change.kind, change.held and change.held.value) == ("value", "on leave")
    assert change.holds is not None
    assert (change.holds.value, change.holds.standing) == ("relieved", "settled")
    assert [view.scope.at_text for view in (errata.before, errata.after)] == ["2022-01-18"] * 2
    assert [view.scope.known_text for view in (errata.before, errata.after)] == [
        "2022-01-10",
        "2022-01-18",
    ]
    first = changed.reasons[0]
    assert (first.record, first.effect, first.about) == ("relieved", "updates", "on-leave")
    assert (first.known, first.speaker, first.source) == ("2022-01-17", "office", "press")
    assert first.recorded_at == "2022-06-01T12:00:00.000000Z"


def test_another_date_can_be_asked_about(local: Chronicle) -> None:
    """What held on the 12th is the same before and after he was relieved."""
    local.append(story(LEAVE))
    assert local.changes("2022-01-10", "2022-01-18", at="2022-01-12").changes == ()
    assert local.changes("2022-01-05", "2022-01-18", at="2022-01-12").changes != ()


def test_without_an_end_it_is_all_that_there_is(local: Chronicle) -> None:
    """Until now, with everything ever said, held by the log as it stands."""
    local.append(story(LEAVE))
    errata = local.changes("2022-01-10")
    assert only(errata).reasons[0].record == "relieved"
    assert errata.after.scope.known_text is None
    assert errata.before.scope.at == errata.after.scope.at
    since_empty = local.changes(recorded_since="#0")
    assert only(since_empty).change.kind == "appears"
    assert since_empty.before.scope.at == since_empty.after.scope.at


EFFECTS = [
    ("off | 2022-01-02/.. | 2022-01-05 | 2", [], ("off", "disputes", "on")),
    ("off | 2022-01-04/.. | 2022-01-05 | 2, updates on", [], ("off", "updates", "on")),
    ("off | 2022-01-02/.. | 2022-01-05 | 2, corrects on", [], ("off", "corrects", "on")),
    ("off | 2022-01-02/.. | 2022-01-05 | 2, restates on", [], ("off", "restates", "on")),
    ("denies on | 2022-01-02/.. | 2022-01-05 | 2", [], ("denies-on", "denies", "on")),
    ("on | /2022-01-04 | 2022-01-05 | 2", [], ("on-2", "confirms", "on")),
    ("", [retraction("on", "2022-01-05")], ("retracts-on", "withdrawn", "on")),
    ("", [retraction("press", "2022-01-05")], ("retracts-press", "withdrawn", "press")),
    (
        "",
        [assessment("on", "2022-01-05", rank="deprecated")],
        ("assesses-on", "assessed deprecated", "on"),
    ),
    (
        "",
        [assessment("on", "2022-01-05", credibility="5")],
        ("assesses-on", "assessed credibility 5", "on"),
    ),
]


@pytest.mark.parametrize(("text", "more", "first"), EFFECTS)
def test_each_change_names_what_made_it(
    local: Chronicle, text: str, more: list[Any], first: tuple[str, str, str]
) -> None:
    """The kind of revision, retraction or assessment, and the record it is about."""
    local.append(story(f"on | 2022-01-02/.. | 2022-01-02\n{text}", *more))
    changed = only(local.changes("2022-01-03", "2022-01-08"))
    assert reasons(changed) == [first]
    assert changed.reasons[0].known == "2022-01-05"


def test_a_judgement_taken_back_is_a_reason(local: Chronicle) -> None:
    """A retraction that is itself retracted gives the claim back."""
    local.append(
        story(
            "on | 2022-01-02/.. | 2022-01-02",
            retraction("on", "2022-01-03"),
            retraction("retracts-on", "2022-01-05"),
        )
    )
    assert reasons(only(local.changes("2022-01-04", "2022-01-08"))) == [
        ("retracts-retracts-on", "withdrawn", "retracts-on")
    ]
    assert local.changes("2022-01-02", "2022-01-08").changes == ()


def test_a_claim_that_is_said_in_full_is_a_reason(local: Chronicle) -> None:
    """It was known before, and revises what it revises only when all of it was said."""
    local.append(
        story("on | 2022-01-02/.. | 2022-01-02\noff | 2022-01-01 | {2022-01-03..2022-01-06} | 2,"
              " corrects on")
    )  # fmt: skip
    changed = only(local.changes("2022-01-04", "2022-01-08"))
    assert reasons(changed) == [("off", "corrects", "on")]
    assert changed.reasons[0].known == "2022-01-06"


def test_rivals_come_before_supporters_and_the_rest_last(local: Chronicle) -> None:
    """What made it disputed is told first."""
    local.append(
        story("""
            on     | 2022-01-02/.. | 2022-01-02
            on     | 2022-01-05/.. | 2022-01-05, by ada
            off    | 2022-01-05/.. | 2022-01-05, by ben
            unclear | 2022-01-05   | 2022-01-05
        """)
    )
    changed = only(local.changes("2022-01-03", "2022-01-05"))
    assert (changed.change.kind, changed.change.holds and changed.change.holds.standing) == (
        "standing",
        "disputed",
    )
    assert {step.record for step in changed.reasons[:2]} == {"off", "on-2"}
    assert changed.reasons[2].record == "unclear"


def test_other_slots_are_no_reasons(local: Chronicle) -> None:
    """Claims with other qualifiers, or for other values where there are many, are left out."""
    local.append(
        story(
            """
            red  | | 2022-01-05, where at=home
            blue | | 2022-01-05
            grey | | 2022-01-05
            """,
            datatype="text",
            temporal="fixed",
            cardinality="many",
        )
    )
    found = local.changes("2022-01-03", "2022-01-08").changes
    assert [[step.record for step in one.reasons] for one in found] == [["blue"], ["grey"], ["red"]]


def test_a_conflict_comes_with_the_claim_that_completes_it(local: Chronicle) -> None:
    """The slot of the other claim is disputed then, and the reason is told with that claim."""
    local.append(
        [
            *story("on | 2022-01-02/.. | 2022-01-02"),
            property_("height", datatype="quantity", temporal="fixed"),
            claim("180", id="tall", subject=SUBJECT, property="height", said="2022-01-05"),
            conflict("on", "tall"),
        ]
    )
    found = {one.change.property: one for one in local.changes("2022-01-03", "2022-01-08").changes}
    assert found[PROPERTY].change.kind == "standing"
    assert reasons(found[PROPERTY]) == [
        ("conflict", "cannot all hold", "on tall"),
        ("tall", "first report", None),
    ]
    assert found[PROPERTY].reasons[1].property == "height"


def test_what_tells_most_comes_first(local: Chronicle) -> None:
    """The new winner, what undid the old one, new rivals, former ones undone, support, the rest."""
    local.append(
        story(
            """
            on      | | 2022-01-02 | 3
            other   | | 2022-01-01 | 4
            off     | | 2022-01-04 | 2
            off     | | 2022-01-07 | 3
            third   | | 2022-01-05 | 3
            fourth  | | 2022-01-06 | 3
            unclear | | 2022-01-07
            """,
            assessment("on", "2022-01-05", credibility="4"),
            retraction("other", "2022-01-05"),
            temporal="fixed",
        )
    )
    changed = only(local.changes("2022-01-03", "2022-01-08"))
    assert [step.record for step in changed.reasons] == [
        "off",
        "assesses-on",
        "fourth",
        "third",
        "retracts-other",
        "off-2",
        "unclear",
    ]


def test_a_claim_that_is_restated_bears_on_the_slot_of_the_other_value(local: Chronicle) -> None:
    """Where there are many values the old claim supports the new value, and takes that along."""
    local.append(
        story(
            """
            red     | | 2022-01-02, id r1
            crimson | | 2022-01-03, restates r1
            """,
            retraction("r1", "2022-01-05"),
            temporal="fixed",
            cardinality="many",
        )
    )
    found = local.changes("2022-01-04", "2022-01-08", support=True).changes
    assert [(one.change.slot_value, one.change.kind) for one in found] == [("crimson", "support")]
    assert reasons(found[0]) == [("retracts-r1", "withdrawn", "r1")]


def test_that_there_is_none_bears_on_every_value(local: Chronicle) -> None:
    """It denies each of them."""
    local.append(
        story(
            """
            red     | | 2022-01-02 | 3
            nothing | | 2022-01-05 | 2
            blue    | | 2022-01-05 | 1
            """,
            temporal="fixed",
            cardinality="many",
        )
    )
    found = {one.change.slot_value: one for one in local.changes("2022-01-03").changes}
    assert found["red"].change.kind == "disappears"
    assert [step.record for step in found["red"].reasons] == ["nothing"]


def test_a_judgement_that_never_counted_is_no_reason(local: Chronicle) -> None:
    """Nor is the retraction that undid it from the first."""
    local.append(
        story(
            "on | 2022-01-02/.. | 2022-01-02\noff | 2022-01-02/.. | 2022-01-05 | 2",
            assessment("on", "2022-01-05", rank="deprecated", id="hasty"),
            retraction("hasty", "2022-01-05", mode="erratum"),
        )
    )
    assert reasons(only(local.changes("2022-01-03"))) == [("off", "disputes", "on")]


def test_a_conflict_that_was_in_force_is_no_reason(local: Chronicle) -> None:
    """What it disputes was disputed before."""
    local.append(
        story(
            """
            on    | | 2022-01-02
            other | | 2022-01-02, where at=home
            off   | | 2022-01-05 | 1
            """,
            conflict("on", "other"),
            temporal="fixed",
        )
    )
    assert reasons(only(local.changes("2022-01-03"))) == [("off", "disputes", "on")]


def test_ids_that_only_qualify_can_be_merged_too(local: Chronicle) -> None:
    """Two slots become one, and the merge is the reason."""
    local.append(
        [
            *story("on | | 2022-01-02, where at=home\noff | | 2022-01-03 | 2, where at=house",
                   temporal="fixed"),
            entity("home"),
            entity("house"),
        ]
    )  # fmt: skip
    head = local.view().head.size
    local.append([merge("home", "house")])
    found = local.changes(recorded_since=f"#{head}").changes
    assert [(one.change.qualifiers["at"], one.change.kind) for one in found] == [
        ("home", "value"),
        ("house", "disappears"),
    ]
    for one in found:
        assert reasons(one) == [("same-home-house", "same", "house home")]


def test_grounds_alone_are_left_out_unless_asked_for(local: Chronicle) -> None:
    """A further source for what was held is no erratum."""
    local.append(story("on | 2022-01-02/.. | 2022-01-02\non | 2022-01-03/.. | 2022-01-05"))
    assert local.changes("2022-01-03", "2022-01-08").changes == ()
    changed = only(local.changes("2022-01-03", "2022-01-08", support=True))
    assert changed.change.kind == "support"
    assert reasons(changed) == [("on-2", "confirms", "on")]


def test_the_record_axis_tells_what_the_log_took_in(chronicle: Chronicle, clock: Clock) -> None:
    """By position, day or moment; a mistake of our own is named as such. Over both dialects."""
    chronicle.append(story("on | 2022-01-02/.. | 2022-01-02\noff | 2022-01-03/.. | 2022-01-03"))
    clock.forward(days=1)
    head = chronicle.view().head.size
    chronicle.append([retraction("off", "2022-01-03", mode="erratum", id="slip")])
    for since in (f"#{head}", "2022-06-01", "2022-06-01T12:00:00.000000Z"):
        changed = only(chronicle.changes(recorded_since=since))
        assert (changed.change.kind, changed.change.holds and changed.change.holds.value) == (
            "value",
            "on",
        )
        assert reasons(changed) == [("slip", "entered by mistake", "off")]
        assert changed.reasons[0].known is None
        assert changed.reasons[0].recorded_at == "2022-06-02T12:00:00.000000Z"
    assert chronicle.changes(recorded_since=f"#{head}", recorded_until=f"#{head}").changes == ()
    assert chronicle.changes("2022-01-02", "2022-01-10").changes == ()


def test_both_axes_can_be_crossed_at_once(local: Chronicle) -> None:
    """What was known then by the log of then, against what is known now by the log of now."""
    local.append(story("on | 2022-01-02/.. | 2022-01-02"))
    head = local.view().head.size
    local.append([claim("off", valid="2022-01-04/..", said="2022-01-04")])
    changed = only(local.changes("2022-01-03", "2022-01-08", recorded_since=f"#{head}"))
    assert reasons(changed) == [("off", "first report", None)]
    known_then = local.changes(recorded_since=f"#{head}", as_of="2022-01-03")
    assert known_then.changes == ()


def test_a_merge_is_the_reason_of_what_it_moves(local: Chronicle) -> None:
    """What was held of the other id is held of the one that stands for both."""
    local.append(WORLD)
    head = local.view().head.size
    local.append([merge("ada", "ada-l")])
    found = local.changes(recorded_since=f"#{head}", at="2022-03-01").changes
    assert [(one.change.subject, one.change.kind) for one in found] == [
        ("ada", "value"),
        ("ada-l", "disappears"),
    ]
    for one in found:
        assert reasons(one)[0] == ("same-ada-ada-l", "same", "ada-l ada")
    local.append([merge("ada", "ada-l", judgement="distinct")])
    back = local.changes(recorded_since=f"#{head + 1}", at="2022-03-01").changes
    assert [reasons(one)[0][1] for one in back] == ["distinct", "distinct"]


def test_a_policy_recorded_anew_is_a_reason(local: Chronicle) -> None:
    """Each view takes the policy as its own log has it."""
    local.append(story("old | 2022-01-05 | 2022-01-05 | 1\nnew | 2022-01-05 | 2022-01-09 | 3"))
    head = local.view().head.size
    local.append([{"kind": "policy", "id": "first-report", "criteria": ["assertion"]}])
    scope: dict[str, Any] = {"at": "2022-01-31", "policy": "first-report"}
    changed = only(local.changes(recorded_since=f"#{head}", **scope))
    assert reasons(changed) == [("first-report", "orders anew", None)]


def test_changes_of_a_subject_are_those_about_it(local: Chronicle) -> None:
    """As subject or as value; of one property only those of that property."""
    local.append(WORLD)
    whole = local.changes("2022-01-20", at="2022-03-01").changes
    some = local.changes("2022-01-20", at="2022-03-01", subject="almaty").changes
    assert [(one.change.subject, one.change.property) for one in some] == [("ben", "office")]
    his = local.changes("2022-01-20", at="2022-03-01", subject="ben").changes
    assert his == tuple(one for one in whole if one.change.subject == "ben")
    assert {one.change.property for one in his} == {"height", "office", "status", "tongue"}
    one = local.changes("2022-01-20", at="2022-03-01", subject="fire", name="when").changes
    assert [each.change.kind for each in one] == ["value"]
    with pytest.raises(UnknownId, match="did you mean ben"):
        local.changes("2022-01-20", subject="benn")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "changes since when"),
        ({"until": "2022-01-05"}, "--until ends what --since begins"),
        ({"recorded_until": "#1"}, "--recorded-until ends what"),
        ({"since": "2022-01-05", "until": "2022-01-04"}, "--since 2022-01-05 is later than"),
        ({"recorded_since": "#7", "recorded_until": "#1"}, "--recorded-since #7 is later than"),
        ({"since": "2022-01-05", "known": "2022-01-06"}, "leave --known out"),
        ({"since": "2022-01-05", "as_of": "2022-01-06"}, "leave --as-of out"),
        ({"recorded_since": "#1", "recorded": "#2"}, "leave --recorded out"),
        ({"recorded_since": "#1", "as_of": "2022-01-01", "at": "2022"}, "--as-of means --at"),
        ({"since": "soon"}, "--since: "),
    ],
)
def test_what_is_no_span_is_refused(local: Chronicle, asked: dict[str, Any], said: str) -> None:
    """A question that makes no sense says what to leave out or to add."""
    local.append(WORLD[:1])
    local.append(WORLD[1:])
    with pytest.raises(BadQuestion, match=said):
        local.changes(**asked)


def test_json_holds_change_and_reasons(local: Chronicle) -> None:
    """It is plain JSON, with why each ruling is so and what came between."""
    local.append(story(LEAVE))
    written = only(local.changes("2022-01-10", "2022-01-18")).as_dict()
    assert json.loads(json.dumps(written)) == written
    assert written["before"]["value"] == "on leave"
    assert written["reasons"][0]["value"] == "relieved"
    assert written["reasons"][0]["via"] == []


SOME = settings(
    max_examples=25,
    deadline=None,
    # The files fixture hands out a fresh database at each call.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = st.sampled_from([(), (PROPERTY,)])
TWO_DAYS = st.lists(DAYS, min_size=2, max_size=2).map(sorted)


def many(records: list[dict[str, Any]]) -> list[str]:
    """Return the properties of many values."""
    return [one["id"] for one in records if one.get("cardinality") == "many"]


@SOME
@given(logs(), TWO_DAYS, DAYS)
def test_changes_applied_to_what_was_known_give_what_is_known(
    files: Files, records: list[dict[str, Any]], known: list[str], at: str
) -> None:
    """From K1 to K2, to the grounds of each ruling; and every change has a reason."""
    with Chronicle.open(files.made()) as chronicle:
        chronicle.append(sound(records))
        errata = chronicle.changes(*known, at=at, support=True)
        before, after = (
            told(chronicle.view(at=at, known=day).state(), many(records)) for day in known
        )
        changes = [one.change for one in errata.changes]
        assert applied(before, changes) == after
        assert all(one.reasons for one in errata.changes)


@SOME
@given(logs(), st.lists(st.integers(0, 16), min_size=2, max_size=2).map(sorted), DAYS, st.data())
def test_changes_applied_to_what_was_recorded_give_what_is_recorded(
    files: Files, records: list[dict[str, Any]], positions: list[int], at: str, data: st.DataObject
) -> None:
    """The same along the record axis, whatever had been said by then."""
    known = data.draw(st.none() | DAYS)
    with Chronicle.open(files.made()) as chronicle:
        for record in sound(records):
            chronicle.append([record])
        since, until = (f"#{position}" for position in positions)
        errata = chronicle.changes(
            recorded_since=since, recorded_until=until, at=at, known=known, support=True
        )
        before, after = (
            told(chronicle.view(at=at, known=known, recorded=one).state(), many(records))
            for one in (since, until)
        )
        assert applied(before, [one.change for one in errata.changes]) == after
        assert all(one.reasons for one in errata.changes)


@SOME
@given(logs(), TWO_DAYS, st.randoms(use_true_random=False))
def test_the_order_of_appending_never_matters(
    files: Files, records: list[dict[str, Any]], known: list[str], random: Any
) -> None:
    """The same changes with the same reasons, however the log came together."""
    records = sound(records)
    found = []
    for some in (records, random.sample(records, len(records))):
        with Chronicle.open(files.made(), clock=Clock()) as chronicle:
            chronicle.append(some)
            found.append([one.as_dict() for one in chronicle.changes(*known, support=True).changes])
    assert found[0] == found[1]


LATER = [
    merge("ada", "ada-l"),
    merge("fort", "almaty", id="places"),
    merge("fort", "almaty", judgement="distinct", id="apart"),
    conflict("tall", "ben-office-almaty"),
    conflict("late", "ada-status-sad", id="other-conflict"),
    retraction("press", "2022-01-25", id="all-of-it"),
    retraction("all-of-it", "2022-01-27", mode="erratum", id="not-that"),
    retraction("fire", "2022-01-26", mode="erratum", id="no-fire"),
    assessment("ada-status-sad", "2022-01-20", rank="preferred"),
    {"kind": "policy", "id": "best-known", "criteria": ["assertion"]},
    state_claim("ada", "status", "calm", said="2022-01-24"),
    state_claim("ben", "tongue", "nothing", said="2022-01-22", id="mute"),
]
"""Records that reach beyond their own slot."""


@SOME
@given(
    st.permutations(LATER),
    st.lists(st.integers(0, len(LATER)), min_size=2, max_size=2).map(sorted),
    st.lists(st.sampled_from(["2022-01-05", "2022-01-23", "2022-01-26", "2022-03-01"]),
             min_size=2, max_size=2).map(sorted),
    st.booleans(),
)  # fmt: skip
def test_changes_over_many_slots_apply_on_both_axes(
    files: Files, later: list[Any], positions: list[int], known: list[str], crossing: bool
) -> None:
    """Merges, conflicts, policies, events, whatever came first; every change has a reason."""
    with Chronicle.open(files.made()) as chronicle:
        chronicle.append(WORLD)
        size = chronicle.view().head.size
        for record in later:
            with suppress(RecordsRefused):  # a retraction of what is not there yet
                chronicle.append([record])
        recorded = [f"#{size + position}" for position in positions]
        clocks = known if crossing else [known[1]] * 2
        span: dict[str, Any] = (
            {"since": known[0], "until": known[1]} if crossing else {"known": known[1]}
        )
        errata = chronicle.changes(
            recorded_since=recorded[0],
            recorded_until=recorded[1],
            at="2022-03-01",
            support=True,
            **span,
        )
        before, after = (
            told(chronicle.view("2022-03-01", *place).state(), ("tongue", "participant"))
            for place in zip(clocks, recorded, strict=True)
        )
        assert applied(before, [one.change for one in errata.changes]) == after
        assert all(one.reasons for one in errata.changes)
