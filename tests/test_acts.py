"""Acts: what one line makes is a record as a file would hold it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle, RecordsRefused, UnknownId
from chronicle.acts import assessment, retraction, revision
from tests.stores import Clock
from tests.stories import story

STORY = """
    in post  | 2015-12/.. | 2021-12-31 | 2, where office=first
    replaced | 2022-01-06/ | 2022-01-06 | 4
"""


@pytest.fixture
def known(local: Chronicle) -> Chronicle:
    """A chronicle of two claims."""
    local.append(story(STORY))
    return local


def last(chronicle: Chronicle) -> dict[str, Any]:
    """Return the last record of the log."""
    return list(chronicle.log())[-1].record()


def test_a_retraction_is_named_after_what_it_retracts(known: Chronicle) -> None:
    """The hash of its content tells one from another; the same again is the same record."""
    made = retraction("replaced", {"mode": "erratum", "reason": "misread"})
    assert re.fullmatch(r"replaced-retraction-[0-9a-f]{12}", made["id"])
    assert retraction("replaced", {"mode": "erratum", "reason": "misread"}) == made
    assert retraction("replaced", {"mode": "erratum", "reason": "other"})["id"] != made["id"]
    assert known.append([made]).added == 1
    assert known.append([made]).unchanged == 1
    assert last(known) == {"schema": 1, **made}


def test_an_id_may_be_given(known: Chronicle) -> None:
    """Then the record has that one."""
    fields = {"id": "mine", "mode": "erratum"}
    assert retraction("replaced", fields)["id"] == "mine"
    assert assessment(known.view(), "replaced", {"id": "mine", "rank": "normal"})["id"] == "mine"


def test_long_ids_stay_ids(known: Chronicle) -> None:
    """What would be too long is cut before the hash."""
    made = retraction("a" * 200, {"mode": "erratum"})
    with pytest.raises(RecordsRefused) as refused:
        known.append([made])
    (fault,) = refused.value.findings
    assert fault.field == "retracts"


def test_an_assessment_is_of_the_day_it_is_made(known: Chronicle, clock: Clock) -> None:
    """Judged alike on another day it is another judgement; on the same day the same."""
    fields = {"rank": "deprecated"}
    first = assessment(known.view(), "replaced", fields)
    assert (first["asserted"], first["claim"]) == ("2022-06-01", "replaced")
    assert assessment(known.view(), "replaced", fields) == first
    clock.forward(days=1)
    second = assessment(known.view(), "replaced", fields)
    assert second["id"] != first["id"]
    dated = assessment(known.view(), "replaced", {**fields, "asserted": "2022-05-01"})
    assert dated["asserted"] == "2022-05-01"
    assert known.append([first, second, dated]).added == 3


def test_a_revision_is_of_the_same_slot(known: Chronicle) -> None:
    """Subject, property and qualifiers come from the old claim, and nothing else."""
    told = {"value": "gone", "source": "press", "revises": {"claim": "in-post", "kind": "update"}}
    made = revision(known.view(), "in-post", told)
    assert made == {
        "subject": "subject",
        "property": "status",
        "qualifiers": {"office": "first"},
        **told,
    }
    other = revision(known.view(), "in-post", {**told, "qualifiers": {"office": "second"}})
    assert other["qualifiers"] == {"office": "second"}
    assert "qualifiers" not in revision(known.view(), "replaced", told)


def test_only_claims_are_revised(known: Chronicle) -> None:
    """Another kind is named, and of an id that there is not those claims that look like it."""
    with pytest.raises(BadQuestion, match="'press' is of kind source; name the id of a claim"):
        revision(known.view(), "press", {})
    with pytest.raises(UnknownId, match="did you mean in-post"):
        revision(known.view(), "in-posts", {})
