"""Prose: one piece of a chronology in Markdown, with footnotes for what it cites.

Every text of a record is escaped; dates are said in words, and where words would lose something
they stay EDTF, as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from chronicle.exports.items import Row
from chronicle.exports.pieces.losing import lost
from chronicle.exports.wording import dated, listed
from chronicle.marks import opening, plain

_LINKED = re.compile(r"https?://[^/]", re.IGNORECASE)
_UNSAFE = re.compile(
    r'[\x00-\x20\x7f-\xa0<>"\\^`{}|\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]'
)
_ENTITY = re.compile(r"(&#?[A-Za-z0-9]+);")

_MODALITIES: Mapping[str, tuple[str, str]] = {
    "stated": ("", "according to"),
    "alleged": ("alleged", "alleged by"),
    "inferred": ("inferred", "inferred by"),
    "planned": ("planned", "planned, according to"),
    "predicted": ("predicted", "predicted by"),
}
"""How a statement was made, alone and before the name of who made it."""


def about(row: Row) -> Iterator[str]:
    """Yield the lines on the one entity that a page is about: what it is, what is held of it."""
    if row["description"]:
        yield _stopped(opening(plain(row["description"])))
    if row["aliases"]:
        yield f"Also called {listed([plain(one) for one in row['aliases']])}."
    if row["held"]:
        if row["description"] or row["aliases"]:
            yield ""
        yield from (f"- {opening(_belief(one))}" for one in row["held"])


def event(row: Row) -> Iterator[str]:
    """Yield the lines of an event: when, what, where, who; what else is said in the same breath."""
    standing = "" if row["standing"] in ("settled", "unknown") else f" ({row['standing']})"
    when = capital(date(row["when"])) if row["when"] else "Date not known"
    title = _stopped(plain(row["title"]))
    yield f'<a id="{event_anchor(row["id"])}"></a>**{when}{standing}. {title}**'
    if row["summary"]:
        yield _stopped(opening(plain(row["summary"])))
    if row["place"]:
        yield f"Place: {_taking_part([row['place']], row['standing'])}."
    if row["participants"]:
        roles = (_taking_part(some, row["standing"]) for some in _by_role(row["participants"]))
        yield f"Taking part: {'; '.join(roles)}."
    for other in row["others"]:
        yield f"Also dated {date(other['when'])}: {_passages(other['cited'])}."
    if row["disputed"]:
        links = [f"[{_slot(one)}](#{one['anchor']})" for one in row["disputed"]]
        yield f"Disputed: {', '.join(links)}."
    yield f"Sources: {_passages(row['cited'])}."
    if row["statements"]:
        yield ""
        yield from (f"- {opening(_statement(one, row))}" for one in row["statements"])


def dispute(row: Row) -> Iterator[str]:
    """Yield the lines of a dispute: its slot, what is held and by whom, each rival, conflicts."""
    yield f'### <a id="{row["anchor"]}"></a>{plain(row["subject"])}: {_slot(row)}'
    yield ""
    yield f"{_comma('Held', *_basis(row))}: **{_value(row['held'])}**"
    yield ""
    yield from (f"- {_said(one)}" for one in row["held"]["claims"])
    for side in row["rivals"]:
        yield ""
        yield f"Against it: **{_value(side)}**"
        yield ""
        yield from (f"- {_said(one)} It lost: {lost(one['reason'])}." for one in side["claims"])
    for conflict in row["conflicts"]:
        yield ""
        note = f" {_stopped(plain(conflict['note']))}" if conflict["note"] else ""
        yield f"Cannot hold together with this, as recorded in `{conflict['id']}`.{note}"
        yield ""
        for one in conflict["claims"]:
            stated = _sentence(f"**{plain(one['subject'])}: {_property(one)}**", _valid(one))
            yield f"- {stated} {_said({**one, 'valid': None})}"
    if row["event"]:
        yield ""
        yield f"[To the event](#{event_anchor(row['event'])})"


def note(row: Row) -> Iterator[str]:
    """Yield the lines on a source: all that is told of it, and the footnote that cites it.

    The footnote is short: some programs print it again wherever it is cited.
    """
    cited = opening(_cited(row))
    text = [f"{_comma(cited, plain(row['medium'] or ''))}.", *_whence(row)]
    if row["derives_from"]:
        repeated = [f"“{plain(one)}”" for one in row["derives_from"]]
        text.append(f"It repeats {listed(repeated)}.")
    if row["note"]:
        text.append(_stopped(plain(row["note"])))
    yield " ".join(text)
    yield ""
    yield " ".join([f"{_mark(row['id'])}: {cited}.", *_whence(row)])


def _cited(row: Row) -> str:
    """Return a source as a footnote cites it."""
    authors = listed([plain(one) for one in row["authors"]]) if row["authors"] else ""
    publisher = plain(row["publisher"] or "")
    published = date(row["published"]) if row["published"] else ""
    return _comma(authors, f"“{plain(row['title'])}”", publisher, published)


def _whence(row: Row) -> Iterator[str]:
    """Yield where a source is, and that it was not read, if so."""
    if row["url"]:
        yield f"{_link(row['url'])}."
    if row["read"] == "no":
        yield "Known only through others."


def date(text: str) -> str:
    """Return a date in words; as code where it has none."""
    words = dated(text)
    return f"`{text}`" if words is None else words


def event_anchor(name: str) -> str:
    """Return the name under which a page can point to an event."""
    return f"event-{name}"


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]


def _stopped(text: str) -> str:
    """Return a text that ends a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _comma(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _sentence(*parts: str) -> str:
    return _stopped(_comma(*parts))


def _link(url: str) -> str:
    """Return an address as a link, if it is one of the web; any other as plain text."""
    address = url.strip()
    if not _LINKED.match(address):
        return plain(address)
    safe = _UNSAFE.sub(lambda found: quote(found[0], safe=""), address)
    whole = _ENTITY.sub(r"\1%3B", safe)
    return f"<{whole}>"


def _mark(source: str) -> str:
    """Return the reference to the footnote of a source."""
    return f"[^{source}]"


def _passages(some: Iterable[Row]) -> str:
    """Return where something stands: each passage, or who says so, with the footnote."""
    found = []
    for source, group in groupby(some, key=lambda one: one["source"]):
        places = " · ".join(plain(one["locator"] or one["author"]) for one in group)
        found.append(f"{places}{_mark(source)}")
    return " · ".join(found)


def _marks(some: Iterable[Row]) -> str:
    return " ".join(_mark(one["source"]) for one in some)


def _by_role(participants: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield those together who took part in the same way."""
    found: dict[tuple[str, str], list[Row]] = {}
    for one in participants:
        found.setdefault((one["role"], one["standing"]), []).append(one)
    yield from found.values()


def _taking_part(some: Sequence[Row], standing_of_all: str) -> str:
    """Return places or participants of one role, with how that stands, if not as the date does."""
    names = [f"{plain(one['name'])}{_marks(one['cited'])}" for one in some]
    standing = some[0]["standing"]
    standing = "" if standing in ("settled", standing_of_all) else standing
    told = _comma(plain(some[0]["role"]), standing)
    return f"{listed(names)} ({told})" if told else listed(names)


def _slot(row: Row) -> str:
    """Return a property with its qualifiers."""
    qualifiers = "; ".join(f"{plain(name)}: {plain(value)}" for name, value in row["qualifiers"])
    return f"{plain(row['label'])} ({qualifiers})" if qualifiers else plain(row["label"])


def _value(row: Row) -> str:
    text = date(row["date"]) if row["date"] else plain(row["text"])
    return f"not {text}" if row["denied"] else text


def _property(row: Row) -> str:
    return f"{_slot(row)}: {_value(row)}"


def _valid(row: Row) -> str:
    return date(row["valid"]) if row["valid"] else ""


def _basis(row: Row) -> Iterator[str]:
    """Yield how what is held was affirmed for the date of the view, if it was not in full."""
    if row["basis"] == "possible":
        yield "possible at that date"
    elif row["basis"] == "presumed":
        yield f"last affirmed for {date(row['last_affirmed'])}"


def _belief(row: Row) -> str:
    """Return what is held of the entity that a page is about."""
    standing = "" if row["standing"] == "settled" else row["standing"]
    if row["anchor"]:
        standing = f"[{standing}](#{row['anchor']})"
    told = _comma(standing, *_basis(row))
    more = f" ({told})" if told else ""
    return f"{_comma(_property(row), _valid(row))}{more}{_marks([row['cited']])}"


def _statement(row: Row, event: Row) -> str:
    """Return what is said beside an event; its date and passage where they are not the event's."""
    says: dict[str, list[str]] = {}
    for one in row["says"]:
        valid = "" if one["valid"] == event["when"] else _valid(one)
        says.setdefault(_slot(one), []).append(_comma(_value(one), valid))
    said = "; ".join(f"{slot}: {'; '.join(values)}" for slot, values in says.items())
    text = f"{plain(row['subject'])} — {said}" if row["subject"] else said
    source, locator = row["cited"]["source"], row["cited"]["locator"] or ""
    if any((one["source"], one["locator"]) == (source, locator) for one in event["cited"]):
        locator = ""
    told = "; ".join(filter(None, (_voice(row["voice"], row["subject"]), plain(locator))))
    return f"{text} ({told}){_mark(source)}" if told else f"{text}{_mark(source)}"


def _voice(row: Row, subject: str | None = None) -> str:
    """Return who made a statement, how, and through whom; `subject` is what it is about."""
    alone, before = _MODALITIES[row["modality"]]
    if row["speaker"] and row["speaker"] == subject:
        text = _comma(alone, "own statement")
    else:
        text = f"{before} {plain(row['speaker'])}" if row["speaker"] else alone
    via = [
        plain(one["name"]) + (_mark(one["cited"]["source"]) if "cited" in one else "")
        for one in row["via"]
    ]
    relayed = f"via {', '.join(via)}" if via else ""
    return _comma(" ".join(filter(None, (text, relayed))), row["doubt"] or "")


def _said(row: Row) -> str:
    """Return the claim of a side: who said it, when, where, and in which words."""
    voice = row["voice"]
    author = "" if voice["speaker"] or voice["via"] else plain(row["author"])
    text = _comma(author, _voice(voice), date(row["asserted"]))
    valid = f"dated {_valid(row)}" if row["valid"] else ""
    words = f"worded “{plain(row['verbatim'].strip(' “”'))}”" if row["verbatim"] else ""
    note = f" {_stopped(plain(row['note']))}" if row["note"] else ""
    source, locator = row["cited"]["source"], row["cited"]["locator"]
    where = f" ({plain(locator)}{_mark(source)})" if locator else _mark(source)
    return f"{_comma(opening(capital(text)) + where, valid, words)}.{note}"
