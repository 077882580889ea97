"""Tables: what the tables of an export hold, declared once for every format.

Each format writes the same rows; from these columns it makes its own schema (JSON Schema,
Frictionless, Arrow, SQL), so that no two of them can differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "text",
    "integer",
    "boolean",
    "date",
    "instant",
    "moment",
    "texts",
    "texts by name",
    "object",
    "objects",
]
"""What a column holds.

A *date* is EDTF as written; an *instant* is one of its bounds, in seconds as in `calendar`, None
where it is open; a *moment* is when the log took something in, as the log writes it (UTC). All
columns but lists, mappings and booleans may be None.
"""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    """Whether it never is None."""
    choices: tuple[str, ...] = ()
    refers: str = ""
    """The table whose key it holds, or of each of its values; none is missing there."""
    parts: tuple[Column, ...] = ()
    """Of an object, or of each of several."""
    bounds: str = ""
    """The column of dates that it is worked out from: a bound, which JSON leaves out."""


@dataclass(frozen=True)
class Table:
    """One table: its rows are unique by their key, and come in its order."""

    name: str
    about: str
    key: str
    columns: tuple[Column, ...]

    @cached_property
    def plain(self) -> tuple[Column, ...]:
        """The columns that are not worked out from others."""
        return tuple(column for column in self.columns if not column.bounds)


def _dated(name: str, about: str, refers: str = "") -> Iterator[Column]:
    """Yield a column of dates, and those of its bounds."""
    yield Column(name, "date", about, refers=refers)
    for end in ("first", "last"):
        text = f"The {end} second of `{name}`; empty where it is open."
        yield Column(f"{name}_{end}", "instant", text, bounds=name)


_ID = Column("id", "text", "Its id.", required=True)

_ENTERED = (
    Column("position", "integer", "Its position in the log; empty for what is built in."),
    Column("recorded_at", "moment", "When the log took it in, UTC."),
)

SOURCES = Table(
    "sources",
    "The documents that report statements.",
    "id",
    (
        _ID,
        Column("title", "text", "Its title.", required=True),
        Column("authors", "texts", "Who wrote it."),
        Column("publisher", "text", "Who published it."),
        *_dated("published", "When it came out, EDTF."),
        Column("url", "text", "Where it is."),
        Column("language", "text", "Its language."),
        Column("medium", "text", "What kind of document it is."),
        Column("derives_from", "texts", "The sources that it repeats.", refers="sources"),
        Column(
            "read",
            "text",
            "Whether the maintainers read it, or know it through others.",
            required=True,
            choices=("yes", "no"),
        ),
        Column("note", "text", "What else there is to say."),
        Column(
            "document",
            "object",
            "The file that was read.",
            parts=(
                Column("name", "text", "Its name.", required=True),
                Column("sha256", "text", "The SHA-256 of its bytes.", required=True),
            ),
        ),
        *_ENTERED,
    ),
)

PROPERTIES = Table(
    "properties",
    "What can be said of a subject, and how its values behave.",
    "id",
    (
        _ID,
        Column("label", "text", "What it is called.", required=True),
        Column("description", "text", "What it means."),
        Column(
            "datatype",
            "text",
            "What its values are.",
            required=True,
            choices=("text", "term", "entity", "quantity", "date"),
        ),
        Column(
            "temporal",
            "text",
            "Whether it holds for a time.",
            required=True,
            choices=("state", "fixed"),
        ),
        Column(
            "cardinality",
            "text",
            "Whether values compete, or each is ruled on by itself.",
            required=True,
            choices=("one", "many"),
        ),
        Column(
            "values",
            "objects",
            "The terms that it may take.",
            parts=(
                Column("value", "text", "The term.", required=True),
                Column("description", "text", "What it means."),
            ),
        ),
        Column("unit", "text", "The unit of its quantities."),
        Column("qualifiers", "texts", "The qualifiers that its claims may carry."),
        Column(
            "carry",
            "text",
            "How long a state may be presumed: forever, none, or an ISO 8601 duration.",
            required=True,
        ),
        *_ENTERED,
    ),
)

ENTITIES = Table(
    "entities",
    "Persons, organisations, places, offices, groups.",
    "id",
    (
        _ID,
        Column("type", "text", "What it is.", required=True),
        Column("name", "text", "Its name.", required=True),
        Column("aliases", "texts", "Its other names."),
        Column("identifiers", "texts by name", "Its ids elsewhere, by scheme."),
        Column("within", "text", "What contains it."),
        Column("description", "text", "What there is to say of it."),
        Column(
            "read_as",
            "text",
            "The id that stands for it in rulings: its own, unless it was merged.",
            required=True,
        ),
        *_ENTERED,
    ),
)

EVENTS = Table(
    "events",
    "What happened, as the view knows it.",
    "id",
    (
        _ID,
        Column("title", "text", "What it is called.", required=True),
        Column("summary", "text", "What happened."),
        *_dated("when", "Its best-known date, EDTF."),
        Column("precision", "text", "The unit in which that date is stated."),
        Column("place", "text", "Its best-known place."),
        Column(
            "participants",
            "objects",
            "Who took part.",
            parts=(
                Column("entity", "text", "Who.", required=True),
                Column("role", "text", "As what."),
            ),
        ),
        Column("standing", "text", "How its date stands, as of a ruling.", required=True),
        Column("claim", "text", "The claim that dates it.", refers="claims"),
        Column("source", "text", "The source of its record.", required=True, refers="sources"),
        Column(
            "dates",
            "objects",
            "Every date that is given, the best known first, and by whom.",
            parts=(
                Column("when", "date", "The date, EDTF.", required=True),
                Column("sources", "texts", "The sources that give it."),
            ),
        ),
    ),
)

CLAIMS = Table(
    "claims",
    "Every statement that had been made by the date of the view, as recorded.",
    "id",
    (
        _ID,
        Column("subject", "text", "What it is about.", required=True),
        Column("property", "text", "What of it.", required=True, refers="properties"),
        Column("value", "text", "What it says that this is."),
        Column("none", "boolean", "It says that there is no value."),
        Column("unknown", "boolean", "The source says that it does not know."),
        Column("denies", "boolean", "It says that this value does not hold."),
        Column("qualifiers", "texts by name", "What else names its slot."),
        *_dated("valid", "When it held, EDTF; empty for a fixed property."),
        Column("source", "text", "The document that was read.", required=True, refers="sources"),
        Column("locator", "text", "Where in it."),
        Column("speaker", "text", "Who said it, as the document reports."),
        Column("via", "texts", "Who relayed it, the nearest to the speaker first."),
        *_dated("asserted", "When it was said, EDTF."),
        Column(
            "credibility",
            "text",
            "The Admiralty code, as judged when it was recorded.",
            required=True,
            choices=("1", "2", "3", "4", "5", "6"),
        ),
        Column(
            "modality",
            "text",
            "How it was said.",
            required=True,
            choices=("stated", "alleged", "inferred", "planned", "predicted"),
        ),
        Column("event", "text", "The event that it belongs to."),
        Column("note", "text", "What else there is to say."),
        Column("verbatim", "text", "A few words for the value, as worded there."),
        Column("valid_verbatim", "text", "The words for the date."),
        Column("answers", "text", "The claim that it replies to."),
        Column("inferred_from", "texts", "What the maintainers inferred it from."),
        Column(
            "revises",
            "object",
            "The claim that it revises, how and why.",
            parts=(
                Column("claim", "text", "The claim.", required=True),
                Column("kind", "text", "update, correction or restatement.", required=True),
                Column("reason", "text", "Why."),
            ),
        ),
        Column("live", "boolean", "Whether it counts in the view."),
        Column("silence", "text", "Why it does not count, if it does not."),
        *_ENTERED,
    ),
)

RULINGS = Table(
    "rulings",
    "What the view believes, slot by slot, and why.",
    "slot",
    (
        Column(
            "slot",
            "text",
            "Its key: subject, property, qualifiers, and the value where there may be many.",
            required=True,
        ),
        Column("subject", "text", "What it is about.", required=True),
        Column("property", "text", "What of it.", required=True, refers="properties"),
        Column("qualifiers", "texts by name", "What else names the slot."),
        Column("value", "text", "What is believed; empty where it is that there is no value."),
        Column("none", "boolean", "It is believed that there is no value."),
        Column(
            "standing",
            "text",
            "How firmly.",
            required=True,
            choices=("settled", "disputed", "expected", "unconfirmed"),
        ),
        Column(
            "basis",
            "text",
            "Whether a claim affirms the date itself, or the last state known is carried forward.",
            required=True,
            choices=("attested", "possible", "presumed"),
        ),
        Column("claim", "text", "The winning claim.", required=True, refers="claims"),
        Column("source", "text", "Its source.", required=True, refers="sources"),
        Column("speaker", "text", "Who said it."),
        *_dated("asserted", "When it was said, EDTF."),
        *_dated("valid", "When it held, EDTF; empty for a fixed property."),
        Column("last_affirmed", "date", "The last day for which it was affirmed.", required=True),
        Column("decided_by", "text", "The criterion that decided.", required=True),
        Column("supporters", "texts", "The other live claims for the same value."),
        Column(
            "rivals",
            "objects",
            "The live claims that speak against it, and why each lost.",
            parts=(
                Column("claim", "text", "The claim.", required=True),
                Column("value", "text", "Its value."),
                Column("denies", "boolean", "Whether it denies that value."),
                Column("reason", "text", "Why it lost.", required=True),
            ),
        ),
        Column("in_conflict", "texts", "The conflict records that dispute it."),
    ),
)

TABLES: Mapping[str, Table] = {
    table.name: table for table in (SOURCES, PROPERTIES, ENTITIES, EVENTS, CLAIMS, RULINGS)
}
"""The tables by name, each after those that it refers to most."""

REMOVED = Table(
    "removed",
    "What the later entries took away: rows of the earlier export that are no more.",
    "key",
    (
        Column("table", "text", "The table.", required=True),
        Column("key", "text", "The key of the row.", required=True),
    ),
)
"""The table of removals, in exports of changes."""
