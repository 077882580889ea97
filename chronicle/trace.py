"""Traces: how the answer for a topic changed, in the order in which it became known.

Each version is one claim, retraction or assessment: when it became known, what it said, who
said it in which source, what it did to the answer, and the best-known value after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chronicle.bearing import Assessment, Retraction
from chronicle.calendar import FOREVER, write_day
from chronicle.database import Database
from chronicle.liveness import Topic
from chronicle.payloads import Payload
from chronicle.slots import Slot
from chronicle.testimony import NONE, Testimony
from chronicle.views import Bench, View
from chronicle.voices import FIRM, voice_of

_REVISES = {"update": "updates", "correction": "corrects", "restatement": "restates"}


@dataclass(frozen=True, slots=True)
class Version:
    """One step in the history of an answer."""

    known: str
    """The day from which it counts, as `YYYY-MM-DD`; `asserted` says how closely that is known."""
    record: str
    """The claim, retraction or assessment."""
    kind: str
    subject: str
    property: str
    qualifiers: Mapping[str, str]
    value: str | None
    """The value that the claim is about, merges applied; None where there is none or it is not
    known."""
    denies: bool
    none: bool
    unknown: bool
    valid: str | None
    asserted: str | None
    source: str | None
    locator: str | None
    speaker: str | None
    via: tuple[str, ...]
    credibility: str
    effect: str
    """`first report`, `confirms`, `disputes`, `denies`, `updates`, `corrects`, `restates`,
    `withdrawn`, `assessed ...`, or `does not know`."""
    about: str | None
    """The record that it revises, answers, retracts or assesses."""
    reason: str | None
    best_value: str | None
    best_none: bool
    best_standing: str
    best_claim: str | None
    recorded_of: str
    """The subject that the claim names: the same as `subject`, or an id that is merged with it."""

    def as_dict(self) -> dict[str, Any]:
        """Return the version as JSON writes it."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in ((name, getattr(self, name)) for name in self.__slots__)
        }


def trace(
    database: Database,
    view: View,
    subject: str,
    name: str | None = None,
    where: Mapping[str, str] | None = None,
) -> list[Version]:
    """Return the versions of a topic, or of every topic of a subject, as the view reaches.

    What became known after the view's `known` is left out. The best-known value after a step is
    that of the view's `at` where one was asked for, else that of the step's own day.
    """
    if name is not None:
        wanted = [view.bench(subject, name).name]
    else:
        with database.reading() as connection:
            wanted = view.reader.names_of(connection, subject)
        if not wanted:
            view.know(subject)
    steps = [step for one in wanted for step in _of_topic(view, view.bench(*one))]
    steps.sort(key=lambda step: step[0])
    asked = view.reader.merges.meant(where or {}).items()
    return [version for _, version in steps if asked <= version.qualifiers.items()]


def _of_topic(view: View, bench: Bench) -> Iterator[tuple[int, Version]]:
    """Yield (known instant, version) of a topic; what is known after the view's end is left out."""
    topic = bench.topic
    bearing: list[Retraction | Assessment] = [
        *topic.bearing.retractions,
        *topic.bearing.assessments,
    ]
    details = view.reader.details([*topic.testimonies, *(one.id for one in bearing)])
    for item, effect, about in effects(topic, details, view.scope.known, many=bench.rules.many):
        known = min(item.said_day, view.scope.known)
        yield known, _step(view, bench, item, known, details[item.id], effect, about)
    for one in bearing:
        if one.said_last <= view.scope.known:
            step = _judged(view, bench, details[one.id], one.said_last)
            if step is not None:
                yield one.said_last, step


def effects(
    topic: Topic, details: Mapping[str, Payload], known: int, *, many: bool
) -> Iterator[tuple[Testimony, str, str | None]]:
    """Yield (claim, what it did, to which record) as the claims became known, up to an instant.

    `details` holds the payloads of the claims; those entered by mistake are left out.
    """
    seen: list[Testimony] = []
    for item in _in_order(topic):
        if item.said_first <= known and not _is_erratum(topic, item):
            yield item, *_effect(item, seen, details[item.id], many=many)
            seen.append(item)


def _in_order(topic: Topic) -> list[Testimony]:
    """Return the claims as they became known; of one day, a revision after what it revises."""

    def depth(item: Testimony) -> int:
        steps = 0
        while item.revises in topic.testimonies:
            item, steps = topic.testimonies[item.revises], steps + 1
        return steps

    return sorted(
        topic.testimonies.values(),
        key=lambda item: (item.said_first, item.said_last, depth(item), item.id),
    )


