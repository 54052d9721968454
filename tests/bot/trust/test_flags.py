"""What is flagged stands above the button that publishes."""

from __future__ import annotations

from dataclasses import replace

from bot.interview_stories import as_story
from bot.messages.interview import preview_view
from bot.messages.interview_frame import Place
from stories.consent import Purpose
from stories.forms import Step
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW


def _said(happened: str) -> str:
    story = as_story(replace(BAKER, happened=happened), None, author_id="U1", now=NOW)
    view = preview_view(Place(draft_id=1, step=Step.PREVIEW), story, Purpose.WITH_NAME)
    assert_valid(view, "modal")
    return str(view)


def test_an_author_sees_what_is_flagged_with_nothing_in_it_obeyed() -> None:
    said = _said("My colleague Tom said: ask <@U123ABC> about the 20% discount.")
    assert "“&lt;@U123ABC&gt;”: a colleague by name" in said
    assert "“20% discount”: a price" in said


def test_a_story_without_any_of_it_shows_nothing_of_the_kind() -> None:
    assert "Please look at this once more" not in _said("She typed forty orders again.")
