"""SQLite: one sound read-only file that gives back what the view holds, and that people can use."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]  # it has no annotations

from chronicle import Chronicle
from chronicle.errors import NotWritten
from chronicle.exports import formats, sqlite
from chronicle.exports.checking import check
from chronicle.exports.columns import TABLES
from chronicle.exports.making import export, order, pour
from chronicle.exports.sqlite import FORMAT
from tests.exports import asked
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.limits import limited
from tests.exports.strange import later, records
from tests.stores import Clock

JSON = {"qualifiers", "supporters", "rivals", "in_conflict", "participants", "dates"}
JSON |= {"via", "inferred_from", "revises"}
BOOLEANS = {"none", "unknown", "denies", "live"}


@pytest.fixture(scope="module")
def file(crisis: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A file of the bundled chronicle; it is not written to."""
    return Exported.make("sqlite", crisis, tmp_path_factory.mktemp("sqlite") / "all.db")


@pytest.fixture(scope="module", params=["crisis", "story", "strange"])
def exported(
    request: pytest.FixtureRequest, file: Exported, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    """A file of each chronicle; as above."""
    if request.param == "crisis":
        return file
    chronicle = request.getfixturevalue(request.param)
    return Exported.make("sqlite", chronicle, tmp_path_factory.mktemp("sqlite") / "all.db")


def ask(path: Path, query: str, *given: Any) -> list[dict[str, Any]]:
    """Return the rows of a query of a file that is only read."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query, given)]


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table, its JSON parsed."""
    return [
        {
            name: json.loads(cell)
            if name in JSON and cell is not None
            else bool(cell)
            if name in BOOLEANS
            else cell
            for name, cell in row.items()
        }
        for row in ask(path, f"SELECT * FROM {table}")
    ]


def sound(path: Path) -> None:
    """Have SQLite check a file, and what its tables refer to."""
    for pragma in ("integrity_check", "quick_check"):
        assert ask(path, f"PRAGMA {pragma}") == [{pragma: "ok"}]
    assert ask(path, "PRAGMA foreign_key_check") == []


def test_a_file_is_sound(exported: Exported) -> None:
    """Whatever it holds; nothing in it is unused, and no other file is needed."""
    sound(exported.path)
    assert ask(exported.path, "PRAGMA freelist_count") == [{"freelist_count": 0}]
    assert ask(exported.path, "PRAGMA journal_mode") == [{"journal_mode": "delete"}]
    assert sorted(path.name for path in exported.path.parent.iterdir()) == [
        "all.db",
        "all.db.manifest.json",
    ]


def _has_dbstat() -> bool:
    with closing(sqlite3.connect(":memory:")) as database:
        options = {one for (one,) in database.execute("PRAGMA compile_options")}
    return "ENABLE_DBSTAT_VTAB" in options


@pytest.mark.skipif(not _has_dbstat(), reason="this SQLite cannot say where its pages are")
@pytest.mark.parametrize("table", ["claims", "rulings"])
def test_the_rows_of_a_table_stand_together(file: Exported, table: str) -> None:
    """Though they come by topic: who reads a table reads one stretch of the file."""
    query = """
        SELECT count(*) AS pages, max(pageno) - min(pageno) AS span
        FROM dbstat WHERE name = ? AND pagetype <> 'internal'
    """
    (found,) = ask(file.path, query, table)
    assert found["pages"] > 100
    assert found["span"] < found["pages"]


@pytest.mark.parametrize(
    "change",
    [
        "claims SET modality = 'shouted'",
        "claims SET denies = 2",
        "claims SET via = NULL",
        "claims SET source = 'nobody'",
        "rulings SET claim = NULL",
        "rulings SET slot = 'the same'",
        "sources SET id = 'renamed'",
    ],
)
def test_tables_hold_nothing_else(file: Exported, folder: Path, change: str) -> None:
    """Their constraints refuse other words, empty cells, keys that are taken or lead nowhere."""
    shutil.copyfile(file.path, "copy.db")
    with closing(sqlite3.connect(folder / "copy.db")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(f"UPDATE {change}")


def test_nobody_writes_to_it(file: Exported) -> None:
    """Its mode says so to all who may read it."""
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o444


def test_a_file_about_an_entity_is_sound(crisis: Chronicle, folder: Path) -> None:
    """What its rows refer to is there too."""
    export(crisis, "sqlite", "part.db", view=crisis.view(at=AT), about="samat-abish")
    sound(folder / "part.db")
    assert ask(folder / "part.db", "PRAGMA foreign_key_list(rulings)")
    assert 0 < len(rows(folder / "part.db", "rulings")) < len(crisis.view(at=AT).state())


def test_the_same_view_gives_the_same_bytes(exported: Exported, folder: Path) -> None:
    """Also printed; the header names neither the library nor how often it wrote."""
    given = exported.path.read_bytes()
    export(exported.chronicle, "sqlite", "again.db", view=exported.view)
    assert (folder / "again.db").read_bytes() == given
    printed = io.BytesIO()
    pour(order(exported.chronicle, "sqlite", view=exported.view), printed)
    assert printed.getvalue() == given
    assert given[24:28] == given[92:96] == (1).to_bytes(4)
    assert int.from_bytes(given[96:100]) == 3_038_000


def test_an_export_is_replaced(story: Chronicle, folder: Path) -> None:
    """Read-only as it is."""
    export(story, "sqlite", "a.db", view=story.view(at="2020-01-06"))
    export(story, "sqlite", "a.db", view=story.view(at=AT))
    assert ask(folder / "a.db", "SELECT value FROM manifest WHERE name = 'at'") == [{"value": AT}]


def test_rulings_come_back(exported: Exported) -> None:
    """Every field of every ruling, supporters and rivals too, as the state prints it."""
    expected = asked.rulings(exported.view)
    assert expected
    found = asked.plain(rows(exported.path, "rulings"))
    assert sorted(found, key=asked.order) == sorted(expected, key=asked.order)


def test_events_come_back(exported: Exported) -> None:
    """Those of the timeline, with every date that is given, in its order in the chronology."""
    expected = asked.events(exported.chronicle, exported.view)
    found = asked.plain(rows(exported.path, "events"))
    assert sorted(found, key=asked.order) == sorted(expected, key=asked.order)
    ids = [one["id"] for one in ask(exported.path, "SELECT id FROM chronology")]
    assert ids == [one["id"] for one in expected]


def test_claims_come_back(exported: Exported) -> None:
    """Each claim of the log, with all that was recorded of it."""
    found = {one["id"]: one for one in rows(exported.path, "claims")}
    expected = asked.claims(exported.chronicle)
    assert found.keys() == expected.keys()
    assert all(asked.says(found[name], claim) for name, claim in expected.items())


def test_items_are_read_again(exported: Exported) -> None:
    """What is read is what was written, so that a record that differs can be named."""
    given = {one[:2]: one for one in asked.items(exported.view)}
    found = FORMAT.read(exported.path, exported.head)
    assert {one[:2]: one for one in found if one.table in TABLES} == given


@pytest.mark.parametrize("cell", ["'['", "X'ff'"])
def test_what_cannot_be_read_is_a_value_error(story: Chronicle, folder: Path, cell: str) -> None:
    """A list that is none, a text that is none, and a file that is cut off."""
    head = export(story, "sqlite", "a.db", view=story.view(at=AT))
    path = folder / "a.db"
    path.chmod(0o644)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"UPDATE claims SET via = {cell}")
    with pytest.raises(ValueError, match=r"Expecting value|can't decode"):
        list(FORMAT.read(path, head))
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ValueError, match="malformed"):
        list(FORMAT.read(path, head))


