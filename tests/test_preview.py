"""Previews: what an append would change in the best-known view, date by date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from chronicle import Chronicle, RecordsRefused, Ruling
from chronicle import preview as previewing
from chronicle.entries import DEFAULTABLE
from chronicle.intake import drafts_from
from chronicle.preview import Preview
from tests.stores import content
from tests.stories import (
    SUBJECT,
    assessment,
    claim,
    entity,
    merge,
    property_,
    retraction,
    source,
    story,
)

Records = Sequence[dict[str, Any]]

LEAVE = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    on leave | 2022-01-06/.. | 2022-01-12 | 2
    relieved | 2022-01-17/.. | 2022-01-17 | 1, updates on-leave
"""


def told(preview: Preview) -> list[tuple[str, str, str, str, str]]:
    """Return kind, days, and what is held and would be held, of each stretch."""
    return [
        (one.change.kind, one.start, one.end, side(one.change.before), side(one.change.after))
        for one in preview.stretches
    ]


def side(ruling: Ruling | None) -> str:
    """Return what a ruling holds, in short."""
    if ruling is None:
        return "unheard of"
    return f"{'none' if ruling.none else ruling.value or 'nothing'}, {ruling.standing}"


CHANGES: Sequence[tuple[Records, list[tuple[str, str, str, str, str]]]] = [
    (
        [retraction("on-leave", "2022-02-01", mode="erratum")],
        [("value", "2022-01-06", "2022-01-16", "on leave, settled", "in post, settled")],
    ),
    (
        [retraction("relieved", "2022-02-01", mode="erratum")],
        [("value", "2022-01-17", "..", "relieved, settled", "on leave, settled")],
    ),
    (
        [claim("back", valid="2022-02-01/..", said="2022-02-03")],
        [("value", "2022-02-01", "..", "relieved, settled", "back, settled")],
    ),
    (
        [claim("relieved", id="end", valid="/2022-03-01", said="2022-03-02")],
        [("ends", "2022-03-02", "..", "relieved, settled", "nothing, ended")],
    ),
    (
        [claim("relieved", id="no", denies=True, valid="2022-03-01/..", said="2022-03-02")],
        [("disappears", "2022-03-01", "..", "relieved, settled", "nothing, denied")],
    ),
    (
        [claim("away", valid="2022-02-01", said="2022-02-03", credibility="4")],
        [("standing", "2022-02-01", "2022-02-01", "relieved, settled", "relieved, disputed")],
    ),
    (
        [assessment("relieved", "2022-02-01", credibility="4")],
        [
            ("value", "2022-01-17", "2022-01-17", "relieved, settled", "on leave, disputed"),
            ("value", "2022-01-18", "..", "relieved, settled", "on leave, settled"),
        ],
    ),
    (
        [claim("glad", id="glad", property="mood", valid="2022-01-01", said="2022-01-02")],
        [("appears", "2022-01-01", "..", "unheard of", "glad, settled")],
    ),
]


@pytest.mark.parametrize(("records", "changes"), CHANGES)
def test_changes_are_told_along_valid_time(
    local: Chronicle, records: Records, changes: list[tuple[str, str, str, str, str]]
) -> None:
    """What is said of January changes January, whatever holds today."""
    local.append([*story(LEAVE), property_("mood")])
    preview = local.preview(records)
    assert told(preview) == changes
    assert (preview.more, preview.roughly) == (0, 0)


def test_what_changes_nothing_is_told_as_nothing(local: Chronicle) -> None:
    """Another claim for the same changes grounds at most; new names change nothing."""
    local.append(story(LEAVE))
    assert local.preview([]) == Preview((), 0, {}, 0)
    assert local.preview([entity("new"), property_("new-property")]) == Preview((), 0, {}, 0)
    more = [claim("relieved", id="too", valid="2022-01-20", said="2022-01-21")]
    assert local.preview(more) == Preview((), 0, {"support": 1}, 0)


def test_what_was_known_then_does_not_count(local: Chronicle) -> None:
    """A report that was corrected since changes no best-known view when it comes in late."""
    local.append(story(LEAVE, claim("gone", valid="2022-01-08", said="2022-01-08")))
    retracted = [retraction("gone", "2022-01-09")]
    assert [one[0] for one in told(local.preview(retracted))] == ["standing"]
    local.append(retracted)
    late = [claim("gone", id="late", valid="2022-01-08", said="2022-01-08", source="wire")]
    late += [source("wire"), retraction("late", "2022-01-10")]
    assert local.preview(late).counts == {}


def test_nothing_is_written(chronicle: Chronicle, made: str) -> None:
    """Neither to the log nor to any projection."""
    chronicle.append(story(LEAVE))
    chronicle.view().state()
    before = content(made)
    assert chronicle.preview([retraction("on-leave", "2022-02-01")]).counts == {"value": 1}
    assert content(made) == before


def test_faulty_records_are_refused(local: Chronicle) -> None:
    """As an append refuses them; there is nothing to compare."""
    with pytest.raises(RecordsRefused):
        local.preview([retraction("nowhere", "2022-02-01")])


def test_an_append_is_told_before_it_is_written(local: Chronicle) -> None:
    """What the listener raises leaves the log as it was."""

    class Stop(Exception):
        pass

    def refuse(preview: Preview) -> None:
        found.append(preview)
        raise Stop

    found: list[Preview] = []
    local.append(story(LEAVE))
    size = local.view().head.size
    records = [retraction("on-leave", "2022-02-01")]
    with pytest.raises(Stop):
        local.append_drafts(drafts_from(records, fields=DEFAULTABLE), foreseen=refuse)
    assert local.view().head.size == size
    local.append_drafts(drafts_from(records, fields=DEFAULTABLE), foreseen=found.append)
    assert local.view().head.size == size + 1
    assert told(found[0]) == told(found[1])


