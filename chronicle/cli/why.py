"""`why`: what a ruling rests on, who says so, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from chronicle.cli.cells import (
    Cell,
    counted,
    joined,
    paired,
    qualified,
    readable,
    valued,
    voiced,
)
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
)
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import described
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
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle, name)
        found = grounds(view, subject, name, looking.where)
        names = _Names(view.reader.details(_named(found)))
        report = Report(
            (one.as_dict() for one in found),
            lambda: (sheet for one in found for sheet in _sheets(one, names)),
            _COLUMNS,
            _flat,
            "rulings",
            {"view": view.as_dict()},
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


_COLUMNS = (
    "subject",
    "property",
    "qualifiers",
    "part",
    "claim",
    "value",
    "denies",
    "none",
    "unknown",
    "valid",
    "asserted",
    "source",
    "locator",
    "speaker",
    "via",
    "weight",
    "origins",
    "reason",
)
"""The columns in CSV: a row for each claim, with the part that it plays."""


def _flat(item: Item) -> Iterator[Sequence[Cell]]:
    slot = {name: item[name] for name in ("subject", "property")}
    slot["qualifiers"] = paired(item["qualifiers"])
    for one in item["claims"]:
        lists = {name: " ".join(one[name] or ()) for name in ("via", "origins")}
        row = {**one, **slot, **lists}
        yield [row[name] for name in _COLUMNS]


def _sheets(one: Grounds, names: _Names) -> Iterator[Sheet]:
    ruling = one.ruling
    title = f"{ruling.subject} {qualified(ruling.property, ruling.qualifiers)}"
    yield Sheet(("", ""), list(_answer(one, names)), title)
    supporters = one.having(SUPPORTER)
    if supporters:
        rows = [
            (origin if number == 0 else None, *_said(exhibit))
            for origin, group in _by_origin(supporters, names)
            for number, exhibit in enumerate(group)
        ]
        headings = ("origin", "claim", "value", "valid", "said in", "weight")
        yield Sheet(headings, rows, "supported by")
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
        )
        yield from ((name, text) for name, text in facts if text)


def _by_origin(
    exhibits: Iterable[Exhibit], names: _Names
) -> Iterable[tuple[str, Sequence[Exhibit]]]:
    groups: dict[str, list[Exhibit]] = {}
    for exhibit in exhibits:
        groups.setdefault(", ".join(names(name) for name in exhibit.origins), []).append(exhibit)
    return groups.items()


def _said(exhibit: Exhibit) -> Sequence[Cell]:
    """Return the cells of a claim whose origin stands before it."""
    claim = exhibit.claim
    name, value, valid, _, weight = _spoken(exhibit)
    said = joined(readable(claim["asserted"]), claim["source"], claim.get("locator"))
    return name, value, valid, said, weight


def _spoken(exhibit: Exhibit) -> Sequence[Cell]:
    """Return the cells of a claim, with who says it where."""
    claim = exhibit.claim
    flags = {name: claim.get(name, False) for name in ("none", "denies", "unknown")}
    return (
        claim["id"],
        readable(valued(claim.get("value"), **flags)),
        readable(claim.get("valid")),
        joined(
            readable(claim["asserted"]),
            voiced(claim.get("speaker"), claim.get("via", ())),
            claim["source"],
        ),
        exhibit.weight,
    )
