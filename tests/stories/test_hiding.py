"""Deciding what becomes of what was found, and telling the story accordingly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.consent import Purpose
from stories.customers import Customer
from stories.hiding import Decision, boxes, findings, fingerprint, hide_decided, undecided
from stories.identities import Kind
from stories.interviews import How, Interview, Quote
from stories.language import speaking
from stories.story import Story, StoryState, preview, title_told

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TALK = Interview(
    id=1,
    customer=Customer(
        id=1, name="Marta Ortega", alias="the payroll clerk", company="Brixelby", segment="smb"
    ),
    author_id="U1",
    talked_on=date(2026, 3, 1),
    how=How.CALL,
    title="My colleague Zsófia ran it",
    trying_to="Pay everybody in Wolverhampton.",
    happened="Marta asked Zsófia Balogh, who wrote to help@example.org.",
    meaning="",
    quotes=(Quote(id=1, text="Zsófia is the only one in Wolverhampton who knows."),),
    score=None,
    themes=("payroll",),
    promise=None,
    created_at=NOW,
)


def story(told: Interview) -> Story:
    return Story(id=1, interview=told, state=StoryState.PUBLISHED, revision=1, published_at=NOW)


def test_what_was_found_is_to_be_hidden_unless_decided_otherwise() -> None:
    kept = replace(TALK, hidden=("-place:Wolverhampton",))
    decided = {str(one) for one in findings(kept).decisions}
    assert {"person:Zsófia Balogh", "person:Zsófia", "-place:Wolverhampton"} <= decided
    assert findings(kept).addresses == 1
    assert not any("Marta" in one or "Brixelby" in one for one in decided), "these go in any case"


def test_a_whole_name_and_a_part_of_it_are_asked_about_once() -> None:
    asked = boxes(findings(TALK).decisions)
    assert [[one.text for one in together] for together in asked] == [
        ["Zsófia Balogh", "Zsófia"],
        ["Wolverhampton"],
    ]


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        (("person:Tom Becker", "-person:Tom"), 2),
        (("person:Tom Becker", "person:Tom Miller", "person:Tom"), 3),
        (("person:Tom Becker", "company:Becker"), 2),
        (("-person:Tom Becker", "-person:Becker"), 1),
    ],
    ids=["decided otherwise", "one of two", "another kind", "both stand"],
)
def test_what_may_be_somebody_else_is_asked_about_by_itself(kept: tuple[str, ...], asked: int) -> None:
    assert len(boxes(map(Decision.of, kept))) == asked


def test_a_telling_without_name_hides_what_was_decided_and_one_with_name_does_not() -> None:
    decided = replace(TALK, hidden=tuple(str(one) for one in findings(TALK).decisions))
    told = preview(story(decided), Purpose.WITHOUT_NAME)
    assert told is not None
    assert told.quotes == ("[Somebody] is the only one in [a town] who knows.",)
    assert told.happened == "The payroll clerk asked somebody, who wrote to [e-mail address]."
    assert told.title == title_told(story(decided), Purpose.WITHOUT_NAME) == "My colleague ran it"
    named = preview(story(decided), Purpose.WITH_NAME)
    assert named is not None
    assert named.quotes[0].startswith("Zsófia")


def test_everything_is_undecided_at_first_and_nothing_after_each_was_decided() -> None:
    assert {one.text for one in undecided(TALK)} == {"Zsófia Balogh", "Zsófia", "Wolverhampton"}
    chosen = tuple(str(replace(one, hide=False)) for one in findings(TALK).decisions)
    assert undecided(replace(TALK, hidden=chosen)) == ()


def test_what_the_alias_says_is_no_secret() -> None:
    alias = replace(TALK.customer, alias="the baker from Wolverhampton")
    assert not any(one.text == "Wolverhampton" for one in findings(replace(TALK, customer=alias)).decisions)


@pytest.mark.parametrize(
    ("text", "decided", "told"),
    [
        ("Only in the Cork branch.", "place:Cork", "Only in the town branch."),
        ("They are at 12 Mill Lane.", "address:12 Mill Lane", "They are at an address."),
        ("Mr Balogh and BALOGH’s son.", "person:Balogh", "Somebody and somebody’s son."),
        ("Grace fell from grace.", "person:Grace", "Somebody fell from grace."),
        ("Anna and Annabel.", "person:Anna", "Somebody and Annabel."),
        ("It stays with Anna.", "-person:Anna", "It stays with Anna."),
        ("Her daughter Anna and the boss, Anna.", "person:Anna", "Her daughter and the boss, somebody."),
    ],
)
def test_hidden_words_read_well_and_nothing_else_changes(text: str, decided: str, told: str) -> None:
    assert hide_decided(text, (decided,)) == told


def test_two_who_are_hidden_are_told_apart_and_one_of_two_names_is_one() -> None:
    decided = (
        "person:Nia",
        "person:Odette",
        "person:Zsófia Balogh",
        "person:Zsófia",
        "place:Cork",
        "place:Ennis",
    )
    told = hide_decided("Because Nia rang and Odette came. Nia stayed.", decided)
    assert told == "Because somebody rang and somebody else came. Somebody stayed."
    assert hide_decided("Zsófia Balogh rang, Zsófia did.", decided) == "Somebody rang, somebody did."
    assert hide_decided("From Cork to Ennis.", decided) == "From a town to another town."


def test_a_town_and_a_street_said_in_passing_are_offered_wherever_they_stand() -> None:
    told = replace(
        TALK,
        customer=replace(TALK.customer, segment="Bakery, Leeds"),
        title="Two tills at 12 Mill Lane",
        happened="She drives there twice a week.",
        quotes=(Quote(id=1, text="I drive to Hebden Bridge every Monday to count the tins"),),
    )
    offered = [str(one) for one in findings(told).decisions]
    assert offered == [
        "place:Wolverhampton",
        "place:Leeds",
        "place:Hebden Bridge",
        "address:12 Mill Lane",
    ]


def test_what_was_put_into_somebodys_mouth_is_marked() -> None:
    decided = ("person:Anna", "person:Ben", "place:Cork")
    told = hide_decided("My boss Anna asked Ben in the Cork branch.", decided, quoted=True)
    assert told == "My boss [somebody] asked [somebody] in the [town] branch."


def test_what_stands_for_a_name_is_in_the_language_of_the_text() -> None:
    decided = replace(TALK, hidden=tuple(str(one) for one in findings(TALK).decisions))
    with speaking("de"):
        told = preview(story(replace(decided, language="en")), Purpose.WITHOUT_NAME)
    assert told is not None
    assert "somebody" in told.happened


def test_german_stand_ins_read_right_in_any_case_and_are_in_brackets_once() -> None:
    told = replace(
        TALK,
        customer=replace(TALK.customer, alias="die Lohnbuchhalterin", company="Fink Bau GmbH"),
        title="Die Liste von Marta",
        trying_to="Geld von Fink Bau nach Wolverhampton und nach Leeds, mit Zsófia Balogh und mit Anna.",
        happened="Sie ist an marta@example.org und an 12 Mill Lane gebunden. Marta war am +44 20 7946 0958.",
        quotes=(Quote(id=1, text="Mit Zsófia in Wolverhampton kam ich klar."),),
        hidden=(
            *("person:Zsófia Balogh", "person:Zsófia", "person:Anna"),
            *("place:Wolverhampton", "place:Leeds", "address:12 Mill Lane"),
        ),
        language="de",
    )
    with speaking("en"):
        read = preview(story(told), Purpose.WITHOUT_NAME)
    assert read is not None
    assert read.who == "die Lohnbuchhalterin"
    assert read.title == "Die Liste von [die Lohnbuchhalterin]"
    assert read.trying_to == (
        "Geld von [Firma] nach [Ort] und nach [anderer Ort], mit [Name] und mit [anderer Name]."
    )
    assert read.happened == (
        "Sie ist an [E-Mail-Adresse] und an [Adresse] gebunden. "
        "[die Lohnbuchhalterin] war am [Telefonnummer]."
    )
    assert read.quotes == ("Mit [Name] in [Ort] kam ich klar.",)


def test_the_fingerprint_changes_with_every_text_that_is_looked_at() -> None:
    changes = (
        replace(TALK, happened="x"),
        replace(TALK, quotes=()),
        replace(TALK, customer=replace(TALK.customer, name="Ana")),
    )
    assert len({fingerprint(told) for told in (TALK, *changes)}) == 4


@given(st.sampled_from(Kind), st.text(min_size=1, max_size=80), st.booleans())
def test_a_decision_is_kept_as_it_was_made(kind: Kind, text: str, hide: bool) -> None:
    decision = Decision(kind, text, hide=hide)
    assert Decision.of(str(decision)) == decision


@given(
    st.text(max_size=200),
    st.lists(st.sampled_from(["Anna", "Ortega & Co", "Zsófia Balogh", "a.b"]), max_size=3, unique=True),
)
def test_nothing_hidden_can_be_read_afterwards(text: str, names: list[str]) -> None:
    decided = tuple(f"company:{name}" for name in names)
    told = hide_decided(" ".join([text, *names]), decided)
    assert not any(f" {name} " in f" {told} " for name in names)
