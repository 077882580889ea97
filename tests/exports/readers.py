"""Readers: a page of Markdown as a program that shows CommonMark with footnotes takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_COMMENT = re.compile(r"<!-- (?!.*-->.*-->)(.+) -->\n?")
_ANCHOR = re.compile(r'<a id="([A-Za-z0-9_-]+)">')
_REFERENCE = re.compile(r"(?<!\\)\[\^([^\]]+)\]")


@dataclass
class Seen:
    """What a reader finds on a page."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)
    """The labels that are written as references to a footnote."""
    cited: set[str] = field(default_factory=set)
    """Those that a reader takes for one."""
    noted: set[str] = field(default_factory=set)
    """The footnotes that there are."""
    forms: dict[str, list[str]] = field(default_factory=dict)
    """The kinds of marks in each piece and footnote; "" is what stands between pieces."""
    shown: dict[str, str] = field(default_factory=dict)
    """The text of each piece and footnote as it shows."""


def seen(text: str) -> Seen:
    """Return what a reader finds on a page; HTML that is no anchor or comment is refused."""
    env: dict[str, dict[str, dict[str, int]]] = {}
    reader = MarkdownIt("commonmark").use(footnote_plugin).enable(["strikethrough", "table"])
    noted = {}
    page, place = Seen(meant=set(_REFERENCE.findall(text))), ""
    for token in reader.parse(text, env):
        if token.type == "html_block":
            comment = _COMMENT.fullmatch(token.content)
            assert comment, token.content
            assert comment[1] == "end" or not place or place.startswith("removed")
            place = "" if comment[1] == "end" else comment[1]
        elif token.type == "footnote_open":
            place = f"[^{token.meta['label']}]"
        page.forms.setdefault(place, []).extend(_kinds(token))
        page.shown[place] = f"{page.shown.get(place, '')}{_text(token)}\n"
        _take(page, token)
    noted = env.get("footnotes", {}).get("refs", {})
    page.noted = {label.removeprefix(":") for label in noted}
    return page


def _kinds(token: Token) -> Iterator[str]:
    yield f"{token.type} {token.tag}"
    last = ""
    for child in token.children or ():
        if (child.type, last) != ("text", "text"):
            yield child.type
        last = child.type


def _text(token: Token) -> str:
    return "".join(
        " " if child.type == "softbreak" else child.content
        for child in token.children or ()
        if child.type != "html_inline"
    )


def _take(page: Seen, token: Token) -> None:
    if token.type == "heading_open":
        page.headings.append((int(token.tag[1]), ""))
    elif page.headings and page.headings[-1][1] == "" and token.type == "inline":
        page.headings[-1] = (page.headings[-1][0], _text(token))
    for child in token.children or ():
        if child.type == "html_inline":
            found = _ANCHOR.fullmatch(child.content)
            assert found or child.content == "</a>", child.content
            page.anchors.extend([found[1]] if found else [])
        elif child.type == "link_open":
            page.links.append(str(child.attrs["href"]))
        elif child.type == "footnote_ref":
            page.cited.add(child.meta["label"])
