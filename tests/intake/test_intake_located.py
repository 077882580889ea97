"""Places: the line of a field, of what is inside it, and of what is not known."""

from __future__ import annotations

import pytest

from chronicle.errors import Finding
from chronicle.intake import Place, field_name
from chronicle.intake.located import Branch, Layer, Lines

LINES = Lines({"id": 4, "via": Branch(5, [6, 7]), "revises": Branch(8, {"claim": 9, "kind": 10})})


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 3),
        (("id",), 4),
        (("via",), 5),
        (("via", 1), 7),
        (("via", 2), 5),
        (("via", -1), 5),
        (("via", "x"), 5),
        (("revises", "kind"), 10),
        (("revises", "kind", "deeper"), 10),
        (("revises", 0), 8),
        (("unheard-of", "claim"), 3),
    ],
)
def test_line_is_that_of_the_longest_known_part(path: tuple[str | int, ...], line: int) -> None:
    """A path that is not known falls back to what is known around it, at last to the record."""
    assert Place("a.yaml", 3, LINES).line_of(path) == line
    assert Place("a.yaml", 3, dict(LINES)).line_of(path) == line


def test_lines_are_a_mapping_of_every_path() -> None:
    """All paths can be listed, and each gives its line."""
    assert dict(LINES) == {
        ("id",): 4,
        ("via",): 5,
        ("revises",): 8,
        ("via", 0): 6,
        ("via", 1): 7,
        ("revises", "claim"): 9,
        ("revises", "kind"): 10,
    }
    assert len(LINES) == 7
    assert () not in LINES
    assert "('via', 1): 7" in repr(LINES)


def test_place_without_lines_gives_the_line_of_the_record() -> None:
    """Where everything stands on one line, every path has that line."""
    assert Place("a.jsonl", 12).line_of(("via", 0)) == 12


def test_finding_at_a_place_names_file_line_and_field() -> None:
    """A fault in a field is shown with the line of that field."""
    finding = Place("a.yaml", 3, LINES).finding(("via", 1), "no such source", "add it")
    assert finding == Finding("no such source", "add it", "via[1]", "a.yaml", 7)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), ""),
        (("id",), "id"),
        (("revises", "claim"), "revises.claim"),
        (("participants", 2, "role"), "participants[2].role"),
        ((0, "kind"), "[0].kind"),
    ],
)
def test_field_name_reads_as_people_write_it(path: tuple[str | int, ...], name: str) -> None:
    """Names are joined by dots, positions stand in brackets."""
    assert field_name(path) == name


def test_upper_layer_wins_and_keeps_its_lines() -> None:
    """A field stated above hides the one below, and its line; the rest shows through."""
    upper = Layer({"source": "a"}, {"source": 9})
    lower = Layer({"source": "b", "speaker": "c"}, {"source": 1, "speaker": 2})
    assert upper.over(lower) == Layer({"source": "a", "speaker": "c"}, {"source": 9, "speaker": 2})
