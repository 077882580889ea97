"""Search: what is found by which words, the same over both stores."""
# ruff: noqa: RUF001  # names in Cyrillic letters and in quotes are what is searched here

from __future__ import annotations

from typing import Any

import pytest

from chronicle import BadQuestion, Chronicle
from chronicle.search import Hit, folded, words_of
from tests.stores import content, rows
from tests.stories import claim, entity, merge, property_, source

RECORDS: list[dict[str, Any]] = [
    source(title="Kazakhstan’s “Bloody January”", authors=["Erica Marat", "Ådne Öz"]),
    entity("abish", name="Samat Ábish", aliases=["Самат Әбіш", "Abish, S."]),
    entity("tokayev", name="Kassym-Jomart Tokayev", identifiers={"wikidata": "Q152473"}),
    entity("office", name="office_of_the_chair/deputy", description="See example.org"),
    property_("status", datatype="term", values=["relieved", {"value": "on-leave"}]),
    claim("relieved", subject="abish", valid="2022-01-17", verbatim="освобожден от должности"),
    claim("nothing", id="none", subject="tokayev", valid="2022-01-17"),
]

FOUND = {
    "abish": ["abish"],
    "ÁBISH": ["abish"],
    "abi": ["abish"],
    "samat abish": ["abish"],
    "abish samat": ["abish"],
    "самат": ["abish"],
    "САМАТ Әбі": ["abish"],
    "bish": [],
    "abish tokayev": [],
    "jomart kass": ["tokayev"],
    "kassym-jomart": ["tokayev"],
    "q152": ["tokayev"],
    "kazakhstan's": ["press"],
    "adne oz": ["press"],
    "“bloody”": ["press"],
    "relieved": ["relieved", "status"],
    "on-leave": ["status"],
    "освобожден": ["relieved"],
    "chair": ["office"],
    "deputy": ["office"],
    "org": ["office"],
    "example.org": ["office"],
    "of the": ["office"],
    "nothing": [],
}
"""What is asked for, and the ids that are found."""

HOSTILE = (
    'abish"', "abish*", "abish:*", "-abish", "^abish", "(abish", "{abish}", "abish)", "'abish'",
    "abish\\", "abish%", "abish;", "words:abish", "abish & samat", "abish | !x", "abish <-> samat",
    "abish AND samat", "NOT abish", "abish OR samat", "NEAR(abish samat)", "NULL abish", ":abish",
    "?abish", "%(wanted)s abish", "abish\x00samat", "abish\n", "\ud800abish", "ﬁ abish", "ª abish",
    "abish " * 500,
)  # fmt: skip
"""Texts that mean something to one database or the other, or to the driver between."""


@pytest.fixture
def filled(chronicle: Chronicle) -> Chronicle:
    """A chronicle of names in several letters."""
    chronicle.append(RECORDS)
    return chronicle


def ids(chronicle: Chronicle, wanted: str) -> list[str]:
    """Return the ids that are found, in order of the alphabet."""
    return sorted(hit.id for hit in chronicle.search(wanted))


def test_records_are_found_by_the_beginnings_of_their_words(filled: Chronicle) -> None:
    """Every word asked for has to be there, in any case, order and spelling of its letters."""
    assert {wanted: ids(filled, wanted) for wanted in FOUND} == FOUND


def test_no_text_is_a_command(filled: Chronicle) -> None:
    """Whatever is typed is looked for as words."""
    for wanted in HOSTILE:
        assert set(ids(filled, wanted)) <= {"abish"}, wanted
    assert ids(filled, "abish") == ["abish"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("", "nothing to search for"),
        (" … — & !", "nothing to search for"),
        ("a" * 3000, "more than 200 letters"),
    ],
)
def test_what_holds_no_word_is_refused(local: Chronicle, wanted: str, said: str) -> None:
    """There is nothing to look for, or what no index can hold."""
    with pytest.raises(BadQuestion, match=said):
        local.search(wanted)


def test_a_hit_shows_names_as_written(filled: Chronicle) -> None:
    """Folding letters is for finding alone."""
    (hit,) = filled.search("abish")
    assert hit == Hit("abish", "entity", "Samat Ábish\nСамат Әбіш\nAbish, S.", "abish")
    assert hit.as_dict() == {
        "id": "abish",
        "kind": "entity",
        "read_as": "abish",
        "words": ["Samat Ábish", "Самат Әбіш", "Abish, S."],
    }


