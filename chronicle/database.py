"""The database: where it is, how it is opened, created and upgraded.

SQLite is the embedded default, PostgreSQL the server. One log has one writer at a time: a
writing transaction takes the write lock when it begins, so that two appends never interleave.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import local

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from chronicle.errors import NotAChronicle, SchemaMismatch, StoreBusy, StoreError
from chronicle.schema import REVISION

_PATIENCE_S = 10
"""How long a writer waits for another one, in seconds."""

_BRIEFLY_S = 0.3
"""How long a reader waits that would write what can be worked out again, in seconds."""

_LOCK_TIMEOUT = "55P03"
"""What PostgreSQL calls a lock that was waited for in vain."""

_NOT_ALLOWED = ("42501", "25006")
"""What PostgreSQL calls writing by a role, or in a transaction, that may only read."""

_UPGRADING = 0x6368726F6E
"""The number under which PostgreSQL keeps upgrades apart; any would do that nothing else uses."""

_CACHE_KIB = 16384
"""Pages of an SQLite file kept in memory at most, in KiB: a bulk append visits them at random."""


def url_of(place: str | Path) -> URL:
    """Return the SQLAlchemy URL of a path or URL; PostgreSQL goes through psycopg."""
    name = str(place)
    if "://" not in name:
        return URL.create("sqlite", database=str(Path(name).expanduser()))
    try:
        url = make_url(name)
    except ArgumentError:
        raise NotAChronicle(f"{name!r} is no database URL, expected dialect://...") from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    return url


class Database:
    """An opened database. `place` is how to name it to a person."""

    def __init__(self, place: str | Path) -> None:
        """Prepare a database at a path or URL; nothing is read or created yet."""
        self.url = url_of(place)
        self.place = self.url.render_as_string(hide_password=True)
        if self.url.get_backend_name() == "sqlite":
            self.place = self.url.database or ":memory:"
        self.engine = _engine(self.url)
        self._here = local()
        self._idle: deque[Connection] = deque()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is an SQLite file."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close every connection."""
        while self._idle:
            self._idle.pop().close()
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database until it is left.

        Within another `reading` or `writing` of the same thread it is the same connection.
        """
        current = getattr(self._here, "connection", None)
        if current is not None:
            yield current
            return
        with self.apart() as connection, self._entered(connection):
            yield connection

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """Give a connection to read from that nothing else shares, while it goes on in steps."""
        with self._said_clearly():
            connection = self._connected()
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                connection.close()
                raise
            # Kept for the next question: many short ones come one after the other.
            self._idle.append(connection)

    @contextmanager
    def _entered(self, connection: Connection) -> Iterator[None]:
        outer = getattr(self._here, "connection", None)
        self._here.connection = connection
        try:
            yield
        finally:
            self._here.connection = outer

    def _connected(self) -> Connection:
        """Return a connection to read from, in which every query sees the same state."""
        with suppress(IndexError):
            return self._idle.pop()
        connection = self.engine.connect()
        if self.is_sqlite:
            return connection
        return connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self, *, keep: bool = True, brief: bool = False) -> Iterator[Connection]:
        """Give the one writing connection: all that it does lands when left, or nothing.

        Nothing lands after a fault, nor where it is not to be kept (a dry run). It waits for
        another writer, if `brief` for a moment only, and then raises `StoreBusy`.
        """
        patience_s = _BRIEFLY_S if brief else _PATIENCE_S
        with self._said_clearly(), self.engine.connect() as plain:
            connection = plain.execution_options(patience_s=patience_s)
            with connection.begin() as transaction:
                if not self.is_sqlite:
                    patience = text(f"SET LOCAL lock_timeout = {int(1000 * patience_s)}")
                    connection.execute(patience)
                    connection.execute(text("LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE"))
                with self._entered(connection):
                    yield connection
                if not keep:
                    transaction.rollback()

    def store(self, work: Callable[[Connection], object]) -> None:
        """Write what can be worked out again, if that can be done now; else leave it.

        It cannot while another process writes, or where nothing may be written at all. A
        question is answered all the same, without what would have been stored for the next.
        """
        with suppress(StoreError), self.writing(brief=True) as connection:
            work(connection)

    @contextmanager
    def _said_clearly(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            message = str(error.orig)
            if "locked" in message or getattr(error.orig, "sqlstate", "") == _LOCK_TIMEOUT:
                raise StoreBusy(
                    f"{self.place}: another process is writing; try again when it is done"
                ) from error
            raise NotAChronicle(f"{self.place}: {message}") from error
        except DatabaseError as error:
            if getattr(error.orig, "sqlstate", "") in _NOT_ALLOWED:
                raise StoreError(f"{self.place}: {error.orig}") from error
            if "not a database" in str(error.orig):
                raise NotAChronicle(f"{self.place} is no SQLite database") from error
            if "malformed" in str(error.orig):
                raise StoreError(
                    f"{self.place}: {error.orig}; restore it from a copy that verifies"
                ) from error
            raise

    def exists(self) -> bool:
        """Say whether a chronicle is there; `NotAChronicle` if something else is."""
        if self.is_sqlite and not self._file_has_content():
            return False
        with self.reading() as connection:
            tables = set(inspect(connection).get_table_names())
        if "alembic_version" in tables and "entry" in tables:
            return True
        if tables:
            raise NotAChronicle(f"{self.place} is a database, but holds no chronicle")
        return False

    def _file_has_content(self) -> bool:
        name = self.url.database
        if not name or name == ":memory:":
            return True
        path = Path(name)
        if path.is_dir():
            raise NotAChronicle(f"{path} is a folder; name a file in it")
        return path.exists() and path.stat().st_size > 0

    def _let_readers_in(self, patience_s: float) -> None:
        """Have SQLite write ahead (WAL), so that reading and writing do not wait for each other.

        The file keeps that for good.
        """
        with self._said_clearly(), self.engine.connect() as plain:
            connection = plain.execution_options(transaction=False)
            with _waiting(connection, patience_s):
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def check(self) -> None:
        """Make sure that a chronicle of this software's schema is there."""
        if self.is_sqlite and not self._file_has_content():
            raise NotAChronicle(
                f"no chronicle at {self.place}; create one with: chronicle --db {self.place} init"
            )
        with self.reading() as connection:
            found = _revision(connection)
            exclusive = self.is_sqlite and _keeps_readers_out(connection)
        if found is None:
            raise NotAChronicle(f"{self.place} holds no chronicle; create one with: chronicle init")
        if found != REVISION:
            raise SchemaMismatch(
                f"{self.place} has schema {found}, this software needs {REVISION}; upgrade it "
                "with: chronicle init (or install the newer software that wrote it)"
            )
        if exclusive:
            # As the alembic command makes it. Where that cannot be changed, one can still read.
            with suppress(StoreError):
                self._let_readers_in(_BRIEFLY_S)

    def upgrade(self) -> None:
        """Create the chronicle or bring it to this software's schema, in one transaction."""
        from alembic.script.revision import RevisionError  # noqa: PLC0415  # Alembic takes long to import

        from chronicle.migrating import migrate  # noqa: PLC0415  # as above

        if self.is_sqlite and self.url.database:
            folder = Path(self.url.database).parent
            if not folder.is_dir():
                raise NotAChronicle(f"{self.place}: there is no folder {folder}")
        self.exists()
        if self.is_sqlite:
            # SQLite may not wait here for another that does the same; `check` sees to what is left.
            with suppress(StoreBusy):
                self._let_readers_in(_PATIENCE_S)
        with self._said_clearly(), self.engine.connect() as plain:
            connection = plain.execution_options(patience_s=_PATIENCE_S)
            with connection.begin():
                if not self.is_sqlite:
                    # Where there is no table yet to lock, two could create them at once.
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADING})"))
                try:
                    migrate(connection)
                except RevisionError as error:
                    raise SchemaMismatch(
                        f"{self.place} was written by a newer version of this software: {error}"
                    ) from error


