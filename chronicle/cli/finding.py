"""`show` and `search`: a record by its id, and ids by the words of their records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import click

from chronicle.cli.cells import Cell, counted, written
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet

_HEADER = ("position", "id", "kind", "recorded_at", "author", "message")


@command("show", example="chronicle show abish-on-leave-nsc")
@click.argument("name", metavar="ID")
@view_options()
@format_option
@pass_desk
def show(desk: Desk, looking: Looking, form: str, name: str) -> None:
    """Show a record as it was entered, and the records that bear on it."""
    with desk.open() as chronicle:
        item = chronicle.show(name, looking.view(chronicle)).as_dict()
        columns = (*_HEADER, "payload", "about")
        put(Report([item], lambda: _sheets(item), columns, _flat), form)


def _flat(item: Item) -> Iterable[Sequence[Cell]]:
    about = "; ".join(f"{one['relation']} {one['id']}" for one in item["about"])
    payload = json.dumps(item["payload"], ensure_ascii=False)
    return [[*(item[name] for name in _HEADER), payload, about]]


def _sheets(item: Item) -> Iterator[Sheet]:
    yield Sheet(("", ""), [(name, item[name]) for name in _HEADER if item[name] is not None])
    known = ("id", "kind", "schema")
    fields = [(name, written(value)) for name, value in item["payload"].items()]
    yield Sheet(("", ""), [(name, text) for name, text in fields if name not in known], "record")
    if item["about"]:
        rows = [(one["relation"], one["kind"], one["id"]) for one in item["about"]]
        yield Sheet(("relation", "kind", "id"), rows, "bears on it")


_HIT = ("kind", "id", "words")


def _found(hit: Item) -> Sequence[Sequence[Cell]]:
    return [(hit["kind"], hit["id"], "; ".join(hit["words"]))]


@command("search", example="chronicle search massimov")
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most.")
@format_option
@pass_desk
def search(desk: Desk, form: str, words: Sequence[str], limit: int) -> None:
    """Find records by their names, titles, notes and other words."""
    with desk.open() as chronicle:
        hits = [hit.as_dict() for hit in chronicle.search(" ".join(words), limit)]

        def sheets() -> Iterable[Sheet]:
            return [Sheet(_HIT, [_found(hit)[0] for hit in hits])] if hits else []

        put(Report(hits, sheets, _HIT, _found, "hits"), form)
    more = f"; more with --limit {limit * 2}" if len(hits) == limit else ""
    say(f"{counted(len(hits), 'record')}{more}")