def test_what_is_appended_later_is_found_too(filled: Chronicle, made: str) -> None:
    """The index takes in what is new before it answers, and each record once."""
    assert ids(filled, "new") == []
    filled.append([entity("newcomer", name="New Comer")])
    assert ids(filled, "new") == ["newcomer"]
    filled.append([source("newer", title="Newer")])
    assert ids(filled, "new") == ["newcomer", "newer"]
    assert rows(made, "SELECT id FROM search GROUP BY id HAVING count(*) > 1") == []


def test_more_entries_than_a_batch_are_taken_in(local: Chronicle) -> None:
    """The index catches up over any number of entries."""
    local.append(entity(f"n{number}") for number in range(4500))
    assert ids(local, "n4499") == ["n4499"]
    assert len(local.search("n", most=5000)) == 4500


def test_no_more_hits_than_asked_for(filled: Chronicle) -> None:
    """The best matches come first, and only so many."""
    filled.append(entity(f"e{number}", name=f"Twin {number}") for number in range(5))
    filled.append([entity("most", name="Twin Twin Twin Twin")])
    found = [hit.id for hit in filled.search("twin", most=3)]
    assert found == ["most", "e0", "e1"]


def test_a_search_does_not_wait_for_a_writer(made: str) -> None:
    """While another process writes, what the index has not taken in is read from the log."""
    with Chronicle.open(made) as one, Chronicle.open(made) as other:
        one.append(RECORDS)
        with one.database.writing():
            assert {wanted: ids(other, wanted) for wanted in FOUND} == FOUND
            # Each of them waits a moment for the writer.
            for wanted in HOSTILE[:5]:
                assert set(ids(other, wanted)) <= {"abish"}, wanted
            assert [hit.id for hit in other.search("relieved", most=1)] == ["status"]
        assert content(made, ("search",)) == {"search": []}
        assert {wanted: ids(other, wanted) for wanted in FOUND} == FOUND
        assert content(made, ("search",)) != {"search": []}


def test_what_the_index_holds_stands_before_what_it_does_not(made: str) -> None:
    """Beside a writer the newest come last, each record once, and no more than asked for."""
    with Chronicle.open(made) as one, Chronicle.open(made) as other:
        one.append([entity("ada", name="Ada Ada"), entity("adam", name="Adam, or just some Adam")])
        assert [hit.id for hit in other.search("ada")] == ["ada", "adam"]
        one.append([entity("adana", name="Ada"), entity("ben"), entity("adele", name="Adagio")])
        with one.database.writing():
            found = [hit.id for hit in other.search("ada")]
            assert found == ["ada", "adam", "adana", "adele"]
            for most in range(1, 5):
                assert [hit.id for hit in other.search("ada", most)] == found[:most]
        assert sorted(hit.id for hit in other.search("ada")) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ábish's", ["abish", "s"]),
        ("office_of-the chair", ["office", "of", "the", "chair"]),
        ("Straße ﬁn ②", ["strasse", "fin", "2"]),
        ("ΜΆΪΟΣ", ["μαιοσ"]),
        ("Ёлка й", ["елка", "и"]),
        ("  ", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    """Case, diacritics, ligatures and punctuation do not count."""
    assert folded(text) == words


def test_a_record_is_found_by_its_names_titles_and_values() -> None:
    """Each once, one a line; ids and numbers of schemas are no words."""
    assert words_of(RECORDS[0]) == "Kazakhstan’s “Bloody January”\nErica Marat\nÅdne Öz"
    assert words_of(entity("x", name="X", aliases=["Y", "X"])) == "X\nY"
    assert words_of(claim("nothing", valid="2022")) == ""
    assert words_of({"kind": "merge", "id": "m"}) == ""


def test_a_hit_says_by_which_id_it_is_read(filled: Chronicle) -> None:
    """A merge joins records, and each stays as it was found; its reversal parts them again."""
    filled.append([merge("abish", "tokayev", id="one")])
    assert [(hit.id, hit.read_as) for hit in filled.search("tokayev")] == [("tokayev", "abish")]
    assert [(hit.id, hit.read_as) for hit in filled.search("samat")] == [("abish", "abish")]
    filled.append([merge("abish", "tokayev", id="two", judgement="distinct")])
    assert [(hit.id, hit.read_as) for hit in filled.search("tokayev")] == [("tokayev", "tokayev")]
