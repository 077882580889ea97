"""Exports: a view leaves the house as a product, with what it was made from.

    from chronicle.exports import check, export

    export(chronicle, "csv", "crisis", view=chronicle.view(at="2022-05-31"))
    assert check(chronicle, "crisis").identical

An export is a sequence of items, each with a key; a format lays them out. That is how the same
view gives the same bytes, how later entries are followed, and how a change is found and named.

    columns         the tables of an export, and what their columns hold
    items           what an export is made of, and what changes it
    related         what has to do with one entity
    reached         what later entries may have changed
    extract         the rows of a view
    packing         files on their way to their place
    formats         what an export can be written as, found through entry points
    manifest        what an export was made from, and what it is made of
    making          a view, in a format, at a place
    checking        an export, held against the log

Formats, and what they are made of:

    json, jsonl     the view as a document; the log itself
    tables          which tables there are, for json and the next three
    csv, parquet    tables as files
    sqlite          tables in one file: sql, pages
    rdf             linked/
    followthemoney  dossiers/
    wording         dates and amounts in words, for the next three
    timelinejs      occurrences, dating
    ics             vevents, and as above
    markdown        pieces/
"""

from __future__ import annotations

from chronicle.exports.checking import Checked, check
from chronicle.exports.making import export

__all__ = ["Checked", "check", "export"]
