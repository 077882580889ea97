"""Markdown: changes as a page to publish, grouped by subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chronicle.changes import Errata
from chronicle.cli.cells import clean, joined
from chronicle.cli.notices import NEWS, Notice, by_subject, described

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def write(some: Iterable[Notice], errata: Errata) -> str:
    """Return notices as a page: first what is held otherwise, then what is newly known."""
    told = list(some)
    return "".join(f"{line}\n" for line in _lines(told, errata))


def _lines(told: list[Notice], errata: Errata) -> Iterator[str]:
    yield "# Changes"
    yield ""
    yield f"From what was {_plain(described(errata))}."
    corrected = [one for one in told if one.kind != NEWS]
    news = [one for one in told if one.kind == NEWS]
    for title, some, line in (
        ("Held otherwise", corrected, _corrected),
        ("Newly known", news, _known),
    ):
        if not some:
            continue
        yield ""
        yield f"## {title}"
        for group in by_subject(some).values():
            yield ""
            yield f"### {_plain(group[0].title)}"
            yield ""
            yield from map(line, group)


def _corrected(one: Notice) -> str:
    held, holds = _plain(one.held), _plain(one.holds)
    why = f" Why: {_plain(one.why)}." if one.why else ""
    return f"- **{_plain(one.slot)}.** We held: {held}. We hold now: *{holds}*.{why}"


def _known(one: Notice) -> str:
    before = f"before: {one.held}" if one.held else ""
    return f"- **{_plain(one.slot)}:** *{_plain(one.holds)}*. {_plain(joined(one.why, before))}."


def _plain(text: str) -> str:
    """Return a text in which nothing is taken for a mark."""
    return _SPECIAL.sub(r"\\\1", clean(text))
