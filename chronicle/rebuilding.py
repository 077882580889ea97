"""Rebuilding: every projection thrown away and folded again from the log."""

from __future__ import annotations

from itertools import islice

from chronicle import index, log, painting, search
from chronicle.catalogue import Catalogue
from chronicle.database import Database
from chronicle.painting import Progress
from chronicle.upcasts import climb

_BATCH = 2000


def rebuild(database: Database, progress: Progress | None = None) -> int:
    """Rebuild the index, the map and the full-text index in one transaction.

    Returns how many topics were painted. The log itself is only read.
    """
    with database.writing() as connection:
        index.clear(connection)
        painting.clear(connection)
        search.clear(connection)
        catalogue = Catalogue(database)
        indexer = index.Indexer(connection, catalogue, {})
        stream = log.entries(connection)
        while batch := list(islice(stream, _BATCH)):
            indexer.fold([(entry.position, climb(entry.record())) for entry in batch])
        search.catch_up(connection)
        return painting.repaint(database, connection, progress)
