"""`chronicle why`: every claim of a slot in its part, and the reason for each."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from chronicle import Chronicle
from chronicle.cli.grounds import grounds
from tests.cli.conftest import STORY, Run
from tests.cli.invoking import data

HINDSIGHT = ("--at", "2022-01-12", "--known", "2022-05-31")


def one(run: Run, *args: str) -> Any:
    """Return the only ruling of an answer in JSON."""
    (ruling,) = data(run("why", *args, "--format", "json"))["rulings"]
    return ruling


def parts(ruling: Any) -> dict[str, set[str]]:
    """Return the ids of the claims by the part that they play."""
    found: dict[str, set[str]] = {}
    for claim in ruling["claims"]:
        found.setdefault(claim["part"], set()).add(claim["claim"])
    return found


def test_weak_reports_stay_visible_with_the_reason_they_lost(ask: Run) -> None:
    """That Abish was replaced, or detained, is told beside the answer, with who told it."""
    result = ask("why", "samat-abish", "status", *HINDSIGHT)
    text = " ".join(result.stdout.split())
    assert "answer on-leave" in text
    assert "decided by band: firm before weak before discounted" in text
    assert "speaker Press service of the National Security Committee (nsc-press-service)" in text
    assert "(icds-2022)" in text
    assert "locator point 3, parenthesis" in text
    rivals = {
        claim["claim"]: claim
        for claim in one(ask, "samat-abish", "status", *HINDSIGHT)["claims"]
        if claim["part"] == "rival"
    }
    for name, reason in (
        ("abish-replaced-icds", "weak, the winner firm"),
        ("abish-detained-cornell", "discounted, the winner firm"),
    ):
        assert name in text
        assert rivals[name]["reason"] == reason
        assert rivals[name]["via"] == ["unnamed-media"]


def test_denial_of_another_value_is_told_beside_it(ask: Run) -> None:
    """The agency's denial that he was replaced is neither for the leave nor against it."""
    ruling = one(ask, "samat-abish", "status", *HINDSIGHT)
    assert parts(ruling)["beside"] == {"abish-not-replaced-nsc"}


def test_every_kind_of_claim_plays_its_part(ask_story: Run) -> None:
    """Winner, supporters, rivals, those beside, those who do not know, those set aside."""
    ruling = one(ask_story, "ada", "mood", "--at", "2020-01-07")
    assert parts(ruling) == {
        "winner": {"ada-glad-herald"},
        "supporter": {"ada-glad", "ada-glad-too"},
        "rival": {"ada-sad", "ada-rumour", "ada-right"},
        "beside": {"ada-not-angry"},
        "does not know": {"ada-unknown"},
        "set aside": {"ada-wrong", "ada-taken-back"},
    }
    reasons = {claim["claim"]: claim["reason"] for claim in ruling["claims"]}
    assert reasons["ada-wrong"] == "corrected by ada-right"
    assert reasons["ada-taken-back"] == "withdrawn (merry-withdrawn)"


def test_what_is_not_yet_said_is_set_aside(ask_story: Run) -> None:
    """As known on the 11th, what the later paper says is not yet said."""
    ruling = one(ask_story, "ada", "mood", "--as-of", "2020-01-11")
    later = {claim["claim"] for claim in ruling["claims"] if claim["reason"] == "not yet said"}
    assert later == parts(ruling)["set aside"] >= {"ada-sad", "ada-glad-herald", "ada-unknown"}


def test_supporters_are_grouped_by_origin(ask_story: Run) -> None:
    """What one speaker said twice stands below one origin, named once."""
    text = ask_story("why", "ada", "mood", "--at", "2020-01-07").stdout
    assert text.count("Ben (ben)") == 1
    assert text.index("Ben (ben)") < text.index("ada-glad  ") < text.index("ada-glad-too")


