"""Whether projects' own messages are pinned: wished for, done, or refused by Slack."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_project_face import ProjectPinRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What is wished for, the stamp of the message that we pinned, and what Slack said when it refused."""

    wanted: bool = False
    message_ts: str | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, order=True)
class DuePin:
    """A project whose pin is to be looked at."""

    due_at: datetime
    workspace_id: str
    project_id: int


async def get(session: AsyncSession, workspace_id: str, project_id: int) -> Pin:
    """How it stands with a project's pin."""
    query = select(ProjectPinRow).where(
        ProjectPinRow.workspace_id == workspace_id, ProjectPinRow.project_id == project_id
    )
    row = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if row is None:
        return Pin()
    return Pin(wanted=row.wanted, message_ts=row.message_ts, trouble=row.trouble)


async def wish(
    session: AsyncSession, workspace_id: str, project_id: int, *, wanted: bool, now: datetime
) -> None:
    """Have the project's message be pinned, or not, as soon as that can be done."""
    values = {"wanted": wanted, "trouble": "", "due_at": now}
    if not await add_new(
        session,
        ProjectPinRow,
        workspace_id=workspace_id,
        project_id=project_id,
        message_ts=None,
        **values,
    ):
        await session.execute(
            update(ProjectPinRow)
            .where(ProjectPinRow.workspace_id == workspace_id, ProjectPinRow.project_id == project_id)
            .values(**values)
        )


async def due(session: AsyncSession, now: datetime, *, most: int = 100) -> tuple[DuePin, ...]:
    """The pins that are to be looked at, the longest waiting first, of all workspaces."""
    query = select(ProjectPinRow.due_at, ProjectPinRow.workspace_id, ProjectPinRow.project_id).where(
        ProjectPinRow.due_at <= now
    )
    rows = (await session.execute(query.order_by(ProjectPinRow.due_at).limit(most))).all()
    return tuple(DuePin(at, team, project) for at, team, project in rows if at)


async def settle(
    session: AsyncSession,
    workspace_id: str,
    seen: DuePin,
    *,
    message_ts: str | None,
    trouble: str = "",
    due_at: datetime | None = None,
) -> bool:
    """Keep what became of it; False (and nothing kept) when somebody wished otherwise meanwhile."""
    settled = await session.execute(
        update(ProjectPinRow)
        .where(
            ProjectPinRow.workspace_id == workspace_id,
            ProjectPinRow.project_id == seen.project_id,
            ProjectPinRow.due_at == seen.due_at,
        )
        .values(message_ts=message_ts, trouble=trouble, due_at=due_at)
        .returning(ProjectPinRow.project_id)
    )
    return settled.first() is not None
