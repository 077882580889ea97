"""`chronicle show` and `chronicle search`: records by id and by words."""

from __future__ import annotations

import csv
import io
import json

from tests.cli.conftest import Run
from tests.cli.invoking import data


def test_show_holds_the_record_and_what_bears_on_it(ask: Run) -> None:
    """The document is the record itself: header, payload, and the claims that revise it."""
    shown = data(ask("show", "abish-on-leave-nsc", "--format", "json"))
    assert (shown["kind"], shown["id"]) == ("claim", "abish-on-leave-nsc")
    assert shown["payload"]["value"] == "on-leave"
    assert {"abish-relieved-icds", "abish-relieved-cornell"} <= {
        one["id"] for one in shown["about"]
    }


def test_show_is_readable(ask: Run) -> None:
    """The table gives the header, each field on its line, then what bears on it."""
    lines = [line.split() for line in ask("show", "abish-on-leave-nsc").stdout.splitlines()]
    assert ["kind", "claim"] in lines
    assert ["value", "on-leave"] in lines
    assert ["asserted", "[2022-01-06..2022-01-17]"] in lines
    assert ["update", "of", "it", "claim", "abish-relieved-icds"] in [line[:5] for line in lines]


def test_show_in_csv_is_one_row(ask: Run) -> None:
    """The payload is JSON in its cell."""
    (row,) = csv.DictReader(
        io.StringIO(ask("show", "abish-on-leave-nsc", "--format", "csv").stdout)
    )
    assert json.loads(row["payload"])["speaker"] == "nsc-press-service"
    assert "update of it abish-relieved-icds" in row["about"]


def test_show_names_near_ids(ask: Run) -> None:
    """An id that is not there is refused, with ids that look like it."""
    result = ask("show", "samat-abysh")
    assert result.exit_code == 1
    assert result.stderr == (
        "error: no id 'samat-abysh' in this chronicle; did you mean samat-abish?\n"
    )


def test_search_finds_records_by_words(ask: Run) -> None:
    """Every word has to be there; hits come with their words."""
    hits = data(ask("search", "press", "service", "--format", "json"))["hits"]
    assert "nsc-press-service" in {hit["id"] for hit in hits}
    assert all("press" in " ".join(hit["words"]).lower() for hit in hits)
    table = ask("search", "press", "service").stdout
    assert "nsc-press-service" in table


def test_search_stops_at_its_limit_and_says_so(ask: Run) -> None:
    """The words on stderr tell how to see more."""
    result = ask("search", "massimov", "--limit", "2", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == "2 records; more with --limit 4\n"


def test_search_without_hits_is_fine(ask: Run) -> None:
    """Nothing found is an answer."""
    result = ask("search", "zzzz")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 records\n")
