"""Rows: what is ruled along valid time at one known instant, as the whole map has it."""

from __future__ import annotations

from hypothesis import given, settings

from chronicle.calendar import FOREVER
from chronicle.dates import parse
from chronicle.regions import Region, paint, row_at
from tests.cases import Case
from tests.logs import Payload, logs

KNOWN = [
    *(parse(f"2022-01-{day:02}").last for day in range(1, 11)),
    parse("2022-01-06T10:00").first,
    FOREVER,
]


@settings(max_examples=40)
@given(logs())
def test_a_row_is_the_map_at_its_known_instant(records: list[Payload]) -> None:
    """Wherever the map is cut, the same rulings over the same stretches."""
    case = Case(records)
    rules = case.rules("status")
    for topic in case.topics().values():
        whole = list(paint(topic, rules.many, rules))
        for known in KNOWN:
            cut = [one for one in whole if one.known_from <= known <= one.known_to]
            row = list(row_at(topic, rules.many, rules, known))
            assert told(row) == told(cut)
            assert {(one.known_from, one.known_to) for one in row} <= {(known, known)}


def told(regions: list[Region]) -> list[tuple[object, ...]]:
    """Return what regions rule, over stretches that are as long as they can be."""
    found: list[tuple[object, ...]] = []
    last = 0
    for one in sorted(regions, key=lambda one: (one.slot, one.valid_from)):
        voice = one.verdict.voice
        ruled = (one.slot, voice and (voice.id, voice.value), *one.verdict[1:])
        if found and found[-1][1:] == ruled and last + 1 == one.valid_from:
            last = one.valid_to
            continue
        found.append((one.valid_from, *ruled))
        last = one.valid_to
    return [*found, (last,)]
