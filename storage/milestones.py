"""Milestones of projects: which messages are one, who marked them, and when what came after is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many, add_new, add_once
from storage.tables_avatars import ProjectRow
from storage.tables_milestones import MilestoneLookRow, MilestoneRow, ProjectMarkRow
from stories.avatars.milestones import USUAL_EMOJI
from stories.avatars.project import ProjectState
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMilestone:
    """A message that somebody marks: its stamp, that of the thread it belongs to, and what it is."""

    project_id: int
    message_ts: str
    thread_ts: str
    kind: str
    marked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(NewMilestone):
    """One that was marked; `weeks` are those after which it is looked back at, the soonest first."""

    id: int
    marked_at: datetime
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class DueLook:
    """A look back whose time has come."""

    due_at: datetime
    workspace_id: str
    milestone_id: int
    weeks: int


async def mark(
    session: AsyncSession,
    workspace_id: str,
    new: NewMilestone,
    looks: Mapping[int, datetime],
    *,
    now: datetime,
) -> int | None:
    """Keep that a message is a milestone, to be looked back at then by weeks; None when it was marked."""
    milestone_id = await add_once(
        session,
        MilestoneRow,
        workspace_id=workspace_id,
        project_id=new.project_id,
        message_ts=new.message_ts,
        thread_ts=new.thread_ts,
        kind=new.kind,
        marked_by=new.marked_by,
        marked_at=now,
    )
    if milestone_id is not None:
        rows = [
            {"workspace_id": workspace_id, "milestone_id": milestone_id, "weeks": weeks, "due_at": at}
            for weeks, at in looks.items()
        ]
        await add_many(session, MilestoneLookRow, rows)
    return milestone_id


async def get(session: AsyncSession, workspace_id: str, milestone_id: int) -> Milestone | None:
    """This milestone; None once it was taken back."""
    query = select(MilestoneRow).where(
        MilestoneRow.workspace_id == workspace_id, MilestoneRow.id == milestone_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else await _loaded(session, row)


async def of_message(
    session: AsyncSession, workspace_id: str, project_id: int, message_ts: str
) -> Milestone | None:
    """The milestone that this message was marked as."""
    query = select(MilestoneRow).where(
        MilestoneRow.workspace_id == workspace_id,
        MilestoneRow.project_id == project_id,
        MilestoneRow.message_ts == message_ts,
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else await _loaded(session, row)


async def take_back(session: AsyncSession, workspace_id: str, milestone_id: int) -> bool:
    """Forget that it was one, with all looks back; tells whether it was."""
    gone = await session.execute(
        delete(MilestoneRow)
        .where(MilestoneRow.workspace_id == workspace_id, MilestoneRow.id == milestone_id)
        .returning(MilestoneRow.id)
    )
    return gone.first() is not None


async def due(session: AsyncSession, now: datetime, *, most: int = 100) -> tuple[DueLook, ...]:
    """The looks back whose time has come, the longest waiting first, of all workspaces."""
    columns = (
        MilestoneLookRow.due_at,
        MilestoneLookRow.workspace_id,
        MilestoneLookRow.milestone_id,
        MilestoneLookRow.weeks,
    )
    query = select(*columns).where(MilestoneLookRow.due_at <= now)
    rows = (await session.execute(query.order_by(MilestoneLookRow.due_at).limit(most))).all()
    return tuple(DueLook(at, team, milestone, weeks) for at, team, milestone, weeks in rows if at)


async def move_on(session: AsyncSession, workspace_id: str, seen: DueLook, due_at: datetime | None) -> bool:
    """Set when a look back is due anew (None: it was done), unless somebody was quicker: then False."""
    moved = await session.execute(
        update(MilestoneLookRow)
        .where(
            MilestoneLookRow.workspace_id == workspace_id,
            MilestoneLookRow.milestone_id == seen.milestone_id,
            MilestoneLookRow.weeks == seen.weeks,
            MilestoneLookRow.due_at == seen.due_at,
        )
        .values(due_at=due_at)
        .returning(MilestoneLookRow.weeks)
    )
    return moved.first() is not None


async def stop_looking(session: AsyncSession, workspace_id: str, milestone_id: int) -> None:
    """Look back at this one no more; it stays a milestone."""
    await session.execute(
        delete(MilestoneLookRow).where(
            MilestoneLookRow.workspace_id == workspace_id, MilestoneLookRow.milestone_id == milestone_id
        )
    )


async def emoji_of(session: AsyncSession, workspace_id: str, project_id: int) -> str:
    """The emoji that marks this project's milestones: the usual one where it chose no other."""
    query = select(ProjectMarkRow.emoji).where(
        ProjectMarkRow.workspace_id == workspace_id, ProjectMarkRow.project_id == project_id
    )
    return (await session.execute(query)).scalar_one_or_none() or USUAL_EMOJI


async def choose_emoji(session: AsyncSession, workspace_id: str, project_id: int, emoji: str) -> None:
    """Have this emoji mark the project's milestones from now on."""
    if await add_new(session, ProjectMarkRow, workspace_id=workspace_id, project_id=project_id, emoji=emoji):
        return
    await session.execute(
        update(ProjectMarkRow)
        .where(ProjectMarkRow.workspace_id == workspace_id, ProjectMarkRow.project_id == project_id)
        .values(emoji=emoji)
    )


async def marked_by(session: AsyncSession, workspace_id: str, channel_id: str, emoji: str) -> int | None:
    """The active project of this channel whose milestones this emoji marks; None for all other emoji."""
    query = (
        select(ProjectRow.id)
        .outerjoin(
            ProjectMarkRow,
            (ProjectMarkRow.workspace_id == ProjectRow.workspace_id)
            & (ProjectMarkRow.project_id == ProjectRow.id),
        )
        .where(
            ProjectRow.workspace_id == workspace_id,
            ProjectRow.channel_id == channel_id,
            ProjectRow.state == ProjectState.ACTIVE.value,
            func.coalesce(ProjectMarkRow.emoji, USUAL_EMOJI) == emoji,
        )
    )
    return (await session.execute(query)).scalar_one_or_none()


async def _loaded(session: AsyncSession, row: MilestoneRow) -> Milestone:
    looks = select(MilestoneLookRow.weeks).where(
        MilestoneLookRow.workspace_id == row.workspace_id, MilestoneLookRow.milestone_id == row.id
    )
    return Milestone(
        id=row.id,
        project_id=row.project_id,
        message_ts=row.message_ts,
        thread_ts=row.thread_ts,
        kind=row.kind,
        marked_by=row.marked_by,
        marked_at=row.marked_at,
        weeks=tuple((await session.execute(looks.order_by(MilestoneLookRow.weeks))).scalars()),
    )
