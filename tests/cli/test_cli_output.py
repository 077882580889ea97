"""Output: formats that programs can trust, and tables that people can read anywhere."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.cli.cells import safe, shown
from chronicle.cli.layout import PAGE, fit, folded, width_of
from chronicle.cli.output import put
from chronicle.cli.report import Report, Sheet, picked
from chronicle.cli.tables import draw
from tests.cli.conftest import Run
from tests.cli.invoking import environment, invoke

TEXT = st.text(st.characters(codec="utf-8"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ITEMS = st.lists(st.dictionaries(TEXT, JSON, max_size=3), max_size=4)


def printed(items: list[dict[str, Any]], form: str, name: str = "items", **head: Any) -> str:
    """Return what is printed of some items."""
    report = Report(items, list, ("a", "b"), picked("a", "b"), name, head)
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        put(report, form)
    return stream.getvalue()


@given(ITEMS, JSON)
def test_json_is_the_document_whatever_it_holds(items: list[dict[str, Any]], head: Any) -> None:
    """Written item by item, it reads as one document, laid out as if written at once."""
    text = printed(items, "json", head=head)
    document = {"head": head, "items": items}
    assert json.loads(text) == document
    assert text == json.dumps(document, ensure_ascii=False, indent=2) + "\n"


@given(ITEMS)
def test_json_lines_hold_one_item_each(items: list[dict[str, Any]]) -> None:
    """Whatever an item holds, it stays on its line."""
    lines = printed(items, "jsonl").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == items


def test_one_item_may_be_the_document() -> None:
    """A report without a name for its items is the one item itself."""
    assert json.loads(printed([{"a": "1"}], "json", name="")) == {"a": "1"}


@given(TEXT | st.none() | st.booleans() | st.integers())
def test_csv_cells_begin_like_no_formula(cell: str | int | bool | None) -> None:
    """What a spreadsheet would run is made text; all else is left as it is."""
    text = safe(cell)
    assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
    if isinstance(cell, str):
        assert text in (cell, f"'{cell}")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-0044-03-15", "@x", "\tx"])
def test_csv_formulas_get_an_apostrophe(text: str) -> None:
    """The text itself stays whole behind it."""
    (row,) = csv.DictReader(io.StringIO(printed([{"a": text, "b": "plain"}], "csv")))
    assert row == {"a": f"'{text}", "b": "plain"}


def test_csv_keeps_lines_commas_and_quotes() -> None:
    """A cell is read back as it was."""
    text = 'a "quoted", \nbroken line'
    (row,) = csv.DictReader(io.StringIO(printed([{"a": text}], "csv")))
    assert row == {"a": text, "b": ""}


WIDTHS = st.lists(st.integers(0, 200), min_size=1, max_size=8)


@given(WIDTHS, st.data(), st.integers(1, 150))
def test_columns_fit_the_room(natural: list[int], draw_from: st.DataObject, room: int) -> None:
    """Never wider than asked, never beyond their text; words are broken only if they must be."""
    least = [draw_from.draw(st.integers(0, width)) for width in natural]
    widths = fit(natural, least, room)
    if sum(natural) <= room:
        assert widths == natural
    elif room >= len(natural):
        assert sum(widths) == room
    assert all(width <= most for width, most in zip(widths, natural, strict=True))
    if sum(least) <= room:
        assert all(width >= word for width, word in zip(widths, least, strict=True))


@given(TEXT, st.integers(2, 40))
def test_folded_texts_lose_nothing_but_blanks(text: str, width: int) -> None:
    """No line is too wide, and the signs are all there, in their order."""
    lines = folded(text, width)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(width_of(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("two words", 9, ["two words"]),
        ("two words", 8, ["two", "words"]),
        ("a verylongword b", 6, ["a", "verylo", "ngword", "b"]),
        ("verylongword b", 10, ["verylongwo", "rd b"]),
        ("abc", 1, ["a", "b", "c"]),
        ("日本語", 4, ["日本", "語"]),
    ],
)
def test_texts_are_folded_between_words(text: str, width: int, lines: list[str]) -> None:
    """A word is broken only if it fits no line; what follows goes on behind its rest."""
    assert folded(text, width) == lines


@pytest.mark.parametrize(
    ("text", "cells"), [("plain", 5), ("Вестник", 7), ("日本", 4), ("e\u0301", 1), ("a\u200bb", 2)]
)
def test_texts_are_as_wide_as_a_terminal_shows_them(text: str, cells: int) -> None:
    """Wide signs take two cells, combining marks none."""
    assert width_of(text) == cells


def drawn(*sheets: Sheet) -> str:
    """Return sheets as they are drawn for a pipe."""
    stream = io.StringIO()
    draw(sheets, stream)
    return stream.getvalue()


def test_tables_are_folded_and_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word longer than the table goes on in the next line, in whole."""
    monkeypatch.delenv("COLUMNS", raising=False)
    word = "".join(str(number) for number in range(120))
    text = drawn(Sheet(("one", "two"), [(word, word[::-1])]))
    lines = [line.ljust(100) for line in text.splitlines()[2:]]
    assert max(map(len, lines)) == 100
    split = lines[0].index("  ")
    assert "".join(line[:split] for line in lines).strip() == word
    assert "".join(line[split + 2 :].strip() for line in lines) == word[::-1]