def test_origins_say_who_repeats_whom(ask_story: Run) -> None:
    """The answer and its support by origin, the first to speak first; firm ones corroborate."""
    ruling = one(ask_story, "ada", "mood", "--at", "2020-01-07")
    assert ruling["origins"] == [
        {"origin": "ben", "claims": ["ada-glad", "ada-glad-too"], "firm": True},
        {"origin": "herald", "claims": ["ada-glad-herald"], "firm": True},
    ]
    # What Ben said affirms the 5th to the 10th, and the 6th; the paper affirms the 7th.
    assert ruling["corroboration"] == 2
    repeats = {claim["claim"]: claim["repeats"] for claim in ruling["claims"] if claim["repeats"]}
    assert repeats == {"ada-glad-too": ["ada-glad"]}
    result = ask_story("why", "ada", "mood", "--at", "2020-01-07")
    assert "supported by 2 independent origins\n" in result.stdout
    (line,) = [line for line in result.stdout.splitlines() if "ada-glad-too" in line]
    assert line.endswith("ada-glad")
    text = ask_story("why", "ada", "mood", "--at", "2020-01-07", "--format", "csv").stdout
    told = {row["claim"]: row["repeats"] for row in csv.DictReader(io.StringIO(text))}
    assert (told["ada-glad-too"], told["ada-glad"]) == ("ada-glad", "")


def test_origins_that_do_not_count_are_told_apart(run: Run) -> None:
    """A rumour corroborates nothing, nor does what does not affirm the date."""
    late = """
claims:
  - {id: glad-rumour, subject: ada, property: mood, value: glad, valid: 2020-01-07,
     source: gazette, credibility: 4}
  - {id: glad-before, subject: ada, property: mood, value: glad, valid: 2020-01-01,
     source: gazette, asserted: 2020-01-02, speaker: ada}
"""
    for name, text in (("story", STORY), ("late", late)):
        Path(f"{name}.yaml").write_text(text)
        assert run("append", f"{name}.yaml").exit_code == 0
    ruling = one(run, "ada", "mood", "--at", "2020-01-07")
    assert [(origin["origin"], origin["firm"]) for origin in ruling["origins"]] == [
        ("ada", True),
        ("ben", True),
        ("gazette", False),
        ("herald", True),
    ]
    assert ruling["corroboration"] == 2
    text = " ".join(run("why", "ada", "mood", "--at", "2020-01-07").stdout.split())
    assert "supported by 4 independent origins, 3 of them firm" in text
    assert "corroborated by 2 of 4 origins at this date" in text
    text = " ".join(run("why", "ada", "mood", "--at", "2020-01-20").stdout.split())
    assert "corroborated by 1 of 4 origins where it was last affirmed" in text


def test_who_does_not_know_is_told_where_nobody_names_a_value(run: Run) -> None:
    """Of many values: a slot of which there is only that."""
    unknown = "id: ben-hatless, subject: ben, property: hat, unknown: true"
    Path("story.yaml").write_text(STORY.replace(unknown.replace("unknown", "none"), unknown))
    assert run("append", "story.yaml").exit_code == 0
    assert parts(one(run, "ben", "hat")) == {"does not know": {"ben-hatless"}}


