"""Packing: the files of an export while they are written, and how they come to their place.

Files are written into a folder of their own beside the place, and renamed when all of them are
whole: whatever goes wrong, there is what was there before, never half a file. What is no
ordinary file (a pipe, a device, standard output) cannot be renamed to; it is written as it comes.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from chronicle.errors import NotWritten

MANIFEST = "manifest.json"
"""The name of the manifest in a folder; beside a file it is what that name ends with."""

_BLOCK = 2**20

Lists = Callable[[Path], Collection[str]]
"""Returns the names of the files that a manifest lists; none if there is no manifest."""


class Package:
    """The files of one export while they are written."""

    def __init__(self, folder: Path, main: str = "", stream: BinaryIO | None = None) -> None:
        """Write into a folder. `main` names the file of a format that is one file.

        What goes to the main file goes to the stream, if there is one.
        """
        self._folder = folder
        self._main = main
        self._stream = stream
        self._open: list[io.TextIOWrapper[Any]] = []

    def text(self, name: str = "") -> TextIO:
        """Return a new file for text, the main one without a name: UTF-8, ends of lines kept."""
        opened: io.TextIOWrapper[Any]
        if self._stream is not None and not name:
            opened = io.TextIOWrapper(self._stream, encoding="utf-8", newline="")
        else:
            opened = self.path(name).open("w", encoding="utf-8", newline="")
        self._open.append(opened)
        return opened

    def path(self, name: str = "") -> Path:
        """Return where to write a file by other means, the main one without a name."""
        return self._folder / self.called(name)

    def called(self, name: str = "") -> str:
        """Return what a file is called: in a folder by its name, else after the main one."""
        return beside(self._main, name) if self._main and name else name or self._main

    def close(self) -> None:
        """Finish every file; what cannot be written any more raises `OSError`."""
        while self._open:
            opened = self._open.pop()
            if opened.buffer is self._stream:
                # The stream is not ours to close.
                opened.flush()
                opened.detach()
            else:
                opened.close()

    def files(self) -> dict[str, dict[str, Any]]:
        """Finish every file; return the size in bytes and the SHA-256 of each, by name."""
        self.close()
        return {path.name: weighed(path) for path in sorted(self._folder.iterdir())}


def beside(main: str, name: str) -> str:
    """Return what a file beside the main one is called."""
    return f"{main}.{name}"


def weighed(path: Path) -> dict[str, Any]:
    """Return the SHA-256 of a file, in hexadecimal digits, and its size in bytes."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"sha256": digest, "bytes": path.stat().st_size}


@contextmanager
def packed(
    path: Path, *, folder: bool, keep: Collection[Path] = (), lists: Lists = lambda _: ()
) -> Iterator[Package]:
    """Give the files of an export that comes to a path when left: whole, or not at all.

    A file is replaced, and so is a folder that holds only an export: `lists` returns the files
    that belong to one by its manifest. `keep` names files that are never written over.
    `NotWritten` says why it could not be: there is no such place, something else is there, or
    the disk is full.
    """
    place = Path(os.path.realpath(path))
    _check(place, folder=folder, keep=keep)
    if place.is_dir():
        _refuse_others(place, lists)
    as_it_comes = place.exists() and not (place.is_file() or place.is_dir())
    try:
        if as_it_comes:
            with place.open("wb") as stream, poured(stream) as package:
                yield package
            return
        with tempfile.TemporaryDirectory(prefix=f".{place.name}.", dir=place.parent) as aside:
            new = Path(aside) / "new"
            new.mkdir()
            package = Package(new, "" if folder else place.name)
            try:
                yield package
            finally:
                package.close()
            for one in new.iterdir():
                _onto_disk(one)
            if folder:
                _exchange(new, place, Path(aside) / "old")
            else:
                _put(new, place)
    except OSError as error:
        # What a pipe or a device has taken cannot be had back.
        left = "" if as_it_comes else "; nothing was written"
        raise NotWritten(f"{path}: {error.strerror or error}{left}") from error


@contextmanager
def poured(stream: BinaryIO) -> Iterator[Package]:
    """Give the files of an export of which the main one goes to a stream, the others nowhere."""
    with tempfile.TemporaryDirectory(prefix="chronicle-") as aside:
        package = Package(Path(aside), "export", stream)
        yield package
        package.close()
        if package.path().is_file():
            with package.path().open("rb") as written:
                shutil.copyfileobj(written, stream, _BLOCK)
        stream.flush()


def _check(place: Path, *, folder: bool, keep: Collection[Path]) -> None:
    if not place.parent.is_dir():
        raise NotWritten(f"{place}: there is no folder {place.parent}; make it first")
    if any(_is_same(place, one) for one in keep):
        raise NotWritten(f"{place} is the chronicle itself; name another file")
    if place.is_dir() and not folder:
        raise NotWritten(f"{place} is a folder; name a file in it")
    if folder and place.exists() and not place.is_dir():
        raise NotWritten(f"{place} is a file, and this format is several; name a folder")


def _is_same(place: Path, other: Path) -> bool:
    """Say whether two paths are of one file, whether it is there or may come to be."""
    if place.exists() and other.exists():
        return place.samefile(other)
    return place == Path(os.path.realpath(other))


def _refuse_others(folder: Path, lists: Lists) -> None:
    """Refuse a folder that holds other files than those of the export in it."""
    known = lists(folder / MANIFEST)
    others = sorted(path.name for path in folder.iterdir() if path.name not in known)
    if others:
        raise NotWritten(
            f"{folder} holds what is no export ({', '.join(others[:3])}); name another folder"
        )


def _onto_disk(path: Path) -> None:
    """Have the disk hold a file for good; a full one says so now at the latest."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _put(new: Path, place: Path) -> None:
    """Move files to their place, the main one before those beside it."""
    for one in sorted(new.iterdir(), key=lambda path: len(path.name)):
        one.replace(place.parent / one.name)


def _exchange(new: Path, place: Path, old: Path) -> None:
    """Put a folder in the place of another one, which goes aside."""
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
