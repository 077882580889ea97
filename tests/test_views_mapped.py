"""Views read from the map: equal to those ruled on the fly, whatever happened in between."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import Chronicle, Ruling, View
from chronicle.painting import position
from tests.stores import content, rows, run
from tests.stories import STORIES, assessment, conflict, entity, merge, retraction, source, story

TOLD = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/   | 2022-01-06 | 4
"""


def computed(chronicle: Chronicle, view: View) -> list[Ruling]:
    """Return a whole view ruled on slot by slot, without the map."""
    with chronicle.database.reading() as connection:
        return view._computed(connection, None)  # noqa: SLF001  # past the map on purpose


@pytest.mark.parametrize(
    "more",
    [
        [],
        [merge("ada", "ada-l"), merge("fort", "almaty")],
        [conflict("ada-status-glad", "ben-office-almaty")],
        [retraction("press", "2022-02-15"), assessment("late", "2022-02-10", rank="preferred")],
        [retraction("fire", "2022-02-15")],
    ],
)
def test_the_map_gives_what_rulings_give(world: Chronicle, more: list[dict[str, Any]]) -> None:
    """A view read from the map equals one computed, reasons and all, at any point."""
    world.append([*more, entity("last")])
    for scope in (
        {}, {"as_of": "2022-01-05"}, {"as_of": "2022-02-03"}, {"as_of": "2022-02-20"},
        {"at": "2022-01-09", "known": "2022-03-01"}, {"at": "2021-12-31"}, {"at": "-0044"},
    ):  # fmt: skip
        view = world.view(**scope)
        mapped, ruled = view.state(), computed(world, view)
        assert mapped == ruled, scope
        assert [one.as_dict() for one in mapped] == [one.as_dict() for one in ruled], scope
    with world.database.reading() as connection:
        assert position(connection) == world.view().head.size


@pytest.mark.parametrize("told", list(dict.fromkeys(one.told for one in STORIES)))
def test_the_map_tells_every_story_as_the_rulings_do(local: Chronicle, told: str) -> None:
    """Whole views of each story, on the days that it is about."""
    about = next(one.about for one in STORIES if one.told == told)
    local.append(story(told, **about))
    for asked in STORIES:
        view = local.view(at=asked.at, known=asked.known or None)
        assert view.state() == computed(local, view)


def test_the_map_is_that_of_the_default_policy(local: Chronicle, file: str) -> None:
    """Recorded under its name, another order paints the map anew and is read from it."""
    told = "old | 2022-01-05 | 2022-01-05 | 1\nnew | 2022-01-05 | 2022-01-09 | 3"
    local.append([*story(told), {"kind": "policy", "id": "mine", "criteria": ["assertion"]}])
    assert [one.value for one in local.view().state()] == ["old"]
    assert [one.value for one in local.view(policy="mine").state()] == ["new"]
    local.append([{"kind": "policy", "id": "best-known", "criteria": ["assertion"]}])
    assert [one.value for one in local.view().state()] == ["new"]
    assert rows(file, "SELECT claim FROM region WHERE valid_to > 1e12 AND known_to > 1e12") == [
        ("new",)
    ]
    assert local.view().state() == computed(local, local.view())
    assert local.verify().findings == ()
    view = local.view(recorded=f"#{local.view().head.size - 1}")
    assert [one.value for one in view.state()] == ["old"]
    local.rebuild()
    assert [one.value for one in local.view().state()] == ["new"]
    run(file, "UPDATE region SET standing = 'from the map'")
    assert {one.standing for one in local.view().state()} == {"from the map"}


def test_what_touches_no_topic_does_not_keep_the_map_from_answering(
    world: Chronicle, made: str
) -> None:
    """After a record that changes no answer the map catches up, and is read again."""
    world.view().state()
    world.append([source("radio")])
    before = world.view().state()
    run(made, "UPDATE region SET standing = 'from the map' WHERE claim = 'tall'")
    found = world.view().state()
    changed = [one for one, other in zip(found, before, strict=True) if one != other]
    assert [(one.claim, one.standing) for one in changed] == [("tall", "from the map")]


def test_a_whole_view_does_not_wait_for_a_writer(made: str) -> None:
    """While another process writes, what is not painted yet is ruled on the fly."""
    with Chronicle.open(made) as one, Chronicle.open(made) as other:
        one.append(story(TOLD))
        with one.database.writing():
            assert [ruling.value for ruling in other.view(at="2022-01-05").state()] == ["in post"]
        assert content(made, ("region",)) == {"region": []}
        assert [ruling.value for ruling in other.view(at="2022-01-05").state()] == ["in post"]
        assert content(made, ("region",)) != {"region": []}
