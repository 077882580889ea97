"""Dates as EDTF (ISO 8601-2), read into their first and last second.

Read are levels 0 and 1 whole, and of level 2 sets, X digits anywhere, the sub-year groupings
21-41 and qualifiers at components. A date keeps its text as written; nothing is rounded and no
digit invented. `edtf_parts` says how one date gets its bounds; here they make up three more forms:

- an interval `A/B` runs from the first second of A to the last of B; `..` is an open end and
  nothing an unknown one, and at least one end must be a date;
- one of a set, `[a,b..c]`, or all of a set, `{a,b..c}`, run from the earliest first second of
  their members to the latest last; `..b` may come first and `a..` last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal, NamedTuple, TypeAlias

from chronicle.calendar import BEGINNING, FOREVER, MONTH_NAMES, write_year
from chronicle.edtf_parts import PRECISIONS, Precision, read_part
from chronicle.errors import DateError

Shape: TypeAlias = Literal["date", "one-of", "all-of", "interval"]
"""The form of a date."""

OpenEnd: TypeAlias = Literal["", "open", "unknown"]
"""How an end is left out: not at all, as `..`, or as nothing."""

KEPT: Final = 20_000
"""The most dates that `parse_once` keeps."""

LONGEST: Final = 200
"""The most characters that a date may have."""


class Date(NamedTuple):
    """A date as written, with its bounds in seconds as in `calendar`."""

    text: str
    """As written, without the space around it."""
    shape: Shape
    first: int
    """The first second; BEGINNING where the start is open or unknown."""
    last: int
    """The last second, inclusive; FOREVER where the end is open or unknown."""
    precision: Precision
    """The unit in which it is stated; of sets and intervals the coarsest of their parts."""
    exact: bool
    """A single date without qualifier or X digit: its precision is all that is loose."""
    start: Date | None = None
    """Of an interval, and of a range `a..b` in a set: the date before the mark, if any."""
    end: Date | None = None
    """Of an interval, and of a range `a..b` in a set: the date after the mark, if any."""
    open_start: OpenEnd = ""
    """Of an interval, a range or a set: whether and how the start is left out."""
    open_end: OpenEnd = ""
    """Of an interval, a range or a set: whether and how the end is left out."""
    members: tuple[Date, ...] = ()
    """Of a set: its dates, and its ranges `a..b` as one member each, of the shape of the set."""

    @property
    def is_day_or_finer(self) -> bool:
        """Whether this names one day, minute or second, and no other could be meant."""
        return self.exact and self.precision in ("day", "minute", "second")

    @property
    def is_open(self) -> bool:
        """Whether it has no first second, or no last one."""
        return self.shape != "date" and (self.first == BEGINNING or self.last == FOREVER)


def parse(text: str, seen: Seen = None) -> Date:
    """Read a date; DateError names the text, what is wrong in it and what was expected.

    `seen` holds dates read before, as for `parse_once`: those inside the text are looked up there.
    """
    written = text.strip()
    if len(written) > LONGEST:
        message = f"{len(written)} characters, expected at most {LONGEST}"
        raise DateError(f"{_shown(written)}: {message}")
    try:
        if written[:1] in _CLOSING:
            return _read_set(written, seen)
        if "/" in written:
            return _read_interval(written, seen)
        return _read_date(written)
    except DateError as error:
        raise DateError(f"{_shown(written)}: {error}") from None


Seen: TypeAlias = dict[str, Date] | None
"""Dates that were read before by their texts, where they are kept."""

_CLOSING: Final = {"[": "]", "{": "}"}
_SET_SHAPES: Final[dict[str, Shape]] = {"[": "one-of", "{": "all-of"}
_OPEN_ENDS: Final[dict[str, OpenEnd]] = {"..": "open", "": "unknown"}


def _shown(text: str) -> str:
    """Quote a text for a message, cut where it is long."""
    return repr(text if len(text) <= 60 else f"{text[:60]}...")


def _read_date(text: str) -> Date:
    """Read a date that is neither a set nor an interval."""
    part = read_part(text)
    if part is None:
        raise DateError(_what_is_wrong(text))
    first, last, precision, exact = part
    return Date(text, "date", first, last, precision, exact)


def _read_inner(text: str, seen: Seen) -> Date:
    """Read a date inside an interval or a set, and name it where it is wrong."""
    date = None if seen is None else seen.get(text)
    # Not all that is a date by itself may stand inside another: no set, no space around it.
    if date is not None and date.shape == "date" and date.text == text:
        return date
    try:
        date = _read_date(text)
    except DateError as error:
        raise DateError(f"in {_shown(text)}, {error}") from None
    _keep(text, date, seen)
    return date


def _read_interval(text: str, seen: Seen) -> Date:
    """Read `A/B`, `A/..`, `A/`, `../B` or `/B`."""
    before, _, after = text.partition("/")
    if "/" in after or (after.isdigit() and len(after) < 4):
        raise DateError(_what_is_wrong(text))
    if before in _OPEN_ENDS and after in _OPEN_ENDS:
        raise DateError("an interval needs at least one date, expected A/B, A/.., A/, ../B or /B")
    if after[:1] in _CLOSING:
        raise DateError("the ends of an interval are dates, not sets")
    return _read_between(text, "interval", before, after, seen)


def _read_between(text: str, shape: Shape, before: str, after: str, seen: Seen) -> Date:
    """Read two ends, of which at most one is left out, and join them."""
    open_start, open_end = _OPEN_ENDS.get(before, ""), _OPEN_ENDS.get(after, "")
    start = None if open_start else _read_inner(before, seen)
    end = None if open_end else _read_inner(after, seen)
    first, last, precision = BEGINNING, FOREVER, PRECISIONS[0]
    if start is not None:
        first, precision = start.first, start.precision
    if end is not None:
        last, precision = end.last, _coarser(precision, end.precision)
    if last < first:
        raise DateError(f"ends before it begins, {after} lies before {before}")
    return Date(text, shape, first, last, precision, False, start, end, open_start, open_end)


def _coarser(one: Precision, other: Precision) -> Precision:
    """Give the coarser of two precisions."""
    return one if PRECISIONS.index(one) > PRECISIONS.index(other) else other


def _read_set(text: str, seen: Seen) -> Date:
    """Read `[a,b..c]` or `{a,b..c}`."""
    shape, closing = _SET_SHAPES[text[0]], _CLOSING[text[0]]
    if "/" in text:
        raise DateError("a set holds dates and ranges a..b, and stands in no interval")
    if text[-1] != closing:
        raise DateError(f"expected {closing} at the end of the set")
    members = tuple([_read_member(item, shape, seen) for item in text[1:-1].split(",")])
    first, last, precision = members[0].first, members[0].last, members[0].precision
    for earlier, member in pairwise(members):
        if member.open_start:
            raise DateError("a range without start, ..b, must be the first in its set")
        if earlier.open_end:
            raise DateError("a range without end, a.., must be the last in its set")
        first, last = min(first, member.first), max(last, member.last)
        precision = _coarser(precision, member.precision)
    return Date(
        text,
        shape,
        first,
        last,
        precision,
        exact=False,
        open_start=members[0].open_start,
        open_end=members[-1].open_end,
        members=members,
    )


def _read_member(text: str, shape: Shape, seen: Seen) -> Date:
    """Read a date, or a range `a..b`, `..b` or `a..`, in a set of that shape."""
    if not text:
        raise DateError("nothing between the marks of the set, expected a date")
    before, mark, after = text.partition("..")
    if not mark:
        return _read_inner(text, seen)
    if ".." in after or not (before or after):
        raise DateError(f"range {_shown(text)}, expected a..b, ..b or a..")
    return _read_between(text, shape, before or "..", after or "..", seen)


# What people write instead of EDTF, and how EDTF says it: offered only where the result reads.
# Patterns stay text until a date is wrong: compiling them all would slow every start.
_MONTH: Final = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NUMBER_OF: Final = {name[:3].lower(): f"{n:02}" for n, name in enumerate(MONTH_NAMES, start=1)}
_REWRITINGS: Final = (
    (r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", "{0}-{1:0>2}-{2:0>2}"),
    (r"([0-9]{4})[-/.]([0-9]{1,2})", "{0}-{1:0>2}"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", "{0}-{1}-{2}"),
    (rf"([0-9]{{1,2}})(?:st|nd|rd|th)? {_MONTH},? ([0-9]{{4}})", "{2}-{1}-{0:0>2}"),
    (rf"{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})", "{2}-{0}-{1:0>2}"),
    (rf"{_MONTH},? ([0-9]{{4}})", "{1}-{0}"),
    (r"([-0-9]{10}) ([0-9:]{5,8}.{0,6})", "{0}T{1}"),
    (r"(.*T.*[-+][0-9]{2})([0-9]{2})", "{0}:{1}"),
    (r"(?:circa|ca\.?|c\.?|about) ?([-0-9]{4,10})", "{0}~"),
    (r"([-0-9]{4,10})(?:\?~|~\?)", "{0}%"),
    (r"([0-9]{3})0'?s", "{0}X"),
    (r"([-0-9]{4,10}) (?:-|to|until) ([-0-9]{4,10})", "{0}/{1}"),
    (r"([-0-9]{4,10})\.\.([-0-9]{4,10})", "[{0}..{1}]"),
)
_BCE: Final = r"([1-9][0-9]{0,3}) ?bce?"
_REMARKS: Final = (
    (r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}", "expected year, month, day, as 2022-01-06"),
    (r".*/.*/.*", "more than one slash, expected two dates A/B"),
    (r".*/.*", "a shortened end, expected both ends of the interval in full"),
    (r"Y.*E.*", "years with an exponent are not read, write out up to 11 digits"),
    (r".*S[0-9]+", "significant digits are not read, write X for the digits not known"),
    (r"Y-?[0-9]{12,}", "the year has more than 11 digits, which is beyond this calendar"),
    (r"Y-?[0-9].*", "expected 5 to 11 digits without leading zero after Y"),
    (r"-?[0-9]{5,}", "expected four digits, or Y before a longer year"),
    (r"-?[0-9X]{1,3}(-.*)?", "expected a year of four digits (a decade is 202X)"),
    (r".*T.*[0-9][.,][0-9].*", "fractions of a second are not read, expected whole seconds"),
    (r"[^T]*[X~?%][^T]*T.*", "a time needs a day without X or qualifiers"),
    (
        r"[^T]*[0-9]T.*",
        "expected a day and a time such as 2022-01-06T14:30, 14:30:05Z or 14:30+06:00",
    ),
    (r"open|unknown|now|present", "expected .. for an open end, nothing for an unknown one"),
    (r".*", "expected an EDTF date such as 2022-01-06, 2022-01 or 2022"),
)


def _what_is_wrong(text: str) -> str:
    """Say why a text has not the form of a date, and what was expected."""
    if not text:
        return "empty, expected an EDTF date such as 2022-01-06, 2022-01 or 2022"
    if strange := re.search(r"[^ -~]", text):
        return f"character {strange[0]!r}, expected digits 0-9, hyphens and the marks of EDTF"
    for suggestion in _suggestions(text):
        if suggestion != text and _reads(suggestion):
            return f"not EDTF, expected {suggestion}"
    return next(remark for pattern, remark in _REMARKS if re.fullmatch(pattern, text, re.DOTALL))


def _suggestions(text: str) -> Iterator[str]:
    """Yield texts that may say in EDTF what was meant."""
    if bce := re.fullmatch(_BCE, text, re.IGNORECASE):
        yield write_year(1 - int(bce[1]))
    for pattern, form in _REWRITINGS:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            yield form.format(*(_NUMBER_OF.get(field.lower(), field) for field in match.groups()))
    yield "".join(text.split())
    yield text.upper().replace("U", "X")


def _reads(text: str) -> bool:
    """Whether every date in a suggestion can be read."""
    try:
        return all(read_part(date) is not None for date in re.split(r"/|\.\.", text.strip("[]")))
    except DateError:
        return False


def parse_once(text: str, seen: Seen) -> Date:
    """Read a date as `parse` does, but a text that stands in `seen` only once.

    `seen` belongs to the caller (one append, say); it is emptied when it holds `KEPT` dates.
    """
    if seen is None:
        return parse(text)
    date = seen.get(text)
    if date is None:
        date = parse(text, seen)
        _keep(text, date, seen)
    return date


def _keep(text: str, date: Date, seen: Seen) -> None:
    if seen is not None:
        if len(seen) >= KEPT:
            seen.clear()
        seen[text] = date
