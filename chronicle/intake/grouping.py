"""Located documents to drafts: the groups of a document, its defaults, the kind of a record.

A document is a mapping of groups (`claims:`, `sources:`, ...) with optional `defaults`, or one
record with its `kind`, or a list of such records; an entry of a log stands for the record in it.
Defaults fill every field that a record of the document leaves out, if its kind has such a field,
wherever in the document they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chronicle.errors import Finding
from chronicle.intake.envelopes import PAYLOAD, is_entry, record_in
from chronicle.intake.kinds import DEFAULTS, GROUPS, KINDS, FieldTable, suggestion
from chronicle.intake.located import (
    Draft,
    FieldPath,
    Layer,
    Located,
    Mark,
    field_name,
    filled_in,
    line_at,
    mark_of,
    marks_in,
)
from chronicle.intake.shorthand import written_out

_RECORDS = f"records are grouped under {', '.join(GROUPS)}"
_NO_DEFAULTS = Layer({}, {})
_OWN = ("id", "kind")
"""Fields that each record states for itself."""


def drafts(document: Located, file: str, fields: FieldTable) -> Iterable[Draft | Finding]:
    """Return the drafts of a document, and every fault in how its records are grouped.

    `fields` names the fields that each kind takes: it decides which defaults a record gets.
    """
    value, mark = document
    if isinstance(value, dict):
        if "kind" in value or not _is_grouped(value, fields):
            return _record(value, mark, file)
        return _groups(value, mark, file, fields)
    if isinstance(value, list):
        return _records(value, mark, file)
    if value is None:
        return ()
    return (Finding("a text instead of records", _RECORDS, file=file, line=line_at(mark)),)


def _is_grouped(value: dict[str, object], fields: FieldTable) -> bool:
    """Say whether a mapping without kind is a document of groups, rather than a record."""
    if any(name in GROUPS or name == DEFAULTS for name in value):
        return True
    known = any(name in names for name in value for names in fields.values())
    return not known and any(isinstance(part, list) for part in value.values())


def _records(value: list[object], mark: Mark, file: str) -> Iterator[Draft | Finding]:
    """Yield the drafts of a list of records that name their kinds."""
    for position, item in enumerate(value):
        inner = mark_of(mark, position)
        if isinstance(item, dict):
            yield from _record(item, inner, file, (position,))
        else:
            yield _no_mapping("record", (position,), inner, file)


def _record(
    value: dict[str, object], mark: Mark, file: str, path: FieldPath = ()
) -> Iterable[Draft | Finding]:
    """Return the drafts of a record that names its kind, or of the one in an entry of a log."""
    if is_entry(value):
        faults: list[Finding] = []
        record = record_in(value, mark, file, path, faults)
        if record is None:
            return faults
        (value, mark), path = record, (*path, PAYLOAD)
    kind = value.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        if isinstance(mark, int) and "claims" not in value:
            # A line of JSON Lines, as a rule: nothing to write out, and one place for all of it.
            return (Draft(kind, filled_in(value), file, mark),)
        return written_out(kind, Layer.of(value, mark), line_at(mark), file, _no_defaults)
    if kind is None:
        what = "the record has no kind"
        todo = f"give it a kind ({', '.join(KINDS)}), or put it under the plural of its kind"
    else:
        what, todo = f"there is no kind {kind!r}", suggestion(str(kind), KINDS)
    line = line_at(marks_in(mark).get("kind", mark))
    return (Finding(what, todo, field_name((*path, "kind")), file, line),)


def _no_mapping(kind: str, path: FieldPath, mark: Mark, file: str) -> Finding:
    todo = "write its fields as name: value"
    return Finding(f"a {kind} is a mapping of fields", todo, field_name(path), file, line_at(mark))


def _no_defaults(_: str) -> Layer:
    return _NO_DEFAULTS


def _groups(
    value: dict[str, object], mark: Mark, file: str, fields: FieldTable
) -> Iterator[Draft | Finding]:
    """Yield the drafts of the groups of a document, in the order in which they are written."""
    marks = marks_in(mark)
    for name in value:
        if name not in GROUPS and name != DEFAULTS:
            todo = suggestion(name, (*GROUPS, DEFAULTS))
            line = line_at(marks.get(name, mark))
            yield Finding(f"unknown key {name!r} of a document", todo, name, file, line)
    defaults = _Defaults(fields)
    yield from defaults.read(value.get(DEFAULTS), marks.get(DEFAULTS, mark), file)
    for name, records in value.items():
        if name in GROUPS and records is not None:
            yield from _group(name, Located(records, marks.get(name, mark)), file, defaults)


def _group(
    name: str, records: Located, file: str, defaults: _Defaults
) -> Iterator[Draft | Finding]:
    """Yield the drafts of one group."""
    kind = GROUPS[name]
    value, mark = records
    if not isinstance(value, list):
        todo = "begin each record with '- ', or put them into [ ]"
        yield Finding(f"{name} is no list of records", todo, name, file, line_at(mark))
        return
    for position, item in enumerate(value):
        inner = mark_of(mark, position)
        if not isinstance(item, dict):
            yield _no_mapping(kind, (name, position), inner, file)
        elif item.get("kind", kind) != kind:
            what = f"the kind {item['kind']!r} stands under {name}"
            todo = f"here every record is a {kind}: leave the kind out, or move the record"
            line = line_at(marks_in(inner).get("kind", inner))
            yield Finding(what, todo, field_name((name, position, "kind")), file, line)
        else:
            own = Layer.of(item, inner)
            yield from written_out(kind, own, line_at(inner), file, defaults.of)


class _Defaults:
    """The defaults of one document, sorted by the kinds that take them when first asked for."""

    def __init__(self, fields: FieldTable) -> None:
        """Begin without defaults."""
        self._fields = fields
        self._all = _NO_DEFAULTS
        self._by_kind: dict[str, Layer] = {}

    def read(self, value: object, mark: Mark, file: str) -> Iterator[Finding]:
        """Take what stands under `defaults`; yield its faults."""
        if value is None:
            return
        if not isinstance(value, dict):
            what, todo = "defaults is no mapping of fields", "write them as name: value"
            yield Finding(what, todo, DEFAULTS, file, line_at(mark))
            return
        marks = marks_in(mark)
        known = sorted(frozenset().union(*self._fields.values()).difference(_OWN))
        for name in value:
            if name in known:
                continue
            if name in _OWN:
                what, todo = f"{name!r} has no default", "state it in each record"
            else:
                what, todo = f"no kind of record has a field {name!r}", suggestion(name, known)
            line = line_at(marks.get(name, mark))
            yield Finding(what, todo, field_name((DEFAULTS, name)), file, line)
        self._all = Layer.of(value, mark).only(known)

    def of(self, kind: str) -> Layer:
        """Return the defaults of the fields that the kind has."""
        layer = self._by_kind.get(kind)
        if layer is None:
            layer = self._all.only(self._fields.get(kind, frozenset()))
            self._by_kind[kind] = layer
        return layer
