"""Quantities: amounts as text, `164`, `>=164`, `>4400`, `<=18`, `~2500`, `2000..2500`.

Amounts are decimals, never floats, and stay as written; two quantities are the same if their
normal forms are (`164.0` is `164`), and compatible if their ranges meet.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

_QUANTITY = re.compile(
    r"(?:(?P<op>>=|<=|>|<|~)\s*)?(?P<low>[+-]?[0-9]+(?:\.[0-9]+)?)(?:\.\.(?P<high>[+-]?[0-9]+(?:\.[0-9]+)?))?\Z"
)
_EXPECTED = "a quantity such as 164, >=164, >4400, <=18, ~2500 or 2000..2500, without its unit"


class Quantity(NamedTuple):
    """A range of amounts; None is no bound, and an `open` bound is itself outside the range."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    normal: str

    def meets(self, other: Quantity) -> bool:
        """Say whether some amount lies in both ranges: then both can be true."""
        return not (_below(self, other) or _below(other, self))


def parse(text: str) -> Quantity:
    """Read a quantity; `ValueError` says what was expected.

    `~2500` is widened by one unit of its last significant digit on each side (2400 to 2600),
    as an approximate date is by one unit of its precision.
    """
    match = _QUANTITY.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no quantity, expected {_EXPECTED}")
    operator, low = match["op"] or "", Decimal(match["low"])
    if match["high"] is not None:
        high = Decimal(match["high"])
        if operator or high < low:
            raise ValueError(f"{text!r} is no range from low to high, expected {_EXPECTED}")
        return Quantity(low, high, False, False, f"{_plain(low)}..{_plain(high)}")
    normal = operator + _plain(low)
    if operator == "~":
        # As many digits as were written, so that nothing is rounded.
        exact = Context(prec=len(text) + 1)
        unit = _last_unit(low, exact)
        widened = exact.subtract(low, unit), exact.add(low, unit)
        return Quantity(*widened, False, False, normal)
    if operator in (">", ">="):
        return Quantity(low, None, operator == ">", False, normal)
    if operator in ("<", "<="):
        return Quantity(None, low, False, operator == "<", normal)
    return Quantity(low, low, False, False, normal)


def _below(left: Quantity, right: Quantity) -> bool:
    if left.high is None or right.low is None:
        return False
    touching = left.high == right.low
    return left.high < right.low or (touching and (left.high_open or right.low_open))


def _plain(amount: Decimal) -> str:
    text = format(amount, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "+0") else text


def _last_unit(amount: Decimal, exact: Context) -> Decimal:
    exponent = amount.normalize(exact).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
