"""Links: a property joins two things as its words and the things allow, no more closely."""

from __future__ import annotations

import pytest
from followthemoney import model

from chronicle.exports.dossiers.cleaned import TYPES
from chronicle.exports.dossiers.links import EDGES, UNKNOWN, fits, kinship, link


@pytest.mark.parametrize(
    ("name", "label", "subject", "value", "expected"),
    [
        ("holder", "holder", "Position", "Person", "Occupancy post holder"),
        ("has-held", "has held", "Person", "Position", "Occupancy holder post"),
        ("post", "post", "Person", "Position", "Occupancy holder post"),
        ("post-wanted", "post", "Person", "Position", "Occupancy holder post"),
        ("post-wanted", "post wanted", "Person", "Position", "UnknownLink subject object"),
        ("lifetime-right", "right for life", "Position", "Person", "UnknownLink subject object"),
        ("has-held", "has held", "LegalEntity", "Position", "UnknownLink subject object"),
        ("held-by", "held by", "Organization", "Person", "UnknownLink subject object"),
        ("member-of", "member of", "Person", "PublicBody", "Membership member organization"),
        ("member-of", "member of", "Company", "Organization", "Membership member organization"),
        ("member", "member", "Organization", "Company", "Membership organization member"),
        ("member", "member", "Organization", "Person", "Membership organization member"),
        ("member-of", "member of", "LegalEntity", "LegalEntity", "UnknownLink subject object"),
        ("employer", "employer", "Person", "Company", "Employment employee employer"),
        ("director", "director", "Company", "Person", "Directorship organization director"),
        ("owner", "owner", "Company", "Company", "Ownership asset owner"),
        ("owns", "owns", "Company", "Company", "Ownership owner asset"),
        ("owner", "owner", "Organization", "Person", "UnknownLink subject object"),
        ("relative-of", "relative of", "Person", "Person", "Family relative person"),
        ("father", "father", "Person", "Person", "Family person relative"),
        ("relative-of", "relative of", "LegalEntity", "Person", "UnknownLink subject object"),
        ("connection", "connection", "Person", "Person", "Associate person associate"),
        ("friend-of", "friend of", "Person", "Person", "Associate associate person"),
        ("controlled-by", "controlled by", "Company", "Person", "UnknownLink subject object"),
    ],
)
def test_an_edge_is_told_by_words_and_ends(
    name: str, label: str, subject: str, value: str, expected: str
) -> None:
    """The ends are named as the subject and the value stand; what is not clear is unknown."""
    found = link(name, label, subject, value)
    assert " ".join((found.schema, *found.ends)) == expected


def test_the_edges_are_those_of_the_package() -> None:
    """Each has these ends, with these ranges, and they are edges there."""
    for edge in EDGES:
        schema = model.get(edge.schema)
        assert schema is not None
        assert {schema.edge_source, schema.edge_target} == set(edge.ends)
        for name, wanted in zip(edge.ends, edge.ranges, strict=True):
            there = schema.properties[name].range
            assert there is not None
            assert model.schemata[wanted].is_a(there)
    unknown = model.schemata[UNKNOWN.schema]
    assert (unknown.edge_source, unknown.edge_target) == UNKNOWN.ends


def test_what_fits_is_what_the_package_says() -> None:
    """A company is an organisation is a legal entity; a person is no organisation."""
    names = ("Person", "Organization", "PublicBody", "Company", "LegalEntity", "Position")
    for name in names:
        for wanted in names:
            assert fits(name, wanted) == model.schemata[name].is_a(wanted), (name, wanted)


@pytest.mark.parametrize(
    ("label", "qualifiers", "expected"),
    [
        ("relative of", {"kinship": "nephew"}, "nephew"),
        ("parent of", {}, "parent"),
        ("father", {}, "father"),
        ("relative of", {"kinship": "nephew", "side": "mother"}, "relative"),
    ],
)
def test_kinship_is_as_qualified_or_as_the_property_says(
    label: str, qualifiers: dict[str, str], expected: str
) -> None:
    """The one qualifier says it, or the label."""
    assert kinship(label, qualifiers) == expected


def test_types_are_those_of_the_package() -> None:
    """Every property that is written has that type, in whatever schema it stands."""
    for schema in model.schemata.values():
        for name, prop in schema.properties.items():
            if name in TYPES and not prop.stub and schema.name in _WRITTEN:
                assert prop.type.name == TYPES[name], (schema.name, name)


_WRITTEN = {
    *("Article", "Person", "Organization", "PublicBody", "Company", "LegalEntity"),
    *("Position", "Event", UNKNOWN.schema, *(edge.schema for edge in EDGES)),
}
