"""Proxies: an entity and its statements are gathered from what records say, each thing once."""

from __future__ import annotations

from typing import Any

from chronicle.exports.dossiers.proxies import Origin, Proxy, origin


def taken(proxy: Proxy) -> tuple[Any, list[Any]]:
    """Return the entity and the statements of a proxy."""
    entity, *statements = proxy.items()
    return entity.row, [one.row for one in statements]


def test_what_is_said_twice_is_said_by_the_first() -> None:
    """A value stands once, and its statement names the record that said it first."""
    proxy = Proxy("ada", "Person", Origin("ada"))
    for name in ("one", "two"):
        assert proxy.add(
            "notes", "tall", Origin(name, "2022-01-01T00:00:00", "2022-01-02T00:00:00")
        )
    entity, statements = taken(proxy)
    assert entity["properties"] == {"notes": ["tall"]}
    assert [one["origin"] for one in statements] == ["ada", "one"]


def test_ids_that_are_one_each_say_it() -> None:
    """The same name under another id is a statement of its own, and the id a referent."""
    proxy = Proxy("ada", "Person", Origin("ada"))
    proxy.add("name", "Ada", Origin("ada"))
    proxy.add("name", "Ada", Origin("ada_l", entity="ada_l"))
    entity, statements = taken(proxy)
    assert (entity["properties"], entity["referents"]) == ({"name": ["Ada"]}, ["ada.l"])
    assert [one["entity_id"] for one in statements] == ["ada", "ada", "ada.l"]
    assert {one["canonical_id"] for one in statements} == {"ada"}


def test_what_has_no_form_is_not_added() -> None:
    """Whoever adds it is told, and may say it in words."""
    proxy = Proxy("ada", "Person", Origin("ada"))
    assert not proxy.add("wikidataId", "none", Origin("ada"))
    assert not proxy.add("summary", "\u200b", Origin("ada"))
    assert not proxy.add("summary", None, Origin("ada"))
    assert taken(proxy)[0]["properties"] == {}


def test_an_original_is_quoted_where_the_value_is_another() -> None:
    """Unless it is too long; of an id that is written otherwise nothing is quoted."""
    proxy = Proxy("edge", "Occupancy", Origin("edge"))
    proxy.add("startDate", "2022-01-06", Origin("edge"), "2022-01-06/..")
    proxy.add("recordId", "edge", Origin("edge"))
    proxy.add("holder", "ada_l", Origin("edge"))
    proxy.add("description", "x" * 70_000, Origin("edge"))
    quoted = {one["prop"]: one["original_value"] for one in taken(proxy)[1]}
    assert quoted.pop("startDate") == "2022-01-06/.."
    assert set(quoted.values()) == {""}


def test_an_origin_has_the_first_time_and_the_last() -> None:
    """To the second, as the package writes times; what is built in has none."""
    found = origin("one", ["2022-06-02T12:00:00.000000Z", None, "2022-06-01T12:00:00.999999Z"])
    assert found == Origin("one", "2022-06-01T12:00:00", "2022-06-02T12:00:00")
    assert origin("one", []) == Origin("one")
