"""Showing one record: its entry, and every record that bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from chronicle import log
from chronicle.database import Database
from chronicle.errors import UnknownId
from chronicle.ids import near
from chronicle.payloads import Payload
from chronicle.schema import bearing, claim, entry
from chronicle.upcasts import climb
from chronicle.views import View

_RELATIONS = {"retraction": "retracts it", "assessment": "assesses it", "conflict": "conflict"}

_MERGES = {"same": "joins it", "distinct": "keeps it apart"}


@dataclass(frozen=True, slots=True)
class Related:
    """A record that bears on the one shown."""

    id: str
    kind: str
    relation: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with its header, and what bears on it."""

    position: int
    id: str
    kind: str
    recorded_at: str
    author: str
    message: str
    payload: Payload
    about: tuple[Related, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as JSON writes it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        plain["about"] = [
            {"id": one.id, "kind": one.kind, "relation": one.relation} for one in self.about
        ]
        return plain


def show(database: Database, view: View, name: str) -> Shown:
    """Return one record as the view's log holds it; `UnknownId` names near matches.

    A claim that an event states about itself is shown under the event's entry.
    """
    catalogue = view.reader.catalogue
    payload = catalogue.get(name)
    if payload is None:
        raise UnknownId(name, near(name, catalogue.ids_like(name)))
    with database.reading() as connection:
        found = _entry(connection, name) or _entry(connection, payload.get("subject", ""))
        if found is None:
            raise UnknownId(name)  # a property that is part of the software stands in no log
        about = [*_aimed(connection, view, name), *_revising(connection, view, payload)]
    about += [
        Related(one["id"], "merge", _MERGES[one.get("judgement", "same")])
        for one in view.reader.merges.judgements(name)
    ]
    return Shown(
        found.position,
        name,
        payload["kind"],
        found.recorded_at,
        found.author,
        found.message,
        climb(payload),
        tuple(about),
    )


def _entry(connection: Connection, name: str) -> log.Entry | None:
    row = connection.execute(select(entry).where(entry.c.id == name)).first()
    return None if row is None else log.Entry._make(row)


def _aimed(connection: Connection, view: View, name: str) -> list[Related]:
    """Return the retractions, assessments and conflicts that name a record."""
    query = (
        select(bearing.c.id, bearing.c.kind)
        .where(bearing.c.target == name, bearing.c.position <= view.scope.until)
        .order_by(bearing.c.position)
    )
    return [Related(row.id, row.kind, _RELATIONS[row.kind]) for row in connection.execute(query)]


def _revising(connection: Connection, view: View, payload: Payload) -> list[Related]:
    """Return the claims of the same topic that revise, answer or infer from a claim."""
    if payload["kind"] != "claim":
        return []
    query = select(claim.c.id).where(
        claim.c.subject.in_(view.reader.merges.members(payload["subject"])),
        claim.c.property == payload["property"],
        claim.c.position <= view.scope.until,
    )
    others = view.reader.details(connection.execute(query).scalars().all())
    found = []
    for name, other in sorted(others.items()):
        if other.get("revises", {}).get("claim") == payload["id"]:
            found.append(Related(name, "claim", f"{other['revises']['kind']} of it"))
        elif other.get("answers") == payload["id"]:
            found.append(Related(name, "claim", "answers it"))
        elif payload["id"] in other.get("inferred_from", ()):
            found.append(Related(name, "claim", "inferred from it"))
    return found
