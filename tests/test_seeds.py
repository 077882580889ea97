"""The bundled chronicle: its records are sound, and it answers as a careful reader would."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chronicle import Chronicle
from chronicle.carried import carried
from chronicle.entries import DEFAULTABLE
from chronicle.intake import read

SEEDS = carried("seeds") / "kazakhstan-2022"
RUN = 8
"""As many words in a row must not stand in a document too."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """The bundled chronicle, appended once."""
    with Chronicle.open(tmp_path_factory.mktemp("seeds") / "kz.db") as chronicle:
        chronicle.append_drafts(read([SEEDS], fields=DEFAULTABLE), by="seeds")
        yield chronicle


def test_the_seeds_append_whole_and_verify(seeded: Chronicle) -> None:
    """Nothing in them is refused, and a second time adds nothing."""
    assert not seeded.verify().findings
    again = seeded.append_drafts(read([SEEDS], fields=DEFAULTABLE), by="again")
    assert again.added == 0


def test_every_claim_has_a_source_a_locator_and_a_date(seeded: Chronicle) -> None:
    """A statement that cannot be looked up is worth nothing."""
    claims = [entry.record() for entry in seeded.log() if entry.kind in ("claim", "event")]
    assert len(claims) > 100
    for claim in claims:
        assert claim["source"], claim["id"]
        assert claim.get("locator"), claim["id"]
        assert claim["asserted"], claim["id"]


ANSWERS = [
    ("samat-abish", "status", "2022-01-05", "2022-01-05", None, "unknown"),
    *(
        ("samat-abish", "status", f"2022-01-{day:02}", f"2022-01-{day:02}", "on-leave", "settled")
        for day in range(6, 17)
    ),
    ("samat-abish", "status", "2022-01-12", "2022-05-31", "on-leave", "settled"),
    ("samat-abish", "status", "2022-01-17", "2022-01-17", "relieved", "settled"),
    ("samat-abish", "status", "2022-03-01", "2022-05-31", "relieved", "settled"),
    ("nsc-first-deputy-chair", "holder", "2022-01-12", "2022-01-12", "samat-abish", "settled"),
    ("nsc-first-deputy-chair", "holder", "2022-01-18", "2022-05-31", None, "ended"),
    ("nsc-chair", "holder", "2022-01-06", "2022-01-06", "ermek-sagimbaev", "settled"),
    (
        "security-council-chair", "holder", "2022-01-04", "2022-01-04",
        "nursultan-nazarbayev", "settled",
    ),
    (
        "security-council-chair", "holder", "2022-01-12", "2022-01-12",
        "kassym-jomart-tokayev", "settled",
    ),
    ("karim-massimov", "custody", "2022-01-07", "2022-01-07", None, "unknown"),
    ("karim-massimov", "custody", "2022-01-07", "2022-01-08", "in-custody", "settled"),
    ("january-unrest", "deaths", "2022-01-09", "2022-01-08", None, "unknown"),
    ("january-unrest", "deaths", "2022-01-09", "2022-01-09", "164", "settled"),
    ("january-unrest", "deaths", "2022-01-15", "2022-01-15", "225", "settled"),
    ("january-unrest", "deaths", "2022-05-31", "2022-05-31", "227", "settled"),
    ("massimov-dismissal", "when", "2022-05-31", "2022-05-31", "2022-01-05", "disputed"),
    ("massimov-arrest", "when", "2022-05-31", "2022-05-31", "2022-01-06", "settled"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "name", "at", "known", "value", "standing"), ANSWERS)
def test_the_answers_are_those_of_a_careful_reader(
    seeded: Chronicle, subject: str, name: str, at: str, known: str, value: str, standing: str
) -> None:
    """At a date, as known at a date: the value, and how it stands."""
    ruling = seeded.view(at=at, known=known).ruling(subject, name)
    assert (ruling.value, ruling.standing) == (value, standing)


def test_rumours_never_win_over_firm_claims(seeded: Chronicle) -> None:
    """That he was replaced or detained stays on record, and is no day's answer."""
    for day in range(1, 32):
        date = f"2022-01-{day:02}"
        for known in (date, "2022-05-31"):
            ruling = seeded.view(at=date, known=known).ruling("samat-abish", "status")
            assert ruling.value not in ("replaced", "detained")
    rivals = seeded.view(as_of="2022-01-12").ruling("samat-abish", "status").rivals
    assert {"replaced", "detained"} <= {rival.value for rival in rivals}


def test_the_trace_shows_the_change_on_the_17th_with_both_sources(seeded: Chronicle) -> None:
    """On leave becomes relieved; the log says who said so, and what it changed."""
    steps = [step for step in seeded.trace("samat-abish", "status") if step.known == "2022-01-17"]
    assert {step.source for step in steps} == {"cornell-2022", "icds-2022"}
    assert {(step.value, step.effect, step.about) for step in steps} == {
        ("relieved", "updates", "abish-on-leave-nsc")
    }
    before = [step for step in seeded.trace("samat-abish", "status") if step.known < "2022-01-17"]
    assert before[-1].best_value == "on-leave"
    assert steps[-1].best_value == "relieved"


def words(text: str) -> list[str]:
    """Return the words of a text, without case and marks."""
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of words of a text."""
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def test_no_sentence_of_a_document_stands_in_the_seeds() -> None:
    """Facts are told in our own words; compared where the documents are at hand."""
    folder = os.environ.get("CHRONICLE_DOCUMENTS")
    if not folder:
        pytest.skip("CHRONICLE_DOCUMENTS names no folder with the source documents")
    documents = list(Path(folder).iterdir())
    assert documents
    known = set().union(*(runs(path.read_text(encoding="utf-8")) for path in documents))
    for file in sorted(SEEDS.iterdir()):
        shared = runs(file.read_text(encoding="utf-8")) & known
        assert not shared, f"{file.name}: {' '.join(min(shared))}"
