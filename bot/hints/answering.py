"""What becomes of a hint that somebody clicked under. In the caller's transaction; what was typed is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import interviewing
from bot.lessons.settings import without
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from storage import people
from stories.forms import Step


async def put_away(session: AsyncSession, who: Visitor, view: Mapping[str, Any], sign: str) -> Block:
    """*Fine as it is*: this hint comes no more in this write-up; what was typed is kept."""
    sheet = await interviewing.laid_over(session, who, view)
    if sheet is None:
        return await interviewing.sent_before(session, who, Place.of(view))
    form = replace(sheet.form, fine=tuple(dict.fromkeys((*sheet.form.fine, sign))))
    await interviewing.keep(session, who, sheet.place, form)
    return await interviewing.shown_again(session, who, sheet.place, form, view)


async def turn_off(session: AsyncSession, who: Visitor, view: Mapping[str, Any], family: str) -> Block:
    """*No more of these*: hints of this family come no more, in any write-up of theirs."""
    await people.meet(session, who.workspace_id, who.user_id, now=who.now)
    before = await people.held_settings(session, who.workspace_id, who.user_id)
    await people.choose(session, who.workspace_id, who.user_id, without(before, family))
    return await interviewing.same_step(session, who, view)


async def change(session: AsyncSession, who: Visitor, view: Mapping[str, Any], step: Step) -> Block:
    """*Change it*: from the preview to the step in which the words stand."""
    return await interviewing.at_step(session, who, view, step)
