"""Manifests: what an export was made from, and what it is made of."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle, NotAnExport
from chronicle.exports import manifest
from chronicle.exports.formats import find
from chronicle.exports.making import export
from tests.worlds import WORLD

pytestmark = pytest.mark.usefixtures("folder")

AT = "2022-03-01"


@pytest.fixture
def made(local: Chronicle) -> dict[str, Any]:
    """Export a small world to `a.json`; return the manifest as it stands there."""
    local.append(WORLD)
    view = local.view(AT, "2022-02-15", policy="latest-word")
    returned = export(local, "json", "a.json", view=view, about="ben")
    found: dict[str, Any] = json.loads(Path("a.json.manifest.json").read_text(encoding="utf-8"))
    assert found == returned
    return found


def test_a_manifest_names_the_log_the_view_and_the_software(
    local: Chronicle, made: dict[str, Any]
) -> None:
    """All that it takes to cite an export, and to make it again."""
    head = local.view().head
    assert made["view"] == {
        "at": AT,
        "known": "2022-02-15",
        "recorded": None,
        "policy": "latest-word",
        "head": head.size,
        "root": head.root.hex(),
    }
    assert (made["format"], made["syntax"], made["about"]) == ("json", "document", "ben")
    assert made["since"] is None
    assert made["software"] == {"name": "chronicle", "version": manifest.installed("chronicle")}
    assert made["manifest"] == manifest.NUMBER


def test_a_manifest_names_every_file_with_its_hash(made: dict[str, Any]) -> None:
    """As any other program works it out."""
    assert sorted(made["files"]) == ["a.json", "a.json.schema.json"]
    for name, told in made["files"].items():
        content = Path(name).read_bytes()
        assert told == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def test_a_manifest_names_the_libraries_that_show_in_the_bytes(local: Chronicle) -> None:
    """Others may write the same records otherwise."""
    found = export(local, "parquet", "tables", view=local.view(AT))
    assert found["libraries"] == {"pyarrow": manifest.installed("pyarrow")}
    assert find("parquet").libraries == ("pyarrow",)


def test_a_manifest_of_changes_names_both_views(local: Chronicle) -> None:
    """What it changes, and what comes of it."""
    local.append(WORLD)
    base = export(local, "json", "base.json", view=local.view("2022-01-10"))
    local.append([{"kind": "source", "id": "later", "title": "Later"}])
    view = local.view(AT)
    for since in ("base.json", "base.json.manifest.json"):
        found = export(local, "json", "new.json", view=view, since=since)
        assert (found["since"], found["view"]["head"]) == (base["view"], len(WORLD) + 1)
    by_position = export(local, "json", "new.json", view=view, since=len(WORLD))
    assert by_position["since"] == base["view"] | {"at": AT}


@pytest.mark.parametrize(
    "path", ["a.json", "a.json.manifest.json", "tables", "tables/manifest.json"]
)
def test_an_export_is_found_by_its_place_or_its_manifest(local: Chronicle, path: str) -> None:
    """Whichever of the two is named."""
    export(local, "json", "a.json")
    export(local, "csv", "tables")
    place, found = manifest.place_of(Path(path))
    assert str(place) == path.split("/", maxsplit=1)[0].removesuffix(".manifest.json")
    assert manifest.read(found)["view"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"view": None}, "view is missing or of another kind"),
        ({"files": []}, "files is missing or of another kind"),
        ({"view": {"at": AT}}, "view.known is missing or of another kind; view.recorded is"),
        ({"since": {"head": "3"}}, "since.head is missing or of another kind"),
        ({"manifest": manifest.NUMBER + 1}, "it was written by a newer version"),
    ],
)
def test_what_is_no_manifest_is_refused(
    made: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    """With all that is wrong in it."""
    path = Path("b.json")
    path.write_text(json.dumps(made | change), encoding="utf-8")
    with pytest.raises(NotAnExport, match=said):
        manifest.read(path)
    assert manifest.listed(path) == set()


@pytest.mark.parametrize("text", ["", "[]", "{", "\ufeff{}", "nothing"])
def test_what_is_no_json_is_no_manifest(text: str) -> None:
    """Nor is a list."""
    path = Path("b.json")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotAnExport, match=r"b\.json is no manifest"):
        manifest.read(path)


def test_what_has_no_manifest_cannot_be_checked() -> None:
    """It says where one was looked for."""
    Path("a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NotAnExport, match=r"has no manifest \(a\.json\.manifest\.json\) beside"):
        manifest.place_of(Path("a.json"))
    with pytest.raises(NotAnExport, match="there is no such file or folder"):
        manifest.place_of(Path("b.json"))
