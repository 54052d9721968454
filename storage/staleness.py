"""Whether what posts say may have become wrong since they were planned: asked for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import ConsentRow
from storage.tables_posts import TellingRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.story import StoryState
from stories.values import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Of some posts, those that tell stories at all, and those of them that have to be made anew."""

    telling: frozenset[int]
    doubtful: frozenset[int]


async def told(
    session: AsyncSession, workspace_id: str, delivery_ids: Sequence[int], since: datetime, now: datetime
) -> Told:
    """Which of these posts tell stories, and which of those stories' consents may have changed since then.

    A consent has when one was recorded, came into force or ran out; so has a story that is not published.
    Errs on the side of doubt.
    """
    customers = and_(
        InterviewRow.workspace_id == StoryRow.workspace_id, InterviewRow.id == StoryRow.interview_id
    )
    moved = exists().where(
        ConsentRow.workspace_id == InterviewRow.workspace_id,
        ConsentRow.customer_id == InterviewRow.customer_id,
        or_(
            ConsentRow.recorded_at >= since,
            ConsentRow.valid_from >= since,
            and_(ConsentRow.valid_until >= since, ConsentRow.valid_until <= now),
        ),
    )
    doubtful = or_(StoryRow.state != StoryState.PUBLISHED.value, moved)
    stories = and_(StoryRow.workspace_id == TellingRow.workspace_id, StoryRow.id == TellingRow.story_id)
    query = (
        select(TellingRow.delivery_id, doubtful)
        .join(StoryRow, stories)
        .join(InterviewRow, customers)
        .where(TellingRow.workspace_id == workspace_id, TellingRow.delivery_id.in_(delivery_ids))
        .distinct()
    )
    rows = (await session.execute(query)).all()
    telling = frozenset(number for number, _ in rows)
    return Told(telling, frozenset(number for number, changed in rows if changed))