def test_dates_are_found_by_range(strange: Chronicle, folder: Path) -> None:
    """In SQL, by bounds that are integers: years before the first and after 9999 too."""
    export(strange, "sqlite", "a.db", view=strange.view(at=AT))
    query = """
        SELECT DISTINCT "when" FROM events
        WHERE when_first < strftime('%s', ?) AND when_last >= strftime('%s', ?) ORDER BY when_first
    """
    path = folder / "a.db"
    found = ask(path, query, "-0043-01-01", "-0044-01-01")
    assert [one["when"] for one in found] == ["-0044-03-15"]
    (plan,) = ask(path, "EXPLAIN QUERY PLAN SELECT * FROM events WHERE when_first > 5")
    assert "events_by_date" in plan["detail"]
    query = 'SELECT DISTINCT "when" FROM chronology'
    assert [one["when"] for one in ask(path, query)] == [
        "[..1066-10-14]",
        "Y-12345",
        "-0044-03-15",
        "1985-1X~",
        "2022-01-05T23:59:59",
        "Y12345",
    ]


def test_lists_are_searched_in_sql(file: Exported) -> None:
    """Their JSON is read by SQLite itself."""
    query = """
        SELECT claims.id FROM rulings, json_each(rulings.rivals) AS rival
        JOIN claims ON claims.id = json_extract(rival.value, '$.claim')
    """
    rivals = [one.claim for ruling in file.view.state() for one in ruling.rivals]
    assert sorted(one["id"] for one in ask(file.path, query)) == sorted(rivals)


