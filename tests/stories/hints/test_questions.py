"""What may be pointed at in a question, and which questions are left in peace."""

from __future__ import annotations

import pytest

from stories.hints.asked import asked_in
from stories.hints.questions import Asks, kinds_of

POINTED_AT = [
    ("That was annoying, wasn't it?", Asks.LEADING),
    ("Don’t you think the export is slow?", Asks.LEADING),
    ("Do you think it would be better with a list?", Asks.LEADING),
    ("How easy was it to find the button?", Asks.LEADING),
    ("What benefits have you seen so far?", Asks.LEADING),
    ("Are you worried about the move?", Asks.LEADING),
    ("Would you agree that it is dear?", Asks.LEADING),
    ("How was it? Was it tricky?", Asks.LEADING),
    ("How did you hear of us, and why did you choose us?", Asks.DOUBLE),
    ("Do you use the app? How long does it take you?", Asks.DOUBLE),
    ("Would you use an app for that?", Asks.HYPOTHETICAL),
    ("If we built a map, what would you do with it?", Asks.HYPOTHETICAL),
    ("Where do you see your shop in five years?", Asks.HYPOTHETICAL),
    ("Did you know that our premium plan does that?", Asks.SELLING),
    ("Can I send you an offer for the larger one?", Asks.SELLING),
]
LEFT_IN_PEACE = [
    "What happened then?",
    "Could you walk me through that morning? What was it like?",
    "When did you last send a parcel?",
    "Why don't you start with how your day begins?",
    "What about the invoices? What do you do with them?",
    "What do you think was hardest about the move?",
    "Would you tell me about the last time?",
    "Would you mind if I wrote that down?",
    "Can I ask something else? Where do you keep the list?",
    "How hard or easy was that?",
    "Is there anything I should have asked?",
    "Wie haben Sie das gemacht, und warum eigentlich?",
]


@pytest.mark.parametrize(("asked", "kind"), POINTED_AT)
def test_what_is_wrong_with_a_question_is_said_first(asked: str, kind: Asks) -> None:
    assert kinds_of(asked)[:1] == (kind,)


@pytest.mark.parametrize("asked", LEFT_IN_PEACE)
def test_a_good_question_gets_no_hint(asked: str) -> None:
    assert kinds_of(asked) == ()


def test_an_offer_made_as_a_supposition_is_an_offer() -> None:
    assert kinds_of("What if I gave you twenty per cent off?") == (Asks.SELLING,)


def test_what_the_customer_asked_is_not_the_writers_question() -> None:
    notes = """
Me: How easy was it?
Anna: Would you build it for me?
And would you tell me when?

She asked whether you ship to Leeds?
I asked: “Don’t you find it slow?”
- **Q:** Where do you keep it?
What do you do on Fridays?
Is it raining?
"""
    assert asked_in(notes) == (
        "How easy was it?",
        "Don’t you find it slow?",
        "Where do you keep it?",
        "What do you do on Fridays?",
    )
