"""Notes: rulings in words, where a format has no field for what they say."""

from __future__ import annotations

from chronicle.exports.extract import Extract
from chronicle.exports.items import Row
from chronicle.ids import is_id


def note(extract: Extract, ruling: Row) -> str:
    """Return a ruling in words, with all that would mislead if it were left out.

    `status: relieved; valid 2022-01-17/..; presumed; as Ben says [gazette]` is what is believed,
    when it holds (EDTF), that nobody affirms the date itself, who says so, and in which source.
    """
    prop = extract.view.reader.properties[ruling["property"]]
    value = shown_value(extract, ruling)
    unit = f" {prop['unit']}" if prop.get("unit") and not ruling["none"] else ""
    parts = [f"{label(extract, ruling)}: {value}{unit}"]
    if ruling["valid"]:
        parts.append(f"valid {ruling['valid']}")
    if ruling["standing"] != "settled":
        parts.append(ruling["standing"])
    if ruling["basis"] != "attested":
        parts.append(ruling["basis"])
    if ruling["speaker"]:
        parts.append(f"as {extract.name_of(ruling['speaker'])} says")
    return f"{'; '.join(parts)} [{ruling['source']}]"


def label(extract: Extract, ruling: Row) -> str:
    """Return what the property of a ruling is called, with its qualifiers."""
    name = str(extract.view.reader.properties[ruling["property"]]["label"])
    told = [
        f"{qualifier}: {_named(extract, value)}"
        for qualifier, value in ruling["qualifiers"].items()
    ]
    return f"{name} ({', '.join(told)})" if told else name


def shown_value(extract: Extract, ruling: Row) -> str:
    """Return the value of a ruling as people read it: an entity by its name."""
    if ruling["none"]:
        return "none"
    prop = extract.view.reader.properties[ruling["property"]]
    value = str(ruling["value"])
    return extract.name_of(value) if prop.get("datatype") == "entity" else value


def _named(extract: Extract, value: str) -> str:
    """Return the name of a qualifier's value if it is the id of something, else the value."""
    return extract.name_of(value) if is_id(value) else value
