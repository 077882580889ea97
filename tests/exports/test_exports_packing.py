"""Packing: an export comes whole or not at all, and nothing else is lost by it."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from chronicle.errors import NotWritten
from chronicle.exports.packing import MANIFEST, packed, poured, weighed


class Failure(Exception):
    """Something that goes wrong while an export is written."""


def left(folder: Path) -> dict[str, str]:
    """Return the files below a folder and what they hold."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_file_comes_with_those_beside_it(folder: Path) -> None:
    """The main file has the name that was asked for; the others are called after it."""
    with packed(Path("a.json"), folder=False) as package:
        package.text().write("main")
        package.text("schema.json").write("schema")
        assert left(folder).keys().isdisjoint({"a.json", "a.json.schema.json"})
    assert left(folder) == {"a.json": "main", "a.json.schema.json": "schema"}


def test_a_folder_comes_whole(folder: Path) -> None:
    """Its files have the names that the format gives them, and may be read by all."""
    with packed(Path("a"), folder=True) as package:
        package.text("one.csv").write("1")
        package.path("two.csv").write_text("2", encoding="utf-8")
    assert left(folder) == {"a/one.csv": "1", "a/two.csv": "2"}
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o777 & ~mask


@pytest.mark.parametrize("several", [False, True])
def test_nothing_is_left_where_writing_fails(folder: Path, several: bool) -> None:
    """Whatever goes wrong, there is what was there before."""
    with packed(Path("a"), folder=several) as package:
        package.text("x").write("before")
    before = left(folder)

    def fail() -> None:
        lists = {"x", "a.x"}
        with packed(Path("a"), folder=several, lists=lambda _: lists) as package:
            package.text("x").write("after")
            raise Failure

    with pytest.raises(Failure):
        fail()
    assert left(folder) == before
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_what_cannot_be_written_is_said_in_one_line(folder: Path) -> None:
    """The reason of the system, the place, and that nothing came of it."""

    def fail() -> None:
        with packed(Path("a"), folder=False) as package:
            package.text().write("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(NotWritten, match=r"^a: No space left on device; nothing was written$"):
        fail()
    assert not left(folder)


def test_an_earlier_export_is_replaced(folder: Path) -> None:
    """A file is; and so is a folder that holds nothing else."""
    for text in ("one", "two"):
        with packed(Path("a.txt"), folder=False) as package:
            package.text().write(text)
        with packed(Path("b"), folder=True, lists=lambda _: {"one"}) as package:
            package.text(text).write(text)
    assert left(folder) == {"a.txt": "two", "b/two": "two"}


def test_a_folder_with_other_files_is_left_alone(folder: Path) -> None:
    """Nothing that is no export is ever thrown away; the refusal names it."""
    (folder / "b").mkdir()
    (folder / "b" / "thesis.txt").write_text("years of work", encoding="utf-8")
    said = r"holds what is no export \(thesis\.txt\)"
    with pytest.raises(NotWritten, match=said), packed(Path("b"), folder=True):
        pass
    assert left(folder) == {"b/thesis.txt": "years of work"}


def test_a_folder_that_cannot_be_put_in_place_leaves_the_earlier_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is put back where it was."""
    with packed(Path("b"), folder=True) as package:
        package.text("x").write("before")
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    said = pytest.raises(NotWritten, match="Input/output error")
    with said, packed(Path("b"), folder=True, lists=lambda _: {"x"}) as package:
        package.text("x").write("after")
    assert left(folder) == {"b/x": "before"}


def test_a_disk_that_cannot_keep_it_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some find out only when they are asked for certain."""

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    said = pytest.raises(NotWritten, match="No space left on device; nothing was written")
    with said, packed(Path("a"), folder=False) as package:
        package.text().write("x")
    assert not left(folder)


def test_an_empty_folder_is_filled(folder: Path) -> None:
    """As whoever made it wanted."""
    (folder / "b").mkdir()
    with packed(Path("b"), folder=True) as package:
        package.text("x").write("x")
    assert left(folder) == {"b/x": "x"}


@pytest.mark.parametrize(
    ("path", "several", "said"),
    [
        ("no/such/a.json", False, "there is no folder .*no/such; make it first"),
        ("place", False, "is a folder; name a file in it"),
        ("file", True, "is a file, and this format is several; name a folder"),
        ("log.db", False, "is the chronicle itself; name another file"),
        ("link.db", False, "is the chronicle itself; name another file"),
        ("log.db-wal", False, "is the chronicle itself; name another file"),
    ],
)
def test_a_bad_place_is_refused(folder: Path, path: str, several: bool, said: str) -> None:
    """Before anything is written."""
    (folder / "place").mkdir()
    (folder / "file").write_text("file", encoding="utf-8")
    (folder / "log.db").write_text("log", encoding="utf-8")
    (folder / "link.db").symlink_to("log.db")
    before = left(folder)
    kept = [folder / "log.db", folder / "log.db-wal"]
    with pytest.raises(NotWritten, match=said), packed(Path(path), folder=several, keep=kept):
        pass
    assert left(folder) == before


def test_a_link_is_followed(folder: Path) -> None:
    """What it points to is replaced, not the link."""
    (folder / "real.json").write_text("before", encoding="utf-8")
    (folder / "link.json").symlink_to("real.json")
    with packed(Path("link.json"), folder=False) as package:
        package.text().write("after")
    assert (folder / "link.json").is_symlink()
    assert (folder / "real.json").read_text(encoding="utf-8") == "after"


def test_a_device_is_written_to_and_stays_one(folder: Path) -> None:
    """It is not renamed over, and gets no files beside it."""
    with packed(Path("/dev/null"), folder=False) as package:
        package.text().write("gone")
        package.path(MANIFEST).write_text("{}", encoding="utf-8")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert not left(folder)


def test_a_full_device_says_so() -> None:
    """At the latest when the last of it is written."""
    full = pytest.raises(NotWritten, match=r"^/dev/full: No space left on device$")
    with full, packed(Path("/dev/full"), folder=False) as package:
        package.text().write("x")


@pytest.mark.parametrize("by_path", [False, True])
def test_a_stream_gets_the_main_file_alone(by_path: bool) -> None:
    """However it is written; the stream stays open."""
    stream = io.BytesIO()
    with poured(stream) as package:
        package.text("schema.json").write("schema")
        if by_path:
            package.path().write_bytes(b"main \xff")
        else:
            package.text().write("main é\n")
    assert stream.getvalue() == (b"main \xff" if by_path else "main é\n".encode())


def test_a_file_is_weighed(folder: Path) -> None:
    """Its size and its SHA-256, as other programs work it out."""
    (folder / "abc").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert weighed(folder / "abc") == {"sha256": digest, "bytes": 3}
