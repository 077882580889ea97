"""`rdf`: linked data that gives back every claim and ruling, and that can be followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, SDO, VOID, Graph, Literal, URIRef
from rdflib.term import BNode, Node

from chronicle import Chronicle
from chronicle.exports.checking import check
from chronicle.exports.columns import TABLES
from chronicle.exports.extract import Extract
from chronicle.exports.linked.vocabulary import (
    EXPORT,
    NP,
    OWN,
    QUALIFIER,
    RECORD,
    RULING,
    VOCABULARY,
    whole,
)
from chronicle.exports.rdf import FORMAT
from tests.exports import asked, linked, strange
from tests.exports.asked import Exported
from tests.exports.graphs import (
    DEPRECATED,
    SUFFIXES,
    Quad,
    claims,
    names,
    quads,
    record_id,
    rulings,
    together,
)
from tests.stores import Clock, Files

pytestmark = pytest.mark.filterwarnings(DEPRECATED)

every_syntax = pytest.mark.parametrize("syntax", SUFFIXES)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """A chronicle with all that RDF has a word for; not written to."""
    place = Files(tmp_path_factory.mktemp("linked")).made()
    with Chronicle.open(place, clock=Clock()) as chronicle:
        chronicle.append([*linked.records(), *strange.records()])
        yield chronicle


@pytest.fixture(scope="module")
def exported(everything: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Its export."""
    return Exported.make("rdf", everything, tmp_path_factory.mktemp("rdf") / "all.trig")


@pytest.fixture(scope="module")
def found(exported: Exported) -> set[Quad]:
    """The quads of that."""
    return quads(exported.path)


@pytest.fixture(scope="module")
def graph(found: set[Quad]) -> Graph:
    """Its triples, whatever graph they stand in."""
    return together(found)


def test_rulings_are_those_of_the_view(exported: Exported, graph: Graph) -> None:
    """With value, standing, basis, and every supporter and rival with its reason."""
    expected = asked.rulings(exported.view)
    assert len(expected) > 20
    assert sorted(rulings(graph), key=str) == sorted(expected, key=str)


def test_rulings_of_the_bundled_chronicle_are_those_of_the_view(
    crisis: Chronicle, folder: Path
) -> None:
    """All two thousand of them; its claims, too, are all there."""
    made = Exported.make("rdf", crisis, folder / "crisis.ttl")
    whole_graph = Graph().parse(made.path)
    assert sorted(rulings(whole_graph), key=str) == sorted(asked.rulings(made.view), key=str)
    recorded = asked.claims(crisis)
    told = claims(whole_graph)
    assert told.keys() == recorded.keys()
    assert all(asked.says(told[name], _ordered(claim)) for name, claim in recorded.items())


def test_claims_are_those_of_the_tables(exported: Exported, graph: Graph) -> None:
    """All that was recorded of each, and whether it counts."""
    expected = {
        item.key: {name: cell for name, cell in _ordered(item.row or {}).items() if name in _CLAIM}
        for item in asked.items(exported.view)
        if item.table == "claims"
    }
    told = claims(graph)
    assert {field for row in expected.values() for field, cell in row.items() if cell} == _CLAIM
    assert told == expected


