"""What avatars said: which quote where, by which delivery, and what people answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_avatars import AvatarLineRow

COMMENT = "comment"
"""The kind of a line that was said beyond Slack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something an avatar said. `kind` is remember, speak_up, answer, milestone or comment.

    `about` is the question that an answer is to, or a word about a line that was remembered.
    """

    id: int
    project_id: int
    kind: str
    reason_id: int | None
    quote_id: int | None
    delivery_id: int | None
    answer: str | None
    at: datetime
    about: str = ""


async def record(
    session: AsyncSession,
    workspace_id: str,
    project_id: int,
    kind: str,
    *,
    reason_id: int | None,
    quote_id: int | None,
    delivery_id: int | None,
    about: str = "",
    now: datetime,
) -> int:
    """Write down what the avatar says, in the transaction that decides it; the line's id."""
    return await add(
        session,
        AvatarLineRow,
        workspace_id=workspace_id,
        project_id=project_id,
        kind=kind,
        reason_id=reason_id,
        quote_id=quote_id,
        delivery_id=delivery_id,
        about=about,
        at=now,
    )


async def of_delivery(session: AsyncSession, workspace_id: str, delivery_id: int) -> tuple[Line, ...]:
    """What was said by one post."""
    query = select(AvatarLineRow).where(
        AvatarLineRow.workspace_id == workspace_id, AvatarLineRow.delivery_id == delivery_id
    )
    return tuple(_line(row) for row in (await session.execute(query.order_by(AvatarLineRow.id))).scalars())


async def get(session: AsyncSession, workspace_id: str, line_id: int) -> Line | None:
    """One line."""
    query = select(AvatarLineRow).where(
        AvatarLineRow.workspace_id == workspace_id, AvatarLineRow.id == line_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _line(row)


async def last_said(session: AsyncSession, workspace_id: str, project_id: int) -> dict[int, datetime]:
    """When each quote was last said in this project's channel; what was said beyond Slack was not."""
    query = (
        select(AvatarLineRow.quote_id, func.max(AvatarLineRow.at).label("at"))
        .where(
            AvatarLineRow.workspace_id == workspace_id,
            AvatarLineRow.project_id == project_id,
            AvatarLineRow.quote_id.is_not(None),
            AvatarLineRow.kind != COMMENT,
        )
        .group_by(AvatarLineRow.quote_id)
    )
    return {row.quote_id: row.at for row in await session.execute(query)}


async def answer(
    session: AsyncSession, workspace_id: str, line_id: int, said: str, *, by: str, now: datetime
) -> bool:
    """Keep what somebody answered; False when somebody did before."""
    kept = await session.execute(
        update(AvatarLineRow)
        .where(
            AvatarLineRow.workspace_id == workspace_id,
            AvatarLineRow.id == line_id,
            AvatarLineRow.answer.is_(None),
        )
        .values(answer=said, answered_by=by, answered_at=now)
        .returning(AvatarLineRow.id)
    )
    return kept.first() is not None


def _line(row: AvatarLineRow) -> Line:
    return Line(
        id=row.id,
        project_id=row.project_id,
        kind=row.kind,
        reason_id=row.reason_id,
        quote_id=row.quote_id,
        delivery_id=row.delivery_id,
        answer=row.answer,
        at=row.at,
        about=row.about,
    )
