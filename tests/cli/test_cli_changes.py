"""`chronicle changes`: what was held, what is held now, and why."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Run
from tests.cli.errata import FIRST, SECOND
from tests.cli.invoking import data, invoke

SPAN = ("changes", "--since", "2022-01-06", "--until", "2022-01-13")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the chronicle that was wrong in several ways."""
    folder = tmp_path_factory.mktemp("errata")
    place = folder / "errata.db"
    assert invoke(place, "init").exit_code == 0
    for name, text in (("first.yaml", FIRST), ("second.yaml", SECOND)):
        (folder / name).write_text(text)
        result = invoke(place, "append", str(folder / name), "--by", "me")
        assert result.exit_code == 0, result.stderr
    return place


@pytest.fixture
def ask(place: Path) -> Run:
    """Run a command on it."""
    return partial(invoke, place)


def head(run: Run) -> int:
    """Return the size of the log after the first append."""
    entries = run("log", "--format", "jsonl").stdout.splitlines()
    return next(number for number, line in enumerate(entries) if '"slip"' in line)


TABLE = """\
ada: Ada Example
hat     held  blue (gazette)
        now   nothing: hat-blue withdrawn by blue-withdrawn (2022-01-12, herald): Not *blue*, says
              [she]
status  held  in post (agency, gazette)
        now   relieved: ada-relieved updates ada-in-post (agency via ben, 2022-01-12, herald, p. 2):
              The post came to its end

chair: Chair of the Agency
holder (of=agency)  held  ada (gazette)
                    now   nothing, it has ended: chair-ada-end says ada until 2022-01-10
                          (2022-01-12, herald)

newly known  what                           in
──────────────────────────────────────────────────
ben          hat =1+1                       herald
fire         place agency; when 2022-01-11  herald
"""


def test_the_table_reads_like_errata(ask: Run) -> None:
    """By subject: a line of what was held, a line of what is held now and why; news at the end."""
    result = ask(*SPAN)
    assert result.stdout == TABLE
    assert result.stderr == (
        "3 slots held otherwise, 3 newly known; --all for those held on other grounds alone; "
        "known 2022-01-06 to 2022-01-13, at 2022-01-13, by best-known\n"
    )


def test_grounds_alone_are_told_with_what_differs(ask: Run) -> None:
    """`--all` adds slots that hold the same for another reason."""
    text = " ".join(ask(*SPAN, "ada", "hat", "--all").stdout.split())
    assert "held red, attested by hat-red, 0 supporters now red, attested by hat-red-too, 1" in text
    assert ask(*SPAN, "ada", "hat", "--all").stderr.startswith(
        "2 slots held otherwise, 0 newly known; known"
    )


def test_a_subject_a_property_and_a_qualifier_narrow_it(ask: Run) -> None:
    """Of ada also the office that she held; `--where` keeps the slots with a qualifier."""

    def slots(*args: str) -> list[tuple[str, str]]:
        found = data(ask(*SPAN, *args, "--format", "json"))["changes"]
        return [(one["subject"], one["property"]) for one in found]

    assert slots("ada") == [("ada", "hat"), ("ada", "status"), ("chair", "holder")]
    assert slots("ada", "status") == [("ada", "status")]
    assert slots("--where", "of=agency") == [("chair", "holder")]
    assert slots("ben", "status") == []
    refused = ask(*SPAN, "ada", "status", "--where", "of=agency")
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_the_record_axis_tells_what_the_maintainers_found(ask: Run) -> None:
    """A slip of their own, and two ids that are one."""
    result = ask("changes", "--recorded-since", f"#{head(ask)}", "--at", "2022-03-01")
    text = " ".join(result.stdout.split())
    assert "toll held 4, disputed (herald) now 3: toll-four entered by mistake by slip" in text
    assert "green (gazette) now nothing: same-ada: ada-e and ada are one: One person" in text
    assert f"recorded #{head(ask)} to now, at 2022-03-01" in result.stderr
    assert ask("changes", "--recorded-since", f"#{head(ask)}", "--as-of", "2022-01-01").stdout == ""


