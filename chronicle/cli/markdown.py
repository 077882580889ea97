"""Markdown: changes as a page to publish, grouped by subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chronicle.changes import Errata
from chronicle.cli.cells import joined
from chronicle.cli.notices import NEWS, Notice, by_subject, described
from chronicle.marks import plain


def write(some: Iterable[Notice], errata: Errata) -> str:
    """Return notices as a page: first what is held otherwise, then what is newly known."""
    told = list(some)
    return "".join(f"{line}\n" for line in _lines(told, errata))


def _lines(told: list[Notice], errata: Errata) -> Iterator[str]:
    yield "# Changes"
    yield ""
    yield f"From what was {plain(described(errata))}."
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
            yield f"### {plain(group[0].title)}"
            yield ""
            yield from map(line, group)


def _corrected(one: Notice) -> str:
    held, holds = plain(one.held), plain(one.holds)
    why = f" Why: {plain(one.why)}." if one.why else ""
    return f"- **{plain(one.slot)}.** We held: {held}. We hold now: *{holds}*.{why}"


def _known(one: Notice) -> str:
    before = f"before: {one.held}" if one.held else ""
    return f"- **{plain(one.slot)}:** *{plain(one.holds)}*. {plain(joined(one.why, before))}."
