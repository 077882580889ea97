"""The located tree that both formats build: values and, beside them, where they were written.

The tree grows from the calls that a parser makes, without recursion. Mappings that write a name
twice are findings, and nesting deeper than `DEEPEST` levels ends the reading of the file.
"""

from __future__ import annotations

from typing import NamedTuple

from chronicle.errors import Finding
from chronicle.intake.located import Branch, Located, Mark

DEEPEST = 100
"""The levels of lists and mappings that a document may nest."""


class UnreadableError(Exception):
    """The rest of the file cannot be read; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__(str(finding))
        self.finding = finding


def too_deep(file: str, line: int) -> Finding:
    """Return the finding for lists and mappings that are nested too deep."""
    what = f"lists and mappings are nested more than {DEEPEST} levels deep"
    return Finding(what, "no record needs that; is a bracket left open?", file=file, line=line)


class Grown(NamedTuple):
    """A finished value, how many values it holds with itself, and how many levels it nests."""

    located: Located
    size: int = 1
    levels: int = 0


class _OpenList:
    """A list that is still being read."""

    __slots__ = ("anchor", "extra", "levels", "line", "parts", "value")

    awaits_name = False

    def __init__(self, line: int, anchor: str | None) -> None:
        """Begin an empty list; an anchor names it for aliases."""
        self.line = line
        self.anchor = anchor
        self.value: list[object] = []
        self.parts: list[Mark] = []
        self.extra = 0
        """The values inside its items, the items themselves aside."""
        self.levels = 1

    def take(self, value: object, mark: Mark) -> None:
        """Take the next item."""
        self.value.append(value)
        self.parts.append(mark)


class _OpenMapping:
    """A mapping that is still being read; names and values come in turn."""

    __slots__ = (
        "anchor",
        "awaits_name",
        "extra",
        "levels",
        "line",
        "name",
        "name_line",
        "parts",
        "value",
    )

    def __init__(self, line: int, anchor: str | None) -> None:
        """Begin an empty mapping; an anchor names it for aliases."""
        self.line = line
        self.anchor = anchor
        self.value: dict[str, object] = {}
        self.parts: dict[str, Mark] = {}
        self.extra = 0
        """The values inside those of its fields, the latter aside."""
        self.levels = 1
        self.awaits_name = True
        self.name: str | None = None
        """The field whose value comes next; None drops that value, as its name was a fault."""
        self.name_line = 0

    def take(self, value: object, mark: Mark) -> None:
        """Take the value of the field that was named."""
        if self.name is not None:
            self.value[self.name] = value
            line = self.name_line
            self.parts[self.name] = line if isinstance(mark, int) else Branch(line, mark.parts)
        self.awaits_name = True


class Builder:
    """Builds one document; `root` is the finished value, `findings` are the faults so far."""

    def __init__(self, file: str) -> None:
        """Begin with nothing."""
        self.file = file
        self.findings: list[Finding] = []
        self.root: Located | None = None
        self._inside: list[_OpenList | _OpenMapping] = []

    @property
    def awaits_name(self) -> bool:
        """Whether the next value is the name of a field."""
        return bool(self._inside) and self._inside[-1].awaits_name

    def fault(self, what: str, todo: str, line: int, field: str = "") -> None:
        """Note a fault."""
        self.findings.append(Finding(what, todo, field, self.file, line))

    def open_list(self, line: int, anchor: str | None = None) -> None:
        """Begin a list."""
        self.check_depth(1, line)
        self._inside.append(_OpenList(line, anchor))

    def open_mapping(self, line: int, anchor: str | None = None) -> None:
        """Begin a mapping; names and values follow in turn."""
        self.check_depth(1, line)
        self._inside.append(_OpenMapping(line, anchor))

    def check_depth(self, levels: int, line: int) -> None:
        """Refuse to put so many more levels here, where that would be too deep."""
        if len(self._inside) + levels > DEEPEST:
            raise UnreadableError(too_deep(self.file, line))

    def put_name(self, name: str, line: int) -> None:
        """Take the name of the field whose value comes next."""
        mapping = self._innermost_mapping()
        mapping.awaits_name = False
        mapping.name, mapping.name_line = name, line
        first = mapping.parts.get(name)
        if first is not None:
            first = first.line if isinstance(first, Branch) else first
            before = f", first on line {first}" if first != line else ""
            self.fault(f"written twice{before}", "keep one of them", line, name)
            mapping.name = None

    def skip_name(self) -> None:
        """Drop the value that comes next, as its name was a fault."""
        mapping = self._innermost_mapping()
        mapping.awaits_name = False
        mapping.name = None

    def _innermost_mapping(self) -> _OpenMapping:
        """Return the mapping that awaits a name or a value; parsers ask nowhere else."""
        opened = self._inside[-1]
        assert isinstance(opened, _OpenMapping)
        return opened

    def put_scalar(self, value: object, line: int) -> None:
        """Take a text, a bool or None."""
        if self._inside:
            self._inside[-1].take(value, line)
        else:
            self.root = Located(value, line)

    def put(self, grown: Grown) -> None:
        """Take a finished value of any kind."""
        if self._inside:
            opened = self._inside[-1]
            opened.extra += grown.size - 1
            opened.levels = max(opened.levels, grown.levels + 1)
            opened.take(*grown.located)
        else:
            self.root = grown.located

    def close(self) -> tuple[Grown, str | None]:
        """End the innermost list or mapping; return it with its anchor, not yet put anywhere."""
        opened = self._inside.pop()
        located = Located(opened.value, Branch(opened.line, opened.parts))
        return Grown(located, 1 + len(opened.value) + opened.extra, opened.levels), opened.anchor
