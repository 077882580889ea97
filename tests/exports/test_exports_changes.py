"""What later entries change in an export: what a follower is given, whatever they were."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle import Chronicle, RecordsRefused, View
from chronicle.exports import formats, items
from chronicle.exports.extract import Extract
from chronicle.exports.items import Item, flat
from tests.exports.following import Held, applied
from tests.stores import Clock, Files
from tests.stories import merge, retraction
from tests.test_changes import LATER
from tests.test_projections import sound
from tests.twins import twins
from tests.worlds import CHAPTERS, WORLD, state_claim

LATER_STILL = [
    merge("subject", "twin", id="one-man"),
    merge("subject", "twin", judgement="distinct", id="two-men"),
    merge("deed", "act", id="one-deed"),
    retraction("act", "2022-01-20", mode="erratum", id="no-act"),
    retraction("wire", "2022-01-21", id="no-wire"),
    {"kind": "source", "id": "radio", "title": "Radio", "derives_from": ["press"]},
]
"""Records that may come to any log about two who may be one."""

SOME = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def held(view: View, about: str | None = None) -> Held:
    """Return the rows of a view."""
    with view.database.reading() as connection:
        return applied(flat(Extract(view, connection, about).groups()), ())


def named(found: list[Item]) -> set[tuple[str, str, bool]]:
    """Return the table and key of each change, and whether it is a removal."""
    return {(item.table, item.key, item.row is None) for item in found}


def follow(before: View, after: View, about: str | None = None) -> None:
    """Have a follower of the one view come to the other, by no more than what changed."""
    with before.database.reading() as connection:
        first, last = (Extract(one, connection, about) for one in (before, after))
        changed = list(last.changes(first))
        assert applied(flat(first.groups()), changed) == held(after, about)
        # The same as if every row had been compared.
        assert named(changed) == named(list(items.changes(first.groups(), last.groups())))


def changed(before: View, after: View) -> set[tuple[str, str, bool]]:
    """Return the changes from one view to another, as `named` has them."""
    with before.database.reading() as connection:
        first, last = (Extract(one, connection) for one in (before, after))
        return named(list(last.changes(first)))


@SOME
@given(
    twins(),
    st.lists(st.integers(0, 20), min_size=2, max_size=2).map(sorted),
    st.sampled_from(["2022-01-04", "2022-01-09", "2022-03-01"]),
    st.booleans(),
    st.sampled_from([None, "subject", "twin"]),
)
def test_changes_of_any_log_lead_from_one_position_to_another(
    files: Files,
    records: list[dict[str, Any]],
    positions: list[int],
    at: str,
    known: bool,
    about: str | None,
) -> None:
    """Of everything and about an entity; merges, events, conflicts, retractions and all."""
    with Chronicle.open(files.made(), clock=Clock()) as chronicle:
        for record in sound(records):
            with suppress(RecordsRefused):  # it names what comes later
                chronicle.append([record])
        said = at if known else None
        before, after = (chronicle.view(at, said, f"#{one}") for one in positions)
        if about is None or before.reader.catalogue.get(about):
            follow(before, after, about)


@SOME
@given(
    st.permutations(LATER),
    st.lists(st.integers(0, len(LATER)), min_size=2, max_size=2).map(sorted),
    st.sampled_from(["2022-01-23", "2022-01-26", "2022-03-01"]),
)
def test_records_that_reach_beyond_their_slot_are_followed(
    files: Files, later: list[Any], positions: list[int], known: str
) -> None:
    """Merges and their reversal, conflicts, policies, retractions of sources and of those."""
    with Chronicle.open(files.made()) as chronicle:
        chronicle.append(WORLD)
        size = chronicle.view().head.size
        for record in later:
            with suppress(RecordsRefused):  # a retraction of what is not there yet
                chronicle.append([record])
        before, after = (
            chronicle.view("2022-03-01", known, f"#{size + position}") for position in positions
        )
        follow(before, after)


@pytest.mark.parametrize("name", [name for name in formats.names() if name != "jsonl"])
@settings(SOME, max_examples=12)
@given(
    twins(),
    st.lists(st.integers(0, 26), min_size=2, max_size=2).map(sorted),
    st.permutations(LATER_STILL),
    st.sampled_from([None, "subject"]),
)
def test_every_format_is_followed_over_any_log(
    files: Files,
    name: str,
    records: list[dict[str, Any]],
    positions: list[int],
    later: list[dict[str, Any]],
    about: str | None,
) -> None:
    """Its own items, whatever it makes of the rows, lead from one position to another."""
    form = formats.find(name)
    with Chronicle.open(files.made(), clock=Clock()) as chronicle:
        for record in [*sound(records), *later]:
            with suppress(RecordsRefused):  # it names what comes later
                chronicle.append([record])
        before, after = (chronicle.view("2022-02-01", None, f"#{one}") for one in positions)
        if about is not None and not before.reader.catalogue.get(about):
            return
        with chronicle.database.reading() as connection:
            first, last = (Extract(one, connection, about) for one in (before, after))
            found = applied(flat(form.groups(first)), form.changes(first, last))
            assert found == applied(flat(form.groups(last)), ())


@pytest.mark.parametrize("policy", ["best-known", "latest-word"])
def test_chapters_are_followed_one_by_one(chapters: Chronicle, policy: str) -> None:
    """Under any policy: six records, a retraction with an event, an assessment."""
    ends = [0]
    for chapter in CHAPTERS:
        ends.append(ends[-1] + len(chapter))
    views = [chapters.view("2022-03-01", None, f"#{end}", policy=policy) for end in ends]
    for before in range(len(views)):
        for after in range(before, len(views)):
            follow(views[before], views[after])


def test_only_what_changed_comes(local: Chronicle) -> None:
    """A claim comes with its source and the rulings that it moves, and with nothing else."""
    local.append(WORLD)
    before = local.view("2022-03-01")
    local.append(
        [
            {"kind": "source", "id": "radio", "title": "Radio"},
            state_claim("ben", "office", "fort", id="later", source="radio", valid="2022-02-02"),
        ]
    )
    after = local.view("2022-03-01")
    assert changed(before, after) == {
        ("sources", "radio", False),
        ("claims", "later", False),
        ("rulings", '["ben","office",{}]', False),
    }


def test_what_is_withdrawn_is_removed(local: Chronicle) -> None:
    """The ruling goes, and the event; the claim stays, and says that it is silent."""
    local.append(WORLD)
    before = local.view("2022-03-01")
    for name in ("fire", "tall"):
        local.append(
            [{"kind": "retraction", "id": f"no-{name}", "retracts": name, "mode": "erratum",
              "asserted": "2022-02-02"}]
        )  # fmt: skip
    found = changed(before, local.view("2022-03-01"))
    assert ("rulings", '["ben","height",{}]', True) in found
    assert ("claims", "tall", False) in found
    # Another source dates the fire still.
    assert ("events", "fire", False) in found


@pytest.mark.parametrize("target", ["rumour", "wire"])
def test_an_event_of_which_nothing_is_claimed_is_removed(local: Chronicle, target: str) -> None:
    """By a retraction of its record or of its source, which touches no topic."""
    local.append(WORLD)
    rumour = {"kind": "event", "id": "rumour", "title": "Rumour", "source": "wire"}
    local.append([rumour | {"asserted": "2022-01-20"}])
    before = local.view("2022-03-01")
    local.append([retraction(target, "2022-02-02", mode="erratum", id="no")])
    assert ("events", "rumour", True) in changed(before, local.view("2022-03-01"))


def test_another_date_is_followed_too(local: Chronicle) -> None:
    """An export of yesterday can be brought up to a view of today: then any row may differ."""
    local.append(WORLD)
    before = local.view("2022-01-05", "2022-02-01")
    local.append([state_claim("ben", "status", "calm")])
    follow(before, local.view("2022-03-01"))


def test_another_policy_of_the_same_name_is_followed(local: Chronicle) -> None:
    """A name may come to stand for another order of criteria."""
    local.append(WORLD)
    before = local.view("2022-03-01", policy="first-report")
    local.append([{"kind": "policy", "id": "first-report", "criteria": ["credibility"]}])
    follow(before, local.view("2022-03-01", policy="first-report"))
