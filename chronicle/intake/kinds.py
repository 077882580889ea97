"""The kinds of records, the keys that group them in files, and near matches for other words.

Files group records under the plural of their kind. `statements` is no kind of the log but
shorthand: one attribution and the claims made in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from chronicle.ids import near

FieldTable = Mapping[str, frozenset[str]]
"""Which fields each kind of record takes."""

STATEMENT = "statement"

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "sources": "source",
        "entities": "entity",
        "properties": "property",
        "events": "event",
        "claims": "claim",
        "statements": STATEMENT,
        "retractions": "retraction",
        "assessments": "assessment",
        "merges": "merge",
        "conflicts": "conflict",
        "policies": "policy",
        "expectations": "expectation",
    }
)
"""The kind of the records that stand under each key of a document."""

KINDS = tuple(GROUPS.values())

DEFAULTS = "defaults"
"""The key of the fields that hold for every record of the document that leaves them out."""

ATTRIBUTION = ("source", "locator", "speaker", "via", "asserted", "credibility", "modality")
"""The fields that say who said something, where and when; claims inherit them."""


def suggestion(word: str, known: Collection[str], likeness: float = 0.6) -> str:
    """Say which known words look like the word, or else which there are; likeness is 0 to 1."""
    like = near(word, known, likeness=likeness)
    if like:
        return f"did you mean {' or '.join(like)}?"
    return f"expected one of {', '.join(known)}"
