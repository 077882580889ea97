"""Layers: a module imports from its own layer and from those below it, never upward."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import chronicle

ROOT = Path(chronicle.__file__).parent

LAYERS: Mapping[str, str] = {
    "words": """
        expected errors carried ids canonical calendar edtf_parts dates quantities valid payloads
        spreadsheets marks counts
    """,
    "records": """
        policies fields sources claims plain_claims judgements entries events references upcasts
        checks
    """,
    "reasoning": """
        testimony bearing voices liveness ranking rules rulings slots regions reasons merges
        silences corroboration unheard
    """,
    "storage": """
        schema migrating database merkle bulk log catalogue index reading counterfactual painting
        search rebuilding verifying reach
    """,
    "facade": """
        answers scopes views differences impact splits trace steps came changes timeline showing
        expectations intake candidates horizon contradictions receipts appending replicating api
        chronicle stretches preview acts
    """,
    "doors": """
        cli exports __main__
    """,
}
"""The layers from the lowest up; a package stands for all of its modules."""

RANKS = {name: rank for rank, names in enumerate(LAYERS.values()) for name in names.split()}


def module_name(path: Path) -> str:
    """Return the dotted name of a module by its file; a package is its `__init__`."""
    parts = (ROOT.name, *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(ROOT.rglob("*.py"))}


def place(module: str) -> str:
    """Return the name under which the table places a module; the root is a name of its own."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def statements(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports of a module that run, those inside functions too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from (one for other in node.orelse for one in statements(ast.Module([other], [])))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        else:
            yield from statements(node)


def imports(text: str, module: str, modules: Mapping[str, object]) -> set[str]:
    """Return the modules of the package that a module's text imports."""
    package = module if modules.get(module) == "package" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in statements(ast.parse(text)):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        else:
            outer = package.split(".")
            origin = ".".join(outer[: len(outer) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (origin, node.module) if part)
            named = [f"{base}.{alias.name}" for alias in node.names]
            # A name that is no module of its own comes from the module named before it.
            named = [name if name in modules else base for name in named]
        found.update(name for name in named if name.split(".")[0] == ROOT.name)
    return found


KINDS = {
    name: "package" if path.name == "__init__.py" else "module" for name, path in MODULES.items()
}
IMPORTS = {
    name: imports(path.read_text(encoding="utf-8"), name, KINDS) for name, path in MODULES.items()
}


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_layer(module: str) -> None:
    """A new module is placed before anything is built on it."""
    assert place(module) in RANKS, f"{module} has no layer yet: place it in LAYERS"


def test_every_place_is_taken() -> None:
    """What is gone or renamed does not stay in the table, nor stands there twice."""
    placed = [name for names in LAYERS.values() for name in names.split()]
    assert sorted(placed) == sorted({place(module) for module in MODULES})


@pytest.mark.parametrize("module", MODULES)
def test_no_module_imports_upward(module: str) -> None:
    """Imports lead to the module's own layer or to one below it."""
    rank = RANKS.get(place(module), len(LAYERS))
    upward = {name for name in IMPORTS[module] if RANKS.get(place(name), rank) > rank}
    assert not upward, f"{module} imports {', '.join(sorted(upward))} from a layer above it"


@pytest.mark.parametrize("module", MODULES)
def test_only_modules_of_the_package_are_imported_from_it(module: str) -> None:
    """Every import inside the package is understood by this test."""
    assert IMPORTS[module] <= MODULES.keys()


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_imports_in_a_circle(layer: str) -> None:
    """The modules of a layer can be read in some order, each after those that it needs."""
    names = LAYERS[layer].split()
    graph = {
        module: {name for name in named if place(name) in names}
        for module, named in IMPORTS.items()
        if place(module) in names
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' <- '.join(error.args[1])}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import json", ""),
        ("import chronicle", "chronicle"),
        ("import chronicle.log as written", "chronicle.log"),
        ("from chronicle import log", "chronicle.log"),
        ("from chronicle import Chronicle, log", "chronicle chronicle.log"),
        ("from chronicle.log import head", "chronicle.log"),
        ("from chronicle.intake import read, files", "chronicle.intake chronicle.intake.files"),
        ("from . import read, files", "chronicle.intake chronicle.intake.files"),
        ("from .files import read", "chronicle.intake.files"),
        ("from .. import log", "chronicle.log"),
        ("from ..log import head", "chronicle.log"),
        ("def late():\n    from chronicle.log import head", "chronicle.log"),
        ("class Late:\n    def late(self):\n        import chronicle.log", "chronicle.log"),
        ("try:\n    import chronicle.log\nexcept ImportError:\n    pass", "chronicle.log"),
        ("if TYPE_CHECKING:\n    import chronicle.log", ""),
        (
            "if typing.TYPE_CHECKING:\n    import json\nelse:\n    import chronicle.log",
            "chronicle.log",
        ),
        ("if True:\n    import chronicle.log", "chronicle.log"),
    ],
)
def test_imports_are_found_wherever_they_run(text: str, expected: str) -> None:
    """At the top, in functions and branches, relative too; those for types alone do not run."""
    modules = dict.fromkeys(["chronicle.log", "chronicle.intake.files"], "module")
    modules |= dict.fromkeys(["chronicle", "chronicle.intake"], "package")
    assert imports(text, "chronicle.intake.files", modules) == set(expected.split())
    assert imports(text, "chronicle.intake", modules) == set(expected.split())
