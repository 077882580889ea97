"""Vocabulary: own words are explained and used, and names name one thing only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, Graph, URIRef

from chronicle import Chronicle
from chronicle.canonical import dumps
from chronicle.exports.linked.vocabulary import (
    BASE,
    OWN,
    PREFIXES,
    RECORD,
    RULING,
    explained,
    name_of,
    part,
    slot_name,
    whole,
)
from chronicle.exports.making import export
from chronicle.ids import is_id
from tests.exports import linked
from tests.stores import Clock, Files


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """All triples of two exports: of everything, and of changes about an entity."""
    folder = tmp_path_factory.mktemp("vocabulary")
    graph = Graph()
    with Chronicle.open(Files(folder).made(), clock=Clock()) as chronicle:
        chronicle.append(linked.records())
        size = chronicle.view().head.size
        export(chronicle, "rdf", folder / "all.ttl")
        chronicle.append(linked.later())
        view = chronicle.view("2022-03-01", "2022-02-01", f"#{chronicle.view().head.size}")
        export(chronicle, "rdf", folder / "some.ttl", view=view, since=size, about="ada")
        for name in ("all.ttl", "some.ttl"):
            graph.parse(folder / name)
    return graph


def test_every_word_is_explained_and_used(used: Graph) -> None:
    """None is without meaning, none is left over."""
    meanings = {subject for subject, name, _ in explained() if name == RDFS.comment}
    said = [triple for triple in used if not str(triple[0]).startswith(BASE + "vocabulary")]
    found = {
        one
        for subject, name, value in said
        for one in (subject, name, value, getattr(value, "datatype", None))
        if str(one).startswith(str(OWN))
    }
    assert found == meanings


def test_words_are_explained_in_the_export(used: Graph) -> None:
    """With what they are called, and how they stand to words that are well known."""
    for subject, name, value in explained():
        assert (subject, name, value) in used
    assert (OWN.lastAffirmed, RDF.type, RDF.Property) in used
    assert str(used.value(OWN.lastAffirmed, RDFS.label)) == "last affirmed"
    assert (OWN.subject, RDFS.subPropertyOf, RDF.subject) in used
    assert (OWN.Claim, RDFS.subClassOf, RDF.Statement) in used


_QUALIFIERS = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["", "a.b", "x"]))

_Slot = tuple[str, str, dict[str, str], list[str]]

_SLOTS = st.tuples(
    st.sampled_from(["a", "a-b", "b"]),
    st.sampled_from(["a", "b-a", "b"]),
    _QUALIFIERS,
    st.lists(st.sampled_from(["", "a", "x\ny"]), max_size=1),
)


@given(st.lists(_SLOTS, min_size=2, max_size=4))
def test_slots_have_names_of_their_own(
    slots: list[_Slot],
) -> None:
    """Different slots never the same; all of them made of letters that need no escape."""
    keys = {dumps([subject, name, told, *more]).decode() for subject, name, told, more in slots}
    names = {slot_name(key) for key in keys}
    assert len(names) == len(keys)
    assert all(is_id(piece) for name in names for piece in name.split("."))


def test_names_can_be_relied_on() -> None:
    """They are part of what is exported, and never change."""
    assert name_of("claims", "ada-glad") == RECORD["ada-glad"]
    assert str(RECORD["ada-glad"]) == "tag:chronicle.invalid,2022:record/ada-glad"
    assert name_of("rulings", slot_name('["ada","mood",{}]')) == RULING["ada.mood"]
    assert slot_name('["ada","mood",{"how":"so"}]') == "ada.mood.c2d11474beda9b42"
    assert slot_name('["ada","mood",{},"glad"]') == "ada.mood.c0c258b06afa16b8"
    assert part(RECORD.ada, "relay", 2) == URIRef(f"{RECORD.ada}#relay-2")
    assert whole(part(RECORD.ada, "head")) == str(RECORD.ada)


def test_prefixes_stand_for_one_namespace_each() -> None:
    """And end as JSON-LD wants it."""
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(namespace[-1] in "#/" for namespace in PREFIXES.values())
