"""What an avatar says unasked, in words as they may be said at the moment it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.sayings import Saying, of_refs
from bot.messages import avatar
from storage import attention, avatar_lines, projects
from storage.attention import Waiting
from storage.posted import Posted
from stories.avatars.project import FoundingReason, Project, ProjectState
from stories.values import dataclass

NEW = "new"
"""What a line is about when it tells of evidence that came since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A line with all that it speaks of."""

    project: Project
    reason: FoundingReason
    saying: Saying
    new: bool


async def spoken(session: AsyncSession, workspace_id: str, line_id: int, at: datetime) -> Spoken | None:
    """This line as it may be said now; None when the project ended, the reason went or consent did."""
    line = await avatar_lines.get(session, workspace_id, line_id)
    project = await projects.get(session, workspace_id, line.project_id) if line else None
    if line is None or project is None or project.state is ProjectState.DONE or line.ref is None:
        return None
    reason = next((one for one in project.reasons if one.id == line.reason_id), None)
    saying = (await of_refs(session, workspace_id, [line.ref], at, project.channel_id)).get(line.ref)
    if reason is None or saying is None:
        return None
    return Spoken(project=project, reason=reason, saying=saying, new=line.about == NEW)


def payload_of(line: Spoken) -> dict[str, Any]:
    """A remembered line as a message of its own."""
    body = avatar.line(line.project, line.reason, line.saying, new=line.new)
    return avatar.as_avatar(line.project, avatar.line_text(line.project, line.reason, line.saying), body)


async def as_of_now(
    session: AsyncSession, workspace_id: str, post: Posted, at: datetime
) -> dict[str, Any] | None:
    """A line that was posted by itself as it reads now; None when it may not be said any more."""
    carried = await attention.carried_by(session, workspace_id, post.id)
    own = next((one for one in carried if one.state == "planned"), None)
    line = await spoken(session, workspace_id, line_of(own), at) if own else None
    return payload_of(line) if line else None


def line_of(waiting: Waiting) -> int:
    """The line that an offer is of."""
    return int(waiting.about["line"])
