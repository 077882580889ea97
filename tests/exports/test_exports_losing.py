"""Why a rival is not what is held, in words."""

from __future__ import annotations

import pytest

from chronicle import Chronicle
from chronicle.exports.pieces.losing import lost
from tests.exports.conftest import AT


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("weak, the winner firm", "it is weak, what is held is firm"),
        (
            "assertion: 2022-01-05 against 2022-01-06",
            "it was said earlier, 5 January 2022 against 6 January 2022",
        ),
        (
            "first-assertion: 2022-01-06 against 2022-01-05",
            "it was said later, 6 January 2022 against 5 January 2022",
        ),
        (
            "corroboration: 1 origin against 2 origins",
            "fewer independent origins stand behind it, 1 against 2",
        ),
        (
            "credibility: 3 against 2",
            "it is less credible, 3 against 2 by the Admiralty code",
        ),
        ("basis: possible against attested", "it is possible then, what is held is attested"),
        (
            "preference: not preferred against preferred",
            "no assessment prefers it, as what is held",
        ),
        ("start: -0044-03-15 against 2022", "it begins earlier, 15 March 45 BCE against 2022"),
        ("id: a-claim against b-claim", "all else is equal, and a-claim comes before b-claim"),
        ("a denial: credibility: 3 against 2",
         "a denial; it is less credible, 3 against 2 by the Admiralty code"),
        ("its end: start: 2021-12-31 against 2022-01-01",
         "its end; it begins earlier, 31 December 2021 against 1 January 2022"),
        (
            "last affirmed 2022-01-05, the winner 2022-01-20",
            "last affirmed 5 January 2022, what is held 20 January 2022",
        ),
        ("outranked by a-claim, which denies it", "outranked by a-claim, which denies it"),
        ("odd *marks*", r"odd \*marks\*"),
    ],
)  # fmt: skip
def test_reasons_are_told_in_words(reason: str, words: str) -> None:
    """The criterion that parts a rival from what is held, and on which side either stands."""
    assert lost(reason) == words


def test_every_reason_of_the_bundled_chronicle_reads_well(crisis: Chronicle) -> None:
    """No day is left as EDTF, and no criterion by its bare name."""
    rulings = crisis.view(at=AT).state("january-unrest") + crisis.view(at=AT).state("samat-abish")
    reasons = {rival.reason for one in rulings for rival in one.rivals}
    assert len(reasons) > 5
    for reason in reasons:
        assert "2022-" not in lost(reason)
        assert "winner" not in lost(reason)
