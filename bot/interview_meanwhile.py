"""An edit beside its story as it stands, in the caller's transaction (see `stories.meanwhile`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.interview_stories import as_form, consents_of, own_story
from bot.messages.blocks import Block
from bot.messages.interview_meanwhile import meanwhile_blocks
from bot.visitors import Visitor
from storage import corrections
from stories.forms import Form
from stories.meanwhile import Meanwhile, catch_up, with_standing


async def caught_up(session: AsyncSession, who: Visitor, story_id: int, form: Form) -> Meanwhile:
    """This person's edit with what came into its story since it was begun. Raises UserError for another's."""
    return catch_up(form, await _standing(session, who, story_id))


async def chosen(session: AsyncSession, who: Visitor, story_id: int, form: Form, picks: str) -> Form:
    """The edit with the story's words where they were chosen; `picks` as the button holds them."""
    return with_standing(form, await _standing(session, who, story_id), picks.split(","))


async def with_news(
    session: AsyncSession, who: Visitor, story_id: int, view: Block, found: Meanwhile
) -> Block:
    """The view with what came meanwhile under its heading."""
    story = await own_story(session, who.workspace_id, story_id, who.user_id)
    said = await corrections.of_interview(session, who.workspace_id, story.interview.id)
    corrected = {one.words for one in said if one.outcome == corrections.TAKEN}
    return _under_heading(view, meanwhile_blocks(found, corrected))


async def _standing(session: AsyncSession, who: Visitor, story_id: int) -> Form:
    story = await own_story(session, who.workspace_id, story_id, who.user_id)
    return as_form(story, await consents_of(session, who.workspace_id, story), who.now)


def _under_heading(view: Block, said: Sequence[Block]) -> Block:
    first, *rest = view["blocks"]
    return {**view, "blocks": [first, *said, *rest]}
