"""An avatar's comment on a milestone as it may be said at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.looking_back import can_look_back
from bot.avatars.sayings import Saying, of_refs
from bot.messages import milestones as words
from bot.tongues import speaking_to
from storage import avatar_lines, deliveries, milestones, posted, projects
from storage.milestones import Milestone
from stories.avatars.milestones import Kind
from stories.avatars.project import Project

AVATAR = "avatar"
"""The kind of the comment's delivery: an avatar speaks because somebody asked."""

MILESTONE = "milestone"
"""The kind of the lines with which an avatar comments."""


def slot(milestone_id: int) -> str:
    """The slot of the comment on a milestone."""
    return f"milestone:{milestone_id}"


async def composed(
    session: AsyncSession,
    workspace_id: str,
    project: Project,
    milestone: Milestone,
    said: Mapping[int, Saying],
) -> dict[str, Any]:
    """The comment, with what may be `said` for each reason by its id."""
    return words.comment(
        project,
        Kind(milestone.kind),
        said,
        milestone_id=milestone.id,
        weeks=milestone.weeks,
        can_look_back=await can_look_back(session, workspace_id, project.segment),
        marked_by=milestone.marked_by,
    )


async def restated(
    session: AsyncSession, workspace_id: str, milestone_id: int, delivery_id: int, at: datetime
) -> dict[str, Any] | None:
    """The comment as it reads now: the reasons stay, words that may not be said go; None once taken back."""
    milestone = await milestones.get(session, workspace_id, milestone_id)
    project = await projects.get(session, workspace_id, milestone.project_id) if milestone else None
    if milestone is None or project is None:
        return None
    lines = await avatar_lines.of_delivery(session, workspace_id, delivery_id)
    refs = {one.ref for one in lines if one.ref}
    said = await of_refs(session, workspace_id, refs, at, project.channel_id)
    chosen = {
        one.reason_id: said[one.ref]
        for one in lines
        if one.reason_id is not None and one.ref is not None and one.ref in said
    }
    async with speaking_to(session, workspace_id, project.channel_id):
        return await composed(session, workspace_id, project, milestone, chosen)


async def follow(session: AsyncSession, workspace_id: str, milestone_id: int, *, now: datetime) -> None:
    """Have the buttons of the comment and what it promises follow a change of the milestone."""
    milestone = await milestones.get(session, workspace_id, milestone_id)
    project = await projects.get(session, workspace_id, milestone.project_id) if milestone else None
    if project is None:
        return
    post = await posted.in_slot(session, workspace_id, project.channel_id, AVATAR, slot(milestone_id))
    if post is not None:
        payload = await restated(session, workspace_id, milestone_id, post.id, now)
        await deliveries.revise(session, workspace_id, post.id, payload, now=now, at_once=True)
