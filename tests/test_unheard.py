"""Unheard: what falls with an id, and what is left of what named it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chronicle.bearing import Assessment, Bearing, Conflict, Retraction
from chronicle.liveness import Topic
from chronicle.unheard import KINDS, Unheard, closure, roots_left
from tests.cases import Case
from tests.stories import claim, story

DERIVES: Mapping[str, tuple[str, ...]] = {
    "press": (),
    "wire": (),
    "echo": ("press",),
    "copy": ("press", "wire"),
    "far": ("echo", "copy"),
    "book": ("echo",),
}


def without(*named: str, **origins: tuple[tuple[str, ...], tuple[str, ...]]) -> Unheard:
    """Return what falls where some claims do, and nothing else."""
    falls = {kind: frozenset(named if kind == "claim" else ()) for kind in KINDS}
    return Unheard(frozenset(named), falls, origins)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("wire", "wire"),
        ("press", "press echo book"),
        ("echo", "echo book"),
        ("press wire", "press wire echo copy far book"),
        ("copy", "copy"),
        ("echo copy", "echo copy far book"),
    ],
)
def test_a_source_falls_with_the_last_of_those_it_derives_from(named: str, expected: str) -> None:
    """What goes back to something else too stays."""
    assert closure(named.split(), DERIVES, {}) == set(expected.split())


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("ada", "ada said passed-on guess second-guess taken-back"),
        ("echo", "echo relayed"),
        ("said", "said guess second-guess taken-back"),
        ("guess", "guess second-guess"),
        ("told", "told guess second-guess"),
        ("both", "both"),
        ("unheard-of", "unheard-of"),
    ],
)
def test_a_record_falls_with_any_link_that_it_came_through(named: str, expected: str) -> None:
    """Its source, its speaker, any relay, any premise, what it is about; and so on from there."""
    through = {
        "said": ("press", "ada"),
        "told": ("press", "ben"),
        "passed-on": ("wire", "ben", "ada"),
        "relayed": ("wire", "ben", "echo"),
        "guess": ("wire", "said", "told"),
        "second-guess": ("wire", "guess"),
        "taken-back": ("press", "said"),
        "both": ("wire",),
    }
    assert closure([named], {"echo": ("press",)}, through) == set(expected.split())


@pytest.mark.parametrize(
    ("source", "gone", "roots"),
    [
        ("copy", (), "press wire"),
        ("copy", ("wire",), "press"),
        ("far", ("wire",), "press"),
        ("far", ("echo",), "press wire"),
        ("far", ("copy",), "press"),
        ("press", ("wire",), "press"),
    ],
)
def test_a_source_goes_back_to_what_is_left(source: str, gone: tuple[str, ...], roots: str) -> None:
    """By the ways that do not lead through what is gone."""
    assert roots_left(source, DERIVES, gone) == tuple(roots.split())


TOLD = """
    on  | 2022-01-01/.. | 2022-01-02
    off | 2022-01-03/.. | 2022-01-04, corrects on
    up  | 2022-01-05/.. | 2022-01-06, updates off
"""


def topic() -> Topic:
    """Return the topic of the story."""
    (told,) = Case(story(TOLD)).topics().values()
    return told


def test_a_revision_of_what_fell_is_a_claim_of_its_own() -> None:
    """It keeps all that it says; what it revised is not there any more."""
    whole, left = topic(), without("on").topic(topic())
    assert list(left.testimonies) == ["off", "up"]
    alone = left.testimonies["off"]
    assert (alone.revises, alone.revision) == ("", "")
    assert alone == whole.testimonies["off"]._replace(revises="", revision="")
    assert left.testimonies["up"] == whole.testimonies["up"]


def test_what_a_fallen_correction_displaced_speaks_again() -> None:
    """The first report stands where nobody corrected it."""
    assert not topic().is_live("on", 2**40)
    assert without("off").topic(topic()).is_live("on", 2**40)


def test_origins_are_the_roots_that_are_left() -> None:
    """Of the claims of that source which nobody spoke or relayed; there the roots count nothing."""
    derived = Case(story("on | 2022-01-01 | 2022-01-02")).topics()[("subject", "status")]
    plain = derived.testimonies["on"]._replace(source="copy", origins=("press", "wire"))
    spoken = plain._replace(id="spoken", speaker="ada", origins=("ada",))
    relayed = plain._replace(id="relayed", origins=("ben",))
    other = plain._replace(id="other", source="book")
    left = without(copy=(("press", "wire"), ("press",))).topic(
        Topic([plain, spoken, relayed, other])
    )
    origins = {name: item.origins for name, item in left.testimonies.items()}
    assert origins == {
        "on": ("press",),
        "spoken": ("ada",),
        "relayed": ("ben",),
        "other": ("press", "wire"),
    }


def test_judgements_that_fell_bear_on_nothing() -> None:
    """Retractions, assessments and conflicts, here and on what shares a conflict."""
    bearing = Bearing(
        [Retraction("r1", "on", True, 0), Retraction("r2", "off", True, 0)],
        [Assessment("s1", "on", "preferred", 0, 0), Assessment("s2", "up", "preferred", 0, 0)],
        [Conflict("c1", ("on", "off")), Conflict("c2", ("off", "up"))],
    )
    foreign = Topic(topic().testimonies.values(), bearing)
    whole = Topic(topic().testimonies.values(), bearing, [foreign])
    falls = {
        "retraction": frozenset({"r1"}),
        "assessment": frozenset({"s1"}),
        "conflict": frozenset({"c1"}),
    }
    left = Unheard(frozenset({"r1"}), falls, {}).topic(whole)
    for part in (left, *left.foreign):
        assert [one.id for one in part.bearing.retractions] == ["r2"]
        assert [one.id for one in part.bearing.assessments] == ["s2"]
        assert [one.id for one in part.bearing.conflicts] == ["c2"]
    assert len(left.foreign) == 1


def test_fields_that_name_what_fell_are_not_told() -> None:
    """A payload that names nothing of it is the same one."""
    made = claim("on", revises=("update", "off"), answers="off", event="fire", note="so")
    assert without("up").payload(made) is made
    assert without("off").payload(made) == claim("on", event="fire", note="so")
    assert "event" not in without("fire").payload(made)
