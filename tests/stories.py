"""Small stories as records, for tests of rulings.

A story is text, one claim a line:

    value | valid | said | credibility [, option, ...]

`denies VALUE` is a denial; `nothing` the claim that there is no value, `unclear` the claim of a
source that does not know. Empty fields at the end may be left out. Without `said`, or with
`same day`, the claim was made on its valid date. Options follow a comma in the last field given:

    alleged, inferred, planned, predicted     the modality
    updates ID, corrects ID, restates ID      the revision
    by SPEAKER, via WHO, from SOURCE          the attribution
    id ID                                     else made from the value, `denies-...` if denied
    where NAME=VALUE                          a qualifier

The records of a story are complete: its property, its source, and every entity it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from chronicle.dates import parse

SUBJECT = "subject"
"""The entity that a story is about."""

PROPERTY = "status"
"""The property that a story is about."""

SOURCE = "press"
"""The source of every claim that names no other."""

Payload = dict[str, Any]

_MODALITIES = ("stated", "alleged", "inferred", "planned", "predicted")
_REVISIONS = {"updates": "update", "corrects": "correction", "restates": "restatement"}
_NO_VALUE = {"nothing": "none", "unclear": "unknown"}


def slug(text: str) -> str:
    """Make an id of a text: `In post` is `in-post`, `>=164` is `164`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def claim(
    value: str,
    *,
    valid: str = "",
    said: str = "",
    credibility: str = "",
    id: str = "",
    denies: bool = False,
    revises: tuple[str, str] | None = None,
    source: str = SOURCE,
    subject: str = SUBJECT,
    property: str = PROPERTY,
    **others: Any,
) -> Payload:
    """Make a claim; `revises` is a kind and the id revised, `others` any field as it is stored."""
    made: Payload = {
        "kind": "claim",
        "id": id or slug(f"denies {value}" if denies else value),
        "subject": subject,
        "property": property,
        "source": source,
        "asserted": said or valid,
    }
    made |= {_NO_VALUE[value]: True} if value in _NO_VALUE else {"value": value}
    if denies:
        made["denies"] = True
    if valid:
        made["valid"] = valid
    if credibility:
        made["credibility"] = credibility
    if revises:
        made["revises"] = {"kind": revises[0], "claim": revises[1]}
    return made | others


def property_(id: str = PROPERTY, **fields: Any) -> Payload:
    """Make a property: a state with one value at a time, unless the fields say otherwise."""
    made = {"datatype": "text", "temporal": "state", "cardinality": "one"} | fields
    return {"kind": "property", "id": id, "label": id, **made}


def source(id: str = SOURCE, **fields: Any) -> Payload:
    """Make a source."""
    return {"kind": "source", "id": id, "title": id, **fields}


def entity(id: str, **fields: Any) -> Payload:
    """Make an entity, an organisation unless the fields say otherwise."""
    return {"kind": "entity", "id": id, "name": id} | {"type": "organisation"} | fields


def retraction(retracts: str, said: str, *, mode: str = "withdrawn", id: str = "") -> Payload:
    """Make a retraction of the record of that id, made on `said`."""
    return {
        "kind": "retraction",
        "id": id or f"retracts-{retracts}",
        "retracts": retracts,
        "mode": mode,
        "asserted": said,
        "source": SOURCE,
    }


def assessment(claim_id: str, said: str, *, id: str = "", **fields: str) -> Payload:
    """Make an assessment, with `rank`, `credibility` or both."""
    made = {"kind": "assessment", "id": id or f"assesses-{claim_id}", "claim": claim_id}
    return made | {"asserted": said} | fields


def merge(into: str, *others: str, judgement: str = "same", id: str = "") -> Payload:
    """Make a judgement that the others are, or are not, the entity `into`."""
    made = {"kind": "merge", "id": id or f"{judgement}-{into}-{'-'.join(others)}"}
    return made | {"into": into, "from": list(others), "judgement": judgement}


