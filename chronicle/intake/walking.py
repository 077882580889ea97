"""Paths to the files they name: folders are walked in order, other things are findings."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from chronicle.errors import Finding
from chronicle.intake.kinds import suggestion

YAML, JSON, LINES = "yaml", "json", "lines"

FORMATS = {".yaml": YAML, ".yml": YAML, ".json": JSON, ".jsonl": LINES, ".ndjson": LINES}
"""The format of a file by its ending, in lower case."""

_LIKENESS = 0.75
"""How much alike file names are, whose endings are alike anyway, before one is suggested."""

_ENDINGS = ", ".join(FORMATS)


def files_at(path: Path) -> Iterator[Path | Finding]:
    """Yield the file, or the files with a known ending in the folder and below it, sorted.

    In folders, hidden files and files with other endings are left aside, and a folder that
    links back to one above it is not entered again.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield _missing(path)
    except (OSError, ValueError) as error:
        yield unreadable(path, error)
    else:
        if stat.S_ISDIR(mode):
            yield from _files_below(path)
        elif not stat.S_ISREG(mode):
            todo = "save its content to a file, or use - for standard input"
            yield Finding("neither a file nor a folder", todo, file=str(path))
        elif path.suffix.lower() not in FORMATS:
            ending = f"the ending {path.suffix!r} is unknown" if path.suffix else "no ending"
            yield Finding(ending, f"files with records end in {_ENDINGS}", file=str(path))
        else:
            yield path


def unreadable(path: Path, error: Exception) -> Finding:
    """Return the finding for what the operating system does not let us read."""
    reason = getattr(error, "strerror", None) or str(error)
    return Finding(
        f"cannot be read: {reason}", "check the path and its permissions", file=str(path)
    )


def _missing(path: Path) -> Finding:
    """Return the finding for a path that is not there, with names like it beside it."""
    if path.is_symlink():
        return Finding("links to a file that is not there", "mend the link", file=str(path))
    try:
        names = sorted(item.name for item in path.parent.iterdir() if _is_wanted(item))
    except OSError:
        todo = f"there is no folder {str(path.parent)!r} either"
    else:
        todo = (
            suggestion(path.name, names, _LIKENESS)
            if names
            else "there are no records in that folder"
        )
    return Finding("no such file or folder", todo, file=str(path))


def _files_below(top: Path) -> Iterator[Path | Finding]:
    """Yield the files with records below a folder, or one finding that there are none."""
    found = False
    waiting: list[tuple[Path, tuple[str, ...]]] = [(top, ())]
    while waiting:
        path, above = waiting.pop()
        if not _is_folder(path):
            found = True
            yield from files_at(path)
            continue
        real = os.path.realpath(path)
        if real in above:
            continue
        try:
            inside = sorted(path.iterdir(), reverse=True)
        except OSError as error:
            found = True
            yield unreadable(path, error)
            continue
        waiting.extend((item, (*above, real)) for item in inside if _is_wanted(item))
    if not found:
        todo = f"files with records end in {_ENDINGS}"
        yield Finding("no file with records in this folder", todo, file=str(top))


def _is_wanted(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    return path.suffix.lower() in FORMATS or _is_folder(path)


def _is_folder(path: Path) -> bool:
    """Say whether the path is a folder; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False
