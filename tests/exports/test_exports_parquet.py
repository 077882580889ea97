"""Parquet: tables with types, which pyarrow gives back as they are, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa  # type: ignore[import-untyped]  # it brings no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # as above
import pytest

from chronicle import Chronicle
from chronicle.calendar import civil_from_days
from chronicle.errors import NotWritten
from chronicle.exports import parquet
from chronicle.exports.columns import REMOVED, TABLES, Column
from chronicle.exports.items import Item
from chronicle.exports.making import export
from chronicle.exports.packing import Package
from chronicle.exports.parquet import FORMAT
from tests.exports import asked
from tests.exports.asked import Exported
from tests.exports.conftest import AT
from tests.exports.following import applied
from tests.exports.limits import limited
from tests.exports.strange import later, records
from tests.stores import Clock

Row: TypeAlias = dict[str, Any]


@pytest.fixture(scope="module", params=["crisis", "story", "strange", "happened"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A folder of each chronicle; it is not written to."""
    chronicle = request.getfixturevalue(request.param)
    return Exported.make("parquet", chronicle, tmp_path_factory.mktemp("parquet") / "all")


@pytest.fixture(scope="module")
def small(happened: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """A folder of the chronicle of events."""
    return Exported.make("parquet", happened, tmp_path_factory.mktemp("parquet") / "all")


def rows(folder: Path, table: str) -> list[Row]:
    """Return the rows of a table, its bounds as numbers, by nothing but pyarrow."""
    found = pq.read_table(folder / f"{table}.parquet", use_threads=False)
    for place, field in enumerate(found.schema):
        if pa.types.is_timestamp(field.type):
            found = found.set_column(place, field.name, found.column(place).cast(pa.int64()))
    given: list[Row] = found.to_pylist(maps_as_pydicts="strict")
    return given


def test_rulings_are_those_of_the_view(exported: Exported) -> None:
    """With all their grounds."""
    found = asked.plain(rows(exported.path, "rulings"))
    assert sorted(found, key=asked.order) == sorted(asked.rulings(exported.view), key=asked.order)


def test_events_are_those_of_the_timeline(exported: Exported) -> None:
    """Whatever their dates."""
    found = asked.plain(rows(exported.path, "events"))
    assert sorted(found, key=asked.order) == sorted(
        asked.events(exported.chronicle, exported.view), key=asked.order
    )


def test_claims_are_as_recorded(exported: Exported) -> None:
    """Every one of them, and all that was said of it."""
    recorded = asked.claims(exported.chronicle)
    found = {row["id"]: row for row in rows(exported.path, "claims")}
    assert found.keys() == recorded.keys()
    for name, claim in recorded.items():
        assert asked.says(found[name], claim), name


def test_bounds_are_timestamps(exported: Exported) -> None:
    """In milliseconds from 1970, before the common era too; empty where the date is open."""
    given = [item.row for item in asked.items(exported.view) if item.table == "events"]
    found = {row["id"]: row for row in rows(exported.path, "events")}
    for row in filter(None, given):
        for name in ("when_first", "when_last"):
            wanted = None if row[name] is None else row[name] * 1000
            assert found[row["id"]][name] == wanted


def test_bounds_are_in_no_time_zone(happened: Chronicle, folder: Path) -> None:
    """What the log took in is in UTC, to the microsecond."""
    export(happened, "parquet", "all", view=happened.view(at=AT))
    events = pq.read_table(folder / "all/events.parquet")
    assert events.schema.field("when_first").type == pa.timestamp("ms")
    first = dict(
        zip(
            events["id"].to_pylist(),
            events["when_first"].cast(pa.string()).to_pylist(),
            strict=True,
        )
    )
    assert first["minute"] == "2022-01-05 18:30:00.000"
    assert first["before-zero"] == "-0043-03-15 00:00:00.000"
    sources = pq.read_table(folder / "all/sources.parquet")
    assert sources.schema.field("recorded_at").type == pa.timestamp("us", "UTC")
    assert sources["recorded_at"][0].as_py().isoformat() == "2022-06-01T12:00:00+00:00"


def test_a_bound_that_does_not_fit_is_empty(local: Chronicle, folder: Path) -> None:
    """Its date is there as it is written; the last that fits is there too."""
    dates = {"too-far": "Y99999999999", "too-old": "Y-99999999999", "far": "Y292000000"}
    local.append([{"kind": "source", "id": "press", "title": "Press", "published": "2022"}])
    local.append(
        {"kind": "event", "id": name, "title": name, "when": date, "source": "press"}
        for name, date in dates.items()
    )
    export(local, "parquet", "all", view=local.view(at=AT))
    found = {row["id"]: row for row in rows(folder / "all", "events")}
    assert {name: row["when"] for name, row in found.items()} == dates
    assert found["too-far"]["when_first"] is found["too-old"]["when_last"] is None
    assert civil_from_days(found["far"]["when_first"] // 86_400_000) == (292_000_000, 1, 1)


def test_schemas_say_what_a_column_holds(exported: Exported) -> None:
    """Its description, whether it may be empty, and what the export is of."""
    for table in TABLES.values():
        schema = pq.read_schema(exported.path / f"{table.name}.parquet")
        assert schema.names == [column.name for column in table.columns]
        for column in table.columns:
            field = schema.field(column.name)
            assert field.metadata[b"description"].decode() == column.about
            assert field.nullable != (column.required or _is_filled(column))
        assert schema.metadata[b"description"].decode() == table.about
        assert schema.metadata[b"key"].decode() == table.key
        for name in ("view", "about", "since", "software"):
            assert json.loads(schema.metadata[name.encode()]) == exported.head[name]


def _is_filled(column: Column) -> bool:
    return column.kind in ("boolean", "texts", "texts by name", "objects")


def test_what_is_read_is_what_was_given(exported: Exported) -> None:
    """To the last value."""
    found = list(FORMAT.read(exported.path, exported.head))
    assert applied(found, ()) == applied(asked.items(exported.view), ())


def made(small: Exported, count: int, about: str = "") -> Iterator[Item]:
    """Yield rows of entities, as many as wanted."""
    given = asked.items(small.view)
    row = next(item.row for item in given if item.table == "entities")
    for number in range(count):
        name = f"entity-{number:06}"
        yield Item("entities", name, {**(row or {}), "id": name, "description": about})


def groups(small: Exported, found: Iterator[Item], folder: Path) -> list[int]:
    """Write rows of entities; return how many stand in each row group."""
    FORMAT.write(found, small.head, Package(folder))
    with pq.ParquetFile(folder / "entities.parquet") as parts:
        metadata = parts.metadata
        return [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]


def test_row_groups_have_a_bounded_number_of_rows(
    small: Exported, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As few as there are in the last one."""
    monkeypatch.setattr(parquet, "_BATCH", 10)
    monkeypatch.setattr(parquet, "_ROWS", 25)
    assert groups(small, made(small, 75), folder) == [30, 30, 15]


def test_row_groups_of_long_texts_have_fewer(
    small: Exported, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held as rows is bounded by its size, and so is what is held in arrays."""
    monkeypatch.setattr(parquet, "_BYTES", 40_000)
    assert groups(small, made(small, 9, "long " * 2_000), folder) == [9]
    monkeypatch.setattr(parquet, "_WEIGHT", 25_000)
    assert groups(small, made(small, 9, "long " * 2_000), folder) == [6, 3]


def test_memory_does_not_grow_with_the_log(
    small: Exported, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Arrow holds while a table is written is the same for a long one."""
    monkeypatch.setattr(parquet, "_ROWS", 1_000)
    most = []
    for count in (3_000, 12_000):
        held = [pa.total_allocated_bytes()]

        def watched(count: int = count, held: list[int] = held) -> Iterator[Item]:
            for item in made(small, count, f"{count} " * 50):
                held.append(pa.total_allocated_bytes())
                yield item

        groups(small, watched(), folder)
        most.append(max(held) - held[0])
    assert most[0] > 100_000
    assert most[1] < most[0] * 1.5


def test_a_follower_has_the_later_export(folder: Path) -> None:
    """By dropping what was removed, and putting what came in place of what it had."""
    with Chronicle.open(folder / "a.db", clock=Clock()) as chronicle:
        chronicle.append(records())
        size = chronicle.view().head.size
        before, delta, after = (folder / name for name in ("before", "delta", "after"))
        export(chronicle, "parquet", before, view=chronicle.view(at=AT))
        chronicle.append(later())
        view = chronicle.view(at=AT)
        export(chronicle, "parquet", delta, view=view, since=size)
        export(chronicle, "parquet", after, view=view)
    removed = rows(delta, "removed")
    assert {one["table"] for one in removed} >= {"events", "rulings"}
    for table in TABLES.values():
        gone = {one["key"] for one in removed if one["table"] == table.name}
        held = {row[table.key]: row for row in rows(before, table.name)}
        held = {key: row for key, row in held.items() if key not in gone}
        held |= {row[table.key]: row for row in rows(delta, table.name)}
        assert held == {row[table.key]: row for row in rows(after, table.name)}
    assert not (after / f"{REMOVED.name}.parquet").exists()


def test_a_file_of_other_columns_is_refused(happened: Chronicle, folder: Path) -> None:
    """And so is one that is none."""
    manifest = export(happened, "parquet", "all", view=happened.view(at=AT))
    (folder / "all/claims.parquet").write_bytes((folder / "all/events.parquet").read_bytes())
    with pytest.raises(ValueError, match=r"claims\.parquet has not the columns of claims"):
        list(FORMAT.read(folder / "all", manifest))
    (folder / "all/claims.parquet").write_bytes(b"PAR1")
    with pytest.raises(ValueError, match="Parquet"):
        list(FORMAT.read(folder / "all", manifest))


def opened() -> set[str]:
    """Return what files this process has open."""
    links = Path("/proc/self/fd").iterdir()
    return {str(link.readlink()) for link in links if link.is_symlink()}


def test_a_full_disk_says_so(crisis: Chronicle, folder: Path) -> None:
    """One clear line; nothing is left, neither in the folder nor open."""
    before = opened()
    with limited(100_000), pytest.raises(NotWritten, match=r"File too large; nothing was written"):
        export(crisis, "parquet", "all", view=crisis.view(at=AT))
    assert list(folder.iterdir()) == []
    assert {name for name in opened() - before if "parquet" in name} == set()


def test_what_fails_on_the_way_leaves_nothing_open(
    story: Chronicle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is, it is what is told."""

    def failing(*_: Any) -> Iterator[Item]:
        yield from asked.items(story.view(at=AT))[:4]
        raise RuntimeError("lost")

    monkeypatch.setattr(parquet.Parquet, "groups", lambda *_: iter(()))
    monkeypatch.setattr("chronicle.exports.making.flat", failing)
    before = opened()
    with pytest.raises(RuntimeError, match="lost"):
        export(story, "parquet", "all", view=story.view(at=AT))
    assert {name for name in opened() - before if "parquet" in name} == set()
    assert list(folder.iterdir()) == []
