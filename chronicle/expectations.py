"""Expectations: what a careful reader concludes at given dates, held against the rulings.

An expectation names a slot, and the value and standing that it should have at its own `at` and
`known`. Left out, the value means that nothing is believed; a standing left out may be any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronicle import log
from chronicle.answers import Ruling
from chronicle.payloads import Payload
from chronicle.policies import BEST_KNOWN
from chronicle.testimony import normal
from chronicle.views import View

if TYPE_CHECKING:
    from chronicle.api import Chronicle


@dataclass(frozen=True, slots=True)
class Checked:
    """One expectation beside the ruling."""

    id: str
    subject: str
    property: str
    qualifiers: Mapping[str, str]
    at: str | None
    """The date that was looked at; None for now."""
    known: str | None
    """What was counted was said by this date; None for everything."""
    expected_value: str | None
    """None: that nothing is believed."""
    expected_standing: str | None
    """None: any."""
    value: str | None
    none: bool
    """Whether the ruling is that there is no value."""
    standing: str
    claim: str | None
    """The winning claim; None where nothing is believed."""
    note: str | None
    holds: bool
    """Whether all is as expected."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON writes it."""
        return {name: getattr(self, name) for name in self.__slots__}


def check_expectations(
    chronicle: Chronicle,
    at: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
    policy: str = BEST_KNOWN.id,
) -> Iterator[Checked]:
    """Yield every expectation in the log beside its ruling, in the order of the log.

    `at` and `known` stand in for those that an expectation leaves out; `recorded` cuts the log,
    its expectations included. Raises as `Chronicle.view` does.
    """
    base = chronicle.view(at, known, recorded, policy)
    views: dict[tuple[str | None, str | None], View] = {(at, known): base}
    with chronicle.database.reading() as connection:
        wanted = list(log.of_kind(connection, "expectation", base.scope.until))
    for one in wanted:
        dates = (one.get("at", at), one.get("known", known))
        if dates not in views:
            views[dates] = chronicle.view(*dates, recorded, policy)
        yield _check(views[dates], one, *dates)


def _check(view: View, wanted: Payload, at: str | None, known: str | None) -> Checked:
    qualifiers = wanted.get("qualifiers", {})
    value = _normal(view, wanted)
    standing = wanted.get("standing")
    ruling = _ruling(view, wanted, qualifiers, value)
    believed = ruling.claim is not None
    value_holds = believed and ruling.value == value if value is not None else not believed
    return Checked(
        wanted["id"],
        wanted["subject"],
        wanted["property"],
        qualifiers,
        at,
        known,
        value,
        standing,
        ruling.value,
        ruling.none,
        ruling.standing,
        ruling.claim,
        wanted.get("note"),
        value_holds and standing in (None, ruling.standing),
    )


def _normal(view: View, wanted: Payload) -> str | None:
    """Return the expected value in the form that rulings have it in."""
    if "value" not in wanted:
        return None
    datatype = view.reader.properties[wanted["property"]].get("datatype", "text")
    value = normal(wanted["value"], datatype)
    return view.reader.merges.canonical(value) if datatype == "entity" else value


def _ruling(
    view: View, wanted: Payload, qualifiers: Mapping[str, str], value: str | None
) -> Ruling:
    """Return the ruling for the slot; of many values the expected one, else one believed."""
    subject, name = wanted["subject"], wanted["property"]
    many = view.reader.properties[name].get("cardinality") == "many"
    if many and value is None:
        found = [one for one in view.rulings(subject, name) if one.qualifiers == qualifiers]
        if found:
            return found[0]
    return view.ruling(subject, name, qualifiers, value if many else None)
