"""The horizon: what is only presumed and for how long, and where there is no answer."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle, UnknownId
from chronicle.calendar import write_duration
from chronicle.horizon import Gap, Stale
from tests.stories import SUBJECT, claim, entity, merge, property_, story

TOLD = """
    in post  | 2022-01-10    | same day
    on leave | 2022-02-01/.. | 2022-02-14
    relieved | 2022-05-01/2022-05-10 | 2022-05-20
"""

WORLD: list[dict[str, Any]] = [
    *story(TOLD),
    *(entity(name) for name in ("ada", "ada-l", "fort")),
    property_("office", datatype="entity", qualifiers=["at"]),
    property_("mood", carry="P3D"),
    property_("hat", cardinality="many"),
    property_("height", datatype="quantity", temporal="fixed"),
    claim("ada", id="held", subject="fort", property="office", valid="2022-03-01"),
    claim(
        "ada-l",
        id="vice",
        subject="fort",
        property="office",
        valid="2022-03-05",
        qualifiers={"at": "ada"},
    ),
    claim("glad", subject="ada", property="mood", valid="2022-01-05"),
    claim("sad", subject="ada", property="mood", valid="2022-02-05"),
    claim("red", subject="ada", property="hat", valid="2022-01-01/2022-01-31", said="2022-02-01"),
    claim("blue", subject="ada", property="hat", valid="2022-01-01/..", said="2022-02-01"),
    claim("180", subject="ada", property="height", said="2022-02-01"),
    claim("nothing", id="mute", subject="ada-l", property="hat", valid="2022-01-01/2022-01-05",
          said="2022-02-01"),
]  # fmt: skip


@pytest.fixture
def world(chronicle: Chronicle) -> Chronicle:
    """A chronicle in which states last, end, and are said too long ago."""
    chronicle.append(WORLD)
    return chronicle


def presumed(found: list[Stale]) -> list[tuple[str | None, str | None, str, int]]:
    """Return claim, last affirmed day, length and days of stale rulings."""
    return [
        (one.ruling.claim, one.ruling.last_affirmed, write_duration(one.presumed_for), one.days)
        for one in found
    ]


def told(found: list[Gap]) -> list[tuple[Any, ...]]:
    """Return what gaps say, their slots apart."""
    names = ("from", "to", "lasts", "standing", "before", "before_claim", "after", "after_claim")
    return [tuple(one.as_dict()[name] for name in names) for one in found]


def test_what_is_presumed_is_listed_longest_first(world: Chronicle) -> None:
    """From the last day for which it was affirmed; what ended or is affirmed is not listed."""
    view = world.view(at="2022-04-10")
    assert presumed(world.stale(view)) == [
        ("blue", "2022-02-01", "P2M9D", 68),
        ("on-leave", "2022-02-14", "P1M27D", 55),
        ("held", "2022-03-01", "P1M9D", 40),
        ("vice", "2022-03-05", "P1M5D", 36),
    ]
    assert world.stale(world.view(at="2022-01-10"), subject=SUBJECT) == []


@pytest.mark.parametrize(
    ("at", "length", "listed"),
    [
        ("2022-03-02", None, True),
        ("2022-03-01", None, False),
        ("2022-03-31", "P30D", False),
        ("2022-04-01", "P30D", True),
        ("2022-04-01", "P1M", False),
        ("2022-04-02", "P1M", True),
        ("2022-03-02T11:59:59", "PT12H", False),
        ("2022-03-02T12:00:00", "PT12H", True),
        ("2022-04-01", "P4W2D", True),
        ("2022-03-02", "P0D", True),
    ],
)
def test_only_what_was_affirmed_longer_ago_is_listed(
    local: Chronicle, at: str, length: str | None, *, listed: bool
) -> None:
    """Longer than the duration, counted from the end of the last day for which it was affirmed."""
    local.append(WORLD)
    found = local.stale(local.view(at=at, known="2022-04-30"), length, "fort", "office")
    assert ("held" in [one.ruling.claim for one in found]) == listed


@pytest.mark.parametrize("length", ["30", "P", "a month", "-P1D", ""])
def test_what_is_no_duration_is_refused(local: Chronicle, length: str) -> None:
    """The option is named, and an example given."""
    with pytest.raises(BadQuestion, match=r"--older-than: .*P30D"):
        local.stale(older_than=length)


def test_a_subject_is_looked_at_where_it_is_the_value_too(world: Chronicle) -> None:
    """As in a state: the offices that somebody holds are presumed as well."""
    view = world.view(at="2022-04-10")
    assert [one.ruling.claim for one in world.stale(view, subject="ada")] == ["blue", "held"]
    assert [one.ruling.claim for one in world.stale(view, subject="fort")] == ["held", "vice"]
    with pytest.raises(UnknownId):
        world.stale(view, subject="nobody")


def test_a_stale_ruling_is_written_with_its_age(world: Chronicle) -> None:
    """All that a ruling says, and for how long it is presumed."""
    view = world.view(at="2022-04-10")
    (one,) = world.stale(view, subject=SUBJECT)
    plain = one.as_dict()
    assert (plain["presumed_for"], plain["days"]) == ("P1M27D", 55)
    assert {**one.ruling.as_dict(), "presumed_for": "P1M27D", "days": 55} == plain


def test_gaps_lie_between_answers_and_up_to_the_date(world: Chronicle) -> None:
    """What ended leaves one, what is carried no further leaves one, each until the next answer."""
    view = world.view(at="2022-06-30")
    ended = ("2022-05-11", "2022-06-30", True, "ended", "relieved", "relieved", None, None)
    assert told(world.gaps(SUBJECT, view=view)) == [ended]
    assert told(world.gaps("ada", "mood", view)) == [
        ("2022-01-09", "2022-02-04", False, "unknown", "glad", "glad", "sad", "sad"),
        ("2022-02-09", "2022-06-30", True, "unknown", "sad", "sad", None, None),
    ]
    assert world.gaps("ada", "height", view) == []


def test_gaps_are_of_what_was_known(world: Chronicle) -> None:
    """What was said later neither ends a state nor answers for it."""
    view = world.view(at="2022-06-30", known="2022-02-01")
    assert world.gaps(SUBJECT, view=view) == []
    assert told(world.gaps("ada", "mood", view)) == [
        ("2022-01-09", "2022-06-30", True, "unknown", "glad", "glad", None, None)
    ]


def test_gaps_end_at_the_date_asked_about(world: Chronicle) -> None:
    """A date within a day ends them there."""
    (gap,) = world.gaps("ada", "mood", world.view(at="2022-01-20T10:00"))
    assert gap.as_dict()["to"] == "2022-01-20T10:00:59"
    assert (gap.lasts, gap.days, write_duration(gap.length)) == (True, 12, "P12D")


def test_gaps_of_many_values_are_each_of_one(world: Chronicle) -> None:
    """A red hat that is worn no more is no gap of the blue one; that there is none ends too."""
    (gap,) = world.gaps("ada", "hat", world.view(at="2022-06-30"))
    assert (gap.slot_value, gap.before, gap.standing) == ("red", "red", "ended")
    assert gap.as_dict()["slot_value"] == "red"
    assert [one.slot_value for one in world.gaps("ada", "mood")] == [None, None]


def test_gaps_of_everything_come_in_the_order_of_their_slots(world: Chronicle) -> None:
    """Of all subjects, each as it is by itself."""
    view = world.view(at="2022-06-30")
    every = world.gaps(view=view)
    assert [(one.subject, one.property) for one in every] == [
        ("ada", "hat"),
        ("ada", "mood"),
        ("ada", "mood"),
        (SUBJECT, "status"),
    ]
    assert [one for one in every if one.subject == "ada"] == world.gaps("ada", view=view)


def test_gaps_of_what_is_not_there_are_refused(world: Chronicle) -> None:
    """Subject and property have to be known, and are named with near matches."""
    with pytest.raises(UnknownId, match="did you mean ada"):
        world.gaps("adda")
    with pytest.raises(UnknownId, match="did you mean mood"):
        world.gaps("ada", "moood")


def test_gaps_and_what_is_presumed_follow_merges(world: Chronicle) -> None:
    """Under any of its ids an entity has the gaps of all of them; qualifiers too."""
    world.append([merge("ada-l", "ada", id="one")])
    view = world.view(at="2022-06-30")
    assert world.gaps("ada", view=view) == world.gaps("ada-l", view=view)
    assert {one.subject for one in world.gaps("ada", view=view)} == {"ada-l"}
    vice = next(one.ruling for one in world.stale(view, subject="ada") if one.ruling.qualifiers)
    assert (vice.value, vice.qualifiers) == ("ada-l", {"at": "ada-l"})


@pytest.mark.parametrize("name", ["ada", "ada-l"])
def test_gaps_are_kept_by_their_qualifiers(local: Chronicle, name: str) -> None:
    """Whichever id of an entity they are named by."""
    ended = claim(
        "ada",
        id="ended",
        subject="fort",
        property="office",
        valid="/2022-03-20",
        said="2022-03-20",
        qualifiers={"at": "ada-l"},
    )
    local.append([*WORLD, ended, merge("ada", "ada-l", id="one")])
    view = local.view(at="2022-06-30")
    (gap,) = local.gaps("fort", "office", view, {"at": name})
    assert (gap.qualifiers, gap.before, gap.standing) == ({"at": "ada"}, "ada", "ended")
    assert local.gaps("fort", "office", view, {"at": "fort"}) == []
