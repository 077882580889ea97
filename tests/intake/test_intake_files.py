"""Files, folders and standard input: what is read, in which order, and what cannot be."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from chronicle.errors import Finding
from chronicle.intake import Draft, read
from chronicle.intake.files import LARGEST

Fields = Mapping[str, frozenset[str]]
Reading = Callable[[str, str | bytes], list[Draft | Finding]]

ENDINGS = "files with records end in .yaml, .yml, .json, .jsonl, .ndjson"
SAVE = "save the file as UTF-8"
NUL = f"a NUL character in the text; remove it; if the whole file looks like that, {SAVE}"
RECORD = '{"kind": "claim", "id": "a"}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(paths: list[str], fields: Fields) -> list[str]:
    """Return drafts as `file:line`, findings as they are shown."""
    items = read(paths, fields=fields)
    return [
        f"{item.place.file}:{item.place.line}" if isinstance(item, Draft) else str(item)
        for item in items
    ]


def test_folder_is_read_in_order_without_what_is_hidden_or_foreign(
    folder: Path, fields: Fields
) -> None:
    """Files below a folder come sorted by name, folder by folder; others are left aside."""
    for name in (
        "r/b.yaml", "r/a/z.json", "r/a/y.JSONL", "r/a.ndjson", "r/c/d/e.yml", "r/empty/notes.md",
        "r/README", "r/README.md", "r/.hidden.yaml", "r/.git/x.yaml", "r/b.yaml.bak",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(RECORD)
    assert shown(["r"], fields) == [
        "r/a/y.JSONL:1", "r/a/z.json:1", "r/a.ndjson:1", "r/b.yaml:1", "r/c/d/e.yml:1",
    ]  # fmt: skip


def test_folder_that_links_to_itself_is_read_once(folder: Path, fields: Fields) -> None:
    """A link to a folder is followed, but not back into one that is being read."""
    (folder / "r").mkdir()
    (folder / "r" / "a.yaml").write_text(RECORD)
    (folder / "r" / "again").symlink_to(folder / "r")
    (folder / "other").mkdir()
    (folder / "other" / "b.yaml").write_text(RECORD)
    (folder / "r" / "link").symlink_to(folder / "other")
    assert shown(["r"], fields) == ["r/a.yaml:1", "r/link/b.yaml:1"]


def test_paths_that_cannot_be_read_are_findings_and_the_others_are_read(
    folder: Path, fields: Fields
) -> None:
    """Each bad path is one finding, at its place among the rest."""
    (folder / "sources.yaml").write_text(RECORD)
    (folder / "notes.txt").write_text(RECORD)
    (folder / "plain").write_text(RECORD)
    (folder / "empty").mkdir()
    (folder / "broken.yaml").symlink_to("nowhere.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(folder / "pipe.yaml")
    paths = [
        "source.yaml", "no/where.yaml", "zzzzzzzzzz", "notes.txt", "plain", "empty", "broken.yaml",
        "loop.yaml", "pipe.yaml", "sources.yaml/x.yaml", "a\0b", "", "sources.yaml",
    ]  # fmt: skip
    check = "check the path and its permissions"
    assert shown(paths, fields) == [
        "source.yaml: no such file or folder; did you mean sources.yaml?",
        "no/where.yaml: no such file or folder; there is no folder 'no' either",
        (
            "zzzzzzzzzz: no such file or folder; expected one of broken.yaml, empty, loop.yaml, "
            "pipe.yaml, sources.yaml"
        ),
        f"notes.txt: the ending '.txt' is unknown; {ENDINGS}",
        f"plain: no ending; {ENDINGS}",
        f"empty: no file with records in this folder; {ENDINGS}",
        "broken.yaml: links to a file that is not there; mend the link",
        f"loop.yaml: cannot be read: Too many levels of symbolic links; {check}",
        (
            "pipe.yaml: neither a file nor a folder; "
            "save its content to a file, or use - for standard input"
        ),
        f"sources.yaml/x.yaml: cannot be read: Not a directory; {check}",
        f"a\0b: cannot be read: embedded null byte; {check}",
        "an empty path; name a file or a folder; . is the current one",
        "sources.yaml:1",
    ]


def test_faulty_files_in_a_folder_leave_the_others_readable(folder: Path, fields: Fields) -> None:
    """A link to nothing and a pipe below a folder are findings, not traps."""
    (folder / "r").mkdir()
    (folder / "r" / "a.yaml").symlink_to("nowhere.yaml")
    os.mkfifo(folder / "r" / "b.yaml")
    (folder / "r" / "c.yaml").write_text("[")
    (folder / "r" / "d.yaml").write_text(RECORD)
    first, second, third, last = shown(["r"], fields)
    assert first.startswith("r/a.yaml: links to a file")
    assert second.startswith("r/b.yaml: neither a file nor a folder")
    assert third.startswith("r/c.yaml:2: not YAML")
    assert last == "r/d.yaml:1"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_file_and_folder_without_permission_are_findings(folder: Path, fields: Fields) -> None:
    """What may not be read is a finding, and what may be is read."""
    (folder / "a.yaml").write_text(RECORD)
    (folder / "a.yaml").chmod(0)
    (folder / "b").mkdir(mode=0)
    why = "cannot be read: Permission denied; check the path and its permissions"
    assert shown(["a.yaml", "b"], fields) == [f"a.yaml: {why}", f"b: {why}"]


def test_fault_of_the_device_while_reading_is_a_finding(
    folder: Path, fields: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the operating system after opening ends that file alone."""

    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    (folder / "a.yaml").write_text(RECORD)
    monkeypatch.setattr(Path, "open", lambda *_: Failing())
    why = "cannot be read: Input/output error; check the path and its permissions"
    assert shown(["a.yaml"], fields) == [f"a.yaml: {why}"]
    assert [str(item) for item in read(["-"], Failing(), fields=fields)] == [f"-: {why}"]


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.jsonl"])
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (b"", "1: no records in it; leave the file out, or add some"),
        (b" \n\n", "1: no records in it; leave the file out, or add some"),
        (b"\xef\xbb\xbf", "1: no records in it; leave the file out, or add some"),
        (RECORD.encode("utf-16"), f"1: the text is encoded as UTF-16; {SAVE}"),
        (b"\xfe\xff" + RECORD.encode("utf-16-be"), f"1: the text is encoded as UTF-16; {SAVE}"),
        (RECORD.encode("utf-32"), f"1: the text is encoded as UTF-32; {SAVE}"),
        (b"\x00\x00\xfe\xff", f"1: the text is encoded as UTF-32; {SAVE}"),
        (RECORD.encode("utf-16-le"), f"1: {NUL}"),
        (b"\n\n\0", f"3: {NUL}"),
        (b"\n \xff", f"2: not UTF-8: byte 0xff at byte offset 2; {SAVE}"),
        (b"\n \xc3", f"2: not UTF-8: byte 0xc3 at byte offset 2; {SAVE}"),
        (b"\xed\xa0\x80", f"1: not UTF-8: byte 0xed at byte offset 0; {SAVE}"),
    ],
)
def test_file_that_is_no_text_or_empty_is_one_finding(
    reading: Reading, name: str, text: bytes, finding: str
) -> None:
    """Encodings and empty files are told alike, whatever the format."""
    assert [str(item) for item in reading(name, text)] == [f"{name}:{finding}"]


