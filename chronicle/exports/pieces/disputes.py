"""Disputes: rulings that are disputed, each with all sides in a row that stands by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from chronicle.exports.items import Row
from chronicle.exports.pieces.saying import Saying


def anchor(ruling: Row) -> str:
    """Return the name under which a page can point to a dispute, the same in every export."""
    names = f"dispute-{ruling['subject']}-{ruling['property']}"
    if ruling["slot"].endswith(",{}]"):
        return names
    return f"{names}-{hashlib.sha256(ruling['slot'].encode()).hexdigest()[:8]}"


def dispute(saying: Saying, ruling: Row, event: Row | None) -> Row:
    """Return what is held in a disputed slot, who says so, and each rival with why it lost.

    `event` is the row of the event that the slot is of, if it is of one.
    """
    held = [ruling["claim"], *ruling["supporters"]]
    return {
        "anchor": anchor(ruling),
        "subject": saying.name(ruling["subject"]),
        "event": event["id"] if event else None,
        "first": event["when_first"] if event else None,
        "last": event["when_last"] if event else None,
        "label": saying.label(ruling["property"]),
        "qualifiers": saying.qualifiers(ruling),
        "basis": ruling["basis"],
        "last_affirmed": ruling["last_affirmed"],
        "held": {**saying.value(ruling), "claims": [_said(saying, name) for name in held]},
        "rivals": _rivals(saying, ruling),
        "conflicts": [_conflict(saying, name, held) for name in ruling["in_conflict"]],
    }


def _rivals(saying: Saying, ruling: Row) -> list[Row]:
    """Return the values that rivals are for, or against, each with the claims that say so."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for rival in ruling["rivals"]:
        claim = saying.claim(rival["claim"])
        value = saying.value({**claim, "value": rival["value"], "none": rival["value"] is None})
        side = found.setdefault(tuple(value.values()), {**value, "claims": []})
        side["claims"].append({**_said(saying, rival["claim"]), "reason": rival["reason"]})
    return list(found.values())


def _said(saying: Saying, name: str) -> Row:
    """Return what is told of a claim of a side: who said it, when, where, and in which words."""
    claim = saying.claim(name)
    return {
        "id": name,
        "author": saying.author(claim["source"]),
        "cited": saying.cited(claim),
        "voice": saying.voice(claim),
        **{field: claim[field] for field in ("asserted", "valid", "verbatim", "note")},
    }


def _conflict(saying: Saying, name: str, held: Iterable[str]) -> Row:
    """Return a conflict record with the other claims that it names."""
    record = saying.record(name)
    others = [one for one in record["claims"] if one not in held]
    return {
        "id": name,
        "note": record.get("note"),
        "claims": [_stated(saying, one) for one in others],
    }


def _stated(saying: Saying, name: str) -> Row:
    """Return what a claim of another slot says, and of what."""
    claim = saying.claim(name)
    return {
        "subject": saying.name(claim["subject"]),
        "label": saying.label(claim["property"]),
        "qualifiers": saying.qualifiers(claim),
        **saying.value(claim),
        **_said(saying, name),
    }
