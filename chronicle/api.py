"""The facade: a chronicle, opened by path or URL.

with Chronicle.open("kz.db") as chronicle:
    chronicle.append(records, by="me", message="first reading")
    view = chronicle.view(at="2022-01-12", known="2022-01-18")
    view.ruling("samat-abish", "status").value
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from chronicle import log
from chronicle.calendar import FOREVER, write_instant
from chronicle.database import Database
from chronicle.errors import BadQuestion
from chronicle.policies import BEST_KNOWN, find
from chronicle.reading import Reader
from chronicle.scopes import Scope, instant, position
from chronicle.views import View

if TYPE_CHECKING:
    from chronicle.appending import Progress, Written
    from chronicle.changes import Errata
    from chronicle.errors import Finding
    from chronicle.expected import Checked
    from chronicle.fields import Record
    from chronicle.horizon import Gap, Stale
    from chronicle.impact import Impact
    from chronicle.intake import Draft
    from chronicle.painting import Progress as Steps
    from chronicle.preview import Foreseen, Preview
    from chronicle.receipts import Receipt
    from chronicle.search import Hit
    from chronicle.showing import Shown
    from chronicle.timeline import Happening
    from chronicle.trace import Version
    from chronicle.verifying import Report


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
        expect: bool = False,
    ) -> Receipt:
        """Append records: mappings with `kind` (or grouped, as in files), or record models.

        All of it lands or none: `RecordsRefused` holds every fault. What the log holds
        already, to the letter, adds nothing. A dry run checks everything and writes nothing.

        `expect` holds every expectation against the log as it would be: `ExpectationsBroken` if
        one that is among the records, or that held before them, does not hold with them.
        """
        drafts = _drafts(records)
        return self.append_drafts(drafts, by=by, message=message, dry_run=dry_run, expect=expect)

    def append_drafts(
        self,
        drafts: Iterable[Draft | Finding],
        *,
        by: str = "",
        message: str = "",
        dry_run: bool = False,
        expect: bool = False,
        progress: Progress | None = None,
        written: Written | None = None,
        foreseen: Foreseen | None = None,
    ) -> Receipt:
        """Append drafts as `chronicle.intake` reads them from files; else like `append`.

        `foreseen` is given what they change in the best-known view, before they are written for
        good; what it raises leaves the log as it was.
        """
        from chronicle.appending import Append  # noqa: PLC0415  # Pydantic takes long to import

        with self.database.writing(keep=not dry_run) as connection:
            now = self._clock().astimezone(UTC)
            writer = log.Writer(connection, by, message, now)
            append = Append(self.database, connection, writer, now, written)
            receipt = append.run(drafts, progress)
            if append.merges:
                from chronicle.contradictions import contradictions  # noqa: PLC0415  # rarely made

                found = contradictions(self.database, self.view(), append.merges)
                receipt = replace(receipt, contradictions=tuple(found))
            if foreseen is not None:
                foreseen(self._preview(writer.before))
            if not expect:
                return receipt
            from chronicle.expectations import uphold  # noqa: PLC0415  # only where asked for

            return replace(receipt, checked=uphold(self.database, self.view(), writer.before))

    def preview(self, records: Iterable[Mapping[str, Any] | Record]) -> Preview:
        """Return what an append of these records would change in the best-known view.

        Along all of valid time, with everything ever said. Nothing is written. The records are
        as for `append`; `RecordsRefused` holds every fault of theirs.
        """
        found: list[Preview] = []
        self.append_drafts(_drafts(records), dry_run=True, foreseen=found.append)
        return found[0]

    def _preview(self, position: int) -> Preview:
        """Return what the entries after a position change in the best-known view."""
        from chronicle.preview import preview  # noqa: PLC0415  # only where asked for

        after = self.view()
        before = self.view(after.scope.at_text, recorded=f"#{position}")
        return preview(self.database, before, after)

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
                until = min(until, position(connection, recorded))
            head = latest if until == latest.size else log.head_at(connection, until)
            reader = Reader(self.database, until)
        chosen = find(policy, reader.policies)
        known_at = FOREVER if known is None else instant(known, "as-of" if as_of else "known")
        scope = Scope(instant(at, "at"), known_at, until, chosen, at, known, recorded, at_given)
        return View(self.database, reader, scope, head, latest=until == latest.size)

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

    def changes(
        self,
        since: str | None = None,
        until: str | None = None,
        *,
        recorded_since: str | None = None,
        recorded_until: str | None = None,
        at: str | None = None,
        known: str | None = None,
        recorded: str | None = None,
        as_of: str | None = None,
        policy: str = BEST_KNOWN.id,
        subject: str | None = None,
        name: str | None = None,
        support: bool = False,
    ) -> Errata:
        """Return what is held otherwise between two states of knowledge, each with its reasons.

        From what was known by `since` to what was by `until`, from what the log held at
        `recorded_since` to what it held at `recorded_until`, or both; an end left out is all
        that there is. Both views are of the date `at`: without it that of `until`, else now.
        Of everything, or of a subject and one of its properties. Changes of grounds alone
        (another source for the same) only with `support`.
        """
        from chronicle.changes import Errata, changes, span  # noqa: PLC0415  # as above

        apart = since, until, recorded_since, recorded_until
        scope = {"at": at, "known": known, "recorded": recorded, "as_of": as_of, "policy": policy}
        before, after = span(self.view, *apart, **scope)
        found = changes(self.database, before, after, subject, name, support=support)
        return Errata(before, after, found)

    def impact(
        self,
        *ids: str,
        view: View | None = None,
        subject: str | None = None,
        where: Mapping[str, str] | None = None,
        support: bool = False,
    ) -> Impact:
        """Return what would be concluded otherwise had these ids never been heard.

        They are sources, speakers, claims or other records that say something; what came only
        through them falls too. At the date of the view, at every date if it names none. Of
        everything, or of a subject; `where` keeps the slots whose qualifiers hold these values.
        Changes of grounds alone only with `support`.
        """
        from chronicle.impact import impact  # noqa: PLC0415  # other questions start faster

        return impact(self.database, view or self.view(), ids, subject, where, support=support)

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

    def stale(
        self,
        view: View | None = None,
        older_than: str | None = None,
        subject: str | None = None,
        name: str | None = None,
    ) -> list[Stale]:
        """Return what is only presumed, and longer than a duration (ISO 8601); longest first."""
        from chronicle.horizon import stale  # noqa: PLC0415  # as above

        return stale(view or self.view(), older_than, subject, name)

    def gaps(
        self,
        subject: str | None = None,
        name: str | None = None,
        view: View | None = None,
        where: Mapping[str, str] | None = None,
    ) -> list[Gap]:
        """Return where slots have no answer, between their first one and the view's date."""
        from chronicle.horizon import gaps  # noqa: PLC0415  # as above

        return gaps(self.database, view or self.view(), subject, name, where)

    def expect(self, view: View | None = None) -> list[Checked]:
        """Return every expectation in the log beside its ruling, in the order of the log.

        The dates of the view stand in for those that an expectation does not name.
        """
        from chronicle.expectations import check_expectations  # noqa: PLC0415  # as above

        return list(check_expectations(self.database, view or self.view()))

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


def _drafts(records: Iterable[Mapping[str, Any] | Record]) -> Iterator[Draft | Finding]:
    from chronicle.entries import DEFAULTABLE, plain  # noqa: PLC0415  # Pydantic takes long to import
    from chronicle.intake import drafts_from  # noqa: PLC0415  # only an append reads records

    return drafts_from((plain(one) for one in records), fields=DEFAULTABLE)