def _is_erratum(topic: Topic, item: Testimony) -> bool:
    """Say whether a claim was entered by mistake: then no known date ever held it."""
    found = (
        topic.bearing.retraction_of(target, -FOREVER)
        for target in (item.id, item.source, item.stated_by)
    )
    return any(one is not None and one.erratum for one in found)


def _effect(
    item: Testimony, seen: list[Testimony], payload: Payload, *, many: bool
) -> tuple[str, str | None]:
    """Say what a claim did, and to which record."""
    if item.unknown:
        return "does not know", None
    if item.revision:
        return _REVISES[item.revision], item.revises
    earlier = [one for one in seen if one.qualifiers == item.qualifiers and not one.unknown]
    if item.denies:
        denied = [one.id for one in earlier if one.value == item.value and not one.denies]
        return "denies", payload.get("answers") or (denied[-1] if denied else None)
    supporters = [one for one in earlier if one.value == item.value and not one.denies]
    if supporters:
        return "confirms", supporters[0].id
    others = [one for one in earlier if not one.denies and not many and _meet(one, item)]
    return ("disputes", others[-1].id) if others else ("first report", None)


def _meet(one: Testimony, other: Testimony) -> bool:
    """Say whether two claims speak of a common instant: else they tell of different times."""
    here, there = (voice_of(item, item.value, (FIRM, False, 3), FOREVER) for item in (one, other))
    return max(here.possible_from, there.possible_from) <= min(here.possible_to, there.possible_to)


def _step(
    view: View,
    bench: Bench,
    item: Testimony,
    known: int,
    payload: Payload,
    effect: str,
    about: str | None,
) -> Version:
    slot = _slot_of(bench, item)
    payload = view.reader.told(payload)
    return Version(
        known=write_day(known),
        record=item.id,
        kind="claim",
        subject=bench.name[0],
        property=bench.name[1],
        qualifiers=payload.get("qualifiers", {}),
        value=payload.get("value"),
        denies=item.denies,
        none=payload.get("none", False),
        unknown=item.unknown,
        valid=payload.get("valid"),
        asserted=payload["asserted"],
        source=payload["source"],
        locator=payload.get("locator"),
        speaker=payload.get("speaker"),
        via=tuple(payload.get("via", ())),
        credibility=payload.get("credibility", "3"),
        effect=effect,
        about=about,
        reason=payload.get("revises", {}).get("reason"),
        recorded_of=payload["subject"],
        **_best(view, bench, slot, known),
    )


def _best(view: View, bench: Bench, slot: Slot, known: int) -> dict[str, Any]:
    """Return the best-known value of a slot after what had become known by an instant."""
    at = view.scope.at if view.scope.at_given else known
    then = Bench(bench.name, bench.topic, bench.rules, replace(view.scope, at=at, known=known))
    verdict = then.verdict(slot)
    voice = verdict.voice
    return {
        "best_value": None if voice is None or voice.value == NONE else voice.value,
        "best_none": voice is not None and voice.value == NONE,
        "best_standing": verdict.standing,
        "best_claim": voice.id if voice else None,
    }


def _judged(view: View, bench: Bench, payload: Payload, said_last: int) -> Version | None:
    """Return the step of a retraction or assessment, on the slot of the claim it is about."""
    target = payload.get("retracts") or payload.get("claim")
    touched = [
        item
        for item in bench.topic.testimonies.values()
        if target in (item.id, item.source, item.stated_by)
    ]
    if not touched or payload.get("mode") == "erratum":
        return None
    item = max(touched, key=lambda one: (one.said_last, one.id))
    effect = "withdrawn" if payload["kind"] == "retraction" else assessed(payload)
    detail = view.reader.details([item.id])[item.id]
    step = _step(view, bench, item, said_last, detail, effect, target)
    return replace(
        step,
        record=payload["id"],
        kind=payload["kind"],
        asserted=payload.get("asserted"),
        source=payload.get("source"),
        locator=payload.get("locator"),
        speaker=payload.get("speaker"),
        reason=payload.get("reason"),
    )


def _slot_of(bench: Bench, item: Testimony) -> Slot:
    return Slot(item.qualifiers, item.value if bench.rules.many and item.value != NONE else "")


def assessed(payload: Payload) -> str:
    """Say what an assessment judged."""
    rank, credibility = payload.get("rank"), payload.get("credibility")
    parts = [rank] if rank else []
    parts += [f"credibility {credibility}"] if credibility else []
    return f"assessed {', '.join(parts)}"
