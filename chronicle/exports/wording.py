"""Wording: dates and amounts as prose says them, as precisely as they are written and no more.

    2022-01-05T18:00                        18:00 on 5 January 2022
    [2022-01-05T18:00..2022-01-05T23:59]    between 18:00 and 23:59 on 5 January 2022
    [2022-01-06..2022-01-17]                between 6 and 17 January 2022
    [..2005]                                in or before 2005
    2022-01-06~ and 2022-01-06?             about 6 January 2022 and perhaps 6 January 2022
    2022-01-17/..                           from 17 January 2022 on
    2022-01-17/                             from 17 January 2022, end not given

No two dates have the same words: what words would lose has none here. An offset stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chronicle.calendar import MONTH_NAMES
from chronicle.dates import Date, parse

_PART = re.compile(
    r"(?P<year>-?\d{4}|Y-?\d{5,11})"
    r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<time>\d\d:\d\d(?::\d\d)?)(?P<zone>Z|[+-][\d:]+)?)?)?)?(?P<mark>[~?%]?)"
)
_LOOSE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>XX))?)?")
_YEARS = re.compile(r"[1-9]\d{0,2}X{1,3}")

_MARKS: Mapping[str, str] = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_SPRING, _WINTER = 21, 24
_SEASONS = ("spring", "summer", "autumn", "winter")
_HEMISPHERES = ("", " (northern hemisphere)", " (southern hemisphere)")
_SPLITS: Mapping[int, str] = {
    **{
        33 + n: f"the {name} quarter of"
        for n, name in enumerate(("first", "second", "third", "fourth"))
    },
    **{37 + n: f"the {name} third of" for n, name in enumerate(("first", "second", "third"))},
    **{40 + n: f"the {name} half of" for n, name in enumerate(("first", "second"))},
}


def dated(text: str) -> str | None:
    """Return an EDTF date in words; None where words would lose something."""
    date = parse(text)
    if date.shape == "date":
        return _part(date.text)
    if date.shape == "interval":
        return _interval(date)
    return _set(date)


def year(number: int) -> str:
    """Return a year, counted as astronomers do, as historians name it."""
    if number <= 0:
        return f"{1 - number} BCE"
    return str(number) if number >= 1000 else f"{number} CE"


class _Said(NamedTuple):
    """A single date in words, in pieces that a second one may share."""

    time: str
    day: str
    month: str
    year: str
    mark: str

    @property
    def whole(self) -> str:
        day = _spaced(self.day, self.month, self.year)
        return f"{self.mark}{f'{self.time} on {day}' if self.time else day}"


def _said(text: str) -> _Said | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    number, month = int(match["year"].removeprefix("Y")), int(match["month"] or 0)
    zone = {"Z": " UTC", None: ""}.get(match["zone"], f" UTC{match['zone']}")
    time = f"{match['time']}{zone}" if match["time"] else ""
    mark = _MARKS[match["mark"]]
    if month > 12:
        return _Said("", "", "", _season(number, month), mark)
    name = MONTH_NAMES[month - 1] if month else ""
    return _Said(time, (match["day"] or "").lstrip("0"), name, year(number), mark)


def _season(number: int, code: int) -> str:
    """Return a season or another part of a year; those that pass its end name both years."""
    if code in _SPLITS:
        return f"{_SPLITS[code]} {year(number)}"
    where, which = divmod(code - _SPRING, len(_SEASONS))
    name = _SEASONS[which]
    passes = name == ("summer" if code > _WINTER + 4 else "winter")
    years = f"{year(number)}/{year(number + 1)}" if passes else year(number)
    # 21-24 name no hemisphere, 25-28 the northern, 29-32 the southern one.
    return f"{name} {years}{_HEMISPHERES[where]}"


def _part(text: str) -> str | None:
    said = _said(text)
    return said.whole if said else _loose(text)


def _loose(text: str) -> str | None:
    """Return a date with X digits at its end."""
    if _YEARS.fullmatch(text):
        return f"some year from {text.replace('X', '0')} to {text.replace('X', '9')}"
    match = _LOOSE.fullmatch(text)
    if match is None:
        return None
    number, month = year(int(match["year"])), match["month"]
    if month == "XX":
        return f"some {'day' if match['day'] else 'month'} in {number}"
    if int(month) > 12:
        return None
    return f"some day in {MONTH_NAMES[int(month) - 1]} {number}"


def _interval(date: Date) -> str | None:
    start = _part(date.start.text) if date.start else ""
    end = _part(date.end.text) if date.end else ""
    if start is None or end is None:
        return None
    if date.start and date.end:
        first, last = _paired(date.start, date.end)
        return f"from {first} to {last}"
    if start:
        return f"from {start} on" if date.open_end == "open" else f"from {start}, end not given"
    return f"until {end}" if date.open_start == "open" else f"until {end}, start not given"


def _set(date: Date) -> str | None:
    """Return some one or all of several dates."""
    one_of = date.shape == "one-of"
    texts = [_member(member, one_of=one_of) for member in date.members]
    words = [text for text in texts if text]
    if len(words) < len(texts) or (len(words) == 1 and date.members[0].shape == "date"):
        return None
    if all(member.shape == "date" for member in date.members):
        return listed(words, "or" if one_of else "and")
    return f", {'or' if one_of else 'and'} ".join(words)


def _member(member: Date, *, one_of: bool) -> str | None:
    """Return a date, or a range, of a set."""
    if member.shape == "date":
        return _part(member.text)
    one = member.start or member.end
    if one is None or any(_part(end.text) is None for end in (member.start, member.end) if end):
        return None
    if member.start and member.end:
        first, last = _paired(member.start, member.end)
        return f"between {first} and {last}" if one_of else f"throughout {first} to {last}"
    if not one_of:
        return None
    place = {"second": "at", "minute": "at", "day": "on"}.get(one.precision, "in")
    return f"{place} or {'after' if member.start else 'before'} {_part(one.text)}"


def _paired(start: Date, end: Date) -> tuple[str, str]:
    """Return the two ends of a stretch; what they share is said once."""
    one, other = _said(start.text), _said(end.text)
    if one is None or other is None or one.mark or other.mark:
        return _part(start.text) or "", _part(end.text) or ""
    if one.time and other.time and one[1:] == other[1:]:
        return one.time, other.whole
    if not (one.time or other.time) and one.month and other.month and one.year == other.year:
        if one.day and other.day and one.month == other.month:
            return one.day, other.whole
        return _spaced(one.day, one.month), other.whole
    return one.whole, other.whole


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def listed(words: Sequence[str], mark: str = "and") -> str:
    """Return words as a sentence lists them: `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} {mark} {last}" if most else last


_AMOUNTS = (
    (">=", "at least "),
    (">", "more than "),
    ("<=", "at most "),
    ("<", "fewer than "),
    ("~", "about "),
)


def amount(text: str, unit: str | None = None) -> str:
    """Return a quantity in words, with its unit."""
    words = text.replace("..", " to ")
    for mark, said in _AMOUNTS:
        if words.startswith(mark):
            words = said + words.removeprefix(mark).strip()
            break
    alone = unit is not None and words.split()[-1] == "1"
    return _spaced(words, unit.removesuffix("s") if unit and alone else unit or "")
