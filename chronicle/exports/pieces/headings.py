"""Headings: the years and months of a chronology, in which its events stand.

An event stands under the earliest date that it can have. It opens a month only where it is known
to have begun in one; what is known by its year alone stands where the year has come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chronicle.calendar import BEGINNING, DAY, MONTH_NAMES, civil_from_days, write_year
from chronicle.dates import parse
from chronicle.exports.dating import beginning
from chronicle.exports.wording import year

_IN_A_MONTH = ("second", "minute", "day", "month")


class Heading(NamedTuple):
    """A heading, with the name under which a page can point to it."""

    level: int
    anchor: str
    text: str


Path = tuple[Heading, ...]
"""The headings below which something stands, the highest first."""

_UNDATED = Heading(2, "undated", "Date not known")
_OPEN = Heading(2, "open", "Earliest date not known")


def path_of(when: str | None) -> Path:
    """Return the headings below which an event of a date stands."""
    if when is None:
        return (_UNDATED,)
    date = parse(when)
    if date.first == BEGINNING:
        return (_OPEN,)
    number, month, _ = civil_from_days(date.first // DAY)
    top = Heading(2, f"in-{write_year(number)}", year(number))
    start = beginning(date)
    if start is None or start.precision not in _IN_A_MONTH or "X" in start.text:
        return (top,)
    name = MONTH_NAMES[month - 1]
    return top, Heading(3, f"{top.anchor}-{month:02}", f"{name} {top.text}")


def opened(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield for each path, in the order of a page, the headings that are to stand before it."""
    current: Path = ()
    for path in paths:
        if path[:1] != current[:1]:
            current = path
            yield path
        elif len(path) > 1 and path != current:
            current = path
            yield path[1:]
        else:
            yield ()


def contents(headings: Iterable[Heading]) -> str:
    """Return links to headings on a line, the months of a year after it."""
    years: list[tuple[str, list[str]]] = []
    for one in headings:
        if one.level == _OPEN.level:
            years.append((f"[{one.text}](#{one.anchor})", []))
        else:
            years[-1][1].append(f"[{one.text.partition(' ')[0]}](#{one.anchor})")
    return " · ".join(f"{name}: {', '.join(months)}" if months else name for name, months in years)
