"""Upcasts: how a payload of an older schema becomes one of today's.

The log is never rewritten, so an old payload is read as it stands and climbs step by step: a
step is a pure function from the payload of one schema number to that of the next. A payload
that is newer than this software is refused rather than guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chronicle.errors import LogCorrupt
from chronicle.payloads import SCHEMA, Payload

Step = Callable[[Payload], Payload]

LADDER: Mapping[tuple[str, int], Step] = {}
"""(kind, schema) -> the step to the next schema. Schema 1 is the first: no step yet."""


def climb(payload: Payload, ladder: Mapping[tuple[str, int], Step] = LADDER) -> Payload:
    """Return the payload in today's schema; a kind without a step just takes the next number."""
    number = payload.get("schema")
    if type(number) is not int or number < 1:
        raise LogCorrupt(f"{payload.get('id')!r} has no schema number")
    top = max([SCHEMA, *(step + 1 for _, step in ladder)])
    if number > top:
        raise LogCorrupt(
            f"{payload.get('id')!r} has schema {number}, this software reads up to {top}; "
            "install a newer version"
        )
    for rung in range(number, top):
        step = ladder.get((payload["kind"], rung))
        payload = {**(step(payload) if step else payload), "schema": rung + 1}
    return payload
