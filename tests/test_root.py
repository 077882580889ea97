"""The root of the package: what it exports, and what it does not load."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import chronicle
from chronicle import errors

ERRORS = [
    name
    for name, item in vars(errors).items()
    if inspect.isclass(item) and issubclass(item, Exception)
]


def test_the_names_at_the_root_are_sorted() -> None:
    """So that a reader finds them, and a merge of two branches does not move them about."""
    assert chronicle.__all__ == sorted(chronicle.__all__)
    assert len(set(chronicle.__all__)) == len(chronicle.__all__)


@pytest.mark.parametrize("name", chronicle.__all__)
def test_every_name_at_the_root_is_there(name: str) -> None:
    """Whoever imports all of it gets what the list promises, each with its words."""
    assert inspect.getdoc(getattr(chronicle, name))


def test_nothing_else_is_public_at_the_root() -> None:
    """Beyond the list there are only the modules of the package."""
    others = {
        name
        for name, item in vars(chronicle).items()
        if not name.startswith("_") and not isinstance(item, ModuleType)
    }
    # The future import that every module begins with leaves its own name behind.
    assert others - {"annotations"} == set(chronicle.__all__)


def test_only_modules_of_the_package_lie_at_the_root() -> None:
    """No module of the standard library or of a dependency can be had from here."""
    modules = {
        item.__name__
        for name, item in vars(chronicle).items()
        if not name.startswith("_") and isinstance(item, ModuleType)
    }
    assert all(name.startswith("chronicle.") for name in modules)


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_can_be_caught_by_its_name_at_the_root(name: str) -> None:
    """Callers need not know which module an error is defined in."""
    assert name in chronicle.__all__
    assert getattr(chronicle, name) is getattr(errors, name)


def test_questions_load_only_what_they_need() -> None:
    """What only appends, doors and migrations use is imported when it is used."""
    heavy = ("alembic", "click", "pydantic", "rfc8785", "rich", "yaml")
    code = f"import sys, chronicle; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(chronicle.__file__).parent.parent,
        text=True,
    )
    assert done.stdout == "[]\n"
