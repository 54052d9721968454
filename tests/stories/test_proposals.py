from __future__ import annotations

from datetime import date

from stories.consent import Purpose
from stories.forms import first_problem
from stories.notes import read_notes
from stories.proposals import Answers, Open, Proposal, form_of, propose
from stories.proposals.quoting import FEWEST, MOST, passages, spread
from stories.proposals.worth import is_small_talk, score, sentences_of, word_count

TODAY = date(2026, 11, 22)
TALK = """\
# Conversation with Marta Ortega and Piet Vos of Ortega Bakery

Date: 2026-10-14

## Summary

In this video, Marta and Piet talk about invoices. Ortega Bakery sends four hundred a month.

## Transcript

**Interviewer:** Thanks for coming! Would you like to introduce yourself?

**Marta Ortega:** Thank you for having me. My name is Marta Ortega, and I'm the owner of a bakery.

**Interviewer:** What were you hoping for?

**Marta Ortega:** We wanted to get the invoices out before the ovens are hot. Piet does them by night.

**Interviewer:** And how is it going?

**Marta Ortega:** It is fine. I do my invoices at four in the morning, because nobody calls me then.
I never know which of the three sheets is the right one, so I print them all and I hate the waste.

**Interviewer:** What would you change?

**Piet Vos:** I would throw the printer away, but my accountant needs the paper every single month.
"""


def proposed(text: str = TALK, answers: Answers | None = None, name: str = "notes.md") -> Proposal:
    (notes,) = read_notes(name, text.encode(), today=TODAY)
    return propose(notes, answers, today=TODAY)


def test_a_talk_with_two_guests_asks_who_is_the_customer_and_takes_the_other_out() -> None:
    assert [gap.what for gap in proposed().gaps] == [Open.CUSTOMER]
    marta = proposed(answers=Answers(customer="Marta Ortega"))
    assert marta.gaps == ()
    assert marta.company == "Ortega Bakery"
    everything = " ".join([marta.title, marta.trying_to.text, marta.happened.text, *marta.quotes])
    assert "Piet" not in everything
    assert marta.happened.text.startswith("Marta and somebody else talk about invoices.")


def test_quotes_are_the_customers_whole_sentences_and_no_small_talk() -> None:
    marta = proposed(answers=Answers(customer="Marta Ortega"))
    assert marta.quotes[0] == (
        "I never know which of the three sheets is the right one, so I print them all and I hate the waste."
    )
    assert "I do my invoices at four in the morning, because nobody calls me then." in marta.candidates
    assert not any("My name" in quote or "printer" in quote for quote in marta.candidates)
    assert all(FEWEST <= word_count(quote) <= MOST for quote in marta.quotes)


def test_what_they_wanted_is_said_in_their_own_words() -> None:
    marta = proposed(answers=Answers(customer="Marta Ortega"))
    assert marta.trying_to.text == "“We wanted to get the invoices out before the ovens are hot.”"
    assert marta.trying_to.whence == "their own words, line 17"


def test_a_title_that_only_says_with_whom_gives_way_to_their_words() -> None:
    marta = proposed(answers=Answers(customer="Marta Ortega"))
    assert marta.title.strip("“”") in " ".join(marta.candidates) + " ".join(marta.quotes)
    assert "Marta" not in marta.title
    assert proposed(TALK.replace("# Conversation", "# Four hundred invoices\n\n#### Talk")).title == (
        "Four hundred invoices"
    )


def test_answers_stand_over_what_was_read() -> None:
    answers = Answers(
        customer="Piet Vos", day=date(2026, 1, 2), title="Paper", quotes=("So be it.",), happened="It rained."
    )
    piet = proposed(answers=answers)
    assert (piet.customer, piet.day, piet.title, piet.quotes) == (
        "Piet Vos",
        date(2026, 1, 2),
        "Paper",
        ("So be it.",),
    )
    assert piet.happened.text == "It rained."


def test_notes_that_do_not_mark_who_speaks_are_asked_about() -> None:
    unmarked = (
        "# Call with Marta Ortega\n\nDate: 2026-10-14\n\nWe talked for an hour about her bakery.\n\n"
        "I hate the printer because it always stops when the first loaves are in the oven.\n"
    )
    marta = proposed(unmarked)
    assert [gap.what for gap in marta.gaps] == [Open.QUOTES]
    assert "I hate the printer because it always stops when the first loaves are in the oven." in (
        marta.candidates
    )
    assert proposed(unmarked, Answers(quotes=marta.quotes)).gaps == ()


def test_a_proposal_without_gaps_is_a_form_without_problems() -> None:
    marta = proposed(answers=Answers(customer="Marta Ortega"))
    form = form_of(marta, sharing=Purpose.WITHOUT_NAME, consent_words="Yes.", segment="bakeries")
    assert first_problem(form, today=TODAY) is None
    assert (form.name, form.company, form.talked_on) == ("Marta Ortega", "Ortega Bakery", "2026-10-14")


def test_a_heading_of_ours_is_told_as_ours() -> None:
    notes = (
        "# Round two\n\nDate: 2026-10-14\n\n## What we wanted to learn\n\nWhy invoices are late.\n\n"
        "## Findings\n\n- They are late because the printer stops and nobody hears it.\n"
        '- "It stops whenever it likes and always at night"\n'
    )
    found = proposed(notes)
    assert found.trying_to.text == "What we wanted to learn: Why invoices are late."
    assert found.happened.text == "- They are late because the printer stops and nobody hears it."


def test_words_that_somebody_chose_are_taken_whole() -> None:
    said = "it always stops at night and I never hear it ~ Baker"
    assert [passage.text for passage in passages(said, 1, marked=True)] == [
        "it always stops at night and I never hear it"
    ]
    assert list(passages(said, 1, marked=False)) == []


def test_quotes_are_spread_over_the_talk_with_the_best_first() -> None:
    lines = [f"We had the problem number {n} with the ovens in the cellar." for n in range(10)]
    lines[7] = "I hate it when the ovens in the cellar are never hot in time."
    found = [p for n, line in enumerate(lines) for p in passages(line, n, marked=False)]
    assert [passage.line for passage in spread(found, 5)] == [7, 0, 2, 4, 8]


def test_sentences_keep_their_closing_marks() -> None:
    assert list(sentences_of("He said “Stop.” Then (it did.) And 3.5 more")) == [
        "He said “Stop.”",
        "Then (it did.)",
        "And 3.5 more",
    ]


def test_what_makes_one_want_to_hear_more_scores() -> None:
    assert score("I hate the printer because it never works.") > score("The printer has been working.")
    assert score("So this is what we do with those things, you know.") < 0
    assert is_small_talk("Thanks for having me!")
    assert is_small_talk("What would you change?")
    assert not is_small_talk("When I joined the bakery, nobody had heard of invoices.")
