"""What the tests of the intake share: a table of fields, and reading a text as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from chronicle.errors import Finding
from chronicle.intake import Draft, read

ATTRIBUTION = ("source", "locator", "speaker", "via", "asserted", "credibility", "modality")


@pytest.fixture(scope="session")
def fields() -> Mapping[str, frozenset[str]]:
    """The fields of a few kinds, as a caller would give them."""
    return {
        "source": frozenset({"id", "title", "authors", "published", "note"}),
        "entity": frozenset({"id", "type", "name"}),
        "event": frozenset({"id", "title", "when", "place", "note", *ATTRIBUTION}),
        "claim": frozenset(
            {"id", "subject", "property", "value", "valid", "event", "note", *ATTRIBUTION}
        ),
        "retraction": frozenset({"id", "retracts", "mode", "reason", *ATTRIBUTION}),
    }


@pytest.fixture
def reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: Mapping[str, frozenset[str]]
) -> Callable[[str, str | bytes], list[Draft | Finding]]:
    """Write a text to a file of that name in an empty folder and read it from there."""
    monkeypatch.chdir(tmp_path)

    def read_as(name: str, text: str | bytes) -> list[Draft | Finding]:
        Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
        return list(read([name], fields=fields))

    return read_as
