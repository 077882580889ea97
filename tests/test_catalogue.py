"""The catalogue: records by id, up to a position, and what looks like an id."""

from __future__ import annotations

from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.catalogue import Catalogue
from chronicle.events import BUILTIN, stated_by
from tests.stories import claim, entity, property_, source

EVENT = {
    "kind": "event",
    "id": "fire",
    "title": "Fire",
    "when": "2022-01-05",
    "place": "almaty",
    "participants": [{"entity": "ada", "role": "witness"}, {"entity": "ben"}],
    "source": "press",
    "asserted": "2022-01-06",
}

RECORDS: list[dict[str, Any]] = [
    source(),
    entity("almaty"),
    entity("ada"),
    entity("ben"),
    property_(),
    claim("calm", valid="2022-01-04", subject="ada"),
    EVENT,
]


@pytest.fixture
def filled(chronicle: Chronicle) -> Chronicle:
    """A chronicle of a few records of several kinds."""
    chronicle.append(RECORDS)
    return chronicle


def stated(chronicle: Chronicle) -> list[dict[str, Any]]:
    """Return the claims that the event of the records states about itself."""
    event = Catalogue(chronicle.database).get("fire")
    assert event is not None
    return list(stated_by(event))


def test_records_are_found_by_id(filled: Chronicle) -> None:
    """What the log holds is returned as payloads, what it does not hold is left out."""
    catalogue = Catalogue(filled.database)
    found = catalogue.load(["ada", "calm", "absent"])
    assert {name: one["kind"] for name, one in found.items()} == {"ada": "entity", "calm": "claim"}
    assert catalogue.get("absent") is None
    assert catalogue.load([]) == {}


def test_properties_of_the_software_are_found(filled: Chronicle) -> None:
    """`when`, `place` and `participant` are known, though no log holds them."""
    catalogue = Catalogue(filled.database)
    assert dict(catalogue.load(BUILTIN)) == dict(BUILTIN)


def test_claims_that_events_state_are_found(filled: Chronicle) -> None:
    """They stand in no entry of their own, but have ids like any claim."""
    claims = stated(filled)
    assert [one["property"] for one in claims] == ["when", "place", "participant", "participant"]
    catalogue = Catalogue(filled.database)
    assert catalogue.load(one["id"] for one in claims) == {one["id"]: one for one in claims}
    assert catalogue.get(claims[0]["id"]) == claims[0]


def test_a_catalogue_looks_up_to_its_position(filled: Chronicle) -> None:
    """What was appended after it does not exist for it."""
    catalogue = Catalogue(filled.database, until=5)
    assert catalogue.get("status") is not None
    assert catalogue.get("calm") is None
    assert catalogue.get("fire") is None
    assert catalogue.get(stated(filled)[0]["id"]) is None


def test_what_was_just_written_is_remembered(filled: Chronicle) -> None:
    """Records handed over are known before the log is asked; claims are too many for that."""
    catalogue = Catalogue(filled.database)
    catalogue.keep([entity("new"), claim("newer", valid="2022-01-04")])
    assert catalogue.get("new") == entity("new")
    assert catalogue.get("newer") is None


def test_what_is_forgotten_is_read_again(
    filled: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little is kept, one question gets all that it asks for."""
    monkeypatch.setattr("chronicle.catalogue._MOST_KEPT", 4)
    catalogue = Catalogue(filled.database)
    wanted = [*(one["id"] for one in RECORDS), *BUILTIN, *(one["id"] for one in stated(filled))]
    for _ in range(2):
        assert catalogue.load(wanted).keys() == set(wanted)
        assert catalogue.load(reversed(wanted[:3])).keys() == set(wanted[:3])


def test_roots_are_the_sources_behind_a_source(chronicle: Chronicle) -> None:
    """A source goes back to all that it derives from, over any number of steps, each once."""
    chronicle.append(
        [
            source("wire"),
            source("radio"),
            source("paper", derives_from=["wire"]),
            source("blog", derives_from=["paper", "radio"]),
            source("digest", derives_from=["blog", "wire"]),
        ]
    )
    catalogue = Catalogue(chronicle.database)
    assert [catalogue.roots(name) for name in ("wire", "paper", "digest", "wire")] == [
        ["wire"], ["wire"], ["radio", "wire"], ["wire"],
    ]  # fmt: skip


NEAR: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("almati", (), ("almaty",)),
    ("almati", ("entity", "event"), ("almaty",)),
    ("almati", ("source",), ()),
    ("lamaty", ("entity",), ("almaty",)),
    ("a_bc", (), ("a_b",)),
    ("calme", (), ("calmer", "calm", "cal")),
    ("calme", ("claim",), ("calmer", "calm")),
    ("calme", ("claim", "entity"), ("calmer", "calm", "cal")),
    ("clam", ("claim",), ("calm", "calmer")),
    ("zalm", ("claim",), ("calm", "calmer")),
    ("zalm", ("claim", "source"), ()),
    ("presss", ("entity", "event"), ()),
    ("presss", ("source",), ("press",)),
    ("whn", ("property",), ("when",)),
    ("statsu", ("property",), ("status",)),
    ("%zz", (), ()),
    ("álmaty", (), ("almaty",)),
    ("", (), ()),
]
"""A wrong id, the kinds that are wanted, and what looks like it."""


def test_near_ids_are_of_the_kinds_wanted(chronicle: Chronicle) -> None:
    """Those that begin alike come first; claims only by their letters, unless they are wanted."""
    more = claim("calmer", valid="2022-01-05", subject="ada")
    chronicle.append([*RECORDS, more, entity("a_b"), entity("axb"), entity("cal")])
    catalogue = Catalogue(chronicle.database)
    for wanted, kinds, expected in NEAR:
        assert catalogue.near(wanted, kinds) == expected, (wanted, kinds)


def test_near_ids_are_those_that_the_position_holds(filled: Chronicle) -> None:
    """An id that came later is no answer for an earlier state of the log."""
    assert Catalogue(filled.database, until=1).near("almati") == ()
    assert Catalogue(filled.database, until=2).near("almati") == ("almaty",)


def test_near_ids_are_looked_for_so_many_times(
    filled: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A forgotten file leaves thousands of wrong ids: the first ones are enough to tell."""
    monkeypatch.setattr("chronicle.catalogue._MOST_ALIKE", 2)
    catalogue = Catalogue(filled.database)
    wanted = ["almati", "adda", "benn", "almati"]
    assert [catalogue.near(name) for name in wanted] == [("almaty",), ("ada",), (), ("almaty",)]


def test_so_many_ids_are_compared(filled: Chronicle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of claims and of other records each, however many begin alike."""
    names = [f"eve-{number}" for number in range(3)]
    filled.append(claim("calm", id=f"{name}s", valid="2022", subject="ada") for name in names)
    filled.append(entity(name) for name in names)
    assert len(Catalogue(filled.database).near("eve-3", ("entity", "claim"))) == 3
    monkeypatch.setattr("chronicle.catalogue._MOST_COMPARED", 1)
    assert len(Catalogue(filled.database).near("eve-3", ("entity",))) == 1
    assert len(Catalogue(filled.database).near("eve-3", ("entity", "claim"))) == 2
