from __future__ import annotations

from datetime import date

import pytest

from stories.notes import Heard, ReadNotes, Side, read_notes
from stories.notes.people import names_in_title
from stories.notes.quotes import LONGEST_QUOTE

ANSWER = "We bake at night and nobody tells us what the shops will want."


def read(text: str) -> ReadNotes:
    (notes,) = read_notes("notes.md", text.encode(), today=date(2026, 11, 22))
    return notes


@pytest.mark.parametrize(
    "turn",
    [
        "**{who}:** {said}",
        "**{who}**: {said}",
        "{who}: {said}",
        "{who} (00:12): {said}",
        "[00:12:40] {who}: {said}",
        "**{who} (0:12):** {said}",
        "- **{who}:** {said}",
        "**{who}:**  \n{said}",
        "**{who}**\n{said}",
        "{who}  0:12\n{said}",
    ],
)
def test_a_conversation_is_read_however_its_speakers_are_marked(turn: str) -> None:
    lines = [
        ("Amara", ANSWER),
        ("Ines", "How do you plan the week?"),
        ("Amara", "On paper, which we throw away on Tuesday at the latest."),
        ("Ines", "And who reads it?"),
    ]
    notes = read("# A talk\n\n" + "\n\n".join(turn.format(who=who, said=said) for who, said in lines))
    assert {(p.name, p.side) for p in notes.people} == {("Amara", Side.CUSTOMER), ("Ines", Side.US)}
    assert [(q.text, q.who, q.heard) for q in notes.quotes] == [
        (ANSWER, "Amara", Heard.TURN),
        (lines[2][1], "Amara", Heard.TURN),
    ]


def test_roles_say_who_sits_where() -> None:
    notes = read(
        f"Interviewer: Why?\nParticipant 2: {ANSWER}\nQ: And then?\n"
        "A: Then we phone every single shop, every day.\n"
    )
    assert [(p.name, p.side.value) for p in notes.people] == [
        ("Interviewer", "us"),
        ("Participant 2", "customer"),
    ]
    assert [q.who for q in notes.quotes] == ["Participant 2", ""]


def test_a_title_names_the_customer_and_speakers_are_matched_to_them() -> None:
    notes = read(
        f"# Q&A with Steven Okoro of Breadworks\n\n**Stephen:** {ANSWER}\n\n**Host:** Since when?\n\n"
        "**Stephen:** Since my father ran the place, and he is ninety now.\n\n**Host:** Ninety?\n\n"
        "**Dana:** Can I ask about ovens?\n"
    )
    assert [(p.name, p.side.value, p.line) for p in notes.people] == [
        ("Steven Okoro", "customer", 1),
        ("Host", "us", 5),
        ("Dana", "us", 11),
    ]
    assert {q.who for q in notes.quotes} == {"Steven Okoro"}


def test_nobody_is_given_the_words_of_somebody_else() -> None:
    notes = read(
        f"**Amara**: {ANSWER}\n\n**Response**: I would buy a second oven before anything else.\n\n"
        "**Amara**: Thank you all!\n\n**Piet**: Ours broke twice this winter and nobody could come.\n\n"
        "**Response**: Mine did too, and it was the same week as yours.\n"
    )
    said = {q.text: q.who for q in notes.quotes}
    assert said == {
        ANSWER: "Amara",
        "I would buy a second oven before anything else.": "",
        "Ours broke twice this winter and nobody could come.": "Piet",
        "Mine did too, and it was the same week as yours.": "",
    }


def test_labels_of_parts_are_no_speakers() -> None:
    notes = read("**Impact:** It costs a day.\n\n**Impact:** It costs two days.\n\nRisk: high\nRisk: low\n")
    assert notes.people == ()
    assert notes.quotes == ()


def test_a_long_turn_is_cut_at_the_end_of_a_sentence() -> None:
    notes = read(f"Customer: {' '.join([ANSWER] * 20)}\n")
    (quote,) = notes.quotes
    assert LONGEST_QUOTE - len(ANSWER) <= len(quote.text) <= LONGEST_QUOTE
    assert quote.text.endswith(ANSWER)


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ('- "Nobody reads the printout any more"', [("Nobody reads the printout any more", "")]),
        ("1. “Nobody reads the printout any more.”", [("Nobody reads the printout any more.", "")]),
        (
            "> Nobody reads the printout any more\n> — Amara, baker",
            [("Nobody reads the printout any more", "Amara, baker")],
        ),
        ('> “Nobody reads the printout any more" - State', [("Nobody reads the printout any more", "State")]),
        ("> “Nobody reads the printout any more - State", [("Nobody reads the printout any more", "State")]),
        ("Amara: «Nobody reads the printout any more»", [("Nobody reads the printout any more", "Amara")]),
        ("She said “nobody reads the printout” twice.", [("nobody reads the printout", "")]),
        ("The button “Print the weekly plan now” is red.", []),
        ('e.g. "tell us what you did last week"', []),
        ("> See also the notes of last week", []),
        ("> | one | two | three | four |", []),
        ('"Too few words"', []),
        ("### “A heading is not a quote here”", []),
    ],
)
def test_quotes_are_what_somebody_said(line: str, quotes: list[tuple[str, str]]) -> None:
    assert [(q.text, q.who) for q in read(f"# Talk\n\n{line}\n").quotes] == quotes


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Q&A feat. Ada Lovelace of Engines Ltd", ["Ada Lovelace"]),
        ("Talk with Ada Lovelace and Mary Somerville", ["Ada Lovelace", "Mary Somerville"]),
        (
            "Panel with Ada Lovelace, Mary Somerville, and Jane Marcet.",
            ["Ada Lovelace", "Mary Somerville", "Jane Marcet"],
        ),
        ("Me...with Ada Lovelace & Mary Somerville", ["Ada Lovelace", "Mary Somerville"]),
        ("Interview: Ada Lovelace, engineer", ["Ada Lovelace"]),
        ("Working with legacy ovens", []),
        ("Filtering data with the Collector", []),
    ],
)
def test_a_title_may_say_with_whom(title: str, names: list[str]) -> None:
    assert names_in_title(title) == names
