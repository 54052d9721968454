"""What becomes of an open follow-up: another day, another owner, a link to where it is worked on."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_stories import FollowUpRow


async def move(
    session: AsyncSession,
    workspace_id: str,
    follow_up_id: int,
    *,
    owner_id: str,
    due_on: date | None,
    link: str,
) -> bool:
    """Give one's own open follow-up this day and link; tells whether it was one's own and open.

    On another day it is remembered afresh.
    """
    row = FollowUpRow
    changed = _open(workspace_id, follow_up_id).where(row.owner_id == owner_id)
    if not await _did(session, changed.values(link=link)):
        return False
    moved = _open(workspace_id, follow_up_id).where(row.due_on.is_distinct_from(due_on))
    await session.execute(moved.values(due_on=due_on, remind_at=None, reminded_at=None, reminded=0))
    return True


async def keep_link(session: AsyncSession, workspace_id: str, follow_up_id: int, link: str) -> None:
    """Keep where a follow-up is worked on, whether it is done or not."""
    await session.execute(
        update(FollowUpRow)
        .where(FollowUpRow.workspace_id == workspace_id, FollowUpRow.id == follow_up_id)
        .values(link=link)
    )


async def offer_to(
    session: AsyncSession, workspace_id: str, follow_up_id: int, *, owner_id: str, colleague: str | None
) -> bool:
    """Ask a colleague to take one's own over (None: nobody any more); tells whether it was open."""
    own = _open(workspace_id, follow_up_id).where(FollowUpRow.owner_id == owner_id)
    return await _did(session, own.values(offered_to=colleague))


async def answer(
    session: AsyncSession, workspace_id: str, follow_up_id: int, *, colleague: str, takes_it: bool
) -> bool:
    """A colleague's yes or no to what they were asked to take over; tells whether they still were.

    Whoever takes it over is reminded of it afresh.
    """
    asked = _open(workspace_id, follow_up_id).where(FollowUpRow.offered_to == colleague)
    theirs: dict[str, Any] = {"owner_id": colleague, "remind_at": None, "reminded_at": None, "reminded": 0}
    return await _did(session, asked.values(offered_to=None, **(theirs if takes_it else {})))


def _open(workspace_id: str, follow_up_id: int) -> Any:
    return update(FollowUpRow).where(
        FollowUpRow.workspace_id == workspace_id,
        FollowUpRow.id == follow_up_id,
        FollowUpRow.done_at.is_(None),
    )


async def _did(session: AsyncSession, statement: Any) -> bool:
    return (await session.execute(statement.returning(FollowUpRow.id))).first() is not None
