"""Events: the properties that the software brings, and the claims that events state."""

from __future__ import annotations

import pytest

from chronicle.canonical import dumps
from chronicle.checks import check
from chronicle.entries import payload_of
from chronicle.events import BUILTIN, stated_by
from chronicle.ids import is_id
from chronicle.payloads import Payload, identify
from tests.faults import Faults, made, written

ATTRIBUTION: dict[str, object] = {
    "source": "press",
    "locator": "p. 4",
    "speaker": "ben",
    "via": ["wire"],
    "asserted": "2022-01-07",
    "credibility": "2",
    "modality": "alleged",
}

FULL: dict[str, object] = {
    **ATTRIBUTION,
    "when": "[2022-01-05,2022-01-06]",
    "place": "almaty",
    "participants": [{"entity": "ada", "role": "speaker"}, {"entity": "ben"}],
    "summary": "Offices were taken over.",
    "note": "Contested.",
}


def stated(**changes: object) -> list[Payload]:
    """Return the claims that an event with these fields states."""
    return list(stated_by(written("event", **changes)))


@pytest.mark.parametrize("name", BUILTIN)
def test_the_properties_of_events_read_as_properties(name: str) -> None:
    """Each is a payload as a property record would have, under its own id."""
    fields = {key: item for key, item in BUILTIN[name].items() if key not in ("kind", "schema")}
    assert dumps(payload_of(made("property", fields))) == dumps(BUILTIN[name])
    assert BUILTIN[name]["id"] == name


def test_an_event_states_when_where_and_who() -> None:
    """One claim for its date, one for its place, one for each participant, in this order."""
    assert [
        (one["subject"], one["property"], one["value"], one.get("qualifiers"), one["event"])
        for one in stated(**FULL)
    ] == [
        ("takeover", "when", "[2022-01-05,2022-01-06]", None, "takeover"),
        ("takeover", "place", "almaty", None, "takeover"),
        ("takeover", "participant", "ada", {"role": "speaker"}, "takeover"),
        ("takeover", "participant", "ben", None, "takeover"),
    ]


def test_an_event_that_says_no_more_than_its_title_states_nothing() -> None:
    """Title, summary and note are no claims."""
    assert stated(summary="Offices were taken over.", note="Contested.") == []


def test_the_claims_of_an_event_have_its_attribution() -> None:
    """All of it, and nothing where the event says nothing."""
    for claim in stated(**FULL):
        found = {name: claim[name] for name in ATTRIBUTION}
        assert dumps(found) == dumps(ATTRIBUTION)
    (plain,) = stated(when="2022")
    assert set(plain) == {
        "kind", "schema", "id", "subject", "property", "value", "event", "source"
    }  # fmt: skip


def test_the_claims_of_an_event_are_claims() -> None:
    """Each reads as a claim record, gives the same payload, and passes the checks of claims."""
    for claim in stated(**FULL):
        fields = {key: item for key, item in claim.items() if key not in ("kind", "schema")}
        assert dumps(payload_of(made("claim", fields))) == dumps(claim)
        faults = Faults()
        check(claim, BUILTIN, {}, lambda name: name, faults)
        assert faults == []


def test_the_ids_of_an_events_claims_stay_the_same_for_ever() -> None:
    """Other records name these claims by their ids, which come from the event alone."""
    assert [one["id"] for one in stated(**FULL)] == [
        "takeover-when-a22ad56d01bd",
        "takeover-place-fc41cb9de5b6",
        "takeover-participant-4e5039c1fec2",
        "takeover-participant-d56ff90917b1",
    ]


def test_the_ids_of_an_events_claims_are_ids_of_what_they_say() -> None:
    """They are slugs, all different, and another event or another date has others."""
    ids = [one["id"] for one in stated(**FULL)]
    ids += [one["id"] for one in stated(**{**FULL, "id": "riot", "when": "2022-01-06"})]
    assert all(is_id(one) for one in ids)
    assert len(set(ids)) == len(ids)


def test_a_claim_of_its_own_may_say_what_an_event_says() -> None:
    """To the letter, and without id: it still is another claim, with another id."""
    (own,) = stated(when="2022-01-06")
    said = {**own, "id": ""}
    identify(said)
    assert said["id"] != own["id"]