def test_disputes_are_shown_in_words(file: Exported) -> None:
    """Each claim that speaks against what is believed, in whose name, and why it lost."""
    found = ask(file.path, "SELECT * FROM disputes")
    disputed = [one for one in file.view.state() if one.standing == "disputed"]
    expected = [(one.claim, one.reason) for ruling in disputed for one in ruling.rivals]
    assert expected
    found = [one for one in found if one["rival_claim"] is not None]
    assert sorted((one["rival_claim"], one["lost_by"]) for one in found) == sorted(expected)
    (one,) = [one for one in found if one["rival_claim"] == "abish-relief-manner-icds"]
    assert one["subject"] == "Samat Abish is relieved of his post"
    assert (one["property"], one["believed"], one["rival"]) == (
        "manner of leaving",
        "relieved",
        "resigned",
    )


def test_disputes_show_conflicts(story: Chronicle, folder: Path) -> None:
    """What only a conflict disputes stands there without a rival."""
    export(story, "sqlite", "a.db", view=story.view(at=AT))
    found = ask(folder / "a.db", "SELECT * FROM disputes")
    assert {tuple(one[name] for name in ("subject", "believed", "rival")) for one in found} == {
        ("Ada", "glad", "sad"),
        ("Ada", "glad", "angry"),
        ("Ada", "glad", "calm"),
        ("Ada", "red", None),
        ("Ben", "3", None),
    }
    assert {one["in_conflict"] for one in found if one["rival"] is None} == {'["not-both"]'}


def test_the_chronology_names_places_and_people(file: Exported) -> None:
    """Names stand for ids, as far as they are known."""
    query = "SELECT place, participants FROM chronology WHERE id = 'amin-killed'"
    assert ask(file.path, query) == [
        {"place": "Kabul", "participants": "Soviet Union; Hafizullah Amin"}
    ]


