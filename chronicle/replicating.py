"""Replicating: the entries of an exported log, written to the letter, as that log holds them.

Positions, times, authors, messages, salts and the ends of appends are those of the other log, so
that the root is the same. Nothing of it is taken on trust: each root is worked out again from the
leaves, and each record goes through the checks of the append that it came with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from chronicle import log
from chronicle.appending import Append, Progress
from chronicle.candidates import Candidate, batches, uncollected
from chronicle.canonical import dumps
from chronicle.database import Database
from chronicle.errors import Finding
from chronicle.intake import Copy, Draft
from chronicle.merges import Merges
from chronicle.payloads import SCHEMA, Payload
from chronicle.receipts import Receipt
from chronicle.references import Reference

_AGAIN = "export the log again: chronicle export jsonl"
_OTHER = "that is another log: append it without --exact, or to a database of its own"


def replicate(
    database: Database,
    copies: Iterable[Copy | Finding],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Receipt:
    """Write the entries of an exported log, as `chronicle.intake.read_copies` reads them.

    The log of the database must be the beginning of that log; an empty one is. Entries that it
    holds already are unchanged. All of them land or none: `RecordsRefused` holds every fault. A
    dry run checks everything and writes nothing.
    """
    with database.writing(keep=not dry_run) as connection:
        now = log.system_clock()
        replica = Replica(database, connection, log.Writer(connection, "", "", now), now)
        return replica.copy(copies, progress)


class _Given(NamedTuple):
    """What an entry that is not indexed yet came with."""

    position: int
    append: int
    """The number of its append."""
    canonical: bytes
    """What it says in today's schema, in canonical form."""


class _Stretch(NamedTuple):
    """Entries that are taken together."""

    copies: Sequence[Copy]
    ended: bool
    """Whether the last of them ends an append."""
    joins: bool
    """Whether that append may make ids one for those after it."""


