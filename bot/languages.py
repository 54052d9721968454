"""Channels choose which languages they hear; what is brought or shared there keeps to it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from storage import channels, stories
from stories.digest import understood
from stories.errors import UserError
from stories.language import _
from stories.languages import language_name


async def heard_in(session: AsyncSession, workspace_id: str, channel_id: str) -> frozenset[str]:
    """The languages of comments that a channel may hear, "" for those that cannot be told; none for all."""
    wanted = await channels.languages_wanted(session, workspace_id, channel_id)
    return wanted | {""} if wanted else wanted


async def refuse_other_languages(desk: Desk, workspace_id: str, story_id: int, channel_id: str) -> None:
    """Raise UserError where a channel wants other languages than that of this story."""
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
        wanted = channel.digest.languages if channel else frozenset[str]()
        story = await stories.get(session, workspace_id, story_id) if wanted else None
    if story is None or understood(story.interview.language, wanted):
        return
    said = _("That channel wants stories in {wanted}, and this one is in {language}. Choose another one.")
    named = ", ".join(sorted(map(language_name, wanted)))
    raise UserError(said.format(wanted=named, language=language_name(story.interview.language)))
