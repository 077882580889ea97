"""Policies: named orders of the criteria of rank."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.errors import BadQuestion
from chronicle.policies import BEST_KNOWN, BUILTIN, CRITERIA, EARLIEST, Policy, check, find

NAMES = (*CRITERIA, EARLIEST)


def order(policy: Policy) -> list[str]:
    """Return the criteria of a policy, all of them, in the order in which they decide."""
    return [policy.name_of(place) for place in policy.places]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "best-known",
            "band preference basis credibility corroboration start assertion id",
        ),
        (
            "latest-word",
            "assertion band preference basis credibility corroboration start id",
        ),
        (
            "most-corroborated",
            "corroboration band preference basis credibility start assertion id",
        ),
        (
            "first-report",
            "first-assertion band preference basis credibility corroboration start assertion id",
        ),
    ],
)
def test_each_built_in_policy_orders_the_criteria(name: str, expected: str) -> None:
    """What it names comes first, the rest in the order of best-known, the id at the end."""
    assert order(BUILTIN[name]) == expected.split()
    assert BUILTIN[name].id == name


def test_these_policies_need_no_entry() -> None:
    """Four are built in, best-known first."""
    assert list(BUILTIN) == ["best-known", "latest-word", "most-corroborated", "first-report"]
    assert BUILTIN["best-known"] is BEST_KNOWN


@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
def test_every_policy_decides_every_tie(criteria: list[str]) -> None:
    """Each criterion of best-known has its place once, those named first, the id always last."""
    assert list(check(criteria)) == []
    found = order(Policy("mine", tuple(criteria)))
    named = [name for name in criteria if name != "id"]
    assert found[: len(named)] == named
    assert found[-1] == "id"
    assert set(found) - {EARLIEST} == set(CRITERIA)
    assert len(set(found)) == len(found)
    assert (EARLIEST in found) == (EARLIEST in criteria)


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (["band", "id"], []),
        (
            ["band", "credibilty"],
            [(1, "unknown criterion 'credibilty'", "expected one of credibility")],
        ),
        (
            ["zzz"],
            [(0, "unknown criterion 'zzz'", f"expected one of {', '.join(NAMES)}")],
        ),
        (
            ["band", "basis", "band"],
            [(2, "criterion 'band' stands twice", "name it once")],
        ),
        (
            ["x-y", "band", "band", "starts"],
            [
                (0, "unknown criterion 'x-y'", f"expected one of {', '.join(NAMES)}"),
                (2, "criterion 'band' stands twice", "name it once"),
                (3, "unknown criterion 'starts'", "expected one of start"),
            ],
        ),
    ],
)
def test_every_faulty_criterion_is_found(
    criteria: list[str], expected: list[tuple[int, str, str]]
) -> None:
    """Unknown names are told those that look like them, or all; none may stand twice."""
    assert list(check(criteria)) == expected


def test_a_recorded_policy_goes_before_a_built_in_one() -> None:
    """An entry may change what a name means."""
    recorded = {"latest-word": ["start"], "careful": ("credibility", "band")}
    assert find("latest-word", recorded) == Policy("latest-word", ("start",))
    assert find("careful", recorded) == Policy("careful", ("credibility", "band"))
    assert find("first-report", recorded) is BUILTIN["first-report"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("latest-words", "did you mean latest-word?"),
        ("carefull", "did you mean careful?"),
        ("zzz", "best-known or careful or first-report or latest-word or most-corroborated?"),
    ],
)
def test_an_unknown_policy_is_told_those_that_there_are(name: str, hint: str) -> None:
    """Those that look like it, recorded ones too; else all of them."""
    with pytest.raises(BadQuestion) as caught:
        find(name, {"careful": ["band"]})
    assert str(caught.value).startswith(f"no policy {name!r}; did you mean ")
    assert str(caught.value).endswith(hint)


def test_a_policy_cannot_be_changed() -> None:
    """What an order of criteria means stays what it was for every view that used it."""
    with pytest.raises(FrozenInstanceError):
        BEST_KNOWN.criteria = ("id",)  # type: ignore[misc]  # what is tested is that it cannot be
