"""Python mappings to drafts: the records of a program, in the same words as those of a file.

A mapping carries its `kind`, or is a whole document of groups. Amounts and dates are written
down as text; a float is refused, because its digits are not those that anybody stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from chronicle.errors import Finding
from chronicle.intake.building import DEEPEST
from chronicle.intake.grouping import drafts
from chronicle.intake.kinds import FieldTable
from chronicle.intake.located import Draft, FieldPath, Located, Place

FILE = "record"
"""What stands for the file in the place of a mapping; its position, from 1, is the line."""


MOST_DIGITS = 1000
"""The digits before or after the point that an amount may have."""


def drafts_from(
    mappings: Iterable[Mapping[str, object]] | Mapping[str, object], *, fields: FieldTable
) -> Iterator[Draft | Finding]:
    """Yield the drafts of the mappings, or of the one, and every fault; `fields` as for files."""
    given: Iterable[object] = [mappings] if isinstance(mappings, Mapping) else mappings
    for position, mapping in enumerate(given, start=1):
        place = Place(FILE, position)
        if not isinstance(mapping, Mapping):
            what = f"a record is a mapping of fields, not {_type(mapping)}"
            yield place.finding((), what, "give it as a dict with its kind")
            continue
        faults: list[Finding] = []
        value = _plain(mapping, (), place, faults)
        yield from faults
        yield from drafts(Located(value, position), FILE, fields)


def _plain(value: object, path: FieldPath, place: Place, faults: list[Finding]) -> object:
    """Return a copy in text, bools, None, lists and dicts; None for what is none of these."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if type(value) is str else str.__str__(value)
    if len(path) >= DEEPEST:
        todo = "no record needs that; does it hold itself?"
        faults.append(place.finding(path[:3], f"nested more than {DEEPEST} levels deep", todo))
        return None
    if isinstance(value, Mapping):
        return _dict(value, path, place, faults)
    if isinstance(value, (list, tuple)):
        return [_plain(part, (*path, at), place, faults) for at, part in enumerate(value)]
    return _scalar(value, path, place, faults)


def _dict(
    value: Mapping[object, object], path: FieldPath, place: Place, faults: list[Finding]
) -> dict[str, object]:
    copy: dict[str, object] = {}
    for name, part in value.items():
        if isinstance(name, str):
            copy[name] = _plain(part, (*path, name), place, faults)
        else:
            what = f"the name of a field is text, not {_type(name)}"
            faults.append(place.finding(path, what, "write the name as text"))
    return copy


def _scalar(value: object, path: FieldPath, place: Place, faults: list[Finding]) -> str | None:
    """Return an amount or a date as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, Decimal)) and _within_bounds(Decimal(value)):
        return format(Decimal(value), "f")
    if isinstance(value, (float, Decimal)):
        what, todo = "a float is no exact amount", f"write it as text, for example {str(value)!r}"
    else:
        what = f"{_type(value)} is nothing that a field holds"
        todo = "a field holds text, a bool, a list or a mapping"
    faults.append(place.finding(path, what, todo))
    return None


def _within_bounds(amount: Decimal) -> bool:
    """Say whether the amount is a number that can be written out."""
    return amount.is_finite() and abs(amount.adjusted()) <= MOST_DIGITS


def _type(value: object) -> str:
    return f"a value of type {type(value).__name__}"
