"""Projects: what each was started for, and how its avatar shows itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import listening
from storage.reasons import reasons_of
from storage.rows import add_once
from storage.tables_avatars import ProjectRow
from stories.avatars.project import Face, FoundingReason, Project, ProjectState, Rhythm
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What somebody sets up: the project of a channel, before it has an id."""

    channel_id: str
    name: str
    goal: str
    segment: str
    owner_id: str
    face: Face
    rhythm: Rhythm
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A project whose avatar may remind its channel now."""

    next_at: datetime
    workspace_id: str
    project_id: int


async def begin(
    session: AsyncSession, workspace_id: str, new: NewProject, *, by: str, now: datetime
) -> int | None:
    """Start a channel's project; its id, or None when the channel has one that is active."""
    return await add_once(
        session,
        ProjectRow,
        workspace_id=workspace_id,
        channel_id=new.channel_id,
        state=ProjectState.ACTIVE.value,
        created_by=by,
        created_at=now,
        **_columns(new),
    )


async def change(
    session: AsyncSession,
    workspace_id: str,
    project_id: int,
    new: NewProject,
    *,
    listens_by: str | None = None,
) -> None:
    """Replace what a project is called, is for and sounds like; its channel stays."""
    values = _columns(new) | ({"listens_by": listens_by} if listens_by else {})
    await _set(session, workspace_id, project_id, **values)


async def of_channel(session: AsyncSession, workspace_id: str, channel_id: str) -> Project | None:
    """The active project of this channel."""
    query = select(ProjectRow).where(
        ProjectRow.workspace_id == workspace_id,
        ProjectRow.channel_id == channel_id,
        ProjectRow.state == ProjectState.ACTIVE.value,
    )
    return next(iter(await _several(session, workspace_id, query)), None)


async def get(session: AsyncSession, workspace_id: str, project_id: int) -> Project | None:
    """This project, whatever its state."""
    return (await some(session, workspace_id, [project_id])).get(project_id)


async def some(session: AsyncSession, workspace_id: str, project_ids: Collection[int]) -> dict[int, Project]:
    """These projects, whatever their state, by their numbers: three statements, however many they are."""
    query = select(ProjectRow).where(ProjectRow.workspace_id == workspace_id, ProjectRow.id.in_(project_ids))
    return {one.id: one for one in await _several(session, workspace_id, query)}


async def active(session: AsyncSession, workspace_id: str, *, most: int = 100) -> tuple[Project, ...]:
    """The active projects of a workspace, the newest first."""
    query = (
        select(ProjectRow)
        .where(ProjectRow.workspace_id == workspace_id, ProjectRow.state == ProjectState.ACTIVE.value)
        .order_by(ProjectRow.id.desc())
        .limit(most)
    )
    return await _several(session, workspace_id, query)


async def listened_to(session: AsyncSession, workspace_id: str) -> dict[str, int]:
    """The channels in which somebody switched listening on, with their projects' ids."""
    query = select(ProjectRow.channel_id, ProjectRow.id).where(
        ProjectRow.workspace_id == workspace_id,
        ProjectRow.state == ProjectState.ACTIVE.value,
        ProjectRow.listens_since.is_not(None),
    )
    return {row.channel_id: row.id for row in await session.execute(query)}


async def listen(
    session: AsyncSession, workspace_id: str, project_id: int, *, since: datetime | None, by: str | None
) -> None:
    """Switch listening for drift on (since when, by whom) or off (None: all it learnt is deleted)."""
    await _set(session, workspace_id, project_id, listens_since=since, listens_by=by)
    if since is None:
        await listening.forget(session, workspace_id, project_id)
    else:
        await listening.begin(session, workspace_id, project_id, now=since)


async def hold(session: AsyncSession, workspace_id: str, project_id: int) -> None:
    """Keep others from changing a project, its reasons among it, until the transaction ends."""
    query = select(ProjectRow.id).where(ProjectRow.workspace_id == workspace_id, ProjectRow.id == project_id)
    await session.execute(query.with_for_update())


