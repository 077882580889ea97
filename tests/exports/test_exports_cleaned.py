"""Cleaned: the package changes and drops nothing of what is cleaned already."""

from __future__ import annotations

import pytest
from followthemoney.types import registry
from hypothesis import given
from hypothesis import strategies as st

from chronicle import dates as edtf
from chronicle.exports.dossiers.cleaned import LANGUAGES, TYPES, clean, dates, entity_id, is_told
from chronicle.ids import is_id
from tests.exports.strange import TEXTS

ODD = st.text(st.sampled_from("\"' ,.;\n\t\r\x00\x1f\x85\xa0\u200b\u2003\u3000\ufeffe\u0301a<BR>"))


@pytest.mark.parametrize("name", ["name", "summary", "title", "location"])
@given(st.one_of(st.text(), ODD, st.sampled_from(TEXTS), st.text().map("x".ljust(400).__add__)))
def test_texts_stay_as_they_are(name: str, raw: str) -> None:
    """Whatever signs they hold; only what has no letter may be left out."""
    kind = getattr(registry, TYPES[name])
    value = clean(name, raw)
    if value is None:
        assert not any(sign.isalnum() for sign in raw)
    else:
        assert kind.clean(value) == value
        assert kind.validate(value)
        assert len(value) <= kind.max_length


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.org/a?b=c#d", "https://Example.org/a?b=c#d"),
        ("http://127.0.0.1/", None),
        ("http://localhost/", None),
        ("example.org", None),
        ("ftp://example.org/", None),
        ("https://exa mple.org/", None),
        ("https://example.org/a b", None),
        ("https://example.org:x/", None),
        ("https://[::1/", None),
        ("https://-.org/", None),
        (f"https://example.org/{'a' * 5000}", None),
        ("javascript:alert(1)//example.org/", None),
    ],
)
def test_urls_have_a_host_that_can_be(raw: str, value: str | None) -> None:
    """Others have no form; what has one stays as it is."""
    assert clean("sourceUrl", raw) == value
    assert value is None or registry.url.clean(value) == value


@given(st.one_of(st.text(), st.from_regex(r"https?://[a-z.]{1,9}(/[!-~]{0,9})?", fullmatch=True)))
def test_any_url_stays_as_it_is(raw: str) -> None:
    """What is taken here is taken there, to the letter."""
    value = clean("sourceUrl", raw)
    assert value is None or registry.url.clean(value) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("KK_Cyrl", "kaz"),
        ("rus", "rus"),
        ("xx", None),
        ("English", None),
        ("qqq", None),
    ],
)
def test_languages_are_codes_of_three_letters(raw: str, value: str | None) -> None:
    """Of those that the package knows; another is left out."""
    assert clean("language", raw) == value


def test_every_language_is_one_of_the_package() -> None:
    """Each pair of letters means there what it means here."""
    for short, code in LANGUAGES.items():
        assert registry.language.clean(short) == registry.language.clean(code) == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [("Q42", "Q42"), ("q42", None), ("Q042", None), ("42", None), (f"Q{'1' * 40}", None)],
)
def test_ids_of_wikidata_are_as_they_are_there(raw: str, value: str | None) -> None:
    """Nothing else is taken for one."""
    assert clean("wikidataId", raw) == value
    assert value is None or registry.identifier.clean(value, format="qid") == value


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("2022", {"date": "2022"}, True),
        ("2022-01", {"date": "2022-01"}, True),
        ("2022-01-05", {"date": "2022-01-05"}, True),
        ("2022-01-05T10:30Z", {"date": "2022-01-05T10:30"}, False),
        ("2022-01-05T01:30:09+06:00", {"date": "2022-01-04T19:30:09"}, False),
        ("2022-01-05T10:30", {"date": "2022-01-05"}, False),
        ("2999-12-31T23:30-05:00", {}, False),
        ("2022-01-02/2022-01-05", {"startDate": "2022-01-02", "endDate": "2022-01-05"}, True),
        ("2015-12/2022-01-17", {"startDate": "2015-12", "endDate": "2022-01-17"}, True),
        ("2022-01-06/..", {"startDate": "2022-01-06"}, False),
        ("../2022-01-06", {"endDate": "2022-01-06"}, False),
        ("2022~/2023", {"endDate": "2023"}, False),
        ("-0044-03-15/1001", {"endDate": "1001"}, False),
        ("2022-03~", {}, False),
        ("2022-21", {}, False),
        ("202X", {}, False),
        ("[2022-01-06..2022-01-17]", {}, False),
        ("{2022-01-06..2022-01-17}", {}, False),
        ("-0044-03-15", {}, False),
        ("0999", {}, False),
        ("3000", {}, False),
        ("Y12345", {}, False),
    ],
)
def test_dates_have_a_form_if_they_are_exact(text: str, value: dict[str, str], told: bool) -> None:
    """Of a year to a second, of the years 1000 to 2999; else EDTF alone tells them."""
    date = edtf.parse(text)
    assert dict(dates(date)) == value
    assert is_told(date) == told
    assert all(registry.date.clean(one) == one for one in value.values())


@given(st.from_regex(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?", fullmatch=True))
def test_ids_are_taken(name: str) -> None:
    """An underscore becomes a dot, which no id has: no two become one."""
    if is_id(name):
        found = entity_id(name)
        assert registry.entity.clean(found) == found
        assert found.replace(".", "_") == name
