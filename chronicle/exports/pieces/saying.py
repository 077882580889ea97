"""Saying: what claims and rulings say, with names for ids, in rows that stand by themselves.

A citation is a mapping with the id of a `source`; nothing else in these rows has that key, so that
all that is cited can be found in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chronicle.exports.extract import Extract
from chronicle.exports.items import Row
from chronicle.exports.wording import amount, listed
from chronicle.ids import is_id

_DOUBTS: Mapping[str, str] = {
    "4": "doubtful",
    "5": "improbable",
    "6": "of a truth that cannot be judged",
}
"""What the Admiralty code says of a claim that it does not hold to be true or possible."""


class Saying:
    """Puts rows in words, with the names that an extract gives."""

    def __init__(self, extract: Extract) -> None:
        """Take the extract whose rows these are."""
        self._extract = extract
        self._reader = extract.view.reader

    def one(self, name: str) -> str:
        """Return the id that stands for an id, merges applied."""
        return self._reader.merges.canonical(name)

    def name(self, name: str) -> str:
        """Return what an id is called, merges applied; what is no id is itself."""
        if not is_id(name):
            return name
        found = self._extract.name_of(self.one(name))
        return _spelled(name) if found == name else found

    def author(self, source: str) -> str:
        """Return who speaks in a source: its authors, else its publisher, else its title."""
        record = self.record(source)
        authors = record.get("authors", ())
        if authors:
            return listed(authors)
        return str(record.get("publisher") or self._extract.name_of(source))

    def label(self, name: str) -> str:
        """Return what a property is called."""
        return str(self._reader.properties[name]["label"])

    def qualifiers(self, row: Row) -> list[list[str]]:
        """Return the qualifiers of a row, each with its value in words."""
        return [[_spelled(name), self.name(value)] for name, value in row["qualifiers"].items()]

    def value(self, row: Row) -> Row:
        """Return what a claim or a ruling says the value is; a date stays as it is written."""
        prop = self._reader.properties[row["property"]]
        datatype, value = prop.get("datatype", "text"), row["value"]
        denied = bool(row.get("denies"))
        if row.get("unknown"):
            return {"text": "not known", "date": None, "denied": False}
        if row.get("none"):
            return {"text": "none", "date": None, "denied": denied}
        text = str(value)
        if datatype == "entity":
            text = self.name(text)
        elif datatype == "quantity":
            text = amount(text, prop.get("unit"))
        elif datatype == "term":
            text = _spelled(text)
        return {"text": text, "date": text if datatype == "date" else None, "denied": denied}

    def record(self, name: str) -> Row:
        """Return a record by its id; an empty one where there is none."""
        return self._reader.catalogue.get(name) or {}

    def claim(self, name: str) -> Row:
        """Return a claim as rows have it, by its id."""
        record = self._reader.details([name])[name]
        row = {field: record.get(field) for field in _CLAIM}
        return {**row, **{field: record.get(field, one) for field, one in _UNSAID.items()}}

    def cited(self, row: Row) -> Row:
        """Return where a claim stands."""
        return {"source": row["source"], "locator": row["locator"]}

    def voice(self, row: Row) -> Row:
        """Return who makes a statement, how, and who relays it; relays that are sources cited."""
        return {
            "speaker": self.name(row["speaker"]) if row["speaker"] else None,
            "via": [self._relay(name) for name in row["via"]],
            "modality": row["modality"],
            "doubt": _DOUBTS.get(row["credibility"]),
        }

    def _relay(self, name: str) -> Row:
        record = self.record(name)
        if record.get("kind") != "source":
            return {"name": self.name(name)}
        return {"name": self.author(name), "cited": {"source": name, "locator": None}}

    def note(self, source: str) -> Row:
        """Return what a footnote says of a source."""
        record = self.record(source)
        plain = {name: record.get(name) for name in _NOTE}
        derived = [self._extract.name_of(name) for name in record.get("derives_from", ())]
        return {"id": source, **plain, "read": record.get("read", "yes"), "derives_from": derived}


_CLAIM = (
    "subject",
    "property",
    "value",
    "none",
    "unknown",
    "denies",
    "valid",
    "source",
    "locator",
    "speaker",
    "asserted",
    "note",
    "verbatim",
)

_UNSAID: Row = {"qualifiers": {}, "via": (), "credibility": "3", "modality": "stated"}
"""What a claim leaves unsaid, as it is meant."""

_NOTE = ("authors", "title", "publisher", "published", "medium", "url", "note")


def _spelled(text: str) -> str:
    """Return a term as people spell it: `on-leave` is `on leave`."""
    return text.replace("-", " ").replace("_", " ") if is_id(text) else text


def sources_in(row: Any) -> Iterator[str]:
    """Yield the ids of the sources that a row cites."""
    if isinstance(row, Mapping):
        if isinstance(row.get("source"), str):
            yield row["source"]
        for part in row.values():
            yield from sources_in(part)
    elif isinstance(row, Iterable) and not isinstance(row, str):
        for part in row:
            yield from sources_in(part)
