"""`jsonl`: the log itself, an entry a line, which `append` reads again.

Appended to an empty database it gives the same best-known views; with `append --exact` the same
entries, positions and root, since a line has everything that a leaf of the Merkle tree commits to
and the salt. The root after each append stands on its last line. Of a view only `--recorded`
counts: the log is what it is at every date. About one entity the lines are an extract,
which can be appended but is not exact: what has to do with it, and all that those records name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from chronicle import log
from chronicle.errors import BadQuestion
from chronicle.exports.extract import Extract
from chronicle.exports.formats import Format, Head
from chronicle.exports.items import Group, Item, alone
from chronicle.exports.packing import Package
from chronicle.exports.related import recorded_about

_TABLE = "entries"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class JsonLines(Format):
    """The log, an entry a line."""

    about = "the log itself, an entry a line; append reads it again"
    syntaxes: ClassVar[Mapping[str, str]] = {"entries": ".jsonl"}
    lands_whole = False

    def groups(self, extract: Extract) -> Iterator[Group]:
        """Yield the entries in their order."""
        return map(alone, _entries(extract, 0))

    def changes(self, before: Extract, after: Extract) -> Iterator[Item]:
        """Yield the entries after a position: nothing of the log is ever taken away.

        `BadQuestion` for an extract, in which later entries make earlier ones belong.
        """
        if after.about is not None:
            raise BadQuestion(
                f"the lines about {after.about} cannot be followed; leave --since out, or --about"
            )
        return _entries(after, before.position)

    def write(self, found: Iterable[Item], head: Head, package: Package) -> None:  # noqa: ARG002  # lines say all
        """Write an entry a line; its payload as it is stored."""
        stream = package.text()
        for item in found:
            assert item.row is not None  # nothing of the log is removed
            stream.write(_line(dict(item.row)))

    def read(self, path: Path, head: Head) -> Iterator[Item]:  # noqa: ARG002  # lines say all
        """Yield the entries again."""
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                row["payload"] = _encode(row["payload"])
                yield Item(_TABLE, f"{row['position']:012}", row)


FORMAT = JsonLines()


def _line(row: dict[str, object]) -> str:
    payload, root = row.pop("payload"), row.pop("root", None)
    ending = f',"root":"{root}"' if root is not None else ""
    return f'{_encode(row)[:-1]},"payload":{payload}{ending}}}\n'


def _entries(extract: Extract, after: int) -> Iterator[Item]:
    """Yield the entries after a position, the last of each append with the root it made."""
    view, connection, about = extract.view, extract.connection, extract.about
    wanted = None if about is None else recorded_about(view, connection, about)
    roots = log.roots(connection) if wanted is None else {}
    for entry in log.entries(connection, after, view.scope.until):
        if wanted is None or entry.id in wanted:
            yield Item(_TABLE, f"{entry.position:012}", _row(entry, roots))


def _row(entry: log.Entry, roots: Mapping[int, bytes]) -> dict[str, object]:
    told = {name: getattr(entry, name) for name in _HEADER}
    row = {**told, "salt": entry.salt.hex(), "payload": entry.payload}
    root = roots.get(entry.position)
    return row if root is None else {**row, "root": root.hex()}


_HEADER = ("position", "kind", "id", "schema", "recorded_at", "author", "message")
