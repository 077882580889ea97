"""`why`: what a ruling rests on, who says so, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from chronicle.answers import Ruling
from chronicle.cli.cells import Cell, joined, paired, qualified, readable, valued, voiced
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.grounds import (
    BESIDE,
    RIVAL,
    SET_ASIDE,
    SUPPORTER,
    UNKNOWING,
    WINNER,
    Exhibit,
    Grounds,
    grounds,
    ids_of,
    joining,
)
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import SAYING, described
from chronicle.counts import counted
from chronicle.payloads import Payload


@command("why", example="chronicle why samat-abish status --at 2022-01-12 --known 2022-05-31")
@click.argument("subject")
@click.argument("name", metavar="PROPERTY")
@view_options(where=True)
@format_option
@pass_desk
def why(desk: Desk, looking: Looking, form: str, subject: str, name: str) -> None:
    """Say why the answer is as it is: who says so, and what speaks against it.

    Every claim that was ever made on it is listed: what won and what supports it, what lost
    and why, what was set aside, and who says that he does not know.

    What supports it is listed by origin, the first to speak first: who spoke, or who relayed it
    first, or the sources that it goes back to. What one origin said before, it only repeats.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle, name)
        found = grounds(view, subject, name, looking.where)
        names = _Names(view.reader.details(_named(found)))
        merges = joining(view, found)
        report = Report(
            (one.as_dict() for one in found),
            lambda: (*(sheet for one in found for sheet in _sheets(one, names)), *_joined(merges)),
            _COLUMNS,
            _flat,
            "rulings",
            {"view": view.as_dict(), "merges": merges},
        )
        put(report, form)
    say(f"{counted(len(found), 'ruling')}; {described(view)}")


class _Names:
    """What sources and entities are called."""

    def __init__(self, records: Mapping[str, Payload]) -> None:
        self._records = records

    def __call__(self, name: str) -> str:
        record = self._records.get(name, {})
        title = record.get("title") or record.get("name")
        return f"{title} ({name})" if title else name


def _named(found: Iterable[Grounds]) -> Iterator[str]:
    for one in found:
        for exhibit in one.exhibits:
            claim = exhibit.claim
            yield claim["source"]
            yield from (claim[field] for field in ("speaker",) if field in claim)
            yield from claim.get("via", ())
        yield from (origin.id for origin in one.origins)


_COLUMNS = (
    "subject",
    "property",
    "qualifiers",
    "part",
    "claim",
    *SAYING,
    "weight",
    "origins",
    "repeats",
    "reason",
)
"""The columns in CSV: a row for each claim, with the part that it plays."""


def _flat(item: Item) -> Iterator[Sequence[Cell]]:
    slot = {name: item[name] for name in ("subject", "property")}
    slot["qualifiers"] = paired(item["qualifiers"])
    for one in item["claims"]:
        lists = {name: " ".join(one[name] or ()) for name in ("via", "origins", "repeats")}
        row = {**one, **slot, **lists}
        yield [row[name] for name in _COLUMNS]


def _sheets(one: Grounds, names: _Names) -> Iterator[Sheet]:
    ruling = one.ruling
    title = f"{ruling.subject} {qualified(ruling.property, ruling.qualifiers)}"
    yield Sheet(("", ""), list(_answer(one, names)), title)
    if one.having(SUPPORTER):
        columns = ("origin", "claim", "value", "valid", "said in", "weight", "repeats")
        yield Sheet(columns, list(_support(one, names)), _supported(one))
    against = "what lost, and why" if ruling.claim else "what gives no answer here"
    for part, heading in (
        (RIVAL, against),
        (BESIDE, "said beside it"),
        (UNKNOWING, "says that it is not known"),
        (SET_ASIDE, "set aside"),
    ):
        rows = [(*_spoken(exhibit), exhibit.reason) for exhibit in one.having(part)]
        if rows:
            headings = ("claim", "value", "valid", "said by, in", "weight", "reason")
            yield Sheet(headings, rows, heading)
    if one.conflicts:
        rows = [
            (dissent.id, " ".join(dissent.claims), dissent.note, "" if dissent.in_force else "no")
            for dissent in one.conflicts
        ]
        yield Sheet(("conflict", "claims", "note", "in force"), rows, "cannot all hold")


