"""Merges: which ids are one entity, as judged so far."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle import testimony
from chronicle.merges import Merges
from chronicle.payloads import Payload
from tests.reference_values import canonical, cluster

NAMES = "abcde"


def merge(text: str, number: int = 0) -> Payload:
    """Read `a = b c` or `a / b` as a merge of b and c into a, or their parting."""
    into, sign, *others = text.split()
    judgement = "same" if sign == "=" else "distinct"
    name = f"merge-{number}"
    return {"kind": "merge", "id": name, "into": into, "from": others, "judgement": judgement}


def merges(*texts: str) -> Merges:
    """Read merges in the order of the log."""
    return Merges(merge(text, number) for number, text in enumerate(texts))


def clusters(found: Merges) -> str:
    """Write each id that is not itself alone with the id that stands for it."""
    pairs = [(name, found.canonical(name)) for name in NAMES if len(found.members(name)) > 1]
    return " ".join(f"{name}:{head}" for name, head in pairs)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], ""),
        (["a = b"], "a:a b:a"),
        (["b = a"], "a:b b:b"),
        (["a = b c"], "a:a b:a c:a"),
        (["a = b", "c = d"], "a:a b:a c:c d:c"),
        # Chains: of several ids that merges were made into, the smallest stands for all.
        (["b = c", "a = b"], "a:a b:a c:a"),
        (["b = c", "b = a"], "a:b b:b c:b"),
        (["c = b", "b = a"], "a:b b:b c:b"),
        (["b = a", "d = c", "d = b"], "a:b b:b c:b d:b"),
        # A later judgement of the same pair counts, whichever of the two it names first.
        (["a = b", "a / b"], ""),
        (["a = b", "b / a"], ""),
        (["a / b", "a = b"], "a:a b:a"),
        (["a = b", "a / b", "b = a"], "a:b b:b"),
        (["a = b", "b = a"], "a:b b:b"),
        # Only the judgement between two ids is undone, not one that joins them by others.
        (["a = b", "b = c", "a / c"], "a:a b:a c:a"),
        (["a = b c", "a / b"], "a:a c:a"),
        (["a = b", "b = c", "a / b"], "b:b c:b"),
        (["a / b"], ""),
    ],
)
def test_the_latest_judgement_of_each_pair_makes_the_clusters(
    texts: list[str], expected: str
) -> None:
    """Ids joined by chains of `same` are one; a later `distinct` undoes an earlier `same`."""
    assert clusters(merges(*texts)) == expected


def test_merges_of_different_pairs_may_come_in_any_order() -> None:
    """Where no pair is judged twice, the order of the log does not matter."""
    texts = ("b = c", "a = b", "d = e", "e = a")
    found = {clusters(merges(*order)) for order in permutations(texts)}
    assert found == {"a:a b:a c:a d:a e:a"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from("==/"),
            st.sets(st.sampled_from(NAMES), min_size=1),
        ).filter(lambda made: made[0] not in made[2]),
        max_size=8,
    )
)
def test_clusters_are_what_walking_the_log_finds(made: list[tuple[str, str, set[str]]]) -> None:
    """A slow reading of the same records agrees on every id."""
    records = [
        merge(f"{into} {sign} {' '.join(sorted(others))}", number)
        for number, (into, sign, others) in enumerate(made)
    ]
    found = Merges(records)
    for name in NAMES:
        assert found.members(name) == cluster(records, name)
        assert found.canonical(name) == canonical(records, name)
        assert found.canonical(found.canonical(name)) == found.canonical(name)
    assert bool(found) == any(len(found.members(name)) > 1 for name in NAMES)


def test_an_id_that_no_merge_names_stands_for_itself() -> None:
    """It is alone, and nothing was judged of it."""
    found = merges("a = b")
    assert (found.canonical("x"), found.members("x"), found.judgements("x")) == (
        "x",
        frozenset("x"),
        [],
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a", ["merge-0", "merge-3"]),
        ("c", ["merge-0", "merge-3"]),
        ("d", ["merge-2", "merge-3"]),
        ("e", ["merge-2"]),
        ("x", []),
    ],
)
def test_the_judgements_that_count_can_be_named(name: str, expected: list[str]) -> None:
    """Those of any id of the cluster, the ones that part it from others too, each once."""
    found = merges("a = b c", "d = e", "d / e", "a / d")
    assert [one["id"] for one in found.judgements(name)] == expected


SAID = testimony.Testimony(
    id="first",
    value="b",
    denies=False,
    unknown=False,
    fixed=True,
    span=testimony.ALWAYS,
    said_first=0,
    said_last=1,
    credibility=3,
    modality="stated",
    origins=("d", "x", "c", "d"),
    source="b",
    stated_by="b",
    qualifiers="",
    revises="b",
    revision="update",
    speaker="d",
    asserted="2022",
    valid="",
)


@pytest.mark.parametrize(("is_entity", "value"), [(True, "a"), (False, "b")])
def test_merges_are_applied_to_values_and_origins(is_entity: bool, value: str) -> None:
    """Two origins that are one entity count once; other ids stay what they are."""
    applied = merges("a = b", "c = d").applied(SAID, is_entity)
    assert applied == SAID._replace(value=value, origins=("c", "x"))


def test_without_merges_nothing_is_applied() -> None:
    """The testimony is handed back as it is."""
    assert merges("a = b", "a / b").applied(SAID, True) is SAID


@pytest.mark.parametrize(
    ("name", "joining", "overruling"),
    [
        ("a", ["merge-0", "merge-3"], []),
        ("c", ["merge-0", "merge-3"], []),
        ("e", [], []),
        ("merge-0", [], []),
        ("merge-1", [], ["merge-2"]),
        ("merge-2", [], []),
    ],
)
def test_what_joins_an_id_is_told_from_what_overrules_a_merge(
    name: str, joining: list[str], overruling: list[str]
) -> None:
    """Only judgements that ids are one join; one of the same ids that came later overrules."""
    found = merges("a = b c", "d = e", "d / e", "a = x")
    assert [one["id"] for one in found.joining(name)] == joining
    assert [one["id"] for one in found.overruling(name)] == overruling


@pytest.mark.parametrize(
    ("left_out", "expected", "unlike"),
    [
        ([], "a:a b:a c:a", ""),
        (["merge-0"], "b:b c:b", "a b c"),
        (["merge-1"], "a:a b:a", "a b c"),
        # What it overruled counts again.
        (["merge-3"], "a:a b:a c:a d:d e:d", ""),
        (["merge-0", "merge-1"], "", "a b c"),
        (["merge-9"], "a:a b:a c:a", ""),
    ],
)
def test_merges_can_be_left_out(left_out: list[str], expected: str, unlike: str) -> None:
    """The others are as they are; ids that are not one with the same ids can be told."""
    found = merges("a = b", "b = c", "d = e", "d / e")
    less = found.without(left_out)
    assert clusters(less) == expected
    assert " ".join(sorted(found.members_unlike(less))) == unlike
    assert clusters(found) == "a:a b:a c:a"


def test_claims_are_told_as_what_they_are() -> None:
    """Value and qualifiers by the ids that stand for them; the subject stays as recorded."""
    found = merges("a = b", "c = d")
    claim = {"id": "x", "subject": "b", "value": "d", "qualifiers": {"of": "b", "in": "e"}}
    told = {"value": "c", "qualifiers": {"of": "a", "in": "e"}}
    assert found.told(claim, value_is_entity=True) == claim | told
    assert found.told(claim, value_is_entity=False) == claim | told | {"value": "d"}
    assert found.told({"id": "y", "none": True}, value_is_entity=True) == {"id": "y", "none": True}
    assert found.meant({"of": "d"}) == {"of": "c"}
    assert merges().told(claim, value_is_entity=True) is claim
