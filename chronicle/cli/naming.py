"""Naming: what ids are called, for readers who do not type them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chronicle.cli.cells import qualified, readable, valued, voiced
from chronicle.payloads import Payload
from chronicle.views import View


@dataclass(frozen=True, slots=True)
class Naming:
    """Names of records; what it lacks is shown by its id."""

    records: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, Payload] = field(default_factory=dict)

    def of(self, name: str | None) -> str:
        """Return what a record is called; a claim by what it says; "" for none."""
        return self.records.get(name or "", name or "")

    def value(
        self,
        name: str | None,
        value: str | None,
        *,
        none: bool = False,
        denies: bool = False,
        unknown: bool = False,
    ) -> str:
        """Return what a claim or ruling says of a property; an entity by its name."""
        prop = self.properties.get(name or "", {})
        called = self.of(value) if prop.get("datatype") == "entity" else value
        return readable(valued(called, none=none, denies=denies, unknown=unknown))

    def slot(self, name: str, qualifiers: Mapping[str, str]) -> str:
        """Return a property by its label, with its qualifiers."""
        called = {key: self.of(one) for key, one in qualifiers.items()}
        return qualified(self.properties.get(name, {}).get("label", name), called)

    def voice(self, speaker: str | None, via: Sequence[str] = ()) -> str:
        """Return who said something, and through whom."""
        return voiced(self.of(speaker), map(self.of, via))


def named(view: View, names: Iterable[str]) -> Naming:
    """Return what some records are called: a name, a title, or what a claim says."""
    payloads = view.reader.details(names)
    claims = {name: one for name, one in payloads.items() if one["kind"] == "claim"}
    values = view.reader.details(one["value"] for one in claims.values() if "value" in one)
    records = {
        name: one.get("title") or one.get("name") or name
        for name, one in {**values, **payloads}.items()
    }
    naming = Naming(records, view.reader.properties)
    said = {
        name: naming.value(
            one["property"], one.get("value"), none="none" in one, denies="denies" in one
        )
        for name, one in claims.items()
    }
    return Naming({**records, **said}, view.reader.properties)


IDS = Naming()
"""Shows every record by its id."""
