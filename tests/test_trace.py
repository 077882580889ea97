"""Traces: each version in the order it became known, what it did, and the answer after it."""

from __future__ import annotations

from chronicle import Chronicle
from chronicle.trace import Version
from tests.stories import PROPERTY, SUBJECT, claim, story


def traced(chronicle: Chronicle, text: str, *more: dict[str, object]) -> list[Version]:
    """Append a story and return its trace."""
    chronicle.append(story(text, *more), by="test")
    return chronicle.trace(SUBJECT, PROPERTY)


def test_each_version_tells_what_it_did_to_the_answer(local: Chronicle) -> None:
    """First report, confirmation, dispute, denial, update, correction, restatement."""
    steps = traced(
        local,
        """
        in post | 2022-01-01/.. | 2022-01-01 | 2, id first
        in post | 2022-01-01/.. | 2022-01-02 | 3, by ada, id second
        detained | 2022-01-01/.. | 2022-01-03 | 4, id third
        denies detained | 2022-01-01/.. | 2022-01-04 | 2, id fourth
        relieved | 2022-01-05/.. | 2022-01-05 | 1, updates first, id fifth
        dismissed | 2022-01-05/.. | 2022-01-06 | 1, restates fifth, id sixth
        retired | 2022-01-05/.. | 2022-01-07 | 1, corrects sixth, id seventh
        """,
    )
    assert [(step.record, step.effect, step.about) for step in steps] == [
        ("first", "first report", None),
        ("second", "confirms", "first"),
        ("third", "disputes", "second"),
        ("fourth", "denies", "third"),
        ("fifth", "updates", "first"),
        ("sixth", "restates", "fifth"),
        ("seventh", "corrects", "sixth"),
    ]
    assert [step.known for step in steps] == [f"2022-01-{day:02}" for day in range(1, 8)]


def test_the_best_known_value_after_a_step_is_that_of_its_own_day(local: Chronicle) -> None:
    """The trace shows how the answer moved on, not what it is today."""
    steps = traced(
        local,
        """
        in post | 2022-01-01/.. | 2022-01-01
        relieved | 2022-01-05/.. | 2022-01-05 | 1, updates in-post
        """,
    )
    assert [(step.best_value, step.best_standing) for step in steps] == [
        ("in post", "settled"),
        ("relieved", "settled"),
    ]


def test_with_a_date_asked_for_the_best_known_value_is_that_of_the_date(local: Chronicle) -> None:
    """`at` holds the point of valid time, and only what is known moves on."""
    local.append(
        story("in post | 2022-01-01/.. | 2022-01-01\nrelieved | 2022-01-05/.. | 2022-01-05 | 1"),
        by="test",
    )
    steps = local.trace(SUBJECT, PROPERTY, view=local.view(at="2022-01-03"))
    assert [step.best_value for step in steps] == ["in post", "in post"]


def test_what_became_known_after_the_view_is_left_out(local: Chronicle) -> None:
    """`known` cuts the trace where the reader stood."""
    local.append(
        story("in post | 2022-01-01/.. | 2022-01-01\nrelieved | 2022-01-05/.. | 2022-01-05"),
        by="test",
    )
    steps = local.trace(SUBJECT, PROPERTY, view=local.view(known="2022-01-04"))
    assert [step.value for step in steps] == ["in post"]


def test_a_retraction_and_an_assessment_are_steps_of_their_own(local: Chronicle) -> None:
    """Taken back, or judged anew: each on its own day, with its reason."""
    steps = traced(
        local,
        "in post | 2022-01-01/.. | 2022-01-01\ndetained | 2022-01-02/.. | 2022-01-02 | 2",
        {
            "kind": "assessment",
            "id": "doubt",
            "claim": "detained",
            "credibility": "4",
            "asserted": "2022-01-03",
            "reason": "Nobody else saw it.",
        },
        {
            "kind": "retraction",
            "id": "back",
            "retracts": "detained",
            "mode": "withdrawn",
            "source": "press",
            "asserted": "2022-01-04",
        },
    )
    assert [(step.record, step.effect, step.best_value) for step in steps] == [
        ("in-post", "first report", "in post"),
        ("detained", "first report", "detained"),
        ("doubt", "assessed credibility 4", "in post"),
        ("back", "withdrawn", "in post"),
    ]
    assert steps[2].reason == "Nobody else saw it."


def test_what_was_entered_by_mistake_was_never_known(local: Chronicle) -> None:
    """An erratum leaves no step: only an earlier record time shows the claim."""
    steps = traced(
        local,
        "in post | 2022-01-01/.. | 2022-01-01\ndetained | 2022-01-02/.. | 2022-01-02",
        {"kind": "retraction", "id": "slip", "retracts": "detained", "mode": "erratum"},
    )
    assert [step.record for step in steps] == ["in-post"]


def test_a_source_that_does_not_know_is_shown(local: Chronicle) -> None:
    """It changes nothing, and stays visible."""
    steps = traced(local, "in post | 2022-01-01/.. | 2022-01-01\nunclear | 2022-01-02 | 2022-01-02")
    assert [(step.effect, step.best_value) for step in steps] == [
        ("first report", "in post"),
        ("does not know", "in post"),
    ]


def test_claims_about_different_times_do_not_dispute_each_other(local: Chronicle) -> None:
    """What succeeds another state is a report of its own."""
    steps = traced(local, "in post | 2022-01-01 | 2022-01-01\nrelieved | 2022-01-05 | 2022-01-05")
    assert [step.effect for step in steps] == ["first report", "first report"]


def test_a_subject_is_traced_through_all_its_properties(local: Chronicle) -> None:
    """Without a property, every topic of the subject, in one order of becoming known."""
    local.append(
        [
            *story("in post | 2022-01-03/.. | 2022-01-03"),
            {"kind": "property", "id": "home", "label": "home"},
            claim("almaty", valid="2022-01-01", said="2022-01-01", id="home-1", property="home"),
        ],
        by="test",
    )
    assert [step.property for step in local.trace(SUBJECT)] == ["home", PROPERTY]


def test_of_one_day_a_correction_comes_after_what_it_corrects(local: Chronicle) -> None:
    """Whatever their ids are."""
    steps = traced(
        local,
        """
        detained | 2022-01-01/.. | 2022-01-01 | 3, id zeta
        in post | 2022-01-01/.. | 2022-01-01 | 3, id alpha, corrects zeta
        """,
    )
    assert [step.record for step in steps] == ["zeta", "alpha"]


def test_where_many_values_hold_at_once_none_disputes_another(local: Chronicle) -> None:
    """Each value is ruled on by itself."""
    local.append(
        story("red | 2022-01-01 | 2022-01-01\nblue | 2022-01-01 | 2022-01-02", cardinality="many"),
        by="test",
    )
    assert [step.effect for step in local.trace(SUBJECT, PROPERTY)] == ["first report"] * 2


def test_a_version_writes_itself_as_json_would(local: Chronicle) -> None:
    """Every field, with lists for tuples."""
    (step,) = traced(local, "in post | 2022-01-01/.. | 2022-01-01 | 2, via wire")
    plain = step.as_dict()
    assert plain["via"] == ["wire"]
    assert plain["best_claim"] == "in-post"
    assert set(plain) == set(Version.__slots__)
