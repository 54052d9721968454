"""What the avatar says when the talk has left a reason, as it may be said at this moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.sayings import Saying, of_refs
from bot.messages import speaking_up as words
from bot.terms import rules
from storage import avatar_lines, projects
from storage.avatar_lines import Line
from stories.attention import SWERVE
from stories.avatars.project import FoundingReason, Project, ProjectState
from stories.drift.speaking import Answer
from stories.values import dataclass

TOLD = "avatar"
"""The kind of the post with which the owner has the channel told."""

BETWEEN = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What the avatar says, as it may be said now; `saying` None where no quote stood behind the reason."""

    line: Line
    project: Project
    reason: FoundingReason
    saying: Saying | None

    @property
    def sounds_like(self) -> tuple[str, ...]:
        """What the talk was about, in our own words."""
        return tuple(filter(None, self.line.about.split(BETWEEN)))


def slot(line_id: int) -> str:
    """The slot of every post that says this line."""
    return f"swerve:{line_id}"


async def spoken(session: AsyncSession, workspace_id: str, line_id: int, at: datetime) -> Spoken | None:
    """The line as it may be said now; None once the project ended, nobody listens, or consent went."""
    line = await avatar_lines.get(session, workspace_id, line_id)
    project = await projects.get(session, workspace_id, line.project_id) if line else None
    if line is None or project is None or project.state is ProjectState.DONE:
        return None
    reason = next((one for one in project.reasons if one.id == line.reason_id), None)
    if reason is None or (line.answer is None and not await _listens(session, workspace_id, project)):
        return None
    if line.ref is None:
        return Spoken(line=line, project=project, reason=reason, saying=None)
    places = (project.channel_id, project.owner_id)
    saying = (await of_refs(session, workspace_id, [line.ref], at, *places)).get(line.ref)
    return Spoken(line=line, project=project, reason=reason, saying=saying) if saying else None


async def _listens(session: AsyncSession, workspace_id: str, project: Project) -> bool:
    """Whether this project is listened to, which admins may have switched off for everybody."""
    return project.listens_since is not None and (await rules(session, workspace_id)).drift


def payload_of(said: Spoken, kind: str) -> dict[str, Any]:
    """The line in words, for the kind of post that says it."""
    parts = (said.project, said.reason, said.saying)
    if kind == TOLD:
        return words.told(*parts, sounds_like=said.sounds_like)
    return words.asks(
        *parts,
        sounds_like=said.sounds_like,
        line_id=said.line.id,
        in_private=kind == SWERVE,
        answer=Answer(said.line.answer) if said.line.answer else None,
    )


async def restated(
    session: AsyncSession, workspace_id: str, line_id: int, kind: str, at: datetime
) -> dict[str, Any] | None:
    """A post of this line as it reads now; None when it may not be said any more, so that it goes."""
    said = await spoken(session, workspace_id, line_id, at)
    return payload_of(said, kind) if said else None
