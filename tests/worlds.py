"""Small worlds of records: one with slots of every kind, and one that grows in chapters."""

from __future__ import annotations

from typing import Any

from tests.stories import assessment, claim, entity, property_, retraction, source, story

EVENT: dict[str, Any] = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "place": "almaty",
    "participants": [{"entity": "ada", "role": "witness"}, {"entity": "ben"}],
    "source": "press",
    "asserted": "2022-01-06",
}


def state_claim(subject: str, name: str, value: str, **fields: Any) -> dict[str, Any]:
    """Return a claim of a state since New Year, said in February."""
    made = {"id": f"{subject}-{name}-{value}", "valid": "2022-01-01/..", "said": "2022-02-01"}
    return claim(value, subject=subject, property=name, **(made | fields))


WORLD: list[dict[str, Any]] = [
    source(),
    source("wire"),
    *(entity(name) for name in ("ada", "ada-l", "ben", "almaty", "fort")),
    property_("status"),
    property_("office", datatype="entity", qualifiers=["role"]),
    property_("tongue", cardinality="many", qualifiers=["level"]),
    property_("height", datatype="quantity", temporal="fixed"),
    state_claim("ada", "status", "glad"),
    state_claim("ada", "status", "sad", source="wire", valid="2022-01-09/..", credibility="4"),
    state_claim("ada-l", "status", "tired", valid="2022-01-20/.."),
    state_claim("ben", "status", "nothing", id="ben-none"),
    state_claim("almaty", "status", "unclear", id="almaty-unclear"),
    state_claim("ada", "office", "fort", qualifiers={"role": "head"}),
    state_claim("ben", "office", "fort", qualifiers={"role": "deputy"}),
    state_claim("ben", "office", "almaty"),
    *(state_claim("ben", "tongue", value) for value in ("kazakh", "russian")),
    state_claim("ben", "tongue", "german", qualifiers={"level": "fluent"}),
    state_claim("ben", "tongue", "french", denies=True),
    claim("180.50", id="tall", subject="ben", property="height", said="2022-02-01"),
    EVENT,
    claim("2022-01-06", id="late", subject="fire", property="when", said="2022-02-01"),
]


REPLACED = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/   | 2022-01-06 | 4
    relieved | 2022-01-17/.. | 2022-01-17 | 1
"""

CHAPTERS: list[list[dict[str, Any]]] = [
    story(REPLACED),
    [
        retraction("replaced", "2022-02-01"),
        {
            "kind": "event",
            "id": "fire",
            "title": "Fire",
            "when": "2022-01-05",
            "source": "press",
            "asserted": "2022-01-06",
        },
    ],
    [assessment("relieved", "2022-02-01", rank="preferred")],
]
"""Three appends: a story of six records, what bears on it and an event, one assessment."""
