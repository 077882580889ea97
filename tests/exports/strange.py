"""Strange texts: a chronicle whose every text tries to break the format it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TEXTS = (
    "=cmd|' /C calc'!A0",
    "+1-1",
    "-0044",
    "@SUM(A1)",
    "\uff1d1+1",
    "'quoted'",
    "''=twice",
    '"quoted", with, commas; and\tTABs',
    "two\nlines, then\r\nmore\rand more",
    "<script>alert('1')</script>&amp;]]>",
    "\U0001f3f4\u200d☠\ufe0f flag, שלום, \u202eback\u202c, e\u0301",
    "\x01\x07\x1b[31m\x7f\x85\u2028\ufeff\ufffe\U0010ffff",
    "a\\b\\n%s{0}'||1=1--;",
    "null",
    "true",
    "[1]",
    "long " * 40_000,
)

DATES = ("-0044-03-15", "Y12345", "Y-12345", "[..1066-10-14]", "2022-01-05T23:59:59", "1985-1X~")


def records() -> Iterator[dict[str, Any]]:
    """Yield the records: each text as a title, a name, a value, a qualifier and a note."""
    named = {"datatype": "text", "temporal": "fixed", "label": "=label", "qualifiers": ["how"]}
    yield {"kind": "property", "id": "motto", **named}
    for number, text in enumerate(TEXTS):
        date = DATES[number % len(DATES)]
        name = f"{number:02}"
        yield {"kind": "source", "id": f"source-{name}", "title": text, "published": "2022-01-05"}
        entity = {"aliases": [text, text], "identifiers": {"scheme": text}, "description": text}
        yield {"kind": "entity", "id": f"entity-{name}", "type": "person", "name": text, **entity}
        said = {"source": f"source-{name}", "asserted": "2022-01-05"}
        yield {
            "kind": "event",
            "id": f"event-{name}",
            "title": text,
            "summary": text,
            "when": date,
            "participants": [{"entity": f"entity-{name}", "role": text}],
            **said,
        }
        claim = {"subject": f"entity-{name}", "property": "motto", "value": text, "note": text}
        yield {"kind": "claim", "id": f"claim-{name}", **claim, "locator": text, **said}
        rival = {"value": f"no {text}", "credibility": "4", "qualifiers": {"how": text}}
        yield {"kind": "claim", "id": f"other-{name}", **claim, **rival, **said}
        yield {"kind": "claim", "id": f"rival-{name}", **claim, "value": f"{text}!", **said}


def later() -> Iterator[dict[str, Any]]:
    """Yield records that take away, change and add: what followers must follow."""
    said = {"source": "source-00", "asserted": "2022-01-06"}
    for number, retracted in enumerate(("claim-02", "rival-02", "event-01", "other-03")):
        yield {
            "kind": "retraction",
            "id": f"retraction-{number}",
            "retracts": retracted,
            "mode": "withdrawn",
            **said,
        }
    yield {"kind": "entity", "id": "entity-new", "type": "person", "name": "-new"}
    claim = {"subject": "entity-00", "property": "motto", "value": "=new"}
    for number in range(2):
        yield {"kind": "claim", "id": f"new-{number}", **claim, **said}
