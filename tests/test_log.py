"""The log: positions, times, headers, roots, and finding entries again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from chronicle import log
from chronicle.canonical import dumps
from chronicle.database import Database
from chronicle.errors import BadQuestion, LogCorrupt
from chronicle.log import Entry, Head, Writer
from chronicle.merkle import Frontier, commit, leaf_hash
from tests.stores import START, Clock, Files, Server, content

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\x00\x1f\x7f\n\u2028é😀')
)


@pytest.fixture
def database(made: str) -> Iterator[Database]:
    """A database with an empty log."""
    database = Database(made)
    yield database
    database.close()


def append(database: Database, *names: str, now: datetime = START, message: str = "") -> Head:
    """Append an entity of each of some names, in one transaction."""
    with database.writing() as connection:
        writer = Writer(connection, "me", message, now)
        for name in names:
            payload = dumps({"id": name, "kind": "entity", "name": name, "schema": 1})
            writer.write([("entity", name, 1, payload)])
        return writer.close()


def read(database: Database) -> list[Entry]:
    """Return the whole log."""
    with database.reading() as connection:
        return list(log.entries(connection))


def test_a_copy_is_the_log_again_with_the_ends_of_its_appends(
    database: Database, stores: Files | Server
) -> None:
    """Entries go in to the byte, and roots where appends ended; closing adds nothing to that."""
    append(database, "a", "b", message="both")
    append(database, "c")
    entries = read(database)
    place = stores.made()
    other = Database(place)
    with other.writing() as connection:
        writer = Writer(connection, "", "", START)
        heads = writer.copy(entries[:1], {2, 3}), writer.copy(entries[1:], {2, 3})
        closed = writer.close()
    with database.reading() as connection:
        both, whole = log.head_at(connection, 2), log.head(connection)
    assert heads == ([], [both, whole])
    assert closed == whole
    assert read(other) == entries
    other.close()
    kept = ("entry", "tree_head")
    assert content(place, kept) == content(str(database.url.render_as_string(False)), kept)
    stores.drop(place)


def test_what_is_sealed_is_found_by_position(database: Database) -> None:
    """Leaves of the positions there are, and roots of those at which an append ended."""
    append(database, "a", "b")
    append(database, "c")
    with database.reading() as connection:
        leaves, roots = log.sealed_at(connection, range(2, 2000))
        head = log.head(connection)
    assert leaves == {one.position: one.leaf for one in read(database)[1:]}
    assert (sorted(roots), roots[3]) == ([2, 3], head.root)


def test_an_entry_is_sealed_as_it_was_written(database: Database) -> None:
    """From header, salt and payload follow the commitment and the leaf."""
    append(database, "a", message="wörds")
    (one,) = read(database)
    assert log.sealed(one[:7], one.salt, one.payload.encode()) == one


def test_positions_are_gapless_from_one(database: Database) -> None:
    """Each entry takes the next position, append after append."""
    append(database, "a", "b")
    append(database, "c")
    append(database, "d", "e", "f")
    assert [(one.position, one.id) for one in read(database)] == list(enumerate("abcdef", start=1))


def test_an_append_that_fails_takes_no_position(database: Database) -> None:
    """Entries written before a failure are gone with it, and the next append follows on."""
    append(database, "a")

    def failing() -> None:
        with database.writing() as connection:
            writer = Writer(connection, "me", "", START)
            writer.write([("entity", "b", 1, b"{}")])
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        failing()
    append(database, "c")
    assert [(one.position, one.id) for one in read(database)] == [(1, "a"), (2, "c")]


def test_recorded_at_never_goes_back_with_the_clock(database: Database, clock: Clock) -> None:
    """An append at an earlier time of the clock is recorded at the time of the one before."""
    for hours in (0, 1, -5, 0.5, 7):
        clock.forward(hours=hours)
        append(database, f"at-{len(read(database))}", now=clock())
    moments = [one.recorded_at for one in read(database)]
    assert moments == [
        "2022-06-01T12:00:00.000000Z",
        "2022-06-01T13:00:00.000000Z",
        "2022-06-01T13:00:00.000000Z",
        "2022-06-01T13:00:00.000000Z",
        "2022-06-01T15:30:00.000000Z",
    ]
    assert all(one <= other for one, other in pairwise(moments))


def test_recorded_at_is_utc_with_six_digits() -> None:
    """Moments are written in UTC, whatever the zone of the clock, and sort as text."""
    zone = timezone(timedelta(hours=6))
    assert log.write_moment(datetime(2022, 1, 6, 3, 4, 5, 60, zone)) == (
        "2022-01-05T21:04:05.000060Z"
    )


def test_the_clock_of_the_system_has_a_zone_and_goes_on() -> None:
    """The one place that reads the clock gives moments in UTC, never before the last."""
    first, second = log.system_clock(), log.system_clock()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


@given(TEXTS, TEXTS, TEXTS, st.integers(1, 2**53 - 1))
def test_the_header_is_canonical_json(author: str, message: str, name: str, position: int) -> None:
    """What a leaf commits to is the canonical form of the header, whatever its texts hold."""
    moment = "2022-06-01T12:00:00.000000Z"
    made = commit(b"salt", b"{}")
    entry = Entry(position, name, "claim", 1, moment, author, message, b"salt", "{}", made, b"")
    mapping = {
        "position": position,
        "id": name,
        "kind": "claim",
        "schema": 1,
        "recorded_at": moment,
        "author": author,
        "message": message,
        "commitment": made.hex(),
    }
    assert entry.header() == dumps(mapping)


def test_an_entry_is_stored_as_it_was_written(database: Database) -> None:
    """Texts come back to the letter; commitment and leaf are those of header and payload."""
    message = 'first "reading"\n\ttab \x01 \x7f \u2028 Әбіш 😀'
    append(database, "a", message=message)
    (entry,) = read(database)
    assert (entry.kind, entry.schema, entry.author, entry.message) == ("entity", 1, "me", message)
    assert entry.payload == '{"id":"a","kind":"entity","name":"a","schema":1}'
    assert entry.record() == {"id": "a", "kind": "entity", "name": "a", "schema": 1}
    assert len(entry.salt) == log.SALT_SIZE
    assert entry.commitment == commit(entry.salt, entry.payload.encode())
    assert entry.leaf == leaf_hash(entry.header())


def test_the_same_payload_has_another_commitment_each_time(database: Database) -> None:
    """Payloads are salted: equal or guessable ones cannot be told from their commitments."""
    with database.writing() as connection:
        writer = Writer(connection, "me", "", START)
        writer.write([("entity", "a", 1, b"{}"), ("entity", "b", 1, b"{}")])
        writer.close()
    one, other = read(database)
    assert one.salt != other.salt
    assert one.commitment != other.commitment


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
@pytest.mark.parametrize("field", ["author", "message"])
def test_a_header_takes_no_text_that_a_store_cannot_hold(
    database: Database, field: str, text: str
) -> None:
    """NUL characters and halves of surrogate pairs in author or message are refused by name."""
    texts = {"author": "me", "message": ""} | {field: text}
    with (
        database.writing() as connection,
        pytest.raises(BadQuestion, match=f"{field} holds"),
    ):
        Writer(connection, now=START, **texts)


def test_head_is_the_root_of_all_leaves(database: Database) -> None:
    """The head has the size of the log and the root of its leaves; of an empty log too."""
    with database.reading() as connection:
        assert log.head(connection) == Head(0, Frontier().root())
    append(database, "a", "b", "c")
    returned = append(database, "d", "e")
    frontier = Frontier()
    frontier.extend(one.leaf for one in read(database))
    with database.reading() as connection:
        assert log.head(connection) == returned == Head(5, frontier.root())


def test_an_append_of_nothing_leaves_the_head(database: Database) -> None:
    """Without a new entry there is no new root to store."""
    before = append(database, "a")
    assert append(database) == before


def test_head_at_is_the_root_at_any_earlier_size(database: Database) -> None:
    """Roots are those of the first leaves, also inside an append and beyond the end."""
    append(database, "a", "b", "c")
    append(database, "d", "e", "f", "g")
    leaves = [one.leaf for one in read(database)]
    with database.reading() as connection:
        for size in range(9):
            frontier = Frontier()
            frontier.extend(leaves[:size])
            assert log.head_at(connection, size) == Head(min(size, 7), frontier.root())


def test_size_at_counts_what_was_recorded_by_a_moment(database: Database, clock: Clock) -> None:
    """The moment of an append itself counts."""
    append(database, "a", "b", now=clock())
    clock.forward(days=1)
    append(database, "c", now=clock())
    asked = (
        ("2022-06-01T11:59:59.999999Z", 0),
        ("2022-06-01T12:00:00.000000Z", 2),
        ("2022-06-02T11:59:59.999999Z", 2),
        ("2022-06-02T12:00:00.000000Z", 3),
        ("2030-01-01T00:00:00.999999Z", 3),
        ("-0044-03-15T00:00:00.999999Z", 0),
    )
    with database.reading() as connection:
        assert [(moment, log.size_at(connection, moment)) for moment, _ in asked] == list(asked)


def test_an_entry_landed_with_its_whole_append(database: Database) -> None:
    """The log never stood in the middle of an append; before the first entry it was empty."""
    append(database, "a", "b", "c")
    append(database, "d")
    append(database, "e", "f")
    with database.reading() as connection:
        landed = [log.landed_with(connection, position) for position in range(9)]
    assert landed == [0, 3, 3, 3, 4, 6, 6, 6, 6]


def test_entries_are_read_from_and_up_to_a_position(database: Database) -> None:
    """`after` is left out, `until` is taken in."""
    append(database, *"abcdef")
    with database.reading() as connection:
        assert [one.id for one in log.entries(connection, 2, 4)] == ["c", "d"]
        assert [one.id for one in log.entries(connection, 4)] == ["e", "f"]
        assert list(log.entries(connection, 6)) == []


def found(connection: Connection, names: list[str], until: int | None = None) -> set[str]:
    """Return which of some ids `find` finds, with its position."""
    return {f"{position} {name}" for name, position, _ in log.find(connection, names, until)}


def test_find_gives_the_ids_that_the_log_holds(database: Database) -> None:
    """More ids than fit one question are asked for in several; `until` bounds the search."""
    names = [f"n{number:05}" for number in range(12_000)]
    append(database, *names[::1000])
    with database.reading() as connection:
        assert len(found(connection, names)) == 12
        assert found(connection, ["n01000", "n01000", "absent"]) == {"2 n01000"}
        assert found(connection, ["n00000", "n01000", "n02000"], until=2) == {
            "1 n00000",
            "2 n01000",
        }
        assert found(connection, []) == set()


def test_payloads_of_a_kind_come_in_order_up_to_a_position(database: Database) -> None:
    """`of_kind` reads one kind, in the order of the log."""
    append(database, "b", "a", "c")
    with database.reading() as connection:
        assert [one["id"] for one in log.of_kind(connection, "entity", 2)] == ["b", "a"]
        assert list(log.of_kind(connection, "policy", 3)) == []


@pytest.mark.parametrize("stored", ["{", "[1]", "null", ""])
def test_a_payload_that_is_no_mapping_is_a_corrupt_log(stored: str) -> None:
    """The error names the entry and the command that finds out more."""
    with pytest.raises(LogCorrupt, match=re.escape("entry 7: its payload is no")):
        log.read_payload(stored, 7)