def test_json_holds_both_views_and_every_reason(ask: Run) -> None:
    """Each change with both rulings whole, and the records that came between."""
    found = data(ask(*SPAN, "--format", "json"))
    assert [found[side]["known"] for side in ("before", "after")] == ["2022-01-06", "2022-01-13"]
    assert [found[side]["at"] for side in ("before", "after")] == ["2022-01-13"] * 2
    changes = {
        (one["subject"], one["property"], one["slot_value"]): one for one in found["changes"]
    }
    status = changes["ada", "status", None]
    assert (status["kind"], status["before"]["value"], status["after"]["value"]) == (
        "value",
        "in post",
        "relieved",
    )
    (reason,) = status["reasons"]
    assert (reason["record"], reason["effect"], reason["about"], reason["known"]) == (
        "ada-relieved",
        "updates",
        "ada-in-post",
        "2022-01-12",
    )
    assert changes["ada", "hat", "blue"]["after"]["standing"] == "unknown"
    lines = ask(*SPAN, "--format", "jsonl").stdout.splitlines()
    assert len(lines) == len(found["changes"])


def test_csv_is_flat(ask: Run) -> None:
    """Both sides and the first reason in one row; no cell is a formula."""
    rows = {
        (row["subject"], row["property"]): row
        for row in csv.DictReader(io.StringIO(ask(*SPAN, "--format", "csv").stdout))
    }
    status = rows["ada", "status"]
    assert (status["kind"], status["before_value"], status["after_value"]) == (
        "value", "in post", "relieved",
    )  # fmt: skip
    assert (status["reasons"], status["why_effect"], status["why_source"]) == (
        "ada-relieved", "updates", "herald",
    )  # fmt: skip
    assert rows["ben", "hat"]["after_value"] == "'=1+1"
    assert rows["ben", "hat"]["before_value"] == ""
    assert rows["chair", "holder"]["qualifiers"] == "of=agency"


MARKDOWN = """\
# Changes

From what was known 2022-01-06 to 2022-01-13, at 2022-01-13, by best-known.

## Held otherwise

### Ada Example

- **hat.** We held: blue (The \\*Gazette\\* \\& Co). We hold now: *nothing*. Why: blue \
withdrawn by blue-withdrawn (2022-01-12, Вестник): Not \\*blue\\*, says \\[she\\].
- **state in the post.** We held: in post (The Agency, The \\*Gazette\\* \\& Co). We hold now: \
*relieved*. Why: ada-relieved updates in post (The Agency via Ben, 2022-01-12, Вестник, p. 2): The \
post came to its end.

### Chair of the Agency

- **held by (of=The Agency).** We held: Ada Example (The \\*Gazette\\* \\& Co). We hold now: \
*nothing, it has ended*. Why: chair-ada-end says Ada Example until 2022-01-10 (2022-01-12, Вестник).

## Newly known

### Ben

- **hat:** *=1+1*. ben-hat is the first report (2022-01-12, Вестник).

### A fire

"""


def test_markdown_is_a_page_to_publish(ask: Run) -> None:
    """Names for ids, in sections by subject; nothing that a source says is taken for a mark."""
    text = ask(*SPAN, "--format", "markdown").stdout
    assert text.startswith(MARKDOWN)
    assert text.rstrip().splitlines()[-2].startswith("- **place:** *The Agency*. fire-place-")


ATOM = "{http://www.w3.org/2005/Atom}"

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""A date as RFC 3339 has it."""

TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9/?:@&=+$._!~*'(),-]+")
"""A URI as RFC 4151 has it."""


def only(element: ET.Element, name: str) -> str:
    """Return the text of the one child of a name."""
    (child,) = element.findall(f"{ATOM}{name}")
    return child.text or ""


def valid(text: str) -> ET.Element:
    """Return a feed that has all that RFC 4287 requires, in the form it requires."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        assert TAG.fullmatch(only(one, "id"))
        assert only(one, "title")
        assert MOMENT.fullmatch(only(one, "updated"))
    (author,) = feed.findall(f"{ATOM}author")
    assert only(author, "name")
    ids = [only(one, "id") for one in entries]
    assert len(set(ids)) == len(ids)
    for one in entries:
        (content,) = one.findall(f"{ATOM}content")
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]
        assert all(each.get("term") for each in one.findall(f"{ATOM}category"))
    return feed


def entries(feed: ET.Element) -> dict[str, tuple[str, str]]:
    """Return id and date of the entries of a feed, by title."""
    return {
        only(one, "title"): (only(one, "id"), only(one, "updated"))
        for one in feed.findall(f"{ATOM}entry")
    }


