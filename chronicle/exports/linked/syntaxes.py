"""Syntaxes: how named graphs are laid out as TriG, Turtle and JSON-LD, and read again.

A document is a head, the records one after the other with an empty line between them, and a
foot; no text runs over a line. So it is written as it comes, and read again some records at a time.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from chronicle.exports.linked.vocabulary import PREFIXES, Term, Triple

Named: TypeAlias = tuple[URIRef, Iterable[Triple]]
"""A graph and its name."""

Quad: TypeAlias = tuple[Node, Node, Node, IdentifiedNode | None]
"""A triple, and the name of the graph that it is in, if it is in one."""

_TOGETHER = 200
"""Records that are read at a time."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.:-]*[A-Za-z0-9_-])?\Z")
"""What may follow a prefix as it is."""

_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}

# What JSON escapes, and how, Turtle has too.
_quoted = json.JSONEncoder(ensure_ascii=False).encode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Said = Mapping[URIRef, Mapping[URIRef, list[Term]]]
"""What is said: subjects, of each the properties, of each the values."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """One way to write named graphs."""

    suffix: str
    head: str
    between: str
    foot: str
    block: Callable[[Iterable[Named]], str]
    """Writes the graphs of one record."""
    parse: Callable[[str], Iterator[Quad]]
    """Reads a document."""

    def write(self, records: Iterable[Iterable[Named]], stream: TextIO) -> None:
        """Write a document as the records come."""
        stream.write(self.head)
        mark = "\n"
        for graphs in records:
            stream.write(mark + self.block(graphs))
            mark = self.between
        stream.write(self.foot)

    def read(self, path: Path) -> Iterator[list[Quad]]:
        """Yield the quads of a document that was written so, some records at a time.

        `ValueError` if it is none: nothing is read but what stands under the very same head.
        """
        with path.open(encoding="utf-8", newline="") as stream:
            found = _paragraphs(stream)
            if next(found, "") != self.head:
                raise ValueError("it does not begin as an export does")
            while blocks := list(islice(found, _TOGETHER)):
                ending = self.foot.strip()
                blocks = [one.removesuffix("\n").removesuffix(",") for one in blocks]
                if ending and blocks[-1] == ending:
                    blocks.pop()
                yield list(self._quads(f"{self.head}\n{self.between.join(blocks)}\n{self.foot}"))

    def _quads(self, document: str) -> Iterator[Quad]:
        try:
            yield from self.parse(document)
        except Exception as error:  # the parsers raise whatever they run into
            raise ValueError(f"{type(error).__name__}: {str(error)[:200]}") from error


def _paragraphs(stream: TextIO) -> Iterator[str]:
    """Yield the lines between empty ones, together."""
    lines: list[str] = []
    for line in stream:
        if line != "\n":
            lines.append(line)
        elif lines:
            yield "".join(lines)
            lines = []
    if lines:
        yield "".join(lines)


def short(name: str) -> str:
    """Return a name with its prefix, `record:ada#head`, or as it is if it has none."""
    base, mark, fragment = name.partition("#")
    if mark and f"{base}#" in _PREFIX_OF and _LOCAL.match(fragment):
        return f"{_PREFIX_OF[f'{base}#']}:{fragment}"
    namespace, local = base[: base.rfind("/") + 1], base[base.rfind("/") + 1 :]
    prefix = _PREFIX_OF.get(namespace)
    if prefix and _LOCAL.match(local) and (not mark or _LOCAL.match(fragment)):
        return f"{prefix}:{local}{mark}{fragment}"
    return name


def _gathered(triples: Iterable[Triple]) -> _Said:
    """Return triples by subject and property, each in the order in which they come first."""
    said: dict[URIRef, dict[URIRef, list[Term]]] = {}
    for subject, name, value in triples:
        said.setdefault(subject, {}).setdefault(name, []).append(value)
    return said


def _turtle_name(name: URIRef) -> str:
    brief = short(name)
    return name.n3() if brief == name else brief.replace("#", r"\#")


def _turtle_term(term: Term) -> str:
    if isinstance(term, URIRef):
        return _turtle_name(term)
    ending = "" if term.datatype is None else f"^^{_turtle_name(term.datatype)}"
    return f"{_quoted(term)}{ending}"


def _turtle_lines(triples: Iterable[Triple], margin: str = "") -> Iterator[str]:
    for subject, pairs in _gathered(triples).items():
        said = f" ;\n{margin}  ".join(
            f"{'a' if name == RDF.type else _turtle_name(name)} "
            + ", ".join(map(_turtle_term, values))
            for name, values in pairs.items()
        )
        yield f"{margin}{_turtle_name(subject)} {said} .\n"


def _turtle_block(graphs: Iterable[Named]) -> str:
    return "".join(_turtle_lines(one for _, triples in graphs for one in triples))


def _trig_block(graphs: Iterable[Named]) -> str:
    return "".join(
        f"{_turtle_name(name)} {{\n{''.join(_turtle_lines(triples, '  '))}}}\n"
        for name, triples in graphs
    )


def _json_block(graphs: Iterable[Named]) -> str:
    return ",\n".join(
        _encode({"@id": short(name), "@graph": list(_json_nodes(triples))})
        for name, triples in graphs
    )


def _json_nodes(triples: Iterable[Triple]) -> Iterator[Mapping[str, Any]]:
    for subject, pairs in _gathered(triples).items():
        node: dict[str, Any] = {"@id": short(subject)}
        for name, values in pairs.items():
            if name == RDF.type:
                node["@type"] = [short(str(value)) for value in values]
            else:
                found = [_json_value(value) for value in values]
                node[short(name)] = found[0] if len(found) == 1 else found
        yield node


def _json_value(term: Term) -> str | Mapping[str, str]:
    if isinstance(term, URIRef):
        return {"@id": short(term)}
    if term.datatype is None:
        return str(term)
    return {"@value": str(term), "@type": short(term.datatype)}


def _of_turtle(document: str) -> Iterator[Quad]:
    for triple in Graph().parse(data=document, format="turtle"):
        yield (*triple, None)


def _of_trig(document: str) -> Iterator[Quad]:
    return _parsed(document, "trig")


def _of_json(document: str) -> Iterator[Quad]:
    """Read JSON-LD that has no context but that of its head: others may lie anywhere in the web."""
    found = json.loads(document)
    if any("@context" in one for one in _mappings(found["@graph"])):
        raise ValueError("it holds a context of its own")
    return _parsed(document, "json-ld")


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the mappings in a JSON value, at any depth."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _parsed(document: str, syntax: str) -> Iterator[Quad]:
    dataset = Dataset()
    with warnings.catch_warnings():
        # rdflib's own parsers still use it.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        dataset.parse(data=document, format=syntax)
    return dataset.quads()


_TURTLE_HEAD = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(PREFIXES))

_JSON_HEAD = f'{{"@context": {json.dumps(dict(sorted(PREFIXES.items())), indent=2)},\n"@graph": [\n'

SYNTAXES: Mapping[str, Syntax] = {
    "trig": Syntax(".trig", _TURTLE_HEAD, "\n", "", _trig_block, _of_trig),
    "turtle": Syntax(".ttl", _TURTLE_HEAD, "\n", "", _turtle_block, _of_turtle),
    "json-ld": Syntax(".jsonld", _JSON_HEAD, ",\n\n", "\n\n]}\n", _json_block, _of_json),
}
"""The syntaxes by name, the usual one first."""
