"""Quantities: amounts as text, their ranges, and which of them can both be true."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.quantities import parse
from tests.reference_values import normal_quantity, ranges_meet

NUMBERS = st.integers(-3, 12).map(str) | st.sampled_from(["0.5", "1.50", "+2", "-0.0", "10", "007"])
QUANTITIES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["", "~", ">", ">=", "<", "<="]), NUMBERS),
    st.lists(NUMBERS, min_size=2, max_size=2).map(
        lambda pair: "..".join(sorted(pair, key=Decimal))
    ),
)
GRID = [Decimal(quarter) / 4 for quarter in range(-4 * 25, 4 * 25 + 1)]
"""Amounts to try: finer than any two bounds above are apart, and beyond all of them."""


def bound(text: str) -> tuple[Decimal | None, bool]:
    """Read a bound as the table below writes it: nothing, an amount, an amount left out."""
    amount, _, is_open = text.partition(" ")
    return (Decimal(amount) if amount else None), is_open == "open"


@pytest.mark.parametrize(
    ("text", "low", "high", "normal"),
    [
        ("164", "164", "164", "164"),
        ("164.0", "164", "164", "164"),
        ("+164", "164", "164", "164"),
        ("0164", "164", "164", "164"),
        ("1.50", "1.5", "1.5", "1.5"),
        ("-0.0", "0", "0", "0"),
        ("-7", "-7", "-7", "-7"),
        (">=164", "164", "", ">=164"),
        (">= 164", "164", "", ">=164"),
        (">4400", "4400 open", "", ">4400"),
        ("<=18", "", "18", "<=18"),
        ("<18.0", "", "18 open", "<18"),
        ("2000..2500", "2000", "2500", "2000..2500"),
        ("-5..+5.50", "-5", "5.5", "-5..5.5"),
        ("3..3", "3", "3", "3..3"),
        ("~2500", "2400", "2600", "~2500"),
        ("~2500.0", "2400", "2600", "~2500"),
        ("~2501", "2500", "2502", "~2501"),
        ("~0.25", "0.24", "0.26", "~0.25"),
        ("~-20", "-30", "-10", "~-20"),
        ("~0", "-1", "1", "~0"),
        ("9007199254740993", "9007199254740993", "9007199254740993", "9007199254740993"),
    ],
)
def test_a_quantity_is_a_range_and_a_normal_form(
    text: str, low: str, high: str, normal: str
) -> None:
    """An amount is exact, `~` widens by one unit of the last significant digit, `>` is open."""
    quantity = parse(text)
    assert (quantity.low, quantity.low_open) == bound(low)
    assert (quantity.high, quantity.high_open) == bound(high)
    assert quantity.normal == normal


def test_no_digit_of_a_long_amount_is_rounded() -> None:
    """An approximate amount of forty digits is widened exactly."""
    digits = "1234567891" * 4
    quantity = parse(f"~{digits}")
    assert (quantity.low, quantity.high) == (Decimal(int(digits) - 1), Decimal(int(digits) + 1))
    assert quantity.normal == f"~{digits}"


@pytest.mark.parametrize(
    "text",
    [
        "", "many", "164 people", " 164", "164 ", "164\n", "1e5", ".5", "5.", "1,000", "--1", "> ",
        "=5", "=>5", "~~5", "1..", "..2", "1...2", "1 .. 2", "1..2..3", "\u0661", "NaN", "Infinity",
    ],
)  # fmt: skip
def test_anything_else_is_no_quantity(text: str) -> None:
    """A unit, an exponent, a bare point, foreign digits and words are refused."""
    with pytest.raises(
        ValueError, match="is no quantity, expected a quantity such as 164"
    ) as caught:
        parse(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["2..1", "~1..2", ">=1..2", "0..-1"])
def test_a_range_runs_from_low_to_high(text: str) -> None:
    """A range that runs backwards, or has an operator beside, is refused."""
    with pytest.raises(ValueError, match="is no range from low to high"):
        parse(text)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("164", "164.0", True),
        ("164", "165", False),
        ("164", ">=164", True),
        ("164", ">164", False),
        ("164", "<=164", True),
        ("164", "<164", False),
        (">164", "<164", False),
        (">=164", "<=164", True),
        (">164", "<=164", False),
        (">163", "<164", True),
        (">5", ">4400", True),
        ("<5", "<=-3", True),
        ("2000..2500", "2500..3000", True),
        ("2000..2500", "2501", False),
        ("2000..2500", "<2000", False),
        ("~2500", "2600", True),
        ("~2500", "2601", False),
        ("~2500", ">2600", False),
        ("~164", "165", True),
    ],
)
def test_quantities_whose_ranges_meet_can_both_be_true(one: str, other: str, meet: bool) -> None:
    """A bound that is itself outside its range meets nothing."""
    assert parse(one).meets(parse(other)) is meet
    assert parse(other).meets(parse(one)) is meet


def holds(text: str, amount: Decimal) -> bool:
    """Tell whether a quantity may be that amount, read from its text alone."""
    low, dots, high = text.partition("..")
    if dots:
        return Decimal(low) <= amount <= Decimal(high)
    number = Decimal(text.lstrip("~<>="))
    unit = 10 if number == 10 else Decimal("0.1") if number % 1 else 1
    return {
        "~": abs(amount - number) <= unit,
        ">=": amount >= number,
        "<=": amount <= number,
        ">": amount > number,
        "<": amount < number,
        "": amount == number,
    }[text.removesuffix(text.lstrip("~<>="))]


@given(QUANTITIES, QUANTITIES)
def test_meeting_is_having_an_amount_in_common(one: str, other: str) -> None:
    """Two quantities meet exactly if some amount lies in both ranges, whichever is asked."""
    common = any(holds(one, amount) and holds(other, amount) for amount in GRID)
    tenths = any(
        holds(one, amount) and holds(other, amount)
        for amount in (Decimal(tenth) / 10 for tenth in range(-250, 251))
    )
    assert parse(one).meets(parse(other)) is (common or tenths)
    assert parse(other).meets(parse(one)) is (common or tenths)
    assert ranges_meet(one, other) is (common or tenths)


@given(QUANTITIES)
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    """The normal form reads as the same range, and has itself as its normal form."""
    quantity = parse(text)
    assert parse(quantity.normal) == quantity
    assert quantity.normal == normal_quantity(text)
    assert quantity.meets(quantity)
