from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.messages import own_stories, reacting, reports, search, sharing, stories_list, story
from bot.messages.blocks import LONGEST_SECTION, escaped, section
from bot.messages.reading import fold
from bot.messages.search import Choices, Page
from bot.search import Answer
from bot.search_seeing import Result
from stories.consent import Purpose
from stories.customers import Customer
from stories.interviews import How, Interview, Quote
from stories.story import Reaction, Story, StoryState, Telling
from tests.blockkit import assert_valid

BAKER = Telling(
    story_id=7,
    author_id="U0AMIRA",
    who="the baker from Leeds",
    named=False,
    company="",
    segment="small business",
    talked_on=date(2026, 11, 12),
    how=How.VIDEO,
    title="Invoices at four in the morning",
    trying_to="Get her invoices out before the ovens are hot.",
    happened="She printed every order since March, because the export lost the VAT line.",
    meaning="We ask for a VAT number when people are already tired.",
    quotes=("I do my invoices at four in the morning, with flour on the screen.",),
    themes=("invoices",),
)
SENTENCE = "She printed every order since March, because the export lost the VAT line. "
LONG = replace(BAKER, happened=SENTENCE * 39, meaning=SENTENCE * 20)
HEBREW = replace(BAKER, who="נעה לוי", title="החשבוניות בארבע בבוקר", quotes=("אני עושה חשבוניות.\nבארבע.",))
WORST = replace(
    BAKER,
    who="&" * 80,
    company="<" * 80,
    segment="&" * 40,
    title="&" * 120,
    trying_to="&" * 3000,
    happened="<" * 3000,
    meaning=">" * 3000,
    quotes=("<!channel> & " * 76,) * 5,
    counts=dict.fromkeys(Reaction, 1_000_000),
)
ALL = pytest.mark.parametrize(
    "telling", [BAKER, LONG, HEBREW, WORST], ids=["short", "long", "hebrew", "worst"]
)


def _words(built: Any) -> str:
    if isinstance(built, dict):
        return "\n".join(_words(value) for key, value in built.items() if key != "action_id")
    return "\n".join(map(_words, built)) if isinstance(built, list) else str(built)


@ALL
def test_slack_takes_every_form_of_a_story(telling: Telling) -> None:
    assert_valid(story.story_post(telling, shared_by="U0BEN"), "message")
    assert_valid(stories_list.by_chance(telling), "message")
    found = Answer(results=(Result(telling=telling),) * 9)
    assert_valid(search.message(found, Page(words="&" * 300), Choices()), "message")
    assert_valid(stories_list.read_modal(telling), "modal")
    assert_valid(sharing.share_modal(telling), "modal")
    assert_valid(reacting.act_modal(telling, channel_id="C1"), "modal")
    assert_valid(reports.wrong_modal(telling), "modal")
    short, whole = story.card(telling, author="U1", folded=True), story.card(telling, author="U1")
    assert (len(short) <= 4, len(whole) <= 10) == (True, True)
    assert_valid({"text": "x", "blocks": [*short, *whole]}, "message")


@ALL
@pytest.mark.parametrize("state", list(StoryState))
def test_slack_takes_ones_own_stories_in_every_state(telling: Telling, state: StoryState) -> None:
    own = _own(telling, state)
    rows = [own_stories.own_story(own, level=level, came=[("U1", "&" * 300, True)] * 5) for level in Purpose]
    assert_valid(own_stories.own_list(rows, skip=5, more=True), "message")
    assert_valid(own_stories.preview_modal(own, Purpose.NOT_SHARED), "modal")
    assert_valid(own_stories.preview_modal(own, Purpose.WITHOUT_NAME), "modal")


def test_a_card_tells_who_where_and_in_whose_words() -> None:
    blocks = story.card(BAKER, author="U0AMIRA")
    assert blocks[0]["text"]["text"] == "Invoices at four in the morning"
    assert "*The baker from Leeds* · small business" in _words(blocks)
    assert "On a video call with <@U0AMIRA>, 12 November 2026" in _words(blocks)
    quote = next(block for block in blocks if block["type"] == "rich_text")
    assert quote["elements"][0]["elements"] == [{"type": "text", "text": BAKER.quotes[0]}]


@pytest.mark.parametrize("how", list(How))
def test_every_way_of_talking_has_its_words(how: How) -> None:
    told = _words(story.card(replace(BAKER, how=how), author="U0AMIRA"))
    assert "<@U0AMIRA>, 12 November 2026" in told


