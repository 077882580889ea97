"""Notes: a ruling in words says all that would mislead if it were left out."""

from __future__ import annotations

import pytest

from chronicle import Chronicle
from chronicle.exports.dossiers.notes import note
from chronicle.exports.extract import Extract
from chronicle.exports.items import flat
from tests.exports.conftest import AT


@pytest.fixture(scope="module")
def notes(crisis: Chronicle, story: Chronicle) -> dict[str, str]:
    """The notes of both chronicles by the claims that win."""
    found = {}
    for chronicle in (crisis, story):
        view = chronicle.view(at=AT)
        with view.database.reading() as connection:
            extract = Extract(view, connection)
            for item in flat(extract.groups()):
                if item.table == "rulings" and item.row is not None:
                    found[item.row["claim"]] = note(extract, item.row)
    return found


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("hat-red", "hat: red; disputed [gazette]"),
        ("us-ambassador-vacant-cornell", "holder: none; valid 2021-10/..; presumed [cornell-2022]"),
        ("toll-town", "toll (area: town): 2 [gazette]"),
        (
            "aliya-daughter-cornell",
            "relative of (kinship: daughter): Nursultan Nazarbayev; unconfirmed [cornell-2022]",
        ),
        ("abish-at-large-gis", "custody: at-large; valid 2022-03~; presumed [gis-2022]"),
    ],
)
def test_a_note_says_what_is_believed_and_how_firmly(
    notes: dict[str, str], claim: str, expected: str
) -> None:
    """The value by its name, when it holds, the standing, the basis, the source."""
    assert notes[claim] == expected


def test_a_note_names_the_speaker_and_the_unit(notes: dict[str, str]) -> None:
    """Whoever said it by name; an amount with what is counted."""
    found = (
        "deaths (area: Almaty): 103 persons; as Health ministry of Kazakhstan says [cornell-2022]"
    )
    assert found in notes.values()