def test_tables_take_marks_as_text() -> None:
    """Brackets of EDTF sets, and colons, are no markup."""
    assert "[2022-01-06..2022-01-17] :smile: [bold]" in drawn(
        Sheet(("a",), [("[2022-01-06..2022-01-17] :smile: [bold]",)])
    )


def test_tables_leave_out_columns_without_content() -> None:
    """A column in which no row says anything only takes room."""
    assert drawn(Sheet(("a", "b", "c"), [("1", None, "3")])).splitlines()[0].split() == ["a", "c"]


def test_long_tables_repeat_their_headings() -> None:
    """Rows are laid out a page at a time, all of them."""
    rows = [(number,) for number in range(PAGE + 1)]
    lines = drawn(Sheet(("number",), rows)).splitlines()
    assert lines.count("number") == 2
    assert [line for line in lines if line.isdigit()] == [str(number) for (number,) in rows]


def test_tables_may_be_wider_on_request(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS asks for more in a pipe, never for less than 100."""
    rows = [("word " * 60, "word " * 60)]
    for asked, width in (("160", 160), ("40", 100), ("many", 100)):
        monkeypatch.setenv("COLUMNS", asked)
        longest = max(map(len, drawn(Sheet(("a", "b"), rows)).splitlines()))
        assert width - 10 < longest <= width
    assert ask("state").exit_code == 0


@given(TEXT)
def test_cells_of_tables_hold_no_control_characters(text: str) -> None:
    """Nothing that somebody entered can drive a terminal."""
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown(text))


def test_data_are_utf8_and_tables_what_the_locale_has(told: Path) -> None:
    """A Latin-1 terminal gets question marks, never a crash; data are the same everywhere."""
    env = environment(told, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")

    def ask(*args: str) -> bytes:
        command = [sys.executable, "-m", "chronicle", *args]
        return subprocess.run(command, env=env, capture_output=True, check=True).stdout

    assert "??????? (herald)" in ask("why", "ada", "mood", "--at", "2020-01-08").decode("latin-1")
    assert "Вестник" in ask("show", "herald", "--format", "json").decode("utf-8")


def at_terminal(place: Path, *args: str, env: Mapping[str, str]) -> str:
    """Return what a command shows at a terminal, on stdout and stderr."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "chronicle", *args],
        env=environment(place, TERM="xterm-256color", **env),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        seen = b""
        # The terminal is gone, which is an error, when the process is.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                seen += part
        process.wait(30)
    os.close(ours)
    return seen.decode()


def test_colours_are_for_terminals_and_can_be_declined(told: Path) -> None:
    """A terminal shows the standing in colour; NO_COLOR, or another format, shows none."""
    plain = {"COLUMNS": "120"}
    assert "\x1b[" in at_terminal(told, "state", "ada", env=plain)
    assert "\x1b[" not in at_terminal(told, "state", "ada", env={**plain, "NO_COLOR": "1"})
    assert "\x1b[" not in at_terminal(told, "state", "ada", "--format", "json", env=plain)


def test_tables_fit_the_terminal(told: Path) -> None:
    """However narrow it is asked to be, and also where it does not say how wide it is."""
    for columns, width in (("60", 60), ("", 80)):
        seen = at_terminal(told, "why", "ada", "mood", env={"COLUMNS": columns, "NO_COLOR": "1"})
        lines = seen.splitlines()
        assert width - 5 < max(map(len, lines)) <= width


def test_colours_are_not_forced_into_a_pipe(told: Path) -> None:
    """Not even where the environment wants them."""
    done = subprocess.run(
        [sys.executable, "-m", "chronicle", "state", "ada"],
        env=environment(told, FORCE_COLOR="1"),
        capture_output=True,
        check=True,
    )
    assert b"\x1b" not in done.stdout


def test_long_work_is_counted_at_a_terminal_only(folder: Path) -> None:
    """Reading thousands of records shows how far it has come, then makes room for the result."""
    record = '{{"kind": "entity", "id": "e{0}", "type": "person", "name": "E {0}"}}\n'
    (folder / "many.jsonl").write_text("".join(map(record.format, range(2500))))
    (folder / "few.jsonl").write_text(record.format("-few"))
    place = folder / "many.db"
    assert invoke(place, "init").exit_code == 0
    assert "reading records" not in at_terminal(place, "append", "few.jsonl", env={})
    seen = at_terminal(place, "append", "many.jsonl", env={})
    assert "reading records" in seen
    assert "added 2500 records" in seen
    assert "reading" not in invoke(place, "append", "many.jsonl").stderr
