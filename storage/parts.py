"""What people let a manager see of their taking part, each by their own choice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many
from storage.tables_private import PartRow
from storage.tables_stories import InterviewRow


async def shown_to(session: AsyncSession, workspace_id: str, user_id: str) -> str | None:
    """The manager whom this person lets see how many conversations they wrote up; None for nobody."""
    query = select(PartRow.manager_id).where(PartRow.workspace_id == workspace_id, PartRow.user_id == user_id)
    return (await session.execute(query)).scalar_one_or_none()


async def show_to(
    session: AsyncSession, workspace_id: str, user_id: str, manager_id: str | None, *, now: datetime
) -> None:
    """Let this manager see it, in place of another; None: nobody."""
    await session.execute(
        delete(PartRow).where(PartRow.workspace_id == workspace_id, PartRow.user_id == user_id)
    )
    chosen = {"user_id": user_id, "manager_id": manager_id, "chosen_at": now}
    await add_many(session, PartRow, [{"workspace_id": workspace_id, **chosen}] if manager_id else [])


async def of_manager(
    session: AsyncSession, workspace_id: str, manager_id: str, since: date
) -> dict[str, int]:
    """How many conversations since that day each person wrote up who lets this manager see it."""
    own = (InterviewRow.workspace_id == PartRow.workspace_id) & (InterviewRow.author_id == PartRow.user_id)
    query = (
        select(PartRow.user_id, func.count(InterviewRow.id))
        .outerjoin(InterviewRow, own & (InterviewRow.talked_on >= since))
        .where(PartRow.workspace_id == workspace_id, PartRow.manager_id == manager_id)
        .group_by(PartRow.user_id)
    )
    return {user: number for user, number in await session.execute(query)}  # noqa: C416 rows are not pairs
