"""Search: names, aliases, titles and values by their words.

The full-text index (SQLite FTS5, PostgreSQL text search) is a projection with a position of its
own: it takes in what was appended since, before it answers, unless another process writes just
then. What is a word, and which letters are the same, is decided here and not by the database,
so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from chronicle import log, painting
from chronicle.database import Database
from chronicle.errors import BadQuestion
from chronicle.merges import Merges
from chronicle.payloads import Payload
from chronicle.upcasts import climb

SEARCH = "search"
"""The name of the index among the projections."""

_BATCH = 2000

_LONGEST_WORD = 200
"""The longest word to search for, in characters."""

_INSERT = text("INSERT INTO search (id, kind, words, folded) VALUES (:id, :kind, :words, :folded)")

_ASK_SQLITE = text(
    "SELECT id, kind, words FROM search WHERE search MATCH :wanted "
    "ORDER BY bm25(search), id LIMIT :most"
)

_ASK_POSTGRESQL = text(
    "SELECT id, kind, words FROM search "
    "WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', :wanted) "
    "ORDER BY ts_rank(to_tsvector('simple', folded), to_tsquery('simple', :wanted)) DESC, id "
    "LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record whose words match."""

    id: str
    kind: str
    words: str
    """Its names, titles or values, one a line."""
    read_as: str
    """The id that stands for it where it is read: its own, unless a merge joins it to another."""

    def as_dict(self) -> dict[str, Any]:
        """Return the hit as JSON writes it."""
        plain = {"id": self.id, "kind": self.kind, "read_as": self.read_as}
        return {**plain, "words": self.words.split("\n")}


_WORDS = {
    "source": ("title", "authors", "publisher"),
    "entity": ("name", "aliases", "identifiers", "description"),
    "property": ("label", "description", "values"),
    "event": ("title", "summary"),
    "claim": ("value", "verbatim"),
    "policy": ("label", "description"),
}


def words_of(payload: Payload) -> str:
    """Return what can be found of a record, one name, title or value a line; "" for nothing."""
    found: list[str] = []
    for name in _WORDS.get(payload["kind"], ()):
        found += _texts(payload.get(name))
    return "\n".join(dict.fromkeys(found))


def folded(words: str) -> list[str]:
    """Return the words of a text in small letters without diacritics: "Ábish's" gives abish, s."""
    parts = unicodedata.normalize("NFKD", words).casefold()
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", plain)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)


def catch_up(connection: Connection) -> int:
    """Take in the entries appended since; return how many. Needs the writing connection."""
    stream = log.entries(connection, painting.position(connection, SEARCH))
    done = 0
    last = 0
    while batch := list(islice(stream, _BATCH)):
        rows = list(rows_of(batch))
        if rows:
            connection.execute(_INSERT, rows)
        done += len(batch)
        last = batch[-1].position
    if done:
        painting.advance(connection, last, SEARCH)
    return done


def rows_of(entries: Iterable[log.Entry]) -> Iterator[dict[str, str]]:
    """Yield the rows that the index holds for some entries."""
    for entry in entries:
        words = words_of(climb(entry.record()))
        if words:
            yield {
                "id": entry.id,
                "kind": entry.kind,
                "words": words,
                "folded": " ".join(folded(words)),
            }


def search(database: Database, wanted: str, most: int = 50) -> list[Hit]:
    """Return the records that hold every word (or its beginning), best matches first.

    While another process writes, the index cannot take in what is new: that is read from the
    log instead, and stands after what the index finds.
    """
    words = folded(wanted)
    if not words:
        raise BadQuestion(f"nothing to search for in {wanted!r}; give a word or a name")
    if max(map(len, words)) > _LONGEST_WORD:
        raise BadQuestion(f"a word of more than {_LONGEST_WORD} letters; give its beginning")
    with database.reading() as connection:
        behind = painting.position(connection, SEARCH) < log.head(connection).size
    if behind:
        database.store(catch_up)
    with database.reading() as connection:
        found = _indexed(connection, words, most)
        found += islice(_not_indexed(connection, words), most - len(found))
        merges = Merges(log.of_kind(connection, "merge", log.head(connection).size))
        return [Hit(*one, merges.canonical(one[0])) for one in found]


_Found = tuple[str, str, str]
"""Id, kind and words of a record."""


def _indexed(connection: Connection, words: Sequence[str], most: int) -> list[_Found]:
    """Return the records that the index finds, best matches first."""
    if connection.dialect.name == "sqlite":
        statement, asked = _ASK_SQLITE, " ".join(f'"{word}"*' for word in words)
    else:
        statement, asked = _ASK_POSTGRESQL, " & ".join(f"{word}:*" for word in words)
    rows = connection.execute(statement, {"wanted": asked, "most": most})
    return [(row.id, row.kind, row.words) for row in rows]


def _not_indexed(connection: Connection, words: Sequence[str]) -> Iterator[_Found]:
    """Yield the records that match among those that the index has not taken in, as they came."""
    for row in rows_of(log.entries(connection, painting.position(connection, SEARCH))):
        held = row["folded"].split()
        if all(any(one.startswith(word) for one in held) for word in words):
            yield row["id"], row["kind"], row["words"]


def clear(connection: Connection) -> None:
    """Throw the index away."""
    connection.execute(text("DELETE FROM search"))
    painting.advance(connection, 0, SEARCH)
