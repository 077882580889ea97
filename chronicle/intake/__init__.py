"""Intake: files, folders, streams and mappings become drafts of records, each with its place.

A draft is what was written, in text, bools, lists and dicts, with shorthand written out and
defaults filled in; whether it makes a record is for the records themselves to say. Whatever
cannot be read is a finding with file and line, and everything else is read all the same.

    located     places, drafts, marks: where each field was written
    kinds       the kinds of records and the keys that group them
    decoding    bytes to text
    building    the located tree that both formats build
    yaml_text   YAML to located documents
    json_text   JSON to a located document
    json_lines  JSON Lines to located documents, one a line
    shorthand   statements and nested claims, written out
    envelopes   entries of a log, for the records in them
    grouping    located documents to drafts
    mappings    Python mappings to drafts
    walking     paths to the files they name
    copies      lines of an exported log to its entries, to the letter
    files       files and streams to drafts, or to such entries
"""

from chronicle.intake.copies import Copy
from chronicle.intake.files import read, read_copies
from chronicle.intake.located import Draft, Place, field_name
from chronicle.intake.mappings import drafts_from

__all__ = ["Copy", "Draft", "Place", "drafts_from", "field_name", "read", "read_copies"]
