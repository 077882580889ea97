"""Prefaces: what a page says of itself: what it shows, how to read it, how to make it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from chronicle.counts import counted
from chronicle.exports.formats import Head
from chronicle.exports.pieces.prose import date
from chronicle.exports.wording import listed
from chronicle.marks import plain
from chronicle.policies import BEST_KNOWN

_FILE = "chronology.md"

_READING = """\
A date is given as precisely as it is known, and an event stands under the earliest date that it
can have. Below an event stands what is said of other things in the same breath, be it held or not.
A footnote is the document that says so; before it stands the passage, where that is given."""

_CHANGES = """\
Each piece below stands between comments that name it. Put it in the place of the piece of that
name, or where its date belongs if there is none, and take away what is listed as no longer there.
Footnotes that these pieces cite are repeated, changed or not."""


def title(head: Head, name: str) -> str:
    """Return the title of a page; `name` is what the one entity is called that it is about."""
    about = name or head["about"] or ""
    text = f"# Chronology: {plain(about)}" if about else "# Chronology"
    return text if head["since"] is None else f"{text}, changes"


def preface(head: Head, counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines on what the page is; `counts` are the numbers of its pieces by noun."""
    view, since = head["view"], head["since"]
    pieces = listed([counted(number, noun) for noun, number in counts.items()])
    if since is None:
        yield f"What is best known, {_looked(view)}: {pieces}."
        yield from ("", *_READING.splitlines())
    else:
        yield f"What changed, {_looked(view)}: {pieces}, new or other than {_before(since, view)}."
        yield from ("", *_CHANGES.splitlines())
    yield ""
    yield (
        f"Made from a log of {counted(view['head'], 'record')} with the Merkle root "
        f"`{view['root']}`. To make this page again, and to hold it against the log:"
    )
    yield from ("", "```sh", _command(head), f"chronicle verify-export {_FILE}", "```")


def _looked(view: Mapping[str, str | None]) -> str:
    """Return how the log was looked at."""
    known = f"that was said by {date(view['known'])}" if view["known"] else "that was ever said"
    policy = "" if view["policy"] == BEST_KNOWN.id else f", by the policy `{view['policy']}`"
    return f"at {date(view['at'] or '')}, from all {known}{policy}"


def _before(since: Mapping[str, str | None], view: Mapping[str, str | None]) -> str:
    """Return in words the page that this one changes."""
    text = f"on the page of the first {counted(int(since['head'] or 0), 'record')}"
    return text if _alike(since, view) else f"{text}, {_looked(since)}"


def _alike(one: Mapping[str, str | None], other: Mapping[str, str | None]) -> bool:
    return all(one[name] == other[name] for name in ("at", "known", "policy"))


def _command(head: Head) -> str:
    """Return the command that gives the same bytes, whatever the log took in since."""
    view, since = head["view"], head["since"]
    words = ["chronicle", "export", "markdown", "-o", _FILE, "--at", view["at"]]
    if view["known"]:
        words += ["--known", view["known"]]
    words += ["--recorded", f"#{view['head']}"]
    if view["policy"] != BEST_KNOWN.id:
        words += ["--policy", view["policy"]]
    if head["about"]:
        words += ["--about", head["about"]]
    if since is not None:
        words += ["--since", str(since["head"]) if _alike(since, view) else "EARLIER.md"]
    return shlex.join(words)
