"""`markdown`: a chronology that a historian can publish, and a program can bring up to date."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from chronicle import Chronicle, View
from chronicle.exports.checking import check
from chronicle.exports.extract import Extract
from chronicle.exports.items import Item, flat
from chronicle.exports.making import export
from chronicle.exports.markdown import FORMAT
from tests.cli.invoking import invoke
from tests.exports.conftest import AT
from tests.exports.following import applied
from tests.exports.happenings import contested, dated, moved
from tests.exports.readers import Seen, seen
from tests.stores import Clock

Row = dict[str, Any]


def page(chronicle: Chronicle, path: Path, view: View | None = None, **options: Any) -> str:
    """Return the page of a view."""
    export(chronicle, "markdown", path, view=view or chronicle.view(at=AT), **options)
    return path.read_text(encoding="utf-8")


def pieces(view: View, about: str | None = None) -> dict[tuple[str, str], Row]:
    """Return the pieces of a view by table and key."""
    with view.database.reading() as connection:
        found = flat(FORMAT.groups(Extract(view, connection, about)))
        return {item[:2]: dict(item.row or {}) for item in found}


def read(path: Path) -> list[Item]:
    """Return the pieces of a page."""
    return list(FORMAT.read(path, {}))


@pytest.fixture(scope="module")
def whole(crisis: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the bundled chronicle."""
    path = tmp_path_factory.mktemp("markdown") / "crisis.md"
    page(crisis, path)
    return path