def conflict(*claims: str, id: str = "conflict") -> Payload:
    """Make a conflict of claims that cannot all hold."""
    return {"kind": "conflict", "id": id, "claims": list(claims)}


def split_outside_brackets(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside `[...]` and `{...}`, and strip the parts."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "[{") - (letter in "]}")
        if letter == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def parse_option(option: str) -> Payload:
    """Read one option of a line as arguments of `claim`."""
    if option in _MODALITIES:
        return {"modality": option}
    word, _, rest = option.partition(" ")
    match word:
        case "by":
            return {"speaker": rest}
        case "via":
            return {"via": rest.split()}
        case "from":
            return {"source": rest}
        case "id":
            return {"id": rest}
        case "where":
            return {"qualifiers": dict(pair.split("=", 1) for pair in rest.split())}
        case _:
            return {"revises": (_REVISIONS[word], rest)}


def parse_line(line: str) -> Payload:
    """Read one line of a story as a claim."""
    *fields, last = line.split("|")
    last, *options = split_outside_brackets(last, ",")
    value, valid, said, credibility = [*(each.strip() for each in fields), last, "", "", ""][:4]
    made: Payload = {}
    for option in options:
        made |= parse_option(option)
    denies = value.startswith("denies ")
    return claim(
        value.removeprefix("denies "),
        valid=valid,
        said="" if said == "same day" else said,
        credibility=credibility,
        denies=denies,
        **made,
    )


def parse_story(text: str) -> list[Payload]:
    """Read the lines of a story as claims; a second claim of the same id is numbered, `-2`."""
    claims = [parse_line(line) for line in text.strip().splitlines() if line.strip()]
    taken: set[str] = set()
    for made in claims:
        number = 2
        plain = made["id"]
        while made["id"] in taken:
            made["id"] = f"{plain}-{number}"
            number += 1
        taken.add(made["id"])
    return claims


def mentioned(claims: Iterable[Mapping[str, Any]], field: str) -> list[str]:
    """List what the claims name in a field, each once, in order."""
    found: dict[str, None] = {}
    for made in claims:
        names = made.get(field, [])
        found |= dict.fromkeys([names] if isinstance(names, str) else names)
    return list(found)


def story(text: str, *more: Payload, **about: Any) -> list[Payload]:
    """Give all records of a story, in log order.

    `about` are fields of the property; `more` are further records, which come last, except that
    a source or an entity among them replaces the plain one of that id.
    """
    claims = parse_story(text)
    spoken = [*claims, *(record for record in more if record["kind"] == "claim")]
    given = {record["id"] for record in more}
    names = {SUBJECT: entity, SOURCE: source}
    names |= dict.fromkeys(mentioned(spoken, "subject"), entity)
    names |= dict.fromkeys(mentioned(spoken, "speaker"), entity)
    names |= dict.fromkeys(mentioned(spoken, "via"), entity)
    if about.get("datatype") == "entity":
        names |= dict.fromkeys(mentioned(spoken, "value"), entity)
    names |= dict.fromkeys(mentioned(spoken, "source"), source)
    qualifiers = mentioned(spoken, "qualifiers")
    if qualifiers:
        about = {"qualifiers": qualifiers} | about
    plain = [make(name) for name, make in names.items() if name not in given]
    return [*plain, property_(**about), *claims, *more]


def instants(at: str, known: str = "") -> tuple[int, int | None]:
    """Give the instant and the known date of a question in seconds: their last ones.

    Without `known`, everything ever said: None.
    """
    return parse(at).last, parse(known).last if known else None


class Asked(NamedTuple):
    """One question to a told story and what the rules say; "" where they leave it open."""

    told: str
    about: dict[str, str]
    at: str
    known: str
    value: str | None
    basis: str | None = ""
    standing: str = ""


_WITHOUT_AGENCY = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/   | 2022-01-06 | 4
    detained | 2022-01-07    | same day   | 4
    relieved | 2022-01-17/.. | 2022-01-17 | 1
"""
_WITH_AGENCY = f"""{_WITHOUT_AGENCY}
    on leave        | [2022-01-06..2022-01-17] | [2022-01-06..2022-01-17] | 2, by agency
    denies replaced | 2022-01-06/..            | [2022-01-06..2022-01-17] | 2, by agency
"""
_LATE_LEAVE = """
    detained | 2022-01-07    | same day
    on leave | 2022-01-05/.. | 2022-01-12
"""
_ENDED_LEAVE = """
    detained | 2022-01-07
    on leave | 2022-01-08/2022-01-12 | 2022-01-15
"""
_DENIED = """
    in post         | 2015/..       | 2021-12-31
    replaced        | 2022-01-06
    denies replaced | 2022-01-06/.. | 2022-01-08 | 2
"""
_TWO_ENDS = """
    deputy | 2015/2022   | 2022-05-10
    deputy | /2022-01-17 | 2022-01-17 | 2
"""
_TROOPS = """
    deployed  | 2022-01-06/   | 2022-04-18
    withdrawn | 2022-01-19/.. | 2022-01-19
"""
_PLAN = """
    deployed    | 2022-01-06/.. | 2022-01-10
    withdrawing | 2022-01-13/.. | 2022-01-10, planned
"""
_TOLL = """
    3   |  | 2022-01-06
    164 |  | 2022-01-09, updates 3
    225 |  | 2022-01-15, updates 164
"""
_RETIRED = """
    employed | 2022-01    | 2022-02-10
    retired  | 2022-01-20 | 2022-02-20
"""
_COUNT = {"datatype": "quantity", "temporal": "fixed"}

STORIES: tuple[Asked, ...] = (
    Asked(_WITH_AGENCY, {}, "2022-01-05", "2022-01-05", "in post", "presumed"),
    Asked(_WITH_AGENCY, {}, "2022-01-10", "2022-01-10", "on leave", "possible"),
    Asked(_WITH_AGENCY, {}, "2022-01-17", "2022-01-17", "relieved", "attested"),
    Asked(_WITH_AGENCY, {}, "2022-01-12", "2022-05-31", "on leave", "possible"),
    Asked(_WITH_AGENCY, {}, "2022-05-31", "2022-05-31", "relieved", "presumed"),
    Asked(_WITHOUT_AGENCY, {}, "2022-01-07", "2022-01-07", "in post", "presumed", "disputed"),
    Asked(_WITHOUT_AGENCY, {}, "2022-01-09", "2022-01-09", "in post", "presumed", "settled"),
    Asked(_LATE_LEAVE, {}, "2022-01-14", "2022-01-14", "on leave", "presumed", "disputed"),
    Asked(_ENDED_LEAVE, {}, "2022-01-14", "", None, None, "ended"),
    Asked(_DENIED, {}, "2022-01-06", "2022-01-10", "in post", "presumed"),
    Asked(_TWO_ENDS, {}, "2022-02-01", "", None, None, "ended"),
    Asked(_TROOPS, {}, "2022-01-10", "", "deployed", "presumed"),
    Asked(_TROOPS, {}, "2022-01-25", "", "withdrawn", "presumed"),
    Asked(_PLAN, {}, "2022-01-14", "", "deployed", "presumed"),
    Asked(_TOLL, _COUNT, "2022-01-31", "2022-01-06", "3", "attested", "settled"),
    Asked(_TOLL, _COUNT, "2022-01-31", "2022-01-09", "164", "attested", "settled"),
    Asked(_TOLL, _COUNT, "2022-01-31", "2022-01-15", "225", "attested", "settled"),
    Asked(_RETIRED, {}, "2022-03-01", "", "retired", "presumed"),
)
"""The stories that any reading of the rules must tell alike; `known` "" is everything said."""
