"""YAML to located documents, built from the parser's events without recursion.

Every scalar loads as the text that was written, quoted or not: no tag is resolved, so that
dates, numbers and words like `no` need no quotes. Where nothing is written there is None.
An alias stands for a copy of what it names; the copies of one document may hold `MOST_COPIED`
values, so that a few lines cannot grow without bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from chronicle.errors import Finding
from chronicle.intake.building import Builder, Grown, UnreadableError, too_deep
from chronicle.intake.located import Branch, Located, line_at

MOST_COPIED = 1_000_000
"""The values that the aliases of one document may copy."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
_STANDARD_TAG = "tag:yaml.org,2002:"
_QUOTE = (
    "indent with spaces; put a text in quotes if it begins with one of > | @ ` % & * ! [ { "
    "or holds ': ' or ' #'"
)


def documents(text: str, file: str) -> Iterator[Located | Finding]:
    """Yield the documents of a YAML text, and every fault; a broken document is the last."""
    control = _UNPRINTABLE.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        what = f"control character U+{ord(control.group()):04X} in the text"
        yield Finding(what, "remove it", file=file, line=line)
        return
    reader = _Reader(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
            if isinstance(event, DocumentEndEvent):
                yield from reader.finished()
    except UnreadableError as fault:
        yield from reader.builder.findings
        yield fault.finding
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        yield from reader.builder.findings
        yield _syntax(error, file, reader.line)


class _Reader:
    """Turns events into calls of a builder; knows the anchors of the current document."""

    def __init__(self, file: str) -> None:
        """Begin before the first document."""
        self.file = file
        self.line = 1
        """The line of the last event."""
        self._start()

    def _start(self) -> None:
        self.builder = Builder(self.file)
        self.anchors: dict[str, Grown | None] = {}
        """What each anchor names; None while that is still being read."""
        self.copied = 0

    def finished(self) -> Iterator[Located | Finding]:
        """Yield the faults of the current document, then the document."""
        yield from self.builder.findings
        if self.builder.root is not None:
            yield self.builder.root
        self._start()

    def take(self, event: Event) -> None:
        """Take the next event; raise `UnreadableError` where the file cannot be read further."""
        if event.start_mark is not None:
            self.line = event.start_mark.line + 1
        line = self.line
        if isinstance(event, ScalarEvent):
            if self.builder.awaits_name:
                self._name(event, line)
            else:
                self._scalar(event, line)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._open(event, line)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._close()
        elif isinstance(event, AliasEvent):
            self._alias(event.anchor or "", line)

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        value: str | None = event.value
        if event.tag is not None:
            self._check_tag(event.tag, line)
        elif not value and not event.style:
            value = None
        if event.style in ("|", ">") and not event.value.strip():
            what = f"a block of text (after {event.style}) with nothing in it"
            self.builder.fault(what, "put a text like '>4' in quotes", line)
        if event.anchor is not None:
            self.anchors[event.anchor] = Grown(Located(value, line))
        self.builder.put_scalar(value, line)

    def _name(self, event: ScalarEvent, line: int) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = Grown(Located(event.value, line))
        if event.value or event.style:
            self.builder.put_name(event.value, line)
        else:
            self.builder.fault("a value without a name", "write its name before the ':'", line)
            self.builder.skip_name()

    def _open(self, event: MappingStartEvent | SequenceStartEvent, line: int) -> None:
        if event.tag is not None:
            self._check_tag(event.tag, line)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        if isinstance(event, MappingStartEvent):
            self.builder.open_mapping(line, event.anchor)
        else:
            self.builder.open_list(line, event.anchor)

    def _close(self) -> None:
        grown, anchor = self.builder.close()
        if anchor is not None:
            self.anchors[anchor] = grown
        if self.builder.awaits_name:
            self._name_is_no_text(line_at(grown.located.mark))
        else:
            self.builder.put(grown)

    def _alias(self, anchor: str, line: int) -> None:
        """Put a copy of what the anchor names, written where the alias is."""
        grown = self.anchors.get(anchor)
        if grown is None:
            self._names_nothing(anchor, line)
            grown = Grown(Located(None, line))
            if self.builder.awaits_name:
                self.builder.skip_name()
                return
        self.builder.check_depth(grown.levels, line)
        self._count(grown.size, line)
        value, mark = grown.located
        if not self.builder.awaits_name:
            here = Branch(line, mark.parts) if isinstance(mark, Branch) else line
            self.builder.put(Grown(Located(value, here), grown.size, grown.levels))
        elif isinstance(value, str):
            self.builder.put_name(value, line)
        else:
            self._name_is_no_text(line)

    def _names_nothing(self, anchor: str, line: int) -> None:
        if anchor in self.anchors:
            what, todo = f"*{anchor} stands inside what it names", "write the value out"
        else:
            what = f"*{anchor} names nothing: there is no &{anchor} above"
            todo = "put a text that begins with * in quotes"
        self.builder.fault(what, todo, line)

    def _count(self, size: int, line: int) -> None:
        self.copied += size
        if self.copied > MOST_COPIED:
            what = f"aliases copy more than {MOST_COPIED} values"
            todo = "write the records out, or share fields through defaults"
            raise UnreadableError(Finding(what, todo, file=self.file, line=line))

    def _name_is_no_text(self, line: int) -> None:
        what = "a list or mapping as the name of a field"
        self.builder.fault(what, "a name is text; put a text like '[a]' in quotes", line)
        self.builder.skip_name()

    def _check_tag(self, tag: str, line: int) -> None:
        if tag != "!" and not tag.startswith(_STANDARD_TAG):
            todo = "put a text that begins with ! in quotes"
            self.builder.fault(f"the tag {tag} has no meaning here", todo, line)


def _syntax(error: Exception, file: str, line: int) -> Finding:
    """Say where the parser stopped and why; `line` is the last that it understood."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        what = "not YAML: a character or a tag here is malformed"
        return Finding(what, _QUOTE, file=file, line=line)
    mark, begun = error.problem_mark, error.context_mark
    if "nesting" in (error.problem or ""):
        # libyaml has a bound of its own, and reads so far ahead that it may come first.
        return too_deep(file, mark.line + 1)
    what = ", ".join(part for part in (error.context, error.problem) if part)
    if begun is not None and begun.line != mark.line:
        what = f"{what} (begun on line {begun.line + 1})"
    what = f"not YAML (column {mark.column + 1}): {what}"
    return Finding(what, _QUOTE, file=file, line=mark.line + 1)
