"""Scores that were given in a conversation, for a source of their own: what changed, and what is gone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String, and_, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import CustomerRow
from storage.tables_nps import NpsAnswerRow
from storage.tables_stories import InterviewRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A conversation that was written up or changed; `score` is None where nobody asked."""

    id: int
    score: int | None
    day: date
    segment: str
    updated_at: datetime


async def changed(
    session: AsyncSession,
    workspace_id: str,
    *,
    after: tuple[datetime, int] | None,
    until: datetime,
    most: int = 200,
) -> tuple[Scored, ...]:
    """Conversations changed after a moment and a number (those of the last one seen) and up to `until`."""
    query = (
        select(
            InterviewRow.id,
            InterviewRow.score,
            InterviewRow.talked_on,
            InterviewRow.updated_at,
            CustomerRow.segment,
        )
        .join(
            CustomerRow,
            and_(
                CustomerRow.workspace_id == InterviewRow.workspace_id,
                CustomerRow.id == InterviewRow.customer_id,
            ),
        )
        .where(InterviewRow.workspace_id == workspace_id, InterviewRow.updated_at <= until)
        .order_by(InterviewRow.updated_at, InterviewRow.id)
        .limit(most)
    )
    if after is not None:
        moment, number = after
        same = and_(InterviewRow.updated_at == moment, InterviewRow.id > number)
        query = query.where(or_(InterviewRow.updated_at > moment, same))
    return tuple(
        Scored(id=row.id, score=row.score, day=row.talked_on, segment=row.segment, updated_at=row.updated_at)
        for row in await session.execute(query)
    )


async def gone(session: AsyncSession, workspace_id: str, source_id: int) -> tuple[str, ...]:
    """The keys of answers whose conversation was removed since."""
    standing = exists().where(
        InterviewRow.workspace_id == workspace_id, cast(InterviewRow.id, String) == NpsAnswerRow.key
    )
    own = and_(NpsAnswerRow.workspace_id == workspace_id, NpsAnswerRow.source_id == source_id)
    return tuple((await session.execute(select(NpsAnswerRow.key).where(own, ~standing))).scalars())
