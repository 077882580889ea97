"""Manifests: what an export was made from, and what it is made of.

A manifest names the log by its head and Merkle root, the view by its dates and policy, the
software, and the SHA-256 of every file. With it an export can be cited, and made again to be
compared. It holds nothing that differs from one machine to another, as the time of writing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from chronicle.errors import NotAnExport
from chronicle.exports.formats import Format, Head
from chronicle.exports.packing import MANIFEST, Package, beside

NUMBER = 1
"""The number of the form that manifests have."""

_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "manifest": int,
    "format": str,
    "syntax": str,
    "view": dict,
    "about": (str, type(None)),
    "since": (dict, type(None)),
    "software": dict,
    "libraries": dict,
    "files": dict,
}
"""The fields of a manifest, and what each holds."""

VIEW: Mapping[str, type | tuple[type, ...]] = {
    "at": str,
    "known": (str, type(None)),
    "recorded": (str, type(None)),
    "policy": str,
    "head": int,
    "root": str,
}
"""What it says of a view, and what each of that holds."""


def head_of(
    form: Format,
    name: str,
    syntax: str,
    view: Mapping[str, Any],
    about: str | None,
    since: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return what an export says of itself before its files are known."""
    return {
        "manifest": NUMBER,
        "format": name,
        "syntax": syntax,
        "view": {name: view[name] for name in VIEW},
        "about": about,
        "since": None if since is None else {name: since[name] for name in VIEW},
        "software": {"name": "chronicle", "version": installed("chronicle")},
        "libraries": versions(form),
    }


def versions(form: Format) -> dict[str, str]:
    """Return the versions of what may show in the bytes of a format, as they are here."""
    return {**{library: installed(library) for library in form.libraries}, **form.engines}


def installed(package: str) -> str:
    """Return the version of an installed package; "" if it is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def write(head: Head, package: Package) -> dict[str, Any]:
    """Write the manifest of a package whose files are finished; return it."""
    manifest = {**head, "files": package.files()}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    package.path(MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return manifest


def place_of(path: Path) -> tuple[Path, Path]:
    """Return the export that a path means (a file or a folder) and its manifest.

    The path may be that of the manifest itself. `NotAnExport` if there is none.
    """
    if path.is_dir():
        found = path, path / MANIFEST
    elif path.name == MANIFEST:
        found = path.parent, path
    elif path.name.endswith(f".{MANIFEST}"):
        found = path.with_name(path.name.removesuffix(f".{MANIFEST}")), path
    else:
        found = path, path.with_name(beside(path.name, MANIFEST))
    if not found[0].exists():
        raise NotAnExport(f"{found[0]}: there is no such file or folder")
    if not found[1].is_file():
        raise NotAnExport(
            f"{path} has no manifest ({found[1].name}) beside it; only an export that was written "
            "with -o can be checked"
        )
    return found


def read(path: Path) -> dict[str, Any]:
    """Return a manifest; `NotAnExport` says what is wrong with one that cannot be used."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotAnExport(f"{path} is no manifest: {error}") from error
    faults = _faults(manifest)
    if faults:
        raise NotAnExport(f"{path} is no manifest of this software: {'; '.join(faults)}")
    found: dict[str, Any] = manifest
    return found


def _faults(manifest: object) -> Sequence[str]:
    if not isinstance(manifest, dict):
        return ["it is no mapping"]
    faults = list(_misfits(manifest, _FIELDS))
    for name in ("view", "since"):
        if isinstance(manifest.get(name), dict):
            faults += [f"{name}.{fault}" for fault in _misfits(manifest[name], VIEW)]
    if not faults and manifest["manifest"] > NUMBER:
        faults.append("it was written by a newer version")
    return faults


def _misfits(
    told: Mapping[str, Any], fields: Mapping[str, type | tuple[type, ...]]
) -> Iterator[str]:
    """Yield the fields that are not there, or that hold something else."""
    for name, kind in fields.items():
        if not isinstance(told.get(name, ...), kind):
            yield f"{name} is missing or of another kind"


def listed(path: Path) -> set[str]:
    """Return the names of the files that a manifest lists, and its own; none if it is none."""
    try:
        return {*read(path)["files"], path.name}
    except NotAnExport:
        return set()