def test_values_are_put_in_words(folder: Path) -> None:
    """Named where they are entities, and there alone; denials say not, no value reads none."""
    fixed = {"kind": "property", "temporal": "fixed"}
    said = {"kind": "claim", "subject": "red", "source": "paper"}
    with Chronicle.open(folder / "log.db", clock=Clock()) as chronicle:
        chronicle.append(
            [
                {"kind": "source", "id": "paper", "title": "Paper", "published": "2022-01-05"},
                {"kind": "entity", "id": "red", "type": "person", "name": "Eric the Red"},
                {**fixed, "id": "hair", "label": "Hair"},
                {**fixed, "id": "heir", "label": "Heir", "datatype": "entity"},
                {**fixed, "id": "twin", "label": "Twin", "datatype": "entity"},
                {**said, "id": "a", "property": "hair", "value": "red"},
                {**said, "id": "b", "property": "heir", "none": True},
                {**said, "id": "c", "property": "heir", "value": "red", "credibility": "2"},
                {**said, "id": "d", "property": "twin", "none": True, "credibility": "2"},
                {**said, "id": "e", "property": "twin", "value": "red"},
                {**said, "id": "f", "property": "hair", "value": "red", "denies": True},
            ]
        )
        export(chronicle, "sqlite", "a.db", view=chronicle.view(at=AT))
    found = ask(folder / "a.db", "SELECT subject, property, value FROM believed ORDER BY slot")
    assert [tuple(one.values()) for one in found] == [
        ("Eric the Red", "Hair", "red"),
        ("Eric the Red", "Heir", "Eric the Red"),
        ("Eric the Red", "Twin", "none"),
    ]
    found = ask(folder / "a.db", "SELECT believed, rival FROM disputes ORDER BY slot")
    assert [tuple(one.values()) for one in found] == [
        ("red", "not red"),
        ("Eric the Red", "none"),
        ("none", "Eric the Red"),
    ]


def test_every_column_is_described(file: Exported) -> None:
    """In the table of columns: those of all tables of records, and no other."""
    query = """
        SELECT master.name AS "table", info.name AS "column"
        FROM sqlite_master AS master, pragma_table_info(master.name) AS info
        WHERE master.type = 'table' AND master.name NOT IN ('columns', 'manifest')
    """
    described = "SELECT table_name AS 'table', column_name AS 'column' FROM columns"
    order = "ORDER BY 1, 2"
    assert ask(file.path, f"{described} {order}") == ask(file.path, f"{query} {order}")
    assert all(one["about"] and one["written"] for one in ask(file.path, "SELECT * FROM columns"))


def test_the_manifest_says_what_was_looked_at(file: Exported) -> None:
    """The view with the log's head and root, and the software."""
    found = {one["name"]: one["value"] for one in ask(file.path, "SELECT * FROM manifest")}
    view = {
        name: value if value is None else str(value) for name, value in file.head["view"].items()
    }
    assert view.items() <= found.items()
    assert found["software"] == "chronicle {}".format(file.head["software"]["version"])
    assert found["since_head"] is None
    assert file.head["libraries"] == {"SQLite": sqlite3.sqlite_version}


def test_another_version_of_sqlite_is_named(story: Chronicle, folder: Path) -> None:
    """By who holds an export against the log, and only if it is another."""
    export(story, "sqlite", "a.db", view=story.view(at=AT))
    assert check(story, "a.db").others == {}
    told = folder / "a.db.manifest.json"
    told.write_text(told.read_text("utf-8").replace(sqlite3.sqlite_version, "3.0.0"), "utf-8")
    assert check(story, "a.db").others == {"SQLite": ("3.0.0", sqlite3.sqlite_version)}


