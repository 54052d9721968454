"""On which terms a story may be told right now: its labels, and what holds for the whole workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.dates import day
from storage import moderation, workspace_settings
from stories.errors import UserError
from stories.language import _
from stories.story import Story
from stories.workspace_rules import WorkspaceRules, rules_of


async def rules(session: AsyncSession, workspace_id: str) -> WorkspaceRules:
    """What holds for everybody here."""
    return rules_of(await workspace_settings.get(session, workspace_id))


async def waits_for(
    session: AsyncSession, workspace_id: str, story: Story, *, now: datetime, approved: bool = False
) -> str:
    """What a story has to wait for before it is told (`moderation.EDITOR`, `moderation.DAY`), "" for nothing.

    `approved`: an editor said yes. Raises UserError for a story that is not to be told at all.
    """
    terms = await moderation.terms(session, workspace_id, story.id)
    if terms.account_only:
        raise UserError(
            _(
                "This story is labelled “account team only”, so no channel hears it. Take the label off "
                "first: press Labels under its preview."
            )
        )
    segment = story.interview.customer.segment
    if not approved and (await rules(session, workspace_id)).needs_editor(segment):
        return moderation.EDITOR
    return moderation.DAY if terms.not_before and now.date() < terms.not_before else ""


async def refuse_unready(
    session: AsyncSession, workspace_id: str, story: Story, *, now: datetime, approved: bool
) -> None:
    """Raise UserError for a story that has to wait: whoever publishes asks `waits_for` first."""
    waits = await waits_for(session, workspace_id, story, now=now, approved=approved)
    if waits == moderation.EDITOR:
        raise UserError(_("An editor has to say yes to this story before others read it."))
    if waits:
        terms = await moderation.terms(session, workspace_id, story.id)
        when = day(terms.not_before) if terms.not_before else ""
        raise UserError(_("This story is not to be told before {day}.").format(day=when))
