"""Atom: changes as a feed (RFC 4287), an entry for each, in the words of notices.

Ids are `tag:` URIs (RFC 4151) made of what changed: the same change has the same id whenever a
feed is made, so that a reader shows it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from xml.etree import ElementTree as ET

from chronicle.calendar import FOREVER, write_day
from chronicle.changes import Errata
from chronicle.cli.notices import NEWS, Notice, described

AUTHORITY = "chronicle.invalid"
"""The domain that the ids are made under: one that can be nobody's. A site has its own."""

_YEAR = "2022"
"""The year in which the authority is said to have been ours; a part of every tag."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"

_EARLIEST = "0001-01-01T00:00:00Z"
"""Stands for a date before the years that the format has."""

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def write(some: Iterable[Notice], errata: Errata, authority: str = AUTHORITY) -> str:
    """Return notices as a feed, the latest first.

    An entry is dated by the day on which its first reason became known; along the record axis by
    the moment at which the log took that in.
    """
    recorded = errata.after.scope.until != errata.before.scope.until
    dated = [(_updated(one, recorded), one) for one in some]
    dated.sort(key=itemgetter(0), reverse=True)
    feed = ET.Element("feed", {"xmlns": _NAMESPACE})
    _add(feed, "id", _tag(authority, "changes"))
    _add(feed, "title", f"Changes: {described(errata)}")
    _add(feed, "updated", dated[0][0] if dated else _of_day(_last_day(errata)))
    _add(_add(feed, "author"), "name", "Chronicle")
    for updated, one in dated:
        _entry(feed, one, updated, authority)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ET.Element, one: Notice, updated: str, authority: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", _tag(authority, f"changes/{one.subject}/{one.mark}"))
    _add(entry, "title", f"{one.title}: {one.slot}")
    _add(entry, "updated", updated)
    ET.SubElement(entry, "category", {"term": one.kind})
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    page = ET.SubElement(content, "div", {"xmlns": _XHTML})
    if one.held or one.kind != NEWS:
        _add(page, "p", f"We held: {one.held}.")
    _add(page, "p", f"We hold now: {one.holds}.")
    if one.why:
        _add(page, "p", f"Why: {one.why}.")


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, name)
    if text:
        child.text = _UNWRITABLE.sub(" ", text)
    return child


def _tag(authority: str, what: str) -> str:
    return f"tag:{authority},{_YEAR}:{what}"


def _updated(one: Notice, recorded: bool) -> str:
    """Return when a change came about."""
    if recorded or one.day is None:
        return one.recorded_at or _EARLIEST
    return _of_day(one.day)


def _of_day(day: str) -> str:
    return f"{day}T00:00:00Z" if _DAY.match(day) else _EARLIEST


def _last_day(errata: Errata) -> str:
    """Return the day that the changes reach to."""
    scope = errata.after.scope
    return write_day(scope.at if scope.known >= FOREVER else scope.known)
