"""`timelinejs`: the events as slides of TimelineJS 3, after its JSON data format.

A slide stands where the library can place it: at the earliest that its date may mean, or where
that is open at the latest, and reaches to the latest. Only those parts of a date are given that it
states (a year has no month), and what readers see is `display_date`: the date in words, how it
stands, and what other dates are given. Years before the common era are numbered as the library
shows them, 44 BCE as -44, so that a slide stands at the tick that names its year. Beyond the
years that the browser knows a timeline is `cosmological`, and places all its slides by year alone.

Events without a date have no slide; they are counted on the title slide, and named under
`chronicle`, where all else stands that the library does not ask for. In an export of changes,
`removed` names the events that have no slide any more. To follow: drop their slides, put the
others in place of those of the same `unique_id`, sort, and take `cosmological` if a slide says it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, ClassVar, NamedTuple, TextIO

from chronicle.calendar import DAY, civil_from_days
from chronicle.counts import counted
from chronicle.dates import Date, parse
from chronicle.edtf_parts import Precision
from chronicle.exports.dating import beginning, ending, others, stated, worded
from chronicle.exports.extract import Extract
from chronicle.exports.formats import TOLD, Format, Head
from chronicle.exports.items import Group, Item, Row
from chronicle.exports.occurrences import TABLE, link, occurrences, took_part
from chronicle.exports.packing import Package

_TITLE = "chronicle:title"
"""The id of the title slide: one that no event can have."""

_HUMAN = range(-271_820, 275_760)
"""The years that the browser's own dates reach."""

_PARTS = ("year", "month", "day", "hour", "minute", "second")

_STATED: Mapping[Precision, int] = {"second": 6, "minute": 5, "day": 3, "month": 2, "season": 2}
"""How many of the parts a precision states; all others the year alone."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode

Parts = dict[str, int]
"""A date as the library takes it."""


class TimelineJS(Format):
    """Slides for TimelineJS 3."""

    about = "the events as slides for TimelineJS 3"
    syntaxes: ClassVar[Mapping[str, str]] = {"timeline": ".json"}

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the events in the order of their ids."""
        return occurrences(extract)

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the slides by date, then id; their texts wait in a file until all are known."""
        with TemporaryFile() as texts:
            deck = _Deck(texts)
            removed: list[str] = []
            for item in found:
                if item.row is not None and item.row["when"] is not None:
                    deck.add(item.row)
                    continue
                removed.append(item.key)
                if item.row is not None:
                    deck.undated.append(item.key)
            told = {name: head[name] for name in TOLD}
            told["undated"] = deck.undated
            if head["since"] is not None:
                told["removed"] = sorted(removed)
            _write(deck, head, told, package.text())

    def read(self, path: Path, head: Head) -> Iterator[Item]:  # noqa: ARG002  # the document says all
        """Yield the slides, the events without a date, removals, and the rest of the document."""
        document = json.loads(path.read_text(encoding="utf-8"))
        try:
            yield from _items(document, document["chronicle"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("it is no timeline that was exported here") from error


FORMAT = TimelineJS()


def _items(document: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Item]:
    yield from (Item(TABLE, slide["unique_id"], slide) for slide in document["events"])
    yield from (Item("undated", name, {}) for name in told["undated"])
    yield from (Item(TABLE, name, None) for name in told.get("removed", ()))
    rest = {**document, **told}
    for name in sorted(rest.keys() - {"events", "chronicle", "undated", "removed"}):
        yield Item("timeline", name, {"is": rest[name]})


class _Place(NamedTuple):
    """Where a slide stands on the timeline."""

    start: Parts
    end: Parts | None
    order: tuple[int, int]

    @property
    def is_human(self) -> bool:
        """Whether the browser's own dates reach it."""
        ends = [self.start] if self.end is None else [self.start, self.end]
        return all(one["year"] in _HUMAN for one in ends)


class _Deck:
    """The slides of a timeline while they are gathered: where each is, and its text in a file."""

    def __init__(self, texts: BinaryIO) -> None:
        self._texts = texts
        self._index: list[tuple[tuple[int, int], str, int, int]] = []
        self.undated: list[str] = []
        self.scale = "human"

    def __len__(self) -> int:
        return len(self._index)

    def add(self, row: Row) -> None:
        """Add the slide of an event that has a date."""
        place = _place(parse(row["when"]))
        if not place.is_human:
            self.scale = "cosmological"
        start, length = self._texts.tell(), self._texts.write(_encode(_slide(row, place)).encode())
        self._index.append((place.order, row["id"], start, length))

    def texts(self) -> Iterator[str]:
        """Yield the slides in their order."""
        for _, _, start, length in sorted(self._index):
            self._texts.seek(start)
            yield self._texts.read(length).decode()


