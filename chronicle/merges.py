"""Merges: which ids are one entity, as judged so far; applied on reading, nothing is rewritten.

Between two ids the latest judgement in the order of the log counts: a later `distinct` undoes
an earlier `same`. Ids joined by chains of `same` form a cluster, named by the id that merges
were made `into` (of several, the smallest).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from chronicle.canonical import dumps
from chronicle.testimony import Testimony


class Merges:
    """The clusters of a log's merge records. Never changes."""

    def __init__(self, records: Iterable[Mapping[str, Any]] = ()) -> None:
        """Read the payloads of merges in the order of the log."""
        latest: dict[frozenset[str], tuple[bool, str, Mapping[str, Any]]] = {}
        for record in records:
            same = record.get("judgement", "same") == "same"
            for other in record["from"]:
                latest[frozenset((record["into"], other))] = (same, record["into"], record)
        joined = {pair: made for pair, made in latest.items() if made[0]}
        self._members = _clusters(joined)
        heads = {made[1] for made in joined.values()}
        self._canonical = {
            member: min(heads & cluster) for cluster in self._members for member in cluster
        }
        self._judged = [(pair, made[2]) for pair, made in latest.items()]

    def __bool__(self) -> bool:
        """Whether any two ids are one."""
        return bool(self._canonical)

    def canonical(self, name: str) -> str:
        """Return the id that stands for an id."""
        return self._canonical.get(name, name)

    def members(self, name: str) -> frozenset[str]:
        """Return every id that is the same entity, the id itself included."""
        return next((one for one in self._members if name in one), frozenset((name,)))

    def judgements(self, name: str) -> list[Mapping[str, Any]]:
        """Return the merge records that count for any id of its cluster, as payloads."""
        members = self.members(name)
        found = [record for pair, record in self._judged if pair & members]
        return list({record["id"]: record for record in found}.values())

    def applied(self, item: Testimony, value_is_entity: bool) -> Testimony:
        """Return a testimony with its value and origins as the entities they are."""
        if not self._canonical:
            return item
        value = self.canonical(item.value) if value_is_entity else item.value
        origins = tuple(dict.fromkeys(self.canonical(name) for name in item.origins))
        return item._replace(value=value, origins=origins, qualifiers=self.merged(item.qualifiers))

    def merged(self, qualifiers: str) -> str:
        """Return qualifiers, as canonical JSON, with the entities among them as what they are.

        Without any it is "", which is how a slot without qualifiers is named.
        """
        if qualifiers in ("", "{}"):
            return ""
        if not self._canonical:
            return qualifiers
        named = orjson.loads(qualifiers)
        return dumps({name: self.canonical(value) for name, value in named.items()}).decode()


def _clusters(pairs: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    clusters: list[frozenset[str]] = []
    for pair in pairs:
        touching = [cluster for cluster in clusters if cluster & pair]
        clusters = [cluster for cluster in clusters if not cluster & pair]
        clusters.append(pair.union(*touching))
    return clusters
