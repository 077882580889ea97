"""The facade: appending, views by three clocks, and what makes no view."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle, Finding, RecordsRefused
from chronicle.claims import Claim
from chronicle.sources import Entity, Property, Source
from tests.stores import Clock
from tests.stories import (
    PROPERTY,
    STORIES,
    SUBJECT,
    Asked,
    claim,
    entity,
    merge,
    property_,
    retraction,
    source,
    story,
)

TOLD = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/   | 2022-01-06 | 4
"""


def value(chronicle: Chronicle, **scope: str) -> str | None:
    """Return the value that a view gives for the story's slot."""
    return chronicle.view(**scope).ruling(SUBJECT, PROPERTY).value


@pytest.fixture
def grown(chronicle: Chronicle, clock: Clock) -> Chronicle:
    """A chronicle grown on three days: a story, its next chapter, and a merge with a retraction."""
    chronicle.append(story(TOLD), by="me", message="first")
    clock.now = datetime(2022, 6, 3, 8, 30, 0, 250_000, UTC)
    chronicle.append([claim("relieved", valid="2022-01-17/..", said="2022-01-17")], by="you")
    clock.now = datetime(2022, 6, 5, 23, 59, 59, 999_999, UTC)
    chronicle.append(
        [entity("twin"), merge(SUBJECT, "twin"), retraction("relieved", "2022-03-01")], by="me"
    )
    return chronicle


@pytest.mark.parametrize("asked", STORIES)
def test_the_stories_are_told_through_the_facade(local: Chronicle, asked: Asked) -> None:
    """Records appended, a view opened, a ruling asked for: the answers are those of the rules."""
    local.append(story(asked.told, **asked.about))
    ruling = local.view(at=asked.at, known=asked.known or None).ruling(SUBJECT, PROPERTY)
    slug = None if ruling.value is None else ruling.value
    assert slug == asked.value
    assert asked.basis in ("", ruling.basis)
    assert asked.standing in ("", ruling.standing)


def test_the_first_story_is_told_by_every_store(chronicle: Chronicle) -> None:
    """One log, asked at several dates: each gets the answer that it deserves."""
    asked = [one for one in STORIES if one.told == STORIES[0].told]
    chronicle.append(story(asked[0].told))
    assert [value(chronicle, at=one.at, known=one.known) for one in asked] == [
        one.value for one in asked
    ]
    assert value(chronicle, as_of="2022-01-12") == "on leave"


def test_records_come_as_models_mappings_or_groups(local: Chronicle) -> None:
    """However a record is handed over, it is the same record."""
    models = [
        Source(id="press", title="press"),
        Entity(id=SUBJECT, type="organisation", name=SUBJECT),
        Property(id=PROPERTY, label=PROPERTY),
        Claim(id="in", subject=SUBJECT, property=PROPERTY, value="in", valid="2022-01-04",
              source="press", asserted="2022-01-04"),
    ]  # fmt: skip
    assert local.append(models).added == 4
    plain = [source(), entity(SUBJECT), property_(), claim("in", valid="2022-01-04")]
    assert local.append(plain).unchanged == 4
    grouped: dict[str, Any] = {}
    for record in plain:
        kind = {"entity": "entities", "property": "properties"}.get(
            record["kind"], f"{record['kind']}s"
        )
        grouped.setdefault(kind, []).append({k: v for k, v in record.items() if k != "kind"})
    assert local.append([grouped]).unchanged == 4


def test_faults_of_records_from_python_have_a_place_too(local: Chronicle) -> None:
    """The number of the record stands for file and line."""
    with pytest.raises(RecordsRefused) as refused:
        local.append([source(), {"kind": "entity", "id": "a", "type": "place"}])
    (finding,) = refused.value.findings
    assert finding == Finding(
        "name is missing", "every entity needs it", "name", finding.file, finding.line
    )
    assert "2" in f"{finding.file}:{finding.line}"


