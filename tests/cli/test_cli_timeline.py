"""`chronicle timeline` as people read it: a chronology with honest dates and its sources."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.invoking import data

STORY = """\
sources:
  - {id: press, title: Press, published: 2022-02-01}
  - {id: wire, title: Wire, published: 2022-02-02}
  - {id: letter, title: Letter, published: 2022-02-03}
entities:
  - {id: ada, type: person, name: Ada}
  - {id: town, type: place, name: Town}
events:
  - {id: fire, title: "A hall burns", when: "[2022-01-05T12:00..2022-01-05T14:59]", place: town,
     participants: [{entity: ada, role: witness}], source: press}
  - {id: march, title: "Crowds march", when: 2022-01-04, place: town, source: press}
  - {id: night, title: "Shots are heard", when: "[2022-01-05T21:00..2022-01-06T05:59]",
     source: wire}
  - {id: talks, title: "There are talks", when: 2022-01-06/2022-01-08, source: wire}
  - {id: rumour, title: "Something happens", source: wire}
  - {id: vote, title: "A vote is held", when: 2022-01-10, source: wire, asserted: 2022-01-02,
     modality: planned}
claims:
  - {id: march-letter, subject: march, property: when, value: 2022-01-04, source: letter}
  - {id: march-wire, subject: march, property: when, value: 2022-01-03, source: wire}
  - {id: march-gossip, subject: march, property: when, value: 2022-01-07, source: letter,
     credibility: 5}
  - {id: fire-gossip, subject: fire, property: when, value: 2022-01-09, source: letter,
     credibility: 5}
  - {id: fire-not, subject: fire, property: when, value: 2022-01-08, denies: true, source: letter}
"""

TABLE = """\
when                                           event                       place  said in
───────────────────────────────────────────────────────────────────────────────────────────
2022-01-04, disputed                           Crowds march (march)        town   letter +1
or 2022-01-07                                                                     letter
or 2022-01-03                                                                     wire
2022-01-05 12:00-14:59                         A hall burns (fire)         town   press
also said 2022-01-09                                                              letter
between 2022-01-05 21:00 and 2022-01-06 05:59  Shots are heard (night)            wire
2022-01-06 to 2022-01-08                       There are talks (talks)            wire
2022-01-10, expected                           A vote is held (vote)              wire
not known                                      Something happens (rumour)         wire
"""


@pytest.fixture
def told(run: Run) -> Run:
    """A chronicle of a few events."""
    Path("story.yaml").write_text(STORY)
    assert run("append", "story.yaml").exit_code == 0
    return run


def test_a_chronology_reads_well(told: Run) -> None:
    """Dates in words, where, in which source; a disputed one is marked, the others stand below."""
    result = told("timeline")
    assert result.stdout == TABLE
    assert result.stderr == "6 events; now, by best-known, 16 entries\n"


def test_data_hold_every_date_with_its_sources(told: Run) -> None:
    """As written, the best known first; an event without a date has none."""
    found = data(told("timeline", "--format", "json"))["events"]
    events = {one["event"]: one for one in found}
    assert events["march"]["dates"] == [
        {"when": "2022-01-04", "sources": ["letter", "press"]},
        {"when": "2022-01-07", "sources": ["letter"]},
        {"when": "2022-01-03", "sources": ["wire"]},
    ]
    assert events["march"]["others"] == ["2022-01-07", "2022-01-03"]
    assert events["fire"]["when"] == "[2022-01-05T12:00..2022-01-05T14:59]"
    assert events["rumour"]["dates"] == []


def test_csv_names_the_sources_of_the_date(told: Run) -> None:
    """Joined by a blank; of an event without a date, the source that tells of it."""
    text = told("timeline", "--format", "csv").stdout
    rows = {row["event"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["march"]["sources"] == "letter press"
    assert rows["rumour"]["sources"] == "wire"
    assert rows["fire"]["participants"] == "ada=witness"
