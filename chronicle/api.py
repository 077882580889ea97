"""The facade: a chronicle, opened by path or URL.

with Chronicle.open("kz.db") as chronicle:
    chronicle.append(records, by="me", message="first reading")
    view = chronicle.view(at="2022-01-12", known="2022-01-18")
    view.ruling("samat-abish", "status").value
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from chronicle import log
from chronicle.calendar import BEGINNING, FOREVER, write_instant
from chronicle.database import Database
from chronicle.dates import parse
from chronicle.errors import BadQuestion, DateError
from chronicle.policies import BEST_KNOWN, find
from chronicle.reading import Reader
from chronicle.views import Scope, View

if TYPE_CHECKING:
    from chronicle.appending import Progress, Receipt, Written
    from chronicle.errors import Finding
    from chronicle.fields import Record
    from chronicle.intake import Draft
    from chronicle.painting import Progress as Steps
    from chronicle.search import Hit
    from chronicle.showing import Shown
    from chronicle.timeline import Happening
    from chronicle.trace import Version
    from chronicle.verifying import Report

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z?\Z")
_POSITION = re.compile(r"#(\d+)\Z")


class Chronicle:
    """An open chronicle. Use it as a context manager, or close it."""

    def __init__(self, database: Database, clock: log.Clock = log.system_clock) -> None:
        """Use `Chronicle.open`; the clock can be handed in so that tests know the time."""
        self.database = database
        self._clock = clock

    @classmethod
    def open(
        cls, place: str | Path, *, create: bool = True, clock: log.Clock = log.system_clock
    ) -> Chronicle:
        """Open the chronicle at a path or SQLAlchemy URL.

        Where there is none it is created, unless `create` is false: then `NotAChronicle`.
        `SchemaMismatch` if another version of the software wrote it.
        """
        database = Database(place)
        try:
            if create and not database.exists():
                database.upgrade()
            database.check()
        except BaseException:
            database.close()
            raise
        return cls(database, clock)

    def __enter__(self) -> Self:
        """Enter the context; leaving it closes the chronicle."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace_back: TracebackType | None,
    ) -> None:
        """Close the chronicle."""
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self.database.close()

    def append(
        self,
        records: Iterable[Mapping[str, Any] | Record],
        *,
        by: str = "",
        message: str = "",
        dry_run: bool = False,
    ) -> Receipt:
        """Append records: mappings with `kind` (or grouped, as in files), or record models.

        All of it lands or none: `RecordsRefused` holds every fault. What the log holds
        already, to the letter, adds nothing. A dry run checks everything and writes nothing.
        """
        from chronicle.entries import DEFAULTABLE, plain  # noqa: PLC0415  # Pydantic takes long to import
        from chronicle.intake import drafts_from  # noqa: PLC0415  # only an append reads records

        drafts = drafts_from((plain(one) for one in records), fields=DEFAULTABLE)
        return self.append_drafts(drafts, by=by, message=message, dry_run=dry_run)

    def append_drafts(
        self,
        drafts: Iterable[Draft | Finding],
        *,
        by: str = "",
        message: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
        written: Written | None = None,
    ) -> Receipt:
        """Append drafts as `chronicle.intake` reads them from files; else like `append`."""
        from chronicle.appending import Append  # noqa: PLC0415  # Pydantic takes long to import

        with self.database.writing(keep=not dry_run) as connection:
            now = self._clock().astimezone(UTC)
            writer = log.Writer(connection, by, message, now)
            return Append(self.database, connection, writer, now, written).run(drafts, progress)

    def view(
        self,
        at: str | None = None,
        known: str | None = None,
        recorded: str | None = None,
        policy: str = BEST_KNOWN.id,
        as_of: str | None = None,
    ) -> View:
        """Return a view. Dates are EDTF and mean their last second; `as_of` is both at and known.

        Without options: at now, with everything ever said. `recorded` is a date, a moment as
        the log writes it, or `#position`: all that landed with that entry or before it.
        `BadQuestion` for what makes no view.
        """
        if as_of is not None:
            if at is not None or known is not None:
                raise BadQuestion("--as-of means --at and --known; give it alone")
            at = known = as_of
        at_given = at is not None
        if at is None:
            at = write_instant(int(self._clock().timestamp()))
        with self.database.reading() as connection:
            latest = log.head(connection)
            until = latest.size
            if recorded is not None:
                until = min(until, self._position(connection, recorded))
            head = latest if until == latest.size else log.head_at(connection, until)
            reader = Reader(self.database, until)
        chosen = find(policy, reader.policies)
        known_at = FOREVER if known is None else _instant(known, "as-of" if as_of else "known")
        scope = Scope(_instant(at, "at"), known_at, until, chosen, at, known, recorded, at_given)
        return View(self.database, reader, scope, head, latest=until == latest.size)

    def _position(self, connection: Any, recorded: str) -> int:
        match = _POSITION.match(recorded)
        if match:
            return log.landed_with(connection, int(match[1]))
        if _MOMENT.match(recorded):
            return log.size_at(connection, log.write_moment(_moment(recorded)))
        moment = write_instant(_instant(recorded, "recorded"))
        # Only with years of four digits do moments sort as text.
        if moment.startswith(("-", "Y-")):
            return 0
        if moment.startswith("Y"):
            return log.head(connection).size
        return log.size_at(connection, f"{moment}.999999Z")

    def trace(
        self,
        subject: str,
        name: str | None = None,
        view: View | None = None,
        where: Mapping[str, str] | None = None,
    ) -> list[Version]:
        """Return the versions of a topic's answers, in the order they became known.

        Without a property, of every property of the subject.
        """
        from chronicle.trace import trace  # noqa: PLC0415  # other questions start faster

        return trace(self.database, view or self.view(), subject, name, where)

    def timeline(
        self,
        view: View | None = None,
        start: str | None = None,
        end: str | None = None,
        about: str | None = None,
    ) -> list[Happening]:
        """Return the events that a view knows, in order of their best-known date.

        `start` and `end` (EDTF) keep those that may have happened between them, `about` those
        that have to do with an entity.
        """
        from chronicle.timeline import timeline  # noqa: PLC0415  # other questions start faster

        return timeline(self.database, view or self.view(), start, end, about)

    def show(self, name: str, view: View | None = None) -> Shown:
        """Return one record and what bears on it; `UnknownId` names near matches."""
        from chronicle.showing import show  # noqa: PLC0415  # other questions start faster

        return show(self.database, view or self.view(), name)

    def search(self, text: str, most: int = 50) -> list[Hit]:
        """Return the records that hold every word of a text, or its beginning."""
        from chronicle.search import search  # noqa: PLC0415  # other questions start faster

        return search(self.database, text, most)

    def verify(self, root: str | None = None, progress: Steps | None = None) -> Report:
        """Hold the log against its hashes and the projections against the log.

        `root` is one noted earlier, in hexadecimal digits, which the log must have had.
        """
        from chronicle.verifying import verify  # noqa: PLC0415  # rarely asked for

        return verify(self.database, root, progress)

    def rebuild(self, progress: Steps | None = None) -> int:
        """Throw every projection away and fold it again; return how many topics were painted."""
        from chronicle.rebuilding import rebuild  # noqa: PLC0415  # rarely asked for

        return rebuild(self.database, progress)

    def log(self, after: int = 0) -> Iterator[log.Entry]:
        """Yield the entries after a position, in order; of the log as it is at the first."""
        with self.database.apart() as connection:
            yield from log.entries(connection, after)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadQuestion(f"--recorded: {text!r} is no moment: {error}") from error


def _instant(text: str, option: str) -> int:
    try:
        date = parse(text)
    except DateError as error:
        raise BadQuestion(f"--{option}: {error}") from error
    if date.last in (BEGINNING, FOREVER):
        raise BadQuestion(f"--{option}: {text!r} is open; give a date that ends")
    return date.last