def test_a_view_without_options_is_of_now_with_everything(grown: Chronicle, clock: Clock) -> None:
    """At the moment of the clock, whatever was ever said."""
    view = grown.view()
    assert view.as_dict() == {
        "at": "2022-06-05T23:59:59",
        "known": None,
        "recorded": None,
        "policy": "best-known",
        "head": 9,
        "root": view.head.root.hex(),
    }
    clock.now = datetime(2014, 1, 1, tzinfo=UTC)
    assert value(grown) is None


def test_as_of_is_both_at_and_known(grown: Chronicle) -> None:
    """What a well-informed reader believed on that day."""
    one, other = grown.view(as_of="2022-01-10"), grown.view(at="2022-01-10", known="2022-01-10")
    assert one.as_dict() == other.as_dict()
    assert one.ruling(SUBJECT, PROPERTY) == other.ruling(SUBJECT, PROPERTY)


def test_dates_mean_their_last_second(grown: Chronicle) -> None:
    """A coarse date looks from its end."""
    assert value(grown, at="2022-01", known="2022-01") == "relieved"
    assert value(grown, at="2022-01-16", known="2022-01") == "in post"
    assert value(grown, at="2022-01-17T12:00", known="2022-01") == "relieved"


CUTS = {
    "2022-05-31": 0, "2022-06-01": 5, "2022-06-02": 5, "2022-06-03": 6, "2022-06": 9, "2030": 9,
    "Y-20000": 0, "Y20000": 9, "1066": 0, "-0044": 0,
    "2022-06-03T08:29:59": 5,
    "2022-06-03T08:30:00": 6,
    "2022-06-03T08:30": 6, "2022-06-03T14:30+06:00": 6, "2022-06-03T08:30:00.249999Z": 5,
    "2022-06-03T08:30:00.25Z": 6, "2022-06-03T08:30:00.250000": 6,
    "2022-06-05T23:59:59.999999Z": 9, "#0": 0, "#1": 5, "#5": 5, "#6": 6, "#7": 9, "#10": 9,
    "#999999": 9,
}  # fmt: skip
"""Cuts of the log by record time, and how many entries are left."""


def test_recorded_cuts_the_log(grown: Chronicle) -> None:
    """By a date (its last second), a moment as the log writes it, or the append of a position."""
    heads = {recorded: grown.view(recorded=recorded).head for recorded in CUTS}
    assert {recorded: head.size for recorded, head in heads.items()} == CUTS
    for head in heads.values():
        assert head == grown.view(recorded=f"#{head.size}").head


def test_a_cut_log_answers_as_it_did(grown: Chronicle) -> None:
    """Claims, retractions and merges recorded later do not count."""
    answers = {
        recorded: [one.value for one in grown.view(recorded=recorded).state(SUBJECT)]
        for recorded in ("#1", "#6", "#9")
    }
    assert answers == {"#1": ["in post"], "#6": ["relieved"], "#9": ["in post"]}
    assert grown.view(recorded="#9").ruling("twin", PROPERTY).subject == SUBJECT
    with pytest.raises(BadQuestion, match="no id 'twin'"):
        grown.view(recorded="#6").ruling("twin", PROPERTY)
    with pytest.raises(BadQuestion, match=f"no property '{PROPERTY}'"):
        grown.view(recorded="#0").ruling(SUBJECT, PROPERTY)
    assert grown.view(recorded="#0").state() == []


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({"at": "sometime"}, "--at: "),
        ({"known": "2022-13"}, "--known: "),
        ({"as_of": "2022-02-30"}, "--as-of: "),
        ({"recorded": "yesterday"}, "--recorded: "),
        ({"recorded": "#"}, "--recorded: "),
        ({"recorded": "#-1"}, "--recorded: "),
        ({"recorded": "2022-06-32T00:00:00.000000Z"}, "--recorded: "),
        ({"recorded": "2022-06-03T24:61:00.5Z"}, "--recorded: "),
        ({"at": "2022/.."}, "--at: '2022/..' is open; give a date that ends"),
        ({"known": "2022/"}, "--known: '2022/' is open"),
        ({"recorded": "[2022..]"}, r"--recorded: '\[2022..\]' is open"),
        ({"as_of": "2022", "at": "2022"}, "--as-of means --at and --known; give it alone"),
        ({"as_of": "2022", "known": "2022"}, "--as-of means --at and --known"),
        ({"policy": "best-knwon"}, "no policy 'best-knwon'; did you mean best-known?"),
        ({"policy": ""}, "no policy ''"),
    ],
)  # fmt: skip
def test_what_makes_no_view_is_said_with_its_option(
    local: Chronicle, scope: dict[str, str], said: str
) -> None:
    """A question that cannot be asked names the option that it comes from."""
    with pytest.raises(BadQuestion, match=said):
        local.view(**scope)


