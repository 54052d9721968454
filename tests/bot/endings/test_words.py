"""What is said of how stories end: it fits Slack, and nothing that people wrote is obeyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.endings.draft_words import DRAFT_WORDS
from bot.endings.drafting import Told, draft, language_of_draft, mailto
from bot.messages import endings, follow_up, follow_up_views, hand_over
from bot.messages.endings import Draft
from bot.messages.story import card, whole
from storage.follow_ups import FollowUp
from stories.errors import UserError
from stories.interviews import How
from stories.links import LONGEST_LINK, https_link, shown_as
from stories.story import Ending, Telling
from tests.blockkit import assert_valid

NASTY = ("<!channel> & *bold* <https://evil.example|x> " * 8)[:300]
TASK = FollowUp(
    id=7,
    kind="promise",
    owner_id="U1",
    what=NASTY,
    due_on=date(2026, 11, 16),
    done_at=datetime(2026, 11, 16, tzinfo=UTC),
    story_id=3,
    author_id="U1",
    title=NASTY[:120],
    outcome="done",
    closing=NASTY,
    link=f"https://tracker.example/{'x' * (LONGEST_LINK - 24)}",
)
ENDING = Ending(follow_up_id=7, words=NASTY, by="U2", on=date(2026, 11, 16))
TELLING = Telling(
    story_id=3,
    author_id="U1",
    who=NASTY[:60],
    named=False,
    company="",
    segment="",
    talked_on=date(2026, 11, 12),
    how=How.VIDEO,
    title=NASTY[:120],
    trying_to=NASTY,
    happened=NASTY,
    meaning=NASTY,
    quotes=(NASTY, NASTY, NASTY),
    themes=(),
    endings=(ENDING,) * 50,
)
TOLD = Told(
    name="Marta {name}", quote=NASTY, talked_on=date(2026, 11, 12), in_person=True, promised="{what}",
    closing="{closing}",
)  # fmt: skip


def test_every_message_fits_slack_and_obeys_nothing() -> None:
    made = Draft(words=draft(TOLD), language="de", mailto=mailto("m@example.com", draft(TOLD)))
    messages = [
        endings.to_tell(TASK, made),
        endings.to_tell(TASK, made, knows="U2"),
        endings.to_tell(replace(TASK, told_at=TASK.done_at), made),
        endings.heard([(TELLING, ENDING)] * 60),
        hand_over.asked(TASK, about=NASTY),
        hand_over.answered(TASK, "U3", takes_it=False),
        follow_up.came_of_it(who="U1", title=NASTY, what=NASTY, story_id=3, closing=NASTY),
        {"text": "digest", "blocks": list(endings.said_and_done(TELLING, ENDING))},
        endings.said_and_done_post([(TELLING, ENDING)]),
        endings.said_and_done_post([(TELLING, ENDING)] * 20),
        {"text": "card", "blocks": card(TELLING, author="U1")},
        {"text": "folded", "blocks": card(TELLING, author="U1", folded=True)},
    ]
    for payload in messages:
        assert_valid(payload, "message")
        marks = [block for block in payload["blocks"] if block["type"] not in {"rich_text", "header"}]
        assert "<!channel>" not in str([payload["text"], marks])
        assert "<https://evil" not in str([payload["text"], marks])
    assert len(card(TELLING, author="U1")) <= 10
    assert len(card(TELLING, author="U1", folded=True)) <= 4
    assert str(whole(TELLING, author="U1")).count("What came of it") == 50


def test_every_window_fits_slack() -> None:
    for view in (
        follow_up_views.done_view(TASK),
        follow_up_views.move_view(TASK),
        follow_up_views.hand_view(TASK),
        follow_up_views.let_go_view(TASK),
        follow_up_views.ending_view(TASK),
        follow_up_views.over_view("Asked", "Done"),
    ):
        assert_valid(view, "modal")


@pytest.mark.parametrize(("quotes", "shown"), [("a", "aaa"), ("ab", "aba"), ("abc", "cab"), ("abcde", "cde")])
def test_each_ending_of_a_story_shows_another_quote_than_its_card_and_the_last_one(
    quotes: str, shown: str
) -> None:
    came = tuple(replace(ENDING, follow_up_id=number, words="W") for number in range(3))
    told = replace(TELLING, quotes=tuple(f"quote {one}" for one in quotes), endings=came)
    for ending, letter in zip(came, shown, strict=True):
        said = (str(endings.said_and_done_post([(told, ending)])), str(endings.said_and_done(told, ending)))
        assert all(f"quote {letter}" in one for one in said)
        assert all(one.count("'quote ") == 1 for one in said)


@pytest.mark.parametrize("language", sorted(DRAFT_WORDS))
def test_a_draft_holds_all_of_it_in_each_language(language: str) -> None:
    for own in (True, False):
        message = draft(replace(TOLD, language=language, in_person=own, name="Marta" if own else ""))
        assert "{what}" in message, "what people wrote is not filled in"
        assert "{closing}" in message
        assert NASTY in message
        assert "12" in message
        assert "{day}" not in message
        assert ("Marta" in message) is own


def test_other_languages_are_drafted_in_english() -> None:
    assert language_of_draft("ja") == language_of_draft("") == "en"


def test_only_addresses_become_links() -> None:
    assert mailto("m@example.com", "a&b\nc").startswith("mailto:m@example.com?body=a%26b%0Ac")
    for address in ("", "nobody", "a@b@c", "a@b.c|<!channel>", "a@b.c?bcc=x@y.z", "a b@c.d"):
        assert mailto(address, "words") == ""


@pytest.mark.parametrize(
    "typed",
    [
        "http://tracker.example/1",
        "javascript:alert(1)",
        "https://",
        "https://nodots",
        "https://user:pw@tracker.example",
        "https://tracker.example/<!channel>",
        "https://tracker.example/a|b",
        "https://tracker.example:x/",
        "https://[",
        f"https://tracker.example/{'x' * LONGEST_LINK}",
    ],
)
def test_what_is_no_link_is_refused_with_the_limit(typed: str) -> None:
    with pytest.raises(UserError, match="begins with https://"):
        https_link(typed, field="link")


def test_a_link_is_shown_by_its_host_and_end() -> None:
    assert https_link("  https://tracker.example/browse/INV-12 ", field="link").endswith("INV-12")
    assert https_link(" ", field="link") == ""
    assert shown_as("https://tracker.example/browse/INV-12") == "tracker.example … INV-12"
    assert shown_as("https://tracker.example") == "tracker.example"
