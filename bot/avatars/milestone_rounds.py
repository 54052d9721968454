"""The rounds of what comes after milestones: looks back whose time has come are offered to be told."""

from __future__ import annotations

from operator import attrgetter

from bot import attention
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import one_by_one
from storage import milestones, projects
from storage.attention import Unasked
from storage.milestones import DueLook
from stories.attention import LOOKING_BACK
from stories.avatars.project import ProjectState


async def look_back(desk: Desk) -> int:
    """Offer what is to be told of milestones whose time has come; how many. To be called at each tick."""
    async with desk.read() as session:
        due = await milestones.due(session, desk.now())
    offered: list[bool] = []

    async def offer(seen: DueLook) -> None:
        offered.append(await _offer(desk, seen))

    await one_by_one(each(due, attrgetter("workspace_id")), offer)
    return sum(offered)


async def _offer(desk: Desk, seen: DueLook) -> bool:
    async with desk.database.begin() as session:
        if not await milestones.move_on(session, seen.workspace_id, seen, None):
            return False
        milestone = await milestones.get(session, seen.workspace_id, seen.milestone_id)
        project = await projects.get(session, seen.workspace_id, milestone.project_id) if milestone else None
        if project is None or project.state is ProjectState.DONE:
            return False
        what = Unasked(
            place=project.channel_id,
            kind=LOOKING_BACK,
            slot_key=f"{LOOKING_BACK}:{seen.milestone_id}:{seen.weeks}",
            about={"milestone": seen.milestone_id, "weeks": seen.weeks},
        )
        await attention.offer(session, seen.workspace_id, what, now=desk.now())
    return True
