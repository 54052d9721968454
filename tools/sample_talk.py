"""A conversation that a newcomer to the demo might write up; made up, any likeness is chance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """What is typed into the write-up; `score` and `themes` as its lists show them, days as YYYY-MM-DD."""

    name: str
    company: str
    segment: str
    alias: str
    trying_to: str
    happened: str
    quote: str
    meaning: str
    score: str
    themes: tuple[str, ...]
    title: str
    consent_words: str
    promise: str
    promise_by: str


TALK = Talk(
    name="Marian Tooley",
    company="Tooley’s Bread Round",
    segment="Rounds",
    alias="the baker with the bread round",
    trying_to="Get the week’s bread money in before the mill wants paying on Friday.",
    happened=(
        "Marian bakes from two and drives from five, so the bills are made at the kitchen table with flour "
        "on her hands. Everybody on the round was set up but one: the village school, which pays by the "
        "term. Our form knows weeks and months. So she entered the school twelve times, once for each week, "
        "and it worked. Then the school paid for all twelve at once."
    ),
    quote="I’ve got twelve schools now. There’s only the one, and it has forty-one children in it.",
    meaning=(
        "A term is how schools, nurseries and parish halls pay. Whoever delivers to one will find the same "
        "way around us, and lose an evening in January."
    ),
    score="6",
    themes=("bank matching", "invoices"),
    title="One school, entered twelve times",
    consent_words="Tell your lot, but leave my name off it. The mill reads everything.",
    promise="Ring her when a bill can be by the term",
    promise_by="2027-01-08",
)
