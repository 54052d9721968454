"""Stories that did not come by way of the preview are not told without name before somebody decided."""

from __future__ import annotations

import pytest

from bot.deciding import refuse_undecided, with_all_hidden
from bot.interview_stories import as_story
from stories.consent import Purpose
from stories.errors import UserError
from stories.forms import Form
from tests.conftest import NOW

FORM = Form(
    name="Marta Ortega",
    alias="the clerk",
    talked_on="2026-01-05",
    how="call",
    trying_to="Pay everybody by noon.",
    happened="My colleague Zsófia Balogh did it.",
    quotes=("By hand, at midnight.",),
    sharing="without_name",
)


def test_a_story_with_undecided_names_is_refused_and_says_which() -> None:
    story = as_story(FORM, None, author_id="U1", now=NOW)
    with pytest.raises(UserError, match="Zsófia Balogh"):
        refuse_undecided(story, Purpose.WITHOUT_NAME)
    refuse_undecided(story, Purpose.WITH_NAME)
    refuse_undecided(story, Purpose.NOT_SHARED)


def test_what_is_published_unseen_has_everything_hidden() -> None:
    hidden = with_all_hidden(FORM, author_id="U1", now=NOW)
    assert hidden.hidden == ("person:Zsófia Balogh",)
    refuse_undecided(as_story(hidden, None, author_id="U1", now=NOW), Purpose.WITHOUT_NAME)
