"""What every format keeps: the same bytes everywhere, verified, followed, whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.exports import formats
from chronicle.exports.checking import check
from chronicle.exports.formats import find
from chronicle.exports.items import Item
from chronicle.exports.making import export, order, pour
from chronicle.exports.packing import weighed
from tests.cli.invoking import invoke, spawn
from tests.exports.following import applied
from tests.stores import Clock, Files
from tests.test_changes import LATER
from tests.worlds import WORLD

AT = "2022-03-01"

FORMS = [(name, syntax) for name in formats.names() for syntax in find(name).syntaxes]
"""Every format in each of its syntaxes."""

every_form = pytest.mark.parametrize(("name", "syntax"), FORMS)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chronicle, int]]:
    """A chronicle with slots of every kind that grew, and its size before; not written to."""
    place = Files(tmp_path_factory.mktemp("grown")).made()
    with Chronicle.open(place, clock=Clock()) as chronicle:
        chronicle.append(WORLD)
        size = chronicle.view().head.size
        chronicle.append([one for one in LATER if one["kind"] != "policy"])
        yield chronicle, size


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by name."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items())}


def place(folder: Path, name: str, syntax: str, stem: str = "out") -> Path:
    """Return where to export to."""
    form = find(name)
    return folder / (stem if form.folder else f"{stem}{form.syntaxes[syntax]}")


def read(path: Path, manifest: dict[str, Any]) -> list[Item]:
    """Return the items of an export."""
    return list(find(manifest["format"]).read(path, manifest))


def test_the_formats_are_those_of_the_issue() -> None:
    """Each can be found by its name, and says what it is."""
    assert {name for name, _ in FORMS} >= {
        *("csv", "followthemoney", "ics", "json", "jsonl"),
        *("markdown", "parquet", "rdf", "sqlite", "timelinejs"),
    }
    for name, syntaxes, about in formats.described():
        assert syntaxes == " ".join(find(name).syntaxes)
        assert about == find(name).about


@every_form
def test_the_same_view_gives_the_same_bytes_on_every_machine(
    grown: tuple[Chronicle, int], folder: Path, name: str, syntax: str
) -> None:
    """In a process of another locale, time zone, hash order and folder too; manifest and all."""
    chronicle, _ = grown
    for number in ("one", "two"):
        (folder / number).mkdir()
    first = place(folder / "one", name, syntax)
    export(chronicle, name, first, view=chronicle.view(AT), syntax=syntax)
    other = place(folder / "two", name, syntax)
    database = folder / "copy.db"
    with (
        closing(sqlite3.connect(str(chronicle.database.url.database))) as source,
        closing(sqlite3.connect(database)) as target,
    ):
        source.backup(target)
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Almaty", "LC_ALL": "C", "LANG": "C"}
    args = ("export", name, "-o", str(other), "--syntax", syntax, "--at", AT)
    done = spawn(database, *args, env=env)
    assert done.returncode == 0, done.stderr
    assert files(folder / "one") == files(folder / "two")


@every_form
def test_an_export_is_made_again_from_the_log(
    grown: tuple[Chronicle, int], folder: Path, name: str, syntax: str
) -> None:
    """A whole one, one of changes, and one about an entity: each is found identical."""
    chronicle, size = grown
    asked: list[dict[str, Any]] = [{}, {"since": size}, {"about": "ben"}]
    if name != "jsonl":  # whose extracts cannot be followed
        asked.append({"about": "ben", "since": size})
    for number, options in enumerate(asked):
        path = place(folder, name, syntax, f"out{number}")
        export(chronicle, name, path, view=chronicle.view(AT), syntax=syntax, **options)
        checked = check(chronicle, path)
        assert checked.identical, checked.findings
        assert not checked.findings


@pytest.fixture(scope="module")
def young(
    grown: tuple[Chronicle, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chronicle]:
    """The same chronicle as it was before it grew."""
    chronicle, size = grown
    folder = tmp_path_factory.mktemp("young")
    view = chronicle.view(recorded=f"#{size}")
    export(chronicle, "jsonl", folder / "log.jsonl", view=view)
    place = Files(folder).made()
    assert invoke(place, "append", "--exact", str(folder / "log.jsonl")).exit_code == 0
    with Chronicle.open(place) as found:
        yield found


@every_form
def test_what_came_later_changes_no_earlier_export(
    grown: tuple[Chronicle, int], young: Chronicle, folder: Path, name: str, syntax: str
) -> None:
    """Merges, retractions and conflicts do not show in what was exported before them."""
    path = place(folder, name, syntax)
    export(young, name, path, view=young.view(AT), syntax=syntax)
    checked = check(grown[0], path)
    assert checked.identical, checked.findings


@every_form
def test_no_text_and_no_date_breaks_a_format(
    strange: Chronicle, folder: Path, name: str, syntax: str
) -> None:
    """Whatever marks a text holds and however old a date is: it can be read and made again."""
    path = place(folder, name, syntax)
    manifest = export(strange, name, path, view=strange.view(AT), syntax=syntax)
    assert check(strange, path).identical
    assert read(path, manifest)


@every_form
def test_a_byte_that_was_changed_is_found(
    grown: tuple[Chronicle, int], folder: Path, name: str, syntax: str
) -> None:
    """Whoever changes the hash in the manifest too is found out all the same."""
    chronicle, _ = grown
    path = place(folder, name, syntax)
    manifest = export(chronicle, name, path, view=chronicle.view(AT), syntax=syntax)
    largest = max(manifest["files"], key=lambda one: manifest["files"][one]["bytes"])
    file = path / largest if path.is_dir() else path.parent / largest
    content = file.read_bytes()
    for old, new in ((b"Ada", b"Eve"), (b"ada", b"eve"), (b"Fire", b"Rain")):
        if old in content:
            file.chmod(0o644)
            file.write_bytes(content.replace(old, new))
            break
    else:
        file.chmod(0o644)
        file.write_bytes(content[:-10])
    assert check(chronicle, path).findings
    _, told = _manifest_of(path)
    told["files"][largest] = weighed(file)
    _manifest_of(path)[0].write_text(json.dumps(told), encoding="utf-8")
    checked = check(chronicle, path)
    assert not checked.identical
    assert checked.findings
    assert "SHA-256" not in str(checked.findings)


def _manifest_of(path: Path) -> tuple[Path, dict[str, Any]]:
    found = path / "manifest.json" if path.is_dir() else Path(f"{path}.manifest.json")
    told: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return found, told


@every_form
def test_what_is_printed_is_what_is_written(
    grown: tuple[Chronicle, int], folder: Path, name: str, syntax: str
) -> None:
    """Of a format that is one file, to the byte."""
    chronicle, _ = grown
    if find(name).folder:
        return
    path = place(folder, name, syntax)
    export(chronicle, name, path, view=chronicle.view(AT), syntax=syntax)
    printed = folder / "printed"
    with printed.open("wb") as stream:
        pour(order(chronicle, name, view=chronicle.view(AT), syntax=syntax), stream)
    assert printed.read_bytes() == path.read_bytes()


@every_form
def test_what_is_read_again_is_what_was_given(
    grown: tuple[Chronicle, int], folder: Path, name: str, syntax: str
) -> None:
    """Each item once; two exports of different views read differently."""
    chronicle, size = grown
    found = []
    for stem, recorded in (("before", f"#{size}"), ("after", None)):
        path = place(folder, name, syntax, stem)
        view = chronicle.view(AT, recorded=recorded)
        manifest = export(chronicle, name, path, view=view, syntax=syntax)
        items = read(path, manifest)
        names = [item[:2] for item in items]
        assert len(names) == len(set(names))
        found.append(applied(items, ()))
    if syntax != "schema":
        assert found[0] != found[1]


@every_form
def test_an_empty_log_can_be_exported(
    local: Chronicle, folder: Path, name: str, syntax: str
) -> None:
    """There is nothing in it but what is built in."""
    path = place(folder, name, syntax)
    export(local, name, path, view=local.view(AT), syntax=syntax)
    assert check(local, path).identical


@pytest.mark.parametrize("name", ["json", "csv", "rdf", "markdown"])
def test_another_store_of_the_same_log_gives_the_same_bytes(
    grown: tuple[Chronicle, int], folder: Path, served: str, name: str
) -> None:
    """A server gives what the file gives."""
    chronicle, _ = grown
    export(chronicle, "jsonl", folder / "log.jsonl")
    assert invoke(served, "append", "--exact", str(folder / "log.jsonl")).exit_code == 0
    with Chronicle.open(served, create=False) as other:
        for place_, one in (("here", chronicle), ("there", other)):
            (folder / place_).mkdir()
            export(one, name, folder / place_ / "out", view=one.view(AT))
    assert files(folder / "here") == files(folder / "there")
