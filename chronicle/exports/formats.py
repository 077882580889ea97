"""Formats: what an export can be written as, found through entry points.

A format is an object of the shape of `Format`. A package of its own may add one: it registers the
object in the entry-point group `chronicle.exports` under the name of the format, and whoever
installs it has it beside the others.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from chronicle.errors import BadQuestion, MissingExtra, UnknownFormat
from chronicle.exports import items
from chronicle.exports.extract import Extract
from chronicle.exports.items import Group, Item
from chronicle.ids import near

if TYPE_CHECKING:
    from chronicle.exports.packing import Package

GROUP = "chronicle.exports"
"""The entry-point group of formats."""

Head = Mapping[str, Any]
"""What an export says of itself: its manifest without its files."""

TOLD = ("view", "about", "since", "software")
"""What of that a file may say of the export that it is part of; the rest is for the manifest."""


class Format(ABC):
    """One format. Items are made once, and laid out by the format alone.

    That is how the same view gives the same bytes, how changes are found, and how an export that
    is not what the log gives can name the record that differs.
    """

    about: ClassVar[str]
    """What it is, in a line, for those who choose."""
    syntaxes: ClassVar[Mapping[str, str]]
    """The syntaxes that it is written in, the usual one first, and the suffix of each file."""
    lands_whole: ClassVar[bool] = True
    """Whether an append is exported whole or not at all, as views see it; the log has each line."""
    folder: ClassVar[bool] = False
    """Whether it is several files, which stand in a folder; else its suffix ends a file."""
    binary: ClassVar[bool] = False
    """Whether it is no text."""
    libraries: ClassVar[tuple[str, ...]] = ()
    """The packages whose version may show in its bytes; they stand in the manifest."""
    engines: ClassVar[Mapping[str, str]] = {}
    """What is no package but may show as well, with its version: the engine beneath a package."""

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the items of an export in the fixed order of their groups."""
        return extract.groups()

    def changes(self, before: Extract, after: Extract) -> Iterator[Item]:
        """Yield what the later entries changed: items that are new or other, and removals."""
        if type(self).groups is Format.groups:
            # Of rows it is known which of them later entries can have changed.
            return after.changes(before)
        return items.changes(self.groups(before), self.groups(after))

    @abstractmethod
    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:
        """Lay the items out in the files of a package, in the syntax that the head names.

        Removals are marked so that a program can follow them. Nothing but the items and the head
        decides what is written, to the byte; the items are read once. Files of `package.text`
        are closed later, by whoever gave the package.
        """

    @abstractmethod
    def read(self, path: Path, head: Head) -> Iterator[Item]:
        """Yield the items of an export again, to compare them; what is missing there is left out.

        `path` is the file, or the folder. What cannot be read raises `ValueError`.
        """


def names() -> list[str]:
    """Return the names of the formats that are installed, in order."""
    return sorted(_found())


def described() -> Iterator[tuple[str, str, str]]:
    """Yield the name of each format, its syntaxes, and what it is or what it wants."""
    for name in names():
        try:
            form = find(name)
        except MissingExtra as error:
            yield name, "", f"needs {error.library}: pip install '{error.install}'"
        else:
            yield name, " ".join(form.syntaxes), form.about


def find(name: str) -> Format:
    """Return the format of a name.

    `UnknownFormat` names near matches; `MissingExtra` says how to install what it needs.
    """
    found = _found()
    if name not in found:
        raise UnknownFormat(name, near(name, found), sorted(found))
    point = found[name]
    try:
        loaded = point.load()
    except ModuleNotFoundError as error:
        raise MissingExtra(name, error.name or "", _extra_of(point)) from error
    if not isinstance(loaded, Format):
        raise BadQuestion(f"{point.value} is no format; ask those who made {_maker(point)}")
    return loaded


def syntax_of(form: Format, wanted: str | None, path: Path | None) -> str:
    """Return the syntax that is asked for: by name, by the suffix of the file, or the usual one.

    `BadQuestion` if the format has none of that name.
    """
    if wanted is not None:
        if wanted not in form.syntaxes:
            hints = near(wanted, form.syntaxes) or tuple(form.syntaxes)
            raise BadQuestion(f"no syntax {wanted!r} here; did you mean {' or '.join(hints)}?")
        return wanted
    suffix = "" if path is None else path.suffix.lower()
    return next((name for name, one in form.syntaxes.items() if one == suffix), _usual(form))


def _usual(form: Format) -> str:
    return next(iter(form.syntaxes))


def _found() -> dict[str, EntryPoint]:
    """Return the entry point of each format; `BadQuestion` if two packages claim one name."""
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        other = found.setdefault(point.name, point)
        if other.value != point.value:
            raise BadQuestion(
                f"{_maker(other)} and {_maker(point)} both bring a format {point.name!r}; "
                "uninstall one of them"
            )
    return found


def _maker(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def _extra_of(point: EntryPoint) -> str:
    """Return what to install for a format: its package with the extra of its name, if it has it."""
    maker = _maker(point)
    extras = point.dist.metadata.get_all("Provides-Extra") if point.dist is not None else None
    return f"{maker}[{point.name}]" if point.name in (extras or ()) else ""
