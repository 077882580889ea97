"""Chronologies: the pieces of a page for people, each with all that it says.

They are the one entity that a page is about, the events, what is disputed, and a note for each
source that any of these cite. A piece joins several rows of an extract and looks up every name,
so that a page can be brought up to date piece by piece.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chronicle.canonical import dumps
from chronicle.events import BUILTIN
from chronicle.exports import items
from chronicle.exports.extract import Extract
from chronicle.exports.items import Group, Item, Row, alone
from chronicle.exports.pieces.disputes import anchor, dispute
from chronicle.exports.pieces.saying import Saying, sources_in

ABOUT, EVENTS, DISPUTES, NOTES = "about", "events", "disputes", "notes"
"""The tables of pieces, in the order of their groups."""

_Part = tuple[str, str, str]
"""A place or a participant of an event: the property, the entity, and its role or ""."""


@dataclass(slots=True)
class _Told:
    """What the claims and rulings of topics tell of one event."""

    passages: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Where each source tells of it."""
    dating: dict[tuple[str, str], dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Where each source gives a date."""
    named: dict[_Part, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """The sources for the place and for each who took part."""
    standings: dict[_Part, str] = field(default_factory=dict)
    """How that stands."""
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of other things in the same breath, by who says it of what."""
    disputed: list[Row] = field(default_factory=list)


class Chronology:
    """Gathers the pieces of an extract. What it holds meanwhile is of the size of the page."""

    def __init__(self, extract: Extract) -> None:
        """Take the extract."""
        self._extract = extract
        self._saying = Saying(extract)
        self._events: dict[str, Row] = {}
        self._told: dict[str, _Told] = defaultdict(_Told)
        self._disputes: list[Group] = []
        self._held: list[Row] = []

    def groups(self) -> Iterator[Group]:
        """Yield the pieces in the order of their groups; notes last, of what the others cite."""
        for group in self._extract.groups():
            table = group.items[0].table
            if table == EVENTS:
                self._events.update((item.key, item.row) for item in group.items if item.row)
            elif table in ("claims", "rulings"):
                self._gather(group.items)
        cited: set[str] = set()
        for group in self._pieces():
            cited.update(source for item in group.items for source in sources_in(item.row))
            yield group
        for source in sorted(cited):
            yield alone(self.note(source))

    def about(self) -> Item | None:
        """Return the piece on the one entity that the page is about, if it is about one."""
        name = self._extract.about
        if name is None:
            return None
        record = self._saying.record(name)
        fields = ("type", "description", "aliases")
        told = {one: record.get(one) for one in fields}
        row = {"id": name, "name": self._saying.name(name), **told, "held": self._held}
        return Item(ABOUT, name, row)

    def note(self, source: str) -> Item:
        """Return the piece on a source."""
        return Item(NOTES, source, self._saying.note(source))

    def _pieces(self) -> Iterator[Group]:
        about = self.about()
        if about is not None:
            yield Group(("0", about.key), (about,))
        for name, row in self._events.items():
            item = Item(EVENTS, name, self._event(row, self._told[name]))
            yield Group(("1", name), (item,))
        yield from self._disputes

    def _gather(self, found: Iterable[Item]) -> None:
        """Take in the claims and the rulings of one topic."""
        for item in found:
            row = item.row or {}
            if item.table == "rulings":
                self._rule(row)
            elif row["live"] and not row["unknown"]:
                self._hear(row)

    def _hear(self, row: Row) -> None:
        """Take in a claim: one on what an event is, or one that is linked to an event."""
        subject, name = self._saying.one(row["subject"]), row["property"]
        if name in BUILTIN and subject in self._events:
            told = self._told[subject]
            locator = row["locator"] or ""
            told.passages[row["source"]][locator] = None
            if name == "when":
                told.dating[row["value"], row["source"]][locator] = None
            elif not row["denies"]:
                told.named[self._part(row)][row["source"]] = None
        event = self._saying.one(row["event"]) if row["event"] else ""
        if event in self._events and not (name in BUILTIN and subject == event):
            self._link(event, subject, row)

    def _part(self, row: Row) -> _Part:
        """Return what the claim or ruling on a place or a participant is about."""
        role = row["qualifiers"].get("role", "")
        return row["property"], self._saying.one(row["value"] or ""), role

    def _link(self, event: str, subject: str, row: Row) -> None:
        """Take in what a claim says beside an event; what is said in one breath stays together."""
        saying = self._saying
        voice = {**saying.voice(row), "via": []}
        cited = saying.cited(row)
        breath = dumps([subject, voice, cited]).decode()
        name = None if subject == event else saying.name(subject)
        found = self._told[event].statements.setdefault(
            breath, {"subject": name, "voice": voice, "cited": cited, "says": []}
        )
        found["says"].append(
            {
                "label": saying.label(row["property"]),
                "qualifiers": saying.qualifiers(row),
                **saying.value(row),
                "valid": row["valid"],
            }
        )

    def _rule(self, row: Row) -> None:
        """Take in a ruling: how a part of an event stands, what is disputed, what is held."""
        subject, name = row["subject"], row["property"]
        event = self._events.get(subject)
        if event and name in ("place", "participant"):
            self._told[subject].standings[self._part(row)] = row["standing"]
        if row["standing"] == "disputed":
            piece = dispute(self._saying, row, event)
            item = Item(DISPUTES, row["slot"], piece)
            self._disputes.append(Group(("2", subject, name, row["slot"]), (item,)))
            if event:
                told = {one: piece[one] for one in ("anchor", "label", "qualifiers")}
                self._told[subject].disputed.append(told)
        about = self._extract.about
        if about is not None and not event and subject == self._saying.one(about):
            self._held.append(self._belief(row))

    def _belief(self, row: Row) -> Row:
        saying = self._saying
        return {
            "label": saying.label(row["property"]),
            "qualifiers": saying.qualifiers(row),
            **saying.value(row),
            **{one: row[one] for one in ("standing", "basis", "valid", "last_affirmed")},
            "cited": saying.cited(saying.claim(row["claim"])),
            "anchor": anchor(row) if row["standing"] == "disputed" else None,
        }

    def _event(self, row: Row, told: _Told) -> Row:
        dates = row["dates"]
        sources = dict.fromkeys([*(dates[0]["sources"] if dates else ()), row["source"]])
        return {
            "id": row["id"],
            "title": row["title"],
            "summary": row["summary"],
            "when": row["when"],
            "first": row["when_first"],
            "last": row["when_last"],
            "standing": row["standing"],
            "place": self._named(("place", row["place"], ""), row, told) if row["place"] else None,
            "participants": [
                self._named(("participant", one["entity"], one["role"] or ""), row, told)
                for one in row["participants"]
            ],
            "cited": list(self._passages(sources, told, dates[0]["when"] if dates else "")),
            "others": [
                {
                    "when": one["when"],
                    "cited": list(self._passages(one["sources"], told, one["when"])),
                }
                for one in dates[1:]
            ],
            "disputed": told.disputed,
            # What is said of the event itself comes first.
            "statements": sorted(told.statements.values(), key=lambda one: bool(one["subject"])),
        }

    def _named(self, part: _Part, row: Row, told: _Told) -> Row:
        """Return a place or a participant; with its sources where that of the record has it not."""
        sources = told.named.get(part, {})
        apart = [] if row["source"] in sources else list(sources)
        return {
            "name": self._saying.name(part[1]),
            "role": part[2],
            "standing": told.standings.get(part, "settled"),
            "cited": [{"source": one, "locator": None} for one in apart],
        }

    def _passages(self, sources: Iterable[str], told: _Told, when: str) -> Iterator[Row]:
        """Yield where sources give a date, or tell of the event at all."""
        for source in sources:
            found = told.dating.get((when, source)) or told.passages.get(source) or [""]
            for locator in found:
                name = None if locator else self._saying.author(source)
                yield {"source": source, "locator": locator or None, "author": name}


def changes(before: Extract, after: Extract) -> Iterator[Item]:
    """Yield the pieces that are new or other, and removals.

    With them come the notes that they cite and what the page is about, changed or not: they
    replace themselves, and a page of changes can be read without the earlier one.
    """
    page = Chronology(after)
    given: set[tuple[str, str]] = set()
    cited: set[str] = set()
    for item in items.changes(Chronology(before).groups(), page.groups()):
        given.add(item[:2])
        cited.update(sources_in(item.row))
        yield item
    about = page.about() if given else None
    if about is not None and about[:2] not in given:
        cited.update(sources_in(about.row))
        yield about
    yield from (page.note(one) for one in sorted(cited) if (NOTES, one) not in given)
