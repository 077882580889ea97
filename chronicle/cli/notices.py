"""Notices: changes in words, as a newspaper prints its errata: what we held, what we hold, why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chronicle.answers import Ruling
from chronicle.canonical import dumps
from chronicle.changes import Changed, Errata
from chronicle.cli.cells import joined
from chronicle.cli.dated import dated
from chronicle.cli.naming import Naming, named
from chronicle.counts import counted
from chronicle.differences import Change
from chronicle.steps import Step

NEWS = "appears"
"""The kind of change that corrects nothing: something is known of what nothing was."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One change in words. `subject` is an id, all else as the names have it."""

    subject: str
    title: str
    slot: str
    kind: str
    held: str
    """What was held, "" where nothing was ever said."""
    holds: str
    source: str
    """In which it is held now."""
    why: str
    day: str | None
    """The day from which the first reason counts."""
    recorded_at: str | None
    """When the log took the first reason in."""
    mark: str
    """The same for the same change, whenever and wherever it is asked for."""


def notices(errata: Errata, naming: Naming) -> list[Notice]:
    """Return the changes in words."""
    return [_notice(one, naming) for one in errata.changes]


def naming_of(errata: Errata) -> Naming:
    """Return the names of the records that notices tell of."""
    return named(errata.after, set(_ids(errata.changes)))


def _ids(changes: Iterable[Changed]) -> Iterator[str]:
    for one in changes:
        yield one.change.subject
        yield from one.change.qualifiers.values()
        for ruling in filter(None, (one.change.held, one.change.holds)):
            yield from filter(None, (ruling.value, ruling.source, ruling.speaker))
        for step in one.reasons[:1]:
            yield from filter(None, (step.subject, step.value, step.source, step.speaker))
            yield from (*step.via, *(step.about or "").split())


def described(errata: Errata) -> str:
    """Return in words between which views the changes lie."""
    before, after = errata.before, errata.after
    one, other = before.as_dict(), after.as_dict()
    apart = [
        f"{clock} {one[clock] or 'all'} to {other[clock] or 'now'}"
        for clock in ("known", "recorded")
        if one[clock] != other[clock]
    ]
    alike = [
        f"{clock} {one[clock]}" for clock in ("known", "recorded") if _alike(one, other, clock)
    ]
    at = f"at {other['at']}" if after.scope.at_given else "now"
    return joined(*apart, at, *alike, f"by {other['policy']}")


def _alike(one: Mapping[str, object], other: Mapping[str, object], clock: str) -> bool:
    return one[clock] is not None and one[clock] == other[clock]


def _notice(changed: Changed, naming: Naming) -> Notice:
    change = changed.change
    reason = changed.reasons[0] if changed.reasons else None
    more = len(changed.reasons) - 1
    why = "" if reason is None else _why(reason, change, naming)
    return Notice(
        change.subject,
        naming.of(change.subject),
        naming.slot(change.property, change.qualifiers),
        change.kind,
        _told(change.before, change, naming, whence=True),
        _told(change.after, change, naming, whence=False),
        naming.of(change.holds.source if change.holds else None),
        joined(why, f"and {more} more" if more > 0 else "", mark="; "),
        None if reason is None else reason.known,
        None if reason is None else reason.recorded_at,
        _mark(change),
    )


def _told(ruling: Ruling | None, change: Change, naming: Naming, *, whence: bool) -> str:
    """Return what a side holds, and on whose word; "" for what no one had asked."""
    if ruling is None or ruling.standing == "unknown":
        return "" if change.kind == NEWS else "nothing"
    if ruling.claim is None:
        return f"nothing, it {'has ended' if ruling.standing == 'ended' else 'is denied'}"
    value = naming.value(change.property, ruling.value, none=ruling.none)
    if change.kind == "support":
        other = change.after if ruling is change.before else change.before
        return joined(value, *_grounds(ruling, other))
    plain = ruling.standing == "settled" and change.kind != "standing"
    text = joined(value, "" if plain else ruling.standing)
    said = joined(naming.voice(ruling.speaker), naming.of(ruling.source))
    return f"{text} ({said})" if whence else text


def _grounds(ruling: Ruling, other: Ruling | None) -> Iterator[str]:
    """Yield the grounds in which two rulings differ; all of them if they are alike in these."""
    own, theirs = _grounds_of(ruling), _grounds_of(other) if other else ()
    yield from [one for one in own if one not in theirs] or own


def _grounds_of(ruling: Ruling) -> tuple[str, ...]:
    return (
        f"{ruling.basis} by {ruling.claim}",
        f"last affirmed {ruling.last_affirmed}",
        counted(len(ruling.supporters), "supporter"),
        counted(len(ruling.rivals), "rival"),
    )


def _why(step: Step, change: Change, naming: Naming) -> str:
    """Return what a record did, in whose name, and why it was recorded."""
    said = joined(
        naming.voice(step.speaker, step.via),
        dated(step.asserted) if step.asserted else "",
        naming.of(step.source),
        step.locator,
    )
    did = _did(step, change, naming)
    reason = (step.reason or "").rstrip(".")
    return joined(f"{did} ({said})" if said else did, reason, mark=": ")


def _did(step: Step, change: Change, naming: Naming) -> str:
    about = [naming.of(one) for one in (step.about or "").split()]
    match step.kind:
        case "claim":
            return f"{step.record} {_claimed(step, change, naming, about)}"
        case "conflict":
            return f"{step.record}: {' and '.join(about)} cannot all hold"
        case "merge":
            not_one = "" if step.effect == "same" else "not "
            return f"{step.record}: {' and '.join(about)} are {not_one}one"
        case "policy":
            return f"the policy {step.record} orders the criteria anew"
    return f"{joined(*about, step.effect, mark=' ')} by {step.record}"


def _claimed(step: Step, change: Change, naming: Naming, about: Sequence[str]) -> str:
    """Return what a claim did, and what it says where that is not what is held now."""
    is_first = step.effect == "first report"
    did = "is the first report" if is_first else joined(step.effect, *about, mark=" ")
    if step.unknown or (change.holds is not None and change.holds.claim == step.record):
        return did
    value = naming.value(step.property, step.value, none=step.none, denies=step.denies)
    if step.property is not None and step.property != change.property:
        value = joined(naming.of(step.subject), naming.slot(step.property, {}), value, mark=" ")
    if change.kind == "ends" and step.valid:
        value = joined(value, dated(step.valid), mark=" ")
    return joined(f"says {value}", "" if step.effect in _PLAIN else did)


_PLAIN = ("first report", "confirms")
"""What a claim does by just saying so."""


def _mark(change: Change) -> str:
    sides = (
        None if one is None else [one.value, one.none, one.standing, one.claim]
        for one in (change.before, change.after)
    )
    slot = [change.subject, change.property, dict(change.qualifiers), change.slot_value]
    return hashlib.sha256(dumps([slot, *sides])).hexdigest()[:16]


def by_subject(some: Iterable[Notice]) -> dict[str, list[Notice]]:
    """Return notices in groups of one subject, in order."""
    groups: dict[str, list[Notice]] = {}
    for one in some:
        groups.setdefault(one.subject, []).append(one)
    return groups
