"""Rulings as reports: the same items and columns wherever a view answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from chronicle.answers import FACTS, SAID, Ruling
from chronicle.cli.cells import Cell, joined, paired, qualified, readable, valued
from chronicle.cli.report import Item, Report, Sheet
from chronicle.views import View

COLUMNS = (*FACTS, "decided_by", "supporters", "rivals", "in_conflict")
"""The columns of a ruling in CSV."""

SAYING = (*SAID, "via")
"""The columns of what a claim says, and in whose name, in CSV."""


def flat(item: Item) -> Iterable[Sequence[Cell]]:
    """Return a ruling as one row of CSV."""
    plain: dict[str, Any] = {
        **item,
        "qualifiers": paired(item["qualifiers"]),
        "supporters": " ".join(item["supporters"]),
        "rivals": " ".join(rival["claim"] for rival in item["rivals"]),
        "in_conflict": " ".join(item["in_conflict"]),
    }
    return [[plain[name] for name in COLUMNS]]


def reported(
    view: View, rulings: Sequence[Ruling], sheets: Callable[[], Iterable[Sheet]]
) -> Report:
    """Return rulings as a report."""
    return Report(
        (one.as_dict() for one in rulings),
        sheets,
        COLUMNS,
        flat,
        "rulings",
        {"view": view.as_dict()},
    )


def sheet(rulings: Iterable[Ruling]) -> Sheet:
    """Return rulings as a table for people."""
    headings = ("subject", "property", "value", "standing", "basis", "said by, in")
    return Sheet(headings, (_row(one) for one in rulings))


def _row(one: Ruling) -> Sequence[Cell]:
    basis = one.basis
    if basis == "presumed":
        basis = f"presumed since {one.last_affirmed}"
    return (
        one.subject,
        qualified(one.property, one.qualifiers),
        readable(valued(one.value, none=one.none)),
        joined(one.standing, *(f"conflict {name}" for name in _conflicts(one))),
        basis,
        joined(one.speaker, one.source),
    )


def _conflicts(one: Ruling) -> Sequence[str]:
    """Return the conflict records that dispute a ruling; only a disputed one is asked for them."""
    return one.in_conflict if one.standing == "disputed" else ()


def described(view: View, undated: str = "now") -> str:
    """Return in words how a view looks at the log; `undated` says what it means without a date."""
    scope: Mapping[str, Any] = view.as_dict()
    return joined(
        f"at {scope['at']}" if view.scope.at_given else undated,
        f"known {scope['known']}" if scope["known"] else "",
        f"recorded {scope['recorded']}" if scope["recorded"] else "",
        f"by {scope['policy']}",
        f"{scope['head']} entries",
    )
