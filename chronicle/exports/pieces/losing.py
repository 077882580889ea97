"""Losing: why a rival is not what is held, in a sentence for readers of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chronicle.exports.wording import dated
from chronicle.marks import plain

_WORDS: Mapping[str, str] = {
    "preference": "no assessment prefers it, as what is held",
    "basis": "it is {} then, what is held is {}",
    "credibility": "it is less credible, {} against {} by the Admiralty code",
    "corroboration": "fewer independent origins stand behind it, {} against {}",
    "start": "it begins earlier, {} against {}",
    "assertion": "it was said earlier, {} against {}",
    "first-assertion": "it was said later, {} against {}",
    "id": "all else is equal, and {} comes before {}",
}
"""What is told of a criterion in which a rival and what is held differ."""

_COMPARED = re.compile(r"(?:(a denial|its end): )?([a-z-]+): (.+) against (.+)")
_BANDS = re.compile(r"(\w+), the winner (\w+)")
_DAY = re.compile(r"(?:-?\d{4}|Y-?\d{5,11})-\d\d-\d\d")


def lost(reason: str) -> str:
    """Return the reason that a ruling gives for a rival, for a page of Markdown."""
    bands = _BANDS.fullmatch(reason)
    if bands:
        return f"it is {bands[1]}, what is held is {bands[2]}"
    compared = _COMPARED.fullmatch(reason)
    if compared and compared[2] in _WORDS:
        words = _WORDS[compared[2]].format(_told(compared[3]), _told(compared[4]))
        return f"{compared[1]}; {words}" if compared[1] else words
    return _told(reason.replace("the winner", "what is held"))


def _told(text: str) -> str:
    """Return a text with its days in words, and numbers of origins alone."""
    text = re.sub(r"^(\d+) origins?$", r"\1", text)
    return _DAY.sub(lambda found: dated(found[0]) or found[0], plain(text))
