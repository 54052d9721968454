"""Every view and message of the write-up, as Slack would take it, in its widest and its emptiest shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from bot import ids
from bot.interview_stories import as_story
from bot.messages import interview
from bot.messages.interview_frame import Place
from bot.messages.interview_meanwhile import meanwhile_blocks
from bot.messages.interview_steps import consent_view, meaning_view, what_view, words_view
from bot.messages.interview_who import who_view
from stories.consent import Purpose
from stories.customers import Customer
from stories.forms import LONGEST, MOST_QUOTES, MOST_THEMES, Form, Step
from stories.meanwhile import Meanwhile, catch_up, marks_of
from stories.story import StoryState
from tests.blockkit import assert_valid

DAY, NOW = date(2026, 11, 16), datetime(2026, 11, 16, 9, tzinfo=UTC)
_TEXTS: dict[str, Any] = {
    field: "&" * LONGEST[field]
    for field in (
        "name",
        "alias",
        "company",
        "segment",
        "trying_to",
        "happened",
        "meaning",
        "title",
        "consent_words",
        "promise",
    )
}
EMPTY = Form()
FULL = Form(
    customer_id=3,
    talked_on="2026-11-12",
    how="visit",
    quotes=tuple("“<!channel> " + "q" * (LONGEST["quote"] - 12) for _ in range(MOST_QUOTES)),
    score=10,
    themes=tuple(f"{n}{'t' * (LONGEST['theme'] - 1)}" for n in range(MOST_THEMES)),
    sharing="without_name",
    promise_by="2026-11-20",
    **_TEXTS,
)  # fmt: skip
STORY = as_story(FULL, None, author_id="U1", now=NOW)


def at(step: Step, **more: Any) -> Place:
    return Place(draft_id=2**53, step=step, **more)


@cache
def views() -> dict[str, dict[str, Any]]:
    story = replace(STORY, state=StoryState.PUBLISHED)
    return {
        "who, empty": who_view(at(Step.WHO), EMPTY, today=DAY),
        "who, full": who_view(at(Step.WHO), FULL, today=DAY, segments=("a" * 40,) * 9, notice="Careful"),
        "who, new": who_view(at(Step.WHO), replace(FULL, customer_id=None), today=DAY),
        "what, empty": what_view(at(Step.WHAT), EMPTY),
        "what, full": what_view(at(Step.WHAT), FULL, unplaced="🎉 " * 60_000),
        "words, empty": words_view(at(Step.WORDS), EMPTY),
        "words, full": words_view(at(Step.WORDS), FULL, fields=9),
        "meaning, empty": meaning_view(at(Step.MEANING), EMPTY),
        "meaning, full": meaning_view(at(Step.MEANING), FULL),
        "consent, empty": consent_view(at(Step.CONSENT), EMPTY),
        "consent, full": consent_view(at(Step.CONSENT), FULL),
        "preview": interview.preview_view(at(Step.PREVIEW), STORY, Purpose.WITHOUT_NAME),
        "preview, private": interview.preview_view(at(Step.PREVIEW), STORY, Purpose.NOT_SHARED),
        "preview, edit": interview.preview_view(at(Step.PREVIEW, story_id=7), story, Purpose.WITH_NAME),
        "preview, taken out": interview.preview_view(at(Step.PREVIEW), story, Purpose.NOT_SHARED),
        "choose": interview.choose_view([(n, form, NOW) for n, form in enumerate((FULL, EMPTY) * 5)]),
        "done": interview.done_view(
            story, Purpose.WITH_NAME, digests=[interview.NextDigest(channel_id="C1", at=NOW)]
        ),
        "done, nowhere": interview.done_view(story, Purpose.WITH_NAME),
        "thread": interview.thread_view("https://example.test/p1"),
        "changed meanwhile": _changed_meanwhile(),
        "gone": interview.gone_view("It is gone & over."),
    }


def _changed_meanwhile() -> dict[str, Any]:
    view = meaning_view(at(Step.MEANING), FULL)
    known = replace(FULL, begun=marks_of(FULL))
    took, against = catch_up(known, EMPTY), catch_up(FULL, replace(EMPTY, quotes=FULL.quotes[:1], how="call"))
    both = Meanwhile(form=FULL, took=took.took, against=against.against)
    return view | {"blocks": [*meanwhile_blocks(both, FULL.quotes), *view["blocks"]]}


MESSAGES = {
    "root": interview.thread_root(5),
    "help": interview.help_message("/interview", "/stories"),
    "late": interview.too_late(5),
    **{part: interview.thread_note(part) for part in ("kept", "not_kept", "only_text", "finished")},
}


@pytest.mark.parametrize("name", views())
def test_slack_takes_every_view(name: str) -> None:
    view = views()[name]
    assert_valid(view, "modal")
    assert len(json.dumps(view)) < 250_000


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_every_message(name: str) -> None:
    message = {key: value for key, value in MESSAGES[name].items() if key != "response_type"}
    assert_valid(message, "message")
    assert message["text"]


def test_what_came_meanwhile_tells_days_in_words() -> None:
    changed = catch_up(replace(EMPTY, promise_by=""), replace(EMPTY, talked_on="2026-11-03", title="x"))
    said = str(meanwhile_blocks(changed, ()))
    assert "3 November 2026" in said
    assert "2026-11-03" not in said


def test_a_place_comes_back_from_a_view_as_it_was() -> None:
    for place in (at(Step.WHO), at(Step.PREVIEW, story_id=7)):
        assert Place.of({"private_metadata": str(place)}) == place


def test_the_first_step_of_an_empty_write_up_has_nothing_to_throw_away() -> None:
    assert ids.DRAFT_DROP not in str(who_view(at(Step.WHO), EMPTY, today=DAY))
    assert ids.DRAFT_DROP in str(who_view(at(Step.WHO), FULL, today=DAY))


def test_a_published_story_is_saved_rather_than_published_again() -> None:
    published = replace(STORY, state=StoryState.PUBLISHED)
    view = interview.preview_view(at(Step.PREVIEW, story_id=7), published, Purpose.WITH_NAME)
    assert view["submit"]["text"] == "Save changes"
    assert ids.INTERVIEW_KEEP not in str(view)


def test_a_known_customers_gaps_are_filled_from_what_we_know() -> None:
    known = Customer(id=3, name="Nia", alias="the baker", company="Oven", segment="shop")
    story = as_story(replace(FULL, alias="", company=""), known, author_id="U1", now=NOW)
    assert (story.interview.customer.alias, story.interview.customer.company) == ("the baker", "Oven")
