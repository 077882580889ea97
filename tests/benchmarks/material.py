"""Material: a made-up chronicle of any size, the same one for the same numbers.

Every subject is a person with two properties, `status` (a term) and `employer` (an entity), and
half of the claims about it belong to each. Dates are written as people write them: single days,
`A/..`, `A/`, `A/B`, months and sets; some claims deny, some update the claim before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

Record = dict[str, Any]

STATUS, EMPLOYER = "status", "employer"
PROPERTIES = (STATUS, EMPLOYER)

_TERMS = ("in-post", "on-leave", "replaced", "detained", "relieved", "retired")
_SOURCES, _SPEAKERS, _BODIES = 200, 300, 100
_EARLIEST = date(2005, 1, 1)
MIDDLE = "2010-01-01"
"""A day by which about half of the claims were made."""

_FORMS = ("day", "still", "began", "month", "one-of", "all-of", "closed", "ended")
_FORM_WEIGHTS = (34, 30, 10, 8, 7, 3, 6, 2)
_WORDS = ("according to the agency", "as the decree has it", "so the spokesman", "in his words")


class Size(NamedTuple):
    """How much to make."""

    claims: int
    subjects: int

    @property
    def per_topic(self) -> int:
        """Claims of one property of one subject."""
        return max(1, self.claims // (self.subjects * len(PROPERTIES)))


def subject(number: int) -> str:
    """Return the id of a subject by its number, from 0."""
    return f"person-{number:05}"


def background(subjects: int) -> Iterator[Record]:
    """Yield what the claims name: sources, speakers, bodies, subjects and properties."""
    for number in range(_SOURCES):
        source: Record = {"kind": "source", "id": f"source-{number}", "title": f"Report {number}"}
        source |= {"publisher": f"House {number % 17}", "published": _day(number * 30)}
        if number % 5 == 4:
            source["derives_from"] = [f"source-{number - 1}"]
        yield source
    for number in range(_SPEAKERS):
        yield _entity(f"speaker-{number}", "person", f"Speaker {number}")
    for number in range(_BODIES):
        yield _entity(f"body-{number}", "organisation", f"Body {number}")
    for number in range(subjects):
        yield _entity(subject(number), "person", f"Person {number}")
    terms = [{"value": term} for term in _TERMS]
    yield {
        "kind": "property", "id": STATUS, "label": "status", "datatype": "term", "values": terms,
    }  # fmt: skip
    yield {"kind": "property", "id": EMPLOYER, "label": "employer", "datatype": "entity"}


def _entity(name: str, sort: str, label: str) -> Record:
    return {"kind": "entity", "id": name, "type": sort, "name": label}


def _day(offset: int) -> str:
    return (_EARLIEST + timedelta(days=offset)).isoformat()


def claims(size: Size) -> Iterator[Record]:
    """Yield the claims, subject by subject."""
    for number in range(size.subjects):
        for name in PROPERTIES:
            yield from topic(subject(number), name, size.per_topic)


def topic(about: str, name: str, count: int) -> Iterator[Record]:
    """Yield the claims of one subject and property, in the order in which they were said."""
    random = Random(f"{about} {name} {count}")
    day = _EARLIEST + timedelta(days=random.randrange(3000))
    before: Record | None = None
    for number in range(count):
        day += timedelta(days=random.randrange(30))
        claim = _claim(random, about, name, day)
        claim["id"] = f"{about}-{name}-{number}"
        if before is not None and random.random() < 0.08:
            claim["valid"] = f"{day}/.."
            claim["revises"] = {"claim": before["id"], "kind": "update"}
        yield claim
        before = claim


def _claim(random: Random, about: str, name: str, day: date) -> Record:
    said = day + timedelta(days=random.choice((0, 0, 1, 1, 2, 5, 20)))
    claim: Record = {
        "kind": "claim",
        "subject": about,
        "property": name,
        "value": _value(random, name),
        "valid": _valid(random, day, said),
        "source": f"source-{random.randrange(_SOURCES)}",
        "locator": f"section {random.randrange(9)}, p. {random.randrange(400)}",
        "asserted": said.isoformat(),
    }
    if random.random() < 0.7:
        claim["speaker"] = f"speaker-{random.randrange(_SPEAKERS)}"
    if random.random() < 0.6:
        claim["credibility"] = random.choice("1222344456")
    if random.random() < 0.05:
        claim["denies"] = True
    if random.random() < 0.08:
        claim["modality"] = random.choice(("alleged", "inferred", "planned"))
    if random.random() < 0.3:
        claim["verbatim"] = random.choice(_WORDS)
    return claim


def _value(random: Random, name: str) -> str:
    return random.choice(_TERMS) if name == STATUS else f"body-{random.randrange(6)}"


def _valid(random: Random, day: date, said: date) -> str:
    form = random.choices(_FORMS, _FORM_WEIGHTS)[0]
    earlier = day - timedelta(days=random.randrange(1, 60))
    return {
        "day": f"{day}",
        "still": f"{day}/..",
        "began": f"{day}/",
        "month": f"{day:%Y-%m}",
        "one-of": f"[{day}..{said + timedelta(days=3)}]",
        "all-of": f"{{{earlier}..{day}}}",
        "closed": f"{earlier}/{day}",
        "ended": f"/{day}",
    }[form]


def write_lines(path: Path, size: Size) -> int:
    """Write the whole chronicle as JSON Lines, what is named first; return its records."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for part in (background(size.subjects), claims(size)):
            for record in part:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
    return count
