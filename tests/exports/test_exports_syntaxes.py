"""Syntaxes: the same graphs in each of them, whatever the texts hold, written as they come."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from chronicle.exports.linked import syntaxes
from chronicle.exports.linked.syntaxes import SYNTAXES, Named, short
from chronicle.exports.linked.vocabulary import EDTF, OWN, RECORD, Term

every_syntax = pytest.mark.parametrize("syntax", SYNTAXES)


def graphs(*values: Term, name: str = "ada") -> list[Named]:
    """Return a graph in which something has values, and is of a class."""
    one = RECORD[name]
    said = [(one, RDFS.comment, value) for value in values]
    return [(one, [(one, RDF.type, OWN.Claim), *said])]


def written(syntax: str, *records: list[Named]) -> str:
    """Return a document."""
    stream = io.StringIO(newline="")
    SYNTAXES[syntax].write(records, stream)
    return stream.getvalue()


def comments(document: str, syntax: str) -> set[tuple[str, str]]:
    """Return the comments of a document: (text, datatype)."""
    graph = Graph().parse(data=document, format="turtle") if syntax == "turtle" else None
    triples = graph or ((s, p, o) for s, p, o, _ in SYNTAXES[syntax].parse(document))
    return {
        (str(value), str(getattr(value, "datatype", "name")))
        for _, name, value in triples
        if name == RDFS.comment
    }


@every_syntax
@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_to_the_letter(syntax: str, value: str) -> None:
    """And takes one line, so that records can be told apart by empty ones."""
    document = written(syntax, graphs(Literal(value)))
    assert comments(document, syntax) == {(value, "None")}
    head = SYNTAXES[syntax].head
    assert document.removeprefix(head).strip("\n").count("\n\n") == (syntax == "json-ld")


@every_syntax
def test_terms_of_every_kind_come_back(syntax: str) -> None:
    """Names with and without a prefix, dates, numbers; several values of one property."""
    values: list[Term] = [
        URIRef("https://example.org/a(b)?c=d#e"),
        URIRef("https://schema.org/a(b)"),
        URIRef("https://schema.org/name"),
        RECORD["9-a_b#relay-1"],
        Literal("2022-01~", datatype=EDTF),
        Literal("12", datatype=XSD.integer),
        Literal(">=164", datatype=OWN.quantity),
        Literal(""),
    ]
    expected = {(str(value), str(getattr(value, "datatype", "name"))) for value in values}
    assert comments(written(syntax, graphs(*values)), syntax) == expected


@every_syntax
def test_an_empty_document_is_one(syntax: str) -> None:
    """Without records there is a head, and it can be parsed."""
    assert comments(written(syntax), syntax) == set()


@every_syntax
def test_records_are_written_as_they_come(syntax: str) -> None:
    """None is held back until the next one has been asked for."""
    stream = io.StringIO()

    def coming() -> Iterator[list[Named]]:
        for number in range(3):
            yield graphs(Literal(f"text {number}"))
            assert f"text {number}" in stream.getvalue()

    SYNTAXES[syntax].write(coming(), stream)
    assert "text 2" in stream.getvalue()


@every_syntax
@pytest.mark.parametrize("together", [1, 2, 5, 200])
def test_a_document_is_read_some_records_at_a_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, syntax: str, together: int
) -> None:
    """However many of them: all are read, each once."""
    monkeypatch.setattr(syntaxes, "_TOGETHER", together)
    records = [graphs(Literal(f"\n\n{number}"), name=f"ada-{number}") for number in range(5)]
    path = folder / "some"
    path.write_text(written(syntax, *records), encoding="utf-8", newline="")
    found = [quad for quads in SYNTAXES[syntax].read(path) for quad in quads]
    assert sorted(str(value) for _, name, value, _ in found if name == RDFS.comment) == [
        f"\n\n{number}" for number in range(5)
    ]
    assert len(found) == 10
    graph = {None} if syntax == "turtle" else {RECORD[f"ada-{number}"] for number in range(5)}
    assert {quad[3] for quad in found} == graph


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (str(RECORD.ada), "record:ada"),
        (str(RECORD["ada#relay-1"]), "record:ada#relay-1"),
        (str(RECORD["ada.event"]), "record:ada.event"),
        (str(OWN.value), "chronicle:value"),
        ("https://schema.org/name", "schema:name"),
        ("https://schema.org/", "https://schema.org/"),
        ("https://schema.org/a.", "https://schema.org/a."),
        ("https://schema.org/a(b)", "https://schema.org/a(b)"),
        ("https://schema.org/a/b", "https://schema.org/a/b"),
        ("https://schema.org/a#b(c)", "https://schema.org/a#b(c)"),
        ("https://schema.org/a#", "https://schema.org/a#"),
        ("https://example.org/a", "https://example.org/a"),
        ("urn:isbn:1", "urn:isbn:1"),
    ],
)
def test_names_are_shortened_where_that_needs_no_escape(name: str, expected: str) -> None:
    """All others stay as they are."""
    assert short(name) == expected
