"""Shorthand, written out: statements, and the claims inside an event.

A statement is one attribution and the claims made in it. The claims inside an event are about
that event: it is their `event` and, unless they name another, their subject. Either way a claim
takes from what surrounds it the fields of the attribution that it leaves out (and a
statement's note); what it still
leaves out it takes from the defaults of the document. A field keeps the line where it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from chronicle.errors import Finding
from chronicle.intake.kinds import ATTRIBUTION, STATEMENT, suggestion
from chronicle.intake.located import Draft, Layer, Place, line_at, mark_of

DefaultsOf = Callable[[str], Layer]
"""Gives the defaults that hold for the records of a kind."""

_STATEMENT_FIELDS = (*ATTRIBUTION, "claims", "note")


def written_out(
    kind: str, own: Layer, line: int, file: str, defaults: DefaultsOf
) -> Iterable[Draft | Finding]:
    """Return the drafts that one record of a file stands for, and its faults."""
    if kind == STATEMENT:
        return _statement(own, line, file, defaults)
    if kind == "event" and "claims" in own.fields:
        return _event(own, line, file, defaults)
    return (own.over(defaults(kind)).draft(kind, file, line),)


def _statement(own: Layer, line: int, file: str, defaults: DefaultsOf) -> Iterator[Draft | Finding]:
    place = own.draft(STATEMENT, file, line).place
    for name in own.fields:
        if name not in _STATEMENT_FIELDS:
            todo = suggestion(name, _STATEMENT_FIELDS)
            yield place.finding((name,), f"a statement has no field {name!r}", todo)
    if not own.fields.get("claims"):
        todo = "list the claims made in it under claims"
        yield place.finding(("claims",), "a statement without claims", todo)
        return
    yield from _claims(own, own.only((*ATTRIBUTION, "note")), place, defaults("claim"))


def _event(own: Layer, line: int, file: str, defaults: DefaultsOf) -> Iterator[Draft | Finding]:
    event = own.only([name for name in own.fields if name != "claims"])
    yield event.over(defaults("event")).draft("event", file, line)
    lent = own.only(ATTRIBUTION)
    if "id" in own.fields:
        names = ("event", "subject")
        mark = own.marks.get("id")
        marks = {} if mark is None else dict.fromkeys(names, mark)
        lent = lent.over(Layer(dict.fromkeys(names, own.fields["id"]), marks))
    place = own.draft("event", file, line).place
    yield from _claims(own, lent, place, defaults("claim"))


def _claims(outer: Layer, lent: Layer, place: Place, defaults: Layer) -> Iterator[Draft | Finding]:
    """Yield the claims inside an outer record, over the fields that it lends them."""
    below = lent.over(defaults)
    claims = outer.fields["claims"]
    mark = outer.marks.get("claims", place.line)
    if not isinstance(claims, list):
        todo = "begin each claim with '- ', or put them into [ ]"
        yield place.finding(("claims",), "claims is no list", todo)
        return
    for position, claim in enumerate(claims):
        path = ("claims", position)
        if not isinstance(claim, dict):
            todo = "write its fields as name: value"
            yield place.finding(path, "a claim is a mapping of fields", todo)
        elif claim.get("kind", "claim") != "claim":
            what = f"the kind {claim['kind']!r} stands among claims"
            todo = "give the record a place of its own"
            yield place.finding((*path, "kind"), what, todo)
        else:
            inner = mark_of(mark, position)
            own = Layer.of(claim, inner)
            yield own.over(below).draft("claim", place.file, line_at(inner))
