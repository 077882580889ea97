"""What the log says at one known date, for the slow reference implementation.

From payloads in log order to `Said` values: the live claims of one slot, each with the value it
speaks for, its band and its origins as of the known date. Every question walks the whole log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from chronicle.calendar import FOREVER, day_end
from chronicle.dates import Date, parse
from chronicle.errors import AmbiguousSlot
from tests.reference_dates import certainly_begun
from tests.reference_values import Log, Payload, canonical, datatype, find, normal, of_kind

FIRM, WEAK, DISCOUNTED = 2, 1, 0
"""The bands; the greater the stronger."""


@dataclass(frozen=True, slots=True)
class Said:
    """One live claim as it speaks in one view; `value` is a normal form, None for "no value"."""

    id: str
    value: str | None
    text: str | None
    denies: bool
    valid: Date | None
    asserted: Date
    complete: bool
    band: int
    preferred: bool
    credibility: str
    modality: str
    origins: frozenset[str]
    cut: int

    @property
    def said_day(self) -> int:
        """The last second of the day it was said: the day that holds the first of `asserted`."""
        return day_end(self.asserted.first)


# Retractions, assessments, bands.


def retracted(records: Log, record: Payload, known: int) -> bool:
    """Tell whether a retraction in effect names the record, or the source of the claim."""
    names = {record["id"]}
    if record["kind"] == "claim":
        names.add(record["source"])
    return any(
        retraction["retracts"] in names
        # An erratum counts at no known date; a withdrawal from the last second of its own.
        and (retraction["mode"] == "erratum" or parse(retraction["asserted"]).last <= known)
        # A retraction that is itself retracted has no effect.
        and not retracted(records, retraction, known)
        for retraction in of_kind(records, "retraction")
    )


def assessed(records: Log, claim: Payload, field: str, known: int) -> str | None:
    """Give the rank or the credibility by the latest assessment in effect that states it."""
    verdicts = [
        (parse(assessment["asserted"]).last, assessment["id"], assessment[field])
        for assessment in of_kind(records, "assessment")
        if assessment["claim"] == claim["id"]
        and field in assessment
        and parse(assessment["asserted"]).last <= known
        and not retracted(records, assessment, known)
    ]
    return max(verdicts)[2] if verdicts else None


def credibility(records: Log, claim: Payload, known: int) -> str:
    """Give the credibility 1-6: hindsight, else as it was judged then, else 3."""
    return assessed(records, claim, "credibility", known) or str(claim.get("credibility", "3"))


def band(records: Log, claim: Payload, known: int) -> int:
    """Give FIRM, WEAK or DISCOUNTED."""
    judged = credibility(records, claim, known)
    if assessed(records, claim, "rank", known) == "preferred":
        return FIRM
    if judged in ("1", "2", "3") and claim.get("modality", "stated") == "stated":
        return FIRM
    return DISCOUNTED if judged == "5" else WEAK


# Revisions.


def revisers(records: Log, claim: Payload, kind: str, known: int) -> list[Payload]:
    """Give the claims that revise this one in that way, where the revision is in effect.

    That is from the last second of the reviser's own `asserted`, unless the reviser is retracted,
    deprecated, or now of a weaker band. That it is displaced itself does not matter.
    """
    return [
        newer
        for newer in of_kind(records, "claim")
        if newer.get("revises", {}).get("claim") == claim["id"]
        and newer["revises"]["kind"] == kind
        and not newer.get("unknown")
        and parse(newer["asserted"]).last <= known
        and not retracted(records, newer, known)
        and assessed(records, newer, "rank", known) != "deprecated"
        and band(records, newer, known) >= band(records, claim, known)
    ]


def is_fixed(records: Log, name: str) -> bool:
    """Tell whether the property carries no valid time."""
    return (find(records, "property", name) or {}).get("temporal") == "fixed"


def is_live(records: Log, claim: Payload, known: int) -> bool:
    """Tell whether a claim counts: begun, not retracted, not deprecated, not displaced."""
    if known < parse(claim["asserted"]).first:
        return False
    if retracted(records, claim, known):
        return False
    if assessed(records, claim, "rank", known) == "deprecated":
        return False
    # A correction displaces; an update does so where there is no time to succeed in.
    displacing = revisers(records, claim, "correction", known)
    if is_fixed(records, claim["property"]):
        displacing += revisers(records, claim, "update", known)
    return not displacing


def cut(records: Log, claim: Payload, known: int) -> int:
    """Give the instant from which updates silence a state claim; FOREVER where none does."""
    if is_fixed(records, claim["property"]):
        return FOREVER
    updates = revisers(records, claim, "update", known)
    return min((certainly_begun(parse(newer["valid"])) for newer in updates), default=FOREVER)


def restated(records: Log, claim: Payload, known: int) -> Payload:
    """Follow live restatements to the claim whose value this one now speaks for."""
    newer = [
        each
        for each in revisers(records, claim, "restatement", known)
        if is_live(records, each, known)
    ]
    if not newer:
        return claim
    latest = max(newer, key=lambda each: (parse(each["asserted"]).last, each["id"]))
    return restated(records, latest, known)


# Origins.


def roots(records: Log, source: str) -> frozenset[str]:
    """Give the sources that a source goes back to; itself where it derives from none."""
    seen: set[str] = set()
    ahead = {source}
    found = set()
    while ahead:
        name = ahead.pop()
        seen.add(name)
        parents = (find(records, "source", name) or {}).get("derives_from", [])
        if not parents:
            found.add(name)
        ahead |= set(parents) - seen
    return frozenset(found or {source})


def origins(records: Log, claim: Payload) -> frozenset[str]:
    """Give who it comes from: the speaker, else the first relay, else the roots of the source."""
    if "speaker" in claim:
        return frozenset({canonical(records, claim["speaker"])})
    if claim.get("via"):
        return frozenset({canonical(records, claim["via"][0])})
    return roots(records, claim["source"])


# The slot.


def said(records: Log, claim: Payload, known: int) -> Said:
    """Read one live claim as it speaks in the view."""
    asserted = parse(claim["asserted"])
    name = claim["property"]
    stating = restated(records, claim, known)
    text = None if stating.get("none") else str(stating["value"])
    value = None if text is None else normal(records, name, text)
    return Said(
        id=claim["id"],
        value=value,
        text=value if datatype(records, name) == "entity" else text,
        denies=bool(claim.get("denies")),
        valid=None if is_fixed(records, name) else parse(claim["valid"]),
        asserted=asserted,
        complete=known >= asserted.last,
        band=band(records, claim, known),
        preferred=assessed(records, claim, "rank", known) == "preferred",
        credibility=credibility(records, claim, known),
        modality=claim.get("modality", "stated"),
        origins=origins(records, claim),
        cut=cut(records, claim, known),
    )


def merged(records: Log, qualifiers: Payload | None) -> dict[str, str]:
    """Write qualifiers with entities after merges, so that two writings of a slot are one."""
    return {name: canonical(records, text) for name, text in (qualifiers or {}).items()}


def slot(
    records: Log, subject: str, name: str, qualifiers: Payload | None, known: int
) -> list[Said]:
    """Give the live claims for subject, property and qualifiers; those of `unknown` never."""
    return [
        said(records, claim, known)
        for claim in of_kind(records, "claim")
        if canonical(records, claim["subject"]) == canonical(records, subject)
        and claim["property"] == name
        and merged(records, claim.get("qualifiers")) == merged(records, qualifiers)
        and not claim.get("unknown")
        and is_live(records, claim, known)
    ]


def slot_of_value(records: Log, name: str, claims: list[Said], asked: str | None) -> list[Said]:
    """Narrow a many-slot to one value, where "no value" becomes a denial of it.

    Without a value asked for, the slot may hold at most one; AmbiguousSlot otherwise.
    """
    values = {claim.value for claim in claims if claim.value is not None}
    if asked is None and len(values) > 1:
        raise AmbiguousSlot(f"the slot holds {len(values)} values, name one of them")
    value = next(iter(values), None) if asked is None else normal(records, name, asked)
    narrowed = []
    for claim in claims:
        if claim.value is None and not claim.denies:
            narrowed.append(replace(claim, value=value, text=None, denies=True))
        elif claim.value is not None and claim.value == value:
            narrowed.append(claim)
    return narrowed
