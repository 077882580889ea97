"""Bearing: what retractions, assessments and conflicts do to claims at a known date."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.bearing import NOTHING, Assessment, Bearing, Conflict, Retraction
from chronicle.calendar import BEGINNING, FOREVER
from tests import reference_records
from tests.cases import Case
from tests.logs import logs

WITHDRAWN, ERRATUM = False, True


@pytest.mark.parametrize(
    ("retractions", "known", "expected"),
    [
        ([], 100, None),
        ([Retraction("r", "c", WITHDRAWN, 10)], 9, None),
        ([Retraction("r", "c", WITHDRAWN, 10)], 10, "r"),
        ([Retraction("r", "c", WITHDRAWN, 10)], 11, "r"),
        ([Retraction("r", "other", WITHDRAWN, 10)], 11, None),
        # An erratum counts at every known date, even before it was found.
        ([Retraction("r", "c", ERRATUM, BEGINNING)], BEGINNING, "r"),
        ([Retraction("r", "c", ERRATUM, 10)], 9, "r"),
        # A retracted retraction has no effect, from when it is itself retracted.
        ([Retraction("r", "c", WITHDRAWN, 10), Retraction("q", "r", WITHDRAWN, 20)], 19, "r"),
        ([Retraction("r", "c", WITHDRAWN, 10), Retraction("q", "r", WITHDRAWN, 20)], 20, None),
        ([Retraction("r", "c", ERRATUM, BEGINNING), Retraction("q", "r", WITHDRAWN, 20)], 20, None),
        ([Retraction("r", "c", WITHDRAWN, 10), Retraction("q", "r", ERRATUM, BEGINNING)], 10, None),
        # Once more, and the first is in force again.
        (
            [
                Retraction("p", "q", WITHDRAWN, 30),
                Retraction("q", "r", WITHDRAWN, 20),
                Retraction("r", "c", WITHDRAWN, 10),
            ],
            30,
            "r",
        ),
        # Of two the earlier is named; where one is gone the other still counts.
        ([Retraction("b", "c", WITHDRAWN, 20), Retraction("a", "c", WITHDRAWN, 10)], 30, "a"),
        (
            [
                Retraction("b", "c", WITHDRAWN, 20),
                Retraction("a", "c", WITHDRAWN, 10),
                Retraction("q", "a", ERRATUM, BEGINNING),
            ],
            30,
            "b",
        ),
    ],
)
def test_a_retraction_takes_effect(
    retractions: list[Retraction], known: int, expected: str | None
) -> None:
    """At the last second of its own assertion, or as an erratum always, unless retracted."""
    found = Bearing(retractions).retraction_of("c", known)
    assert (found and found.id) == expected


@pytest.mark.parametrize(
    ("assessments", "retractions", "known", "expected"),
    [
        ([], [], 100, ("", 0)),
        ([Assessment("s", "c", "preferred", 0, 10)], [], 9, ("", 0)),
        ([Assessment("s", "c", "preferred", 0, 10)], [], 10, ("preferred", 0)),
        ([Assessment("s", "other", "preferred", 2, 10)], [], 10, ("", 0)),
        # Rank and credibility each follow the latest that states it.
        (
            [Assessment("t", "c", "", 5, 20), Assessment("s", "c", "deprecated", 2, 10)],
            [],
            19,
            ("deprecated", 2),
        ),
        (
            [Assessment("t", "c", "", 5, 20), Assessment("s", "c", "deprecated", 2, 10)],
            [],
            20,
            ("deprecated", 5),
        ),
        (
            [Assessment("s", "c", "deprecated", 2, 10), Assessment("t", "c", "normal", 0, 20)],
            [],
            20,
            ("normal", 2),
        ),
        # At the same instant the greater id counts, wherever it stands in the log.
        (
            [Assessment("t", "c", "normal", 1, 10), Assessment("s", "c", "preferred", 2, 10)],
            [],
            10,
            ("normal", 1),
        ),
        # A retracted assessment leaves what was judged before it.
        (
            [Assessment("s", "c", "preferred", 0, 10), Assessment("t", "c", "deprecated", 0, 20)],
            [Retraction("r", "t", WITHDRAWN, 30)],
            29,
            ("deprecated", 0),
        ),
        (
            [Assessment("s", "c", "preferred", 0, 10), Assessment("t", "c", "deprecated", 0, 20)],
            [Retraction("r", "t", WITHDRAWN, 30)],
            30,
            ("preferred", 0),
        ),
    ],
)
def test_a_claim_is_judged_by_the_latest_assessment(
    assessments: list[Assessment],
    retractions: list[Retraction],
    known: int,
    expected: tuple[str, int],
) -> None:
    """Rank and credibility apart, each from the last second of the judgement's assertion."""
    assert Bearing(retractions, assessments).assessed("c", known) == expected


@given(logs(), st.integers(0, 40))
def test_it_says_what_walking_the_log_finds(records: list[dict[str, Any]], day: int) -> None:
    """A slow reading of the same records agrees on every claim, retraction and judgement."""
    known = 1_640_995_199 + day * 86_400
    bearing = Case(records).bearing()
    for record in records:
        name = record["id"]
        # The reference also asks for the source of a claim; here each id is asked alone.
        alone = {**record, "source": name}
        assert (bearing.retraction_of(name, known) is not None) == reference_records.retracted(
            records, alone, known
        )
        if record["kind"] == "claim":
            rank, credibility = bearing.assessed(name, known)
            judged = [
                reference_records.assessed(records, record, field, known)
                for field in ("rank", "credibility")
            ]
            assert [rank or None, str(credibility or "") or None] == judged


def test_each_effect_has_an_instant_and_a_claim_that_it_touches_in_the_end() -> None:
    """A retraction of a judgement touches the claim judged; errata have no instant."""
    bearing = Bearing(
        [
            Retraction("r", "c", WITHDRAWN, 10),
            Retraction("q", "r", WITHDRAWN, 20),
            Retraction("e", "d", ERRATUM, BEGINNING),
            Retraction("f", "e", WITHDRAWN, 40),
            Retraction("g", "s", WITHDRAWN, 50),
            Retraction("h", "k", WITHDRAWN, 60),
        ],
        [Assessment("s", "c", "preferred", 0, 30)],
        [Conflict("k", ("c", "d"))],
    )
    assert sorted(bearing.instants()) == [
        (10, "c"),
        (20, "c"),
        (30, "c"),
        (40, "d"),
        (50, "c"),
        (60, "k"),
    ]


def test_nothing_bears_on_anything() -> None:
    """Without records there is no effect and no instant."""
    assert NOTHING.retraction_of("c", FOREVER) is None
    assert NOTHING.assessed("c", FOREVER) == ("", 0)
    assert list(NOTHING.instants()) == []
