"""Making exports: a view of a chronicle, in a format, at a place."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection

from chronicle import log
from chronicle.api import Chronicle
from chronicle.errors import BadQuestion
from chronicle.exports import formats, manifest
from chronicle.exports.extract import Extract, check_about
from chronicle.exports.formats import Format
from chronicle.exports.items import Item, flat
from chronicle.exports.packing import Package, packed, poured
from chronicle.views import View

Progress = Callable[[int], None]
"""Is told, now and then, how many items were made so far."""

_OFTEN = 1000
"""After how many items that is."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, and how."""

    name: str
    form: Format
    syntax: str
    view: View
    told: Mapping[str, Any]
    """How the view is told of: as when it was first exported, where it is made again."""
    about: str | None = None
    since: View | None = None
    """The view of the earlier export, where only what changed after it is wanted."""
    since_told: Mapping[str, Any] = field(default_factory=dict)

    def head(self) -> dict[str, Any]:
        """Return what the export says of itself before its files are known."""
        return manifest.head_of(
            self.form, self.name, self.syntax, self.told, self.about, self.since_told or None
        )

    def following(self, since: View, told: Mapping[str, Any]) -> Order:
        """Return the same order, of only what changed after an earlier export."""
        return replace(self, since=since, since_told=told)

    def write(self, package: Package, progress: Progress | None = None) -> None:
        """Write the files of the export, one state of the log throughout."""
        # Whatever ends the writing, what still reads is ended before its connection.
        with self.view.database.reading() as connection, closing(self._items(connection)) as found:
            told = found if progress is None else _counted(found, progress)
            self.form.write(told, self.head(), package)

    def _items(self, connection: Connection) -> Generator[Item, None, None]:
        extract = Extract(self.view, connection, self.about)
        if self.since is None:
            yield from flat(self.form.groups(extract))
            return
        position = self.since_told["head"]
        earlier = Extract(self.since, connection, self.about, position)
        yield from self.form.changes(earlier, extract)


def order(
    chronicle: Chronicle,
    name: str,
    path: Path | None = None,
    *,
    view: View | None = None,
    about: str | None = None,
    since: int | str | None = None,
    syntax: str | None = None,
) -> Order:
    """Return an order that was found to make sense.

    `UnknownFormat`, `MissingExtra`, `UnknownId`, or `BadQuestion`.
    """
    form = formats.find(name)
    looked = view or chronicle.view()
    if about is not None:
        check_about(looked, about)
    chosen = formats.syntax_of(form, syntax, path)
    plain = Order(name, form, chosen, looked, looked.as_dict(), about)
    return plain if since is None else _following(chronicle, plain, since)


def export(
    chronicle: Chronicle,
    name: str,
    path: str | Path,
    *,
    view: View | None = None,
    about: str | None = None,
    since: int | str | None = None,
    syntax: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Write an export to a file or a folder, with its manifest, and return that.

    `view` is what is exported, everything as of now unless given; `about` takes only what has
    to do with one entity. `since` is a position of the log, or the path of an earlier export:
    then only what the later entries changed is written. `syntax` is one of the format's own.
    `NotWritten` if it cannot be written; see `order` for what makes no sense.
    """
    place = Path(path)
    wanted = order(chronicle, name, place, view=view, about=about, since=since, syntax=syntax)
    kept = _own_files(chronicle)
    with packed(place, folder=wanted.form.folder, keep=kept, lists=manifest.listed) as package:
        wanted.write(package, progress)
        return manifest.write(wanted.head(), package)


def pour(wanted: Order, stream: BinaryIO, progress: Progress | None = None) -> None:
    """Write an export that is one file to a stream, as it comes and without a manifest.

    `BadQuestion` if it is several files.
    """
    if wanted.form.folder:
        raise BadQuestion(f"{wanted.name} is several files; name a folder for them with -o")
    with poured(stream) as package:
        wanted.write(package, progress)


def _counted(found: Iterable[Item], progress: Progress) -> Iterator[Item]:
    """Yield items, and tell now and then how many there were."""
    for number, item in enumerate(found, start=1):
        if number % _OFTEN == 0:
            progress(number)
        yield item


def _own_files(chronicle: Chronicle) -> list[Path]:
    """Return the files of an SQLite database, which no export may replace."""
    name = chronicle.database.url.database
    if not chronicle.database.is_sqlite or not name:
        return []
    return [Path(f"{name}{ending}") for ending in ("", "-wal", "-shm", "-journal")]


def _following(chronicle: Chronicle, plain: Order, since: int | str) -> Order:
    """Return the order of what changed since a position, or since an earlier export."""
    text = str(since).removeprefix("#")
    if text.isascii() and text.isdigit():
        scope = plain.view.scope
        if int(text) > scope.until:
            raise BadQuestion(f"--since {text}: the log has {scope.until} entries here")
        policy = scope.policy.id
        earlier = chronicle.view(scope.at_text, scope.known_text, f"#{text}", policy=policy)
        position = earlier.head.size if plain.form.lands_whole else int(text)
        told = {**plain.told, **_head_at(chronicle, position)}
        return plain.following(earlier, told)
    _, found = manifest.place_of(Path(text))
    told = manifest.read(found)
    for name, wanted in (("format", plain.name), ("about", plain.about)):
        if told[name] != wanted:
            raise BadQuestion(f"--since: the {name} of {since} is {told[name] or 'not named'}")
    return plain.following(rebuilt(chronicle, told["view"]), told["view"])


def rebuilt(chronicle: Chronicle, told: Mapping[str, Any]) -> View:
    """Return the view that a manifest tells of, of the log as it was then.

    `BadQuestion` if this log never had the root that it names.
    """
    if _head_at(chronicle, told["head"])["root"] != told["root"]:
        raise BadQuestion(
            f"this log did not have the root {told['root']} at {told['head']} entries; "
            "the export is of another one"
        )
    return chronicle.view(told["at"], told["known"], f"#{told['head']}", policy=told["policy"])


def _head_at(chronicle: Chronicle, position: int) -> dict[str, Any]:
    """Return the size of the log at a position and its root there, as views tell of them."""
    with chronicle.database.reading() as connection:
        head = log.head_at(connection, position)
    return {"head": head.size, "root": head.root.hex()}
