"""Projections: the same in any order of appending, whatever was asked between, and rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from chronicle import Chronicle
from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.policies import CRITERIA, EARLIEST
from chronicle.rulings import rule
from chronicle.schema import region, slot
from chronicle.slots import Slots
from tests.cases import Case
from tests.logs import logs
from tests.stores import Files

Payload = dict[str, Any]

FEW = settings(
    max_examples=20,
    deadline=None,
    # The files fixture hands out a fresh database at each call.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

DAYS = [parse(f"2022-01-{day:02}").last for day in range(1, 13)]


def sound(records: Sequence[Payload]) -> list[Payload]:
    """Leave out the revisions that intake refuses: an update that begins before the old claim."""
    case = Case(records)
    starts = {
        item.id: item.span.first
        for topic in case.topics().values()
        for item in topic.testimonies.values()
    }
    kept = []
    for record in records:
        made = dict(record)
        revises = made.get("revises", {})
        is_update = revises.get("kind") == "update"
        if is_update and starts[made["id"]] < starts[revises["claim"]]:
            del made["revises"]
        if made.get("none") and made.get("denies"):
            del made["denies"]
        kept.append(made)
    return kept


def painted(chronicle: Chronicle) -> set[tuple[Any, ...]]:
    """Return the whole map, painted, without the numbers of its slots."""
    chronicle.view().state()
    columns = [column for column in region.c if column.name != "slot"]
    query = select(
        slot.c.subject, slot.c.property, slot.c.qualifiers, slot.c.value.label("slot_value"),
        *columns,
    ).join(region, region.c.slot == slot.c.number)  # fmt: skip
    with chronicle.database.reading() as connection:
        return {tuple(row) for row in connection.execute(query)}


def states(chronicle: Chronicle) -> list[Any]:
    """Return what is believed as of some days."""
    days = ("2022-01-03", "2022-01-06", "2022-01-09", "2023")
    return [chronicle.view(as_of=day).state() for day in days]


def appended(files: Files, batches: Iterable[Sequence[Payload]], *, ask: bool = False) -> Chronicle:
    """Return a chronicle with the batches appended, whole views asked for between or not."""
    chronicle = Chronicle.open(files.made())
    for batch in batches:
        chronicle.append(batch, by="test")
        if ask:
            chronicle.view(as_of="2022-01-06").state()
    return chronicle


@FEW
@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_appending_never_matters(
    files: Files, records: list[Payload], random: Any
) -> None:
    """For any order in one append, and claim by claim, map and views are the same."""
    records = sound(records)
    shuffled = random.sample(records, len(records))
    singly = [[record] for record in records]
    with (
        appended(files, [records]) as first,
        appended(files, [shuffled]) as second,
        appended(files, singly) as third,
    ):
        assert painted(first) == painted(second) == painted(third)
        assert states(first) == states(second) == states(third)


@FEW
@given(logs())
def test_catching_up_equals_a_rebuild(files: Files, records: list[Payload]) -> None:
    """Painting only what each append touched gives what painting everything gives."""
    singly = [[record] for record in sound(records)]
    with appended(files, singly, ask=True) as chronicle:
        before = painted(chronicle)
        chronicle.rebuild()
        assert painted(chronicle) == before
        assert not chronicle.verify().findings


ORDERS = st.permutations([*CRITERIA, EARLIEST]).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda most: order[:most])
)
"""Any order of some criteria."""


@FEW
@given(logs(), st.none() | ORDERS)
def test_the_map_and_the_function_give_the_same_views(
    files: Files, records: list[Payload], criteria: list[str] | None
) -> None:
    """A whole view read from the map equals one computed claim by claim, in any order of rank."""
    batches = [sound(records)]
    if criteria:
        batches.append([{"kind": "policy", "id": "best-known", "criteria": criteria}])
    with appended(files, batches, ask=True) as chronicle:
        for day in ("2022-01-03", "2022-01-06", "2022-01-09"):
            view = chronicle.view(at=day, known="2022-01-08")
            recorded = chronicle.view(at=day, known="2022-01-08", recorded="2100")
            mapped = view.state()
            with chronicle.database.reading() as connection:
                computed = recorded._computed(connection, None)  # noqa: SLF001  # past the map on purpose
            assert mapped == computed
            assert [one.rivals for one in mapped] == [one.rivals for one in computed]


@pytest.mark.parametrize("known", [DAYS[3], DAYS[6]])
@given(logs(most=7))
def test_what_is_said_later_never_changes_what_was_known(
    known: int, records: list[Payload]
) -> None:
    """Without all that was said after K, every view with `known` up to K stays as it was."""
    early = [
        record
        for record in records
        if "asserted" not in record
        or parse(record["asserted"]).first <= known
        or record.get("mode") == "erratum"
    ]
    then, now = answers(consistent(early), known), answers(records, known)
    # A value first named later was denied before by whoever said that there is none at all.
    named = {place for _, place, *_ in then}
    assert then == {key: answer for key, answer in now.items() if key[1] in named}
    assert {answer[1] for key, answer in now.items() if key[1] not in named} <= {"denied"}


def consistent(records: Sequence[Payload]) -> list[Payload]:
    """Return the records without what names a record that is not among them."""
    ids = {record["id"] for record in records}
    kept = []
    for record in records:
        named = {*record.get("claims", ())}
        named |= {record[field] for field in ("retracts", "claim") if field in record}
        if named <= ids:
            made = dict(record)
            if made.get("revises", {}).get("claim") not in ids:
                made.pop("revises", None)
            kept.append(made)
    return kept


def answers(records: Sequence[Payload], until: int) -> dict[Any, Any]:
    """Return what every slot answers at days up to and beyond K, known by days up to K."""
    case = Case(records)
    rules = case.rules("status")
    found: dict[Any, Any] = {}
    for name, topic in case.topics().items():
        for known in (day for day in (*DAYS, FOREVER) if day <= until):
            rooms = Slots(topic, rules.many).audiences(known)
            for place, audience in rooms.items():
                for instant in DAYS:
                    ruled = rule(audience, instant, rules, topic.conflicts(known))
                    if ruled.standing != "unknown" and (place.value or not rules.many):
                        told = (ruled.voice and ruled.voice.id, *ruled[1:])
                        found[name, place, known, instant] = told
    return found
