"""FollowTheMoney: its package loads every entity and statement as it is, and follows changes."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest
from followthemoney import model
from followthemoney.types import registry

from chronicle import Chronicle
from chronicle.exports.extract import Extract
from chronicle.exports.followthemoney import FORMAT
from chronicle.exports.items import flat
from chronicle.exports.making import export
from tests.cli.invoking import environment
from tests.exports import asked
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.strange import later, records
from tests.stores import Clock

Row = dict[str, Any]

Named = TypeVar("Named", bound=Mapping[str, Any])


Folder = pytest.TempPathFactory


@pytest.fixture(scope="module")
def crisis_export(crisis: Chronicle, tmp_path_factory: Folder) -> Exported:
    """An export of the bundled chronicle; it is not written to."""
    return Exported.make("followthemoney", crisis, tmp_path_factory.mktemp("ftm") / "all")


@pytest.fixture(scope="module")
def story_export(story: Chronicle, tmp_path_factory: Folder) -> Exported:
    """An export of the small chronicle, as above."""
    return Exported.make("followthemoney", story, tmp_path_factory.mktemp("ftm") / "all")


@pytest.fixture(scope="module")
def strange_export(strange: Chronicle, tmp_path_factory: Folder) -> Exported:
    """An export of the chronicle of strange texts, as above."""
    return Exported.make("followthemoney", strange, tmp_path_factory.mktemp("ftm") / "all")


@pytest.fixture(params=["crisis", "story", "strange"])
def exported(request: pytest.FixtureRequest) -> Exported:
    """Each of them."""
    found: Exported = request.getfixturevalue(f"{request.param}_export")
    return found


def entities(folder: Path, name: str = "entities.ftm.json") -> list[Row]:
    """Return the lines of a file of entities."""
    with (folder / name).open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def statements(folder: Path, name: str = "statements.csv") -> list[dict[str, str]]:
    """Return the rows of a file of statements, read as the package reads them."""
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, dialect=csv.unix_dialect))


def by_id(found: Iterable[Named]) -> dict[str, Named]:
    """Return entities, or statements, by id."""
    lines = list(found)
    named = {str(one["id"]): one for one in lines}
    assert len(named) == len(lines)
    return named


def aggregated(found: Iterable[Mapping[str, str]]) -> dict[str, Row]:
    """Return what statements make up, entity by entity."""
    made: dict[str, Row] = {}
    for row in found:
        name = row["canonical_id"]
        new: Row = {"schema": set(), "referents": set(), "seen": set(), "properties": {}}
        one = made.setdefault(name, new)
        one["schema"].add(row["schema"])
        one["referents"] |= {row["entity_id"]} - {name}
        one["seen"] |= {row["first_seen"], row["last_seen"]}
        if row["prop"] != "id":
            one["properties"].setdefault(row["prop"], set()).add(row["value"])
    return made


def test_every_entity_loads_as_it_is(exported: Exported) -> None:
    """The package drops no property and changes no value, and finds nothing to object to."""
    found = entities(exported.path)
    assert found
    for line in found:
        proxy = model.get_proxy(dict(line), cleaned=False)
        assert (proxy.id, proxy.properties) == (line["id"], line["properties"])
        proxy.schema.validate(line)
        assert not proxy.schema.abstract
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value, format=prop.format)
            assert len(value) <= prop.max_length


def test_every_reference_is_there_and_of_its_range(exported: Exported) -> None:
    """An edge has two ends; who is named is in the file, and is what may be named there."""
    found = by_id(entities(exported.path))
    for line in found.values():
        proxy = model.get_proxy(dict(line))
        assert len(list(proxy.edgepairs())) == proxy.schema.edge
        for prop, value in proxy.itervalues():
            if prop.type == registry.entity:
                named = model.get(found[value]["schema"])
                assert named is not None
                assert prop.range is not None
                assert named.is_a(prop.range), (line["id"], prop, value)


def test_statements_make_up_the_entities(exported: Exported) -> None:
    """Each value of each property is one, and those of an id are the entity of that id."""
    made = aggregated(statements(exported.path))
    found = by_id(entities(exported.path))
    assert made.keys() == found.keys()
    for name, line in found.items():
        told = made[name]
        properties = {prop: set(values) for prop, values in line["properties"].items()}
        assert told["properties"] == properties
        assert told["schema"] == {line["schema"]}
        assert told["referents"] == set(line["referents"])
        assert line["first_seen"] == min(told["seen"])
        assert line["last_seen"] == max(told["seen"])


def test_statements_are_as_the_package_makes_them(exported: Exported) -> None:
    """Their ids are hashes of what they say, their types those of the properties."""
    found = by_id(statements(exported.path))
    for name, row in found.items():
        key = ".".join(row[part] for part in ("dataset", "entity_id", "prop", "value"))
        assert name == hashlib.sha1(key.encode()).hexdigest()
        schema = model.get(row["schema"])
        assert schema is not None
        kind = "id" if row["prop"] == "id" else schema.properties[row["prop"]].type.name
        assert (row["prop_type"], row["external"], row["lang"]) == (kind, "f", "")
        assert row["original_value"] != row["value"]


def test_statements_load_with_the_reader_of_the_package(exported: Exported) -> None:
    """Version 4 has one: what it aggregates are the entities again, by its own words."""
    package = pytest.importorskip("followthemoney.statement", reason="version 3 has none")
    dataset = pytest.importorskip("followthemoney.dataset").Dataset
    described = dataset.from_path(exported.path / "index.json")
    stream = BytesIO((exported.path / "statements.csv").read_bytes())
    found = list(package.read_statements(stream, package.CSV))
    assert all(one.id == one.generate_key() for one in found)
    together: dict[str, list[Any]] = {}
    for one in found:
        together.setdefault(one.canonical_id, []).append(one)
    lines = by_id(entities(exported.path))
    assert together.keys() == lines.keys()
    for name, some in together.items():
        made = package.StatementEntity.from_statements(described, some)
        line = lines[name]
        assert (made.id, made.schema.name) == (name, line["schema"])
        for prop, values in line["properties"].items():
            assert sorted(made.get(prop)) == sorted(values)
        assert (made.first_seen, made.last_seen) == (line["first_seen"], line["last_seen"])
        assert (made.referents, made.datasets) == ({*line["referents"]}, {described.name})


def test_each_statement_can_be_traced(exported: Exported) -> None:
    """Its origin is the claim, source, entity or event that says so; it was seen by the log."""
    claims, log = asked.claims(exported.chronicle), list(exported.chronicle.log())
    taken = {one.recorded_at[:19] for one in log}
    known = {one.id for one in log} | claims.keys()
    for row in statements(exported.path):
        assert row["origin"] in known
        assert {row["first_seen"], row["last_seen"]} <= taken
    believed = {one["claim"]: one for one in asked.rulings(exported.view)}
    for line in entities(exported.path):
        for claim in line["properties"].get("recordId", ()):
            assert believed[claim]["source"] in line["properties"]["description"][0]


def test_what_is_believed_of_an_exported_thing_is_told(exported: Exported) -> None:
    """By a property, by an edge or in a note: each ruling is the origin of something."""
    found = by_id(entities(exported.path))
    origins = {row["origin"] for row in statements(exported.path)}
    told = [one for one in asked.rulings(exported.view) if one["subject"] in found]
    assert told
    assert {one["claim"] for one in told} <= origins


def test_offices_and_their_holders_are_occupancies(crisis_export: Exported) -> None:
    """All of them that the view believes, and nothing else: a right to an office is none."""
    found = entities(crisis_export.path)
    schema = {one["id"]: one["schema"] for one in found}
    ends = {"holder": ("value", "subject"), "has-held": ("subject", "value")}
    pairs = [
        tuple(one[end] for end in ends[one["property"]])
        for one in asked.rulings(crisis_export.view)
        if one["property"] in ends and not one["none"]
    ]
    expected = [pair for pair in pairs if schema.get(pair[0]) == "Person"]
    held = [one["properties"] for one in found if one["schema"] == "Occupancy"]
    assert sorted(expected) == sorted((*one["holder"], *one["post"]) for one in held)
    assert len(expected) > 30
    rights = [one for one in found if one["properties"].get("role") == ["right for life"]]
    assert [one["schema"] for one in rights] == ["UnknownLink"]


def test_merged_ids_are_one_entity(crisis_export: Exported) -> None:
    """The others are its referents, and what they were called is an alias that says so."""
    found = by_id(entities(crisis_export.path))
    assert found["samat-abish"]["referents"] == ["nephew-deputy-head-gis"]
    assert "nephew-deputy-head-gis" not in found
    said = [one for one in statements(crisis_export.path) if one["prop"] == "alias"]
    about = {(one["canonical_id"], one["entity_id"], one["origin"]) for one in said}
    assert ("samat-abish", "nephew-deputy-head-gis", "nephew-deputy-head-gis") in about


def test_dates_that_have_no_form_stand_in_notes(strange_export: Exported) -> None:
    """As they are written; nothing is rounded."""
    found = by_id(entities(strange_export.path))
    dates = {name: one["properties"].get("date") for name, one in found.items()}
    for name, written, value in (
        ("event-00", "-0044-03-15", None),
        ("event-01", "Y12345", None),
        ("event-03", "[..1066-10-14]", None),
        ("event-04", "2022-01-05T23:59:59", ["2022-01-05"]),
        ("event-05", "1985-1X~", None),
    ):
        assert dates[name] == value
        assert any(f"when: {written}" in note for note in found[name]["properties"]["notes"])


def test_texts_that_are_changed_are_quoted(strange_export: Exported) -> None:
    """A statement has the text of the log beside what the package makes of it, unless too long."""
    found = [one for one in statements(strange_export.path) if one["prop"] == "title"]
    originals = {one["entity_id"]: one["original_value"] or one["value"] for one in found}
    titles = {one["id"]: one["title"] for one in records() if one["kind"] == "source"}
    long = max(titles, key=lambda name: len(titles[name]))
    assert originals.pop(long).endswith("…")
    assert len(titles.pop(long)) > 100_000
    assert originals == {name: title.strip() for name, title in titles.items()}


def followed(earlier: Path, changes: Path) -> tuple[dict[str, Row], dict[str, dict[str, str]]]:
    """Return the entities and statements of an export after some changes."""
    lines, rows = by_id(entities(earlier)), by_id(statements(earlier))
    for change in entities(changes, "entities.delta.json"):
        if change["op"] == "DEL":
            del lines[change["entity"]["id"]]
        else:
            assert change["op"] == "MOD"
            lines[change["entity"]["id"]] = change["entity"]
    for row in statements(changes, "statements.removed.csv"):
        del rows[row["id"]]
    return lines, rows | by_id(statements(changes, "statements.delta.csv"))


def test_changes_lead_to_the_later_export(folder: Path) -> None:
    """Entities and statements alike; some are removed, and most are not named at all."""
    with Chronicle.open(folder / "log.db", clock=Clock()) as chronicle:
        chronicle.append(records())
        position = chronicle.view().head.size
        export(chronicle, "followthemoney", "earlier", view=chronicle.view(at=AT))
        merged = {"into": "entity-05", "from": ["entity-06"], "reason": "one"}
        chronicle.append([*later(), {"kind": "merge", "id": "merged", **merged}])
        view = chronicle.view(at=AT)
        export(chronicle, "followthemoney", "later", view=view)
        export(chronicle, "followthemoney", "changes", view=view, since=position)
    lines, rows = followed(folder / "earlier", folder / "changes")
    assert lines == by_id(entities(folder / "later"))
    assert rows == by_id(statements(folder / "later"))
    changes = entities(folder / "changes", "entities.delta.json")
    gone = [one["entity"] for one in changes if one["op"] == "DEL"]
    assert {"id": "entity-06"} in gone
    assert {"id": "event-01"} in gone
    assert len(changes) < len(lines) / 2


def test_a_changed_edge_needs_the_earlier_export_alone(folder: Path) -> None:
    """Its ends were there before: they do not come again, and are there for a follower."""
    with Chronicle.open(folder / "log.db", clock=Clock()) as chronicle:
        chronicle.append(records())
        position = chronicle.view().head.size
        export(chronicle, "followthemoney", "earlier", view=chronicle.view(at=AT))
        known = {"kind": "property", "id": "knows", "label": "knows", "datatype": "entity"}
        said = {"source": "source-00", "subject": "entity-00", "value": "entity-01"}
        claim = {"kind": "claim", "id": "edge", "property": "knows", **said}
        chronicle.append([{**known, "temporal": "fixed"}, claim])
        export(chronicle, "followthemoney", "changes", view=chronicle.view(at=AT), since=position)
    (change,) = entities(folder / "changes", "entities.delta.json")
    edge = model.get_proxy(dict(change["entity"]))
    assert change["op"] == "MOD"
    assert list(edge.edgepairs()) == [("entity-00", "entity-01")]
    assert {"entity-00", "entity-01"} <= by_id(entities(folder / "earlier")).keys()


def test_items_are_read_again(exported: Exported) -> None:
    """Entities and statements are what the format was given; the index follows from the head."""
    with exported.view.database.reading() as connection:
        given = list(flat(FORMAT.groups(Extract(exported.view, connection))))
    found = [one for one in FORMAT.read(exported.path, exported.head) if one.table != "index"]
    assert {one[:2]: one for one in found} == {one[:2]: one for one in given}
    assert len(found) == len(given)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("entities.ftm.json", '"id"', '"name"'),
        ("entities.ftm.json", "{", "["),
        ("entities.ftm.json", '{"id"', '[1]\n{"id"'),
        ("statements.csv", '"id"\n', '"name"\n'),
        ("statements.csv", '","', '"x"'),
        ("index.json", "{", ""),
    ],
)
def test_what_cannot_be_read_is_a_value_error(
    story: Chronicle, folder: Path, name: str, before: str, after: str
) -> None:
    """Whatever is wrong in a file."""
    head = export(story, "followthemoney", "all", view=story.view(at=AT))
    file = folder / "all" / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        list(FORMAT.read(folder / "all", head))


def test_it_asks_for_no_package() -> None:
    """It writes what the package reads, without the package."""
    code = (
        "import sys; sys.modules['followthemoney'] = None\n"
        "from chronicle.exports.formats import find\n"
        "assert find('followthemoney').libraries == ()"
    )
    subprocess.run([sys.executable, "-c", code], env=environment(""), check=True, timeout=60)
