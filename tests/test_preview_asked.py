"""Previews held against both views, asked at one instant after another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from chronicle import Chronicle, Ruling, View
from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.stretches import Stretch
from chronicle.views import Bench
from tests.logs import logs
from tests.stores import Files
from tests.stories import PROPERTY, SUBJECT, entity, merge
from tests.test_preview import side
from tests.test_projections import sound


class Case(NamedTuple):
    """A random log, part of which is there before; the rest is previewed."""

    held: list[dict[str, Any]]
    new: list[dict[str, Any]]


TWIN = "twin"
DAYS = [parse(f"2022-01-{day:02}").last for day in range(1, 12)]
DAYS += [parse(text).last for text in ("2021-06-01", "2022-01-06T10:00", "2022-03-01", "2030")]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a log of a subject and of a twin of it, which merges may join and part."""
    records = sound(draw(logs()))
    revising = {one["revises"]["claim"] for one in records if "revises" in one}
    told = []
    for one in records:
        free = one["kind"] == "claim" and "revises" not in one and one["id"] not in revising
        told.append(one | {"subject": TWIN} if free and draw(st.booleans()) else one)
    for number in range(draw(st.integers(0, 3))):
        pair = draw(
            st.sampled_from([(SUBJECT, TWIN), (SUBJECT, TWIN), (TWIN, SUBJECT), ("ada", "ben")])
        )
        judgement = draw(st.sampled_from(["same", "same", "distinct"]))
        told.append(merge(*pair, judgement=judgement, id=f"merge-{number}"))
    told.insert(7, entity(TWIN))
    kinds = draw(st.sampled_from([("claim", "retraction", "assessment", "conflict"), ()]))
    late = {
        one["id"] for one in told[8:] if one["kind"] in (*kinds, "merge") and draw(st.booleans())
    }
    for one in told:  # what names a late record is late
        named = (one.get("revises", {}).get("claim"), one.get("retracts"), one.get("claim"))
        if late.intersection((*named, *one.get("claims", ()))):
            late.add(one["id"])
    return Case(
        [one for one in told if one["id"] not in late], [one for one in told if one["id"] in late]
    )


def benches(view: View) -> list[Bench]:
    """Return what rules on either subject, each once."""
    names = {view.reader.merges.canonical(name) for name in (SUBJECT, TWIN)}
    return [view.bench(name, PROPERTY) for name in sorted(names)]


def asked(before: View, after: View, instant: int) -> set[tuple[str, ...]]:
    """Return what two views hold otherwise at an instant, asked of each by itself."""
    joined = any(len(benches(view)) == 1 for view in (before, after))
    found: set[tuple[str, ...]] = set()
    for new in benches(after):
        for slot in new.slots.all():
            olds: Iterable[Ruling | None] = [
                old.at(instant).ruling(slot)
                for old in benches(before)
                if (joined or old.name == new.name) and slot in old.slots.all()
            ]
            now = new.at(instant).ruling(slot)
            for was in olds or (None,):
                facts = [
                    one and one.claim and (one.value, one.none, one.standing) for one in (was, now)
                ]
                if facts[0] != facts[1]:
                    found.add((new.name[0], slot.value, side(was), side(now)))
    return found


def seen(stretches: Iterable[Stretch], instant: int) -> set[tuple[str, ...]]:
    """Return what a preview says is held otherwise at an instant."""
    return {
        (
            one.change.subject,
            one.change.slot_value or "",
            side(one.change.before),
            side(one.change.after),
        )
        for one in stretches
        if one.first <= instant <= one.last
    }


@settings(
    max_examples=60,
    deadline=None,
    # The files fixture hands out a fresh database at each call.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cases())
def test_a_preview_says_what_both_views_say_when_asked(files: Files, case: Case) -> None:
    """At any instant: that of the log before the append, and that of the log after it."""
    with Chronicle.open(files.made()) as chronicle:
        chronicle.append(case.held)
        preview = chronicle.preview(case.new)
        assume(not preview.more)
        before = chronicle.view()
        chronicle.append(case.new)
        after = chronicle.view()
        assert before.scope.known == after.scope.known == FOREVER
        for instant in DAYS:
            assert seen(preview.stretches, instant) == asked(before, after, instant), instant
