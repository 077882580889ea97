"""Cold starts: a question from the shell, against importing the two libraries that it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from statistics import median
from time import perf_counter

from tests.benchmarks.isolated import CHECKOUT, ProcessFailedError, isolated
from tests.benchmarks.results import Line, skipped
from tests.benchmarks.workshop import Workshop

_QUESTIONS = {
    "state of a subject's property, from the shell": ("state", "samat-abish", "status"),
    "state of everything bundled, from the shell": ("state",),
}
_IMPORTS = (sys.executable, "-c", "import sqlalchemy, click")


def measure(workshop: Workshop) -> Iterator[Line]:
    """Ask the bundled chronicle from the shell and import in turns; medians.

    Both run from compiled modules, as they do once installed, whatever the environment says.
    """
    if not find_spec("chronicle.__main__") or not find_spec("chronicle.cli"):
        for what in _QUESTIONS:
            yield skipped(what, "the command does not exist yet")
        return
    database = str(workshop.spare("bundled.db"))
    isolated(seed, database)
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(workshop.folder / "compiled")}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    for what, question in _QUESTIONS.items():
        command = (sys.executable, "-m", "chronicle", "--db", database, *question)
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(8 if workshop.quick else 30):
            pair = _milliseconds(command, compiled), _milliseconds(_IMPORTS, compiled)
            if number > 1:  # the first ones fill the caches of the disk, and compile
                ours.append(pair[0])
                theirs.append(pair[1])
        yield Line(what, "ms", median(ours), median(theirs), "import of libraries", 1.4)


def seed(database: str) -> None:
    """Append the bundled chronicles to a new database, and paint them."""
    from chronicle import Chronicle
    from chronicle.carried import carried
    from chronicle.entries import FIELDS
    from chronicle.intake import read

    with Chronicle.open(database) as chronicle:
        chronicle.append_drafts(read([carried("seeds")], fields=FIELDS), by="benchmark")
        chronicle.view().state()


def _milliseconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    start = perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=CHECKOUT, env=environment, check=False
    )
    taken = (perf_counter() - start) * 1e3
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise ProcessFailedError(f"{' '.join(command[1:3])}: {words[-1]}")
    return taken
