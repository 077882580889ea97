"""Entities after merges, and values, for the slow reference implementation.

A payload is one record of the log; a log is the payloads in log order. Merges apply at every
known date. Quantities are exact decimals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any

Payload = Mapping[str, Any]
Log = Sequence[Payload]


def of_kind(records: Log, kind: str) -> Iterator[Payload]:
    """Walk the records of one kind, in log order."""
    return (record for record in records if record["kind"] == kind)


def find(records: Log, kind: str, name: str) -> Payload | None:
    """Find the record of that kind and id."""
    return next((record for record in of_kind(records, kind) if record["id"] == name), None)


# Entities after merges.


def joined(records: Log) -> dict[frozenset[str], str]:
    """Give the pairs of ids that are one entity, each with its `into`.

    For each pair the latest judgement in the log counts, whichever of the two is `into` there.
    """
    pairs: dict[frozenset[str], str] = {}
    for merge in of_kind(records, "merge"):
        for other in merge["from"]:
            pair = frozenset({merge["into"], other})
            pairs.pop(pair, None)
            if merge.get("judgement", "same") == "same":
                pairs[pair] = merge["into"]
    return pairs


def cluster(records: Log, name: str) -> set[str]:
    """Gather every id that is the same entity, the id itself included."""
    found = {name}
    while True:
        more = {each for pair in joined(records) if pair & found for each in pair}
        if more <= found:
            return found
        found |= more


def canonical(records: Log, name: str) -> str:
    """Give the id that stands for the entity: the `into`, of several the smallest."""
    members = cluster(records, name)
    return min((into for pair, into in joined(records).items() if pair <= members), default=name)


def inside(records: Log, part: str, whole: str) -> bool:
    """Tell whether one canonical entity lies within another, over any number of steps."""
    seen: set[str] = set()
    ahead = {part}
    while ahead:
        seen |= ahead
        members = {member for each in ahead for member in cluster(records, each)}
        outer = {
            canonical(records, entity["within"])
            for entity in of_kind(records, "entity")
            if entity["id"] in members and "within" in entity
        }
        ahead = outer - seen
        if whole in outer:
            return True
    return False


# Values.


def operator_and_number(text: str) -> tuple[str, Decimal]:
    """Take a quantity apart; the operator is empty for a bare number."""
    for operator in (">=", "<=", ">", "<", "~"):
        if text.startswith(operator):
            return operator, Decimal(text.removeprefix(operator).strip())
    return "", Decimal(text)


def without_zeros(number: Decimal) -> Decimal:
    """Drop the trailing zeros, exactly; zero has one form."""
    return number.normalize(Context(prec=1000)) if number else Decimal(0)


def normal_quantity(text: str) -> str:
    """Write a quantity as operator and decimal without trailing zeros: `164.0` is `164`."""
    if ".." in text:
        return "..".join(normal_quantity(part.strip()) for part in text.split("..", 1))
    operator, number = operator_and_number(text.strip())
    return f"{operator}{without_zeros(number):f}"


def quantity_range(text: str) -> tuple[Decimal, bool, Decimal, bool]:
    """Give the lowest and the highest number, each with whether it is itself inside."""
    if ".." in text:
        low, high = text.split("..", 1)
        return Decimal(low), True, Decimal(high), True
    operator, number = operator_and_number(text)
    endless = Decimal("Infinity")
    if operator == "~":
        # One unit of the last significant digit on each side: ~2500 is 2400 to 2600.
        exponent = without_zeros(number).as_tuple().exponent
        assert isinstance(exponent, int)
        unit = Decimal((0, (1,), exponent))
        return number - unit, True, number + unit, True
    if operator in (">", ">="):
        return number, operator == ">=", endless, True
    if operator in ("<", "<="):
        return -endless, True, number, operator == "<="
    return number, True, number, True


def ranges_meet(one: str, other: str) -> bool:
    """Tell whether two quantities can be the same number."""
    low, low_in, high, high_in = quantity_range(one)
    low2, low2_in, high2, high2_in = quantity_range(other)
    below = low < high2 or (low == high2 and low_in and high2_in)
    above = low2 < high or (low2 == high and low2_in and high_in)
    return below and above


def datatype(records: Log, name: str) -> str:
    """Give the datatype of a property."""
    return str((find(records, "property", name) or {}).get("datatype", "text"))


def normal(records: Log, name: str, text: str) -> str:
    """Give the normal form of a value of the property: two values are the same if these are."""
    kind = datatype(records, name)
    if kind == "quantity":
        return normal_quantity(text)
    return canonical(records, text) if kind == "entity" else text


def compatible(records: Log, name: str, one: str | None, other: str | None) -> bool:
    """Tell whether two normal forms can both be true; "no value" only with itself."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    kind = datatype(records, name)
    if kind == "quantity":
        return ranges_meet(one, other)
    if kind == "entity":
        return inside(records, one, other) or inside(records, other, one)
    return False
