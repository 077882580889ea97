"""`export` and `verify-export` from the command line: what is said, where, with which exit code."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from chronicle.exports import formats
from tests.cli.conftest import Run
from tests.cli.invoking import data, environment, invoke, spawn

AT = ("--at", "2022-05-31")


def test_the_formats_are_listed(folder: Path) -> None:
    """Without a format; no database is needed."""
    result = invoke(folder / "none.db", "export")
    assert result.exit_code == 0
    listed = [line.split()[0] for line in result.stdout.splitlines()[2:] if line[0] != " "]
    assert listed == sorted(point.name for point in entry_points(group=formats.GROUP))


def test_an_export_is_told_in_a_line(copied: Path) -> None:
    """Where it is, its files and bytes, the entries and the root that it was made from."""
    result = invoke(copied, "export", "json", "-o", "kz.json", *AT)
    assert (result.exit_code, result.stdout) == (0, "")
    root = data(invoke(copied, "state", "samat-abish", "--format", "json"))["view"]["root"]
    size = sum(Path(name).stat().st_size for name in ("kz.json", "kz.json.schema.json"))
    assert result.stderr == (
        f"kz.json: 2 files, {size} bytes; 2711 entries at 2022-05-31, root {root}\n"
    )
    assert sorted(path.name for path in Path().iterdir()) == [
        "copy.db",
        "kz.json",
        "kz.json.manifest.json",
        "kz.json.schema.json",
    ]


def test_without_a_place_it_is_printed(ask: Run, folder: Path) -> None:
    """The same bytes, on standard output; words go to standard error."""
    assert ask("export", "json", "-o", str(folder / "a.json"), *AT).exit_code == 0
    for place in ((), ("-o", "-")):
        result = ask("export", "json", *place, *AT)
        assert result.exit_code == 0
        assert result.stdout_bytes == (folder / "a.json").read_bytes()
        assert "for a manifest name a file with -o" in result.stderr


def test_an_export_is_verified(copied: Path) -> None:
    """Identical, however the log has grown since; with exit code 0."""
    assert invoke(copied, "export", "json", "-o", "kz.json", *AT).exit_code == 0
    more = {"kind": "source", "id": "later", "title": "Later"}
    assert invoke(copied, "append", "-", stdin=json.dumps(more)).exit_code == 0
    for name in ("kz.json", "kz.json.manifest.json"):
        result = invoke(copied, "verify-export", name, "--format", "json")
        found = data(result)
        assert (found["verdict"], found["findings"]) == ("identical", [])
        assert (found["export"], found["head"]) == ("kz.json", 2711)


def test_a_changed_export_is_found_out(copied: Path) -> None:
    """The record and the field are named; exit code 1."""
    assert invoke(copied, "export", "json", "-o", "kz.json", *AT).exit_code == 0
    text = Path("kz.json").read_text(encoding="utf-8")
    Path("kz.json").write_text(
        text.replace('"value": "on-leave", "none"', '"value": "in-post", "none"'), encoding="utf-8"
    )
    result = invoke(copied, "verify-export", "kz.json")
    assert result.exit_code == 1
    assert "claims abish-on-leave-nsc" in " ".join(result.stdout.split())
    assert 'value is "in-post", the log gives "on-leave"' in " ".join(result.stdout.split())
    assert "differs, 2 findings" in result.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("export", "jsnol"), 2, "no format 'jsnol'; did you mean jsonl or json?"),
        (("export", "json", "-o", "no/x.json"), 1, "there is no folder "),
        (("export", "json", "-o", "."), 1, "is a folder; name a file in it"),
        (("export", "json", "-o", "copy.db"), 1, "is the chronicle itself; name another file"),
        (("export", "json", "-o", "copy.db-wal"), 1, "is the chronicle itself; name another"),
        (("export", "json", "-o", "/dev/full"), 1, "/dev/full: No space left on device"),
        (("export", "csv"), 2, "csv is several files; name a folder for them with -o"),
        (("export", "json", "--about", "samat-abisch"), 1, "did you mean samat-abish?"),
        (("export", "json", "--about", "icds-2022"), 2, "is no entity and no event; name one"),
        (("export", "json", "--since", "9999"), 2, "--since 9999: the log has 2711 entries here"),
        (("export", "json", "--since", "soon"), 1, "soon: there is no such file or folder"),
        (("export", "json", "--syntax", "schem"), 2, "did you mean schema?"),
        (("export", "json", "--at", "soon"), 2, "--at: 'soon'"),
        (("verify-export", "none"), 1, "none: there is no such file or folder"),
        (("verify-export", "copy.db"), 1, "has no manifest (copy.db.manifest.json) beside it"),
    ],
)
def test_a_wrong_use_is_one_clear_line(
    copied: Path, args: tuple[str, ...], code: int, said: str
) -> None:
    """It says what is wrong and what to do; nothing is written."""
    result = invoke(copied, *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in Path().iterdir()] == ["copy.db"]


def test_a_missing_library_is_named_with_what_installs_it(copied: Path) -> None:
    """The exact command; exit code 1; the other formats are listed all the same."""
    hidden = Path("hidden")
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import sys\nfor name in ('pyarrow', 'rdflib', 'icalendar'): sys.modules[name] = None\n"
    )
    env = {"PYTHONPATH": f"{hidden.resolve()}:{environment(copied)['PYTHONPATH']}"}
    for name, library in (("parquet", "pyarrow"), ("rdf", "rdflib"), ("ics", "icalendar")):
        done = spawn(copied, "export", name, "-o", "x", env=env)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            f"error: the format {name} needs {library}; "
            f"install it with: pip install 'chronicle[{name}]'\n"
        )
    done = spawn(copied, "export", env=env)
    assert done.returncode == 0
    assert "needs pyarrow: pip install 'chronicle[parquet]'" in done.stdout


def _small() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


@pytest.mark.parametrize("name", formats.names())
def test_a_full_disk_leaves_what_was_there(copied: Path, name: str) -> None:
    """One line, exit code 1, no half a file, and the earlier export untouched."""
    assert invoke(copied, "export", name, "-o", "out", "--about", "samat-abish", *AT).exit_code == 0
    before = _held()
    done = subprocess.run(
        [sys.executable, "-m", "chronicle", "export", name, "-o", "out", *AT],
        env=environment(copied),
        preexec_fn=_small,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    # SQLite does not say more than that.
    assert re.fullmatch(
        r"error: out: (File too large|Input/output error); nothing was written\n", done.stderr
    )
    assert _held() == before


def _held() -> dict[str, bytes]:
    """Return the files here and what they hold; those of the database aside."""
    found = {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if not name.startswith("copy.db")}


def test_one_that_is_asked_to_end_leaves_nothing_behind(copied: Path) -> None:
    """Neither half a file nor what it was written into; the exit code is that of the signal."""
    command = [sys.executable, "-m", "chronicle", "export", "rdf", "-o", "out.trig", *AT]
    before = set(Path().iterdir())
    with subprocess.Popen(command, env=environment(copied), stderr=subprocess.PIPE) as process:
        while not list(Path().glob(".out.trig.*/new")):
            assert process.poll() is None
        process.terminate()
        said = process.communicate()[1]
    assert (process.returncode, said) == (143, b"")
    assert {path for path in Path().iterdir() if "copy.db" not in path.name} <= before


def test_a_reader_that_goes_away_ends_it_quietly(copied: Path) -> None:
    """As `head` does; nothing is left behind."""
    command = f"{sys.executable} -m chronicle export jsonl | head -n 1"
    done = subprocess.run(
        command, shell=True, env=environment(copied), capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout)["position"] == 1
    assert done.stderr == ""


def test_only_what_changed_is_exported(copied: Path) -> None:
    """Since a position, and since an earlier export with its dates."""
    assert invoke(copied, "export", "json", "-o", "base.json", *AT).exit_code == 0
    more = {"kind": "source", "id": "later", "title": "Later"}
    assert invoke(copied, "append", "-", stdin=json.dumps(more)).exit_code == 0
    for since in ("2711", "#2711", "base.json"):
        found = data(invoke(copied, "export", "json", "--since", since, *AT))
        assert [one["id"] for one in found["sources"]] == ["later"]
        assert not found["claims"]
        assert (found["since"]["head"], found["view"]["head"]) == (2711, 2712)


def test_an_append_lands_whole_but_its_lines_can_be_told_apart(copied: Path) -> None:
    """A view never stood in the middle of one; of the log the lines after a position are given."""
    found = data(invoke(copied, "export", "json", "--since", "100", *AT))
    assert (found["since"]["head"], found["claims"]) == (2711, [])
    lines = invoke(copied, "export", "jsonl", "--since", "2700").stdout.splitlines()
    assert [json.loads(line)["position"] for line in lines] == list(range(2701, 2712))


def test_an_export_of_another_kind_is_not_followed(copied: Path) -> None:
    """One in another format, about something else, or of another log."""
    assert invoke(copied, "export", "json", "-o", "a.json", *AT).exit_code == 0
    result = invoke(copied, "export", "json", "--since", "a.json", "--about", "samat-abish")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: --since: the about of a.json is not named\n",
    )
    assert invoke("other.db", "init").exit_code == 0
    result = invoke("other.db", "export", "json", "--since", "a.json")
    assert result.exit_code == 2
    assert "the export is of another one" in result.stderr


def test_an_export_of_another_log_is_not_verified(copied: Path) -> None:
    """It is a finding: the log here cannot have given it."""
    assert invoke(copied, "export", "json", "-o", "a.json", *AT).exit_code == 0
    assert invoke("other.db", "init").exit_code == 0
    result = invoke("other.db", "verify-export", "a.json")
    assert result.exit_code == 1
    assert "the export is of another one" in " ".join(result.stdout.split())
