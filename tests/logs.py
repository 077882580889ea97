"""Random logs for Hypothesis: a few claims of few values in one month, with all that revises them.

Dates are few and close together, so that claims meet, touch and contradict each other often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

SUBJECT = "subject"

Payload = dict[str, Any]

DAYS = st.integers(1, 9).map(lambda day: f"2022-01-{day:02}")
VAGUE = st.sampled_from(
    ["2022-01", "2022-01-04~", "2021-12", "2022", "2022-01-0X", "2022-01-06T10:00"]
)
POINTS = DAYS | VAGUE


def _ordered(pattern: str) -> st.SearchStrategy[str]:
    pair = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted)
    return pair.map(lambda days: pattern.format(*(f"2022-01-{day:02}" for day in days)))


VALID = st.one_of(
    DAYS,
    DAYS,
    VAGUE,
    _ordered("[{}..{}]"),
    _ordered("{{{}..{}}}"),
    POINTS.map(lambda date: f"{date}/.."),
    DAYS.map(lambda date: f"{date}/.."),
    POINTS.map(lambda date: f"{date}/"),
    _ordered("{}/{}"),
    DAYS.map(lambda date: f"{date}/{date}"),
    POINTS.map(lambda date: f"/{date}"),
    st.sampled_from(["2021/2022", "2021-12/2022-01-05", "2022-01-05/2022-01"]),
)

SAID = st.one_of(DAYS, DAYS, _ordered("[{}..{}]"), st.sampled_from(["2022-01", "2022-01-06T10:00"]))


@st.composite
def _claim(draw: st.DrawFn, number: int, earlier: Sequence[Payload], fixed: bool) -> Payload:
    claim: Payload = {
        "kind": "claim",
        "id": f"{draw(st.sampled_from('abc'))}{number}",
        "subject": SUBJECT,
        "property": "status",
        "source": draw(st.sampled_from(["press", "wire", "copy"])),
        "asserted": draw(SAID),
    }
    if not fixed:
        claim["valid"] = draw(VALID)
    speaker = draw(st.sampled_from(["", "", "ada", "ben"]))
    if speaker:
        claim["speaker"] = speaker
    kind = draw(st.integers(0, 11))
    if kind == 0:
        claim["none"] = True
    elif kind == 1:
        claim["unknown"] = True
    else:
        claim["value"] = draw(st.sampled_from(["on", "off", "gone"]))
    if kind in (2, 3):
        claim["denies"] = True
    credibility = draw(st.sampled_from(["", "", "2", "2", "4", "5", "1"]))
    if credibility:
        claim["credibility"] = credibility
    modality = draw(st.sampled_from(["", "", "", "", "planned", "alleged"]))
    if modality:
        claim["modality"] = modality
    if earlier and "unknown" not in claim and draw(st.integers(0, 3)) == 0:
        claim["revises"] = draw(_revision(claim, earlier))
        if claim["revises"] is None:
            del claim["revises"]
    return claim


@st.composite
def _revision(draw: st.DrawFn, claim: Payload, earlier: Sequence[Payload]) -> Payload | None:
    target = draw(st.sampled_from(earlier))
    kind = draw(st.sampled_from(["update", "correction", "restatement"]))
    if kind == "restatement" and (
        target.get("denies") != claim.get("denies") or "value" not in target or "value" not in claim
    ):
        return None
    return {"claim": target["id"], "kind": kind}


@st.composite
def _judgement(draw: st.DrawFn, number: int, targets: Sequence[str]) -> Payload:
    if draw(st.booleans()):
        return {
            "kind": "retraction",
            "id": f"r{number}",
            "retracts": draw(st.sampled_from(targets)),
            "mode": draw(st.sampled_from(["withdrawn", "withdrawn", "erratum"])),
            "asserted": draw(SAID),
        }
    claims = [target for target in targets if target[0] in "abc"]
    assessment: Payload = {
        "kind": "assessment",
        "id": f"s{number}",
        "claim": draw(st.sampled_from(claims)),
        "asserted": draw(SAID),
    }
    rank = draw(st.sampled_from(["", "preferred", "preferred", "deprecated", "normal"]))
    if rank:
        assessment["rank"] = rank
    else:
        assessment["credibility"] = draw(st.sampled_from("12456"))
    return assessment


@st.composite
def logs(draw: st.DrawFn, most: int = 6) -> list[Payload]:
    """Draw a log about one subject and property: a state or fixed, of one value or many."""
    fixed = draw(st.integers(0, 6)) == 0
    prop: Payload = {"kind": "property", "id": "status", "label": "status"}
    if fixed:
        prop["temporal"] = "fixed"
    if draw(st.integers(0, 4)) == 0:
        prop["cardinality"] = "many"
    carry = draw(st.sampled_from(["", "", "", "none", "P2D"]))
    if carry:
        prop["carry"] = carry
    records: list[Payload] = [
        prop,
        {"kind": "entity", "id": SUBJECT, "type": "person", "name": "Subject"},
        {"kind": "entity", "id": "ada", "type": "person", "name": "Ada"},
        {"kind": "entity", "id": "ben", "type": "person", "name": "Ben"},
        {"kind": "source", "id": "press", "title": "Press"},
        {"kind": "source", "id": "wire", "title": "Wire"},
        {"kind": "source", "id": "copy", "title": "Copy", "derives_from": ["press", "wire"]},
    ]
    claims: list[Payload] = []
    for number in range(draw(st.integers(1, most))):
        claims.append(draw(_claim(number, claims, fixed)))
    targets = [claim["id"] for claim in claims] + ["press"]
    judgements: list[Payload] = []
    for number in range(draw(st.sampled_from([0, 0, 0, 1, 2, 3]))):
        made = draw(_judgement(number, targets))
        judgements.append(made)
        targets.append(made["id"])
    if len(claims) > 1 and draw(st.integers(0, 5)) == 0:
        pair = draw(st.lists(st.sampled_from(targets[: len(claims)]), min_size=2, max_size=2))
        if pair[0] != pair[1]:
            judgements.append({"kind": "conflict", "id": "conflict-1", "claims": pair})
    return records + claims + judgements
