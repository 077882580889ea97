"""Appends that expectations may stop: what holds stays so, or nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chronicle import Chronicle, ExpectationsBroken, RecordsRefused
from chronicle.expected import Cause
from tests.stores import content
from tests.stories import (
    assessment,
    claim,
    conflict,
    entity,
    merge,
    property_,
    retraction,
    source,
)

Records = Sequence[dict[str, Any]]


def expectation(name: str = "hope", value: str = "glad", **fields: str) -> dict[str, Any]:
    """Expect that Ada is glad on the 10th, settled, unless the fields say otherwise."""
    made = {"kind": "expectation", "id": name, "subject": "ada", "property": "mood"}
    made |= {"at": "2022-01-10", "standing": "settled"} | fields
    return made | ({"value": value} if value else {})


def mood(value: str, valid: str = "2022-01-05/..", **fields: Any) -> dict[str, Any]:
    """Claim a mood of Ada, said on the 12th."""
    made = {"id": value, "subject": "ada", "property": "mood", "said": "2022-01-12"}
    return claim(value, valid=valid, **made | fields)


WORLD: Records = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "ada-l", "ben")),
    property_("mood"),
    property_("hat", cardinality="many", temporal="fixed"),
    mood("glad", said="2022-01-06"),
    claim("red", subject="ben", property="hat", said="2022-01-12"),
    expectation(),
]


@pytest.fixture
def hoped(local: Chronicle) -> Chronicle:
    """A chronicle with one claim, and an expectation that holds."""
    assert local.append(WORLD, expect=True).checked[0].holds
    return local


BREAKING: Sequence[tuple[Records, str, list[tuple[str, str, str]]]] = [
    (
        [mood("sad", "2022-01-08/..")],
        "sad, settled, by sad",
        [("sad", "winner", "sad")],
    ),
    (
        [mood("angry", "2022-01-10", credibility="4"), mood("tired", "2022-02-01")],
        "glad, disputed, by glad",
        [("angry", "rival", "angry")],
    ),
    (
        [mood("glad", "2022-01-08/..", denies=True, id="denied")],
        "nothing, denied",
        [("denied", "rival", "not glad")],
    ),
    (
        [mood("sad", "2022-01-05/..", revises=("correction", "glad"))],
        "sad, settled, by sad",
        [("sad", "winner", "sad")],
    ),
    (
        [mood("glad", "2022-01-05/2022-01-07", id="ended", source="wire")],
        "nothing, ended",
        [("ended", "rival", "glad")],
    ),
    (
        [mood("nothing", "2022-01-09", id="none")],
        "none, settled, by none",
        [("none", "winner", "none")],
    ),
    (
        [retraction("glad", "2022-02-01", id="taken-back")],
        "nothing, unknown",
        [("taken-back", "retraction", "glad")],
    ),
    (
        [retraction("press", "2022-02-01", mode="erratum", id="no-press")],
        "nothing, unknown",
        [("no-press", "retraction", "press")],
    ),
    (
        [assessment("glad", "2022-02-01", credibility="4", id="doubt")],
        "glad, unconfirmed, by glad",
        [("doubt", "assessment", "glad")],
    ),
    (
        [conflict("glad", "red", id="not-both")],
        "glad, disputed, by glad",
        [("not-both", "conflict", "glad and red")],
    ),
    (
        [mood("sad", "2022-01-09", subject="ada-l"), merge("ada", "ada-l", id="one")],
        "sad, settled, by sad",
        [("sad", "winner", "sad"), ("one", "merge", "ada-l and ada")],
    ),
]


@pytest.mark.parametrize(("records", "found", "causes"), BREAKING)
@pytest.mark.parametrize("dry_run", [False, True])
def test_what_breaks_an_expectation_is_refused(
    hoped: Chronicle,
    file: str,
    *,
    records: Records,
    found: str,
    causes: list[tuple[str, str, str]],
    dry_run: bool,
) -> None:
    """The error says what is found instead and which records make it so; nothing is written."""
    before, head = content(file), hoped.view().head
    with pytest.raises(ExpectationsBroken) as refused:
        hoped.append([*records, entity("new")], expect=True, dry_run=dry_run)
    (broken,) = refused.value.broken
    assert (broken.checked.id, broken.new, broken.checked.holds) == ("hope", False, False)
    assert broken.checked.expected == "glad, settled"
    assert broken.checked.found == found
    assert broken.causes == tuple(Cause(*one) for one in causes)
    assert (content(file), hoped.view().head) == (before, head)
    assert hoped.view(at="2022-01-10").ruling("ada", "mood").value == "glad"


def test_the_message_holds_the_difference(hoped: Chronicle) -> None:
    """Counted first, then one line each: what it is about, expected, found, and by what."""
    records = [
        mood("sad", "2022-01-08/.."),
        assessment("glad", "2022-02-01", credibility="4", id="doubt"),
        expectation("own", "", known="2022-03-01", standing="ended"),
    ]
    with pytest.raises(ExpectationsBroken) as refused:
        hoped.append(records, expect=True)
    assert str(refused.value) == (
        "2 expectations fail with these records, nothing was appended\n"
        "hope: ada mood at 2022-01-10: expected glad, settled; found sad, settled, by sad; "
        "because of sad, the winner now: sad; because of doubt, an assessment of glad\n"
        "own: ada mood at 2022-01-10, known 2022-03-01: expected nothing, ended; "
        "found sad, settled, by sad; "
        "because of sad, the winner now: sad; because of doubt, an assessment of glad"
    )


def test_many_broken_expectations_are_all_carried(hoped: Chronicle) -> None:
    """The message shows twenty and counts the rest."""
    more = [expectation(f"hope-{number:02}") for number in range(24)]
    hoped.append(more)
    with pytest.raises(ExpectationsBroken, match="25 expectations fail") as refused:
        hoped.append([mood("sad", "2022-01-08/..")], expect=True)
    assert str(refused.value).endswith("\n... and 5 more")
    assert [one.checked.id for one in refused.value.broken] == [
        "hope", *(one["id"] for one in more),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "records",
    [
        [],
        [entity("new")],
        [mood("tired", "2022-02-01")],
        [mood("glad", "2022-01-09", id="again")],
        [mood("sad", "2022-01-08/.."), retraction("sad", "2022-02-01", mode="erratum")],
        [mood("sad", subject="ben")],
        [expectation("own", "", subject="ben", standing="unknown")],
    ],
)
def test_what_breaks_nothing_lands(hoped: Chronicle, records: Records) -> None:
    """As without the question; the receipt has every expectation beside its ruling."""
    receipt = hoped.append(records, expect=True)
    assert receipt.added == len(records)
    assert all(one.holds for one in receipt.checked)
    assert list(receipt.checked) == hoped.expect()
    assert hoped.append([]).checked == ()


def test_what_is_said_later_breaks_no_expectation_that_names_what_was_known(
    local: Chronicle,
) -> None:
    """It goes on holding, whatever comes; without `known` it is overtaken."""
    local.append([*WORLD[:-1], expectation(known="2022-01-20")], expect=True)
    later = mood("sad", "2022-01-08/..", said="2022-01-21")
    local.append([later], expect=True)
    (one,) = local.expect()
    assert (one.holds, one.found) == (True, "glad, settled, by glad")


def test_an_expectation_of_the_append_itself_has_to_hold(local: Chronicle, file: str) -> None:
    """Even where the log was empty; with records that it holds of, both land."""
    before = content(file)
    with pytest.raises(ExpectationsBroken) as refused:
        local.append([*WORLD[:-1], expectation(value="sad")], expect=True)
    (broken,) = refused.value.broken
    assert (broken.new, broken.causes) == (True, (Cause("glad", "winner", "glad"),))
    assert content(file) == before
    sad = mood("sad", "2022-01-08/..")
    assert local.append([*WORLD[:-1], sad, expectation(value="sad")], expect=True).added == 11


def test_an_expectation_that_failed_before_stops_nothing(hoped: Chronicle) -> None:
    """Without the question everything lands; from then on it is told, and new ones count."""
    hoped.append([mood("sad", "2022-01-08/..")])
    assert [one.holds for one in hoped.expect()] == [False]
    receipt = hoped.append([entity("new"), expectation("fresh", "sad")], expect=True)
    assert [(one.id, one.holds) for one in receipt.checked] == [("hope", False), ("fresh", True)]
    with pytest.raises(ExpectationsBroken) as refused:
        hoped.append([mood("calm", "2022-01-09/..")], expect=True)
    assert [one.checked.id for one in refused.value.broken] == ["fresh"]


def test_a_repaired_expectation_is_upheld_again(hoped: Chronicle) -> None:
    """What holds now may not be broken, whatever was before."""
    hoped.append([mood("sad", "2022-01-08/..")])
    hoped.append([retraction("sad", "2022-02-01", mode="erratum")], expect=True)
    with pytest.raises(ExpectationsBroken):
        hoped.append([retraction("retracts-sad", "2022-02-02", mode="erratum")], expect=True)


def test_faults_are_told_before_expectations(hoped: Chronicle) -> None:
    """Records with faults are no ground to judge expectations on."""
    with pytest.raises(RecordsRefused):
        hoped.append([mood("sad", "2022-01-08/.."), entity("Bad")], expect=True)


def test_the_store_does_not_matter(chronicle: Chronicle, made: str) -> None:
    """Both stores refuse alike, and hold what they held before."""
    chronicle.append(WORLD, expect=True)
    assert len(chronicle.view(at="2022-01-10").state()) == 2
    before = content(made)
    with pytest.raises(ExpectationsBroken):
        chronicle.append([mood("sad", "2022-01-08/..")], expect=True)
    assert content(made) == before
    assert chronicle.append([mood("sad", "2022-01-08/..")]).added == 1
    assert not chronicle.verify().findings