def test_long_writing_is_folded_at_a_sentence_and_can_be_read_whole() -> None:
    card = story.card(LONG, author="U1")
    happened = next(block["text"]["text"] for block in card if "What happened" in _words(block))
    assert happened.endswith("VAT line.\u00a0…")
    assert "story_read" in [element["action_id"] for element in card[-1]["elements"]]
    whole = stories_list.read_modal(LONG)
    assert _words(whole).count("VAT line.") == 59


def test_a_short_story_needs_no_button_to_read_it() -> None:
    row = story.card(BAKER, author="U1")[-1]["elements"]
    assert [element["action_id"] for element in row] == [
        "story_thought",
        "story_act",
        "story_more",
        "story_thanks",
        "story_menu",
    ]
    assert {element["value"] for element in row[:-1]} == {"7"}


def test_counts_stand_on_the_buttons_and_acting_in_the_quiet_line() -> None:
    counted = replace(BAKER, counts={Reaction.THOUGHT: 3, Reaction.ACT: 2})
    card = story.card(counted, author="U1")
    assert "Made me think · 3" in _words(card[-1])
    assert "2 people are acting on this" in _words(card[-2])
    preview = story.card(counted, author="U1", buttons=False)
    assert "It made 3 people think · 2 people are acting on this" in _words(preview[-1])


def test_nothing_that_was_typed_is_obeyed() -> None:
    typed = "<!channel> <@U1> <https://x.y|here> & @channel @HERE"
    told = replace(
        BAKER, who=typed, segment=typed, title=typed, trying_to=typed, happened=typed, meaning=typed
    )
    for folded in (True, False):
        blocks = story.card(told, author="U0AMIRA", folded=folded, buttons=False)
        for block in blocks:
            texts = [block["text"]] if "text" in block else block["elements"]
            marked = " ".join(t["text"] for t in texts if t.get("type") == "mrkdwn")
            assert "<!" not in marked
            assert marked.replace("<@U0AMIRA>", "").count("<") == 0
            assert "@channel" not in marked
            assert "@HERE" not in marked
    assert "<" not in story.summary(told)


def test_right_to_left_writing_keeps_its_full_stop_at_its_own_end() -> None:
    quote = next(block for block in story.card(HEBREW, author="U1") if block["type"] == "rich_text")
    assert quote["elements"][0]["elements"][0]["text"] == "\u2068אני עושה חשבוניות.\u2069\n\u2068בארבע.\u2069"


@pytest.mark.parametrize(
    ("text", "most", "folded"),
    [
        ("Short.", 10, "Short."),
        ("One. Two is longer. Three.", 21, "One. Two is longer.\u00a0…"),
        ("No end in sight for this one", 15, "No end in…"),
        ("“Really?” she said. And left for good.", 25, "“Really?” she said.\u00a0…"),
        ("A. " + "x" * 40, 30, "A. " + "x" * 26 + "…"),
        ("これは長い文です。次の文です。", 12, "これは長い文です。\u00a0…"),
        ("It costs 3.50 a month here.", 12, "It costs…"),
    ],
)
def test_folding_ends_at_a_sentence_where_it_can(text: str, most: int, folded: str) -> None:
    assert fold(text, most) == folded
    assert len(folded) <= most


def _own(telling: Telling, state: StoryState) -> Story:
    customer = Customer(id=1, name="Marta Ortega", alias=telling.who[:60], company="Ortega", segment="small")
    interview = Interview(
        id=1,
        customer=customer,
        author_id="U1",
        talked_on=telling.talked_on,
        how=telling.how,
        title=telling.title,
        trying_to=telling.trying_to,
        happened=telling.happened,
        meaning=telling.meaning,
        quotes=tuple(Quote(id=i, text=text) for i, text in enumerate(telling.quotes)),
        score=None,
        themes=(),
        promise=None,
        created_at=datetime(2026, 11, 13, tzinfo=UTC),
    )
    return Story(id=7, interview=interview, state=state, revision=1, published_at=None, counts=telling.counts)


@pytest.mark.parametrize("number", range(590, 610))
def test_a_cut_leaves_no_half_of_an_escaped_character(number: int) -> None:
    cut = section(escaped("ab " * 8 + "&" * number + " more")).get("text", {})["text"]
    assert len(cut) <= LONGEST_SECTION
    assert "&" not in cut.replace("&amp;", "")
