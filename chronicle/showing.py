"""Showing one record: its entry, and every record that bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from chronicle import log
from chronicle.contradictions import Contradiction, contradictions
from chronicle.database import Database
from chronicle.errors import UnknownId
from chronicle.payloads import Payload
from chronicle.schema import bearing, claim, entry
from chronicle.upcasts import climb
from chronicle.views import View

_RELATIONS = {"retraction": "retracts it", "assessment": "assesses it", "conflict": "conflict"}

_MERGES = {"same": "joins it", "distinct": "keeps it apart"}

_OVERRULES = "overrules it"


@dataclass(frozen=True, slots=True)
class Related:
    """A record that bears on the one shown."""

    id: str
    kind: str
    relation: str
    reason: str | None = None
    """Why it was made, in the words of its maintainer."""
    ids: tuple[str, ...] = ()
    """Of a merge: the ids that it is about, the one that it makes of them last."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON writes it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "ids": list(self.ids)}


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
    read_as: str
    """The id that stands for it where it is read: its own, unless a merge joins it to another."""
    one_with: tuple[str, ...]
    """The other ids that merges make one with it."""
    contradictions: tuple[Contradiction, ...]
    """What is disputed only because of the merges that join it; of a merge, because of it."""

    def as_dict(self) -> dict[str, Any]:
        """Return the record as JSON writes it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        plain["one_with"] = list(self.one_with)
        for name in ("about", "contradictions"):
            plain[name] = [one.as_dict() for one in plain[name]]
        return plain


def show(database: Database, view: View, name: str) -> Shown:
    """Return one record as the view's log holds it; `UnknownId` names near matches.

    A claim that an event states about itself is shown under the event's entry.
    """
    payload = view.know(name, kinds=())
    with database.reading() as connection:
        found = _entry(connection, name) or _entry(connection, payload.get("subject", ""))
        if found is None:
            raise UnknownId(name)  # a property that is part of the software stands in no log
        about = [*_aimed(connection, view, name), *_revising(connection, view, payload)]
    merges = view.reader.merges
    about += [_merge(one) for one in merges.judgements(name)]
    about += [_merge(one, _OVERRULES) for one in merges.overruling(name)]
    joining = [name] if payload["kind"] == "merge" else [one["id"] for one in merges.joining(name)]
    return Shown(
        found.position,
        name,
        payload["kind"],
        found.recorded_at,
        found.author,
        found.message,
        climb(payload),
        tuple(about),
        merges.canonical(name),
        tuple(sorted(merges.members(name) - {name})),
        tuple(contradictions(database, view, joining)) if joining else (),
    )


def _merge(record: Payload, relation: str = "") -> Related:
    """Return a merge that is about an id; what it is to it is in its judgement, unless given."""
    relation = relation or _MERGES[record.get("judgement", "same")]
    ids = (*record["from"], record["into"])
    return Related(record["id"], "merge", relation, record.get("reason"), ids)


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
    rows = connection.execute(query).all()
    records = view.reader.details(row.id for row in rows)
    reasons = {one["id"]: one.get("reason") or one.get("note") for one in records.values()}
    return [Related(row.id, row.kind, _RELATIONS[row.kind], reasons.get(row.id)) for row in rows]


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
            revises = other["revises"]
            relation = f"{revises['kind']} of it"
            found.append(Related(name, "claim", relation, revises.get("reason")))
        elif other.get("answers") == payload["id"]:
            found.append(Related(name, "claim", "answers it"))
        elif payload["id"] in other.get("inferred_from", ()):
            found.append(Related(name, "claim", "inferred from it"))
    return found
