"""CSV: a data package that validates, gives back what the view holds, and is safe to open."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import frictionless
import pytest
from frictionless.resources import TableResource

from chronicle import Chronicle
from chronicle.exports import formats
from chronicle.exports.columns import TABLES
from chronicle.exports.csv import FORMAT
from chronicle.exports.making import export
from chronicle.spreadsheets import TRIGGERS
from tests.exports import asked
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.strange import later, records
from tests.stores import Clock

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["crisis", "story", "strange"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A package of each chronicle; it is not written to."""
    chronicle = request.getfixturevalue(request.param)
    return Exported.make("csv", chronicle, tmp_path_factory.mktemp("csv") / "all")


@pytest.fixture(scope="module")
def part(crisis: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A package about an entity; it is not written to."""
    place, view = tmp_path_factory.mktemp("csv") / "part", crisis.view(at=AT)
    head = export(crisis, "csv", place, view=view, about="samat-abish")
    return Exported(crisis, view, place, head)


def changed(part: Exported, name: str, before: str, after: str) -> None:
    """Make a copy of a package in which one text of a file is another one."""
    shutil.copytree(part.path, "copy")
    path = Path("copy") / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def described(folder: Path) -> dict[str, Any]:
    """Return the description of a package."""
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


def valid(folder: Path) -> dict[str, int]:
    """Validate a package; return how many rows of each table were looked at."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert not report.warnings
    return {task.name: task.stats.get("rows", 0) for task in report.tasks}


def rows(folder: Path) -> Rows:
    """Return the rows of a package by table, guarded texts undone as its description says."""
    package = frictionless.Package(str(folder / "datapackage.json"))
    mark = package.custom["guard"]["mark"]
    tables = [one for one in package.resources if isinstance(one, TableResource)]
    assert tables == package.resources
    return {
        one.name: [
            {
                name: cell.removeprefix(mark)
                if cell is not None and one.schema.get_field(name).type == "string"
                else cell
                for name, cell in row.to_dict().items()
            }
            for row in one.read_rows()
        ]
        for one in tables
    }


def test_a_package_validates(exported: Exported) -> None:
    """Types, constraints, keys, references, sizes and hashes: of every row."""
    found = valid(exported.path)
    assert found["rulings"] == len(exported.view.state())
    assert found["claims"] == len(asked.claims(exported.chronicle))


def test_a_package_about_an_entity_validates(part: Exported) -> None:
    """What its rows refer to is there too."""
    assert 0 < valid(part.path)["rulings"] < len(part.view.state())
    assert any("foreignKeys" in one["schema"] for one in described(part.path)["resources"])


def test_an_empty_package_validates(folder: Path) -> None:
    """Tables without rows keep their header; of properties there are those that are built in."""
    with Chronicle.open(folder / "empty.db") as chronicle:
        export(chronicle, "csv", "empty", view=chronicle.view(at=AT))
    found = valid(folder / "empty")
    assert {name for name, count in found.items() if count} == {"properties"}


@pytest.mark.parametrize(
    ("name", "before", "after", "fault"),
    [
        ("rulings", ",settled,", ",odd,", "constraint-error"),
        ("rulings", ",settled,", ",,", "constraint-error"),
        ("claims", ",[],", ",,", "constraint-error"),
        ("claims", ",[],", ",[,],", "type-error"),
        ("claims", ",false,", ",no,", "type-error"),
        ("sources", "cornell-2022,", "renamed,", "foreign-key"),
        ("sources", "cornell-2022,", "icds-2022,", "primary-key"),
    ],
)
def test_a_package_says_what_is_valid(
    part: Exported, folder: Path, name: str, before: str, after: str, fault: str
) -> None:
    """Other words, empty cells, other types, keys that are taken or lead nowhere are found."""
    changed(part, f"{name}.csv", before, after)
    report = frictionless.validate(str(folder / "copy" / "datapackage.json"))
    assert fault in {found for (found,) in report.flatten(["type"])}


def test_rulings_come_back(exported: Exported) -> None:
    """Every field of every ruling, supporters and rivals too, as the state prints it."""
    expected = asked.rulings(exported.view)
    assert expected
    found = asked.plain(rows(exported.path)["rulings"])
    assert sorted(found, key=asked.order) == sorted(expected, key=asked.order)


def test_events_come_back(exported: Exported) -> None:
    """Those of the timeline, with every date that is given."""
    expected = asked.events(exported.chronicle, exported.view)
    found = asked.plain(rows(exported.path)["events"])
    assert sorted(found, key=asked.order) == sorted(expected, key=asked.order)


def test_claims_come_back(exported: Exported) -> None:
    """Each claim of the log, with all that was recorded of it."""
    found = {one["id"]: one for one in rows(exported.path)["claims"]}
    expected = asked.claims(exported.chronicle)
    assert found.keys() == expected.keys()
    assert all(asked.says(found[name], claim) for name, claim in expected.items())


def test_no_cell_is_run(exported: Exported) -> None:
    """No cell begins as a formula does, whatever it holds."""
    for path in exported.path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            for line in csv.reader(stream):
                assert not any(cell.startswith(TRIGGERS) for cell in line), (path.name, line)


def test_dates_are_texts_of_any_year(strange: Chronicle, folder: Path) -> None:
    """Dates as written, and their bounds to the second: before the first year, after 9999, open."""
    export(strange, "csv", "all", view=strange.view(at=AT))
    found = {
        one["when"]: (one["when_first"], one["when_last"]) for one in rows(folder / "all")["events"]
    }
    assert found["-0044-03-15"] == ("-0044-03-15T00:00:00", "-0044-03-15T23:59:59")
    assert found["Y12345"] == ("Y12345-01-01T00:00:00", "Y12345-12-31T23:59:59")
    assert found["[..1066-10-14]"] == (None, "1066-10-14T23:59:59")


def keyed(tables: Rows) -> dict[str, dict[str, Any]]:
    """Return rows by table and key."""
    return {name: {row[TABLES[name].key]: row for row in rows} for name, rows in tables.items()}


def followed(earlier: Path, changes: Path) -> dict[str, dict[str, Any]]:
    """Return the rows of a package after some changes."""
    found, other = keyed(rows(earlier)), rows(changes)
    for one in other.pop("removed"):
        del found[one["table"]][one["key"]]
    for name, table in keyed(other).items():
        found[name].update(table)
    return found


def test_changes_lead_to_the_later_package(folder: Path) -> None:
    """Removed rows are dropped, the others put in place: both packages and the changes validate."""
    with Chronicle.open(folder / "log.db", clock=Clock()) as chronicle:
        chronicle.append(records())
        position = chronicle.view().head.size
        export(chronicle, "csv", "earlier", view=chronicle.view(at=AT))
        chronicle.append(later())
        view = chronicle.view(at=AT)
        export(chronicle, "csv", "later", view=view)
        export(chronicle, "csv", "changes", view=view, since=position)
    whole, found = valid(folder / "later"), valid(folder / "changes")
    assert found["removed"]
    assert sum(found.values()) < sum(whole.values()) / 2
    assert followed(folder / "earlier", folder / "changes") == keyed(rows(folder / "later"))
    assert described(folder / "changes")["since"]["head"] == position


def test_the_description_says_what_was_looked_at(story: Chronicle, folder: Path) -> None:
    """The view with the log's head and root, and the software; what each column holds."""
    view = story.view(at=AT, known="2020-02")
    manifest = export(story, "csv", "all", view=view)
    told = described(folder / "all")
    assert (told["view"], told["software"]) == (manifest["view"], manifest["software"])
    assert told["root"] == view.as_dict()["root"]
    assert all(
        one["description"] for table in told["resources"] for one in table["schema"]["fields"]
    )


def test_items_are_read_again(exported: Exported) -> None:
    """What is read is what was written, cells of any length, so that a difference can be named."""
    csv.field_size_limit(131_072)  # as it is where nobody raised it
    given = {one[:2]: one for one in asked.items(exported.view)}
    found = FORMAT.read(exported.path, exported.head)
    assert {one[:2]: one for one in found if one.table in TABLES} == given


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("claims.csv", "false", '"'),
        ("claims.csv", "[]", "[,]"),
        ("claims.csv", "stated", "stated,more"),
        ("claims.csv", "id,", "name,"),
        ("sources.csv", "cornell-2022,", ","),
        ("events.csv", "T00:00:00", "T99:00:00"),
        ("datapackage.json", "{", "["),
        ("datapackage.json", '"resources"', '"others"'),
    ],
)
def test_what_cannot_be_read_is_a_value_error(
    part: Exported, folder: Path, name: str, before: str, after: str
) -> None:
    """Whatever was done to a file."""
    changed(part, name, before, after)
    with pytest.raises(ValueError, match=r"."):
        list(FORMAT.read(folder / "copy", part.head))


def test_the_format_is_found() -> None:
    """Under its name, as a folder."""
    assert formats.find("csv") is FORMAT
    assert FORMAT.folder
