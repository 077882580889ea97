"""From records to topics without a database, for tests of the reasoning alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chronicle.bearing import Assessment, Bearing, Conflict, Retraction
from chronicle.calendar import BEGINNING, FOREVER
from chronicle.dates import parse
from chronicle.liveness import Topic
from chronicle.merges import Merges
from chronicle.rules import Rules, rules_of
from chronicle.testimony import Testimony, testify

Payload = Mapping[str, Any]


def roots(sources: Mapping[str, Payload], source: str) -> list[str]:
    """Return the sources that a source goes back to, itself if it derives from none."""
    parents = sources[source].get("derives_from", ())
    return sorted({root for parent in parents for root in roots(sources, parent)}) or [source]


class Case:
    """A list of records as the reasoning sees it."""

    def __init__(self, records: Sequence[Payload]) -> None:
        """Index the records by kind and id."""
        self.of: dict[str, dict[str, Payload]] = {}
        for record in records:
            self.of.setdefault(record["kind"], {})[record["id"]] = record
        self.merges = Merges(dict(one) for one in self.of.get("merge", {}).values())

    def testimony(self, claim: Payload) -> Testimony:
        """Return a claim as testimony, merges applied."""
        prop = self.of["property"][claim["property"]]
        item = testify(claim, prop, lambda one: roots(self.of["source"], one), parse)
        return self.merges.applied(item, prop.get("datatype") == "entity")

    def bearing(self) -> Bearing:
        """Return every retraction, assessment and conflict."""
        return Bearing(
            [
                Retraction(
                    one["id"],
                    one["retracts"],
                    one["mode"] == "erratum",
                    parse(one["asserted"]).last if "asserted" in one else BEGINNING,
                )
                for one in self.of.get("retraction", {}).values()
            ],
            [
                Assessment(
                    one["id"],
                    one["claim"],
                    one.get("rank", ""),
                    int(one.get("credibility", 0)),
                    parse(one["asserted"]).last,
                )
                for one in self.of.get("assessment", {}).values()
            ],
            [
                Conflict(one["id"], tuple(one["claims"]))
                for one in self.of.get("conflict", {}).values()
            ],
        )

    def topics(self) -> dict[tuple[str, str], Topic]:
        """Return every topic, by subject and property."""
        found: dict[tuple[str, str], list[Testimony]] = {}
        for claim in self.of.get("claim", {}).values():
            subject = self.merges.canonical(claim["subject"])
            found.setdefault((subject, claim["property"]), []).append(self.testimony(claim))
        bearing = self.bearing()
        bare = {key: Topic(items, bearing) for key, items in found.items()}
        return {
            key: Topic(items, bearing, [topic for other, topic in bare.items() if other != key])
            for key, items in found.items()
        }

    def rules(self, name: str) -> Rules:
        """Return the rules of a property."""
        return rules_of(self.of["property"][name], self._within)

    def _within(self, entity: str) -> str | None:
        for member in self.merges.members(entity):
            container = self.of.get("entity", {}).get(member, {}).get("within")
            if container is not None:
                return self.merges.canonical(container)
        return None


def instant(text: str | None) -> int:
    """Return the last second of a date, or the end of time for None."""
    return FOREVER if text is None else parse(text).last
