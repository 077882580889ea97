"""The database: where it is, what is there, who may write, and what every error says."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, make_url, text

from chronicle import Chronicle
from chronicle.database import Database, url_of
from chronicle.errors import LogCorrupt, NotAChronicle, SchemaMismatch, StoreBusy, StoreError
from chronicle.migrating import scripts
from chronicle.schema import REVISION
from tests.stores import Files, Server, rows, run
from tests.stories import claim, entity, property_, source


@pytest.fixture
def database(made: str) -> Iterator[Database]:
    """A database with an empty chronicle."""
    database = Database(made)
    yield database
    database.close()


@pytest.fixture
def missing(tmp_path: Path) -> str:
    """The path of a file that is not there yet."""
    return str(tmp_path / "test.db")


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("kz.db", "sqlite:///kz.db"),
        ("folder with spaces/100% #1?.db", None),
        (Path("kz.db"), "sqlite:///kz.db"),
        ("sqlite:///kz.db", "sqlite:///kz.db"),
        ("postgresql://me@host/kz", "postgresql+psycopg://me@host/kz"),
        ("postgres://me@host/kz", "postgresql+psycopg://me@host/kz"),
        ("postgresql+psycopg://me@host/kz", "postgresql+psycopg://me@host/kz"),
    ],
)
def test_a_place_is_a_path_or_a_url(place: str | Path, url: str | None) -> None:
    """A path is an SQLite file, letter for letter; PostgreSQL goes through psycopg."""
    found = url_of(place)
    if url is None:
        assert (found.drivername, found.database) == ("sqlite", place)
    else:
        assert found.render_as_string() == url


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell expands `~` only at the beginning of a word; the software does in a path."""
    monkeypatch.setenv("HOME", "/home/ada")
    assert url_of("~/kz.db").database == "/home/ada/kz.db"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("://", "is no database URL"),
        ("nosuch://host/kz", "no driver for nosuch"),
        ("mysql://host/kz", "no driver for mysql"),
    ],
)
def test_a_url_that_leads_nowhere_is_refused(place: str, said: str) -> None:
    """What is no URL, and dialects that cannot be used, are told apart from missing databases."""
    with pytest.raises(NotAChronicle, match=said):
        Chronicle.open(place)


def test_a_password_is_not_shown() -> None:
    """The name of a place in messages hides the password."""
    place = Database("postgresql://me:secret@host/kz").place
    assert "secret" not in place
    assert "me:***@host" in place


def test_a_missing_file_is_created_only_if_asked(missing: str) -> None:
    """Reading never leaves an empty file behind."""
    with pytest.raises(NotAChronicle, match=r"no chronicle at .*test\.db; create one with"):
        Chronicle.open(missing, create=False)
    assert not Path(missing).exists()
    Chronicle.open(missing).close()
    Chronicle.open(missing, create=False).close()


