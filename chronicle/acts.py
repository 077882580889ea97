"""Acts: what a maintainer does to one record in one line, as a record of its own.

An act that is given no id gets one as claims do: what it is about, what it is, and the first
digits of the hash of its content, so that the same act twice is the same record.
"""

from __future__ import annotations

from collections.abc import Mapping

from chronicle.calendar import write_day
from chronicle.canonical import dumps
from chronicle.errors import BadQuestion
from chronicle.ids import derived
from chronicle.payloads import Payload
from chronicle.views import View

_CLAIM = ("claim",)

_SLOT = ("subject", "property", "qualifiers")

Fields = Mapping[str, object]
"""Fields of a record as they are written in files; those that say nothing are left out."""


def retraction(target: str, fields: Fields) -> Payload:
    """Return a retraction of a record; `fields` are its mode, reason and attribution."""
    return _identified("retraction", target, {"retracts": target, **fields})


def assessment(view: View, target: str, fields: Fields) -> Payload:
    """Return an assessment of a claim: rank, credibility, reason and attribution.

    Without a date it is of the day of the view: judging alike again on another day is another
    judgement, which may overrule what was judged between them.
    """
    dated = {"asserted": write_day(view.scope.at), **fields}
    return _identified("assessment", target, {"claim": target, **dated})


def revision(view: View, target: str, claim: Fields) -> Payload:
    """Return a claim that revises another one, of its subject, property and qualifiers.

    Other qualifiers may be given; all else of the old claim is for the new one to say. Its id is
    left to the append. `UnknownId` or `BadQuestion` for what is no claim in the log.
    """
    old = view.know(target, kinds=_CLAIM)
    if old["kind"] != "claim":
        raise BadQuestion(f"{target!r} is of kind {old['kind']}; name the id of a claim")
    return {**{name: old[name] for name in _SLOT if name in old}, **claim}


def _identified(kind: str, target: str, fields: Fields) -> Payload:
    record = {"kind": kind, **fields}
    return {"id": derived(target, kind, dumps(record)), **record}
