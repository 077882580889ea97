"""Answers: what a ruling tells, in the words of the winning claim."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chronicle import Chronicle, Ruling
from tests.stories import PROPERTY, STORIES, SUBJECT, claim, story

TOLD = """
    in post  | 2015-12/..    | 2021-12-31 | 2, by ministry
    in post  | 2021          | 2021-12-30 | 2, from wire
    replaced | 2022-01-06/   | 2022-01-06 | 4
"""


def ruling(chronicle: Chronicle, **scope: str) -> Ruling:
    """Return the ruling for the story's slot."""
    return chronicle.view(**scope).ruling(SUBJECT, PROPERTY)


def test_a_ruling_tells_who_said_so_where_and_when(local: Chronicle) -> None:
    """Source, speaker, dates as written, and the last day for which it was affirmed."""
    local.append(story(TOLD))
    found = ruling(local, at="2022-01-10", known="2022-05-31")
    assert (found.subject, found.property, found.qualifiers) == (SUBJECT, PROPERTY, {})
    assert (found.value, found.none, found.claim) == ("in post", False, "in-post")
    assert (found.standing, found.basis) == ("settled", "presumed")
    assert (found.source, found.speaker) == ("press", "ministry")
    assert (found.asserted, found.valid) == ("2021-12-31", "2015-12/..")
    assert found.last_affirmed == "2021-12-31"
    assert found.decided_by
    assert found.supporters == ("in-post-2",)
    assert [(one.claim, one.value, one.denies) for one in found.rivals] == [
        ("replaced", "replaced", False)
    ]
    assert all(one.reason for one in found.rivals)


def test_a_ruling_affirmed_at_the_instant_was_last_affirmed_there(local: Chronicle) -> None:
    """What is attested or possible is so on the day asked about."""
    local.append(story(TOLD))
    found = ruling(local, at="2019-06-15", known="2022-05-31")
    assert (found.basis, found.last_affirmed) == ("attested", "2019-06-15")


def test_the_text_of_json_is_all_of_it(local: Chronicle) -> None:
    """The keys are those that other programs rely on; it is plain JSON."""
    local.append(story(TOLD))
    told = ruling(local, at="2022-01-10").as_dict()
    assert json.loads(json.dumps(told)) == told
    assert set(told) >= {
        "subject", "property", "qualifiers", "value", "standing", "basis", "claim", "source",
        "speaker", "asserted", "valid", "last_affirmed", "decided_by", "supporters", "rivals",
    }  # fmt: skip
    assert set(told["rivals"][0]) >= {"claim", "value", "reason"}


@pytest.mark.parametrize(
    ("at", "standing"), [("2014", "unknown"), ("2022-01-14", "ended"), ("2022-01-20", "ended")]
)
def test_where_nothing_is_believed_nothing_is_told_of_a_claim(
    local: Chronicle, at: str, standing: str
) -> None:
    """Value and claim are None; the standing says why."""
    ended = next(one for one in STORIES if one.standing == "ended")
    local.append(story(ended.told))
    found = ruling(local, at=at)
    assert found.standing == standing
    told = found.as_dict()
    assert {name for name, value in told.items() if value is None} == {
        "value", "basis", "claim", "source", "speaker", "asserted", "valid", "last_affirmed",
        "decided_by",
    }  # fmt: skip
    assert told["supporters"] == []


def test_that_there_is_none_is_told_apart_from_nothing_known(local: Chronicle) -> None:
    """`none` is true where the winner says that there is no value; rivals may say so too."""
    local.append(story("nothing | 2022-01-04/.. | 2022-01-05\nin | 2022-01-04 | 2022-01-04 | 4"))
    found = ruling(local, at="2022-01-04")
    assert (found.value, found.none, found.claim) == (None, True, "nothing")
    local.append(
        [claim("in", id="sure", valid="2022-01-04/..", said="2022-01-05", credibility="1")]
    )
    found = ruling(local, at="2022-01-04")
    assert (found.value, found.none) == ("in", False)
    assert [one["value"] for one in found.as_dict()["rivals"]] == [None]


def test_two_rulings_are_equal_if_they_tell_the_same(local: Chronicle) -> None:
    """Asked twice, the same answer; asked of another day, another one."""
    local.append(story(TOLD))
    assert ruling(local, at="2022-01-10") == ruling(local, at="2022-01-10")
    assert ruling(local, at="2022-01-10") != ruling(local, at="2020-01-10")


def test_reasons_are_worked_out_when_asked_for(local: Chronicle) -> None:
    """They are those of the view, whatever was appended meanwhile."""
    local.append(story(TOLD))
    from_slot, from_map = ruling(local, at="2022-01-10"), local.view(at="2022-01-10").state()[0]
    more: list[dict[str, Any]] = [
        claim("gone", valid="2022-01-08/..", said="2022-01-09", credibility="1")
    ]
    local.append(more)
    for found in (from_slot, from_map):
        assert [one.claim for one in found.rivals] == ["replaced"]
    assert ruling(local, at="2022-01-10").value == "gone"


def test_qualifiers_are_told_as_they_are(local: Chronicle) -> None:
    """A mapping of names to values."""
    local.append(story("in | 2022-01-04 | same day | , where role=head place=a"))
    view = local.view(at="2022-01-04")
    found = view.ruling(SUBJECT, PROPERTY, {"place": "a", "role": "head"})
    assert (found.value, found.qualifiers) == ("in", {"role": "head", "place": "a"})
    assert view.state() == [found]
    assert view.ruling(SUBJECT, PROPERTY).standing == "unknown"