def test_an_empty_file_is_no_chronicle_yet(missing: str) -> None:
    """A file without content is like one that is not there."""
    Path(missing).touch()
    with pytest.raises(NotAChronicle, match="no chronicle at"):
        Chronicle.open(missing, create=False)
    Chronicle.open(missing).close()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A file can only be created in a folder that is there."""
    with pytest.raises(NotAChronicle, match=re.escape(f"no folder {tmp_path / 'no'}")):
        Chronicle.open(tmp_path / "no" / "kz.db")
    with pytest.raises(NotAChronicle, match="no chronicle at"):
        Chronicle.open(tmp_path / "no" / "kz.db", create=False)


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_is_no_database(tmp_path: Path, create: bool) -> None:
    """A folder given for a file is said to be one."""
    with pytest.raises(NotAChronicle, match="is a folder; name a file in it"):
        Chronicle.open(tmp_path, create=create)


@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_another_kind_is_no_database(missing: str, create: bool) -> None:
    """A text file is refused and left as it is."""
    content = "subject: samat-abish\n" * 200
    Path(missing).write_text(content)
    with pytest.raises(NotAChronicle, match="is no SQLite database"):
        Chronicle.open(missing, create=create)
    assert Path(missing).read_text() == content


def test_a_database_of_something_else_is_left_alone(store: str) -> None:
    """A database that holds other tables is refused, and nothing is created in it."""
    run(store, "CREATE TABLE recipe (name TEXT)")
    with pytest.raises(NotAChronicle, match="holds no chronicle"):
        Chronicle.open(store)
    with pytest.raises(NotAChronicle, match="holds no chronicle"):
        Chronicle.open(store, create=False)
    database = Database(store)
    with pytest.raises(NotAChronicle, match="holds no chronicle"):
        database.upgrade()
    database.close()
    with pytest.raises(Exception, match="alembic_version"):
        rows(store, "SELECT * FROM alembic_version")


def test_an_empty_database_holds_no_chronicle(store: str) -> None:
    """On a server a database can be there and be empty."""
    with pytest.raises(NotAChronicle, match=r"no chronicle.*; create one with: chronicle"):
        Chronicle.open(store, create=False)


def test_a_server_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    """A server that cannot be reached, or a database that it does not have, is no chronicle."""
    with pytest.raises(NotAChronicle, match="connection"):
        Chronicle.open(f"postgresql://me@/kz?host={tmp_path}")


def test_a_damaged_file_is_said_so(missing: str) -> None:
    """Pages that SQLite cannot read are an error of the store, with what to do."""
    Chronicle.open(missing).close()
    data = bytearray(Path(missing).read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    Path(missing).write_bytes(data)
    with pytest.raises(StoreError, match=r"test\.db: database disk image is malformed; restore"):
        Chronicle.open(missing)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("revision", ["9999", "0000"])
def test_a_chronicle_of_another_schema_is_refused(made: str, revision: str, create: bool) -> None:
    """Older and newer schemas are named, with the command that upgrades."""
    run(made, "UPDATE alembic_version SET version_num = :revision", revision=revision)
    with pytest.raises(
        SchemaMismatch, match=rf"has schema {revision}, .* needs {REVISION}"
    ) as told:
        Chronicle.open(made, create=create)
    assert "chronicle init" in str(told.value)


def test_a_schema_that_this_software_does_not_know_is_not_upgraded(made: str) -> None:
    """The database of a newer version is left as it is."""
    run(made, "UPDATE alembic_version SET version_num = '9999'")
    database = Database(made)
    with pytest.raises(SchemaMismatch, match="newer version of this software"):
        database.upgrade()
    database.close()
    assert rows(made, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_upgrading_twice_changes_nothing(store: str) -> None:
    """Creating what is there already keeps all that it holds."""
    with Chronicle.open(store) as chronicle:
        chronicle.append([entity("ada")])
        chronicle.database.upgrade()
    with Chronicle.open(store) as chronicle:
        assert chronicle.show("ada").position == 1
        assert chronicle.verify().findings == ()


def test_the_revision_is_that_of_the_last_migration() -> None:
    """The software needs what its own migrations lead to."""
    assert scripts().get_heads() == [REVISION]


def test_threads_may_create_chronicles_at_once(stores: Files | Server) -> None:
    """Each gets its own, whole, whatever the others create at the same time."""
    places = [stores.empty() for _ in range(4)]
    together = threading.Barrier(len(places), timeout=30)

    def create(place: str) -> int:
        together.wait()
        with Chronicle.open(place) as chronicle:
            return chronicle.append([entity("ada")]).last

    with ThreadPoolExecutor(len(places)) as pool:
        assert list(pool.map(create, places)) == [1] * len(places)
    for place in places:
        with Chronicle.open(place, create=False) as chronicle:
            assert chronicle.verify().findings == ()
        stores.drop(place)


def test_threads_may_create_one_chronicle_at_once(store: str) -> None:
    """One of them creates it, the others wait and find it."""
    together = threading.Barrier(4, timeout=30)

    def create(number: int) -> None:
        together.wait()
        with Chronicle.open(store) as chronicle:
            chronicle.append([entity(f"e{number}")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(create, range(4)))
    with Chronicle.open(store, create=False) as chronicle:
        assert sorted(one.id for one in chronicle.log()) == ["e0", "e1", "e2", "e3"]
        assert chronicle.verify().findings == ()


def test_readers_see_one_state_until_they_leave(database: Database) -> None:
    """What another one commits meanwhile is not seen, also within further reading."""
    count = text("SELECT count(*) FROM touched")
    other = Database(database.url.render_as_string(hide_password=False))
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 0
        with other.writing() as writing:
            writing.execute(text("INSERT INTO touched VALUES ('ada', 'status')"))
        assert connection.execute(count).scalar() == 0
        with database.reading() as inner:
            assert inner is connection
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 1
    other.close()


def test_reading_within_writing_sees_what_was_written(database: Database) -> None:
    """Within one thread, all that is done while writing is done through the same connection."""
    with database.writing() as connection:
        connection.execute(text("INSERT INTO touched VALUES ('ada', 'status')"))
        with database.reading() as inner:
            assert inner is connection


def test_writing_within_reading_leaves_the_reading_as_it_was(database: Database) -> None:
    """After a write the outer reading goes on, with its own connection and its own state."""
    with database.reading() as outer:
        outer.execute(text("SELECT count(*) FROM touched"))
        with database.writing() as connection:
            connection.execute(text("INSERT INTO touched VALUES ('ada', 'status')"))
        with database.reading() as inner:
            assert inner is outer
        assert outer.execute(text("SELECT count(*) FROM touched")).scalar() == 0


def test_what_fails_while_writing_leaves_nothing(database: Database) -> None:
    """An exception rolls everything back."""

    def failing() -> None:
        with database.writing() as connection:
            connection.execute(text("INSERT INTO touched VALUES ('ada', 'status')"))
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        failing()
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM touched")).scalar() == 0


def test_a_second_writer_is_told_after_a_while(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer waits for another one for a time, then says that the store is busy."""
    monkeypatch.setattr("chronicle.database._PATIENCE_S", 0.2)
    with Chronicle.open(made) as one, Chronicle.open(made) as other:
        with one.database.writing():
            with pytest.raises(StoreBusy, match="another process is writing; try again"):
                other.append([entity("ada")])
            assert other.view().head.size == 0
        assert other.append([entity("ada")]).added == 1


