"""Views moved to other dates, or back in the log: as if they had been asked for."""

from __future__ import annotations

import pytest

from chronicle import BadQuestion, Chronicle, View
from tests.stories import story

TOLD = """
    in post  | 2015-12/..    | 2021-12-31 | 2
    replaced | 2022-01-06/.. | 2022-01-06 | 2
    relieved | 2022-01-17/.. | 2022-01-17 | 1
"""


@pytest.fixture
def told(local: Chronicle) -> Chronicle:
    """A chronicle of one post, its last claim in an append of its own."""
    records = story(TOLD)
    local.append([one for one in records if one["id"] != "relieved"])
    local.append(records)
    return local


def values(view: View) -> list[str | None]:
    """Return what a view believes."""
    return [one.value for one in view.state()]


@pytest.mark.parametrize("known", [None, "2022-01-10"])
@pytest.mark.parametrize("at", [None, "2022-01-05", "2022-01-08", "2022-02"])
def test_a_view_looks_elsewhere(told: Chronicle, at: str | None, known: str | None) -> None:
    """It answers as one made for these dates; a date left out stays as it is."""
    base = told.view(at="2022-01-20", known="2022-03-01")
    moved = base.looking(at, known)
    asked = told.view(at=at or "2022-01-20", known=known or "2022-03-01")
    assert (moved.scope, moved.head) == (asked.scope, asked.head)
    assert moved.state() == asked.state()
    assert values(base) == ["relieved"]


def test_a_view_that_looks_elsewhere_sees_the_same_log(told: Chronicle) -> None:
    """What is appended meanwhile changes nothing for it."""
    view = told.view(at="2022-01-08")
    told.append([{"kind": "retraction", "id": "back", "retracts": "replaced", "source": "press",
                  "mode": "erratum"}])  # fmt: skip
    assert values(view.looking("2022-01-20", "2022-01-08")) == ["replaced"]
    assert values(told.view(at="2022-01-20", known="2022-01-08")) == ["in post"]


@pytest.mark.parametrize("position", [0, 5, 6])
def test_a_view_goes_back_in_the_log(told: Chronicle, position: int) -> None:
    """It answers as one of the log as it was recorded then, at the same dates."""
    view = told.view(at="2022-01-20", known="2022-03-01")
    earlier = view.earlier(position)
    asked = told.view("2022-01-20", "2022-03-01", f"#{position}")
    assert earlier.as_dict() == asked.as_dict()
    assert earlier.head.size == position
    assert earlier.state() == asked.state()
    assert values(earlier.looking("2022-01-08")) == ([] if position == 0 else ["replaced"])
    assert values(view) == ["relieved"]


@pytest.mark.parametrize("dates", [("soon", None), (None, "soon"), ("2022/..", None)])
def test_dates_that_make_no_view_are_refused(
    told: Chronicle, dates: tuple[str | None, str | None]
) -> None:
    """As when they are asked for."""
    with pytest.raises(BadQuestion, match=r"--(at|known): "):
        told.view().looking(*dates)
