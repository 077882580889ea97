"""Portraits: a thing has the schema of its type, and only what is believed of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chronicle import Chronicle
from chronicle.exports.extract import Extract
from chronicle.exports.followthemoney import FORMAT
from chronicle.exports.items import flat
from tests.stores import Clock, Files
from tests.stories import claim, entity, property_, retraction, slug, source

Row = dict[str, Any]

AT = "2022-03-01"


def edge(name: str, **fields: Any) -> Row:
    """Return a property whose values are entities."""
    return property_(
        name, datatype="entity", **{"temporal": "fixed", "cardinality": "many", **fields}
    )


def fact(subject: str, name: str, value: str, **fields: Any) -> Row:
    """Return a claim of a fact, said in February."""
    more = {"id": slug(f"{subject}-{name}-{value}"), "said": "2022-02-01", **fields}
    return claim(value, subject=subject, property=name, **more)


def happening(name: str, when: str, **fields: Any) -> Row:
    """Return an event, reported in February."""
    said = {"source": "press", "asserted": "2022-02-01"}
    return {"kind": "event", "id": name, "title": name, "when": when, **said, **fields}


WORLD: list[Row] = [
    source(
        "press",
        title="The Press",
        authors=["Ada", "Ben"],
        publisher="House",
        published="2022-01-06",
        url="https://example.org/press",
        language="en-GB",
        medium="report",
        note="Read twice.",
        document={"name": "press.txt", "sha256": "0" * 64},
        derives_from=["wire"],
    ),
    source("wire", published="2022-03~", url="not an address", language="xx", read="no"),
    entity("ada", type="person", aliases=["A."], identifiers={"wikidata": "Q42", "viaf": "7"}),
    entity("ben", type="person", description="A clerk.", within="crowd"),
    entity("eve", type="person"),
    entity("state_body", type="organisation", within="town"),
    entity("ministry", type="Public-Body", within="state_body"),
    entity("firm", type="company"),
    entity("crowd", type="group"),
    entity("chair", type="office", within="ministry"),
    entity("seat", type="office", within="town"),
    entity("throne", type="office"),
    entity("bench", type="office"),
    entity("stool", type="office"),
    entity("town", type="place"),
    entity("tower", type="thing", within="town"),
    property_("holder", datatype="entity"),
    property_("lead", datatype="entity", label="heir to"),
    property_("mood"),
    property_("name"),
    property_("whereabouts", datatype="entity"),
    edge("member-of", qualifiers=["role"]),
    edge("owner"),
    edge("relative-of", qualifiers=["kinship"]),
    fact("chair", "holder", "ada", valid="2022-01-06/.."),
    fact("seat", "holder", "ben", valid="[2022-01-06..2022-01-17]"),
    fact("throne", "holder", "eve", valid="2022-01-09", credibility="4"),
    fact("bench", "holder", "eve", valid="2022-02-20/..", modality="planned"),
    fact("bench", "lead", "ada", valid="2021/2023"),
    fact("stool", "holder", "eve", valid="2021/2022-03", said="2022-04-01"),
    fact("ada", "mood", "glad", valid="2022-01-01/.."),
    fact("eve", "mood", "sad", valid="2022-01-01/..", denies=True),
    fact("state_body", "name", "Body of State", valid="2022-01-01/.."),
    fact("ben", "whereabouts", "town", valid="2022-01-01"),
    fact("ada", "member-of", "state_body", qualifiers={"role": "treasurer"}),
    fact("firm", "owner", "ben"),
    fact("ben", "relative-of", "ada", qualifiers={"kinship": "son"}),
    fact("ada", "relative-of", "tower", qualifiers={"kinship": "guard"}),
    happening(
        "rally",
        "2022-01-02/2022-01-05",
        summary="A rally.",
        place="town",
        participants=[
            {"entity": "ada", "role": "organizer"},
            {"entity": "crowd"},
            {"entity": "ben", "role": "speaker"},
            {"entity": "town", "role": "host"},
            {"entity": "chair", "role": "post concerned"},
        ],
    ),
    happening("rumour", "2022-01-03"),
    retraction("rumour", "2022-02-03"),
    happening("quarrel", "2022-01-07"),
    fact("quarrel", "when", "2022-01-08"),
]


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Row]]:
    """The entities of this world by id; of an edge, by its claim."""
    with Chronicle.open(Files(tmp_path_factory.mktemp("painted")).made(), clock=Clock()) as one:
        one.append(WORLD)
        yield entities(one)


def entities(chronicle: Chronicle, about: str | None = None) -> dict[str, Row]:
    """Return the entities of a chronicle by id; an edge by the claim that it records."""
    view = chronicle.view(at=AT)
    with view.database.reading() as connection:
        items = list(flat(FORMAT.groups(Extract(view, connection, about))))
    rows = [one.row for one in items if one.table == "entities" and one.row is not None]
    return {"".join(row["properties"].get("recordId", ())) or row["id"]: dict(row) for row in rows}


def test_things_have_the_schema_of_their_type(painted: dict[str, Row]) -> None:
    """However the type is written; places and things have none and are left out."""
    expected = {
        "ada": "Person",
        "state.body": "Organization",
        "ministry": "PublicBody",
        "firm": "Company",
        "crowd": "LegalEntity",
        "chair": "Position",
        "rally": "Event",
        "press": "Article",
    }
    assert {name: painted[name]["schema"] for name in expected} == expected
    assert not {"town", "tower"} & painted.keys()


def test_a_person_has_names_and_ids(painted: dict[str, Row]) -> None:
    """What has no form is a note: an id of another scheme, a text."""
    assert painted["ada"]["properties"] == {
        "name": ["ada"],
        "alias": ["A."],
        "wikidataId": ["Q42"],
        "notes": [
            "viaf: 7",
            "mood: glad; valid 2022-01-01/..; presumed [press]",
            "relative-of (kinship: guard): tower [press]",
        ],
        "proof": ["press"],
    }
    assert painted["ada"]["caption"] == "ada"


def test_what_is_not_believed_is_not_told(painted: dict[str, Row]) -> None:
    """A denial says nothing that holds; an event that was withdrawn is not there."""
    assert painted["eve"]["properties"] == {"name": ["eve"]}
    assert "rumour" not in painted


def test_a_name_that_is_believed_is_a_name(painted: dict[str, Row]) -> None:
    """Beside the one of the record; what contains it is named, as it is not there itself."""
    properties = painted["state.body"]["properties"]
    assert properties["name"] == ["state_body", "Body of State"]
    assert properties["notes"] == ["within: town"]


def test_an_office_belongs_to_its_organisation(painted: dict[str, Row]) -> None:
    """Within a place it is a note; a body within another is joined to it."""
    assert painted["chair"]["properties"]["organization"] == ["ministry"]
    assert painted["seat"]["properties"]["notes"] == ["within: town"]
    within = {
        tuple(one["properties"][end][0] for end in ("subject", "object"))
        for one in painted.values()
        if one["properties"].get("role") == ["within"]
    }
    assert within == {("ministry", "state.body"), ("ben", "crowd")}


def test_an_office_is_held_by_who_is_believed_to_hold_it(painted: dict[str, Row]) -> None:
    """Since when, if that is exact; whether still, if that is settled."""
    held = painted["chair-holder-ada"]
    assert held["schema"] == "Occupancy"
    assert held["properties"] == {
        "holder": ["ada"],
        "post": ["chair"],
        "startDate": ["2022-01-06"],
        "status": ["current"],
        "description": ["holder: ada; valid 2022-01-06/..; presumed [press]"],
        "recordId": ["chair-holder-ada"],
        "publisher": ["House"],
        "sourceUrl": ["https://example.org/press"],
    }
    vague = painted["seat-holder-ben"]["properties"]
    assert not vague.keys() & {"date", "startDate", "endDate"}
    assert "valid [2022-01-06..2022-01-17]" in vague["description"][0]
    assert vague["status"] == ["current"]


def test_what_is_not_settled_is_not_current(painted: dict[str, Row]) -> None:
    """Who is only said to hold an office may; who is expected to does not hold it yet."""
    said = painted["throne-holder-eve"]
    assert (said["schema"], said["properties"]["status"]) == ("Occupancy", ["unknown"])
    assert said["properties"]["date"] == ["2022-01-09"]
    assert "unconfirmed" in said["properties"]["description"][0]
    ended = painted["stool-holder-eve"]["properties"]
    assert (ended["endDate"], ended["status"]) == (["2022-03"], ["unknown"])
    expected = painted["bench-holder-eve"]
    assert (expected["schema"], expected["properties"]["status"]) == ("UnknownLink", ["expected"])


def test_other_edges_say_what_their_property_says(painted: dict[str, Row]) -> None:
    """By schema where that is clear, by role where it is not."""
    heir = painted["bench-lead-ada"]
    assert (heir["schema"], heir["properties"]["role"]) == ("UnknownLink", ["heir to"])
    assert heir["properties"]["startDate"] == ["2021"]
    assert heir["properties"]["endDate"] == ["2023"]
    member = painted["ada-member-of-state-body"]
    assert (member["schema"], member["properties"]["role"]) == ("Membership", ["treasurer"])
    owner = painted["firm-owner-ben"]
    assert (owner["properties"]["owner"], owner["properties"]["asset"]) == (["ben"], ["firm"])
    kin = painted["ben-relative-of-ada"]["properties"]
    assert (kin["relative"], kin["relationship"], kin["person"]) == (["ben"], ["son"], ["ada"])


def test_whoever_is_joined_to_what_is_not_there_has_a_note(painted: dict[str, Row]) -> None:
    """A place is named, and where someone was seen is not where he is."""
    (note,) = painted["ben"]["properties"]["notes"]
    assert note == "whereabouts: town; valid 2022-01-01; presumed [press]"
    assert "ben-whereabouts-town" not in painted


def test_an_event_has_a_time_a_place_and_those_who_took_part(painted: dict[str, Row]) -> None:
    """As what they took part is a note, but for who organised it."""
    assert painted["rally"]["properties"] == {
        "name": ["rally"],
        "summary": ["A rally."],
        "startDate": ["2022-01-02"],
        "endDate": ["2022-01-05"],
        "location": ["town"],
        "organizer": ["ada"],
        "involved": ["crowd", "ben"],
        "notes": [
            "participant (role: host): town [press]",
            "participant (role: post concerned): chair [press]",
            "participant (role: speaker): ben [press]",
        ],
        "proof": ["press"],
    }


def test_a_date_that_is_disputed_is_told_so(painted: dict[str, Row]) -> None:
    """The best-known one is the date, with a note."""
    properties = painted["quarrel"]["properties"]
    (date,) = properties["date"]
    assert properties["notes"] == [f"when: {date}; disputed [press]"]


def test_a_source_is_an_article(painted: dict[str, Row]) -> None:
    """With what has a form; the rest are notes, as is whether anybody here has read it."""
    assert painted["press"]["properties"] == {
        "title": ["The Press"],
        "author": ["Ada", "Ben"],
        "publisher": ["House"],
        "publishedAt": ["2022-01-06"],
        "sourceUrl": ["https://example.org/press"],
        "language": ["eng"],
        "fileName": ["press.txt"],
        "notes": ["medium: report", "Read twice."],
    }
    assert painted["wire"]["properties"] == {
        "title": ["wire"],
        "notes": [
            "published: 2022-03~",
            "url: not an address",
            "language: xx",
            "known only through others",
        ],
    }
    repeats = [one for one in painted.values() if one["properties"].get("role") == ["derives from"]]
    assert [(one["properties"]["subject"], one["properties"]["object"]) for one in repeats] == [
        (["press"], ["wire"])
    ]


def test_what_was_said_later_was_seen_later(local: Chronicle, clock: Clock) -> None:
    """First when the log took in the first claim that says so, last with the last."""
    local.append(WORLD)
    first = clock().isoformat()[:19]
    clock.forward(days=3)
    local.append(
        [
            source("later"),
            fact("chair", "holder", "ada", id="so", valid="2022-01-06/..", source="later"),
        ]
    )
    found = entities(local)
    held = next(one for one in found.values() if one["properties"].get("post") == ["chair"])
    assert (held["first_seen"], held["last_seen"]) == (first, clock().isoformat()[:19])


def test_ids_of_edges_stay(painted: dict[str, Row], local: Chronicle) -> None:
    """Whatever else the log holds, and whichever claim wins."""
    local.append(WORLD)
    local.append(
        [
            source("later"),
            fact("chair", "holder", "ada", id="so", valid="2022-01-07/..", source="later"),
        ]
    )
    found = [one for one in entities(local).values() if one["properties"].get("post") == ["chair"]]
    assert [one["id"] for one in found] == [painted["chair-holder-ada"]["id"]]
    assert found[0]["properties"]["recordId"] == ["so"]


def test_merged_ids_are_told_with_the_one_that_stands_for_them(local: Chronicle) -> None:
    """Names, aliases, descriptions and claims of all of them."""
    merged = {"kind": "merge", "id": "same", "into": "eve", "from": ["ben"], "reason": "seen"}
    local.append([*WORLD, merged])
    found = entities(local)
    assert "ben" not in found
    assert found["eve"]["referents"] == ["ben"]
    properties = found["eve"]["properties"]
    assert (properties["alias"], properties["summary"]) == (["ben"], ["A clerk."])
    assert found["firm-owner-ben"]["properties"]["owner"] == ["eve"]


@pytest.mark.parametrize("about", ["ada", "ben", "rally", "chair", "state_body", "throne"])
def test_what_is_about_one_entity_holds_all_that_it_names(local: Chronicle, about: str) -> None:
    """Ends of edges, sources, organisations: they are there, or only named."""
    merged = {"kind": "merge", "id": "same", "into": "eve", "from": ["ben"], "reason": "seen"}
    local.append([*WORLD, merged])
    found = entities(local, about)
    ids = {one["id"] for one in found.values()}
    ends = ("holder", "post", "member", "organization", "owner", "asset", "person", "relative")
    for one in found.values():
        for name in (*ends, "subject", "object", "proof", "involved", "organizer"):
            assert ids.issuperset(one["properties"].get(name, ())), (one["id"], name)
    assert 0 < len(ids) < len(entities(local))
