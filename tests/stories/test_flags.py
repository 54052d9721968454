"""Deals, prices, health and colleagues are flagged; what only sounds like them is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.flags import MOST_FLAGS, About, flags_in
from stories.interviews import How
from stories.story import Telling

PLAIN = Telling(
    story_id=1,
    author_id="U1",
    who="the baker",
    named=False,
    company="",
    segment="",
    talked_on=date(2026, 11, 12),
    how=How.CALL,
    title="Invoices at four",
    trying_to="",
    happened="",
    meaning="",
    quotes=(),
    themes=(),
)


def flagged(text: str) -> list[About]:
    return [flag.about for flag in flags_in(replace(PLAIN, happened=text))]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("We quoted them a price of £12,000 for the year.", About.PRICE),
        ("They pay $40 per seat and find it fair.", About.PRICE),
        ("They got a 20% discount last spring.", About.PRICE),
        ("Their contract is worth 1.2 million euros.", About.PRICE),
        ("She is about to cancel the contract.", About.DEAL),
        ("They will not renew in March.", About.DEAL),
        ("This is off the record, she said.", About.DEAL),
        ("They are in contract negotiations with legal.", About.DEAL),
        ("She was on sick leave for a month.", About.HEALTH),
        ("He has diabetes and needs the alarm.", About.HEALTH),
        ("I came back after chemotherapy.", About.HEALTH),
        ("My colleague Tom Baker had promised it.", About.COLLEAGUE),
        ("Dana from our support team never answered.", About.COLLEAGUE),
        ("Ask <@U123ABC> about it.", About.COLLEAGUE),
    ],
)
def test_what_should_be_looked_at_again_is_flagged(text: str, about: About) -> None:
    assert flagged(text) == [about]


@pytest.mark.parametrize(
    "text",
    [
        "I do my invoices at four in the morning, with flour on the screen.",
        "The export lost the VAT line, so she typed 40 orders again.",
        "He sells bread for £2 at the market.",
        "About 20% of the parcels come back.",
        "The price was fair, she said.",
        "A great deal of work went into it.",
        "The hospital treats cancer patients, and the ward plan is on paper.",
        "She signs everything twice.",
        "The page gave her a headache.",
        "She will renew her passport at the town hall.",
        "Leeds from the train looked grey.",
        "We plan a surgery scheduling tool.",
        "The team from sales came along.",
        "Monday from nine to five.",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert flagged(text) == []


def test_each_passage_is_flagged_once_with_its_words_and_never_too_many() -> None:
    twice = replace(PLAIN, happened="They got a 20% discount. They got a 20% discount.")
    assert [flag.words for flag in flags_in(twice)] == ["20% discount"]
    many = " ".join(f"They got a {number}% discount." for number in range(10, 40))
    assert len(flags_in(replace(PLAIN, meaning=many))) == MOST_FLAGS


@given(st.text(alphabet="£€$0123456789 .,%kmdiscountpricehas ", max_size=400))
@settings(max_examples=60)
def test_no_text_takes_long_or_breaks_it(text: str) -> None:
    assert len(flags_in(replace(PLAIN, happened=text))) <= MOST_FLAGS