def test_merges_are_told_with_what_they_join(run: Run) -> None:
    """Each claim by the ids that stand for what it names; which ids were named is told too."""
    merged = """
entities: [{id: the-lady, type: person, name: A lady}]
properties: [{id: friend, label: friend, datatype: entity, temporal: fixed}]
claims:
  - {id: lady-glad, subject: the-lady, property: mood, value: glad, valid: 2020-01-07,
     source: gazette}
  - {id: friend-lady, subject: ben, property: friend, value: the-lady, source: gazette}
merges: [{id: lady-is-ada, into: ada, from: [the-lady], reason: "the same hat"}]
"""
    for name, text in (("story", STORY), ("merged", merged)):
        Path(f"{name}.yaml").write_text(text)
        assert run("append", f"{name}.yaml").exit_code == 0
    args = ("why", "the-lady", "mood", "--at", "2020-01-07")
    whole = data(run(*args, "--format", "json"))
    merge = {"id": "lady-is-ada", "into": "ada", "from": ["the-lady"], "reason": "the same hat"}
    assert whole["merges"] == [merge]
    subjects = {claim["claim"]: claim["subject"] for claim in whole["rulings"][0]["claims"]}
    assert (subjects["lady-glad"], subjects["ada-glad"]) == ("the-lady", "ada")
    text = run(*args).stdout
    assert "lady-glad (of the-lady)" in " ".join(text.split())
    assert "judged to be one\n" in text
    assert "the-lady = ada" in text
    friend = data(run("why", "ben", "friend", "--format", "json"))
    assert friend["merges"] == [merge]
    assert friend["rulings"][0]["claims"][0]["value"] == "ada"
    assert data(run("why", "ben", "hat", "--format", "json"))["merges"] == []


def test_sections_are_headed_in_words(ask_story: Run) -> None:
    """The table has a section for each part that some claim plays, and no others."""
    text = ask_story("why", "ada", "mood", "--at", "2020-01-07").stdout
    headings = (
        "supported by",
        "what lost, and why",
        "said beside it",
        "says that it is not known",
        "set aside",
    )
    assert [text.index(heading) for heading in headings] == sorted(
        text.index(heading) for heading in headings
    )
    assert "cannot all hold" not in text


def test_conflict_records_are_told(ask_story: Run) -> None:
    """A conflict that disputes the ruling is named, with its claims and note."""
    ruling = one(ask_story, "ben", "toll", "--where", "area=town")
    assert ruling["conflicts"] == []
    whole = data(ask_story("why", "ben", "toll", "--format", "json"))["rulings"]
    assert whole[0]["conflicts"] == [
        {
            "id": "not-both",
            "claims": ["hat-red", "toll-three"],
            "note": "either or",
            "in_force": True,
        }
    ]
    assert "either or" in ask_story("why", "ben", "toll").stdout


def test_conflict_is_not_in_force_before_both_claims_are_known(ask_story: Run) -> None:
    """It is told all the same, as one that does not dispute the ruling."""
    whole = data(ask_story("why", "ben", "toll", "--known", "2020-01-01", "--format", "json"))
    assert [record["in_force"] for record in whole["rulings"][0]["conflicts"]] == [False]


def test_each_value_of_many_has_its_ruling_the_believed_first(ask_story: Run) -> None:
    """A value that was taken back is told too, last."""
    rulings = data(ask_story("why", "ada", "hat", "--format", "json"))["rulings"]
    assert [ruling["value"] for ruling in rulings] == ["blue", "red", None]
    assert parts(rulings[-1]) == {"set aside": {"hat-green"}}


def test_claim_that_there_is_none_is_told_where_no_value_is_claimed(ask_story: Run) -> None:
    """With many values possible, and none claimed, who says that there is none is heard."""
    ruling = one(ask_story, "ben", "hat")
    assert ruling["value"] is None
    assert [claim["reason"] for claim in ruling["claims"]] == ["a denial"]


def test_what_later_records_made_of_a_claim_is_told(run: Run) -> None:
    """A restated value, a preference, a new credibility; who relayed what a speaker said."""
    Path("story.yaml").write_text(STORY)
    Path("more.yaml").write_text(
        "claims:\n"
        "  - {id: hat-crimson, subject: ben, property: hat, value: crimson, source: gazette}\n"
        "  - {id: hat-in-red, subject: ben, property: hat, value: red, source: herald,"
        " speaker: ada, via: [ben, gazette],"
        " revises: {claim: hat-crimson, kind: restatement}}\n"
        "assessments:\n"
        "  - {id: rather, claim: ada-rumour, rank: preferred, credibility: 5, asserted: 2020-02}\n"
    )
    assert run("append", "story.yaml", "more.yaml").exit_code == 0
    crimson, red = sorted(
        data(run("why", "ben", "hat", "--known", "2020-01-12", "--format", "json"))["rulings"],
        key=lambda ruling: ruling["value"] or "",
    )
    assert parts(red)["supporter" if red["claim"] == "hat-in-red" else "winner"] == {"hat-crimson"}
    told = {claim["claim"]: claim["reason"] for claim in crimson["claims"]}
    assert told["hat-crimson"] == "restated, now for red"
    assert (
        "ada via ben via gazette, herald" in run("trace", "ben", "hat", "--format", "table").stdout
    )
    ruling = one(run, "ada", "mood", "--at", "2020-01-08")
    assert parts(ruling)["winner"] == {"ada-rumour"}
    weights = {claim["claim"]: claim["weight"] for claim in ruling["claims"]}
    assert weights["ada-rumour"] == "preferred, firm (5, was 4)"


