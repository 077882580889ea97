"""Occurrences: the events of an extract, each with all that is shown of it.

What an event names is looked up, so that its row is enough by itself: in an export of changes
the records that it names do not come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chronicle.exports.extract import Extract
from chronicle.exports.items import Group, Item, Row, alone

TABLE = "events"

_BATCH = 200
"""Events whose records are looked up together."""

_LINK = re.compile(r"https?://[^\s<>\"'`{}|\\^\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


def occurrences(extract: Extract) -> Iterator[Group]:
    """Yield the events in the order of their ids.

    A row has the columns of the table, and beside them `place_name`, the `name` of each
    participant, `sources` (the id, title and url of each that is named, those of the best-known
    date first), and `recorded_at`: when the log took in the event, or later the claim that
    dates it.
    """
    rows, reader = extract.events(), extract.view.reader
    while batch := list(islice(rows, _BATCH)):
        reader.catalogue.load({name for row in batch for name in _named(row)})
        ids = {name for row in batch for name in (row["id"], row["claim"]) if name}
        entries = reader.entries(extract.connection, ids)
        moments = {name: entry.recorded_at for name, entry in entries.items()}
        for row in batch:
            yield alone(Item(TABLE, row["id"], _told(extract, row, moments)))


def _named(row: Row) -> Iterator[str]:
    """Yield the ids of what an event names."""
    yield from filter(None, [row["place"]])
    yield from (one["entity"] for one in row["participants"])
    yield from _sources(row)


def _sources(row: Row) -> dict[str, None]:
    """Return the sources of an event's dates, the best-known date first, and that of its record."""
    dated = [source for date in row["dates"] for source in date["sources"]]
    return dict.fromkeys([*dated, row["source"]])


def _told(extract: Extract, row: Row, moments: Mapping[str, str]) -> Row:
    place = row["place"]
    known = [moments[name] for name in (row["id"], row["claim"]) if name in moments]
    return {
        **row,
        "place_name": None if place is None else extract.name_of(place),
        "participants": [
            {**one, "name": extract.name_of(one["entity"])} for one in row["participants"]
        ],
        "sources": [_source(extract, name) for name in _sources(row)],
        "recorded_at": max(known, default=None),
    }


def _source(extract: Extract, name: str) -> dict[str, Any]:
    record = extract.view.reader.catalogue.get(name) or {}
    return {"id": name, "title": extract.name_of(name), "url": record.get("url")}


def title_of(event: Row, source: str) -> str:
    """Return the title of one of the sources that an event's row names."""
    return str(next(one["title"] for one in event["sources"] if one["id"] == source))


def link(url: str | None) -> str | None:
    """Return a url that can be followed and stands as it is in a page; None if it is no such."""
    return url if url is not None and _LINK.fullmatch(url) else None


def took_part(one: Row) -> str:
    """Return a participant by name, and as what."""
    return f"{one['name']} ({one['role']})" if one["role"] else str(one["name"])
