"""The workshop: the files and databases of one run, made when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.isolated import isolated
from tests.benchmarks.material import Size, write_lines
from tests.benchmarks.storing import into_chronicle


class Appended(NamedTuple):
    """One append of a whole file, in a fresh process to a fresh database."""

    us_per_claim: float
    peak_mib: float


@dataclass
class Workshop:
    """What the measures of one run share."""

    folder: Path
    """Where files and databases are made; the caller removes it."""
    size: Size
    rounds: int
    """How often what takes long is measured."""
    quick: bool = False
    _runs: dict[Size, list[Appended]] = field(default_factory=dict)

    @property
    def tenth(self) -> Size:
        """A tenth of the claims about a tenth of the subjects."""
        return Size(self.size.claims // 10, max(1, self.size.subjects // 10))

    def lines(self, size: Size) -> Path:
        """Return the JSON Lines of a size."""
        path = self.folder / f"{size.claims}.jsonl"
        if not path.exists():
            write_lines(path, size)
        return path

    def append(self, size: Size) -> Appended:
        """Append the lines of a size once more, in place of the database of the last time."""
        path = self._database(size)
        path.unlink(missing_ok=True)
        seconds, peak = isolated(into_chronicle, str(self.lines(size)), str(path))
        made = Appended(seconds / size.claims * 1e6, peak)
        self._runs.setdefault(size, []).append(made)
        return made

    def appends(self, size: Size, at_least: int = 1) -> Sequence[Appended]:
        """Return the appends of a size, more of them made where there are too few."""
        while len(self._runs.get(size, ())) < at_least:
            self.append(size)
        return self._runs[size]

    def database(self, size: Size) -> Path:
        """Return a database with the claims of a size, nothing in it painted yet."""
        self.appends(size)
        return self._database(size)

    def _database(self, size: Size) -> Path:
        return self.folder / f"{size.claims}.db"

    def spare(self, name: str) -> Path:
        """Return the path of a file that does not exist."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        return path
