"""Failures: every error has its words on standard error and its exit code."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import click
import pytest

from chronicle import errors
from chronicle.api import Chronicle
from chronicle.cli import failures
from tests.cli.conftest import Run
from tests.cli.invoking import environment, invoke, spawn


def every_error() -> list[type[errors.ChronicleError]]:
    """Return every class of the error tree."""
    found: list[type[errors.ChronicleError]] = []
    waiting: list[type[errors.ChronicleError]] = [errors.ChronicleError]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].__subclasses__()
    return [one for one in found if one.__module__ == errors.__name__]


def test_every_error_has_its_exit_code() -> None:
    """The table names each class of the tree, and nothing else."""
    assert set(failures.EXIT_CODES) == set(every_error())
    assert set(failures.EXIT_CODES.values()) == {failures.REFUSED, failures.MISUSED}


MADE = {
    errors.RecordsRefused: errors.RecordsRefused(
        [errors.Finding("wrong", "mend it", "id", "a", 3)]
    ),
    errors.UnknownId: errors.UnknownId("ad", ["ada"]),
    errors.ExpectationsBroken: errors.ExpectationsBroken(()),
    errors.UnknownFormat: errors.UnknownFormat("jsno", ["json"], ["json"]),
    errors.MissingExtra: errors.MissingExtra("parquet", "pyarrow", "chronicle[parquet]"),
}


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_is_told_in_plain_lines(
    ask: Run, monkeypatch: pytest.MonkeyPatch, kind: type[errors.ChronicleError]
) -> None:
    """Whatever a command raises, nothing but lines that end in the error reach the reader."""

    def fail(*_args: object, **_options: object) -> NoReturn:
        raise MADE.get(kind) or kind("it went wrong")

    monkeypatch.setattr(Chronicle, "view", fail)
    result = ask("state")
    lines = result.stderr.splitlines()
    assert result.exit_code == failures.EXIT_CODES[kind]
    assert result.stdout == ""
    assert lines[-1].startswith("error: ")
    assert "Traceback" not in result.stderr


def test_refused_records_are_listed_each_on_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Every finding, however many, then the count and that nothing was appended."""
    findings = [errors.Finding("wrong", "mend it", "id", "a.yaml", line) for line in range(1, 41)]
    assert failures.tell(errors.RecordsRefused(findings)) == failures.REFUSED
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["a.yaml:1: id: wrong; mend it", "a.yaml:2: id: wrong; mend it"]
    assert len(lines) == 41
    assert lines[-1] == "error: 40 faults; nothing was appended"


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["state", "--at", "2022-13-01"], 2, "error: --at: '2022-13-01': month 13"),
        (["state", "--known", "soon"], 2, "error: --known: 'soon'"),
        (["state", "--recorded", "2022-01-99"], 2, "error: --recorded: "),
        (["state", "--at", "2022-01-01/.."], 2, "error: --at: '2022-01-01/..' is open"),
        (["state", "--as-of", "2022", "--at", "2022"], 2, "error: --as-of means --at and --known"),
        (["state", "--policy", "lastest-word"], 2, "did you mean latest-word"),
        (["state", "--format", "xml"], 2, "error: Invalid value for '--format': 'xml'"),
        (["state", "--where", "area"], 2, "'area', expected name=value"),
        (["state", "--where", "=x"], 2, "'=x', expected name=value"),
        (["state", "--where", "area="], 2, "'area=', expected name=value"),
        (["state", "--where", "area=a", "--where", "area=b"], 2, "'area' is given twice"),
        (["state", "--where", "aera=a"], 2, "no qualifier 'aera' here; did you mean area?"),
        (
            ["state", "samat-abish", "status", "--where", "a=b"],
            2,
            "no qualifier 'a' here; it takes",
        ),
        (["state", "samat-abisch"], 1, "did you mean samat-abish?"),
        (["state", "samat-abish", "statsu"], 1, "no property 'statsu'"),
        (["why", "samat-abisch", "status"], 1, "did you mean samat-abish?"),
        (["why", "samat-abish"], 2, "error: Missing argument 'PROPERTY'."),
        (["trace", "samat-abisch"], 1, "did you mean samat-abish?"),
        (["timeline", "--from", "2022-99"], 2, "error: --from: "),
        (["timeline", "--about", "nobody-known"], 1, "error: no id 'nobody-known'"),
        (["append", "nowhere.yaml"], 1, "nowhere.yaml: no such file"),
        (["append"], 2, "error: Missing argument 'PATH...'."),
        (["verify", "--root", "abc"], 2, "expected the 64 hexadecimal digits"),
        (["log", "--after", "-1"], 2, "error: Invalid value for '--after'"),
        (["search", "!?"], 2, "error: nothing to search for"),
        (["stat"], 2, "error: No such command 'stat'."),
        (["--bd", "x"], 2, "error: No such option"),
    ],
)
def test_wrong_use_is_told(ask: Run, args: list[str], code: int, told: str) -> None:
    """A wrong option exits with 2, what the log does not hold with 1; each says what is wrong."""
    result = ask(*args)
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    assert told in result.stderr


