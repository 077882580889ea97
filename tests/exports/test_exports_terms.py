"""Terms: names, dates and amounts as RDF has them, none rounded, none made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Graph, Literal, URIRef

from chronicle.calendar import write_instant
from chronicle.exports.linked.terms import address, date, ends, exact, flag, number, text, value_of
from chronicle.exports.linked.vocabulary import EDTF, OWN, RECORD
from tests.exports.linked import ADDRESSES, TEXTS_FOR_ADDRESSES


@pytest.mark.parametrize(
    ("written", "datatype"),
    [
        ("2022-01-05", XSD.date),
        ("0001-01-01", XSD.date),
        ("9999-12-31", XSD.date),
        ("2022-01-05T10:00:00", XSD.dateTime),
        ("2022-01-05T10:00:00Z", XSD.dateTime),
        ("2022-01-05T10:00:00+06:00", XSD.dateTime),
    ],
)
def test_a_day_or_a_second_is_one_of_xml_schema(written: str, datatype: URIRef) -> None:
    """To the letter."""
    found = exact(written)
    assert found is not None
    assert (str(found), found.datatype) == (written, datatype)


@pytest.mark.parametrize(
    "written",
    [
        *("2022", "2022-01", "2022-01-05~", "2022-01-05?", "2022-01-XX", "2022-21", "Y12345"),
        *("[2022-01-05..2022-01-17]", "{2022-01-05}", "2022-01-05/..", "2022-01-05T10:00"),
        *("0000-01-01", "-0044-03-15", "2022-01-05T10:00:00+06", "2022-01-05\n", ""),
    ],
)
def test_what_is_less_exact_is_none_of_xml_schema(written: str) -> None:
    """Nor is what it counts otherwise, or cannot write; it stays as it was written, EDTF."""
    assert exact(written) is None
    assert date(written) == Literal(written, datatype=EDTF)


@given(st.integers(-(2**40), 2**40))
def test_seconds_of_any_year_are_none_or_the_same(second: int) -> None:
    """No other second is ever meant."""
    written = write_instant(second)
    found = exact(written)
    assert found is None or str(found) == written
    assert (found is None) is (not "0001" <= written[:4] <= "9999" or written[0] in "-Y")


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        (None, None, None),
        ("2022-01-05", "2022-01-05", None),
        ("2022-01-05/2022-01-06", "2022-01-05", "2022-01-06"),
        ("2022-01-05/2022-01", "2022-01-05", None),
        ("2022-01-05/..", "2022-01-05", None),
        ("../2022-01-06", None, "2022-01-06"),
        ("/2022-01-06", None, "2022-01-06"),
        ("2022-01-05~/2022-01-06", None, "2022-01-06"),
        ("[2022-01-05..2022-01-06]", None, None),
    ],
)
def test_the_ends_of_a_date_are_those_that_are_exact(
    written: str | None, start: str | None, end: str | None
) -> None:
    """A day says when something began, not that it was over then."""
    found = [None if one is None else str(one) for one in ends(written)]
    assert found == [start, end]


@pytest.mark.parametrize("written", ADDRESSES)
def test_an_address_is_a_name(written: str) -> None:
    """As it is written, if it can be one."""
    assert address(written) == URIRef(written)


@pytest.mark.parametrize("written", TEXTS_FOR_ADDRESSES)
def test_what_can_be_no_name_is_a_text(written: str) -> None:
    """Blanks, brackets, what turns text around, and what would be read as one of our names."""
    assert address(written) == Literal(written)
    assert address(None) is None


@given(st.text())
def test_no_name_breaks_a_document(written: str) -> None:
    """Whatever is taken for a name can be written in Turtle, and is the same again."""
    found = address(f"x:{written}")
    if isinstance(found, URIRef):
        graph = Graph().parse(data=f"<x:a> <x:b> {found.n3()} .", format="turtle")
        assert set(graph.objects()) == {URIRef(f"x:{written}")}


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        (None, "entity", OWN.none),
        ("ada", "entity", RECORD.ada),
        ("ada", "text", Literal("ada")),
        ("held", "term", Literal("held")),
        ("2022-01~", "date", Literal("2022-01~", datatype=EDTF)),
        ("164", "quantity", Literal("164", datatype=XSD.decimal)),
        ("-0.50", "quantity", Literal("-0.50", datatype=XSD.decimal)),
        *(
            (amount, "quantity", Literal(amount, datatype=OWN.quantity))
            for amount in ("007", "+5", ">=164", ">4400", "<=18", "~2500", "2000..2500")
        ),
    ],
)
def test_values_are_what_their_property_says(
    value: str | None, datatype: str, expected: URIRef | Literal
) -> None:
    """An amount is a decimal where that is all there is to it, and can be written so again."""
    found = value_of(value, datatype)
    assert found == expected
    if isinstance(found, Literal) and found.datatype == XSD.decimal:
        graph = Graph().parse(data=f"<x:a> <x:b> {found.n3()} .", format="turtle")
        assert [str(one) for one in graph.objects()] == [value]


def test_what_is_not_there_is_not_said() -> None:
    """None is no term; numbers and truth values are written as XML Schema has them."""
    assert text(None) is number(None) is date(None) is exact(None) is None
    assert number(12) == Literal(12)
    assert [flag(True), flag(False)] == [Literal(True), Literal(False)]