def _revision(connection: Connection) -> str | None:
    try:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError as error:
        if "alembic_version" in str(error.orig):
            return None
        raise
    return None if found is None else str(found)


def _engine(url: URL) -> Engine:
    # As many connections as threads ask for at once; only a database in memory has but one.
    in_memory = url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")
    try:
        engine = create_engine(url) if in_memory else create_engine(url, max_overflow=-1)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        hint = "pip install 'chronicle[postgresql]'" if "psycopg" in str(error) else "check the URL"
        raise NotAChronicle(f"no driver for {url.drivername}: {error}; {hint}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: object, _record: object) -> None:
    """Take transactions over from the driver, which would begin them too late."""
    raw.isolation_level = None  # type: ignore[attr-defined]  # an sqlite3.Connection
    cursor = raw.cursor()  # type: ignore[attr-defined]  # an sqlite3.Connection
    cursor.execute(f"PRAGMA busy_timeout = {int(1000 * _PATIENCE_S)}")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; a writing one, which has some patience, takes the lock at once."""
    options = connection.get_execution_options()
    if "patience_s" in options:
        with _waiting(connection, options["patience_s"]):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif options.get("transaction", True):
        connection.exec_driver_sql("BEGIN")


@contextmanager
def _waiting(connection: Connection, patience_s: float) -> Iterator[None]:
    """Have SQLite wait for a lock so long, in seconds, and afterwards as long as ever."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(1000 * patience_s)}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(1000 * _PATIENCE_S)}")


def _keeps_readers_out(connection: Connection) -> bool:
    """Say whether readers of an SQLite file and its writer wait for each other, as by default."""
    return connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
