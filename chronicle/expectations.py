"""Expectations: what a careful reader concludes at given dates, held against the rulings.

An expectation names a slot, and the value and standing that it should have at its own `at` and
`known`. Left out, the value means that nothing is believed; a standing left out may be any.

Expectations are records like any other: nothing takes one back. One that names what was known
holds whatever is said later; one that does not may be overtaken, and then fails for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chronicle import log
from chronicle.answers import Ruling
from chronicle.canonical import dumps
from chronicle.database import Database
from chronicle.errors import ExpectationsBroken
from chronicle.expected import Broken, Cause, Checked
from chronicle.liveness import Topic
from chronicle.payloads import Payload
from chronicle.testimony import NONE, Testimony, normal
from chronicle.views import View


def check_expectations(database: Database, view: View) -> Iterator[Checked]:
    """Yield every expectation beside its ruling, in the order of the log, as far as a view looks.

    The dates of the view stand in for those that an expectation leaves out; its own count else.
    """
    with database.reading() as connection:
        wanted = list(log.of_kind(connection, "expectation", view.scope.until))
        for one in wanted:
            yield _check(view.looking(one.get("at"), one.get("known")), one)


def uphold(database: Database, view: View, before: int) -> tuple[Checked, ...]:
    """Check every expectation, and refuse what broke one: `ExpectationsBroken` holds each.

    The view looks at the log with new records; `before` is the last position without them. An
    expectation among them has to hold; another one, if it held without them. One that failed
    before is no fault of these records: it is only returned, with those that hold.
    """
    checked = tuple(check_expectations(database, view))
    unmet = [one for one in checked if not one.holds]
    if unmet:
        earlier = view.earlier(before)
        held = {one.id: one.holds for one in check_expectations(database, earlier)}
        broken = [
            Broken(one, one.id not in held, tuple(_causes(one, view, earlier)))
            for one in unmet
            if held.get(one.id, True)
        ]
        if broken:
            raise ExpectationsBroken(broken)
    return checked


def _check(view: View, wanted: Payload) -> Checked:
    qualifiers = wanted.get("qualifiers", {})
    value = _normal(view, wanted)
    standing = wanted.get("standing")
    ruling = _ruling(view, wanted["subject"], wanted["property"], qualifiers, value)
    believed = ruling.claim is not None
    value_holds = believed and ruling.value == value if value is not None else not believed
    return Checked(
        wanted["id"],
        wanted["subject"],
        wanted["property"],
        qualifiers,
        view.scope.at_text if view.scope.at_given else None,
        view.scope.known_text,
        value,
        standing,
        ruling.value,
        ruling.none,
        ruling.standing,
        ruling.claim,
        wanted.get("note"),
        value_holds and standing in (None, ruling.standing),
    )


def _normal(view: View, wanted: Payload) -> str | None:
    """Return the expected value in the form that rulings have it in."""
    if "value" not in wanted:
        return None
    datatype = view.reader.properties[wanted["property"]].get("datatype", "text")
    value = normal(wanted["value"], datatype)
    return view.reader.merges.canonical(value) if datatype == "entity" else value


def _ruling(
    view: View, subject: str, name: str, qualifiers: Mapping[str, str], value: str | None
) -> Ruling:
    """Return the ruling for the slot; of many values the expected one, else one believed."""
    many = view.reader.properties[name].get("cardinality") == "many"
    if many and value is None:
        canonical = view.reader.merges.canonical
        merged = {key: canonical(text) for key, text in qualifiers.items()}
        found = [one for one in view.rulings(subject, name) if one.qualifiers == merged]
        if found:
            return found[0]
    return view.ruling(subject, name, qualifiers, value if many else None)


def _causes(one: Checked, view: View, earlier: View) -> Iterator[Cause]:
    """Yield the records that came since, and that bear on what an expectation is about.

    Claims come first: the winner, the rivals, those that support the winner, then what else is
    said in the slot or revises a claim of it.
    """
    here = view.looking(one.at, one.known)
    topic = here.bench(one.subject, one.property).topic
    yield from _claims(one, here, topic, earlier)
    judged = [each for part in _parts(topic) for each in _judgements(part, here.scope.known)]
    known = earlier.reader.details(cause.record for cause in judged)
    yield from (cause for cause in dict.fromkeys(judged) if cause.record not in known)
    yield from _merges(one, view, earlier)


def _parts(topic: Topic) -> Iterator[Topic]:
    yield topic
    yield from topic.foreign


def _claims(one: Checked, here: View, topic: Topic, earlier: View) -> Iterator[Cause]:
    ruling = _ruling(here, one.subject, one.property, one.qualifiers, one.expected_value)
    parts = dict.fromkeys((rival.claim for rival in ruling.rivals), "rival")
    parts |= dict.fromkeys(ruling.supporters, "supporter")
    if ruling.claim is not None:
        parts[ruling.claim] = "winner"
    items = {name: item for part in _parts(topic) for name, item in part.testimonies.items()}
    known = earlier.reader.details(items)
    new = [item for name, item in items.items() if name not in known]
    found = [(parts.get(item.id, "claim"), item) for item in new]
    for part, item in sorted(found, key=lambda pair: (_ORDER.index(pair[0]), pair[1].id)):
        if _bears(item, part, topic, here, ruling):
            value = "none" if item.value == NONE else item.value
            yield Cause(item.id, part, f"not {value}" if item.denies else value)


_ORDER = ("winner", "rival", "supporter", "claim")


def _bears(item: Testimony, part: str, topic: Topic, here: View, ruling: Ruling) -> bool:
    """Say whether a claim may have changed a ruling: it does not begin later, say."""
    if item.unknown or here.scope.known < item.said_first:
        return False
    if item.revises:
        return True
    if here.scope.at < item.span.first:
        return False
    if part != "claim":
        return True
    many = here.reader.properties[ruling.property].get("cardinality") == "many"
    slot = here.reader.merges.merged(dumps(dict(ruling.qualifiers)).decode())
    return not many and item.id in topic.testimonies and item.qualifiers == slot


def _judgements(topic: Topic, known: int) -> Iterator[Cause]:
    """Yield what bears on a topic from outside, by then."""
    bearing = topic.bearing
    for retraction in bearing.retractions:
        if retraction.erratum or retraction.said_last <= known:
            yield Cause(retraction.id, "retraction", retraction.target)
    for assessment in bearing.assessments:
        if assessment.said_last <= known:
            yield Cause(assessment.id, "assessment", assessment.target)
    for conflict in bearing.conflicts:
        yield Cause(conflict.id, "conflict", " and ".join(conflict.claims))


def _merges(one: Checked, view: View, earlier: View) -> Iterator[Cause]:
    named = (one.subject, one.value, one.expected_value, *one.qualifiers.values())
    merges = view.reader.merges
    records = [record for name in named if name for record in merges.judgements(name)]
    known = earlier.reader.details(record["id"] for record in records)
    for record in {record["id"]: record for record in records}.values():
        if record["id"] not in known:
            ids = (*record["from"], record["into"])
            yield Cause(record["id"], "merge", " and ".join(ids))
