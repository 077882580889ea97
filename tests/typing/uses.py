"""Uses of the facade that only the type checker reads: what is written here must type-check.

Nothing runs this file. `assert_type` states what a caller may rely on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, assert_type

from chronicle import (
    BadQuestion,
    Chronicle,
    ChronicleError,
    Finding,
    RecordsRefused,
    Ruling,
    UnknownId,
    View,
)
from chronicle.appending import Receipt
from chronicle.claims import Claim
from chronicle.fields import Record
from chronicle.intake import Draft
from chronicle.log import Entry
from chronicle.sources import Entity, Source
from chronicle.trace import Version


def opened(place: Path) -> None:
    """A chronicle is opened by path or URL, and closed by the context or by hand."""
    with Chronicle.open(place) as chronicle:
        assert_type(chronicle, Chronicle)
    assert_type(Chronicle.open("sqlite:///kz.db", create=False), Chronicle)
    Chronicle.open("kz.db").close()


def appended(chronicle: Chronicle, drafts: Iterable[Draft | Finding]) -> None:
    """Records are mappings or models; drafts come from files, with their findings."""
    mapping: dict[str, Any] = {"kind": "source", "id": "press", "title": "Press"}
    models: list[Record] = [
        Source(id="press", title="Press"),
        Entity(id="ada", type="person", name="Ada"),
        Claim(subject="ada", property="status", value="on leave", source="press"),
    ]
    receipt = chronicle.append([mapping], by="me", message="first reading")
    assert_type(receipt, Receipt)
    assert_type(receipt.added, int)
    assert_type(receipt.root, str)
    chronicle.append(models, dry_run=True)
    chronicle.append([mapping, *models])
    chronicle.append_drafts(drafts, progress=print, written=print)


def refused(chronicle: Chronicle) -> tuple[Finding, ...]:
    """A refusal holds every finding; a bad question is another error of the same root."""
    try:
        chronicle.append([])
    except RecordsRefused as error:
        assert_type(error.findings, tuple[Finding, ...])
        return error.findings
    except UnknownId as error:
        assert_type(error.near, tuple[str, ...])
    except (BadQuestion, ChronicleError):
        pass
    return ()


def asked(chronicle: Chronicle) -> str | None:
    """A view is asked for one slot, for some, or for everything."""
    view = chronicle.view(at="2022-01-12", known="2022-01-18", recorded=None, policy="best-known")
    assert_type(view, View)
    assert_type(chronicle.view(as_of="2022-01-12"), View)
    ruling = view.ruling("samat-abish", "status")
    assert_type(ruling, Ruling)
    view.ruling("samat-abish", "status", qualifiers={"office": "deputy"}, value="on leave")
    assert_type(view.state(), list[Ruling])
    assert_type(view.state("samat-abish", "status"), list[Ruling])
    assert_type(ruling.standing, str)
    assert_type(ruling.supporters, tuple[str, ...])
    assert_type(ruling.as_dict(), dict[str, Any])
    assert_type(view.as_dict(), dict[str, Any])
    return ruling.value


def told(chronicle: Chronicle) -> Iterator[Entry]:
    """Traces and the log itself are read in order."""
    assert_type(chronicle.trace("samat-abish", "status"), list[Version])
    for version in chronicle.trace("samat-abish"):
        assert_type(version.best_value, str | None)
    for entry in chronicle.log(after=3):
        assert_type(entry.position, int)
        assert_type(entry.record(), dict[str, Any])
        yield entry
