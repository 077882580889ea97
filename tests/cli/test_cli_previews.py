"""Previews in words and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.cli.cells import Cell
from chronicle.cli.previews import sheet, words
from chronicle.differences import KINDS
from chronicle.preview import Preview
from tests.stories import claim, entity, merge, property_, retraction, story

Records = list[dict[str, Any]]

STORY = """
    in post  | 2015-12/..    | 2021-12-31
    relieved | 2022-01-17/.. | 2022-01-17
"""

_SAME = "what is best known would not change"


def rows(chronicle: Chronicle, *records: dict[str, Any]) -> list[Sequence[Cell]]:
    """Return the rows of the table of what some records would change."""
    return list(sheet(chronicle.preview(records)).rows)


def test_each_side_is_a_value_and_its_standing(local: Chronicle) -> None:
    """Where nothing is believed, why not is said if it is known."""
    local.append([*story(STORY, qualifiers=["office"]), property_("mood", temporal="fixed")])
    assert rows(local, retraction("relieved", "2022-02-01")) == [
        ("subject", "status", "from 2022-01-17 on", "relieved, settled", "in post, settled")
    ]
    end = claim("relieved", id="end", valid="/2022-02-01", said="2022-02-01")
    assert rows(local, end) == [
        ("subject", "status", "from 2022-02-02 on", "relieved, settled", "-, ended")
    ]
    new = claim("nothing", property="mood", said="2022-02-01", qualifiers={})
    assert rows(local, {**new, "id": "new"}) == [("subject", "mood", "", "-", "none, settled")]
    office = claim("in", valid="2022-01-01", qualifiers={"office": "first"})
    assert [row[1] for row in rows(local, office)] == ["status (office=first)"]


def test_merged_subjects_are_shown_by_both_ids(local: Chronicle) -> None:
    """Whose it was, and whose it would be."""
    local.append([*story(STORY), entity("twin")])
    assert [row[0] for row in rows(local, merge("twin", "subject"))] == []
    local.append([claim("away", subject="twin", valid="2022-01-20/..", said="2022-01-21")])
    assert {row[0] for row in rows(local, merge("subject", "twin"))} == {
        "subject",
        "twin, now subject",
    }


@pytest.mark.parametrize(
    ("preview", "lines"),
    [
        (Preview((), 0, {}, 0), [f"{_SAME}, whatever the date"]),
        (
            Preview((), 0, {"support": 2}, 0),
            [f"{_SAME}, whatever the date: 2 slots held on other grounds"],
        ),
        (
            Preview((), 0, {}, 3),
            [_SAME, "3 topics compared at the present alone, being so many"],
        ),
        (Preview((), 0, {}, 0, 2), [_SAME, "2 topics not compared, being so many more"]),
    ],
)
def test_nothing_is_said_too(preview: Preview, lines: list[str]) -> None:
    """That nothing would change is worth knowing."""
    assert list(words(preview)) == lines


def test_counts_stand_in_the_order_of_kinds(local: Chronicle) -> None:
    """The most telling first, and how many changes the table leaves out."""
    local.append(story(STORY))
    (one,) = local.preview([retraction("relieved", "2022-02-01")]).stretches
    some = Preview((one,), 12, dict.fromkeys(KINDS, 1) | {"value": 3}, 1)
    counted = (
        "3 slots with another value, 1 slot with an end, 1 slot with nothing believed any more, "
        "1 slot with another standing, 1 slot newly known, 1 slot held on other grounds"
    )
    assert list(words(some)) == [
        "and 12 changes more",
        counted,
        "1 topic compared at the present alone, being so many",
    ]
