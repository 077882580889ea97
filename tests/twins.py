"""Random logs about three entities, of which some may be one, for tests of merges."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.logs import SUBJECT, logs
from tests.stories import entity
from tests.test_projections import sound

Payload = dict[str, Any]

NAMES = (SUBJECT, "twin", "third")
"""The entities that claims are about."""

DEEDS = ("deed", "act")
"""Two events, in which two of the entities took part."""


@st.composite
def twins(draw: st.DrawFn) -> list[Payload]:
    """Draw a log whose claims are about three entities, some of them linked by a conflict.

    Two events are in it, and claims whose value and qualifier is an entity.
    """
    records = sound(draw(logs(most=7)))
    about = {one["id"]: draw(st.sampled_from(NAMES)) for one in records if one["kind"] == "claim"}
    told = [_told(one, about) for one in records]
    claims = list(about)
    if len(claims) > 1 and draw(st.booleans()):
        pair = draw(st.lists(st.sampled_from(claims), min_size=2, max_size=3, unique=True))
        told.append({"kind": "conflict", "id": "conflict-9", "claims": pair})
    office = {
        "kind": "property",
        "id": "office",
        "label": "office",
        "datatype": "entity",
        "qualifiers": ["of"],
    }
    seats = [draw(_seat(number)) for number in range(draw(st.integers(0, 3)))]
    deeds = [_deed(name, draw(st.sampled_from(NAMES)), draw(st.integers(1, 3))) for name in DEEDS]
    return [*(entity(name) for name in NAMES[1:]), *told, office, *seats, *deeds]


def _told(record: Payload, about: dict[str, str]) -> Payload:
    """Return a record about the entity that is drawn; a revision stays within one topic."""
    subject = about.get(record["id"])
    if subject is None:
        return record
    made = record | {"subject": subject}
    if about.get(made.get("revises", {}).get("claim"), subject) != subject:
        del made["revises"]
    return made


@st.composite
def _seat(draw: st.DrawFn, number: int) -> Payload:
    """Draw a claim that an entity holds the office of one entity in another."""
    day = draw(st.integers(1, 9))
    made: Payload = {
        "kind": "claim",
        "id": f"seat-{number}",
        "subject": "ada",
        "property": "office",
        "value": draw(st.sampled_from(NAMES)),
        "valid": draw(st.sampled_from([f"2022-01-0{day}", f"2022-01-0{day}/.."])),
        "asserted": "2022-01-09",
        "source": "press",
    }
    if draw(st.booleans()):
        made["qualifiers"] = {"of": draw(st.sampled_from(NAMES))}
    return made


def _deed(name: str, who: str, day: int) -> Payload:
    """Return an event of some day in which an entity took part."""
    return {
        "kind": "event",
        "id": name,
        "title": name,
        "when": f"2022-01-0{day}",
        "participants": [{"entity": who, "role": "doer"}],
        "source": "wire",
        "asserted": "2022-01-05",
    }
