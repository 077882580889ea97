"""Checking: an export is what the log gives, or what differs is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle, NotAnExport
from chronicle.exports import manifest
from chronicle.exports.checking import Checked, check
from chronicle.exports.making import export
from chronicle.exports.packing import weighed
from tests.stores import Clock, Files
from tests.worlds import WORLD, state_claim

AT = "2022-03-01"


@pytest.fixture
def kept(local: Chronicle, folder: Path) -> Chronicle:
    """A chronicle whose view was exported to `a.json` and `tables`, and that grew since."""
    local.append(WORLD)
    for name, place in (("json", "a.json"), ("csv", "tables")):
        export(local, name, folder / place, view=local.view(AT))
    local.append([state_claim("ben", "status", "calm")])
    return local


def told(checked: Checked) -> list[str]:
    """Return the findings as lines."""
    return [str(one) for one in checked.findings]


def rewrite(path: str, change: Callable[[str], str]) -> None:
    """Change a file."""
    Path(path).write_text(change(Path(path).read_text(encoding="utf-8")), encoding="utf-8")


def forge(path: str, name: str) -> None:
    """Put the hash that a file has now into the manifest."""
    found = json.loads(Path(path).read_text(encoding="utf-8"))
    found["files"][name] = weighed(Path(path).parent / name)
    Path(path).write_text(json.dumps(found), encoding="utf-8")


@pytest.mark.parametrize("place", ["a.json", "tables", "tables/manifest.json"])
def test_what_the_log_gives_is_identical(kept: Chronicle, place: str) -> None:
    """However much the log has grown since."""
    checked = check(kept, place)
    assert checked.identical
    assert (checked.findings, checked.others) == ((), {})


def test_an_export_may_be_renamed(kept: Chronicle) -> None:
    """With its manifest and what stands beside it."""
    for path in list(Path().glob("a.json*")):
        path.rename(path.name.replace("a.json", "better-name.json", 1))
    assert check(kept, "better-name.json").identical


@pytest.mark.parametrize("forged", [False, True])
def test_a_changed_value_is_named(kept: Chronicle, forged: bool) -> None:
    """The record, the field, both values; with the hash changed too, just as well."""
    rewrite(
        "a.json", lambda text: text.replace('"tall", "subject": "ben"', '"tall", "subject": "ada"')
    )
    if forged:
        forge("a.json.manifest.json", "a.json")
    checked = check(kept, "a.json")
    assert not checked.identical
    found = told(checked)
    assert found[-1] == (
        'a.json: claims tall: subject is "ada", the log gives "ben"; '
        "take it from where it was published, or export it again"
    )
    altered = "a.json: it is not the file that was exported: its SHA-256 is another"
    assert found[:-1] == ([] if forged else [altered])


def test_what_is_missing_and_what_is_too_much_is_named(kept: Chronicle) -> None:
    """A row that was taken out, and one that was put in."""
    rewrite("tables/claims.csv", lambda text: text.replace("\nlate,", "\nlater,"))
    forge("tables/manifest.json", "claims.csv")
    assert [one.split(";")[0] for one in told(check(kept, "tables"))] == [
        "tables: claims late: the log gives it, but it is not there",
        "tables: claims later: it is there, but the log does not give it",
    ]


def test_many_differences_are_counted(kept: Chronicle) -> None:
    """The first are named, so that the list can be read."""
    rewrite("a.json", lambda text: text.replace('"credibility": "3"', '"credibility": "2"'))
    rewrite("a.json", lambda text: text.replace('"standing": "settled"', '"standing": "disputed"'))
    forge("a.json.manifest.json", "a.json")
    found = told(check(kept, "a.json"))
    assert len(found) == 21
    assert found[-1].split(";")[0] == "a.json: 10 more records differ"


def test_other_bytes_of_the_same_records_are_no_identical_export(kept: Chronicle) -> None:
    """White space is not nothing where bytes are promised."""
    rewrite("a.json", lambda text: text.replace("{", "{ ", 1))
    forge("a.json.manifest.json", "a.json")
    (finding,) = told(check(kept, "a.json"))
    assert "its records are those of the log, but not its bytes" in finding


def test_other_software_may_write_other_bytes(kept: Chronicle) -> None:
    """Of the same records: that is no finding, but neither is it identical; both are named."""
    rewrite("a.json", lambda text: text.replace("{", "{ ", 1))
    forge("a.json.manifest.json", "a.json")
    rewrite("a.json.manifest.json", lambda text: text.replace(
        f'"version": "{manifest.installed("chronicle")}"', '"version": "0.0.9"'))  # fmt: skip
    checked = check(kept, "a.json")
    assert not checked.identical
    assert checked.findings == ()
    assert checked.others == {"chronicle": ("0.0.9", manifest.installed("chronicle"))}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("at", "2022-01-05", "document view: is is"),
        ("policy", "latest-word", "document view: is is"),
        ("root", "0" * 64, "this log did not have the root 0000"),
        ("head", 3, "this log did not have the root"),
    ],
)
def test_a_manifest_that_tells_of_another_view_is_found_out(
    kept: Chronicle, name: str, value: Any, said: str
) -> None:
    """Nothing in an export is trusted."""
    found = json.loads(Path("a.json.manifest.json").read_text(encoding="utf-8"))
    found["view"][name] = value
    Path("a.json.manifest.json").write_text(json.dumps(found), encoding="utf-8")
    checked = check(kept, "a.json")
    assert not checked.identical
    assert any(said in one for one in told(checked)), told(checked)


def test_files_that_are_gone_altered_or_added_are_named(kept: Chronicle) -> None:
    """Each by its place."""
    Path("tables/sources.csv").unlink()
    Path("tables/mine.txt").write_text("mine", encoding="utf-8")
    found = told(check(kept, "tables"))
    assert found[0].startswith(
        "tables/sources.csv: the manifest names it, but it is not there; take it from"
    )
    assert found[1] == "tables/mine.txt: it is no file of the export; move it away"
    assert Path("tables/mine.txt").exists()


def test_a_file_that_only_the_manifest_knows_is_found_out(kept: Chronicle) -> None:
    """Who adds a file to an export, and its name to the manifest, has not exported it."""
    Path("tables/more.csv").write_text("more", encoding="utf-8")
    forge("tables/manifest.json", "more.csv")
    checked = check(kept, "tables")
    assert not checked.identical
    assert checked.findings


def test_what_cannot_be_read_says_so(kept: Chronicle) -> None:
    """It is a finding like any other."""
    rewrite("a.json", lambda text: text[: len(text) // 2])
    assert any("it cannot be read as json: " in one for one in told(check(kept, "a.json")))


def test_changes_are_made_again_too(kept: Chronicle) -> None:
    """Since a position and since an earlier export, which need not be there any more."""
    export(kept, "json", "by-position.json", view=kept.view(AT), since=len(WORLD))
    export(kept, "json", "by-export.json", view=kept.view("2022-02-15"), since="a.json")
    kept.append([state_claim("ben", "status", "late", valid="2022-02-20/..")])
    Path("a.json").unlink()
    for name in ("by-position.json", "by-export.json"):
        assert check(kept, name).identical


@pytest.mark.usefixtures("kept")
def test_an_export_of_another_log_is_a_finding(files: Files) -> None:
    """The log is told from others by its root, however alike they are."""
    with Chronicle.open(files.made(), clock=Clock()) as other:
        other.append(WORLD)
        checked = check(other, "a.json")
    assert not checked.identical
    assert "the export is of another one" in told(checked)[-1]


def test_a_manifest_cannot_lead_elsewhere(kept: Chronicle) -> None:
    """A name in it that is a path is taken for the name of a file beside it."""
    Path("secret").write_text("secret", encoding="utf-8")
    found = json.loads(Path("tables/manifest.json").read_text(encoding="utf-8"))
    found["files"]["../secret"] = weighed(Path("secret"))
    Path("tables/manifest.json").write_text(json.dumps(found), encoding="utf-8")
    assert any(
        one.startswith("tables/secret: the manifest names it, but it is not there")
        for one in told(check(kept, "tables"))
    )


def test_what_is_no_export_is_refused(kept: Chronicle) -> None:
    """It is nothing that could be checked."""
    with pytest.raises(NotAnExport):
        check(kept, "none")
