"""`show` and `search`: a record by its id, and ids by the words of their records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import click

from chronicle.cli.cells import Cell, written
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.counts import counted
from chronicle.search import Hit
from chronicle.showing import Shown

_HEADER = ("position", "id", "kind", "recorded_at", "author", "message")


@command("show", example="chronicle show abish-on-leave-nsc")
@click.argument("name", metavar="ID")
@view_options()
@format_option
@pass_desk
def show(desk: Desk, looking: Looking, form: str, name: str) -> None:
    """Show a record as it was entered, and the records that bear on it.

    Where merges make it one with other ids, they are named, each with its judgement, and what is
    disputed only because they are one.
    """
    with desk.open() as chronicle:
        shown = chronicle.show(name, looking.view(chronicle))
        columns = (*_HEADER, "payload", "about", "read_as", "one_with", "contradictions")
        put(Report([shown.as_dict()], lambda: _sheets(shown), columns, _flat), form)


def _flat(item: Item) -> Iterable[Sequence[Cell]]:
    about = "; ".join(f"{one['relation']} {one['id']}" for one in item["about"])
    payload = json.dumps(item["payload"], ensure_ascii=False)
    header = [item[name] for name in _HEADER]
    slots = (f"{one['subject']} {one['property']}" for one in item["contradictions"])
    return [
        [*header, payload, about, item["read_as"], " ".join(item["one_with"]), "; ".join(slots)]
    ]


def _sheets(shown: Shown) -> Iterator[Sheet]:
    item = shown.as_dict()
    header = [(name, item[name]) for name in _HEADER if item[name] is not None]
    read_as = shown.read_as if shown.read_as != shown.id else ""
    merged = [("read as", read_as), ("one with", ", ".join(shown.one_with))]
    yield Sheet(("", ""), [*header, *((name, text) for name, text in merged if text)])
    known = ("id", "kind", "schema")
    fields = [(name, written(value)) for name, value in item["payload"].items()]
    yield Sheet(("", ""), [(name, text) for name, text in fields if name not in known], "record")
    if item["about"]:
        rows = [
            (one.relation, one.kind, one.id, ", ".join(one.ids), one.reason) for one in shown.about
        ]
        yield Sheet(("relation", "kind", "id", "ids", "reason"), rows, "bears on it")
    if shown.contradictions:
        from chronicle.cli.merging import sheet  # noqa: PLC0415  # few records have any

        yield sheet(shown.contradictions)


_HIT = ("kind", "id", "read_as", "words")


def _found(hit: Item) -> Sequence[Sequence[Cell]]:
    return [(hit["kind"], hit["id"], hit["read_as"], "; ".join(hit["words"]))]


def _row(hit: Hit) -> Sequence[Cell]:
    read_as = hit.read_as if hit.read_as != hit.id else None
    return hit.kind, hit.id, read_as, "; ".join(hit.words.split("\n"))


@command("search", example="chronicle search massimov")
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most.")
@format_option
@pass_desk
def search(desk: Desk, form: str, words: Sequence[str], limit: int) -> None:
    """Find records by their names, titles, notes and other words.

    Where a merge makes one of them one with another id, it is named by which it is read.
    """
    with desk.open() as chronicle:
        hits = chronicle.search(" ".join(words), limit)

        def sheets() -> Iterable[Sheet]:
            headings = ("kind", "id", "read as", "words")
            return [Sheet(headings, map(_row, hits))] if hits else []

        put(Report((hit.as_dict() for hit in hits), sheets, _HIT, _found, "hits"), form)
    more = f"; more with --limit {limit * 2}" if len(hits) == limit else ""
    say(f"{counted(len(hits), 'record')}{more}")
