"""Views without an id: as if the log had never heard of it, in every answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle import Chronicle, View, counterfactual
from chronicle.bearing import Assessment, Retraction
from chronicle.dates import parse
from chronicle.differences import Change, between
from chronicle.errors import UnknownId
from chronicle.impact import Effect
from chronicle.liveness import Topic
from chronicle.reading import Name
from tests.applying import Told, told
from tests.hearsay import gone, hearsay, ids, never_heard
from tests.stores import Clock, Files

Payload = dict[str, Any]

FEW = settings(
    max_examples=20,
    deadline=None,
    # The files fixture hands out a fresh database at each call.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)

CASES = hearsay().flatmap(lambda log: st.tuples(st.just(log), st.sampled_from(ids(log))))
"""A log, and an id of it to leave out."""

SIGHTS: Sequence[dict[str, str]] = [
    {"as_of": "2022-01-03"},
    {"as_of": "2022-01-06"},
    {"at": "2022-01-05T12:00", "known": "2022-01-08"},
    {"at": "2022-01-04"},
    {"at": "2023", "policy": "most-corroborated"},
]
"""Ways to look at a log."""


@contextmanager
def opened(files: Files, records: Sequence[Payload]) -> Iterator[Chronicle]:
    """Give a chronicle of some records."""
    store = files.made()
    with Chronicle.open(store, clock=Clock()) as chronicle:
        chronicle.append(records)
        yield chronicle
    files.drop(store)


def states(view: View) -> Told:
    """Return what a view believes, with all its grounds."""
    return told(view.state(), many(view))


def many(view: View) -> set[str]:
    """Return the properties of many values."""
    properties = view.reader.properties
    return {name for name, one in properties.items() if one.get("cardinality") == "many"}


@settings(FEW, max_examples=60)
@given(CASES)
def test_reasoning_is_given_what_a_log_that_never_had_the_id_gives_it(
    files: Files, case: tuple[list[Payload], str]
) -> None:
    """The same claims with the same origins, and the same that bears on them."""
    records, name = case
    with opened(files, records) as whole, opened(files, never_heard(records, name)) as bare:
        view, expected = whole.view().without(name), bare.view()
        assert given_to_reasoning(whole, view) == given_to_reasoning(bare, expected)


def given_to_reasoning(chronicle: Chronicle, view: View) -> dict[Name, Any]:
    """Return the claims of each topic, what bears on them, and the conflicts in force."""
    with chronicle.database.reading() as connection:
        return {
            name: _content(topic)
            for name, topic in view.reader.topics(connection)
            if topic.testimonies
        }


def _content(topic: Topic) -> Any:
    bearing = topic.bearing
    items = topic.testimonies.values()
    touched = {name for item in items for name in (item.id, item.source, item.stated_by)}
    touched |= {one.id for one in bearing.conflicts}
    # What is said of a source from which no claim of the topic is left bears on nothing there.
    waiting: set[Retraction | Assessment] = {*bearing.retractions, *bearing.assessments}
    judged: set[Retraction | Assessment] = set()
    while more := {one for one in waiting - judged if one.target in touched}:
        judged |= more
        touched |= {one.id for one in more}
    in_force = [topic.conflicts(parse(f"2022-01-{day:02}").last) for day in range(1, 12)]
    return dict(topic.testimonies), judged, set(bearing.conflicts), in_force


@FEW
@given(CASES)
def test_a_view_without_an_id_is_that_of_a_log_that_never_had_it(
    files: Files, case: tuple[list[Payload], str]
) -> None:
    """Every ruling to its grounds, every trace and timeline, however one looks."""
    records, name = case
    lost = gone(records, name)
    with opened(files, records) as whole, opened(files, never_heard(records, name)) as bare:
        for sight in SIGHTS:
            view, expected = whole.view(**sight).without(name), bare.view(**sight)
            assert states(view) == states(expected)
            for subject in ("subject", "fire"):
                assert traced(whole, subject, view) == traced(bare, subject, expected)
            happened = [one for one in whole.timeline(view) if one.event not in lost]
            assert happened == bare.timeline(expected)


def traced(chronicle: Chronicle, subject: str, view: View) -> list[dict[str, Any]]:
    """Return the steps of a subject; none if the log does not know it."""
    try:
        return [one.as_dict() for one in chronicle.trace(subject, view=view)]
    except UnknownId:
        return []


@FEW
@given(CASES)
def test_topics_that_nothing_fell_from_are_ruled_on_as_before(
    files: Files, case: tuple[list[Payload], str]
) -> None:
    """What is not ruled on anew would be ruled on alike, to its grounds."""
    records, name = case
    with opened(files, records) as chronicle:
        for sight in SIGHTS:
            heard = chronicle.view(**sight)
            view = heard.without(name)
            with chronicle.database.reading() as connection:
                touched = counterfactual.touched(connection, view.reader)
                afresh = view._computed(connection, None)  # noqa: SLF001  # every topic anew, on purpose
                topics = [topic for topic, _ in heard.reader.topics(connection)]
            assert told(afresh, many(view)) == states(view)
            for topic in topics:
                if topic not in touched:
                    before, after = heard.rulings(*topic), view.rulings(*topic)
                    assert [one.as_dict() for one in before] == [one.as_dict() for one in after]


@FEW
@given(CASES)
def test_impact_is_the_difference_to_a_log_that_never_had_the_id(
    files: Files, case: tuple[list[Payload], str]
) -> None:
    """At one date: the same changes as between the views of the two logs."""
    records, name = case
    with opened(files, records) as whole, opened(files, never_heard(records, name)) as bare:
        for sight in SIGHTS:
            view, expected = whole.view(**sight), bare.view(**sight)
            changes = list(between(view, expected, closely=True))
            found = whole.impact(name, view=view, support=True)
            assert [slot(one) for one in found.effects] == [_key(one) for one in changes]
            for one, change in zip(found.effects, changes, strict=True):
                assert one.change.kind == change.kind
                assert _dicts(one.change) == _dicts(change)
                old, new = one.change.held, one.change.holds
                if old is not None and new is not None and old.value == new.value:
                    assert new.claim in one.others
                    assert {*one.others} <= {new.claim, *new.supporters}


def _dicts(change: Change) -> list[Any]:
    return [side and side.as_dict() for side in (change.held, change.holds)]


def slot(one: Effect) -> tuple[Any, ...]:
    """Return the slot of an effect."""
    return _key(one.change)


def _key(change: Change) -> tuple[Any, ...]:
    return change.subject, change.property, str(change.qualifiers), change.slot_value


MOMENTS = (
    *(f"2022-01-{day:02}" for day in range(1, 12)),
    "2021-06-01",
    "2022-01-04T12:00",
    "2022-01-06T10:00",
    "2022-01-06T23:59:58",
    "2022-03-01",
)
"""Instants to look at, within days too."""


@FEW
@given(CASES)
def test_impact_at_every_date_tells_what_it_tells_at_each(
    files: Files, case: tuple[list[Payload], str]
) -> None:
    """Wherever one looks, the stretches that lie there are the effects of that date."""
    records, name = case
    with opened(files, records) as chronicle:
        for known in ({}, {"known": "2022-01-06"}):
            found = chronicle.impact(name, view=chronicle.view(**known)).effects
            for at in MOMENTS:
                instant = parse(at).last
                there = [one for one in found if one.stretch.first <= instant <= one.stretch.last]
                expected = chronicle.impact(name, view=chronicle.view(at=at, **known)).effects
                assert [_facts(one) for one in there] == [_facts(one) for one in expected]


def _facts(one: Effect) -> tuple[Any, ...]:
    sides = one.change.before, one.change.after
    return (
        slot(one),
        one.effect,
        [side and (side.value, side.none, side.standing) for side in sides],
    )