def test_wrong_option_names_the_help_of_the_command(ask: Run) -> None:
    """The last line says where to read how it is used."""
    assert ask("state", "--format", "x").stderr.endswith("try: chronicle state --help\n")


@pytest.mark.parametrize("args", [["state"], ["append", "x.yaml"], ["verify"], ["log"]])
def test_missing_database_says_how_to_create_one(folder: Path, args: list[str]) -> None:
    """Only `init` creates; all others say so, and leave no file behind."""
    (folder / "x.yaml").write_text("entities: [{id: ada, type: person, name: Ada}]\n")
    result = invoke("none.db", *args)
    assert result.exit_code == 1
    assert "no chronicle at none.db" in result.stderr
    assert "chronicle --db none.db init" in result.stderr
    assert not (folder / "none.db").exists()


def test_other_files_are_no_chronicle(folder: Path) -> None:
    """A file that is no database is refused by every command, `init` too."""
    (folder / "notes.txt").write_text("no database at all, but rather long\n" * 50)
    for command in ("init", "state"):
        result = invoke("notes.txt", command)
        assert result.exit_code == 1
        assert result.stderr.startswith("error: notes.txt ")


def test_words_of_data_cannot_drive_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in a message are taken out."""
    failures.tell(errors.ChronicleError("a \x1b[31mred\x07 id"))
    assert capsys.readouterr().err == "error: a  [31mred  id\n"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (click.exceptions.Abort(), 130, "interrupted\n"),
        (OSError(28, "No space left on device"), 1, "error: No space left on device\n"),
        (PermissionError(13, "Permission denied", "a.db"), 1, "error: a.db: Permission denied\n"),
    ],
)
def test_what_the_system_does_is_told(
    ask: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    """An interrupt and a full disk end a command as plainly as its own errors."""

    def fail(*_args: object, **_options: object) -> NoReturn:
        raise error

    monkeypatch.setattr(Chronicle, "view", fail)
    result = ask("state")
    assert (result.exit_code, result.stderr.lstrip("\n")) == (code, told)


def test_errors_of_the_program_itself_are_not_hidden(
    ask: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody expected keeps its traceback."""

    def fail(*_args: object, **_options: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(Chronicle, "view", fail)
    with pytest.raises(ZeroDivisionError):
        ask("state")


def test_interrupt_ends_a_process_quietly(copied: Path) -> None:
    """Ctrl-C while reading standard input: one word, exit code 130."""
    with subprocess.Popen(
        [sys.executable, "-m", "chronicle", "append", "-"],
        env=environment(copied),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        # More than a pipe holds: when it is taken, the command is reading.
        process.stdin.write(b'{"kind": "' + b"x" * 400_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        # A signal that came just before a read is seen when the read returns.
        process.stdin.close()
        assert process.wait(30) == failures.INTERRUPTED
        assert process.stderr is not None
        assert process.stderr.read().strip() == b"interrupted"


@pytest.mark.parametrize("args", [["log", "--format", "jsonl"], ["log"], ["--help"]])
def test_closed_pipe_ends_a_process_quietly(seeded: Path, args: list[str]) -> None:
    """A reader that goes away, as `head` does, is no error to speak of."""
    with subprocess.Popen(
        [sys.executable, "-m", "chronicle", *args],
        env=environment(seeded),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(30) in (1, failures.CLOSED_PIPE)


def test_full_disk_is_told(seeded: Path) -> None:
    """What cannot be written is refused in words."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "chronicle", "log", "--format", "jsonl"],
            env=environment(seeded),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "error: No space left on device\n"


def test_errors_come_plainly_from_a_process_of_its_own(seeded: Path) -> None:
    """The must-read case: an unknown id, one line, exit code 1."""
    done = spawn(seeded, "state", "samat-abisch")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "error: no id 'samat-abisch' in this chronicle; did you mean samat-abish?\n"
    )
