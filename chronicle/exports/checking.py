"""Checking: an export held against the log that it says it was made from.

It is made again from the log as it was then, and compared: byte for byte, and where that fails
record by record, so that what was changed can be named. Nothing in the export is trusted: who
changes a file and its hash in the manifest is found out too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chronicle.api import Chronicle
from chronicle.errors import BadQuestion, Finding
from chronicle.exports import formats, manifest
from chronicle.exports.items import Item
from chronicle.exports.making import Order, rebuilt
from chronicle.exports.packing import Package, weighed
from chronicle.views import View

_MOST = 20
"""Records that are named one by one."""

_EXPORT_AGAIN = "take it from where it was published, or export it again"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of holding an export against the log."""

    path: Path
    manifest: Mapping[str, Any]
    identical: bool
    """Whether every file is, to the byte, what the log gives."""
    findings: tuple[Finding, ...]
    """What is not as it should be."""
    others: Mapping[str, tuple[str, str]]
    """Software that wrote the export in another version than is here: (then, now) by name."""


def check(chronicle: Chronicle, path: str | Path) -> Checked:
    """Make an export again and compare; `path` is the file, the folder or the manifest.

    `NotAnExport` if there is none with a manifest; `UnknownFormat` or `MissingExtra` if it
    cannot be made here.
    """
    place, found = manifest.place_of(Path(path))
    told = manifest.read(found)
    form = formats.find(told["format"])
    others = dict(_versions(form, told))
    names = _Names(place, found, told)
    findings = list(names.faults())
    try:
        order = _order(chronicle, form, told)
    except BadQuestion as error:
        findings.append(
            Finding(str(error), "hold it against the log that it names", file=str(found))
        )
        return Checked(place, told, False, tuple(findings), others)
    with TemporaryDirectory(prefix="chronicle-") as aside:
        folder = Path(aside)
        package = Package(folder, "" if form.folder else names.main)
        order.write(package)
        package.close()
        identical = names.same_as(folder)
        if not identical:
            again = folder if form.folder else folder / names.main
            findings += _compared(form, told, place, again)
    if not identical and not findings and not others:
        findings.append(
            Finding(
                "its records are those of the log, but not its bytes",
                _EXPORT_AGAIN,
                file=str(place),
            )
        )
    return Checked(place, told, identical and not findings, tuple(findings), others)


def _versions(
    form: formats.Format, told: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the software of an export that is here in another version."""
    then = {told["software"].get("name", ""): told["software"].get("version", "")}
    now = {name: manifest.installed(name) for name in then} | manifest.versions(form)
    for name, version in (then | told["libraries"]).items():
        here = now.get(name, "")
        if here != version:
            yield name, (str(version), here)


def _order(chronicle: Chronicle, form: formats.Format, told: Mapping[str, Any]) -> Order:
    """Return the order that made an export; `BadQuestion` if this log cannot have."""
    view = rebuilt(chronicle, told["view"])
    since: View | None = None if told["since"] is None else rebuilt(chronicle, told["since"])
    syntax = formats.syntax_of(form, told["syntax"], None)
    order = Order(told["format"], form, syntax, view, told["view"], told["about"])
    return order if since is None else order.following(since, told["since"])


class _Names:
    """The files of an export, as its manifest names them and as they are there."""

    def __init__(self, place: Path, found: Path, told: Mapping[str, Any]) -> None:
        self._found = found
        self._listed: Mapping[str, Any] = told["files"]
        self._folder = place if place.is_dir() else place.parent
        self.main = "" if place.is_dir() else place.name

    def path(self, name: str) -> Path:
        """Return where a file is that the manifest names; renamed with its main file, if it was."""
        shortest = min(self._listed, key=len)
        if self.main and name.startswith(shortest):
            name = self.main + name.removeprefix(shortest)
        return self._folder / Path(name).name

    def faults(self) -> Iterator[Finding]:
        """Yield the files that are missing, altered, or not of the export."""
        for name, weight in sorted(self._listed.items()):
            path = self.path(name)
            if not path.is_file():
                yield Finding(
                    "the manifest names it, but it is not there", _EXPORT_AGAIN, file=str(path)
                )
            elif weighed(path) != weight:
                yield Finding(
                    "it is not the file that was exported: its SHA-256 is another", file=str(path)
                )
        if not self.main:
            known = {self.path(name) for name in self._listed} | {self._found}
            for path in sorted(set(self._folder.iterdir()) - known):
                yield Finding("it is no file of the export", "move it away", file=str(path))

    def same_as(self, folder: Path) -> bool:
        """Say whether the files are those in another folder, to the byte."""
        again = {path.name: weighed(path) for path in folder.iterdir()}
        there = [self._folder / name for name in again]
        listed = {self.path(name).name for name in self._listed}
        return listed == set(again) and all(
            path.is_file() and weighed(path) == again[path.name] for path in there
        )


def _compared(
    form: formats.Format, told: Mapping[str, Any], given: Path, again: Path
) -> Iterator[Finding]:
    """Yield how the records of an export differ from those that the log gives."""
    try:
        held = {item[:2]: _digest(item) for item in form.read(given, told)}
    except (ValueError, OSError) as error:
        yield Finding(
            f"it cannot be read as {told['format']}: {error}", _EXPORT_AGAIN, file=str(given)
        )
        return
    wanted: dict[Key, str] = {}
    for item in form.read(again, told):
        digest = _digest(item)
        if held.get(item[:2]) == digest:
            del held[item[:2]]
        else:
            wanted[item[:2]] = digest
    keys = sorted({*held, *wanted})
    if not keys:
        return
    theirs = _rows(form.read(given, told), keys[:_MOST])
    ours = _rows(form.read(again, told), keys[:_MOST])
    for key in keys[:_MOST]:
        yield from _differing(str(given), key, theirs.get(key), ours.get(key))
    if len(keys) > _MOST:
        yield Finding(f"{len(keys) - _MOST} more records differ", _EXPORT_AGAIN, file=str(given))


def _digest(item: Item) -> str:
    return hashlib.sha256(_text(item.row).encode()).hexdigest()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _rows(found: Iterator[Item], keys: Sequence[Key]) -> dict[Key, Mapping[str, Any]]:
    return {item[:2]: item.row or {} for item in found if item[:2] in keys}


def _differing(
    file: str, key: Key, given: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None
) -> Iterator[Finding]:
    """Yield a finding for each field that differs, or one for the whole record."""
    record = " ".join(key)
    if given is None:
        yield Finding("the log gives it, but it is not there", _EXPORT_AGAIN, record, file)
        return
    if wanted is None:
        yield Finding("it is there, but the log does not give it", _EXPORT_AGAIN, record, file)
        return
    for name in sorted({*given, *wanted}):
        one, other = given.get(name), wanted.get(name)
        if _text(one) != _text(other):
            what = f"{name} is {_short(one)}, the log gives {_short(other)}"
            yield Finding(what, _EXPORT_AGAIN, record, file)


def _short(value: object) -> str:
    text = _text(value)
    return text if len(text) <= 120 else f"{text[:120]}..."