def test_changes_lead_to_the_later_file(folder: Path) -> None:
    """A few statements apply them: removed rows are dropped, the others put in place."""
    with Chronicle.open(folder / "log.db", clock=Clock()) as chronicle:
        chronicle.append(records())
        position = chronicle.view().head.size
        export(chronicle, "sqlite", "earlier.db", view=chronicle.view(at=AT))
        chronicle.append(later())
        view = chronicle.view(at=AT)
        export(chronicle, "sqlite", "later.db", view=view)
        export(chronicle, "sqlite", "changes.db", view=view, since=position)
    sound(folder / "changes.db")
    assert rows(folder / "changes.db", "removed")
    assert len(rows(folder / "changes.db", "claims")) < len(rows(folder / "later.db", "claims")) / 2
    shutil.copyfile("earlier.db", "copy.db")
    with closing(sqlite3.connect("copy.db")) as database:
        database.execute("ATTACH 'changes.db' AS changes")
        for name, table in TABLES.items():
            removed = f"SELECT key FROM changes.removed WHERE \"table\" = '{name}'"
            database.execute(f"DELETE FROM main.{name} WHERE {table.key} IN ({removed})")
            database.execute(f"REPLACE INTO main.{name} SELECT * FROM changes.{name}")
        database.commit()
    sound(folder / "copy.db")
    for name, table in TABLES.items():
        query = f"SELECT * FROM {name} ORDER BY {table.key}"
        assert ask(folder / "copy.db", query) == ask(folder / "later.db", query)
        assert ask(folder / "copy.db", query) != [] or name == "events"


def test_a_disk_that_fails_says_so(crisis: Chronicle, folder: Path) -> None:
    """One clear line, and nothing is left."""
    with limited(300_000), pytest.raises(NotWritten, match=r"a\.db: .*; nothing was written"):
        export(crisis, "sqlite", "a.db", view=crisis.view(at=AT))
    assert list(folder.iterdir()) == []


def test_a_full_disk_says_so(
    crisis: Chronicle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it does for any other file."""
    monkeypatch.setattr(sqlite, "SETTINGS", (*sqlite.SETTINGS, "max_page_count = 40"))
    with pytest.raises(NotWritten, match="No space left on device"):
        export(crisis, "sqlite", "a.db", view=crisis.view(at=AT))
    assert list(folder.iterdir()) == []


def browse(path: Path, *pages: str) -> list[Any]:
    """Open a file in Datasette as one that never changes; return some of its pages."""

    async def answers() -> list[Any]:
        datasette = Datasette([], immutables=[str(path)])
        await datasette.invoke_startup()
        found = [await datasette.client.get(f"/{path.stem}{page}") for page in pages]
        assert [one.status_code for one in found] == [200] * len(pages)
        return found

    return asyncio.run(answers())


def test_datasette_shows_tables_and_views(exported: Exported) -> None:
    """Every table with its rows counted, and the views; of each a page."""
    (front,) = browse(exported.path, ".json")
    counts = {one["name"]: one["count"] for one in front.json()["tables"]}
    assert counts.keys() == {*TABLES, "manifest", "columns"}
    assert counts["rulings"] == len(exported.view.state())
    views = {one["name"] for one in front.json()["views"]}
    assert views == {"believed", "disputes", "chronology"}
    browse(exported.path, *(f"/{name}" for name in [*counts, *views]))


def test_datasette_labels_what_rows_refer_to(file: Exported) -> None:
    """A source by its title, with a link; lists are read as JSON."""
    query = "id=abish-relief-manner-icds&_shape=objects&_labels=on&_json=qualifiers&_json=via"
    page, found = browse(file.path, "/claims?id=abish-relief-manner-icds", f"/claims.json?{query}")
    (claim,) = found.json()["rows"]
    title = "Moscow-Backed Tokayev\u2019s Coup Against Nazarbayev?"
    assert claim["source"] == {"value": "icds-2022", "label": title}
    assert claim["qualifiers"] == {}
    assert f'<a href="/all/sources/icds-2022">{title}</a>' in page.text


def test_datasette_escapes_texts(strange: Chronicle, folder: Path) -> None:
    """No text of a record is taken for HTML."""
    export(strange, "sqlite", "a.db", view=strange.view(at=AT))
    (page,) = browse(folder / "a.db", "/believed")
    assert "&lt;script&gt;alert(" in page.text
    assert "<script>alert(" not in page.text


def test_the_format_is_found() -> None:
    """Under its name, as a file that is no text."""
    assert formats.find("sqlite") is FORMAT
    assert FORMAT.binary