@pytest.fixture(scope="module")
def crisis_seen(whole: Path) -> Seen:
    """What a reader finds on it."""
    return seen(whole.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def crisis_pieces(crisis: Chronicle) -> dict[tuple[str, str], Row]:
    """Its pieces."""
    return pieces(crisis.view(at=AT))


def test_every_footnote_is_there_and_cited(crisis_seen: Seen) -> None:
    """No reference shows as text, and no footnote stands there for nothing."""
    assert crisis_seen.meant == crisis_seen.cited == crisis_seen.noted
    assert {"cornell-2022", "kazinform-2022-01-17"} <= crisis_seen.noted


def test_pieces_come_in_one_order(crisis: Chronicle, strange: Chronicle) -> None:
    """So that two pages can be compared in one pass, whatever their keys hold."""
    for chronicle, about in ((crisis, "samat-abish"), (strange, None)):
        view = chronicle.view(at=AT)
        with view.database.reading() as connection:
            orders = [one.order for one in FORMAT.groups(Extract(view, connection, about))]
        assert all(before < after for before, after in pairwise(orders))


def test_headings_are_years_and_months_in_order(crisis_seen: Seen) -> None:
    """One title, no level left out; then disputes and sources."""
    levels = [level for level, _ in crisis_seen.headings]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    texts = [text for level, text in crisis_seen.headings if level == 2]
    assert texts[0] == "Earliest date not known"
    assert texts[-3:] == ["Date not known", "Disputes", "Sources"]
    assert texts[1:-3] == sorted(texts[1:-3])
    assert (3, "January 2022") in crisis_seen.headings


def test_links_lead_to_places_on_the_page_or_to_the_web(crisis_seen: Seen) -> None:
    """Every anchor is there once, and every one that is linked is there."""
    assert len(crisis_seen.anchors) == len(set(crisis_seen.anchors))
    for link in crisis_seen.links:
        assert link.startswith(("http://", "https://")) or link[1:] in crisis_seen.anchors


def test_every_event_is_there_in_its_order(crisis: Chronicle, whole: Path) -> None:
    """As the timeline has them, each with its title."""
    expected = crisis.timeline(crisis.view(at=AT))
    found = [item for item in read(whole) if item.table == "events"]
    assert [item.key for item in found] == [one.event for one in expected]
    text = whole.read_text(encoding="utf-8")
    assert all(f"{one.title}" in text.replace("\\", "") for one in expected)


def test_every_dispute_is_there_with_all_sides(
    crisis: Chronicle, crisis_pieces: dict[tuple[str, str], Row], crisis_seen: Seen
) -> None:
    """What is held, each rival with its source, its passage and why it lost, the conflicts."""
    disputed = [one for one in crisis.view(at=AT).state() if one.standing == "disputed"]
    found = [row for (table, _), row in crisis_pieces.items() if table == "disputes"]
    assert len(found) == len(disputed) == 11
    named = [[claim["id"] for side in _sides(row) for claim in side] for row in found]
    ours = [
        [str(one.claim), *one.supporters, *(rival.claim for rival in one.rivals)]
        for one in disputed
    ]
    assert sorted(map(sorted, named)) == sorted(map(sorted, ours))
    shown = {name: text for name, text in crisis_seen.shown.items() if name.startswith("disputes")}
    text = "".join(shown.values())
    for row in found:
        for claim in (claim for side in _sides(row) for claim in side):
            assert claim["cited"]["locator"] in text
    assert text.count("It lost:") == sum(len(one.rivals) for one in disputed)
    assert text.count("call-against-custody-icds") == 2


def _sides(row: Row) -> Iterator[list[Row]]:
    yield row["held"]["claims"]
    yield from (side["claims"] for side in row["rivals"])


def test_an_event_reads_as_a_chronicler_would_put_it(whole: Path) -> None:
    """Its date as precisely as it is known, where each source tells of it, what else is said."""
    found = {item.key: lines(item) for item in read(whole) if item.table == "events"}
    assert (
        found["abish-replacement-denied"]
        == """
<a id="event-abish-replacement-denied"></a>**Between 6 and 17 January 2022. \
The committee's press service denies that Abish has been replaced.**
It says that he keeps his post and is on leave. The text dates the reply only as later.
Taking part: Press service of the National Security Committee (speaker); Samat Abish (subject).
Sources: point 3, parenthesis[^icds-2022].

- First deputy chair of the National Security Committee — holder: Samat Abish; \
not Murat Nurtleu, from 6 January 2022 on (according to Press service of the National Security \
Committee)[^icds-2022]
- Samat Abish — status: not replaced, from 6 January 2022 on; on leave, from 6 January 2022 on \
(according to Press service of the National Security Committee)[^icds-2022]
"""
    )
    assert """
<a id="event-massimov-dismissal"></a>**5 January 2022 (disputed). \
Massimov is dismissed and Sagimbaev put in his place.**
Taking part: Ermek Sagimbaev (appointed); Kassym-Jomart Tokayev (decided); \
Karim Massimov (dismissed).
Also dated 6 January 2022: point 3[^icds-2022].
Disputed: [when](#dispute-massimov-dismissal-when).
""" in found["massimov-dismissal"]


def lines(item: Item) -> str:
    """Return the text of a piece."""
    return "\n".join((item.row or {}).values())


def test_what_only_others_add_has_their_footnote(local: Chronicle, folder: Path) -> None:
    """A place or a participant that the record itself does not name, but no one who denies it."""
    local.append([*dated(), *_additions()])
    page(local, folder / "page.md")
    text = next(lines(item) for item in read(folder / "page.md") if item.key == "talks")
    assert (
        text
        == """
<a id="event-talks"></a>**10 January 2022 (disputed). Talks.**
They spoke, at length; it is said.
Place: Republic Square, \\<Almaty\\>.
Taking part: Republic Square, \\<Almaty\\>; Ada; Лада (chair); \
Ben[^herald] and Cy[^herald] (host, unconfirmed).
Also dated 11 January 2022: Вестник \\<b\\>[^herald].
Disputed: [when](#dispute-talks-when).
Sources: The Gazette[^gazette].

- mood: calm; stormy (p. 2)[^herald]
- Ben — mood: not calm, from 11 January 2022 on (predicted, own statement; p. 2)[^herald]
- Ben — mood: glad (alleged by Cy, improbable)[^gazette]
"""
    )


def _additions() -> Iterator[Row]:
    """Yield what others say of an event: of whom it was made up, and beside it."""
    for name in ("ben", "cy"):
        yield {"kind": "entity", "id": name, "type": "person", "name": name.title()}
        yield {"kind": "claim", "id": f"host-{name}", "subject": "talks", "property": "participant",
               "qualifiers": {"role": "host"}, "value": name, "source": "herald",
               "credibility": "4"}  # fmt: skip
    yield {"kind": "claim", "id": "no-host", "subject": "talks", "property": "participant",
           "qualifiers": {"role": "host"}, "value": "ben", "denies": True, "credibility": "5",
           "source": "gazette"}  # fmt: skip
    fixed = {"temporal": "fixed", "cardinality": "many"}
    yield {"kind": "property", "id": "air", "label": "mood", **fixed}
    yield {"kind": "property", "id": "mood", "label": "mood"}
    beside = {"kind": "claim", "event": "talks", "source": "herald", "locator": "p. 2"}
    of_it = {**beside, "subject": "talks", "property": "air"}
    yield {**of_it, "id": "air-1", "value": "calm"}
    yield {**of_it, "id": "air-2", "value": "stormy"}
    yield {**of_it, "id": "air-3", "value": "unheard"}
    yield {"kind": "retraction", "id": "air-4", "retracts": "air-3", "mode": "withdrawn",
           "source": "herald", "asserted": "2022-02-02"}  # fmt: skip
    of_ben = {**beside, "subject": "ben", "property": "mood"}
    yield {**of_ben, "id": "mood-1", "value": "calm", "denies": True, "valid": "2022-01-11/..",
           "modality": "predicted", "speaker": "ben"}  # fmt: skip
    yield {"kind": "claim", "event": "talks", "source": "gazette", "subject": "ben",
           "property": "mood", "value": "glad", "valid": "2022-01-10", "id": "mood-2",
           "modality": "alleged", "speaker": "cy", "credibility": "5"}  # fmt: skip
    yield {**of_ben, "id": "mood-3", "unknown": True, "valid": "2022-01-10"}


def test_a_dispute_tells_why_each_rival_lost(whole: Path) -> None:
    """In words, with the days as the page has them."""
    found = {item.key: lines(item) for item in read(whole) if item.table == "disputes"}
    assert (
        found['["csto-withdrawal-announced","when",{}]']
        == """
### <a id="dispute-csto-withdrawal-announced-when"></a>\
Tokayev announces the withdrawal of the alliance's troops: when

Held: **11 January 2022**

- ICDS, 11 January 2022 (point 6[^icds-2022]).

Against it: **10 January 2022**

- Via RadioFreeEurope/RadioLiberty[^rferl-2022-01-11], 10 January 2022 \
(chronology, January 10, 2022; note 57[^cornell-2022]). \
It lost: it was said earlier, 10 January 2022 against 11 January 2022.

[To the event](#event-csto-withdrawal-announced)
"""
    )


def test_a_dispute_by_a_conflict_record_tells_of_the_other_slot(whole: Path) -> None:
    """What cannot hold together is told with its note; a state with the day it is known for."""
    found = {item.key: lines(item) for item in read(whole) if item.table == "disputes"}
    text = found['["nursultan-nazarbayev","custody",{}]']
    assert "\nHeld, last affirmed for 5 January 2022: **in custody**\n" in text
    assert (
        "\nCannot hold together with this, as recorded in `call-against-custody-icds`. "
        "The author himself names the reported call as what speaks against a coup.\n\n"
        "- **Lukashenko is said to have telephoned with Nazarbayev: "
        "participant (role: speaker): Nursultan Nazarbayev**. "
        "According to Press service of Alexander Lukashenko via State media of Belarus, "
        "between 7 and 20 January 2022 ("
    ) in text
    assert text.count("\n- ") == 2


def test_a_page_about_an_entity_tells_what_is_held_of_it(crisis: Chronicle, folder: Path) -> None:
    """Its name, what it is, and its slots; then what has to do with it."""
    text = page(crisis, folder / "abish.md", about="samat-abish")
    found = seen(text)
    assert found.headings[0] == (1, "Chronology: Samat Abish")
    assert found.meant == found.cited == found.noted
    about = found.shown["about samat-abish"]
    assert "Nephew of Nursultan Nazarbayev" in about
    assert "status: relieved" in about
    assert "events abish-relief" in found.shown
    assert "events csto-deployment" not in found.shown


def test_the_printed_command_makes_the_same_page_of_a_log_that_grew(
    local: Chronicle, folder: Path
) -> None:
    """It names the position of the log, so that what came later does not count."""
    local.append(dated())
    view = local.view(at=AT, known="2022-03-01", policy="latest-word")
    first = page(local, folder / "first.md", view, about="ada")
    command = (
        f"chronicle export markdown -o chronology.md --at {AT} --known 2022-03-01 "
        f"--recorded '#{view.head.size}' --policy latest-word --about ada"
    )
    assert f"\n{command}\n" in first
    local.append([*moved(), contested("talks", "2022-01-12", id="talks-late")])
    later = local.view(at=AT, known="2022-03-01", policy="latest-word")
    assert page(local, folder / "later.md", later, about="ada") != first
    result = invoke(str(local.database.url.database), *shlex.split(command)[1:])
    assert result.exit_code == 0, result.stderr
    assert (folder / "chronology.md").read_text(encoding="utf-8") == first


@pytest.mark.parametrize("about", [None, "square"])
def test_changes_are_a_page_that_makes_the_later_one(
    local: Chronicle, folder: Path, about: str | None
) -> None:
    """Piece by piece, with what is no longer there; and with every footnote that it cites."""
    local.append(dated())
    head = local.view().head.size
    page(local, folder / "first.md", about=about)
    local.append(moved())
    page(local, folder / "later.md", about=about)
    changes = page(local, folder / "changes.md", since=head, about=about)
    held = applied(read(folder / "first.md"), read(folder / "changes.md"))
    assert held == applied(read(folder / "later.md"), ())
    found = seen(changes)
    assert found.meant == found.cited == found.noted
    assert f"--since {head}" in changes


def test_a_page_of_changes_says_what_changed(local: Chronicle, folder: Path) -> None:
    """Events that are new or other, in their order, and those that are no more."""
    local.append(dated())
    head = local.view().head.size
    local.append(moved())
    found = seen(page(local, folder / "changes.md", since=head))
    assert found.headings[0] == (1, "Chronology, changes")
    assert "2 disputes and 2 sources, new or other than" in found.shown[""]
    names = [name.split()[1] for name in found.shown if name.startswith("events")]
    assert names == ["day", "none", "new", "year"]
    assert "event month" in found.shown["removed events month"]
    assert [text for level, text in found.headings if level == 2] == [
        "2022", "Date not known", "Disputes", "No longer here", "Sources",
    ]  # fmt: skip


def test_a_page_of_no_changes_has_no_pieces(local: Chronicle, folder: Path) -> None:
    """Not even what it is about."""
    local.append(dated())
    head = local.view().head.size
    page(local, folder / "changes.md", since=head, about="ada")
    assert read(folder / "changes.md") == []


def test_dates_of_every_kind_find_their_place(happened: Chronicle, folder: Path) -> None:
    """What is known by its year alone opens no month; what has no beginning stands first."""
    text = page(happened, folder / "page.md")
    found = seen(text)
    assert [text for level, text in found.headings if level == 2] == [
        "Earliest date not known", "44 BCE", "1 BCE", "79 CE", "1560", "2021", "2022", "9999",
        "12345", "Date not known", "Disputes", "Sources",
    ]  # fmt: skip
    months = [text for level, text in found.headings if level == 3 and "202" in text]
    assert months == ["December 2021", "January 2022"]
    expected = [one.event for one in happened.timeline(happened.view(at=AT))]
    keys = [item.key for item in read(folder / "page.md") if item.table == "events"]
    assert keys == expected


def test_what_no_text_holds_breaks_out_of_its_place(strange: Chronicle, folder: Path) -> None:
    """Whatever a text is, its piece has the marks of the piece of a plain text, and shows it."""
    found = seen(page(strange, folder / "page.md"))
    assert found.meant == found.cited == found.noted
    plain = {number % 6: found.forms[f"events event-{number}"] for number in range(11, 17)}
    for number in range(11):  # one in six has a date that words would lose
        assert found.forms[f"events event-{number:02}"] == plain[number % 6]
    assert "<script>alert('1')</script>&amp;]]>" in found.shown["events event-09"]


HOSTILE = (
    "*a* _b_ **c** ~~d~~ `e` ``f",
    "[x](javascript:alert(1)) ![y](http://z) [z]: w [^1] [^gazette-00]: q",
    "<script>alert(1)</script> <b onclick=x> <!-- a --> <https://evil.example>",
    "--> <!-- end --> <!-- events event-00 -->",
    "1. one",
    "- one\n- two",
    "# one\n\n## two",
    "> one",
    "    code",
    "---",
    "===",
    "| a | b |\n|---|---|",
    "&lt;&#42; &copy; \\* \\",
    "$x^2$ {.class} @ada a--b ]]>",
    "```\nx\n```",
    "\u202eback 😀 שלום\x1b[31m",
)


def _copies() -> Iterator[Row]:
    """Yield one small story for each text, in which it stands wherever a text may stand."""
    shape = {"datatype": "text", "temporal": "fixed"}
    for number, text in enumerate(("plain", *HOSTILE)):
        name = f"{number:02}"
        prop = {"id": f"motto-{name}", "label": text, "qualifiers": ["how"], **shape}
        yield {"kind": "property", **prop}
        more = {"publisher": text, "medium": text, "note": text, "url": f"https://a.example/{text}"}
        yield {"kind": "source", "id": f"root-{name}", "title": text, "published": "2022-01-05"}
        yield {"kind": "source", "id": f"gazette-{name}", "title": text, "authors": [text, text],
               "published": "2022-01-05", "derives_from": [f"root-{name}"], **more}  # fmt: skip
        yield {"kind": "entity", "id": f"ada-{name}", "type": "person", "name": text}
        said = {"source": f"gazette-{name}", "locator": text}
        yield {"kind": "event", "id": f"event-{name}", "title": text, "summary": text,
               "when": "2022-01-05", "place": f"ada-{name}",
               "participants": [{"entity": f"ada-{name}", "role": text}], **said}  # fmt: skip
        claim = {"kind": "claim", "subject": f"event-{name}", "property": f"motto-{name}",
                 "event": f"event-{name}", "qualifiers": {"how": text}, "note": text,
                 "verbatim": text, "speaker": f"ada-{name}", **said}  # fmt: skip
        yield {**claim, "id": f"claim-{name}", "value": text}
        yield {**claim, "id": f"rival-{name}", "value": f"{text}!", "via": [f"root-{name}"]}
        del claim["speaker"]
        yield {**claim, "id": f"other-{name}", "value": f"{text}?"}
        yield {"kind": "conflict", "id": f"conflict-{name}", "note": text,
               "claims": [f"claim-{name}", f"motto-{name}-other"]}  # fmt: skip
        yield {**claim, "id": f"motto-{name}-other", "subject": f"ada-{name}", "value": text}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """The same story for each text."""
    place = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Chronicle.open(place, clock=Clock()) as chronicle:
        chronicle.append(_copies())
        yield chronicle


def test_hostile_texts_stay_texts_wherever_they_stand(hostile: Chronicle, folder: Path) -> None:
    """In titles, names, values, passages, qualifiers, addresses and remarks alike."""
    found = seen(page(hostile, folder / "page.md"))
    assert found.meant == found.cited == found.noted
    assert all(link.startswith(("#", "https://a.example/")) for link in found.links)
    for template in ("events event-{}", "notes gazette-{}", "[^gazette-{}]", "notes root-{}"):
        plain = found.forms[template.format("00")]
        for number in range(1, len(HOSTILE) + 1):
            assert found.forms[template.format(f"{number:02}")] == plain
    disputes = [form for name, form in found.forms.items() if name.startswith("disputes")]
    assert len(disputes) == 2 * (len(HOSTILE) + 1)
    assert len({tuple(form) for form in disputes}) == 2
    shown = found.shown["events event-03"]
    assert shown.count("<script>alert(1)</script>") >= 6


def test_pieces_are_found_again_whatever_their_keys_hold(hostile: Chronicle, folder: Path) -> None:
    """A key may hold an end of a comment, or the name of another piece."""
    page(hostile, folder / "page.md")
    assert {item[:2] for item in read(folder / "page.md")} == pieces(hostile.view(at=AT)).keys()


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b?c=1&d=2", "<https://a.example/b?c=1&d=2>"),
        ("https://a.example/b?c=1&copy;2", "<https://a.example/b?c=1&copy%3B2>"),
        ("https://a.example/<b> c`d\\", "<https://a.example/%3Cb%3E%20c%60d%5C>"),
        ("http://пример.example/я", "<http://пример.example/я>"),
        ("HTTPS://a.example", "<HTTPS://a.example>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https:javascript", "https:javascript"),
        ("shelf 3, box *7*", r"shelf 3, box \*7\*"),
    ],
)
def test_only_addresses_of_the_web_are_links(
    local: Chronicle, folder: Path, url: str, link: str
) -> None:
    """And nothing in them ends the link."""
    local.append([
        {"kind": "source", "id": "gazette", "title": "G", "published": "2022", "url": url},
        {"kind": "event", "id": "fire", "title": "Fire", "source": "gazette"},
    ])  # fmt: skip
    text = page(local, folder / "page.md")
    assert f"\n[^gazette]: “G”, 2022. {link}.\n" in text
    assert len(seen(text).links) == text.count("](#") + 2 * link.startswith("<")


def test_a_changed_event_is_named(happened: Chronicle, folder: Path) -> None:
    """By its piece and its line."""
    path = folder / "page.md"
    text = page(happened, path)
    assert check(happened, path).identical
    path.write_text(text.replace("They spoke, at length", "They sang, at length"))
    findings = map(str, check(happened, path).findings)
    assert [one for one in findings if "events talks" in one and "line 3 is" in one]


def test_a_piece_without_end_is_refused(folder: Path, whole: Path) -> None:
    """It could not be told from the next."""
    text = whole.read_text(encoding="utf-8")
    path = folder / "page.md"
    for broken in (text.replace("<!-- end -->", "", 1), text.rpartition("<!-- end -->")[0]):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(ValueError, match="no <!-- end --> after"):
            read(path)


def test_an_empty_page_says_that_nothing_is_known(local: Chronicle, folder: Path) -> None:
    """It has no contents and no sections."""
    found = seen(page(local, folder / "page.md"))
    assert found.headings == [(1, "Chronology")]
    assert "0 events, 0 disputes and 0 sources" in found.shown[""]
