"""Checks: what one record says, held against the records that it names.

Everything here is a pure function from records to faults; a fault says what is wrong and what
to do. `known` takes an id to its record's payload, from the log or from the same append.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from chronicle import policies, quantities
from chronicle.calendar import BEGINNING, FOREVER
from chronicle.dates import Date, parse_once
from chronicle.entries import Fault
from chronicle.errors import DateError
from chronicle.events import BUILTIN
from chronicle.ids import near
from chronicle.references import Payload
from chronicle.valid import check_state, span

STANDINGS = ("settled", "disputed", "expected", "unconfirmed", "ended", "denied", "unknown")
"""What a ruling may stand at."""

Known = Mapping[str, Payload]
Dates = dict[str, Date]
Same = Callable[[str], str]
"""Takes an id to the id that stands for it after merges."""


def check(payload: Payload, known: Known, dates: Dates, same: Same, fault: Fault) -> None:
    """Note every fault of a record whose references are all known."""
    if payload["id"] in BUILTIN:
        fault(("id",), f"{payload['id']!r} is a property of the software", "take another id")
    _CHECKS.get(payload["kind"], _nothing)(payload, known, dates, same, fault)


def _nothing(_payload: Payload, _known: Known, _dates: Dates, _same: Same, _fault: Fault) -> None:
    """Find no fault: some kinds have none beyond their fields and references."""


def property_of(payload: Payload, known: Known) -> Payload:
    """Return the property that a claim or expectation speaks of, the built-in ones too."""
    name = payload["property"]
    return BUILTIN[name] if name in BUILTIN else known[name]


def default_asserted(payload: Any, known: Known, fault: Fault) -> None:
    """Write the assertion time of an attributed record that states none: its source's date."""
    if "asserted" in payload or payload.get("mode") == "erratum":
        return
    source = known.get(payload.get("source", ""))
    if source is not None and "published" in source:
        payload["asserted"] = source["published"]
    elif source is None:
        fault(("asserted",), "asserted is missing", "say when it was said, or name its source")
    else:
        fault(
            ("asserted",),
            f"asserted is missing, and source {source['id']!r} has no published date",
            "give one of the two",
        )


def _check_claim(payload: Payload, known: Known, dates: Dates, same: Same, fault: Fault) -> None:
    prop = property_of(payload, known)
    _check_asserted(payload, dates, fault)
    _check_value(payload, prop, fault, dates)
    _check_valid(payload, prop, dates, fault)
    _check_qualifiers(payload, prop, fault)
    if payload.get("none") and payload.get("denies") and prop.get("cardinality") == "many":
        fault(("denies",), "denies that there is no value", "claim the values that there are")
    if "revises" in payload:
        old = known[payload["revises"]["claim"]]
        if _is_revision(payload, old, same, fault) and prop.get("temporal") != "fixed":
            _check_update(payload, old, dates, fault)


def _check_asserted(payload: Payload, dates: Dates, fault: Fault) -> None:
    if "asserted" not in payload:
        return
    date = parse_once(payload["asserted"], dates)
    if date.is_open:
        fault(("asserted",), f"{date.text!r} is open", "give a date, or [a..b] for some time in it")


def _check_value(payload: Payload, prop: Payload, fault: Fault, dates: Dates) -> None:
    value, datatype = payload.get("value"), prop.get("datatype", "text")
    if value is None:
        return
    if datatype == "term":
        terms = [term["value"] for term in prop.get("values", ())]
        if value not in terms:
            hints = near(value, terms) or tuple(terms)
            fault(
                ("value",),
                f"{value!r} is no value of property {prop['id']!r}",
                f"expected {' or '.join(hints)}; a new term is a new property record",
            )
    elif datatype == "quantity":
        try:
            quantities.parse(value)
        except ValueError as error:
            fault(("value",), str(error))
    elif datatype == "date":
        try:
            parse_once(value, dates)
        except DateError as error:
            fault(("value",), str(error))


def _check_valid(payload: Payload, prop: Payload, dates: Dates, fault: Fault) -> None:
    fixed = prop.get("temporal") == "fixed"
    if "valid" not in payload:
        if not fixed:
            fault(
                ("valid",),
                f"valid is missing: property {prop['id']!r} is a state",
                "say when it held: a day, A/.. (still so), A/ (how long is not said), /B (ended)",
            )
        return
    if fixed:
        fault(("valid",), f"property {prop['id']!r} is fixed", "leave valid out")
        return
    try:
        check_state(parse_once(payload["valid"], dates))
    except DateError as error:
        fault(("valid",), str(error))


def _check_qualifiers(payload: Payload, prop: Payload, fault: Fault) -> None:
    allowed = prop.get("qualifiers", ())
    for name in payload.get("qualifiers", {}):
        if name not in allowed:
            hints = near(name, allowed) or tuple(allowed)
            todo = f"expected {' or '.join(hints)}" if hints else "it takes none"
            fault(("qualifiers", name), f"property {prop['id']!r} has no such qualifier", todo)


def _is_revision(payload: Payload, old: Payload, same: Same, fault: Fault) -> bool:
    """Say whether both claims are of one subject and property, and note what is wrong."""
    if payload.get("unknown"):
        fault(("revises",), "a source that does not know revises nothing", "record a retraction")
    for name, other in (("subject", old["subject"]), ("property", old["property"])):
        if same(payload[name]) != same(other):
            fault(
                ("revises", "claim"),
                f"{old['id']!r} has the {name} {other!r}, this claim {payload[name]!r}",
                "a revision is of the same subject and property",
            )
            return False
    if payload["revises"]["kind"] == "restatement":
        for name in ("qualifiers", "denies"):
            if payload.get(name) != old.get(name):
                fault(
                    ("revises", "kind"),
                    f"{name} differ from those of {old['id']!r}",
                    "a restatement is the same fact in other words; is it a correction?",
                )
    return True