async def pin(session: AsyncSession, workspace_id: str, project_id: int, delivery_id: int | None) -> None:
    """Remember which post is kept up to date as the project's pinned why."""
    await _set(session, workspace_id, project_id, pinned_delivery_id=delivery_id)


async def pinned(session: AsyncSession, workspace_id: str, project_id: int) -> int | None:
    """The delivery of the project's pinned why."""
    query = select(ProjectRow.pinned_delivery_id).where(
        ProjectRow.workspace_id == workspace_id, ProjectRow.id == project_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def end(
    session: AsyncSession, workspace_id: str, project_id: int, *, outcome: str, by: str, now: datetime
) -> bool:
    """End a project with what came of it; tells whether it was active. Nobody listens any more."""
    ended = await session.execute(
        update(ProjectRow)
        .where(
            ProjectRow.workspace_id == workspace_id,
            ProjectRow.id == project_id,
            ProjectRow.state == ProjectState.ACTIVE.value,
        )
        .values(
            state=ProjectState.DONE.value,
            outcome=outcome,
            ended_by=by,
            ended_at=now,
            listens_since=None,
            next_at=None,
        )
        .returning(ProjectRow.id)
    )
    await listening.forget(session, workspace_id, project_id)
    return ended.first() is not None


async def due(session: AsyncSession, now: datetime, *, most: int = 200) -> tuple[Due, ...]:
    """The projects whose next reminder's time has come, the longest waiting first, of all workspaces."""
    query = select(ProjectRow.next_at, ProjectRow.workspace_id, ProjectRow.id).where(
        ProjectRow.next_at <= now
    )
    rows = (await session.execute(query.order_by(ProjectRow.next_at).limit(most))).all()
    return tuple(Due(at, team, project) for at, team, project in rows if at)


async def move_on(session: AsyncSession, workspace_id: str, seen: Due, next_at: datetime | None) -> bool:
    """Set when the avatar reminds next, unless somebody was quicker: then False."""
    moved = await session.execute(
        update(ProjectRow)
        .where(
            ProjectRow.workspace_id == workspace_id,
            ProjectRow.id == seen.project_id,
            ProjectRow.next_at == seen.next_at,
        )
        .values(next_at=next_at)
        .returning(ProjectRow.id)
    )
    return moved.first() is not None


def _columns(new: NewProject) -> dict[str, Any]:
    return {
        "name": new.name,
        "goal": new.goal,
        "segment": new.segment,
        "owner_id": new.owner_id,
        "avatar_name": new.face.name,
        "avatar_emoji": new.face.emoji,
        "avatar_picture": new.face.picture,
        "manner": str(new.face.manner),
        "rhythm": new.rhythm.value,
        "next_at": new.next_at,
    }


async def _set(session: AsyncSession, workspace_id: str, project_id: int, **values: Any) -> None:
    await session.execute(
        update(ProjectRow)
        .where(ProjectRow.workspace_id == workspace_id, ProjectRow.id == project_id)
        .values(**values)
    )


async def _several(session: AsyncSession, workspace_id: str, query: Any) -> tuple[Project, ...]:
    rows = list((await session.execute(query.execution_options(populate_existing=True))).scalars())
    reasons = await reasons_of(session, workspace_id, [row.id for row in rows]) if rows else {}
    return tuple(_project(row, reasons[row.id]) for row in rows)


def _project(row: ProjectRow, reasons: tuple[FoundingReason, ...]) -> Project:
    return Project(
        id=row.id,
        channel_id=row.channel_id,
        name=row.name,
        goal=row.goal,
        segment=row.segment,
        owner_id=row.owner_id,
        face=Face(
            name=row.avatar_name,
            emoji=row.avatar_emoji,
            picture=row.avatar_picture,
            manner=row.manner,
        ),
        rhythm=Rhythm(row.rhythm),
        state=ProjectState(row.state),
        reasons=reasons,
        pinned=row.pinned_delivery_id is not None,
        listens_since=row.listens_since,
        next_at=row.next_at,
        outcome=row.outcome,
        ended_at=row.ended_at,
        created_at=row.created_at,
    )
