"""Terms: values as RDF has them, names and literals, nothing rounded and nothing made up."""

from __future__ import annotations

import re

from rdflib import XSD, Literal, URIRef

from chronicle.exports.linked.vocabulary import EDTF, OWN, PREFIXES, RECORD, Term

# As RFC 3987 has it, but for what changes the direction of text, and for brackets.
_CHARACTER = (
    r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[\u00a0-\u200d\u2010-\u2027"
    r"\u202f-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff])"
)
_ADDRESS = re.compile(f"([A-Za-z][A-Za-z0-9+.-]*):{_CHARACTER}+(?:#{_CHARACTER}*)?\\Z")
_DAY = re.compile(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_SECOND = re.compile(
    r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?\Z"
)
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")


def text(value: str | None) -> Literal | None:
    """Return a text as it is."""
    return None if value is None else Literal(value)


def number(value: int | None) -> Literal | None:
    """Return a whole number."""
    return None if value is None else _typed(str(value), XSD.integer)


def flag(value: bool) -> Literal:
    """Return a truth value."""
    return _typed("true" if value else "false", XSD.boolean)


def date(value: str | None) -> Literal | None:
    """Return a date as written, EDTF."""
    return None if value is None else _typed(value, EDTF)


def moment(value: str | None) -> Literal | None:
    """Return a moment as the log writes it."""
    return None if value is None else _typed(value, XSD.dateTime)


def exact(value: str | None) -> Literal | None:
    """Return a date as a day or a second of XML Schema, if it is written as just that; else None.

    Only of the years 1 to 9999: before them, XML Schema counts the years in two ways.
    """
    if value is not None and _DAY.match(value):
        return _typed(value, XSD.date)
    return moment(value) if value is not None and _SECOND.match(value) else None


def ends(value: str | None) -> tuple[Literal | None, Literal | None]:
    """Return when a date begins and when it ends, as far as that is exact.

    A single date is only a beginning: that all is over with it is not said.
    """
    start, _, end = (value or "").partition("/")
    return exact(start), exact(end)


def address(value: str | None) -> Term | None:
    """Return where something is: as a name if it is a proper one, else the text as it is."""
    found = None if value is None else _ADDRESS.match(value)
    if value is None or found is None or found[1] in PREFIXES:
        return text(value)
    return URIRef(value)


def value_of(value: str | None, datatype: str) -> Term:
    """Return a value of a property by its datatype; None is that there is no value.

    A quantity is a decimal if it is one amount, plainly written; else it is a datatype of its own.
    """
    if value is None:
        return OWN.none
    if datatype == "entity":
        return RECORD[value]
    if datatype == "date":
        return _typed(value, EDTF)
    if datatype == "quantity":
        return _typed(value, XSD.decimal if _AMOUNT.match(value) else OWN.quantity)
    return Literal(value)


def _typed(value: str, datatype: URIRef) -> Literal:
    return Literal(value, datatype=datatype, normalize=False)