def _write(deck: _Deck, head: Head, told: Mapping[str, Any], stream: TextIO) -> None:
    title = {"unique_id": _TITLE, "text": _title(deck, head), "autolink": False}
    stream.write(f'{{\n  "title": {_encode(title)},\n  "events": [')
    mark = "\n    "
    for text in deck.texts():
        stream.write(mark + text)
        mark = ",\n    "
    last = "\n  " if len(deck) else ""
    stream.write(f'{last}],\n  "scale": "{deck.scale}",\n  "chronicle": {_encode(told)}\n}}\n')


def _place(date: Date) -> _Place:
    """Return where a date stands: its two ends, with no more parts than each of them states."""
    start, end = beginning(date), ending(date)
    at_end = None if end is None else _parts(date.last, end.precision)
    if start is None:
        assert at_end is not None  # no date is open at both ends
        return _Place(at_end, None, (date.last, date.last))
    at_start = _parts(date.first, start.precision)
    return _Place(at_start, None if at_end == at_start else at_end, (date.first, date.last))


def _parts(second: int, precision: Precision) -> Parts:
    days, clock = divmod(second, DAY)
    year, month, day = civil_from_days(days)
    # There is no year 0 in the library's count.
    found = (year if year > 0 else year - 1, month, day)
    time = (clock // 3_600, clock // 60 % 60, clock % 60)
    return dict(zip(_PARTS[: _STATED.get(precision, 1)], (*found, *time), strict=False))


def _slide(row: Row, place: _Place) -> dict[str, Any]:
    ends = {"start_date": place.start} | ({"end_date": place.end} if place.end else {})
    return {
        "unique_id": row["id"],
        **ends,
        "display_date": "; ".join([stated(row), *others(row)]),
        "text": {"headline": _html(row["title"]), "text": "".join(_told(row))},
        "group": row["standing"],
        "autolink": False,
        **({} if place.is_human else {"scale": "cosmological"}),
    }


def _told(row: Row) -> Iterator[str]:
    """Yield the paragraphs of a slide: what happened, where, with whom, and who dates it when."""
    if row["summary"]:
        yield f"<p>{_html(row['summary'])}</p>"
    if row["place_name"] is not None:
        yield f"<p>Place: {_html(row['place_name'])}</p>"
    if row["participants"]:
        yield f"<p>Took part: {_html(', '.join(map(took_part, row['participants'])))}</p>"
    titles = {one["id"]: _linked(one) for one in row["sources"]}
    dates = []
    for given in row["dates"]:
        sources = "; ".join(titles[name] for name in given["sources"])
        dates.append(f"{_html(worded(given['when']))}: {sources}")
    yield f"<p>Date: {_html(stated(row))} (EDTF: {_html(row['when'])})</p>{_list(dates)}"
    if not any(row["source"] in given["sources"] for given in row["dates"]):
        yield f"<p>Source: {titles[row['source']]}</p>"


def _linked(source: Row) -> str:
    """Return the title of a source, as a link where it has one."""
    url, title = link(source["url"]), _html(source["title"])
    return title if url is None else f'<a href="{escape(url)}">{title}</a>'


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _title(deck: _Deck, head: Head) -> dict[str, str]:
    """Return the text of the title slide: what is shown, of what, and what is not."""
    view, since = head["view"], head["since"]
    what = f"{counted(len(deck), 'event')} on the timeline"
    if deck.undated:
        what += f"; {len(deck.undated)} more without a date"
    if since is not None:
        what += f". Only what changed since entry {since['head']}"
    told = ", ".join(
        [
            f"at {view['at']}",
            *(f"{name} {view[name]}" for name in ("known", "recorded") if view[name]),
        ]
    )
    log = f"entry {view['head']} of the log, root {view['root']}"
    lines = (f"{what}.", f"As seen {told}, by {view['policy']}, up to {log}.")
    headline = f"{head['about'] or 'Chronicle'} at {view['at']}"
    text = "".join(f"<p>{_html(line)}</p>" for line in lines)
    return {"headline": _html(headline), "text": text}
