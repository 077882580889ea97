"""Verifying: what the projections hold is held against the log."""

from __future__ import annotations

from chronicle import Chronicle
from tests.stores import content, run, without_guards
from tests.stories import conflict, entity, merge, retraction

REBUILD = "run: chronicle rebuild"

PROJECTIONS = (
    ("UPDATE claim SET testimony = replace(testimony, '2', '3') WHERE id = 'replaced'", "replaced"),
    ("UPDATE claim SET subject = 'press' WHERE id = 'in-post'", "in-post"),
    ("UPDATE claim SET position = 6 WHERE id = 'in-post'", "in-post"),
    ("UPDATE claim SET event = NULL WHERE event = 'fire'", "fire-when-"),
    ("DELETE FROM claim WHERE id = 'relieved'", "relieved"),
    (
        """INSERT INTO claim SELECT 99, 'more', subject, property, source, entity, event, testimony
           FROM claim WHERE id = 'relieved'""",
        "claim holds 5 rows, the log gives 4",
    ),
    ("UPDATE bearing SET content = '[true, 0]' WHERE kind = 'retraction'", "retracts-replaced"),
    ("UPDATE bearing SET target = 'in-post' WHERE id = 'assesses-relieved'", "assesses-relieved"),
    ("DELETE FROM bearing WHERE id = 'retracts-replaced'", "retracts-replaced"),
    (
        "INSERT INTO bearing VALUES ('more', 'in-post', 99, 'retraction', '[true, 0]')",
        "bearing holds 3 rows, the log gives 2",
    ),
    ("UPDATE region SET standing = 'disputed' WHERE claim = 'in-post'", "map of subject status"),
    ("UPDATE region SET value = 'mine' WHERE claim = 'relieved'", "map of subject status"),
    ("UPDATE region SET valid_from = valid_from + 1 WHERE claim = 'in-post'", "of subject status"),
    ("DELETE FROM region WHERE claim = 'relieved'", "map of subject status"),
    ("INSERT INTO region SELECT * FROM region", "map of subject status"),
    ("DELETE FROM slot WHERE subject = 'fire'", "map of fire when"),
    ("UPDATE slot SET qualifiers = '{}' WHERE subject = 'subject'", "map of subject status"),
    (
        "INSERT INTO slot SELECT 99, 'press', property, '', '' FROM slot WHERE subject = 'fire'",
        "the map holds press when, the log does not",
    ),
    ("UPDATE search SET words = 'mine' WHERE id = 'relieved'", "words of relieved"),
    ("UPDATE search SET folded = 'mine' WHERE id = 'relieved'", "words of relieved"),
    ("UPDATE search SET kind = 'source' WHERE id = 'relieved'", "words of relieved"),
    ("DELETE FROM search WHERE id = 'relieved'", "words of relieved"),
    (
        """INSERT INTO search (id, kind, words, folded)
           SELECT id, kind, words, folded FROM search WHERE id = 'relieved'""",
        "search holds 8 records, the log gives 7",
    ),
)  # fmt: skip
"""A change in a projection, and what is said of it."""


def test_what_projections_hold_is_held_against_the_log(chapters: Chronicle, made: str) -> None:
    """Each changed, missing or added row is named, and a rebuild puts everything right."""
    before = content(made, ("entry", "tree_head", "claim", "bearing"))
    for statement, said in PROJECTIONS:
        run(made, statement)
        findings = chapters.verify().findings
        assert any(said in finding.what for finding in findings), statement
        assert {(one.field, one.todo) for one in findings} == {("projections", REBUILD)}
        chapters.rebuild()
        assert chapters.verify().findings == (), statement
    assert content(made, ("entry", "tree_head", "claim", "bearing")) == before


def test_a_log_that_differs_says_nothing_of_projections(chapters: Chronicle, made: str) -> None:
    """Projections are only held against a log that fits its hashes."""
    without_guards(made)
    run(made, "UPDATE entry SET payload = '{}' WHERE position = 4")
    run(made, "DELETE FROM claim")
    assert [one.field for one in chapters.verify().findings] == ["entry 4 (in-post)"]


def test_what_waits_to_be_projected_is_no_difference(chapters: Chronicle) -> None:
    """Topics that wait to be painted, and words not yet taken in, are no findings."""
    chapters.append([retraction("in-post", "2022-03-01"), entity("new"), entity("newer")])
    assert chapters.verify().findings == ()
    chapters.view().state()
    chapters.append([merge("new", "newer"), conflict("in-post", "relieved")])
    assert chapters.verify().findings == ()
