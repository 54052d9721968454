"""Listening in and helping a customer count as conversations; what stayed becomes a write-up if one likes."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rota.answering import own_talk
from bot.rota.notes import follow
from bot.visitors import Visitor
from storage import drafts, rota_talks
from storage.rota_talks import NewTalk
from stories.errors import UserError
from stories.forms import LONGEST, Form, Step
from stories.interviews import How
from stories.language import _
from stories.rota.talks import Kind, State
from stories.text import clean, says_something, shortened

OLDEST = timedelta(days=92)
"""What was longer ago counts for nobody's rhythm."""


async def keep(
    session: AsyncSession,
    who: Visitor,
    kind: Kind,
    *,
    name: str,
    on_day: date,
    heard: str,
    talk_id: int | None = None,
) -> bool:
    """Count one conversation; tells whether a write-up was begun. Raises UserError that names the field."""
    if on_day > who.today:
        raise UserError(_("That day is still to come; choose today or earlier."), field="on_day")
    if on_day < who.today - OLDEST:
        raise UserError(_("That is more than three months ago; choose a later day."), field="on_day")
    if not says_something(name):
        raise UserError(_("Please say who it was; a nickname will do."), field="name")
    draft_id = await _begin(session, who, kind, name, on_day, heard) if says_something(heard) else None
    if talk_id is not None:
        talk = await own_talk(session, who.workspace_id, talk_id, who.user_id)
        await rota_talks.end(session, who.workspace_id, talk.id, State.DONE, on_day=on_day)
        await rota_talks.change(session, who.workspace_id, talk.id, draft_id=draft_id)
        await follow(session, who.workspace_id, talk, who.now)
    else:
        new = NewTalk(user_id=who.user_id, kind=kind, state=State.DONE, on_day=on_day, draft_id=draft_id)
        await rota_talks.begin(session, who.workspace_id, new, now=who.now)
    return draft_id is not None


async def _begin(session: AsyncSession, who: Visitor, kind: Kind, name: str, on_day: date, heard: str) -> int:
    how = How.CALL if kind is Kind.LISTENING else How.CHAT
    form = Form(
        name=shortened(name, LONGEST["name"]),
        talked_on=on_day.isoformat(),
        how=how.value,
        happened=clean(heard)[: LONGEST["happened"]],
    )
    return await drafts.begin(session, who.workspace_id, who.user_id, form, now=who.now, step=Step.WHO.value)
