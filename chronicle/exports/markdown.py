"""`markdown`: a chronology to publish, with footnotes for its sources and a section of disputes.

The dialect is what GitHub and Pandoc share: CommonMark with footnotes. Nothing in it is HTML but
anchors and comments. Each piece (an event, a dispute, a note on a source) stands between comments
that name it, so that a program can find it again and put a later one in its place. A page of
changes holds the pieces that are new or other, with the notes that they cite, and names those
that are no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple
from urllib.parse import quote, unquote

from chronicle.calendar import BEGINNING, FOREVER
from chronicle.exports.extract import Extract
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Group, Item, Row
from chronicle.exports.packing import Package
from chronicle.exports.pieces import prose
from chronicle.exports.pieces.chronology import ABOUT, DISPUTES, EVENTS, NOTES, Chronology, changes
from chronicle.exports.pieces.headings import Heading, contents, opened, path_of
from chronicle.exports.pieces.preface import preface, title
from chronicle.marks import plain

_LAYOUTS: Mapping[str, Callable[[Row], Iterator[str]]] = {
    ABOUT: prose.about,
    EVENTS: prose.event,
    DISPUTES: prose.dispute,
    NOTES: prose.note,
}
"""How the pieces of each table are said."""

_NOUNS: Mapping[str, str] = {EVENTS: "event", DISPUTES: "dispute", NOTES: "source"}

_END = "<!-- end -->"
_BEGIN = re.compile(rf"<!-- ({'|'.join(_LAYOUTS)}) (\S+) -->")
_REMOVED = re.compile(r"<!-- removed (\w+) (\S+) -->")

_IN_DISPUTE = """\
What is held is what the order of criteria puts first; the other side stands. A statement is
firm that is made as plain fact and may well be true by the Admiralty code (1 to 3), or that was
judged to be preferred; any other is weak, and one that was improbable is discounted."""


class Markdown(Format):
    """A page for people."""

    about = "a chronology to publish, with footnoted sources and a section of disputes"
    syntaxes: ClassVar[Mapping[str, str]] = {"page": ".md"}

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the pieces of a page."""
        return Chronology(extract).groups()

    def changes(self, before: Extract, after: Extract) -> Iterator[Item]:
        """Yield the pieces that are new or other, with all that they cite, and removals."""
        return changes(before, after)

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Write the page. Its pieces are held until they are in order."""
        pieces: dict[str, list[_Piece]] = {name: [] for name in _LAYOUTS}
        removed: list[Item] = []
        for item in found:
            if item.row is None:
                removed.append(item)
            else:
                pieces[item.table].append(_piece(item.table, item.key, item.row))
        stream = package.text()
        for line in _page(pieces, removed, head):
            stream.write(f"{line}\n")

    def read(self, path: Path, head: Head) -> Iterator[Item]:  # noqa: ARG002  # markers say all
        """Yield the pieces by their markers, each line a field, and removals.

        What stands between the pieces is left out: headings and the preface follow from them.
        """
        with path.open(encoding="utf-8", newline="\n") as stream:
            yield from _pieces(line.rstrip("\n") for line in stream)


FORMAT = Markdown()


class _Piece(NamedTuple):
    """A piece as it stands on the page."""

    order: tuple[int, int, str]
    """By the date of its event; what has none comes last."""
    path: tuple[Heading, ...]
    """The headings below which an event stands."""
    name: str
    """What the one entity is called that a page is about."""
    lines: tuple[str, ...]


def _piece(table: str, key: str, row: Row) -> _Piece:
    first, last = row.get("first"), row.get("last")
    dated = row.get("when") is not None if table == EVENTS else (first, last) != (None, None)
    span = (BEGINNING if first is None else first, FOREVER if last is None else last)
    order = (*(span if dated else (FOREVER, FOREVER)), key)
    path = path_of(row["when"]) if table == EVENTS else ()
    body = tuple(_LAYOUTS[table](row))
    lines = ("", _marker(table, key), "", *body, *([""] if body else []), _END)
    return _Piece(order, path, row.get("name", ""), lines)


def _page(pieces: Mapping[str, list[_Piece]], removed: Sequence[Item], head: Head) -> Iterator[str]:
    for some in pieces.values():
        some.sort(key=lambda one: one.order)
    headings = list(opened(one.path for one in pieces[EVENTS]))
    sections = [
        Heading(2, anchor, text)
        for anchor, text, is_there in (
            ("disputes", "Disputes", pieces[DISPUTES]),
            ("removed", "No longer here", removed),
            ("sources", "Sources", pieces[NOTES]),
        )
        if is_there
    ]
    yield from (title(head, "".join(one.name for one in pieces[ABOUT])), "")
    yield from preface(head, {noun: len(pieces[table]) for table, noun in _NOUNS.items()})
    if headings or sections:
        yield from ("", contents([one for path in headings for one in path] + sections))
    yield from (line for piece in pieces[ABOUT] for line in piece.lines)
    for path, piece in zip(headings, pieces[EVENTS], strict=True):
        yield from (line for heading in path for line in _headed(heading))
        yield from piece.lines
    bodies = {
        "disputes": ("", *_IN_DISPUTE.splitlines(), *_lines(pieces[DISPUTES])),
        "removed": _gone(removed),
        "sources": _lines(pieces[NOTES]),
    }
    for section in sections:
        yield from _headed(section)
        yield from bodies[section.anchor]


def _lines(some: Iterable[_Piece]) -> Iterator[str]:
    return (line for piece in some for line in piece.lines)


def _headed(heading: Heading) -> Iterator[str]:
    yield from ("", f'{"#" * heading.level} <a id="{heading.anchor}"></a>{heading.text}')


def _gone(removed: Iterable[Item]) -> Iterator[str]:
    """Yield a line for each piece that is no more."""
    for item in removed:
        yield from ("", _marker(f"removed {item.table}", item.key))
        yield from ("", f"- {_NOUNS.get(item.table, item.table)} {plain(item.key)}")


def _marker(table: str, key: str) -> str:
    """Return a comment that names a piece, whatever its key holds."""
    # Two hyphens may end a comment.
    name = quote(key, safe='[]{}",:').replace("--", "-%2D")
    return f"<!-- {table} {name} -->"


def _pieces(lines: Iterator[str]) -> Iterator[Item]:
    for line in lines:
        if gone := _REMOVED.fullmatch(line):
            yield Item(gone[1], unquote(gone[2]), None)
        elif begun := _BEGIN.fullmatch(line):
            yield Item(begun[1], unquote(begun[2]), dict(_body(begun[0], lines)))


def _body(marker: str, lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a piece up to its end, by number."""
    for number, line in enumerate(lines, start=1):
        if line == _END:
            return
        if _BEGIN.fullmatch(line):
            break
        yield f"line {number}", line
    raise ValueError(f"no {_END} after {marker}")
