"""Appending: drafts become records, are checked against each other and the log, and are written.

Drafts stream through in batches, so that memory does not grow with the file. A record that
names what is not known yet waits for the end of the append. Every fault of every draft is
found before the append is refused; then nothing of it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from sqlalchemy import Connection

from chronicle import entries, log
from chronicle.candidates import Candidate, batches, uncollected
from chronicle.canonical import dumps
from chronicle.catalogue import Catalogue
from chronicle.checks import check, circles, default_asserted, property_of
from chronicle.database import Database
from chronicle.dates import Date
from chronicle.errors import CanonicalError, Finding, RecordsRefused
from chronicle.index import Indexer
from chronicle.intake import Draft
from chronicle.merges import Merges
from chronicle.payloads import NO_ID, SCHEMA, Payload, identify
from chronicle.receipts import Receipt
from chronicle.references import Reference, Seen, entity_value, references

Progress = Callable[[int], None]
"""Is told, now and then, how many drafts were read so far."""

Written = Callable[[Payload], None]
"""Is given each new record as it is written out."""

_Stored = tuple[bytes, Payload, bool]
"""The canonical form of a record, what it says, and whether it came in this same append."""


@dataclass(slots=True)
class Append:
    """One append, inside the transaction of its connection."""

    database: Database
    connection: Connection
    writer: log.Writer
    now: datetime
    written: Written | None = None
    findings: list[Finding] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    """The merges among the new records."""
    unchanged: int = 0
    _dates: dict[str, Date] = field(default_factory=dict)
    _waiting: list[Candidate] = field(default_factory=list)
    _put_off: set[str] = field(default_factory=set)
    _faulty: set[str] = field(default_factory=set)
    _catalogue: Catalogue = field(init=False)
    _indexer: Indexer = field(init=False)
    _same: Callable[[str], str] = field(init=False)

    def __post_init__(self) -> None:
        """Look into the log as this transaction sees it."""
        self._catalogue = Catalogue(self.database)
        self._indexer = Indexer(self.connection, self._catalogue, self._dates)
        merges = log.of_kind(self.connection, "merge", self.writer.size)
        self._same = Merges(merges).canonical

    def run(self, drafts: Iterable[Draft | Finding], progress: Progress | None = None) -> Receipt:
        """Write every draft, or raise `RecordsRefused` with every finding."""
        with uncollected():
            self._read(drafts, progress)
        return self._landed()

    def _landed(self) -> Receipt:
        """Return what was done, or raise `RecordsRefused` with every finding."""
        if self.findings:
            raise RecordsRefused(_in_order(self.findings))
        head = self.writer.close()
        added = head.size - self.writer.before
        first = self.writer.before + 1 if added else 0
        return Receipt(added, self.unchanged, first, head.size, head.root.hex())

    def _read(self, drafts: Iterable[Draft | Finding], progress: Progress | None) -> None:
        done = 0
        for batch in batches(drafts):
            self._take(list(self._parsed(batch)))
            done += len(batch)
            if progress is not None:
                progress(done)
        self._take_waiting()

    def _take_waiting(self) -> None:
        """Take what waited for the end of the append."""
        waiting, self._waiting = self._waiting, []
        self._put_off.clear()
        self._take(waiting, last=True)

    def _parsed(self, batch: Iterable[Draft | Finding]) -> Iterator[Candidate]:
        """Read drafts as records; those that are none leave findings."""
        seen: Seen = defaultdict(dict)
        for draft in batch:
            if isinstance(draft, Finding):
                self.findings.append(draft)
                continue
            fault = self._fault(draft)
            payload = entries.read_payload(draft.kind, draft.fields, fault, self._dates)
            if payload is None:
                self._faulty.add(str(draft.fields.get("id", "")))
                continue
            undated = draft.kind == "assessment" and "asserted" not in payload
            yield Candidate(draft, payload, references(payload, seen), undated=undated)

    def _fault(self, draft: Draft) -> entries.Fault:
        def note(path: tuple[str | int, ...], what: str, todo: str = "") -> None:
            self.findings.append(draft.place.finding(path, what, todo))

        return note

    def _take(self, batch: list[Candidate], last: bool = False) -> None:
        """Resolve, check and write a batch; what names the unknown waits, unless it is the last."""
        known = self._known(batch)
        ready = self._ready(batch, known, last)
        new = list(self._new(ready))
        for candidate in new:
            payload = candidate.payload
            before = len(self.findings)
            check(payload, known, self._dates, self._same, self._fault(candidate.draft))
            if len(self.findings) > before:
                candidate.faulty = True
                self._faulty.add(payload["id"])
        self._refuse_circles(new)
        self._write([one for one in new if not one.faulty])

    def _ready(
        self, batch: list[Candidate], known: dict[str, Payload], last: bool
    ) -> list[Candidate]:
        """Return the candidates that can be checked now, written out; the others wait.

        What names a waiting record waits with it, so that circles and the origins of sources
        are seen whole.
        """
        ready = []
        # Claims without an id come first: other records may name the one that they get.
        for candidate in sorted(batch, key=lambda one: one.payload["id"] != NO_ID):
            if self._resolved(candidate, candidate.named, known, last):
                self._complete(candidate, known)
                ready.append(candidate)
        lost = set()
        for candidate, value in self._values(ready, known):
            candidate.named.append(value)
            if not self._resolved(candidate, [value], known, last):
                lost.add(id(candidate))
        ready = [one for one in ready if id(one) not in lost]
        while self._put_off and (held := [one for one in ready if one.names_any(self._put_off)]):
            self._wait(held)
            behind = {id(one) for one in held}
            ready = [one for one in ready if id(one) not in behind]
        chosen = {id(one) for one in ready}
        return [one for one in batch if id(one) in chosen]

    def _wait(self, candidates: Sequence[Candidate]) -> None:
        """Put candidates off to the end of the append."""
        self._waiting += candidates
        self._put_off.update(one.payload["id"] for one in candidates)

    def _known(self, batch: Iterable[Candidate]) -> dict[str, Payload]:
        named = {one.id for candidate in batch for one in candidate.named}
        known = dict(self._catalogue.load(named))
        for candidate in batch:
            if candidate.payload["id"] != NO_ID:
                known.setdefault(candidate.payload["id"], candidate.payload)
        return known

    def _resolved(
        self,
        candidate: Candidate,
        named: list[Reference],
        known: Mapping[str, Payload],
        last: bool,
    ) -> bool:
        """Say whether what a candidate names is known; note or put off what is not."""
        missing, wrong = [], []
        for one in named:
            _, name, kinds = one
            found = known.get(name)
            if found is None:
                missing.append(one)
            elif found["kind"] not in kinds:
                wrong.append(one)
        if not missing and not wrong:
            return True
        if missing and not last:
            self._wait([candidate])
            return False
        fault = self._fault(candidate.draft)
        for one in missing:
            if one.id not in self._faulty:
                fault(
                    one.path, f"no {' or '.join(one.kinds)} has the id {one.id!r}", self._hint(one)
                )
        for one in wrong:
            fault(
                one.path,
                f"{one.id!r} is of kind {known[one.id]['kind']}",
                f"name the id of {_either(one.kinds)}",
            )
        self._faulty.add(candidate.payload["id"])
        self._check_rest(candidate, known)
        return False

    def _check_rest(self, candidate: Candidate, known: Mapping[str, Payload]) -> None:
        """Note what else is wrong with a record that names what is not there."""
        needed = {"property": candidate.payload.get("property")}
        needed["claim"] = candidate.payload.get("revises", {}).get("claim")
        if all(
            name is None or known.get(name, {}).get("kind") == kind for kind, name in needed.items()
        ):
            check(candidate.payload, known, self._dates, self._same, self._fault(candidate.draft))

    def _hint(self, one: Reference) -> str:
        hints = self._catalogue.near(one.id, one.kinds)
        if hints:
            return f"did you mean {' or '.join(hints)}?"
        return "append its record before, or in the same append"

    def _values(
        self, ready: Iterable[Candidate], known: dict[str, Payload]
    ) -> list[tuple[Candidate, Reference]]:
        """Return the entities that values name; those that the log holds become known."""
        found = []
        for candidate in ready:
            if candidate.payload["kind"] in ("claim", "expectation"):
                one = entity_value(candidate.payload, property_of(candidate.payload, known))
                if one is not None and one not in candidate.named:
                    found.append((candidate, one))
        unknown = {one.id for _, one in found} - known.keys()
        known |= self._catalogue.load(unknown)
        return found

    def _complete(self, candidate: Candidate, known: dict[str, Payload]) -> None:
        """Write out what a record leaves to be understood: its date, and a claim's id."""
        payload = candidate.payload
        kind = payload["kind"]
        if kind == "assessment":
            payload.setdefault("asserted", self.now.strftime("%Y-%m-%d"))
        elif kind in ("claim", "event", "retraction") and "asserted" not in payload:
            before = len(self.findings)
            default_asserted(payload, known, self._fault(candidate.draft))
            candidate.faulty = len(self.findings) > before
            if candidate.faulty:
                self._check_rest(candidate, known)
        if kind == "claim" and not candidate.faulty:
            identify(payload)
            known.setdefault(payload["id"], payload)

    def _new(self, ready: list[Candidate]) -> Iterator[Candidate]:
        """Yield the candidates that the log does not hold; another content is a finding."""
        held = self._held(ready)
        seen: dict[str, Candidate] = {}
        for candidate in ready:
            if candidate.faulty:
                continue
            name = candidate.payload["id"]
            stored = held.get(name)
            if stored is not None and candidate.undated:
                # Judged on the day of its append: the same judgement again is nothing new.
                candidate.payload["asserted"] = stored[1].get("asserted", "")
            try:
                candidate.canonical = dumps(candidate.payload)
            except CanonicalError as error:
                self._fault(candidate.draft)((), str(error))
                continue
            if stored is None and name in seen:
                stored = (seen[name].canonical, orjson.loads(seen[name].canonical), True)
            if stored is None:
                seen[name] = candidate
                yield candidate
            elif stored[0] == candidate.canonical:
                self.unchanged += 1
            else:
                self._refuse_change(candidate, *stored[1:])

    def _held(self, ready: Iterable[Candidate]) -> dict[str, _Stored]:
        """Return what the log holds under the ids of candidates."""
        ids = {one.payload["id"] for one in ready}
        return {
            name: (text.encode(), log.read_payload(text, position), position > self.writer.before)
            for name, position, text in log.find(self.connection, ids)
        }

    def _refuse_change(self, candidate: Candidate, stored: Payload, in_append: bool) -> None:
        payload = candidate.payload
        given = orjson.loads(candidate.canonical)
        fields = sorted(name for name in {*given, *stored} if given.get(name) != stored.get(name))
        where = "twice in this append" if in_append else "in the log"
        self._fault(candidate.draft)(
            ("id",),
            f"{payload['id']!r} stands {where} with another {', '.join(fields)}",
            "records are immutable; revise it instead, under an id of its own",
        )
        self._faulty.add(payload["id"])

    def _refuse_circles(self, new: Sequence[Candidate]) -> None:
        found = circles([one.payload for one in new])
        by_id = {one.payload["id"]: one for one in new} if found else {}
        for name, where in found:
            candidate = by_id[name]
            candidate.faulty = True
            self._fault(candidate.draft)(
                (where,), f"{name!r} leads back to itself", "break the circle"
            )

    def _write(self, new: list[Candidate]) -> None:
        position = self.writer.size
        self.writer.write(
            [(one.payload["kind"], one.payload["id"], SCHEMA, one.canonical) for one in new]
        )
        payloads = [one.payload for one in new]
        self.merges += [one["id"] for one in payloads if one["kind"] == "merge"]
        self._catalogue.keep(payloads)
        self._indexer.fold(
            [(position + number + 1, payload) for number, payload in enumerate(payloads)]
        )
        if self.written is not None:
            for payload in payloads:
                self.written(payload)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, as the files were read, and by line."""
    files: dict[str, int] = {}
    for finding in findings:
        files.setdefault(finding.file, len(files))
    return sorted(findings, key=lambda finding: (files[finding.file], finding.line))


def _either(kinds: Sequence[str]) -> str:
    """Return the kinds with their articles: an entity or an event."""
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds)