@dataclass
class Replica(Append):
    """One run of replicating: an append of appends, inside the transaction of its connection."""

    _given: dict[str, _Given] = field(default_factory=dict)
    _appends: dict[str, int] = field(default_factory=dict)
    """The append of each new entry in the batch that is taken now, numbered from 1."""
    _last: Copy | None = None
    """The last line that could be read."""
    _latest: Copy | None = None
    """The last new entry."""
    _reach: int = 0
    """The highest position so far, here or in the lines."""
    _unread: int = 0
    """The lines since then that are no entries."""
    _broken: bool = False
    """Whether the entries go on no more: what comes after is only read."""
    _proved: int = 0
    """The last position up to which the roots are the given ones; -1 once they are not."""
    _append: int = 1
    _joins: bool = False
    """Whether the append that goes on holds a merge."""

    def copy(self, copies: Iterable[Copy | Finding], progress: Progress | None = None) -> Receipt:
        """Write every entry, or raise `RecordsRefused` with every finding."""
        self._reach = self._proved = self.writer.before
        done = 0
        with uncollected():
            for batch in batches(copies):
                self._copy(batch)
                done += len(batch)
                if progress is not None:
                    progress(done)
        if self._last is not None and not self._last.root:
            what = f"the log is cut off: the append of entry {self._last.entry.position} goes on"
            self.findings.append(self._last.finding(what, _AGAIN))
        return self._landed()

    def _copy(self, batch: Sequence[Copy | Finding]) -> None:
        """Write the new entries of a batch, and check and index what they say."""
        new = list(self._going_on(batch))
        ends = {one.entry.position: one for one in new if one.root}
        for head in self.writer.copy([one.entry for one in new], ends):
            self._check_root(head, ends[head.size])
        self._appends.clear()
        for one in new:
            entry = one.entry
            self._appends[entry.id] = self._append
            canonical = entry.payload.encode() if entry.schema == SCHEMA else dumps(one.payload)
            self._given[entry.id] = _Given(entry.position, self._append, canonical)
            self._append += bool(one.root)
        for stretch in self._stretches(new):
            self._take(list(self._parsed(map(_draft, stretch.copies))))
            if stretch.ended:
                self._take_waiting()
            if stretch.joins:
                until = stretch.copies[-1].entry.position
                self._same = Merges(log.of_kind(self.connection, "merge", until)).canonical

    def _going_on(self, batch: Sequence[Copy | Finding]) -> Iterator[Copy]:
        """Yield the entries that go on from the log; what stands there already is compared."""
        read = [one for one in batch if isinstance(one, Copy)]
        held = log.sealed_at(self.connection, {one.entry.position for one in read})
        ids = {one.entry.id for one in read if one.entry.position > self.writer.size}
        taken = {name: position for name, position, _ in log.find(self.connection, ids)}
        for one in batch:
            if isinstance(one, Finding):
                self.findings.append(one)
                self._unread += 1
                self._broken = True
                continue
            self._last = one
            if one.entry.position <= self._reach:
                self._compare(one, *held)
            elif self._follows(one) and self._is_new(one, taken):
                # What comes twice in one batch is compared like what the log holds.
                held[0][one.entry.position] = one.entry.leaf
                held[1].update({one.entry.position: one.root} if one.root else {})
                taken[one.entry.id] = one.entry.position
                self._latest = one
                yield one

    def _compare(self, one: Copy, leaves: Mapping[int, bytes], roots: Mapping[int, bytes]) -> None:
        """Hold an entry against the one that stands at its position."""
        position = one.entry.position
        leaf = leaves.get(position)
        if leaf == one.entry.leaf and roots.get(position, b"") == one.root:
            self.unchanged += 1
        elif leaf is None:
            self._break(one, f"entry {position} comes after {self._reach}", _AGAIN, "position")
        elif not self._broken:
            what = f"entry {position} differs from the one that stands in this log"
            if leaf == one.entry.leaf:
                what = f"the append does not end with entry {position} in both logs, or not alike"
            self._break(one, what, _OTHER, "root" if leaf == one.entry.leaf else "")

    def _follows(self, one: Copy) -> bool:
        """Say whether an entry is the next one; note what is missing before it."""
        first, position = self._reach + 1, one.entry.position
        if position > first + self._unread:
            gone = _entries(first, position - 1, "is", "are")
            what = f"{gone} missing before entry {position}"
            self._break(one, what, "give all lines, in the order of the log", "position")
        self._reach, self._unread = position, 0
        return not self._broken

    def _is_new(self, one: Copy, taken: Mapping[str, int]) -> bool:
        """Say whether an entry can be written; note where it does not go with those before it."""
        entry, before = one.entry, self._latest
        if before is not None and not before.root:
            for name in ("recorded_at", "author", "message"):
                if getattr(entry, name) != getattr(before.entry, name):
                    what = f"differs from that of entry {before.entry.position}, of the same append"
                    self._break(one, what, _AGAIN, name)
        elif before is not None and entry.recorded_at < before.entry.recorded_at:
            self._break(one, "is before that of the entry before it", _AGAIN, "recorded_at")
        elif before is None and entry.recorded_at < log.last_moment(self.connection):
            self._break(one, "is before that of the last entry here", _OTHER, "recorded_at")
        if entry.id in taken:
            what = f"{entry.id!r} is the id of entry {taken[entry.id]} already"
            self._break(one, what, _AGAIN, "id")
        return not self._broken

    def _break(self, one: Copy, what: str, todo: str, name: str = "") -> None:
        """Note why the entries go on no more."""
        self.findings.append(one.finding(what, todo, name))
        self._broken = True

    def _check_root(self, head: log.Head, given: Copy) -> None:
        """Hold the root at the end of an append against the one that the line gives."""
        if self._proved < 0:
            return
        if head.root == given.root:
            self._proved = head.size
            return
        which = _entries(self._proved + 1, head.size, "does", "do")
        what = f"{which} not give this root: one was changed, or this log is not their beginning"
        self.findings.append(given.finding(what, _AGAIN, "root"))
        self._proved = -1

    def _stretches(self, new: Sequence[Copy]) -> Iterator[_Stretch]:
        """Yield new entries in stretches, each of whole appends but for a last that goes on.

        Whether two claims are of one subject is for the merges before an append to say, so that
        a stretch ends with each append that holds one.
        """
        start = ended = 0
        for number, one in enumerate(new, start=1):
            self._joins = self._joins or one.entry.kind == "merge"
            if not one.root:
                continue
            ended = number
            if self._joins:
                yield _Stretch(new[start:ended], ended=True, joins=True)
                self._joins = False
                start = ended
        if start < ended:
            yield _Stretch(new[start:ended], ended=True, joins=False)
        if ended < len(new):
            yield _Stretch(new[ended:], ended=False, joins=False)

    def _resolved(
        self,
        candidate: Candidate,
        named: list[Reference],
        known: Mapping[str, Payload],
        last: bool,
    ) -> bool:
        """Say whether what a candidate names was known when its append landed."""
        own = self._given[candidate.payload["id"]].append
        later = {one.id for one in named if self._came_with(one.id, known) > own}
        if later:
            known = {name: payload for name, payload in known.items() if name not in later}
        return super()._resolved(candidate, named, known, last)

    def _hint(self, one: Reference) -> str:
        if one.id in self._appends:
            return "it came with a later append"
        return super()._hint(one)

    def _came_with(self, name: str, known: Mapping[str, Payload]) -> int:
        """Return the append of a record; for one that came before this batch, one before them."""
        # What an event states about itself came with the event.
        event = known[name].get("event", "") if name in known else ""
        return self._appends.get(name) or self._appends.get(event, 0)

    def _new(self, ready: list[Candidate]) -> Iterator[Candidate]:
        """Yield the candidates that are written out as a log does: all are in the log by now."""
        for candidate in ready:
            if candidate.faulty:
                continue
            canonical = self._given[candidate.payload["id"]].canonical
            candidate.canonical = dumps(candidate.payload)
            if candidate.canonical == canonical:
                yield candidate
                continue
            given, made = orjson.loads(canonical), orjson.loads(candidate.canonical)
            names = sorted(name for name in {*given, *made} if given.get(name) != made.get(name))
            self._fault(candidate.draft)(
                (names[0],), "not written as a log writes it", "append it without --exact"
            )

    def _write(self, new: list[Candidate]) -> None:
        """Index what was written."""
        payloads = [one.payload for one in new]
        self._catalogue.keep(payloads)
        self._indexer.fold([(self._given.pop(one["id"]).position, one) for one in payloads])


def _entries(first: int, last: int, one: str, several: str) -> str:
    """Return some entries as the subject of a verb."""
    if first == last:
        return f"entry {first} {one}"
    return f"entries {first} to {last} {several}"


def _draft(one: Copy) -> Draft:
    """Return the record of an entry as it is written in files."""
    fields = {name: part for name, part in one.payload.items() if name not in ("kind", "schema")}
    return Draft(one.entry.kind, fields, one.file, one.line)
