"""Formats: found through entry points, so that another package can add one."""

from __future__ import annotations

from pathlib import Path

import pytest

from chronicle import BadQuestion, Chronicle, MissingExtra, UnknownFormat
from chronicle.exports import formats
from chronicle.exports.checking import check
from chronicle.exports.making import export

SHOUTING = '''
from chronicle.exports.formats import Format
from chronicle.exports.items import Item


class Shouting(Format):
    """The claims, aloud."""

    about = "the claims, aloud"
    syntaxes = {"loud": ".txt", "louder": ".text"}

    def write(self, found, head, package):
        """Write a line a claim."""
        for item in found:
            if item.table == "claims" and item.row:
                mark = "!" if head["syntax"] == "loud" else "!!"
                package.text().write(f"{item.key.upper()}{mark}\\n")

    def read(self, path, head):
        """Yield a line a claim."""
        for line in path.read_text().splitlines():
            yield Item("claims", line, {})


FORMAT = Shouting()
'''


def install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, points: str, **modules: str
) -> None:
    """Put a package on the path as an installer would."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    extras = "Provides-Extra: aloud\nProvides-Extra: other\n"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{extras}")
    (info / "entry_points.txt").write_text(f"[{formats.GROUP}]\n{points}\n")
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(str(folder))


def test_another_package_can_add_a_format(
    local: Chronicle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed, exported, printed and verified like those that come with the software."""
    install(folder / "site", monkeypatch, "shouting", "loud = shouts:FORMAT", shouts=SHOUTING)
    assert "loud" in formats.names()
    assert ("loud", "loud louder", "the claims, aloud") in list(formats.described())
    local.append(
        [
            {"kind": "source", "id": "press", "title": "Press", "published": "2022-01-06"},
            {"kind": "entity", "id": "ada", "type": "person", "name": "Ada"},
            {"kind": "property", "id": "mood", "label": "mood", "temporal": "fixed"},
            {"kind": "claim", "id": "glad", "subject": "ada", "property": "mood", "value": "glad",
             "source": "press"},
        ]
    )  # fmt: skip
    for name, text in (("a.txt", "GLAD!\n"), ("b.text", "GLAD!!\n"), ("c", "GLAD!\n")):
        manifest = export(local, "loud", name)
        assert Path(name).read_text(encoding="utf-8") == text
        assert manifest["syntax"] == ("louder" if "!!" in text else "loud")
        assert check(local, name).identical


def test_an_unknown_format_is_named_with_those_like_it() -> None:
    """And where none is like it, with all that there are."""
    with pytest.raises(UnknownFormat, match=r"no format 'parkett'; did you mean parquet\?"):
        formats.find("parkett")
    with pytest.raises(UnknownFormat, match=r"no format 'xxx'; there are csv, .*, timelinejs"):
        formats.find("xxx")


def test_a_name_is_not_claimed_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of two packages is meant is not for us to guess."""
    install(folder / "one", monkeypatch, "one", "aloud = one:FORMAT")
    install(folder / "two", monkeypatch, "two", "aloud = two:FORMAT")
    with pytest.raises(BadQuestion, match="both bring a format 'aloud'; uninstall one of them"):
        formats.names()


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("aloud", r"pip install 'missing\[aloud\]'"),
        ("quiet", "pip install 'library_that_is_not_there'"),
    ],
)
def test_a_missing_library_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    """With the extra that brings it, if its package has one of the name of the format."""
    text = "import library_that_is_not_there"
    install(folder / "site", monkeypatch, "missing", f"{name} = missing_{name}:FORMAT",
            **{f"missing_{name}": text})  # fmt: skip
    said = f"the format {name} needs library_that_is_not_there; install it with: {command}"
    with pytest.raises(MissingExtra, match=said):
        formats.find(name)
    assert any(one == name and "needs" in about for one, _, about in formats.described())


def test_what_is_no_format_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of its package."""
    install(folder / "site", monkeypatch, "wrong", "odd = odds:FORMAT", odds="FORMAT = 1")
    with pytest.raises(BadQuestion, match="odds:FORMAT is no format; ask those who made wrong"):
        formats.find("odd")


def test_a_syntax_is_found_by_name_and_by_suffix() -> None:
    """By name it must be one of the format's; by a suffix that says nothing it is the usual one."""
    form = formats.find("json")
    assert formats.syntax_of(form, "schema", None) == "schema"
    assert formats.syntax_of(form, None, Path("a.txt")) == "document"
    assert formats.syntax_of(form, None, None) == "document"
    with pytest.raises(BadQuestion, match="no syntax 'shcema' here; did you mean schema"):
        formats.syntax_of(form, "shcema", None)