def test_a_preview_outlives_the_transaction(local: Chronicle) -> None:
    """Its rulings know why they are so, though the log never held the records."""
    local.append(story(LEAVE))
    added = claim("away", valid="2022-02-01", said="2022-02-03", credibility="4")
    (one,) = local.preview([added]).as_dict()["stretches"]
    assert (one["from"], one["to"], one["kind"]) == ("2022-02-01", "2022-02-01", "standing")
    assert [rival["claim"] for rival in one["after"]["rivals"]] == ["away", "in-post", "on-leave"]
    assert json.loads(json.dumps(one)) == one


@pytest.fixture
def merged(local: Chronicle) -> Chronicle:
    """Two people, and a third who is one with the second."""
    moods = (("ada", "glad"), ("ada-l", "sad"))
    local.append(
        [
            source(),
            *(entity(name) for name in ("ada", "ada-l", "ada-ll")),
            property_("mood"),
            property_("friend", datatype="entity", cardinality="many", qualifiers=["of"]),
            merge("ada-l", "ada-ll"),
            *(
                claim(mood, subject=who, property="mood", valid="2022-01-05/..", said="2022-01-08")
                for who, mood in moods
            ),
            *(
                claim(
                    value,
                    id=f"friend-{value}",
                    subject="ada-ll",
                    property="friend",
                    valid="2022-01-05/..",
                    said="2022-01-08",
                    qualifiers={"of": "ada-ll"},
                )
                for value in ("ada", "ada-l")
            ),
        ]
    )
    return local


def test_a_merge_is_told_of_each_part(merged: Chronicle) -> None:
    """Both held something of their own; what only goes by another id is no change."""
    preview = merged.preview([merge("ada", "ada-l")])
    sides = [
        (one.change.before and one.change.before.subject, one.change.subject, one.change.kind)
        for one in preview.stretches
        if one.change.property == "mood"
    ]
    assert sides == [("ada", "ada", "value"), ("ada-l", "ada", "standing")]
    assert [one for one in preview.stretches if one.change.property != "mood"] == []
    # Of two friends that are one now, one claim carries the other's word.
    assert preview.counts == {"value": 1, "standing": 1, "support": 1}


def test_a_merge_undone_is_told_of_each_part(merged: Chronicle) -> None:
    """What the one entity held is compared with what each of the two holds again."""
    merged.append([merge("ada", "ada-l")])
    preview = merged.preview([merge("ada", "ada-l", judgement="distinct")])
    assert [
        (one.change.subject, one.change.kind, side(one.change.before), side(one.change.after))
        for one in preview.stretches
        if one.change.property == "mood"
    ] == [
        ("ada", "value", "sad, disputed", "glad, settled"),
        ("ada-l", "standing", "sad, disputed", "sad, settled"),
    ]


def test_only_the_most_telling_changes_are_kept(
    local: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are counted; what is kept stands in the order of slots and dates."""
    monkeypatch.setattr(previewing, "MOST", 2)
    names = ("ada", "ben", "cleo")
    local.append([*story(LEAVE), *(entity(name) for name in names)])
    new = [claim("glad", id=f"{name}-glad", subject=name, valid="2022-01-01") for name in names]
    preview = local.preview([*new, retraction("on-leave", "2022-02-01")])
    assert [(one.change.subject, one.change.kind) for one in preview.stretches] == [
        ("ada", "appears"),
        (SUBJECT, "value"),
    ]
    assert (preview.more, preview.counts) == (2, {"value": 1, "appears": 3})


@pytest.mark.parametrize("bound", ["_ALONG", "_LARGE"])
def test_much_is_compared_at_the_present_alone(
    local: Chronicle, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """Many topics, or one of many claims: then it is told what changes now, and that it is so."""
    monkeypatch.setattr(previewing, bound, 0)
    local.append(story(LEAVE))
    past = local.preview([retraction("on-leave", "2022-02-01")])
    assert (past.stretches, past.roughly) == ((), 1)
    now = local.preview([retraction("relieved", "2022-02-01")])
    assert [(one.start, one.end) for one in now.stretches] == [("2022-06-01T12:00:00",) * 2]
    assert now.counts == {"value": 1}


def test_a_preview_ends_in_time(local: Chronicle, monkeypatch: pytest.MonkeyPatch) -> None:
    """After many claims no further topics are compared, and it is told how many there are."""
    monkeypatch.setattr(previewing, "_ENOUGH", 2)
    monkeypatch.setattr(previewing, "_CHUNK", 1)
    names = ("ada", "ben", "cleo")
    local.append([*story(LEAVE), *(entity(name) for name in names)])
    preview = local.preview(
        [claim("glad", id=f"{name}-glad", subject=name, valid="2022-01-01") for name in names]
    )
    assert [one.change.subject for one in preview.stretches] == ["ada", "ben"]
    assert (preview.unseen, preview.as_dict()["unseen"]) == (1, 1)


def test_a_default_policy_is_compared_with_the_one_before(local: Chronicle) -> None:
    """Each view ranks by the default of its own log."""
    records = story(
        """
        glad | 2022-01-05 | 2022-01-09 | 1
        sad  | 2022-01-05 | 2022-01-09 | 2, by ada
        sad  | 2022-01-05 | 2022-01-09 | 2, by ben
        """
    )
    local.append(records)
    policy = {"kind": "policy", "id": "best-known", "criteria": ["corroboration"]}
    kinds = [(one.change.kind, one.start) for one in local.preview([policy]).stretches]
    assert ("value", "2022-01-05") in kinds
    assert local.preview([policy | {"criteria": ["band"]}]).counts == {}
