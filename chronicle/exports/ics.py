"""`ics`: the events as a calendar (iCalendar, RFC 5545), a VEVENT each.

A calendar knows days and times, no uncertain ones. An event stands from the first to the last
second that its date may mean, floating, and is TENTATIVE unless the date is settled and leaves no
day open; DESCRIPTION and X-CHRONICLE-EDTF have the date as it is known. What has no date, a date
that is open at an end, or one beyond the years 1 to 9999 cannot stand in a calendar: each such
event is named by an X-CHRONICLE-LEFT-OUT of the calendar. Control characters become blanks.

In an export of changes an event that is no more, or has no place in a calendar any more, comes
with STATUS:CANCELLED (RFC 5546) and no dates. DTSTAMP is when the log took in what the VEVENT
says of the date; of what is cancelled, its last entry.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, ClassVar, TextIO

from icalendar import Calendar, Component, Event

from chronicle import log
from chronicle.exports import items
from chronicle.exports.extract import Extract
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Group, Item, alone
from chronicle.exports.occurrences import TABLE, occurrences
from chronicle.exports.packing import Package
from chronicle.exports.vevents import (
    AUTHORITY,
    EARLIEST,
    REASONS,
    add_text,
    cancelled,
    left_out,
    vevent,
)

_LOG = "log"
"""The table of one item that tells the last moment of the log."""

_LEFT_OUT, _REASON = "X-CHRONICLE-LEFT-OUT", "X-CHRONICLE-REASON"
"""The property that names an event which has no place in a calendar, and its parameter."""

_END = "END:VEVENT"


class Ics(Format):
    """A calendar of the events."""

    about = "the events as a calendar"
    syntaxes: ClassVar[Mapping[str, str]] = {"calendar": ".ics"}
    libraries = ("icalendar",)

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the moment of the log's last entry, and the events in the order of their ids."""
        yield alone(_last(extract))._replace(order=())
        yield from occurrences(extract)

    def changes(self, before: Extract, after: Extract) -> Iterator[Item]:
        """Yield what changed; the moment of the log always, and first."""
        yield _last(after)
        yield from items.changes(occurrences(before), occurrences(after))

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the calendar: what it says of itself first, though known last."""
        stream = package.text()
        with TemporaryFile("w+", encoding="utf-8", newline="") as events:
            calendar = _calendar(head)
            _write_events(found, head, calendar, events)
            opening, _, closing = calendar.to_ical().decode().rpartition("END:")
            stream.write(opening)
            events.seek(0)
            shutil.copyfileobj(events, stream)
            stream.write(f"END:{closing}")

    def read(self, path: Path, head: Head) -> Iterator[Item]:  # noqa: ARG002  # the calendar says all
        """Yield the calendar's own properties, the events left out, and those in it as they are.

        Of an event everything is there that the calendar says; the ids of who took part and
        what else only the row has are not.
        """
        with path.open(encoding="utf-8", newline="") as stream:
            rest: list[str] = []
            for block in _blocks(stream, rest):
                event = Event.from_ical(block)
                key = str(event.get("UID", "")).removesuffix(f"@{AUTHORITY}")
                gone = event.get("STATUS") == "CANCELLED"
                row = {name: _text(value) for name, value in _properties(event)}
                yield Item(TABLE, key, None if gone else row)
        for name, value in _properties(Calendar.from_ical("".join(rest))):
            if name == _LEFT_OUT:
                yield Item("left out", str(value), {"reason": value.params.get(_REASON)})
            else:
                yield Item("calendar", name, {"is": _text(value)})


FORMAT = Ics()


def _last(extract: Extract) -> Item:
    """Return the item that tells the moment of the log's last entry."""
    last = log.entries(extract.connection, extract.position - 1, extract.position)
    moment = max((entry.recorded_at for entry in last), default=EARLIEST)
    return Item(_LOG, "last", {"recorded_at": moment})


def _calendar(head: Head) -> Calendar:
    """Return the calendar without its events."""
    view, about, since = head["view"], head["about"], head["since"]
    calendar = Calendar()
    software = head["software"]
    calendar.add("prodid", f"-//{software['name']}//{software['version']}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    told = {
        "X-WR-CALNAME": f"{about or 'Chronicle'} at {view['at']}",
        **{f"X-CHRONICLE-{name.upper()}": view[name] for name in view},
        "X-CHRONICLE-ABOUT": about,
        "X-CHRONICLE-SINCE": since and since["head"],
    }
    for name, value in told.items():
        if value is not None:
            add_text(calendar, name, str(value))
    return calendar


def _write_events(found: Iterable[Item], head: Head, calendar: Calendar, stream: TextIO) -> None:
    """Write the events; those that are left out are named in the calendar, and counted."""
    moment = EARLIEST
    counts = dict.fromkeys(REASONS, 0)
    for item in found:
        if item.table == _LOG:
            moment = item.row["recorded_at"] if item.row else moment
            continue
        reason = left_out(item.row) if item.row else None
        if reason is not None:
            counts[reason] += 1
            add_text(calendar, _LEFT_OUT, item.key, **{_REASON: reason})
        if item.row is not None and reason is None:
            stream.write(vevent(item.row).to_ical().decode())
        elif head["since"] is not None:
            stream.write(cancelled(item.key, moment).to_ical().decode())
    missing = ", ".join(f"{count} {REASONS[name]}" for name, count in counts.items() if count)
    if missing:
        add_text(calendar, "X-WR-CALDESC", f"Events that no calendar can hold: {missing}")


def _blocks(stream: TextIO, rest: list[str]) -> Iterator[str]:
    """Yield the text of each event; the lines that belong to none go to `rest`."""
    block: list[str] = []
    for line in stream:
        if block or line.startswith("BEGIN:VEVENT"):
            block.append(line)
        else:
            rest.append(line)
        if block and line.startswith(_END):
            yield "".join(block)
            block = []
    rest += block


def _properties(component: Component) -> Iterator[tuple[str, Any]]:
    """Yield the properties of a component by name, each as what the library makes of it."""
    for name, value in component.property_items(recursive=False):
        if name not in ("BEGIN", "END"):
            yield name, value


def _text(value: Any) -> str:
    """Return the value of a property as it is written."""
    written: bytes = value.to_ical()
    return written.decode()
