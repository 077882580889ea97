"""Extracts: the rows of a view, complete, in order, and the same as every other answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle import BadQuestion, Chronicle, UnknownId, View
from chronicle.calendar import write_day, write_instant
from chronicle.events import BUILTIN
from chronicle.exports.columns import TABLES
from chronicle.exports.extract import Extract, check_about
from chronicle.exports.items import Row, flat
from tests.exports.conftest import AT
from tests.stores import Clock, Files
from tests.stories import claim, entity, merge, source
from tests.test_projections import sound
from tests.twins import twins
from tests.worlds import WORLD, state_claim

Rows = dict[str, dict[str, Row]]
"""Rows by table and key."""


def rows(view: View, about: str | None = None) -> Rows:
    """Return the rows of a view."""
    found: Rows = {name: {} for name in TABLES}
    with view.database.reading() as connection:
        for item in flat(Extract(view, connection, about).groups()):
            assert item.row is not None
            assert item.key not in found[item.table]
            found[item.table][item.key] = item.row
    return found


def plain(row: Row) -> dict[str, Any]:
    """Return what a ruling's row says that a ruling says."""
    names = [column.name for column in TABLES["rulings"].plain]
    return {name: row[name] for name in names if name != "slot"}


@pytest.mark.parametrize("options", [{"at": AT}, {"as_of": "2022-01-12"}, {"as_of": "2000"}])
def test_rulings_are_those_of_the_view(crisis: Chronicle, options: dict[str, str]) -> None:
    """Every ruling with all its grounds, in the order of the whole view."""
    view = crisis.view(**options)
    expected = [one.as_dict() for one in view.state()]
    assert sorted(map(str, map(plain, rows(view)["rulings"].values()))) == sorted(
        map(str, expected)
    )


@pytest.mark.parametrize("options", [{"at": AT}, {"as_of": "2022-01-12"}])
def test_events_are_those_of_the_timeline(crisis: Chronicle, options: dict[str, str]) -> None:
    """With their best-known date, place and participants, and every other date."""
    view = crisis.view(**options)
    found = rows(view)["events"]
    timeline = {one.event: one.as_dict() for one in crisis.timeline(view)}
    assert found.keys() == timeline.keys()
    for name, event in timeline.items():
        told = {**found[name], "event": name}
        assert {field: told[field] for field in event if field != "others"} == {
            field: value for field, value in event.items() if field != "others"
        }


def test_records_are_all_there(crisis: Chronicle) -> None:
    """Every source, entity and property of the log; and every claim that had been made."""
    found = rows(crisis.view(at=AT))
    entries = list(crisis.log())
    for table, kind in (("sources", "source"), ("entities", "entity")):
        assert found[table].keys() == {one.id for one in entries if one.kind == kind}
    named = {one.id for one in entries if one.kind == "property"}
    assert found["properties"].keys() == named | BUILTIN.keys()
    recorded = {one.id for one in entries if one.kind == "claim"}
    stated = found["claims"].keys() - recorded
    assert recorded <= found["claims"].keys()
    assert {found["claims"][name]["property"] for name in stated} == BUILTIN.keys()
    moments = {one.position: one.recorded_at for one in entries}
    for row in found["claims"].values():
        assert row["recorded_at"] == moments[row["position"]]


def test_claims_say_what_was_recorded_and_whether_it_counts(story: Chronicle) -> None:
    """What the record leaves out is as it is meant; a claim that is silent says why."""
    claims = rows(story.view(at="2020-02-01"))["claims"]
    assert {name: row["silence"] for name, row in claims.items() if not row["live"]} == {
        "ada-wrong": "corrected by ada-right",
        "ada-taken-back": "withdrawn (merry-withdrawn)",
        "hat-green": "withdrawn (green-withdrawn)",
    }
    rumour = claims["ada-rumour"]
    assert (rumour["value"], rumour["credibility"], rumour["via"]) == ("angry", "4", ["ben"])
    assert (rumour["modality"], rumour["asserted"], rumour["denies"]) == (
        "stated",
        "2020-01-12",
        False,
    )
    assert claims["ada-right"]["revises"] == {
        "claim": "ada-wrong",
        "kind": "correction",
        "reason": "misread",
    }


def test_what_was_said_later_is_left_out(story: Chronicle) -> None:
    """Of the claims only those that had been made count, whatever the log holds."""
    names = rows(story.view(as_of="2020-01-11"))["claims"].keys()
    assert "ada-glad" in names
    assert "ada-sad" not in names


def test_rows_have_the_columns_of_their_table(crisis: Chronicle) -> None:
    """All of them and no other; lists and mappings are never None, nor is what is required."""
    for table, found in rows(crisis.view(at=AT)).items():
        columns = {column.name: column for column in TABLES[table].columns}
        for row in found.values():
            assert row.keys() == columns.keys()
            for name, value in row.items():
                kind = columns[name].kind
                if columns[name].required or kind in ("texts", "objects", "texts by name"):
                    assert value is not None, (table, name)
                if columns[name].choices:
                    assert value in columns[name].choices


def test_what_a_column_refers_to_is_there(crisis: Chronicle) -> None:
    """In whole exports and in those about one entity."""
    for about in (None, "samat-abish", "almaty", "national-security-committee"):
        found = rows(crisis.view(at=AT), about)
        for table, some in found.items():
            for column in (one for one in TABLES[table].columns if one.refers):
                for row in some.values():
                    value = row[column.name]
                    named = value if column.kind == "texts" else [value] if value else []
                    assert set(named) <= found[column.refers].keys(), (about, table, column.name)