def _check_update(payload: Payload, old: Payload, dates: Dates, fault: Fault) -> None:
    if payload["revises"]["kind"] != "update":
        return
    try:
        new_first = span(parse_once(payload["valid"], dates)).first
        old_first = span(parse_once(old["valid"], dates)).first
    except (DateError, KeyError):
        return  # that date has a finding of its own
    if new_first < old_first:
        fault(
            ("revises", "kind"),
            f"{payload['valid']} begins before {old['id']!r}, which is valid {old['valid']}",
            "an update tells how the world changed later; is it a correction?",
        )


def _check_attributed(
    payload: Payload, _known: Known, dates: Dates, _same: Same, fault: Fault
) -> None:
    _check_asserted(payload, dates, fault)


def _check_event(payload: Payload, _known: Known, dates: Dates, _same: Same, fault: Fault) -> None:
    _check_asserted(payload, dates, fault)
    participants = payload.get("participants", ())
    for number, participant in enumerate(participants):
        if participant in participants[:number]:
            who = participant["entity"]
            fault(("participants", number), f"{who!r} stands twice", "name it once in each role")


def _check_source(payload: Payload, _known: Known, dates: Dates, _same: Same, fault: Fault) -> None:
    _check_asserted(
        {"asserted": payload["published"]} if "published" in payload else {},
        dates,
        lambda _path, what, todo="": fault(("published",), what, todo),
    )


def _check_property(
    payload: Payload, _known: Known, _dates: Dates, _same: Same, fault: Fault
) -> None:
    is_term = payload.get("datatype") == "term"
    if is_term != ("values" in payload):
        todo = "list its values" if is_term else "leave values out, or make the datatype term"
        fault(("values",), f"datatype is {payload.get('datatype', 'text')}", todo)
    terms = [term["value"] for term in payload.get("values", ())]
    for term in sorted({term for term in terms if terms.count(term) > 1}):
        fault(("values",), f"value {term!r} stands twice", "name it once")


def _check_policy(
    payload: Payload, _known: Known, _dates: Dates, _same: Same, fault: Fault
) -> None:
    for number, what, todo in policies.check(payload["criteria"]):
        fault(("criteria", number), what, todo)


def _check_merge(payload: Payload, _known: Known, _dates: Dates, _same: Same, fault: Fault) -> None:
    if payload["into"] in payload["from"]:
        fault(("from",), f"{payload['into']!r} stands on both sides", "name the other ids only")


def _check_conflict(
    payload: Payload, _known: Known, _dates: Dates, _same: Same, fault: Fault
) -> None:
    if len(set(payload["claims"])) < len(payload["claims"]):
        fault(("claims",), "the same claim stands twice", "name each claim once")


def _check_expectation(
    payload: Payload, known: Known, dates: Dates, _same: Same, fault: Fault
) -> None:
    prop = property_of(payload, known)
    _check_value(payload, prop, fault, dates)
    _check_qualifiers(payload, prop, fault)
    for name in ("at", "known"):
        if name in payload and parse_once(payload[name], dates).last in (BEGINNING, FOREVER):
            fault((name,), f"{payload[name]!r} is open", "give a date that ends")
    standing = payload.get("standing")
    if standing is not None and standing not in STANDINGS:
        hints = near(standing, STANDINGS) or STANDINGS
        fault(("standing",), f"no standing {standing!r}", f"expected {' or '.join(hints)}")


_CHECKS: Mapping[str, Callable[[Payload, Known, Dates, Same, Fault], None]] = {
    "source": _check_source,
    "property": _check_property,
    "event": _check_event,
    "claim": _check_claim,
    "retraction": _check_attributed,
    "assessment": _check_attributed,
    "policy": _check_policy,
    "merge": _check_merge,
    "conflict": _check_conflict,
    "expectation": _check_expectation,
}

_CIRCLES: Mapping[str, tuple[str, ...]] = {
    "source": ("derives_from",),
    "entity": ("within",),
    "claim": ("revises", "inferred_from", "answers"),
    "retraction": ("retracts",),
}


def circles(payloads: Iterable[Payload]) -> list[tuple[str, str]]:
    """Return (id, field) of each record that leads back to itself through one of its fields.

    What the log holds names only what came before it or with it, so a new circle is closed
    among the records of one append.
    """
    found = []
    steps: dict[str, dict[str, Sequence[str]]] = {}
    for payload in payloads:
        for name in _CIRCLES.get(payload["kind"], ()):
            if name in payload:
                steps.setdefault(name, {})[payload["id"]] = _onward(payload[name])
    for name, graph in steps.items():
        found += [(start, name) for start in _on_circles(graph)]
    return found


def _onward(value: Any) -> Sequence[str]:
    """Return the ids that a field leads on to: one, several, or that of a revised claim."""
    if isinstance(value, str):
        return (value,)
    return (value["claim"],) if isinstance(value, Mapping) else value


def _on_circles(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the nodes of a graph that lie on circles, circle by circle."""
    left = dict(graph)
    found: list[str] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = dict.fromkeys(error.args[1])
            found += circle
            left = {node: onward for node, onward in left.items() if node not in circle}
        else:
            return found
