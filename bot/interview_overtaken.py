"""An edit that is sent while its story, or what its customer agreed to, is not what it was begun from."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.interview_meanwhile import caught_up, with_news
from bot.interview_stories import consents_of, own_story
from bot.interview_views import view_at
from bot.interviewing import keep
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from stories.consent import SHARING_LEVELS, Purpose, sharing
from stories.forms import Form, Step, level_of
from stories.language import _


async def overtaken(
    session: AsyncSession, who: Visitor, place: Place, form: Form
) -> tuple[Form, Block | None]:
    """An edit's form as it goes on, and what is to be looked at first where its story was changed."""
    story_id = place.story_id or 0
    narrowed = await _narrowed(session, who, story_id, form)
    if narrowed is not None:
        place = replace(place, step=Step.CONSENT)
        await keep(session, who, place, narrowed)
        return narrowed, await view_at(session, who, place, narrowed, notice=_agreed_to_less())
    found = await caught_up(session, who, story_id, form)
    if not (found.took or found.against):
        return found.form, None
    await keep(session, who, place, found.form)
    shown = await view_at(session, who, place, found.form)
    return found.form, await with_news(session, who, story_id, shown, found)


async def _narrowed(session: AsyncSession, who: Visitor, story_id: int, form: Form) -> Form | None:
    """The form of an edit that would share more than the customer agrees to since it was begun; else None."""
    story = await own_story(session, who.workspace_id, story_id, who.user_id)
    now = sharing(await consents_of(session, who.workspace_id, story), story.interview.id, who.now)
    before = Purpose(form.sharing_before or level_of(form))
    reach = SHARING_LEVELS.index
    if reach(now) >= min(reach(before), reach(level_of(form))):
        return None
    return replace(form, sharing=now.value, sharing_before=now.value)


def _agreed_to_less() -> str:
    return _("The customer has agreed to less since you began. This is what they agree to now.")
