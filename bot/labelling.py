"""What follows from a story's labels: who reads it from now on, and which posts it leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import moderation as waiting
from bot import publishing
from bot.account_team import MOST, account_of
from bot.messages.audit_details import labels_kept
from bot.messages.labels import Labels
from bot.own_posts import Named, follow_naming
from storage import account_teams, audit, customer_colleagues, homes_due, moderation
from stories.language import _
from stories.story import Story, StoryState


async def label(
    session: AsyncSession,
    workspace_id: str,
    story: Story,
    wanted: Labels,
    *,
    named: Named | None,
    by: str,
    now: datetime,
) -> str:
    """Put these labels on a story; what is said of it, where that is more than the labels.

    `named` is who its customer is in Slack; None for one who does not work here.
    """
    await moderation.label(
        session, workspace_id, story.id, account_only=wanted.account_only, not_before=wanted.not_before
    )
    await _note(session, workspace_id, "label", story.id, by=by, now=now, labels=labels_kept(wanted))
    if wanted.team is not None:
        account = account_of(story.interview.customer)
        author = story.interview.author_id
        await account_teams.name(session, workspace_id, author, account, wanted.team, now=now)
        for theirs in await account_teams.kept_to_team(session, workspace_id, [author], most=MOST):
            # Whoever is on the team no more has none of it on their Home.
            await homes_due.mark(session, workspace_id, theirs)
    await _colleague(session, workspace_id, story, named, by=by, now=now)
    said = await _follow(session, workspace_id, story, wanted, by=by, now=now)
    await homes_due.mark(session, workspace_id, story.id)
    return said


async def _follow(
    session: AsyncSession, workspace_id: str, story: Story, wanted: Labels, *, by: str, now: datetime
) -> str:
    if wanted.account_only:
        await moderation.wait_no_more(session, workspace_id, story.id)
    early = wanted.not_before is not None and now.date() < wanted.not_before
    told = story.state is StoryState.PUBLISHED
    if told and (wanted.account_only or early):
        await publishing.withdraw(session, workspace_id, story.id, by=by, now=now, state=StoryState.KEPT)
        if not wanted.account_only:
            await waiting.hold(session, workspace_id, story, by=by, now=now, approved=True)
    if wanted.account_only and wanted.team:
        if await waiting.hold_for_team(session, workspace_id, story, by=by, now=now):
            return _("An editor reads it before the account’s team does. You hear what they say.")
        return _("The account’s team reads it from now on, and nobody else.")
    return ""


async def _colleague(
    session: AsyncSession, workspace_id: str, story: Story, named: Named | None, *, by: str, now: datetime
) -> None:
    customer_id, user_id = story.interview.customer.id, named.user_id if named else None
    if await customer_colleagues.get(session, workspace_id, customer_id) == user_id:
        return
    await customer_colleagues.name(session, workspace_id, customer_id, user_id, by=by, now=now)
    if named:
        await follow_naming(session, workspace_id, customer_id, named, now=now)
    act = "name_colleague" if user_id else "unname_colleague"
    await _note(session, workspace_id, act, story.id, by=by, now=now)


async def _note(
    session: AsyncSession,
    workspace_id: str,
    act: str,
    story_id: int,
    *,
    by: str,
    now: datetime,
    **detail: Any,
) -> None:
    entry = audit.Entry(
        at=now, actor_id=by, act=act, object_kind="story", object_id=str(story_id), detail=dict(detail)
    )
    await audit.note(session, workspace_id, entry)
