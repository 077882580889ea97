"""Storing: the same claims into this log, and their payloads into one bare table.

These functions run in processes of their own; what they return are seconds.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import perf_counter


def into_chronicle(lines: str, database: str) -> float:
    """Append a file of JSON Lines to a new chronicle; what it takes to create it is not counted."""
    from chronicle import Chronicle
    from chronicle.entries import FIELDS
    from chronicle.intake import read

    with Chronicle.open(database) as chronicle:
        start = perf_counter()
        chronicle.append_drafts(read([lines], fields=FIELDS), by="benchmark")
        return perf_counter() - start


def into_bare_table(database: str, bare: str, claims: int) -> float:
    """Write the payloads of a chronicle's claims into a new file: one table, one transaction."""
    with closing(sqlite3.connect(database)) as source:
        payloads = source.execute("SELECT payload FROM entry WHERE kind = 'claim'").fetchall()
    assert len(payloads) == claims  # else the log was measured storing something else
    with closing(sqlite3.connect(bare)) as target:
        target.execute("CREATE TABLE payload (payload TEXT NOT NULL)")
        start = perf_counter()
        with target:
            target.executemany("INSERT INTO payload VALUES (?)", payloads)
        return perf_counter() - start
