"""Pages: what a library leaves in a file is cleared, and the database stays what it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from chronicle.exports.pages import SIZE, settle


def filled(path: Path, count: int, more: int = 0) -> None:
    """Make a database of rows, short and long, with an index; some more come and go again."""
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA page_size = {SIZE}")
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE one (number INTEGER PRIMARY KEY, text TEXT)")
        database.execute("CREATE INDEX by_text ON one (text)")
        database.execute("CREATE VIEW seen AS SELECT * FROM one")
        for number in range(count + more):
            text = f"{number:06} is written here " * (200 if number == 1 else 3)
            database.execute("INSERT INTO one VALUES (?, ?)", (number, text))
        for number in reversed(range(count, count + more)):
            database.execute("DELETE FROM one WHERE number = ?", (number,))
        database.commit()


def settled(path: Path) -> bytes:
    """Settle a database and return its bytes; it is sound, and holds what it held."""
    with closing(sqlite3.connect(path)) as database:
        before = database.execute("SELECT * FROM seen").fetchall()
        query = "SELECT rootpage FROM sqlite_master WHERE rootpage"
        roots = [root for (root,) in database.execute(query)]
    settle(path, roots)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT * FROM seen").fetchall() == before
    return path.read_bytes()


def test_what_was_there_before_is_cleared(folder: Path) -> None:
    """Two databases that hold the same are the same, whatever one of them held for a while."""
    filled(folder / "plain.db", 10)
    filled(folder / "more.db", 10, more=3)
    assert b"000012 is written" in (folder / "more.db").read_bytes()
    assert settled(folder / "more.db") == settled(folder / "plain.db")


def test_pages_below_others_are_cleared_too(folder: Path) -> None:
    """Down to the leaves of tables and indexes, however deep; nothing else is touched."""
    filled(folder / "deep.db", 3000, more=2)
    found = settled(folder / "deep.db")
    assert b"003001 is written" not in found
    assert found.count(b"002999 is written") == 2 * 3


def test_the_first_page_is_cleared_too(folder: Path) -> None:
    """It begins with the header of the file, and lists what is there; what was there is gone."""
    filled(folder / "plain.db", 10)
    with closing(sqlite3.connect(folder / "plain.db")) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE VIEW passing AS SELECT 1")
        database.execute("DROP VIEW passing")
    assert b"VIEW passing" in (folder / "plain.db").read_bytes()
    assert b"VIEW passing" not in settled(folder / "plain.db")


def test_settling_again_changes_nothing(folder: Path) -> None:
    """What is settled stays as it is."""
    filled(folder / "plain.db", 100)
    assert settled(folder / "plain.db") == settled(folder / "plain.db")
