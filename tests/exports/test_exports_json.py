"""`json`: one document of a view, as its schema says, with the rulings of the view."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chronicle import Chronicle, View
from chronicle.exports.json import schema
from chronicle.exports.making import export
from tests.exports.conftest import AT
from tests.stories import claim, entity, source
from tests.worlds import WORLD, state_claim

pytestmark = pytest.mark.usefixtures("folder")

VALIDATOR = Draft202012Validator(schema())


def document(view: View, chronicle: Chronicle, **options: Any) -> dict[str, Any]:
    """Return the document of a view, which is as its schema says."""
    export(chronicle, "json", "view.json", view=view, **options)
    found: dict[str, Any] = json.loads(Path("view.json").read_text(encoding="utf-8"))
    beside = json.loads(Path("view.json.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(beside)
    Draft202012Validator(beside).validate(found)
    return found


def plain(ruling: dict[str, Any]) -> dict[str, Any]:
    """Return what a ruling says, without the key of its slot."""
    return {name: value for name, value in ruling.items() if name != "slot"}


def test_rulings_are_those_of_state(crisis: Chronicle) -> None:
    """With supporters and rivals, to the letter; and the view is told as there."""
    view = crisis.view(as_of="2022-01-12")
    found = document(view, crisis)
    assert found["view"] == view.as_dict()
    assert sorted(map(plain, found["rulings"]), key=str) == sorted(
        (one.as_dict() for one in view.state()), key=str
    )


def test_a_ruling_names_claims_that_are_there(crisis: Chronicle) -> None:
    """The winner, its supporters and its rivals can be looked up in the same document."""
    found = document(crisis.view(at=AT), crisis)
    claims = {one["id"] for one in found["claims"]}
    for ruling in found["rulings"]:
        rivals = [one["claim"] for one in ruling["rivals"]]
        assert {ruling["claim"], *ruling["supporters"], *rivals} <= claims


def test_a_story_and_an_entity_are_as_the_schema_says(story: Chronicle) -> None:
    """Whatever kinds of claims there are, and of whatever there are none."""
    assert document(story.view(at="2020-02-01"), story)["rulings"]
    about = document(story.view(at="2020-02-01"), story, about="ben")
    assert about["about"] == "ben"
    assert {one["id"] for one in about["entities"]} == {"ben"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("view", "root"), "0"),
        (("rulings", 0, "standing"), "sure"),
        (("rulings", 0, "rivals"), None),
        (("claims", 0, "credibility"), "7"),
        (("claims", 0, "source"), None),
        (("events", 0, "participants"), [{"who": "ada"}]),
        (("sources", 0, "more"), "x"),
    ],
)
def test_the_schema_refuses_what_no_document_holds(
    crisis: Chronicle, path: tuple[Any, ...], value: object
) -> None:
    """So that it is worth checking against."""
    found = document(crisis.view(at=AT), crisis)
    *way, last = path
    inner: Any = found
    for step in way:
        inner = inner[step]
    inner[last] = value
    assert not VALIDATOR.is_valid(found)


def test_what_later_entries_changed(local: Chronicle) -> None:
    """New and changed rows, and the keys of those that are no more."""
    local.append(WORLD)
    before = local.view("2022-03-01")
    local.append([{"kind": "retraction", "id": "no", "retracts": "tall", "mode": "erratum",
                   "asserted": "2022-02-02"}])  # fmt: skip
    found = document(local.view("2022-03-01"), local, since=before.head.size)
    assert found["since"] == before.as_dict()
    assert found["removed"] == [{"table": "rulings", "key": '["ben","height",{}]'}]
    assert [(one["id"], one["live"]) for one in found["claims"]] == [("tall", False)]
    assert not found["sources"]
    assert "removed" not in document(local.view("2022-03-01"), local)


def test_any_text_is_kept(local: Chronicle) -> None:
    """Quotes, ends of lines, other scripts, marks of other formats."""
    strange = 'a "b" \\ c\nd\u2028 </script> Ә 😀 \u202e \u0007'
    local.append(
        [
            source(title=strange),
            entity("ada", name=strange),
            {"kind": "property", "id": "mood", "label": "mood"},
            claim(strange, id="odd", subject="ada", property="mood", valid="2022-01-05"),
        ]
    )
    found = document(local.view("2022-01-05"), local)
    (ruling,) = found["rulings"]
    assert (ruling["value"], found["entities"][0]["name"]) == (strange, strange)
    assert found["sources"][0]["title"] == strange


def test_dates_of_any_age_are_kept(local: Chronicle) -> None:
    """As they were written; no bound stands in a document."""
    local.append([*WORLD, state_claim("ada", "status", "old", valid="-0044-03-15/..")])
    local.append([state_claim("ben", "status", "far", valid="Y12345")])
    found = document(local.view("2022-03-01"), local)
    valid = {one["id"]: one["valid"] for one in found["claims"]}
    assert valid["ada-status-old"] == "-0044-03-15/.."
    assert valid["ben-status-far"] == "Y12345"
    assert not [name for name in found["claims"][0] if name.endswith(("_first", "_last"))]


def test_the_schema_alone(story: Chronicle) -> None:
    """As a syntax of its own, and by the suffix it is given beside a document."""
    export(story, "json", "schema.json", syntax="schema")
    assert json.loads(Path("schema.json").read_text(encoding="utf-8")) == schema()
