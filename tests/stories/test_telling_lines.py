"""Five lines by which colleagues would remember a customer, from talk that is made up here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.sentences import sentences
from stories.telling_lines import FEWEST_WORDS, MOST_WORDS, Line, propose
from stories.telling_worth import length


@dataclass(frozen=True)
class Said:
    who: str
    text: str
    line: int = 1
    at: timedelta | None = None


TELLING = (
    "I had to drive forty miles back to the depot because the map froze again.",
    "We ended up printing the timetable and gluing it inside the drivers' doors.",
    "Suddenly the queue was gone by nine, and nobody could believe it.",
    "I wish somebody had told us that before we lost two weeks of bookings.",
    "My biggest fear was that the refunds would never reach the parents in time.",
)
DULL = (
    "Thank you for having me, it is a pleasure to be here today.",
    "A timetable is a tool for planning trips and it provides an overview of the departures.",
    "The second module supports the import of files in several formats from other systems.",
    "You can open the settings and then you should choose the language of the reports.",
    "Dispatch software enables organisations to coordinate vehicles of various types.",
)
ASKED = "Was it hard for you when we broke the map and you lost two weeks of our bookings?"


def talk(rounds: int = 5) -> list[Said]:
    """Questions and answers; each answer has one telling line among dull ones."""
    turns: list[Said] = []
    for at in range(rounds):
        turns.append(Said("Host", f"{ASKED} I never thought we had to fix that ourselves.", 4 * at + 1))
        answer = f"{DULL[at % 5]} {TELLING[at % 5]} {DULL[(at + 1) % 5]}"
        turns.append(Said("Nell", answer, 4 * at + 3, timedelta(minutes=7 * at)))
    return turns


def test_the_telling_sentences_are_found_among_dull_ones() -> None:
    assert {line.text for line in propose(talk(), {"Nell"})} == set(TELLING)


def test_each_line_knows_its_moment() -> None:
    turns = talk()
    for line in propose(turns, {"Nell"}):
        turn = turns[line.turn]
        assert (line.who, line.line, line.at) == (turn.who, turn.line, turn.at)
        parts = sentences(turn.text)[line.first : line.last + 1]
        assert " ".join(part.text for part in parts) == line.text


def test_a_turn_without_a_clock_gives_a_line_without_a_time() -> None:
    @dataclass(frozen=True)
    class Timeless:
        who: str
        text: str
        line: int

    (line,) = propose([Timeless("Nell", TELLING[0], 12)], {"Nell"})
    assert (line.line, line.at) == (12, None)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Trouble With Night Trains The worst was that I lost two hours at the border.", "The worst"),
        ("My Night At Sea: I never thought we would lose the anchor twice in one night.", "I never thought"),
        ("After Grace left, I never found anybody who could read the old timetable.", "After Grace left"),
    ],
)
def test_a_heading_that_ran_into_a_sentence_is_not_quoted(said: str, quoted: str) -> None:
    (line,) = propose([Said("Nell", said)], {"Nell"})
    assert line.text == said[said.index(quoted) :]


@pytest.mark.parametrize(
    "said",
    [
        'Then Jo says that we lost it all. "I had to drive back forty miles because the map froze.',
        "I’m Nell Okoro, the co-founder of a depot that we built twice because the first one burned.",
    ],
)
def test_half_a_quotation_and_a_title_are_no_line(said: str) -> None:
    assert propose([Said("Nell", said)], {"Nell"}) == ()


def test_the_interviewer_is_never_quoted() -> None:
    assert propose(talk(), {"nobody"}) == ()
    assert {line.who for line in propose(talk(), {"Nell"})} == {"Nell"}
    assert propose([Said("", TELLING[0])], {""}) == ()


def test_a_voice_is_known_by_its_name_whatever_its_case_and_accents() -> None:
    assert len(propose([Said("JOSÉ", TELLING[0])], {"José"})) == 1
    assert len(propose([Said("Jose", TELLING[0])], {"José"})) == 1


def test_two_customers_are_both_heard() -> None:
    turns = [*talk(2), Said("Ali", TELLING[4], 30)]
    assert {line.who for line in propose(turns, ["Nell", "Ali"])} == {"Nell", "Ali"}


def test_lines_are_spread_over_the_talk_even_when_one_answer_has_many_good_ones() -> None:
    crowded = Said("Nell", " ".join(TELLING), 1)
    things = ("blue tablet", "paper forms", "night shift", "old radio")
    quiet = [
        Said("Nell", f"{DULL[at]} We tried the {thing} and it was slow.", 5 * at + 9)
        for at, thing in enumerate(things)
    ]
    chosen = propose([crowded, *quiet], {"Nell"})
    assert len({line.turn for line in chosen}) >= 4


def test_the_same_thing_said_twice_is_proposed_once() -> None:
    twice = [Said("Nell", TELLING[0], 1), Said("Nell", DULL[1], 3), Said("Nell", TELLING[0], 5)]
    assert [line.text for line in propose(twice, {"Nell"})] == [TELLING[0]]


def test_what_leans_on_the_sentence_before_comes_with_it_or_not_at_all() -> None:
    before, leaning = (
        "I carried every spare key in my own lunch box for years.",
        "That was a nightmare when I lost it.",
    )
    (line,) = propose([Said("Nell", f"{before} {leaning}")], {"Nell"}, most=1)
    assert line.text != leaning
    assert line.text.startswith(before)


def test_a_line_does_not_begin_with_somebody_named_before() -> None:
    said = "They broke it again, and I was afraid of the winter. So I had to drive forty miles to the depot."
    (line,) = propose([Said("Nell", said)], {"Nell"}, most=1)
    assert line.text == "So I had to drive forty miles to the depot."


def test_broken_off_and_endless_sentences_are_no_lines() -> None:
    endless = "I had to " + "ring them and then wait and then " * 10 + "drive there myself."
    for text in (
        "We lost two weeks because the map froze and I had to …",
        "so we lost all of it, I was scared.",
        endless,
    ):
        assert propose([Said("Nell", text)], {"Nell"}) == ()


def test_a_question_to_the_host_is_no_line() -> None:
    asks = "Did you know that we lost two weeks of bookings because of it?"
    assert [line.text for line in propose([Said("Nell", f"{asks} {TELLING[0]}")], {"Nell"})] == [TELLING[0]]


@pytest.mark.parametrize(
    "text",
    ["", " ", "Yes.", "Hello!", "Thank you for having me, it was a pleasure to talk to you today.", "\n\n"],
)
def test_nothing_is_proposed_where_nothing_is_told(text: str) -> None:
    assert propose([Said("Nell", text)], {"Nell"}) == ()
    assert propose([], {"Nell"}) == ()


def test_no_more_than_asked_for_and_best_first() -> None:
    all_five = propose(talk(), {"Nell"})
    assert propose(talk(), {"Nell"}, most=2) == all_five[:2]
    assert propose(talk(), {"Nell"}, most=0) == ()
    assert len(propose(talk(40), {"Nell"}, most=5)) == 5


@pytest.mark.parametrize(
    "words",
    [
        "اضطررنا إلى كتابة 40 رسالة بأيدينا لأن النظام توقف يوم الأحد. ثم قال المدير: «هذا لا يكفي أبدا».",
        "נאלצנו לכתוב 40 מכתבים ביד כי המערכת קרסה ביום ראשון. אף אחד לא ידע מה לעשות עם 12 הנהגים.",
        "私たちは40通の手紙を手で書かなければなりませんでした。日曜日にシステムが止まったからです！",
        "Wir mussten 40 Briefe von Hand schreiben, weil am Sonntag alles stehen blieb. Keiner wusste Rat.",
        "เราต้องเขียนจดหมาย 40 ฉบับด้วยมือเพราะระบบล่มในวันอาทิตย์",
    ],
)
def test_other_languages_are_read_without_harm_and_never_changed(words: str) -> None:
    turns = [Said("Nell", words), Said("Nell", f"{words} {TELLING[0]}")]
    for line in propose(turns, {"Nell"}):
        assert line.text in turns[line.turn].text


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*TELLING, *DULL, ASKED, "So we left.", "And then...", "…"]), st.text(max_size=60)
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["Nell", "Host", ""]), TEXTS), max_size=12))
def test_every_line_is_whole_sentences_of_a_customers_turn(said: list[tuple[str, str]]) -> None:
    turns = [Said(who, text, at) for at, (who, text) in enumerate(said, 1)]
    lines = propose(turns, {"Nell"})
    assert len(lines) <= 5
    assert len({line.text for line in lines}) == len(lines)
    assert len({(line.turn, at) for line in lines for at in range(line.first, line.last + 1)}) == sum(
        line.last - line.first + 1 for line in lines
    )
    for line in lines:
        _is_whole(line, turns)


def _is_whole(line: Line, turns: Sequence[Said]) -> None:
    turn = turns[line.turn]
    parts = sentences(turn.text)[line.first : line.last + 1]
    assert turn.who == "Nell"
    assert 1 <= len(parts) <= 2
    assert all(part.whole for part in parts)
    assert " ".join(turn.text[parts[0].start : parts[-1].end].split()) == line.text
    assert FEWEST_WORDS <= sum(length(part.text) for part in parts) <= MOST_WORDS


HOSTILE = {
    "very many cues": lambda: [
        Said("Nell", "We lost it because of the map, and I had to walk home again.", at)
        for at in range(10_500)
    ],
    "one long word": lambda: [Said("Nell", "a" * 60_000)],
    "one long line": lambda: [Said("Nell", "I had to wait " * 4_000)],
    "one long turn": lambda: [Said("Nell", "We had to wait for the map again. " * 2_000)],
    "patterns": lambda: [
        Said("Nell", 'I said "' * 8_000),
        Said("Nell", "so so so " * 8_000),
        Said("Nell", "it's really " * 8_000),
    ],
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("talk_of", HOSTILE)
def test_hostile_talk_comes_to_an_end(talk_of: str) -> None:
    assert len(propose(HOSTILE[talk_of](), {"Nell"})) <= 5