def test_atom_is_a_feed_that_a_reader_accepts(ask: Run) -> None:
    """Each change is an entry, dated by what made it known, the latest first."""
    text = ask(*SPAN, "--format", "atom").stdout
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    feed = valid(text)
    found = entries(feed)
    assert set(found) == {
        "Ada Example: hat",
        "Ada Example: state in the post",
        "Chair of the Agency: held by (of=The Agency)",
        "Ben: hat",
        "A fire: when",
        "A fire: place",
    }
    assert {updated for _, updated in found.values()} == {"2022-01-12T00:00:00Z"}
    assert only(feed, "updated") == "2022-01-12T00:00:00Z"
    words = "".join(feed.itertext())
    assert "We held: in post (The Agency, The *Gazette* & Co)." in words
    assert "Why: blue withdrawn by blue-withdrawn (2022-01-12, Вестник): Not *blue*" in words


def test_the_same_change_has_the_same_id_in_every_feed(ask: Run) -> None:
    """Whatever window of dates it is seen through, a reader shows it once."""
    wide = entries(valid(ask("changes", "--since", "2022-01-05", "--format", "atom").stdout))
    narrow = entries(valid(ask(*SPAN, "--format", "atom").stdout))
    title = "Ada Example: state in the post"
    assert wide[title] == narrow[title]
    assert ask(*SPAN, "--format", "atom").stdout == ask(*SPAN, "--format", "atom").stdout


def test_along_the_record_axis_entries_are_dated_by_the_log(ask: Run) -> None:
    """A reader that follows what the log takes in sees it as it comes."""
    log = [json.loads(line) for line in ask("log", "--format", "jsonl").stdout.splitlines()]
    moments = [one["recorded_at"] for one in log]
    for since, until in ((0, head(ask)), (head(ask), len(log))):
        span = ("--recorded-since", f"#{since}", "--recorded-until", f"#{until}")
        feed = valid(ask("changes", *span, "--format", "atom").stdout)
        found = {updated for _, updated in entries(feed).values()}
        assert found == set(moments[since:until])


def test_a_feed_without_changes_is_a_feed(ask: Run) -> None:
    """It is dated by the day that it reaches to."""
    feed = valid(ask("changes", "--since", "2022-01-13", "--until", "2022-01-20", "--format",
                     "atom").stdout)  # fmt: skip
    assert entries(feed) == {}
    assert only(feed, "updated") == "2022-01-20T00:00:00Z"


def test_texts_that_xml_cannot_hold_are_mended(folder: Path, run: Run) -> None:
    """A control character in a source's words breaks no feed; years before the first neither."""
    (folder / "odd.json").write_text(
        '{"sources": [{"id": "press", "title": "a\\u0001b"}],'
        '"entities": [{"id": "ada", "type": "person", "name": "Ada \\u000b<&>"}],'
        '"properties": [{"id": "mood", "label": "mood"}],'
        '"claims": [{"id": "glad", "subject": "ada", "property": "mood", "value": "gl\\u0002ad",'
        '"valid": "-0050", "asserted": "-0050", "source": "press"}]}'
    )
    assert run("append", "odd.json").exit_code == 0
    feed = valid(run("changes", "--since", "-0060", "--format", "atom").stdout)
    (title,) = entries(feed)
    assert title == "Ada  <&>: mood"
    assert entries(feed)[title][1] == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--until", "2022-01-13"),
        ("--since", "2022-01-13", "--until", "2022-01-06"),
        ("--since", "2022-01-06", "--known", "2022-01-13"),
        ("--since", "soon"),
        ("--recorded-since", "#3", "--recorded", "#5"),
    ],
)
def test_what_is_no_span_is_a_wrong_use(ask: Run, args: tuple[str, ...]) -> None:
    """Exit code 2, and words on what to do."""
    result = ask("changes", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")


def test_the_bundled_chronicle_has_its_errata_page(ask_seeds: Run) -> None:
    """From the 10th to the 18th of January the leave became a dismissal, and the toll rose."""
    result = ask_seeds("changes", "--since", "2022-01-10", "--until", "2022-01-18")
    sections = [section.splitlines() for section in result.stdout.split("\n\n")]
    told = {lines[0]: " ".join(" ".join(lines[1:]).split()) for lines in sections}
    status = told["samat-abish: Samat Abish"]
    assert status.startswith("status held on-leave (nsc-press-service, icds-2022) now relieved: ")
    assert "updates abish-on-leave-nsc (presidential-administration, 2022-01-17, icds-" in status
    (unrest,) = [text for title, text in told.items() if title.startswith("january-unrest: ")]
    assert re.search(r"deaths held 164 \(.*?\) now 225: \S+ updates deaths-total-164", unrest)


@pytest.fixture
def ask_seeds(seeded: Path) -> Run:
    """Run a command on the bundled chronicle."""
    return partial(invoke, seeded)