def test_presumed_answer_tells_when_it_was_last_affirmed(ask: Run) -> None:
    """What is carried forward says so beside its standing."""
    text = ask("why", "samat-abish", "status", "--as-of", "2022-01-18").stdout
    assert "standing    settled, presumed, last affirmed 2022-01-17\n" in text


def test_topic_without_claims_is_unknown(ask_story: Run) -> None:
    """Nobody said anything: that is an answer, not an error."""
    ruling = one(ask_story, "ben", "mood")
    assert (ruling["standing"], ruling["claims"]) == ("unknown", [])
    assert "answer    -" in ask_story("why", "ben", "mood").stdout


def test_what_gives_no_answer_is_told_where_nothing_is_believed(ask: Run) -> None:
    """After a state has ended, the claims are listed with the reason for their silence."""
    text = ask("why", "nsc-first-deputy-chair", "holder", *HINDSIGHT[2:], "--at", "2022-01-18")
    assert "ended" in text.stdout
    assert "what gives no answer here" in text.stdout


def test_csv_has_a_row_for_each_claim(ask_story: Run) -> None:
    """A row names the slot, the part, the claim and the reason."""
    text = ask_story("why", "ada", "mood", "--at", "2020-01-07", "--format", "csv").stdout
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 10
    assert rows["ada-rumour"]["part"] == "rival"
    assert rows["ada-rumour"]["via"] == "ben"
    assert rows["ada-not-angry"]["denies"] == "true"


def test_every_claim_of_the_bundled_chronicle_plays_one_part(seeded: Path) -> None:
    """For every topic, each claim is told exactly once, or once a slot where values are slots."""
    with Chronicle.open(seeded, create=False) as chronicle:
        view = chronicle.view(at="2022-01-12")
        with chronicle.database.reading() as connection:
            topics = {
                name: set(topic.testimonies) for name, topic in view.reader.topics(connection)
            }
        assert len(topics) > 100
        for (subject, name), claims in topics.items():
            found = grounds(view, subject, name)
            told = [one.claim["id"] for slot in found for one in slot.exhibits]
            assert set(told) == claims, (subject, name)
            if view.reader.properties[name].get("cardinality") != "many":
                assert len(told) == len(claims), (subject, name)
            for slot in found:
                assert bool(slot.having("winner")) == (slot.ruling.claim is not None)


def test_deciding_criteria_are_told_in_words(seeded: Path) -> None:
    """Whatever decided, the words for it say more than the name of the criterion."""
    told: dict[str, str] = {}
    with Chronicle.open(seeded, create=False) as chronicle:
        for date in ("2022-01-06", "2022-01-12", "2022-05-31"):
            view = chronicle.view(as_of=date)
            with chronicle.database.reading() as connection:
                names = [name for name, _ in view.reader.topics(connection)]
            every = [one for name in names for one in grounds(view, *name)]
            told |= {str(one.ruling.decided_by): one.decided for one in every if one.ruling.claim}
    assert told.keys() >= {"unopposed", "band", "horizon", "corroboration"}
    assert all(len(words.split()) >= 3 for words in told.values())
