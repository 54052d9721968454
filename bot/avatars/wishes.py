"""What a project's form holds beside the project itself: its pin, its milestones' emoji, its picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.faces import can_be_seen
from bot.avatars.reading_form import emoji_in
from bot.messages.why_wishes import Wishes
from storage import avatar_pictures, milestones, project_pins
from stories.avatars.project import Project


async def wishes_of(
    session: AsyncSession, workspace_id: str, project: Project, *, address: str | None
) -> Wishes:
    """What is wished for now; `address` is where this copy can be reached, if anywhere."""
    return Wishes(
        pinned=(await project_pins.get(session, workspace_id, project.id)).wanted,
        mark=await milestones.emoji_of(session, workspace_id, project.id),
        pictures=can_be_seen(address),
    )


def wants_pin(values: Mapping[str, Any]) -> bool:
    """Whether the form wishes for a pin."""
    return "pinned" in (values.get("pinned") or ())


async def keep_wishes(
    session: AsyncSession, workspace_id: str, project: Project, values: Mapping[str, Any], *, now: datetime
) -> None:
    """Keep what a form wishes for. Raises UserError beside the field `mark` for what is no emoji."""
    wanted, before = wants_pin(values), await project_pins.get(session, workspace_id, project.id)
    if wanted != before.wanted or (wanted and before.trouble):
        await project_pins.wish(session, workspace_id, project.id, wanted=wanted, now=now)
    mark = emoji_in(values, "mark")
    if mark != await milestones.emoji_of(session, workspace_id, project.id):
        await milestones.choose_emoji(session, workspace_id, project.id, mark)
    if "gone" in (values.get("picture_gone") or ()):
        await avatar_pictures.drop(session, workspace_id, project.id)
