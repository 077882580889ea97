"""Cleaned: values as the types of FollowTheMoney take them.

What its package would change when it loads a value is changed here, so that it changes nothing
and drops nothing, in version 3 and in version 4. A value that it has no form for is None. What
is longer than its type allows ends with an ellipsis.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlparse

from chronicle.calendar import write_instant
from chronicle.dates import Date

TYPES: Mapping[str, str] = {
    name: kind
    for kind, names in {
        "name": "name alias",
        "text": "summary description notes",
        "string": "title author publisher fileName role status recordId relationship",
        "address": "location",
        "url": "sourceUrl",
        "identifier": "wikidataId",
        "language": "language",
        "date": "date startDate endDate publishedAt",
        "entity": (
            "proof organization involved organizer holder post member employer employee director "
            "owner asset person relative associate subject object"
        ),
    }.items()
    for name in names.split()
}
"""The properties that are written, and the type of each; it is the same in every schema."""

_LONGEST: Mapping[str, int] = {"name": 384, "text": 65_000, "string": 1024, "address": 250}
"""The most characters of a value, by type."""

_LONGEST_URL = 4096

_SPACES = (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x0A00, 0x1680, 0x202F, 0x205F, 0x3000)
_UNSEEN = (
    *range(0x09),
    *(0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)),
    *(0xAD, 0x061C, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF),
    *range(0xD800, 0xE000),
)
_UNSAFE = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_UNSEEN, "")

_QUOTED = re.compile(r"""^["'](.*)["']$""")
_LINE_BREAKS = re.compile(r"\r\n|\n|<BR/>|<BR>|\t|ESQ\.,|ESQ,|;")
_COMMAS = re.compile(r",\s?[,.]")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,30}\Z")
_HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z", re.IGNORECASE)
_TOP_LABEL = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]\Z", re.IGNORECASE)
_DATE = re.compile(r"([12][0-9]{3}(?:-[0-9]{2}){0,2})(T[0-9:]{5,8})?(Z|[+-].*)?\Z")
_LENGTHS = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}


def entity_id(name: str) -> str:
    """Return the id of a record as FollowTheMoney takes it.

    An underscore, which it does not, becomes a dot, which no id of a record has.
    """
    return name.replace("_", ".")


def clean(name: str, raw: str) -> str | None:
    """Return a value of a property as the package takes it; None if it has no form for it."""
    kind = TYPES[name]
    text = _CLEANERS.get(kind, _plain)(raw)
    longest = _LONGEST.get(kind)
    if longest is None or len(text) <= longest:
        return text or None
    return _CLEANERS.get(kind, _plain)(f"{text[: longest - 1].rstrip()}…")


def dates(date: Date) -> Iterator[tuple[str, str]]:
    """Yield what of a date has a form here: the property and its value.

    A date by itself is `date`, as that claims neither a beginning nor an end. The ends of an
    interval are `startDate` and `endDate`, each if it is exact. Sets have no form.
    """
    parts = (("date", date), ("startDate", date.start), ("endDate", date.end))
    for name, part in parts:
        value = None if part is None else moment(part)
        if value is not None:
            yield name, value


def moment(date: Date) -> str | None:
    """Return an exact date of the years 1000 to 2999; None for any other.

    A time of day is meant as UTC there: without a zone only its day is given.
    """
    found = _DATE.match(date.text)
    length = _LENGTHS.get(date.precision)
    if date.shape != "date" or not date.exact or found is None or length is None:
        return None
    if found[2] is None or found[3] is None:
        return found[1]
    value = write_instant(date.first)[:length]
    return value if _DATE.match(value) else None


def is_told(date: Date) -> bool:
    """Say whether the properties of a date tell all of it."""
    return "/".join(value for _, value in dates(date)) == date.text


def _plain(raw: str) -> str:
    return unicodedata.normalize("NFC", raw.translate(_UNSAFE)).strip()


def _name(raw: str) -> str:
    return _settled(_plain(raw), lambda text: " ".join(_QUOTED.sub(r"\1", text).split()))


def _address(raw: str) -> str:
    def once(text: str) -> str:
        return " ".join(_COMMAS.sub(", ", _LINE_BREAKS.sub(", ", text)).split())

    return _settled(_plain(raw), once)


def _settled(text: str, once: Callable[[str], str]) -> str:
    """Change a text until it stays as it is; every change makes it plainer."""
    changed = once(text)
    return text if changed == text else _settled(changed, once)


def _url(raw: str) -> str:
    """Return an address of the web if it has a host that can be; else nothing."""
    text = _plain(raw)
    try:
        parsed = urlparse(text)
        host, _ = parsed.hostname or "", parsed.port
    except ValueError:
        return ""
    if not parsed.path:
        parsed = parsed._replace(path="/")
    first, _, top = host.rpartition(".")
    named = all(_HOST_LABEL.match(label) for label in first.split("."))
    fits = parsed.scheme in ("http", "https") and len(text) < _LONGEST_URL
    if fits and named and _TOP_LABEL.match(top) and not re.search(r"\s", text):
        return parsed.geturl()
    return ""


def _wikidata(raw: str) -> str:
    text = _plain(raw)
    return text if _WIKIDATA.match(text) else ""


def _language(raw: str) -> str:
    code = re.split(r"[-_]", raw.strip().lower(), maxsplit=1)[0]
    return code if code in LANGUAGES.values() else LANGUAGES.get(code, "")


def _moment(raw: str) -> str:
    return raw


_CLEANERS: Mapping[str, Callable[[str], str]] = {
    "name": _name,
    "address": _address,
    "url": _url,
    "identifier": _wikidata,
    "language": _language,
    "date": _moment,
    "entity": entity_id,
}

_CODES = """
af:afr ar:ara az:aze be:bel bg:bul bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est
fa:fas fi:fin fr:fra he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz
km:khm kn:kan ko:kor ky:kir lb:ltz lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya ne:nep nl:nld
no:nor pl:pol pt:por ro:ron ru:rus sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa tg:tgk tk:tuk tl:tgl
tr:tur uk:ukr ur:urd uz:uzb zh:zho
"""
LANGUAGES: Mapping[str, str] = {pair[:2]: pair[3:] for pair in _CODES.split()}
"""The languages that both versions know: two letters of ISO 639-1, three of ISO 639-3."""
