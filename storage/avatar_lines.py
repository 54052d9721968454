"""What avatars said: whose words where, by which delivery, and what people answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_new
from storage.tables_avatars import AvatarLineCommentRow, AvatarLineRow
from stories.avatars.evidence import Ref, ref_of
from stories.values import dataclass

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
    ref: Ref | None
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
    ref: Ref | None,
    delivery_id: int | None,
    about: str = "",
    now: datetime,
) -> int:
    """Write down what the avatar says, in the transaction that decides it; the line's id."""
    line_id = await add(
        session,
        AvatarLineRow,
        workspace_id=workspace_id,
        project_id=project_id,
        kind=kind,
        reason_id=reason_id,
        quote_id=ref.quote_id if ref else None,
        delivery_id=delivery_id,
        about=about,
        at=now,
    )
    if ref is not None and ref.comment_id is not None:
        comment = {"line_id": line_id, "comment_id": ref.comment_id}
        await add_new(session, AvatarLineCommentRow, workspace_id=workspace_id, **comment)
    return line_id


async def of_delivery(session: AsyncSession, workspace_id: str, delivery_id: int) -> tuple[Line, ...]:
    """What was said by one post."""
    query = _LINES.where(AvatarLineRow.workspace_id == workspace_id, AvatarLineRow.delivery_id == delivery_id)
    return tuple(_line(*row) for row in await session.execute(query.order_by(AvatarLineRow.id)))


async def get(session: AsyncSession, workspace_id: str, line_id: int) -> Line | None:
    """One line."""
    query = _LINES.where(AvatarLineRow.workspace_id == workspace_id, AvatarLineRow.id == line_id)
    row = (await session.execute(query)).one_or_none()
    return None if row is None else _line(*row)


async def last_said(session: AsyncSession, workspace_id: str, project_id: int) -> dict[Ref, datetime]:
    """When each customer's words were last said in this project's channel, not beyond Slack."""
    quoted, comment = AvatarLineRow.quote_id, AvatarLineCommentRow.comment_id
    query = (
        select(quoted, comment, func.max(AvatarLineRow.at).label("at"))
        .outerjoin(AvatarLineCommentRow, _ITS_COMMENT)
        .where(
            AvatarLineRow.workspace_id == workspace_id,
            AvatarLineRow.project_id == project_id,
            quoted.is_not(None) | comment.is_not(None),
            AvatarLineRow.kind != COMMENT,
        )
        .group_by(quoted, comment)
    )
    rows = await session.execute(query)
    return {ref: row.at for row in rows if (ref := ref_of(row.quote_id, row.comment_id))}


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


def _line(row: AvatarLineRow, comment_id: int | None) -> Line:
    return Line(
        id=row.id,
        project_id=row.project_id,
        kind=row.kind,
        reason_id=row.reason_id,
        ref=ref_of(row.quote_id, comment_id),
        delivery_id=row.delivery_id,
        answer=row.answer,
        at=row.at,
        about=row.about,
    )


_ITS_COMMENT = (AvatarLineCommentRow.workspace_id == AvatarLineRow.workspace_id) & (
    AvatarLineCommentRow.line_id == AvatarLineRow.id
)
_LINES = select(AvatarLineRow, AvatarLineCommentRow.comment_id).outerjoin(AvatarLineCommentRow, _ITS_COMMENT)
