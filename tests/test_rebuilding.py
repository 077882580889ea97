"""Rebuilding: every projection thrown away and folded again gives what catching up gave."""

from __future__ import annotations

import pytest

from chronicle import Chronicle, StoreBusy
from tests.stores import content, painted, run
from tests.stories import STORIES, entity, merge, retraction, source, story

TOLD = STORIES[0].told


@pytest.fixture
def filled(chronicle: Chronicle) -> Chronicle:
    """A chronicle grown in steps, with every projection asked for in between."""
    chronicle.append(story(TOLD))
    for more in (
        [retraction("replaced", "2022-02-01")],
        [entity("twin"), merge("subject", "twin")],
        [source("copy", derives_from=["press"])],
    ):
        chronicle.view().state()
        chronicle.search("relieved")
        chronicle.append(more)
    return chronicle


def test_a_rebuild_gives_what_catching_up_gave(filled: Chronicle, made: str) -> None:
    """Index, map, words and answers are the same; the log is only read."""
    state = filled.view().state()
    filled.search("relieved")
    tables = ("entry", "tree_head", "projection", "claim", "bearing", "touched", "search")
    before, painted_before = content(made, tables), painted(made)
    assert filled.rebuild() == 1
    assert content(made, tables) == before
    assert painted(made) == painted_before
    assert filled.view().state() == state


def test_a_rebuild_puts_everything_right(filled: Chronicle, made: str) -> None:
    """Whatever the projections held before, afterwards they hold what the log gives."""
    state = filled.view().state()
    run(made, "UPDATE search SET folded = 'mine'")
    for table in ("claim", "bearing", "slot", "region"):
        run(made, f"DELETE FROM {table}")
    run(made, "INSERT INTO touched VALUES ('no-such', 'topic')")
    assert filled.verify().findings != ()
    assert filled.rebuild() == 1
    assert filled.verify().findings == ()
    assert filled.view().state() == state


def test_an_empty_chronicle_is_rebuilt_to_nothing(chronicle: Chronicle) -> None:
    """No entries, no topics."""
    assert chronicle.rebuild() == 0
    assert chronicle.verify().findings == ()


def test_a_rebuild_goes_in_batches(filled: Chronicle, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few entries are folded at a time, the result is the same; progress is told."""
    monkeypatch.setattr("chronicle.rebuilding._BATCH", 2)
    monkeypatch.setattr("chronicle.painting._TOPICS", 1)
    seen: list[tuple[int, int]] = []
    filled.rebuild(lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
    assert filled.verify().findings == ()


def test_a_rebuild_lands_whole_or_not_at_all(
    filled: Chronicle, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild that fails, or finds another writer, leaves the projections as they were."""
    tables = ("projection", "claim", "bearing", "slot", "region", "search")
    before = content(made, tables)

    def fail(*_arguments: object) -> int:
        raise ArithmeticError

    with monkeypatch.context() as patched:
        patched.setattr("chronicle.painting.repaint", fail)
        with pytest.raises(ArithmeticError):
            filled.rebuild()
    monkeypatch.setattr("chronicle.database._PATIENCE_S", 0.2)
    with (
        Chronicle.open(made) as other,
        Chronicle.open(made) as third,
        other.database.writing(),
        pytest.raises(StoreBusy),
    ):
        third.rebuild()
    assert content(made, tables) == before