def test_bounds_are_those_of_the_dates(crisis: Chronicle) -> None:
    """The first and last second of each date; None where it is open."""
    found = rows(crisis.view(at=AT))["claims"]
    for name, valid, first, last in (
        ("abish-relieved-icds", "2022-01-17/..", "2022-01-17", None),
        ("abish-in-post-icds", "2022-01-05", "2022-01-05", "2022-01-05"),
    ):
        row = found[name]
        assert row["valid"] == valid
        assert write_day(row["valid_first"]) == first
        assert (row["valid_last"] and write_day(row["valid_last"])) == last
    assert write_instant(found["abish-relieved-icds"]["asserted_last"]) == "2022-01-17T23:59:59"


def test_merged_ids_are_read_as_one(local: Chronicle) -> None:
    """Entities say what they are read as; claims stay as recorded; events are one too."""
    local.append(WORLD)
    local.append([merge("ada", "ada-l")])
    found = rows(local.view(at="2022-03-01"))
    assert found["entities"]["ada-l"]["read_as"] == "ada"
    assert found["claims"]["ada-l-status-tired"]["subject"] == "ada-l"
    assert {row["subject"] for row in found["rulings"].values()} == {"ada", "ben", "fire"}


def test_groups_come_in_their_order(crisis: Chronicle) -> None:
    """Each once, so that two extracts can be compared in one pass."""
    view = crisis.view(at=AT)
    with view.database.reading() as connection:
        orders = [group.order for group in Extract(view, connection).groups()]
    assert orders == sorted(set(orders))


def test_about_an_entity_only_what_has_to_do_with_it(chronicle: Chronicle) -> None:
    """Its own slots, those in which it is named, its events, and what all of that names."""
    chronicle.append(WORLD)
    found = rows(chronicle.view(at="2022-03-01"), "ben")
    assert {(row["subject"], row["property"]) for row in found["rulings"].values()} == {
        ("ben", "office"),
        ("ben", "status"),
        ("ben", "tongue"),
        ("ben", "height"),
        ("fire", "when"),
        ("fire", "place"),
        ("fire", "participant"),
    }
    assert found["events"].keys() == {"fire"}
    assert found["entities"].keys() == {"ada", "almaty", "ben", "fort"}
    assert found["sources"].keys() == {"press"}
    fort = rows(chronicle.view(at="2022-03-01"), "fort")
    assert {(row["subject"], row["value"]) for row in fort["rulings"].values()} == {
        ("ada", "fort"),
        ("ben", "fort"),
    }
    assert fort["claims"].keys() == {"ada-office-fort", "ben-office-fort"}
    assert not fort["events"]


def test_of_a_property_of_many_values_only_those_of_the_entity_come(local: Chronicle) -> None:
    """And the claims that there is none, which deny it too."""
    local.append([*WORLD, {"kind": "property", "id": "friend", "label": "friend",
                           "datatype": "entity", "cardinality": "many"}])  # fmt: skip
    local.append([
        state_claim("ada", "friend", "ben"),
        state_claim("ada", "friend", "fort"),
        state_claim("ada", "friend", "nothing", id="no-friend", valid="2021-01-01"),
    ])  # fmt: skip
    found = rows(local.view(at="2022-03-01"), "ben")
    friends = {name for name, row in found["claims"].items() if row["property"] == "friend"}
    assert friends == {"ada-friend-ben", "no-friend"}
    believed = [row for row in found["rulings"].values() if row["property"] == "friend"]
    assert [(row["subject"], row["value"]) for row in believed] == [("ada", "ben")]


def test_about_nobody_known_is_refused(crisis: Chronicle) -> None:
    """With near matches."""
    with pytest.raises(UnknownId, match="samat-abish"):
        check_about(crisis.view(at=AT), "samat-abisch")
    with pytest.raises(BadQuestion, match="'icds-2022' is no entity and no event"):
        check_about(crisis.view(at=AT), "icds-2022")


def test_what_an_entity_is_in_brings_what_contains_it(local: Chronicle) -> None:
    """And the sources that a source goes back to."""
    local.append(
        [
            source(),
            source("echo", derives_from=["press"]),
            entity("kazakhstan"),
            entity("almaty", within="kazakhstan"),
            {"kind": "property", "id": "mood", "label": "mood"},
            claim("calm", subject="almaty", property="mood", source="echo", valid="2022-01-05"),
        ]
    )
    found = rows(local.view(at="2022-03-01"), "almaty")
    assert found["entities"].keys() == {"almaty", "kazakhstan"}
    assert found["sources"].keys() == {"echo", "press"}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(twins(), st.sampled_from(["2022-01-03", "2022-01-06", "2022-02-01"]), st.booleans())
def test_rows_are_the_answers_of_any_log(
    files: Files, records: list[dict[str, Any]], at: str, known: bool
) -> None:
    """Rulings as the view has them and events as the timeline has, merges and all."""
    with Chronicle.open(files.made(), clock=Clock()) as chronicle:
        chronicle.append(sound(records))
        chronicle.append([merge("subject", "twin"), merge("deed", "act", id="deeds")])
        view = chronicle.view(at=at, known=at if known else None)
        found = rows(view)
        assert sorted(str(plain(row)) for row in found["rulings"].values()) == sorted(
            str(one.as_dict()) for one in view.state()
        )
        assert sorted(found["events"]) == sorted(one.event for one in chronicle.timeline(view))
