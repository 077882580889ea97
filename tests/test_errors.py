"""Errors: one tree, and messages built from facts."""

from __future__ import annotations

import inspect
import re

import pytest

from chronicle import errors
from chronicle.errors import (
    AmbiguousSlot,
    BadQuestion,
    CanonicalError,
    ChronicleError,
    DateError,
    Finding,
    RecordsRefused,
    UnknownId,
)

CLASSES = {
    name: item
    for name, item in vars(errors).items()
    if inspect.isclass(item) and issubclass(item, Exception)
}


def drawn() -> dict[str, str]:
    """Read the tree in the module's docstring: each class and the one that it hangs from."""
    found: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"    ((?:[| ] {3}|[|`]-- )*)([A-Z]\w+)", line):
            depth = len(match[1]) // 4
            found[match[2]] = above[depth - 1] if depth else "Exception"
            above[depth:] = [match[2]]
    return found


def test_the_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    """Every error class is drawn where it hangs, and nothing else is."""
    assert drawn() == {name: item.__bases__[0].__name__ for name, item in CLASSES.items()}


@pytest.mark.parametrize("name", CLASSES)
def test_every_error_is_a_chronicle_error(name: str) -> None:
    """One except clause catches all that the package raises on purpose."""
    assert issubclass(CLASSES[name], ChronicleError)


@pytest.mark.parametrize("error", [DateError, CanonicalError])
def test_a_bad_value_is_a_value_error_too(error: type[Exception]) -> None:
    """Code that knows only of ValueError, as Pydantic does, catches bad dates and values."""
    assert issubclass(error, ValueError)


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("is empty"), "is empty"),
        (Finding("is empty", "leave it out"), "is empty; leave it out"),
        (Finding("is empty", field="value"), "value: is empty"),
        (Finding("is empty", file="a.yaml"), "a.yaml: is empty"),
        (Finding("is empty", file="a.yaml", line=7), "a.yaml:7: is empty"),
        (
            Finding("is empty", "fill it", "value", "a.yaml", 7),
            "a.yaml:7: value: is empty; fill it",
        ),
    ],
)
def test_a_finding_says_where_what_and_what_to_do(finding: Finding, text: str) -> None:
    """Each part of a finding is written only where it is known."""
    assert str(finding) == text


@pytest.mark.parametrize(
    ("count", "heading", "last"),
    [
        (1, "1 fault, nothing was appended", "fault 0"),
        (2, "2 faults, nothing was appended", "fault 1"),
        (20, "20 faults, nothing was appended", "fault 19"),
        (25, "25 faults, nothing was appended", "... and 5 more"),
    ],
)
def test_a_refusal_counts_its_faults_and_shows_the_first(
    count: int, heading: str, last: str
) -> None:
    """The message shows up to twenty faults and says how many more there are."""
    error = RecordsRefused(Finding(f"fault {number}") for number in range(count))
    lines = str(error).splitlines()
    assert (lines[0], lines[-1]) == (heading, last)
    assert len(lines) == 1 + min(count, 20) + (count > 20)


def test_a_refusal_keeps_every_fault() -> None:
    """However many the message shows, the findings are all there, in their order."""
    findings = [Finding(f"fault {number}") for number in range(25)]
    assert RecordsRefused(iter(findings)).findings == tuple(findings)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (UnknownId("asha"), "no id 'asha' in this chronicle"),
        (UnknownId("asha", ["ada"]), "no id 'asha' in this chronicle; did you mean ada?"),
        (
            UnknownId("asha", iter(["ada", "asa"]), "property"),
            "no property 'asha' in this chronicle; did you mean ada or asa?",
        ),
    ],
)
def test_an_unknown_id_names_those_that_look_like_it(error: UnknownId, text: str) -> None:
    """The message offers near matches where there are any."""
    assert str(error) == text


def test_an_unknown_id_keeps_its_facts() -> None:
    """Doors that build messages of their own find the id and its near matches."""
    error = UnknownId("asha", ["ada"])
    assert (error.name, error.near) == ("asha", ("ada",))


@pytest.mark.parametrize("error", [UnknownId, AmbiguousSlot])
def test_what_cannot_be_asked_is_a_bad_question(error: type[Exception]) -> None:
    """An unknown id and a slot that is not named fully are faults of the question."""
    assert issubclass(error, BadQuestion)
