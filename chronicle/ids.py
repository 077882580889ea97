"""Ids: slugs that name every record, derived ids for claims that have none, near matches.

An id is made of lower-case ASCII letters, digits, hyphens and underscores, and begins and
ends with a letter or a digit. It is unique over the whole log, whatever the kind.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 200
"""The longest id, in characters."""

SLUG = r"^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$"
"""The pattern of an id."""

_SLUG = re.compile(SLUG.replace("$", r"\Z"))
_NOT_SLUG = re.compile(r"[^a-z0-9_]+")


def is_id(text: str) -> bool:
    """Say whether the text may be an id."""
    return len(text) <= LONGEST and _SLUG.match(text) is not None


def slug(text: str) -> str:
    """Return the id that the text suggests ("Samat Abish" gives "samat-abish"); may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.lower()).strip("-_")[:LONGEST].rstrip("-_")


def derived(subject: str, name: str, canonical: bytes) -> str:
    """Return the id of a claim that was given none.

    It is the subject, the property and the first 12 hexadecimal digits of the SHA-256 of the
    claim's canonical form, so that the same claim gets the same id wherever it is appended.
    """
    digest = hashlib.sha256(canonical).hexdigest()[:12]
    room = LONGEST - len(digest) - 2
    stem = f"{subject}-{name}"[:room]
    return f"{stem}-{digest}"


def near(
    wanted: str, known: Iterable[str], most: int = 3, likeness: float = 0.6
) -> tuple[str, ...]:
    """Return the known names that look like the wanted one, best first, at most `most`.

    `likeness` is the least ratio of matching characters, 0 to 1.
    """
    import difflib  # noqa: PLC0415  # only a wrong name needs it

    return tuple(difflib.get_close_matches(wanted, list(known), n=most, cutoff=likeness))
