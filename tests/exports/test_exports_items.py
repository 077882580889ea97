"""Items: what changes from one export to another, and what a follower makes of it."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from chronicle.exports.items import Group, Item, alone, changes, flat
from tests.exports.following import applied

Export = Mapping[tuple[str, str], tuple[str, int]]
"""Items by table and key: the group that each stands in, and what it says."""

_NAMES = st.sampled_from("abcd")

EXPORTS = st.dictionaries(st.tuples(_NAMES, _NAMES), st.tuples(_NAMES, st.integers(0, 2)))


def grouped(export: Export) -> list[Group]:
    """Return the groups of an export, in order."""
    places = sorted({place for place, _ in export.values()})
    return [
        Group(
            (place,),
            tuple(
                Item(*name, {"says": says})
                for name, (stands, says) in sorted(export.items())
                if stands == place
            ),
        )
        for place in places
    ]


def said(export: Export) -> dict[tuple[str, str], int]:
    """Return what each item says."""
    return {name: says for name, (_, says) in export.items()}


@given(EXPORTS, EXPORTS)
def test_changes_applied_to_the_one_export_give_the_other(before: Export, after: Export) -> None:
    """A follower needs nothing but the changes, whichever groups the items stand in."""
    found = applied(flat(grouped(before)), changes(grouped(before), grouped(after)))
    assert {name: item.row for name, item in found.items()} == {
        name: {"says": says} for name, says in said(after).items()
    }


@given(EXPORTS, EXPORTS)
def test_only_what_changed_comes(before: Export, after: Export) -> None:
    """Each item at most once; none that stayed as it was where it stood; removals are real."""
    found = list(changes(grouped(before), grouped(after)))
    names = [(item.table, item.key) for item in found]
    assert len(names) == len(set(names))
    for item in found:
        name = item.table, item.key
        if item.row is None:
            assert name in before
            assert name not in after
        else:
            assert before.get(name) != after[name]


def test_what_is_alone_stands_by_its_key() -> None:
    """Its place is its table and its key."""
    item = Item("sources", "press", {})
    assert alone(item) == Group(("sources", "press"), (item,))