def test_what_can_be_worked_out_again_waits_only_briefly(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another process writes it is not stored, and soon; nor what only began to be."""
    monkeypatch.setattr("chronicle.database._BRIEFLY_S", 0.05)
    mark = text("INSERT INTO touched VALUES ('ada', 'status')")
    one, other = Database(made), Database(made)
    with one.writing():
        begun = time.monotonic()
        other.store(lambda connection: connection.execute(mark))
        assert time.monotonic() - begun < 5
        with pytest.raises(StoreBusy), other.writing(brief=True):
            pass
    assert rows(made, "SELECT count(*) FROM touched") == [(0,)]

    def failing(connection: Connection) -> None:
        connection.execute(mark)
        raise LogCorrupt("entry 1 cannot be read")

    other.store(failing)
    assert rows(made, "SELECT count(*) FROM touched") == [(0,)]
    other.store(lambda connection: connection.execute(mark))
    assert rows(made, "SELECT count(*) FROM touched") == [(1,)]
    one.close()
    other.close()


def test_a_writer_is_patient_again_after_a_brief_one(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits briefly leaves its connection as it was."""
    monkeypatch.setattr("chronicle.database._BRIEFLY_S", 0.01)
    one, other = Database(made), Database(made)

    def write() -> None:
        with other.writing():
            pass

    with one.writing():
        other.store(lambda _: None)
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
    thread.join()
    one.close()
    other.close()


def answered(chronicle: Chronicle) -> bool:
    """Ask for what would be stored if it could be, and say whether all of it was answered."""
    told = [one.value for one in chronicle.view(at="2022-01-06").state()]
    return (told, [one.id for one in chronicle.search("ada")]) == (["in"], ["ada"])


FEW = [
    source(),
    entity("ada"),
    property_(),
    claim("in", subject="ada", valid="2022-01-06"),
]


def test_a_role_that_may_only_read_gets_its_answers(served: str) -> None:
    """A server may let some read who may not write: nothing is stored, all is answered."""
    with Chronicle.open(served) as chronicle:
        chronicle.append(FEW)
    run(served, "CREATE ROLE visitor LOGIN")
    run(served, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO visitor")
    visitor = make_url(served).set(username="visitor").render_as_string(hide_password=False)
    with Chronicle.open(visitor, create=False) as chronicle:
        assert answered(chronicle)
        with pytest.raises(StoreError, match="permission denied"):
            chronicle.append([entity("ben")])
    assert rows(served, "SELECT count(*) FROM region") == [(0,)]
    run(served, "DROP OWNED BY visitor")
    run(served, "DROP ROLE visitor")


def test_a_file_that_may_only_be_read_gives_its_answers(local: Chronicle, file: str) -> None:
    """Nothing is stored, all is answered."""
    local.append(FEW)

    def forbid(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    event.listen(local.database.engine, "begin", forbid)
    assert answered(local)
    with pytest.raises(StoreError, match="attempt to write a readonly database"):
        local.append([entity("ben")])
    assert rows(file, "SELECT count(*) FROM region") == [(0,)]


def test_a_second_writer_waits_for_the_first(made: str) -> None:
    """A writer that comes while another writes gets its turn when that one is done."""
    with Chronicle.open(made) as one:
        begun = threading.Event()

        def second() -> None:
            with Chronicle.open(made) as other:
                begun.set()
                other.append([entity("second")])

        with one.database.writing():
            thread = threading.Thread(target=second)
            thread.start()
            begun.wait()
            thread.join(0.2)
            assert thread.is_alive()
        thread.join()
        assert one.show("second").position == 1


def test_many_threads_may_read_at_once(database: Database) -> None:
    """Every thread gets a connection of its own, however many there are."""
    together = threading.Barrier(24, timeout=10)

    def look(_number: int) -> object:
        with database.reading() as connection:
            together.wait()
            return connection.execute(text("SELECT count(*) FROM entry")).scalar()

    with ThreadPoolExecutor(24) as pool:
        assert list(pool.map(look, range(24))) == [0] * 24


def test_readers_do_not_wait_for_a_writer(missing: str) -> None:
    """SQLite writes ahead (WAL), so that reading goes on beside a writer."""
    with Chronicle.open(missing) as chronicle, chronicle.database.writing() as connection:
        connection.execute(text("INSERT INTO touched VALUES ('ada', 'status')"))
        plain = sqlite3.connect(missing)
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert plain.execute("SELECT count(*) FROM touched").fetchone() == (0,)
        plain.close()


def test_readers_are_let_in_later_where_another_is_just_doing_so(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite may refuse to wait for that; the chronicle is created all the same."""
    name = "_let_readers_in"
    let_in = getattr(Database, name)

    def refuse(database: Database, _patience_s: float) -> None:
        monkeypatch.setattr(Database, name, let_in)
        raise StoreBusy(f"{database.place}: another process is writing")

    monkeypatch.setattr(Database, name, refuse)
    with Chronicle.open(missing):
        plain = sqlite3.connect(missing)
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        plain.close()
