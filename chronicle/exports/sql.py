"""SQL of an export: its tables with their constraints, the indexes and the views for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chronicle.exports.columns import TABLES, Column, Kind, Table
from chronicle.exports.formats import Head
from chronicle.exports.tables import always, links, primary, tables_of

MANIFEST = """\
CREATE TABLE manifest (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT
)"""
"""What the export says of itself."""

COLUMNS = """\
CREATE TABLE columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  about TEXT NOT NULL,
  written TEXT NOT NULL,
  refers TEXT,
  PRIMARY KEY (table_name, column_name)
)"""
"""What each column holds, how it is written, and the table whose key it holds."""

_INTEGERS: frozenset[Kind] = frozenset({"integer", "boolean", "instant"})


def schema(head: Head) -> Iterator[str]:
    """Yield the statements that make the tables."""
    yield MANIFEST
    yield COLUMNS
    for table in tables_of(head):
        yield _table(table, {column.name for column in links(table, head)})


def insertion(table: Table) -> str:
    """Return the statement that puts a row into a table."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {_name(table.name)} VALUES ({marks})"  # noqa: S608  # names are ours


def selection(table: Table) -> str:
    """Return the query for the rows of a table in the order in which they were put there."""
    names = ", ".join(_name(column.name) for column in table.columns)
    return f"SELECT {names} FROM {_name(table.name)} ORDER BY rowid"  # noqa: S608  # as above


def _table(table: Table, linked: set[str]) -> str:
    lines = [_column(column, link=column.name in linked) for column in table.columns]
    keys = ", ".join(_name(name) for name in primary(table))
    return f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(
        (*lines, f"PRIMARY KEY ({keys})\n)")
    )


def _column(column: Column, *, link: bool) -> str:
    name = _name(column.name)
    parts = [name, "INTEGER" if column.kind in _INTEGERS else "TEXT"]
    if always(column):
        parts.append("NOT NULL")
    if column.choices:
        choices = ", ".join(f"'{choice}'" for choice in column.choices)
        parts.append(f"CHECK ({name} IN ({choices}))")
    if column.kind == "boolean":
        parts.append(f"CHECK ({name} IN (0, 1))")
    if link:
        parts.append(f"REFERENCES {_name(column.refers)} ({_name(TABLES[column.refers].key)})")
    return " ".join(parts)


def _name(name: str) -> str:
    return f'"{name}"'


_INDEXED: Mapping[str, tuple[str, ...]] = {
    "claims_by_topic": ("claims", "subject", "property"),
    "claims_by_source": ("claims", "source"),
    "events_by_date": ("events", "when_first", "when_last"),
    "rulings_by_topic": ("rulings", "subject", "property"),
    "rulings_by_value": ("rulings", "value"),
    "rulings_by_claim": ("rulings", "claim"),
    "rulings_by_source": ("rulings", "source"),
}

INDEXES = tuple(
    f"CREATE INDEX {name} ON {table} ({', '.join(map(_name, columns))})"
    for name, (table, *columns) in _INDEXED.items()
)
"""What readers look things up by: topic, value, source, date."""


def _called(name: str) -> str:
    """Return the expression for what an id is called, the id itself where that is not here."""
    return (
        f"coalesce((SELECT name FROM entities WHERE id = {name}), "  # noqa: S608  # names are ours
        f"(SELECT title FROM events WHERE id = {name}), {name})"
    )


def _valued(value: str) -> str:
    """Return the expression for a value in words, of a property that is joined."""
    return (
        f"CASE WHEN {value} IS NULL THEN 'none' WHEN property.datatype = 'entity' "
        f"THEN {_called(value)} ELSE {value} END"
    )


_BELIEVED = f"""\
CREATE VIEW believed AS
SELECT
  {_called("ruling.subject")} AS subject,
  coalesce(property.label, ruling.property) AS property,
  ruling.qualifiers,
  {_valued("ruling.value")} AS value,
  ruling.standing,
  ruling.basis,
  ruling.valid,
  ruling.asserted,
  coalesce(source.title, ruling.source) AS source,
  ruling.slot
FROM rulings AS ruling
LEFT JOIN properties AS property ON property.id = ruling.property
LEFT JOIN sources AS source ON source.id = ruling.source"""  # noqa: S608  # as above
"""The rulings in words: names for ids."""

_DISPUTES = f"""\
CREATE VIEW disputes AS
SELECT
  {_called("ruling.subject")} AS subject,
  coalesce(property.label, ruling.property) AS property,
  ruling.qualifiers,
  {_valued("ruling.value")} AS believed,
  coalesce(source.title, ruling.source) AS believed_source,
  CASE json_extract(rival.value, '$.denies') WHEN 0 THEN '' WHEN 1 THEN 'not ' END
    || {_valued("json_extract(rival.value, '$.value')")} AS rival,
  coalesce(rival_source.title, rival_claim.source) AS rival_source,
  json_extract(rival.value, '$.reason') AS lost_by,
  json_extract(rival.value, '$.claim') AS rival_claim,
  ruling.in_conflict,
  ruling.slot
FROM rulings AS ruling
LEFT JOIN json_each(ruling.rivals) AS rival
LEFT JOIN claims AS rival_claim ON rival_claim.id = json_extract(rival.value, '$.claim')
LEFT JOIN sources AS rival_source ON rival_source.id = rival_claim.source
LEFT JOIN properties AS property ON property.id = ruling.property
LEFT JOIN sources AS source ON source.id = ruling.source
WHERE ruling.standing = 'disputed'"""  # noqa: S608  # as above
"""What is disputed: a row for each claim that speaks against what is believed."""

_CHRONOLOGY = f"""\
CREATE VIEW chronology AS
SELECT
  event."when",
  event.title,
  {_called("event.place")} AS place,
  event.summary,
  (
    SELECT group_concat({_called("json_extract(one.value, '$.entity')")}, '; ')
    FROM json_each(event.participants) AS one
  ) AS participants,
  event.standing,
  coalesce(source.title, event.source) AS source,
  event.when_first,
  event.when_last,
  event.id
FROM events AS event
LEFT JOIN sources AS source ON source.id = event.source
ORDER BY
  event."when" IS NULL, event.when_first,
  event.when_last IS NULL, event.when_last,
  event.id"""  # noqa: S608  # as above
"""The events in the order of their dates, the undated last."""

VIEWS = (_BELIEVED, _DISPUTES, _CHRONOLOGY)
"""What readers want to see first, in words."""
