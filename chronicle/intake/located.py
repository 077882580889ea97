"""Where things were written: marks inside a document, places of records, drafts.

A mark is the line of a value, from 1, or a branch: that line and the marks of its parts. The
line of a field is that of its name; the line of an item of a list is its own. Where everything
stands on one line (of JSON Lines, or in a Python mapping) the mark is that line alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chronicle.errors import Finding

FieldPath = tuple[str | int, ...]
"""The way to a value inside a record: names of fields and, from 0, positions in lists."""


class Branch(NamedTuple):
    """The line of a list or mapping, and the marks of its parts."""

    line: int
    parts: dict[str, Mark] | list[Mark]


Mark = int | Branch


def line_at(mark: Mark) -> int:
    """Return the line of a mark."""
    return mark if isinstance(mark, int) else mark.line


def marks_in(mark: Mark) -> dict[str, Mark]:
    """Return the marks of the fields of a mapping; none, where they are unknown."""
    return mark.parts if isinstance(mark, Branch) and isinstance(mark.parts, dict) else {}


def mark_of(mark: Mark, position: int) -> Mark:
    """Return the mark of an item of a list; that of the list, where it is unknown."""
    if isinstance(mark, Branch) and isinstance(mark.parts, list):
        return mark.parts[position]
    return mark


class Located(NamedTuple):
    """A value as it was written, in text, bool, None, lists and dicts, and its mark."""

    value: object
    mark: Mark


class Lines(Mapping[FieldPath, int]):
    """The lines of a record's fields by path, looked up in the marks only when asked for."""

    __slots__ = ("_marks",)

    def __init__(self, marks: dict[str, Mark]) -> None:
        """Take the marks of the record's fields by name."""
        self._marks = marks

    def __getitem__(self, path: FieldPath) -> int:
        """Return the line of the value at the path; `KeyError` where it is not known."""
        mark: Mark | None = Branch(0, self._marks)
        for step in path:
            mark = _part(mark, step)
        if mark is None or not path:
            raise KeyError(path)
        return line_at(mark)

    def __iter__(self) -> Iterator[FieldPath]:
        """Yield every path, those of the outer values before those inside them."""
        waiting: list[tuple[FieldPath, Mark]] = [((), Branch(0, self._marks))]
        for path, mark in waiting:
            if path:
                yield path
            if isinstance(mark, Branch):
                parts = mark.parts
                steps = parts.items() if isinstance(parts, dict) else enumerate(parts)
                waiting.extend(((*path, step), part) for step, part in steps)

    def __len__(self) -> int:
        """Count the paths."""
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        """Show the lines as the mapping that they are."""
        return f"Lines({dict(self)!r})"


NO_LINES = Lines({})


def _part(mark: Mark | None, step: str | int) -> Mark | None:
    """Return the mark of a field or an item; None where there is none or it is unknown."""
    if isinstance(mark, Branch):
        if isinstance(mark.parts, dict):
            return mark.parts.get(step) if isinstance(step, str) else None
        if isinstance(step, int) and 0 <= step < len(mark.parts):
            return mark.parts[step]
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was written: the file, its first line, and the lines of what is in it."""

    file: str
    line: int
    fields: Mapping[FieldPath, int] = field(default_factory=dict)

    def line_of(self, path: FieldPath) -> int:
        """Return the line of the longest known part of the path, else that of the record."""
        for length in range(len(path), 0, -1):
            line = self.fields.get(path[:length])
            if line is not None:
                return line
        return self.line

    def finding(self, path: FieldPath, what: str, todo: str = "") -> Finding:
        """Return a finding about the value at the path."""
        return Finding(what, todo, field_name(path), self.file, self.line_of(path))


class Draft(NamedTuple):
    """A record as written, nothing checked but its shape."""

    kind: str
    fields: dict[str, object]
    """Text, bools, lists and dicts, and no field that was left empty; inside lists and dicts
    None stands for what was left empty. Drafts of one document may share values: they are for
    reading."""
    file: str
    line: int
    lines: Mapping[FieldPath, int] = NO_LINES

    @property
    def place(self) -> Place:
        """Where it was written."""
        return Place(self.file, self.line, self.lines)


def filled_in(value: dict[str, object]) -> dict[str, object]:
    """Return the fields of a record that were filled in; its kind is none of them."""
    fields = value.copy()
    fields.pop("kind", None)
    if None in fields.values():
        return {name: part for name, part in fields.items() if part is not None}
    return fields


class Layer(NamedTuple):
    """Fields by name, none of them empty, and the marks of those whose lines are known."""

    fields: dict[str, object]
    marks: dict[str, Mark]

    @classmethod
    def of(cls, value: dict[str, object], mark: Mark) -> Layer:
        """Return the fields of a record that were filled in; its kind is none of them."""
        return cls(filled_in(value), marks_in(mark))

    def only(self, names: Collection[str]) -> Layer:
        """Return the layer without the fields of other names."""
        fields = {name: part for name, part in self.fields.items() if name in names}
        return Layer(fields, {name: self.marks[name] for name in fields if name in self.marks})

    def over(self, below: Layer) -> Layer:
        """Return these fields, and those of the layer below that they leave out."""
        if not below.fields:
            return self
        marks = self.marks
        if below.marks:
            lent = {name: mark for name, mark in below.marks.items() if name not in self.fields}
            marks = {**marks, **lent}
        return Layer({**below.fields, **self.fields}, marks)

    def draft(self, kind: str, file: str, line: int) -> Draft:
        """Return the draft that the fields make, written at that line."""
        return Draft(kind, self.fields, file, line, Lines(self.marks) if self.marks else NO_LINES)


def field_name(path: FieldPath) -> str:
    """Return the path as people write it: `revises.claim`, `via[0]`; empty for the record."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")
