"""Contradictions that merges make, in words and as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chronicle.cli.cells import qualified, readable, valued
from chronicle.cli.dated import along
from chronicle.cli.report import Sheet
from chronicle.contradictions import Contradiction


def said(found: Iterable[Contradiction]) -> Iterator[str]:
    """Yield a line for each contradiction: which merges make it, where, and who says what."""
    for one in found:
        makes = "makes" if len(one.merges) == 1 else "make"
        yield (
            f"{', '.join(one.merges)} {makes} a contradiction: {_slot(one)}, {_when(one)}: "
            f"{' against '.join(_sides(one))}"
        )


def sheet(found: Iterable[Contradiction]) -> Sheet:
    """Return contradictions as a table for people."""
    rows = [(_slot(one), _when(one), " against ".join(_sides(one))) for one in found]
    return Sheet(("slot", "when", "claims"), rows, "disputed only since the merge")


def _slot(one: Contradiction) -> str:
    ruling = one.ruling
    return f"{ruling.subject} {qualified(ruling.property, ruling.qualifiers)}"


def _when(one: Contradiction) -> str:
    return along(one.first, one.last) or "at any date"


def _sides(one: Contradiction) -> Iterator[str]:
    """Yield the winner and the rivals that the merges brought: what each says in which claim."""
    ruling = one.ruling
    yield f"{readable(valued(ruling.value, none=ruling.none))} ({ruling.claim})"
    for rival in one.against:
        value = valued(rival.value, none=rival.value is None, denies=rival.denies)
        yield f"{readable(value)} ({rival.claim})"
