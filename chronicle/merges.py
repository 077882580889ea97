"""Merges: which ids are one entity, as judged so far; applied on reading, nothing is rewritten.

Between two ids the latest judgement in the order of the log counts: a later `distinct` undoes
an earlier `same`. Ids joined by chains of `same` form a cluster, named by the id that merges
were made `into` (of several, the smallest).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import orjson

from chronicle.canonical import dumps
from chronicle.payloads import Payload
from chronicle.testimony import Testimony


class Merges:
    """The clusters of a log's merge records. Never changes."""

    def __init__(self, records: Iterable[Payload] = ()) -> None:
        """Read the payloads of merges in the order of the log."""
        self._records = tuple(records)
        latest: dict[frozenset[str], tuple[bool, str, Payload]] = {}
        for record in self._records:
            same = record.get("judgement", "same") == "same"
            for other in record["from"]:
                latest[frozenset((record["into"], other))] = (same, record["into"], record)
        joined = {pair: made for pair, made in latest.items() if made[0]}
        clusters = _clusters(joined)
        heads = {made[1] for made in joined.values()}
        self._members = {member: cluster for cluster in clusters for member in cluster}
        self._canonical = {
            member: min(heads & cluster) for member, cluster in self._members.items()
        }
        self._judged = [(pair, made[2]) for pair, made in latest.items()]

    def __bool__(self) -> bool:
        """Whether any two ids are one."""
        return bool(self._canonical)

    @property
    def merged_ids(self) -> frozenset[str]:
        """Every id that is one with another."""
        return frozenset(self._members)

    def canonical(self, name: str) -> str:
        """Return the id that stands for an id."""
        return self._canonical.get(name, name)

    def members(self, name: str) -> frozenset[str]:
        """Return every id that is the same entity, the id itself included."""
        return self._members.get(name) or frozenset((name,))

    def judgements(self, name: str) -> list[Payload]:
        """Return the merge records that count for any id of its cluster, as payloads."""
        members = self.members(name)
        found = [record for pair, record in self._judged if pair & members]
        return list({record["id"]: record for record in found}.values())

    def joining(self, name: str) -> list[Payload]:
        """Return the records that make an id one with others, in the order of the log."""
        every = self.judgements(name)
        return [record for record in every if record.get("judgement", "same") == "same"]

    def overruling(self, name: str) -> list[Payload]:
        """Return the records that count instead of a merge record, for some of its ids."""
        own = next((record for record in self._records if record["id"] == name), None)
        pairs = set() if own is None else {frozenset((own["into"], one)) for one in own["from"]}
        found = [record for pair, record in self._judged if pair in pairs]
        return list({record["id"]: record for record in found if record["id"] != name}.values())

    def without(self, names: Container[str]) -> Merges:
        """Return the clusters had some merge records never been made, all others as they are.

        What they overruled counts again.
        """
        return Merges(record for record in self._records if record["id"] not in names)

    def members_unlike(self, other: Merges) -> set[str]:
        """Return the ids that are not one with the same ids elsewhere."""
        return {name for name, cluster in self._members.items() if other.members(name) != cluster}

    def applied(self, item: Testimony, value_is_entity: bool) -> Testimony:
        """Return a testimony with its value and origins as the entities they are."""
        if not self._canonical:
            return item
        value = self.canonical(item.value) if value_is_entity else item.value
        origins = tuple(dict.fromkeys(self.canonical(name) for name in item.origins))
        return item._replace(value=value, origins=origins, qualifiers=self.merged(item.qualifiers))

    def told(self, claim: Payload, value_is_entity: bool) -> Payload:
        """Return a claim's payload with its value and qualifiers as the entities they are.

        Its subject stays as recorded.
        """
        if not self._canonical:
            return claim
        told = dict(claim)
        if value_is_entity and "value" in claim:
            told["value"] = self.canonical(claim["value"])
        if "qualifiers" in claim:
            told["qualifiers"] = self.meant(claim["qualifiers"])
        return told

    def merged(self, qualifiers: str) -> str:
        """Return qualifiers, as canonical JSON, with the entities among them as what they are.

        Without any it is "", which is how a slot without qualifiers is named.
        """
        if qualifiers in ("", "{}"):
            return ""
        if not self._canonical:
            return qualifiers
        return dumps(self.meant(orjson.loads(qualifiers))).decode()

    def meant(self, qualifiers: Mapping[str, str]) -> dict[str, str]:
        """Return qualifiers with the entities among them as what they are."""
        return {name: self.canonical(value) for name, value in qualifiers.items()}


def _clusters(pairs: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    clusters: list[frozenset[str]] = []
    for pair in pairs:
        touching = [cluster for cluster in clusters if cluster & pair]
        clusters = [cluster for cluster in clusters if not cluster & pair]
        clusters.append(pair.union(*touching))
    return clusters
