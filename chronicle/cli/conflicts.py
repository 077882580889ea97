"""`conflicts`: what is disputed, with all sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chronicle.answers import Ruling
from chronicle.cli.cells import Cell, joined, paired, qualified, readable, valued, voiced
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.grounds import Dissent, dissents
from chronicle.cli.lazy import command
from chronicle.cli.options import Looking, format_option, view_options
from chronicle.cli.output import put, say
from chronicle.cli.report import Item, Report, Sheet
from chronicle.cli.rulings import described
from chronicle.counts import counted
from chronicle.payloads import Payload
from chronicle.views import View


@command("conflicts", example="chronicle conflicts --as-of 2022-05-31")
@view_options(where=True)
@format_option
@pass_desk
def conflicts(desk: Desk, looking: Looking, form: str) -> None:
    """List every slot that is disputed, with both sides: the winner and its rivals.

    Each side is told with every claim for it: those that support the winner, and the rivals
    with the reason that each lost. Where a conflict record makes a slot disputed, its note and
    the other claims that it names are listed too.
    """
    with desk.open() as chronicle:
        view = looking.view(chronicle)
        with chronicle.database.reading():
            disputed = list(_disputed(view, looking))
            named = view.reader.details(set(_named(disputed)))
            claims = {name: view.reader.told(one) for name, one in named.items()}
        items = [_item(one, records, claims) for one, records in disputed]
        report = Report(
            items, lambda: map(_sheet, items), _COLUMNS, _flat, "rulings", {"view": view.as_dict()}
        )
        put(report, form)
    say(f"{counted(len(disputed), 'slot')} disputed; {described(view)}")


_Disputed = tuple[Ruling, list[Dissent]]
"""A disputed ruling, and the conflict records in force that its winner stands in."""


def _disputed(view: View, looking: Looking) -> Iterator[_Disputed]:
    for one in view.state():
        if one.standing == "disputed" and looking.takes(view, one.qualifiers):
            yield one, dissents(view, one)


def _named(disputed: Iterable[_Disputed]) -> Iterator[str]:
    """Yield every claim that stands on some side."""
    for one, records in disputed:
        yield one.claim or ""
        yield from one.supporters
        yield from (rival.claim for rival in one.rivals)
        for record in records:
            yield from record.claims


_SAYING = ("source", "locator", "speaker", "asserted", "valid")
"""What is told of the claim of a side, as its record has it."""

_COLUMNS = (
    "subject",
    "property",
    "qualifiers",
    "standing",
    "basis",
    "side",
    "value",
    "claim",
    *_SAYING,
    "via",
    "reason",
)
"""The columns in CSV: a row for each side of a slot."""


def _item(one: Ruling, records: Sequence[Dissent], claims: Mapping[str, Payload]) -> Item:
    """Return a disputed ruling with its conflict records, and with its sides, claim by claim."""
    best = {"value": one.value, "none": one.none, "denies": False}
    sides: list[dict[str, Any]] = [{"side": "winner", "claim": one.claim, **best}]
    sides += [{"side": "supporter", "claim": name, **best} for name in one.supporters]
    for rival in one.rivals:
        value = {"value": rival.value, "none": rival.value is None, "denies": rival.denies}
        sides.append({"side": "rival", "claim": rival.claim, **value, "reason": rival.reason})
    for record in records:
        reason = joined(record.id, record.note, mark=": ")
        others = [name for name in record.claims if name != one.claim]
        sides += [{"side": "conflict", "claim": name, "reason": reason} for name in others]
    told = [{**_said(claims[side["claim"]]), **side} for side in sides]
    return {**one.as_dict(), "conflicts": [each.as_dict() for each in records], "sides": told}


def _said(claim: Payload) -> dict[str, Any]:
    """Return what a claim says; of a conflict record it may be about something else."""
    plain = {name: claim.get(name) for name in ("subject", "property", "value", *_SAYING)}
    flags = {name: claim.get(name, False) for name in ("none", "denies")}
    return {"side": "", "claim": "", **plain, **flags, "via": claim.get("via", []), "reason": None}


def _flat(item: Item) -> Iterator[Sequence[Cell]]:
    slot = {name: item[name] for name in ("subject", "property", "standing", "basis")}
    slot["qualifiers"] = paired(item["qualifiers"])
    for side in item["sides"]:
        row = {**side, **slot, "value": _value(side), "via": " ".join(side["via"])}
        yield [row[name] for name in _COLUMNS]


def _value(side: Item) -> str:
    """Return what a side says; a claim that only a conflict record names says of what, too."""
    value = valued(side["value"], none=side["none"], denies=side["denies"])
    if side["side"] != "conflict":
        return value
    return joined(side["subject"], side["property"], readable(value), mark=" ")


def _sheet(item: Item) -> Sheet:
    slot = qualified(item["property"], item["qualifiers"])
    title = f"{item['subject']} {slot}: {joined(item['standing'], item['basis'])}"
    headings = ("side", "value", "valid", "claim, said by, in", "why")
    return Sheet(headings, map(_row, item["sides"]), title)


def _row(side: Item) -> Sequence[Cell]:
    voice = voiced(side["speaker"], side["via"])
    return (
        side["side"],
        readable(_value(side)),
        readable(side["valid"]),
        joined(side["claim"], readable(side["asserted"]), voice, side["source"]),
        side["reason"],
    )