def _ordered(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim with what it was inferred from in the order of ids, as RDF has none."""
    row = dict(claim)
    if row.get("inferred_from"):
        row["inferred_from"] = sorted(row["inferred_from"])
    return row


_CLAIM = {column.name for column in TABLES["claims"].plain}


@every_syntax
def test_the_syntaxes_hold_the_same_triples(
    everything: Chronicle, found: set[Quad], folder: Path, syntax: str
) -> None:
    """The same quads where there are graphs; texts are the same to the letter."""
    made = Exported.make("rdf", everything, folder / f"all{SUFFIXES[syntax]}")
    again = quads(made.path)
    if syntax == "turtle":
        assert again == {(*quad[:3], None) for quad in found}
    else:
        assert again == found


@pytest.mark.parametrize("number", range(len(strange.TEXTS)))
def test_no_text_is_changed(graph: Graph, number: int) -> None:
    """Whatever it holds, it comes back: as a name, an alias, a role, a note, a locator."""
    text = Literal(strange.TEXTS[number].strip())
    place = f"{number:02}"
    assert (RECORD[f"source-{place}"], SDO.name, text) in graph
    assert (RECORD[f"entity-{place}"], SDO.alternateName, text) in graph
    assert (RECORD[f"entity-{place}#identifier-1"], SDO.value, text) in graph
    assert (RECORD[f"event-{place}#participant-1"], SDO.roleName, text) in graph
    assert (RECORD[f"claim-{place}"], OWN.value, text) in graph
    assert (RECORD[f"other-{place}"], QUALIFIER.how, text) in graph
    assert (RECORD[f"claim-{place}#locator"], RDF.value, text) in graph


def test_an_address_that_is_no_name_stays_a_text(graph: Graph) -> None:
    """One that is a name is that very name; nothing is mended or made up."""
    urls = [*linked.ADDRESSES, *linked.TEXTS_FOR_ADDRESSES]
    told = [graph.value(RECORD[f"page-{number:02}"], SDO.url) for number in range(len(urls))]
    assert told == [
        *map(URIRef, linked.ADDRESSES),
        *map(Literal, linked.TEXTS_FOR_ADDRESSES),
    ]


def test_there_is_no_blank_node_and_every_record_owns_what_it_says(found: set[Quad]) -> None:
    """Each subject belongs to the record whose graph it stands in; nothing is said elsewhere."""
    assert not [name for name in names(found) if isinstance(name, BNode)]
    for subject, _, _, name in found:
        assert whole(str(subject)) == whole(str(name))


def test_claims_are_nanopublications(found: set[Quad], graph: Graph) -> None:
    """Four graphs, the head naming the others; none is empty, none says more than it should."""
    content: dict[Node | None, list[Quad]] = {}
    for quad in found:
        content.setdefault(quad[3], []).append(quad)
    published = list(graph.subjects(RDF.type, NP.Nanopublication))
    assert len(published) == len(claims(graph))
    for one in published:
        assertion, provenance, publication = (
            graph.value(one, name, any=False)
            for name in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
        )
        head = URIRef(f"{assertion}#head")
        assert len({one, head, assertion, provenance, publication}) == 5
        assert len(content[head]) == 4
        assert (assertion, RDF.type, OWN.Claim, assertion) in content[assertion]
        assert {quad[0] for quad in content[assertion]} == {assertion}
        assert assertion in {quad[0] for quad in content[provenance]}
        assert {quad[0] for quad in content[publication]} == {one}
        assert (one, PROV.wasAttributedTo, EXPORT.log, publication) in content[publication]


def test_who_said_it_and_who_passed_it_on(graph: Graph) -> None:
    """A speaker, or whoever speaks in the source; a source is quoted, an agent had influence."""
    glad, sad = RECORD["ada-glad"], RECORD["ada-sad"]
    assert graph.value(glad, PROV.wasAttributedTo) == RECORD.bureau
    voice = graph.value(sad, PROV.wasAttributedTo)
    assert voice == RECORD["press#voice"]
    assert (voice, RDF.type, PROV.Agent) in graph
    assert (RECORD.press, PROV.wasAttributedTo, voice) in graph
    assert graph.value(glad, PROV.wasQuotedFrom, any=False) == RECORD.press
    quotation = graph.value(glad, PROV.qualifiedQuotation, any=False)
    assert (quotation, PROV.entity, RECORD.press) in graph
    influence = graph.value(glad, PROV.qualifiedInfluence, any=False)
    assert (influence, PROV.agent, RECORD.staff) in graph


def test_a_qualifier_that_names_a_thing_leads_to_it(graph: Graph) -> None:
    """Of a claim and of the ruling on its slot; any other stays a text."""
    assert (RECORD["ada-proud"], QUALIFIER.of, RECORD.bureau) in graph
    assert (RECORD["ada-proud"], QUALIFIER.how, Literal(strange.TEXTS[7])) in graph
    (ruling,) = set(graph.subjects(OWN.value, RECORD["head"])) - set(
        graph.subjects(RDF.type, OWN.Claim)
    )
    assert (ruling, QUALIFIER.of, RECORD.bureau) in graph
    assert (RECORD["ada-prouder"], QUALIFIER.how, Literal("fluent")) in graph


def test_things_have_the_classes_of_their_types(graph: Graph) -> None:
    """And are in each other as their types are; the type itself is kept as it was written."""
    expected = {
        "ada": (SDO.Person, PROV.Person),
        "bureau": (SDO.Organization, PROV.Organization),
        "kz": (SDO.Place,),
        "head": (SDO.Thing, ORG.Post),
        "staff": (SDO.Thing, FOAF.Group, PROV.Agent),
        "the-fire": (SDO.Event,),
        "ship": (SDO.Thing,),
    }
    for name, classes in expected.items():
        assert set(graph.objects(RECORD[name], RDF.type)) == {*classes, OWN.Entity}
    assert (RECORD.almaty, SDO.containedInPlace, RECORD.kz) in graph
    assert (RECORD.bureau, SDO.location, RECORD.kz) in graph
    assert (RECORD.branch, SDO.parentOrganization, RECORD.bureau) in graph
    assert (RECORD["head"], ORG.postIn, RECORD.bureau) in graph
    assert (RECORD.staff, SDO.memberOf, RECORD.bureau) in graph
    assert (RECORD.ship, OWN.within, RECORD.fire) in graph
    assert str(graph.value(RECORD.ship, OWN.type)) == strange.TEXTS[9]
    assert (RECORD["ada-l"], OWN.readAs, RECORD.ada) in graph
    assert (RECORD.ada, OWN.readAs, None) not in graph


def test_events_are_dated_as_exactly_as_they_are_known(graph: Graph) -> None:
    """Days of XML Schema where there are days; the date as written always."""
    fire, blaze = RECORD.fire, RECORD.blaze
    assert str(graph.value(fire, DCTERMS.date)) == "2022-01-05/2022-01-06"
    assert str(graph.value(fire, SDO.startDate)) == "2022-01-05"
    assert str(graph.value(fire, SDO.endDate)) == "2022-01-06"
    assert str(graph.value(fire, OWN.latest)) == "2022-01-06T23:59:59"
    assert str(graph.value(blaze, DCTERMS.date)) == "[..1066-10-14]"
    assert graph.value(blaze, SDO.startDate) is None
    assert graph.value(blaze, OWN.earliest) is None
    assert str(graph.value(blaze, OWN.latest)) == "1066-10-14T23:59:59"
    given = {str(graph.value(one, DCTERMS.date)) for one in graph.objects(fire, OWN.dated)}
    assert given == {"2022-01-05/2022-01-06", "2022-01-07"}
    roles = list(graph.objects(fire, SDO.participant))
    who = {graph.value(role, SDO.participant): graph.value(role, SDO.roleName) for role in roles}
    assert who == {RECORD.ada: Literal(strange.TEXTS[5]), RECORD.bureau: None}


def test_the_export_says_which_log_and_view_it_is_of(exported: Exported, graph: Graph) -> None:
    """The same as its manifest, and no more: nothing that differs from one machine to another."""
    dataset = EXPORT.dataset
    assert (dataset, RDF.type, VOID.Dataset) in graph
    told = {
        name: str(graph.value(dataset, OWN[name]))
        for name in ("at", "policy", "head", "root", "known")
    }
    view = exported.head["view"]
    assert told == {name: str(view[name]) for name in told}
    software = graph.value(dataset, PROV.wasAttributedTo)
    assert str(graph.value(software, SDO.name)) == "chronicle"


@every_syntax
def test_it_is_read_again_record_by_record(
    everything: Chronicle, exported: Exported, folder: Path, syntax: str
) -> None:
    """Each under the table and the key that it was given; the values of all that it says."""
    made = Exported.make("rdf", everything, folder / f"all{SUFFIXES[syntax]}")
    items = {item[:2]: item.row for item in FORMAT.read(made.path, made.head)}
    with exported.view.database.reading() as connection:
        given = {
            item[:2]
            for group in FORMAT.groups(Extract(exported.view, connection))
            for item in group.items
        }
    own = {("export", name) for name in ("export/dataset", "export/log", "vocabulary")}
    assert items.keys() == given | own
    row = items["claims", "ada-glad"]
    assert row is not None
    place = "" if syntax == "turtle" else " in record:ada-glad#provenance"
    assert row["record:ada-glad prov:hadPrimarySource"] == [f"<{RECORD.press}>{place}"]
    assert len(row["record:ada-glad rdf:type"]) == 2


@every_syntax
def test_what_was_changed_is_named(story: Chronicle, folder: Path, syntax: str) -> None:
    """The record, and what of it."""
    made = Exported.make("rdf", story, folder / f"all{SUFFIXES[syntax]}")
    text = made.path.read_text(encoding="utf-8")
    made.path.write_text(text.replace('"angry"', '"bored"'), encoding="utf-8", newline="")
    found = [str(one) for one in check(story, made.path).findings]
    assert any("claims ada-rumour" in one and "chronicle:value" in one for one in found)


@every_syntax
def test_what_is_no_export_is_not_read(everything: Chronicle, folder: Path, syntax: str) -> None:
    """Another head, half a file, a context in its midst: each is refused."""
    made = Exported.make("rdf", everything, folder / f"all{SUFFIXES[syntax]}")
    text = made.path.read_text(encoding="utf-8")
    foreign = '{"@context": {"@vocab": "x:"}, "@id": "record:ada", "said": "x"}'
    damaged = [
        "",
        text.replace("tag:", "tags:", 1),
        text[: len(text) // 2],
        text.replace('"@graph":[{', f'"@graph":[{foreign},{{', 1)
        if syntax == "json-ld"
        else text.replace("record:", "records:"),
    ]
    for content in damaged:
        made.path.write_text(content, encoding="utf-8", newline="")
        with pytest.raises(ValueError, match=r"."):
            list(FORMAT.read(made.path, made.head))


def test_rulings_are_named_by_their_slots(graph: Graph) -> None:
    """Subject and property, and where there is more to a slot, a digest of it."""
    assert (RULING["ada.custody"], OWN.property, RECORD.custody) in graph
    held = [
        str(name)
        for name in graph.subjects(OWN.property, RECORD.post)
        if str(name).startswith(str(RULING))
    ]
    assert len(held) == 2
    assert all(len(name.rpartition(".")[2]) == 16 for name in held)
    ontologies = list(graph.subjects(RDF.type, OWL.Ontology))
    assert ontologies == [VOCABULARY]
    assert record_id(graph.value(RULING["ada.custody"], OWN.subject)) == "ada"