@pytest.mark.parametrize("text", ["---\n---\n", "# only a comment", "claims: []", "defaults: {}"])
def test_yaml_without_records_is_one_finding(reading: Reading, text: str) -> None:
    """Documents that hold no record are as good as an empty file."""
    (item,) = reading("a.yaml", text)
    assert str(item) == "a.yaml:1: no records in it; leave the file out, or add some"


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_file_over_the_bound_is_one_finding(folder: Path, fields: Fields, name: str) -> None:
    """A file that would fill the memory is refused; JSON Lines has no such bound."""
    with (folder / name).open("wb") as stream:
        stream.truncate(LARGEST + 1)
    assert shown([name], fields) == [
        f"{name}: larger than 64 MiB; write it as JSON Lines (.jsonl), one record a line"
    ]


def stdin(text: str | bytes, fields: Fields) -> list[str]:
    """Read the text as standard input; return drafts as `line id`, findings as shown."""
    data = text.encode() if isinstance(text, str) else text
    items = read(["-"], io.BytesIO(data), fields=fields)
    return [
        f"{item.place.line} {item.fields.get('id')}" if isinstance(item, Draft) else str(item)
        for item in items
    ]


B = RECORD.replace('"a"', '"b"')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: claim\nid: a\n", ["1 a"]),
        ("\n\nkind: claim\nid: a\n", ["3 a"]),
        ("{kind: claim, id: a}\n", ["1 a"]),
        ("[{kind: claim, id: a},\n {kind: claim, id: b}]\n", ["1 a", "2 b"]),
        ("- kind: claim\n  id: a\n", ["1 a"]),
        (RECORD, ["1 a"]),
        (f"{RECORD}\n", ["1 a"]),
        (f"\n{RECORD}\n\n{B}\n", ["2 a", "4 b"]),
        (f"\ufeff{RECORD}\n{B}\n", ["1 a", "2 b"]),
        (
            f"{RECORD}\n[\n{B}\n",
            [
                "1 a",
                (
                    "-:2: not JSON (column 2): expected a value, the text "
                    "ends; texts stand in double quotes; no comma before ']'"
                ),
                "3 b",
            ],
        ),
        (
            f"{RECORD[:-1]}\n{B}\n",
            [
                (
                    "-:1: not JSON (column 28): expected ',' or '}', the text "
                    "ends; check quotes, commas and brackets"
                ),
                "2 b",
            ],
        ),
        (json.dumps({"claims": [{"id": "a"}, {"id": "b"}]}), ["1 a", "1 b"]),
        (json.dumps({"claims": [{"id": "a"}, {"id": "b"}]}, indent=1), ["3 a", "6 b"]),
        (f"[{RECORD}, {B}]", ["1 a", "1 b"]),
        (f"[\n{RECORD},\n{B}\n]\n", ["2 a", "3 b"]),
        (f"\ufeff[\n{RECORD}]", ["2 a"]),
        ('{\n"kind": "claim",\n"id": "a"}', ["1 a"]),
        ("", ["-:1: no records in it; leave the file out, or add some"]),
        ("\n\n", ["-:1: no records in it; leave the file out, or add some"]),
        (b"\xff\xfea", [f"-:1: the text is encoded as UTF-16; {SAVE}"]),
        (
            '{"claims": [{"id": "' + "a" * (20 * 2**20) + '"}]}',
            ["1 " + "a" * (20 * 2**20)],
        ),
    ],
    ids=range(21),
)
def test_format_of_standard_input_is_told_from_how_it_begins(
    fields: Fields, text: str | bytes, found: list[str]
) -> None:
    """JSON Lines, JSON and YAML are told apart, and read to the end with their lines."""
    assert stdin(text, fields) == found


def test_standard_input_that_is_not_there_is_a_finding(folder: Path, fields: Fields) -> None:
    """The other paths are read all the same."""
    (folder / "a.yaml").write_text(RECORD)
    assert shown(["-", "a.yaml"], fields) == [
        "-: there is no standard input; name a file instead",
        "a.yaml:1",
    ]


def test_standard_input_over_the_bound_is_one_finding(fields: Fields) -> None:
    """The bound holds with what was read to tell the format."""
    text = b"[\n" + b" " * LARGEST
    assert stdin(text, fields) == [
        "-: larger than 64 MiB; write it as JSON Lines (.jsonl), one record a line"
    ]


def test_nothing_is_read_before_it_is_asked_for(folder: Path, fields: Fields) -> None:
    """Files are opened one after the other, as their drafts are taken."""
    (folder / "a.yaml").write_text(RECORD)
    items = read(["a.yaml", "b.yaml"], fields=fields)
    assert isinstance(next(items), Draft)
    (folder / "b.yaml").write_text(RECORD)
    assert isinstance(next(items), Draft)
    assert next(items, None) is None