def _joined(merges: Sequence[Payload]) -> Iterator[Sheet]:
    if merges:
        rows = [(one["id"], ids_of(one), one.get("reason")) for one in merges]
        yield Sheet(("judgement", "ids", "reason"), rows, "judged to be one")


def _answer(one: Grounds, names: _Names) -> Iterator[tuple[str, Cell]]:
    """Yield the answer and the winning claim, fact by fact."""
    ruling = one.ruling
    basis = ruling.basis
    if basis == "presumed":
        basis = f"presumed, last affirmed {ruling.last_affirmed}"
    yield "answer", readable(valued(ruling.value, none=ruling.none))
    yield "standing", joined(ruling.standing, basis)
    for winner in one.having(WINNER):
        claim = winner.claim
        yield "decided by", joined(ruling.decided_by, one.decided, mark=": ")
        yield "claim", claim["id"]
        facts = (
            ("valid", readable(claim.get("valid"))),
            ("in words", joined(claim.get("valid_verbatim"), claim.get("verbatim"), mark=" ... ")),
            ("said", readable(claim["asserted"])),
            ("speaker", names(claim["speaker"]) if "speaker" in claim else ""),
            ("via", ", ".join(names(relay) for relay in claim.get("via", ()))),
            ("source", names(claim["source"])),
            ("locator", claim.get("locator")),
            ("note", claim.get("note")),
            ("weight", winner.weight),
            ("corroborated", _corroborated(one)),
        )
        yield from ((name, text) for name, text in facts if text)


def _corroborated(one: Grounds) -> str:
    """Return by how many origins, as rank counts them; "" where that is all that support it."""
    if one.corroboration == len(one.origins):
        return ""
    where = "where it was last affirmed" if one.ruling.basis == "presumed" else "at this date"
    return f"by {one.corroboration} of {counted(len(one.origins), 'origin')} {where}"


def _supported(one: Grounds) -> str:
    """Return how many are behind an answer; what is not firm corroborates nothing."""
    count = counted(len(one.origins), "independent origin")
    firm = sum(origin.firm for origin in one.origins)
    return f"supported by {count}" + ("" if firm == len(one.origins) else f", {firm} of them firm")


def _support(one: Grounds, names: _Names) -> Iterator[Sequence[Cell]]:
    """Yield the winner and its supporters by origin, each with what it repeats."""
    exhibits = {exhibit.claim["id"]: exhibit for exhibit in one.exhibits}
    for origin in one.origins:
        name = names(origin.id)
        for number, claim in enumerate(origin.claims):
            repeats = origin.claims[0] if number else None
            yield (None if number else name), *_said(exhibits[claim], one.ruling), repeats


def _said(exhibit: Exhibit, answer: Ruling) -> Sequence[Cell]:
    """Return the cells of a claim whose origin stands before it; its value where it has another."""
    claim = exhibit.claim
    name, value, valid, _, weight = _spoken(exhibit)
    said = joined(readable(claim["asserted"]), claim["source"], claim.get("locator"))
    return name, None if claim.get("value") == answer.value else value, valid, said, weight


def _spoken(exhibit: Exhibit) -> Sequence[Cell]:
    """Return the cells of a claim, with who says it where."""
    claim = exhibit.claim
    flags = {name: claim.get(name, False) for name in ("none", "denies", "unknown")}
    return (
        joined(claim["id"], f"(of {exhibit.recorded_of})" if exhibit.recorded_of else "", mark=" "),
        readable(valued(claim.get("value"), **flags)),
        readable(claim.get("valid")),
        joined(
            readable(claim["asserted"]),
            voiced(claim.get("speaker"), claim.get("via", ())),
            claim["source"],
        ),
        exhibit.weight,
    )
