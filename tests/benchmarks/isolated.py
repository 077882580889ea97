"""Isolated: a function in a process of its own, so that no measure inherits another's state.

The function is named to a fresh interpreter, called there with plain JSON values, and its plain
JSON result comes back with the most memory that the process ever held.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Generic, NamedTuple, ParamSpec, TypeVar

CHECKOUT = Path(__file__).parents[2]
"""The folder from which processes run, so that they import the package as it lies here."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Outcome(NamedTuple, Generic[_Result]):
    """What a function returned, and what its process took."""

    value: _Result
    peak_mib: float
    """The largest resident size of the process, in MiB."""


class ProcessFailedError(Exception):
    """A process ended with an error; its last words are the message."""


def isolated(
    function: Callable[_Given, _Result], *args: _Given.args, **kwargs: _Given.kwargs
) -> Outcome[_Result]:
    """Call a function of this package in a fresh process; `ProcessFailedError` if that fails."""
    name = f"{function.__module__}:{function.__qualname__}"
    command = [sys.executable, "-m", __name__, name, json.dumps([args, kwargs])]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise ProcessFailedError(f"{name}: {words[-1]}")
    value, peak = json.loads(done.stdout.splitlines()[-1])
    return Outcome(value, peak)


def _peak_mib() -> float:
    """Return the largest resident size of this process so far, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # What the system counts besides takes in the process that started this one.
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) / 2**10
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _serve(name: str, given: str) -> None:
    """Call the function of that name, `module:function`, and write what it returns."""
    module, _, function = name.partition(":")
    args, kwargs = json.loads(given)
    value = getattr(import_module(module), function)(*args, **kwargs)
    sys.stdout.write(json.dumps([value, _peak_mib()]) + "\n")


if __name__ == "__main__":
    _serve(*sys.argv[1:])
