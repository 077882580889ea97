"""Verifying: whatever was changed past the software is found, and named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chronicle import Chronicle, Finding
from chronicle.log import Writer
from chronicle.verifying import Report
from tests.stores import START, Clock, Files, raw, rows, run, without_guards
from tests.worlds import CHAPTERS

RESTORE = "restore the database from a copy that verifies"


def places(report: Report) -> set[str]:
    """Return where something differs."""
    return {finding.field for finding in report.findings}


@contextmanager
def changed(store: str, table: str, where: str, **values: object) -> Iterator[None]:
    """Change the one row of a condition for a while; its key stays."""
    names = ", ".join(values)
    (before,) = rows(store, f"SELECT {names} FROM {table} WHERE {where}")
    _set(store, table, where, values)
    yield
    _set(store, table, where, dict(zip(values, before, strict=True)))


def _set(store: str, table: str, where: str, values: dict[str, object]) -> None:
    assigned = ", ".join(f"{name} = :{name}" for name in values)
    run(store, f"UPDATE {table} SET {assigned} WHERE {where}", **values)


def flipped(value: Any) -> Any:
    """Return a value with one bit of it changed, a number with one added."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
    data = bytearray(value)
    data[len(data) // 2] ^= 1
    return bytes(data)


def test_an_untouched_chronicle_verifies(chapters: Chronicle) -> None:
    """Nothing differs; the report counts the entries and gives the root."""
    head = chapters.view().head
    assert chapters.verify() == Report(9, head.root.hex(), ())


def test_an_empty_chronicle_verifies(chronicle: Chronicle) -> None:
    """A log without entries has a root too."""
    assert chronicle.verify() == Report(0, chronicle.view().head.root.hex(), ())


def test_every_bit_of_an_entry_counts(chapters: Chronicle, made: str) -> None:
    """A change in any column of an entry is found in that entry, and undone it verifies."""
    without_guards(made)
    names = ("id", "kind", "schema", "recorded_at", "author", "message")
    for name in (*names, "salt", "payload", "commitment", "leaf"):
        ((value,),) = rows(made, f"SELECT {name} FROM entry WHERE position = 4")
        with changed(made, "entry", "position = 4", **{name: flipped(value)}):
            report = chapters.verify()
            assert any(place.startswith("entry 4 (") for place in places(report)), name
            assert all(one.todo == RESTORE for one in report.findings)
            others = {place for place in places(report) if place.startswith("entry")}
            assert len(others - {"entry 5 (replaced)"}) == 1, name
    assert chapters.verify().findings == ()


def test_each_change_is_said_for_what_it_is(chapters: Chronicle, made: str) -> None:
    """Payload, header and leaf are told apart."""
    without_guards(made)
    said = {}
    for name in ("payload", "message", "leaf"):
        ((value,),) = rows(made, f"SELECT {name} FROM entry WHERE position = 4")
        with changed(made, "entry", "position = 4", **{name: flipped(value)}):
            said[name] = chapters.verify().findings
    in_entry = "entry 4 (in-post)"
    payload = "its payload is not the one that was committed to"
    header = "its header is not the one that was hashed"
    assert said["payload"] == (Finding(payload, RESTORE, in_entry),)
    assert said["message"] == (Finding(header, RESTORE, in_entry),)
    assert said["leaf"][0] == Finding(header, RESTORE, in_entry)
    assert {one.field for one in said["leaf"][1:]} == {
        "root of 6 entries", "root of 8 entries", "root of 9 entries",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["root", "peaks", "size"])
def test_every_bit_of_a_root_counts(chapters: Chronicle, made: str, name: str) -> None:
    """A changed root, frontier or size is found at that root."""
    without_guards(made)
    ((value,),) = rows(made, f"SELECT {name} FROM tree_head WHERE size = 8")
    new = 7 if name == "size" else flipped(value)
    run(made, f"UPDATE tree_head SET {name} = :new WHERE size = 8", new=new)
    assert places(chapters.verify()) == {f"root of {new if name == 'size' else 8} entries"}


def test_a_deleted_entry_is_missed(chapters: Chronicle, made: str) -> None:
    """The entry after the gap says which position is missing."""
    without_guards(made)
    run(made, "DELETE FROM entry WHERE position = 4")
    found = {finding.field: finding.what for finding in chapters.verify().findings}
    assert found["entry 5 (replaced)"] == "position 4 is missing before it"
    assert found["log"] == "it has 8 entries, but its last root another number"


def test_a_deleted_end_is_missed(chapters: Chronicle, made: str) -> None:
    """Without its last entry the log does not reach its last root."""
    without_guards(made)
    run(made, "DELETE FROM entry WHERE position = 9")
    assert places(chapters.verify()) == {"log", "root of 9 entries"}


def test_deleting_everything_is_noticed(chapters: Chronicle, made: str) -> None:
    """Roots without entries differ."""
    without_guards(made)
    run(made, "DELETE FROM entry")
    assert "log" in places(chapters.verify())


def test_entries_without_a_root_are_noticed(chapters: Chronicle, made: str) -> None:
    """An entry that came past the software stands beyond the last root."""
    without_guards(made)
    columns = "kind, schema, recorded_at, author, message, salt, payload, commitment, leaf"
    run(
        made,
        f"INSERT INTO entry (position, id, {columns}) "
        f"SELECT 10, 'new', {columns} FROM entry WHERE position = 9",
    )
    assert places(chapters.verify()) == {"entry 10 (new)", "log"}


def test_swapped_entries_are_named(chapters: Chronicle, made: str) -> None:
    """Two entries that changed places are both found."""
    without_guards(made)
    for old, new in ((4, 99), (5, 4), (99, 5)):
        run(made, "UPDATE entry SET position = :new WHERE position = :old", old=old, new=new)
    assert {"entry 4 (replaced)", "entry 5 (in-post)"} <= places(chapters.verify())


def test_swapped_payloads_are_named(chapters: Chronicle, made: str) -> None:
    """Content exchanged whole, with its salt and commitment, does not fit the headers."""
    without_guards(made)
    columns = ("payload", "salt", "commitment")
    listed = ", ".join(columns)
    one, other = rows(
        made, f"SELECT {listed} FROM entry WHERE position IN (4, 5) ORDER BY position"
    )
    _set(made, "entry", "position = 4", dict(zip(columns, other, strict=True)))
    _set(made, "entry", "position = 5", dict(zip(columns, one, strict=True)))
    assert {"entry 4 (in-post)", "entry 5 (replaced)"} <= places(chapters.verify())


def test_a_log_cut_short_whole_is_found_by_a_root_noted_earlier(
    chapters: Chronicle, made: str
) -> None:
    """Entries taken away with their root leave a log that fits: only the noted root tells."""
    noted = chapters.view().head.root.hex()
    assert chapters.verify(noted).findings == ()
    without_guards(made)
    run(made, "DELETE FROM tree_head WHERE size = 9")
    run(made, "DELETE FROM entry WHERE position = 9")
    chapters.rebuild()
    assert chapters.verify().findings == ()
    (finding,) = chapters.verify(noted).findings
    assert finding == Finding(f"it never had the root {noted}", RESTORE, "log")


def test_a_log_written_anew_is_found_by_a_root_noted_earlier(
    chapters: Chronicle, files: Files, clock: Clock
) -> None:
    """Another log of the same records, however well made, never had the root."""
    noted = chapters.view().head.root.hex()
    with Chronicle.open(files.made(), clock=clock) as other:
        for one in chapters.log():
            record = one.record()
            del record["schema"]
            other.append([record])
        assert other.verify().findings == ()
        assert places(other.verify(noted)) == {"log"}


def test_a_root_of_any_size_may_have_been_noted(chapters: Chronicle) -> None:
    """Views show roots inside an append too, and of the empty log; case does not matter."""
    for size in range(10):
        noted = chapters.view(recorded=f"#{size}").head.root.hex()
        assert chapters.verify(noted).findings == ()
        assert chapters.verify(f" {noted.upper()}\n").findings == ()
    assert places(chapters.verify("00" * 32)) == {"log"}
    assert places(chapters.verify("")) == {"log"}


@pytest.mark.parametrize("column", ["payload", "message", "author", "recorded_at", "kind"])
def test_text_that_is_no_utf_8_is_named(local: Chronicle, file: str, column: str) -> None:
    """A damaged byte in an SQLite file is found where it is, not stumbled over."""
    local.append(CHAPTERS[0])
    without_guards(file)
    with raw(file) as connection:
        connection.exec_driver_sql(
            f"UPDATE entry SET {column} = CAST(x'ff' || CAST({column} AS BLOB) AS TEXT) "
            "WHERE position = 4"
        )
    assert "entry 4 (in-post)" in places(local.verify())


@pytest.mark.parametrize(
    ("column", "value"),
    [("salt", "text"), ("leaf", "text"), ("payload", b"{}"), ("recorded_at", b"2022"),
     ("schema", "one"), ("id", b"in-post"), ("commitment", "text")],
)  # fmt: skip
def test_values_of_another_type_are_named(
    local: Chronicle, file: str, column: str, value: object
) -> None:
    """SQLite keeps what it is given: a blob for a text, a text for a number."""
    local.append(CHAPTERS[0])
    without_guards(file)
    run(file, f"UPDATE entry SET {column} = :value WHERE position = 4", value=value)
    (place,) = {place for place in places(local.verify()) if place.startswith("entry")}
    assert place.startswith("entry 4 (")


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (b'{"id":"other","kind":"entity","schema":1}', "name different records"),
        (b'{"id":"odd","kind":"source","schema":1}', "name different records"),
        (b'{"id":"odd","kind":"entity","schema":2}', "name different records"),
        (b'{"id":"odd", "kind":"entity","schema":1}', "not in canonical form"),
        (b'{"kind":"entity","id":"odd","schema":1}', "not in canonical form"),
        (b'{"id":"odd","kind":"entity","schema":1,"size":0.5}', "no canonical JSON form"),
        (b'["odd"]', "its payload is no mapping"),
        (b"odd", "its payload is no JSON"),
    ],
)
def test_what_was_hashed_well_has_to_be_a_record(
    local: Chronicle, payload: bytes, said: str
) -> None:
    """An entry that fits its hashes, and yet is none that the software writes, is named."""
    with local.database.writing() as connection:
        writer = Writer(connection, "me", "", START)
        writer.write([("entity", "odd", 1, payload)])
        writer.close()
    (finding,) = local.verify().findings
    assert finding.field == "entry 1 (odd)"
    assert said in finding.what


def test_progress_is_told(local: Chronicle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Now and then, how many of how many entries were hashed."""
    monkeypatch.setattr("chronicle.verifying._BATCH", 3)
    local.append(CHAPTERS[0])
    seen: list[tuple[int, int]] = []
    local.verify(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(3, 6), (6, 6)]
