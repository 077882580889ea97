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
    ExpectationsBroken,
    Finding,
    MissingExtra,
    NotWritten,
    RecordsRefused,
    Ruling,
    UnknownId,
    View,
)
from chronicle.changes import Errata
from chronicle.claims import Claim
from chronicle.contradictions import Contradiction
from chronicle.differences import Change, between
from chronicle.expected import Broken, Cause, Checked
from chronicle.exports import Checked as CheckedExport
from chronicle.exports import check, export
from chronicle.fields import Record
from chronicle.horizon import Gap, Stale
from chronicle.intake import Draft
from chronicle.log import Entry
from chronicle.preview import Preview
from chronicle.receipts import Receipt
from chronicle.sources import Entity, Source
from chronicle.splits import Split, splits
from chronicle.steps import Step
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
    chronicle.append_drafts(drafts, progress=print, written=print, foreseen=print)
    preview = chronicle.preview([mapping, *models])
    assert_type(preview, Preview)
    assert_type(preview.stretches[0].change, Change)


def expected(chronicle: Chronicle) -> tuple[Cause, ...]:
    """Expectations are checked by an append or by themselves; those broken tell by what."""
    assert_type(chronicle.expect(chronicle.view(at="2022-01-12")), list[Checked])
    try:
        assert_type(chronicle.append([], expect=True).checked, tuple[Checked, ...])
    except ExpectationsBroken as error:
        assert_type(error.broken, tuple[Broken, ...])
        return error.broken[0].causes
    return ()


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


def differing(chronicle: Chronicle, view: View) -> str | None:
    """Changes tell both rulings and the records between them; any two views can be compared."""
    errata = chronicle.changes(since="2022-01-10", until="2022-01-18", subject="samat-abish")
    assert_type(errata, Errata)
    for changed in errata.changes:
        assert_type(changed.change, Change)
        assert_type(changed.reasons, tuple[Step, ...])
        assert_type(changed.change.before, Ruling | None)
        assert_type(changed.change.holds, Ruling | None)
    chronicle.changes(recorded_since="#5", known="2022-01-12", support=True)
    assert_type(list(between(errata.before, view)), list[Change])
    for split in splits(view, chronicle.view(policy="latest-word")):
        assert_type(split, Split)
        return split.after.criterion
    return None


def missing(chronicle: Chronicle, view: View) -> str | None:
    """What is presumed and where nothing is known are lists of values; merges are shown."""
    for one in chronicle.stale(view, "P1Y", "samat-abish"):
        assert_type(one, Stale)
        assert_type(one.ruling.in_conflict, tuple[str, ...])
        assert_type(one.days, int)
    shown = chronicle.show("samat-abish", view)
    assert_type(shown.one_with, tuple[str, ...])
    for contradiction in (*shown.contradictions, *chronicle.append([]).contradictions):
        assert_type(contradiction, Contradiction)
        assert_type(contradiction.ruling, Ruling)
    for gap in chronicle.gaps("samat-abish", "status", view, {"of": "town"}):
        assert_type(gap, Gap)
        return gap.after
    return None


def exported(chronicle: Chronicle, view: View, place: Path) -> tuple[str, ...]:
    """An export returns its manifest; what differs from the log is a list of findings."""
    try:
        manifest = export(chronicle, "csv", place, view=view, about="samat-abish", since=7)
        export(chronicle, "rdf", "view.ttl", since="earlier.ttl", syntax="turtle", progress=print)
    except MissingExtra as error:
        return error.name, error.library, error.install
    except NotWritten as error:
        return (str(error),)
    assert_type(manifest, dict[str, Any])
    checked = check(chronicle, place)
    assert_type(checked, CheckedExport)
    assert_type(checked.identical, bool)
    assert_type(checked.findings, tuple[Finding, ...])
    return tuple(str(one) for one in checked.findings)
