"""Rules: what a property says about its values in rulings.

Values that can both be true are compatible and never dispute each other: quantities whose
ranges meet, an entity and one that it is within. `carry` bounds how long a state may be
presumed beyond its last affirmation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chronicle import quantities
from chronicle.calendar import FOREVER, Duration, add_duration, parse_duration
from chronicle.policies import BEST_KNOWN, Policy

Within = Callable[[str], str | None]
"""Takes an entity to the one that contains it, merges applied; None at the top."""


def _never(_one: str, _other: str) -> bool:
    return False


def _for_ever(_horizon: int) -> int:
    return FOREVER


@dataclass(frozen=True, slots=True)
class Rules:
    """How the values of one property behave in rulings."""

    compatible: Callable[[str, str], bool] = _never
    """Whether two different values, in normal form, can both be true."""
    carry: Callable[[int], int] = _for_ever
    """The last instant up to which a state last affirmed at a horizon may be presumed."""
    fixed: bool = False
    many: bool = False
    policy: Policy = BEST_KNOWN


PLAIN = Rules()
"""A state of one value, whose values exclude each other, carried for ever."""


def rules_of(prop: Mapping[str, Any], within: Within, policy: Policy = BEST_KNOWN) -> Rules:
    """Return the rules of a property's payload."""
    datatype = prop.get("datatype", "text")
    compatible: Callable[[str, str], bool] = _never
    if datatype == "quantity":
        compatible = _ranges_meet
    elif datatype == "entity":
        compatible = _nested(within)
    return Rules(
        compatible,
        _carry(prop.get("carry", "forever")),
        prop.get("temporal") == "fixed",
        prop.get("cardinality") == "many",
        policy,
    )


def _ranges_meet(one: str, other: str) -> bool:
    return quantities.parse(one).meets(quantities.parse(other))


def _nested(within: Within) -> Callable[[str, str], bool]:
    def contains(outer: str, inner: str) -> bool:
        seen = {inner}
        place = within(inner)
        while place is not None and place not in seen:
            if place == outer:
                return True
            seen.add(place)
            place = within(place)
        return False

    return lambda one, other: contains(one, other) or contains(other, one)


def _carry(text: str) -> Callable[[int], int]:
    if text == "forever":
        return _for_ever
    if text == "none":
        return lambda horizon: horizon
    duration: Duration = parse_duration(text)
    return lambda horizon: horizon if horizon == FOREVER else add_duration(horizon, duration)
