"""Exported logs: the lines of a log as they are exported, for tests that read them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from chronicle import Chronicle
from chronicle.canonical import dumps
from chronicle.intake import read_copies
from chronicle.log import sealed
from chronicle.merkle import Frontier
from chronicle.receipts import Receipt
from chronicle.replicating import replicate
from chronicle.schema import tree_head

Line = dict[str, Any]


def exported(chronicle: Chronicle, after: int = 0) -> list[Line]:
    """Return the entries after a position, as the lines of an export hold them."""
    with chronicle.database.reading() as connection:
        query = select(tree_head.c.size, tree_head.c.root)
        roots = {size: root.hex() for size, root in connection.execute(query)}
    return [
        {
            "position": one.position,
            "kind": one.kind,
            "id": one.id,
            "schema": one.schema,
            "recorded_at": one.recorded_at,
            "author": one.author,
            "message": one.message,
            "salt": one.salt.hex(),
            "payload": one.record(),
            **({"root": roots[one.position]} if one.position in roots else {}),
        }
        for one in chronicle.log(after)
    ]


def logged(lines: Iterable[Line]) -> list[Line]:
    """Return lines as `chronicle log` prints them."""
    return [
        {name: part for name, part in line.items() if name not in ("schema", "salt", "root")}
        for line in lines
    ]


def proved(lines: Iterable[Line]) -> list[Line]:
    """Return lines with their roots worked out anew: a log that holds what they say."""
    frontier = Frontier()
    made = []
    for line in lines:
        names = ("position", "id", "kind", "schema", "recorded_at", "author", "message")
        a, b, c, d, e, f, g = (line[name] for name in names)
        payload = dumps(line["payload"])
        frontier.extend([sealed((a, b, c, d, e, f, g), bytes.fromhex(line["salt"]), payload).leaf])
        made.append({**line, "root": frontier.root().hex()} if "root" in line else line)
    return made


def write(name: str | Path, lines: Iterable[Mapping[str, Any] | str]) -> str:
    """Write lines to a file and return its name."""
    texts = [
        one
        if isinstance(one, str)
        else json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n"
        for one in lines
    ]
    Path(name).write_text("".join(texts), encoding="utf-8")
    return str(name)


def copy(chronicle: Chronicle, *paths: str, dry_run: bool = False) -> Receipt:
    """Replicate the lines of files."""
    return replicate(chronicle.database, read_copies(paths), dry_run=dry_run)