def test_a_time_before_and_after_all_counting_is_asked_like_any(grown: Chronicle) -> None:
    """Years before 1000, before Christ and far ahead are dates too."""
    for at in ("0033", "-0044-03-15", "Y-10000"):
        assert value(grown, at=at) is None
    assert value(grown, at="9999-12-31", known="9999") == "in post"


def test_the_log_is_read_in_order_from_a_position(grown: Chronicle) -> None:
    """Every entry with its header; `after` is left out."""
    entries = list(grown.log())
    assert [one.position for one in entries] == list(range(1, 10))
    assert [one.author for one in entries] == ["me"] * 5 + ["you"] + ["me"] * 3
    assert list(grown.log(after=7)) == entries[7:]
    assert list(grown.log(after=9)) == []


def test_appending_while_the_log_is_read(chronicle: Chronicle) -> None:
    """A reading that goes on shows the log as it was; views in between see what is new."""
    chronicle.append([entity("a"), entity("b")])
    seen = []
    for one in chronicle.log():
        seen.append(one.id)
        chronicle.append([entity(f"{one.id}-next")])
        assert chronicle.view().head.size == 2 + len(seen)
    assert seen == ["a", "b"]
    assert chronicle.verify().entries == 4


def test_a_reading_that_was_given_up_holds_nothing_up(chronicle: Chronicle, made: str) -> None:
    """After the first entry alone, what others append is seen."""
    chronicle.append([entity("a"), entity("b")])
    entries = chronicle.log()
    assert next(entries).id == "a"
    with Chronicle.open(made) as other:
        other.append([entity("c")])
    assert chronicle.view().head.size == 3
    assert [one.id for one in entries] == ["b"]


def test_two_chronicles_may_be_open_at_once(chronicle: Chronicle, file: str) -> None:
    """Each keeps to its own store."""
    with Chronicle.open(file) as other:
        other.append([entity("theirs")])
        chronicle.append([entity("ours")])
        assert [one.id for one in other.log()] == ["theirs"]
        assert [one.id for one in chronicle.log()] == ["ours"]


def test_threads_may_append_through_one_chronicle(chronicle: Chronicle) -> None:
    """Each append waits for its turn and lands whole."""

    def append(number: int) -> int:
        return chronicle.append(entity(f"e{number}-{part}") for part in range(5)).first

    with ThreadPoolExecutor(6) as pool:
        firsts = sorted(pool.map(append, range(6)))
    assert firsts == [1, 6, 11, 16, 21, 26]
    names = [one.id.partition("-")[0] for one in chronicle.log()]
    assert all(len(set(names[first - 1 : first + 4])) == 1 for first in firsts)
    assert chronicle.verify().findings == ()


def test_a_chronicle_may_be_created_by_several_at_once(store: str) -> None:
    """Whoever comes first creates it; the others find it."""

    def create(number: int) -> int:
        with Chronicle.open(store) as chronicle:
            return chronicle.append([entity(f"e{number}")]).added

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(create, range(4))) == [1, 1, 1, 1]
    with Chronicle.open(store, create=False) as chronicle:
        assert chronicle.verify().entries == 4
