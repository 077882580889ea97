"""Linked: a chronicle that has everything that RDF has a word for, told as strangely as can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.exports.strange import TEXTS
from tests.stories import claim, conflict, entity, merge, property_, retraction, source

ADDRESSES = (
    "https://example.org/a?b=c&d=%20#e",
    "https://example.org/ü/例",
    "https://example.org/a/../b//c",
    "HTTP://EXAMPLE.ORG",
    "urn:isbn:9780306406157",
    "https://schema.org/name",
    "https://schema.org/a(b)",
)
"""Addresses that are names in RDF."""

TEXTS_FOR_ADDRESSES = (
    "https://example.org/two words",
    "https://example.org/<b>",
    'https://example.org/"',
    "https://example.org/{a}|b\\c^d`",
    "https://example.org/%zz",
    "https://example.org/a#b#c",
    "https://[::1",
    "https://example.org/\u202egro",
    "https://example.org/\x7f\x01",
    "example.org/page",
    "/page",
    "p. 12",
    "record:ada",
    "schema:name",
    "_:blank",
)
"""Addresses that are none, or would be read as others."""

FIRE: dict[str, Any] = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "summary": TEXTS[7],
    "when": "2022-01-05/2022-01-06",
    "place": "almaty",
    "participants": [{"entity": "ada", "role": TEXTS[5]}, {"entity": "bureau"}],
    "source": "gazette",
    "locator": "p. 1",
    "asserted": "2022-01-06",
}


def records() -> Iterator[dict[str, Any]]:
    """Yield the records."""
    yield source("press", published="2022-01-05", url=ADDRESSES[0], language="en")
    told: dict[str, Any] = {
        "authors": [TEXTS[8], "B"],
        "publisher": TEXTS[9],
        "medium": TEXTS[7],
        "note": TEXTS[8],
    }
    file = {"name": "a b.pdf", "sha256": "0" * 64}
    more: dict[str, Any] = {"published": "2022-01", "url": TEXTS[9], "read": "no", "document": file}
    yield source("gazette", **told, **more, derives_from=["press"])
    for number, address in enumerate((*ADDRESSES, *TEXTS_FOR_ADDRESSES)):
        yield source(f"page-{number:02}", url=address)
    yield from _entities()
    yield property_("mood", description=TEXTS[8], qualifiers=["how", "of"], carry="P30D")
    terms = [{"value": "held", "description": TEXTS[7]}, {"value": "free"}]
    yield property_("custody", datatype="term", values=terms)
    yield property_("post", datatype="entity", cardinality="many", qualifiers=["of"])
    yield property_("toll", datatype="quantity", temporal="fixed", unit="persons")
    yield property_("born", datatype="date", temporal="fixed")
    yield FIRE
    yield {**FIRE, "id": "blaze", "when": "[..1066-10-14]"}
    yield from _claims()
    yield retraction("ada-merry", "2022-01-20")
    yield conflict("ada-glad", "toll-plain")


def _entities() -> Iterator[dict[str, Any]]:
    yield entity(
        "ada",
        type="person",
        aliases=[TEXTS[5], "Adə"],
        identifiers={"wikidata": "Q1", "a scheme": TEXTS[8]},
        description=TEXTS[8],
    )
    yield entity("ada-l", type="person")
    yield entity("kz", type="place")
    yield entity("almaty", type="place", within="kz")
    yield entity("bureau", within="kz")
    yield entity("branch", within="bureau")
    yield entity("head", type="office", within="bureau")
    yield entity("staff", type="group", within="bureau")
    yield entity("ship", type=TEXTS[9], within="fire")
    yield entity("the-fire", type="event")
    yield merge("ada", "ada-l")


def _claims() -> Iterator[dict[str, Any]]:
    mood: dict[str, Any] = {
        "subject": "ada",
        "property": "mood",
        "valid": "2022-01-05/..",
        "said": "2022-01-10",
    }
    yield claim(
        TEXTS[8],
        **mood,
        id="ada-glad",
        speaker="bureau",
        via=["staff", "press"],
        locator=TEXTS[8],
        verbatim=TEXTS[7],
        valid_verbatim="since the fifth",
        event="fire",
        note=TEXTS[9],
    )
    yield claim(TEXTS[8], **mood, id="ada-glad-too", source="gazette", verbatim="glad")
    yield claim("sad", **mood, id="ada-sad", credibility="4", modality="alleged")
    yield claim("sad", **mood, id="ada-not-sad", denies=True, answers="ada-sad")
    yield claim("nothing", **mood, id="ada-none")
    yield {**claim("nothing", **mood, id="ada-some"), "denies": True}
    yield claim("unclear", **mood, id="ada-unclear")
    yield claim("merry", **mood, id="ada-merry")
    yield claim("calm", **mood, id="ada-calm", inferred_from=["ada-glad", "ada-sad"])
    revision = {"kind": "correction", "claim": "ada-calm", "reason": TEXTS[7]}
    yield {**claim("calmer", **mood, id="ada-calmer"), "revises": revision}
    qualified = {"how": TEXTS[7], "of": "bureau"}
    yield claim("proud", **mood, id="ada-proud", qualifiers=qualified)
    yield claim("prouder", **mood, id="ada-prouder", qualifiers={"how": "fluent"})
    yield claim("nothing", **{**mood, "subject": "staff"}, id="staff-none")
    held: dict[str, Any] = {"subject": "ada-l", "property": "custody", "said": "2022-01-10"}
    yield claim("held", **held, id="ada-held", valid="2022-01-07~")
    post: dict[str, Any] = {"property": "post", "valid": "2021/..", "said": "2022-01-10"}
    yield claim("head", **post, subject="ada", id="ada-head", qualifiers={"of": "bureau"})
    yield claim("staff", **post, subject="ada", id="ada-staff")
    yield claim("nothing", **post, subject="almaty", id="almaty-none")
    for number, amount in enumerate(("164", "-0.50", "007", ">=164", "~2500", "2000..2500")):
        yield claim(amount, subject="fire", property="toll", said="2022", id=f"toll-{number}")
    yield claim("3", subject="kz", property="toll", said="2022-01-05", id="toll-plain")
    yield claim("3.0", subject="kz", property="toll", said="2022-01-05", id="toll-also")
    yield claim("-0044-03-15", subject="ada", property="born", said="2022-01-05", id="ada-born")
    yield claim(
        "2022-01-07",
        subject="fire",
        property="when",
        said="2022-01-07",
        id="later",
        credibility="4",
    )


def later() -> Iterator[dict[str, Any]]:
    """Yield records that take away, change and add, each in its way.

    An event becomes one with an entity, and a word of a qualifier becomes the name of a thing.
    """
    yield retraction("ada-glad", "2022-01-21", id="glad-gone")
    yield retraction("blaze", "2022-01-21", mode="erratum", id="blaze-gone")
    yield retraction("ada-held", "2022-01-21", id="held-gone")
    yield merge("the-fire", "fire")
    yield claim("glum", subject="almaty", property="mood", valid="2022-01-09", said="2022-01-10")
    yield entity("fluent")


def latest() -> Iterator[dict[str, Any]]:
    """Yield records that undo some of that."""
    yield merge("the-fire", "fire", judgement="distinct")
    yield retraction("glad-gone", "2022-01-22")
