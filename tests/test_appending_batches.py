"""Appending: files longer than a batch, in which records name others that come much later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chronicle import Chronicle
from tests.filed import append, drafts, faults, lines
from tests.stores import content
from tests.stories import claim, entity, property_, retraction, source

pytestmark = pytest.mark.usefixtures("folder")


FILL = [entity(f"fill-{number}") for number in range(2100)]
"""More records than are read at a time."""


def large(count: int) -> list[dict[str, Any]]:
    """Return records of which each names others that come much later."""
    people = [f"person-{number}" for number in range(20)]
    claims = [
        claim(
            f"stage {number}",
            id=f"claim-{number}",
            subject=people[number % 20],
            valid="2022-01-06/..",
            said="2022-02-01",
            source="copy",
        )
        for number in range(count)
    ]
    for number, one in enumerate(claims[:-40:7]):
        one["revises"] = {"kind": "correction", "claim": claims[number * 7 + 20]["id"]}
    return [
        retraction(claims[-1]["id"], "2022-03-01"),
        source("copy", derives_from=["wire"]),
        *claims,
        property_(),
        *(entity(name, within="land") for name in people),
        entity("land"),
        source("wire"),
        source(),
    ]


def test_a_long_file_of_forward_references_lands_whole(chronicle: Chronicle) -> None:
    """JSON Lines stream through in batches; what names later records waits for them."""
    records = large(5000)
    seen: list[int] = []
    receipt = chronicle.append_drafts(drafts(lines("a.jsonl", records)), progress=seen.append)
    assert receipt.added == len(records) == 5026
    assert seen == [1000, 2000, 3000, 4000, 5000, 5026]
    assert {one.id for one in chronicle.log()} == {one["id"] for one in records}
    assert append(chronicle, "a.jsonl").unchanged == len(records)
    report = chronicle.verify()
    assert (report.entries, report.findings) == (5026, ())
    assert len(chronicle.view(at="2022-01-20").state()) == 20


def test_a_fault_at_the_end_of_a_long_file_undoes_all_of_it(local: Chronicle, file: str) -> None:
    """Batches that were written already are rolled back."""
    before = content(file)
    records = [*large(4000), entity("last", within="nowhere-at-all")]
    assert faults(local, lines("a.jsonl", records)) == [
        (
            "a.jsonl:4027: within: no entity or event has the id 'nowhere-at-all'; "
            "append its record before, or in the same append"
        )
    ]
    assert content(file) == before


def test_a_record_far_from_its_twin_is_compared_with_it(local: Chronicle) -> None:
    """The same id in another batch of the append is the same record, or a fault."""
    receipt = append(local, lines("a.jsonl", [entity("twin"), *FILL, entity("twin")]))
    assert (receipt.added, receipt.unchanged) == (2101, 1)
    told = faults(
        local, lines("b.jsonl", [entity("new"), *FILL, entity("new", description="other")])
    )
    assert told == [
        (
            "b.jsonl:2102: id: 'new' stands twice in this append with another description; "
            "records are immutable; revise it instead, under an id of its own"
        )
    ]
    told = faults(local, lines("c.jsonl", [*FILL, entity("twin", description="other")]))
    assert len(told) == 1
    assert told[0].startswith("c.jsonl:2101: id: 'twin' stands in the log with another description")


def test_a_circle_over_a_long_file_is_refused(local: Chronicle) -> None:
    """However far apart the records stand."""
    circle = [entity("a", within="c"), entity("b", within="a"), *FILL, entity("c", within="b")]
    assert len(faults(local, lines("a.jsonl", circle))) == 3


def test_a_source_may_derive_from_one_that_comes_much_later(local: Chronicle) -> None:
    """Claims have the origins that the whole append gives, wherever the sources stand in it."""
    records: Sequence[dict[str, Any]] = [
        entity("subject"),
        property_(),
        source("copy", derives_from=["wire"]),
        claim("out", valid="2022-01-06", source="copy"),
        *FILL,
        source("wire"),
    ]
    append(local, lines("a.jsonl", records))
    assert local.verify().findings == ()


def test_a_derived_id_can_be_named_before_its_claim_is_complete(local: Chronicle) -> None:
    """A claim without id that waits for its source can be retracted in the same append."""
    said = claim("out", valid="2022-01-06")
    del said["id"]
    world = [entity("subject"), property_(), source()]
    name: list[str] = []
    local.append_drafts(
        drafts(lines("a.jsonl", [*world, said])),
        dry_run=True,
        written=lambda one: name.append(one["id"]),
    )
    records = [retraction(name[-1], "2022-02-01"), said, *FILL, *world]
    assert append(local, lines("b.jsonl", records)).added == len(records)
