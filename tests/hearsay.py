"""Random logs in which things are heard through others, and the logs that never heard of them.

What a log would be without an id is worked out here a second time, record by record and without
a thought for speed, so that it can be held against what the software leaves out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from hypothesis import strategies as st

from chronicle.merges import Merges
from tests.logs import DAYS, SAID, SUBJECT, logs
from tests.stories import merge
from tests.test_projections import sound

Payload = dict[str, Any]

TWIN = "twin"
"""Another subject, which may turn out to be the first one."""

_SOURCES: list[Payload] = [
    {"kind": "source", "id": "echo", "title": "Echo", "derives_from": ["press"]},
    {"kind": "source", "id": "far", "title": "Far", "derives_from": ["echo", "wire"]},
    {"kind": "source", "id": "farther", "title": "Farther", "derives_from": ["far", "copy"]},
]

_LINKS = st.lists(st.sampled_from(["ada", "ben", "wire", "echo", "far"]), max_size=2, unique=True)

_NAMES = st.sampled_from(["press", "wire", "copy", "echo", "far", "farther"])


@st.composite
def _attribution(draw: st.DrawFn, made: Payload) -> Payload:
    """Say of a record in whose name it is, if it does not say so."""
    said: Payload = {"source": draw(_NAMES)}
    speaker = draw(st.sampled_from(["", "", "ada", "ben"]))
    via = draw(_LINKS)
    return {**said, **({"speaker": speaker} if speaker else {}), **({"via": via} if via else {}),
            **{name: made[name] for name in made if name != "source"}}  # fmt: skip


@st.composite
def _event(draw: st.DrawFn) -> Payload:
    plain = {"kind": "event", "id": "fire", "title": "Fire", "asserted": draw(SAID)}
    said = {"when": draw(DAYS), "participants": [{"entity": "ada", "role": "witness"}]}
    return draw(_attribution({**plain, **said}))


@st.composite
def _about_the_fire(draw: st.DrawFn, number: int) -> Payload:
    claim = {"kind": "claim", "id": f"fire-{number}", "subject": "fire", "property": "when"}
    said = {"value": draw(DAYS), "asserted": draw(SAID)}
    return draw(_attribution({**claim, **said}))


@st.composite
def hearsay(draw: st.DrawFn) -> list[Payload]:
    """Draw a log in which claims are relayed, inferred, derived, merged and in conflict."""
    records = sound(draw(logs()))
    claims = [one for one in records if one["kind"] == "claim"]
    revised = {one["revises"]["claim"] for one in claims if "revises" in one}
    for number, one in enumerate(claims):
        one.update(draw(_attribution(one)))
        if number and draw(st.integers(0, 3)) == 0:
            one["inferred_from"] = [draw(st.sampled_from(claims[:number]))["id"]]
        if "revises" not in one and one["id"] not in revised and draw(st.integers(0, 3)) == 0:
            one["subject"] = TWIN
        elif number and draw(st.integers(0, 3)) == 0:
            one["answers"] = draw(st.sampled_from(claims[:number]))["id"]
    for one in records:
        if one["kind"] in ("retraction", "assessment") and draw(st.booleans()):
            one.update(draw(_attribution(one)))
    more: list[Payload] = [*_SOURCES, {"kind": "entity", "id": TWIN, "type": "person", "name": "T"}]
    fires = draw(st.integers(0, 2))
    more += [draw(_event()) for _ in range(min(fires, 1))]
    more += [draw(_about_the_fire(number)) for number in range(fires)]
    if fires:
        claims[0]["event"] = "fire"
        named = draw(st.sampled_from(["fire", "fire-0"]))
        more.append({"kind": "retraction", "id": "no-fire", "retracts": named, "mode": "withdrawn",
                     "asserted": draw(DAYS), "source": "farther"})  # fmt: skip
        more.append({"kind": "conflict", "id": "burnt", "claims": ["fire-0", claims[-1]["id"]]})
    if draw(st.booleans()):
        more.append(merge(*draw(st.sampled_from([("ada", "ben"), (SUBJECT, TWIN)]))))
    return records + more


def ids(records: Sequence[Payload]) -> list[str]:
    """Return the ids of a log that can be left out."""
    kinds = ("source", "entity", "event", "claim", "retraction", "assessment", "conflict")
    return [one["id"] for one in records if one["kind"] in kinds]


def gone(records: Sequence[Payload], named: str) -> set[str]:
    """Return what is gone where an id was never heard, the id and all it is merged with too."""
    merges = Merges([one for one in records if one["kind"] == "merge"])
    found = set(merges.members(named))
    while True:
        more = {one["id"] for one in records if one["id"] not in found and _falls(one, found)}
        if not more:
            return found
        found |= more


def _falls(one: Payload, found: Collection[str]) -> bool:
    if one["kind"] == "source":
        return bool(one.get("derives_from")) and set(one["derives_from"]) <= set(found)
    if one["kind"] == "conflict":
        return bool(set(one["claims"]) & set(found))
    if one["kind"] not in ("claim", "event", "retraction", "assessment"):
        return False
    links = {one.get("source"), one.get("speaker"), one.get("retracts"), one.get("claim")}
    return bool(links.union(one.get("via", ()), one.get("inferred_from", ())) & set(found))


def never_heard(records: Sequence[Payload], named: str) -> list[Payload]:
    """Return the log that never heard of an id.

    An event of which no record is left is still what others speak of: a bare entity.
    """
    lost = gone(records, named)
    kept = []
    for one in records:
        if one["id"] not in lost or one["kind"] in ("entity", "merge"):
            kept.append(_pruned(one, lost))
        elif one["kind"] == "event":
            bare = {"kind": "entity", "id": one["id"], "type": "event", "name": one["title"]}
            kept.append(bare)
    return kept


def _pruned(one: Payload, lost: Collection[str]) -> Payload:
    made = {name: value for name, value in one.items() if name not in ("answers", "event")}
    made |= {
        name: one[name] for name in ("answers", "event") if one.get(name, "") not in {"", *lost}
    }
    if made.get("revises", {}).get("claim") in lost:
        del made["revises"]
    if "derives_from" in made:
        made["derives_from"] = [name for name in made["derives_from"] if name not in lost]
    return made
