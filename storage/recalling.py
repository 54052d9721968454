"""Stories that are told and that no editor has said yes to, of kinds of customers that are sensitive now."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import CustomerRow
from storage.tables_stories import InterviewRow, StoryRow
from storage.tables_trust import StoryTermsRow
from stories.folding import fold
from stories.story import StoryState


async def how_many(session: AsyncSession, workspace_id: str, sensitive: Collection[str]) -> int:
    """How many stories of these kinds of customers are told without an editor's yes."""
    kinds = await _as_written(session, workspace_id, sensitive)
    counted = select(func.count()).select_from(_told(workspace_id, kinds).subquery())
    return (await session.execute(counted)).scalar_one() if kinds else 0


async def told(
    session: AsyncSession, workspace_id: str, sensitive: Collection[str], *, most: int
) -> tuple[tuple[int, str], ...]:
    """Those stories, (id, author) each, the newest first."""
    kinds = await _as_written(session, workspace_id, sensitive)
    if not kinds:
        return ()
    rows = await session.execute(_told(workspace_id, kinds).order_by(StoryRow.id.desc()).limit(most))
    return tuple((story_id, author) for story_id, author in rows)


async def _as_written(
    session: AsyncSession, workspace_id: str, sensitive: Collection[str]
) -> tuple[str, ...]:
    """These kinds of customers in every way in which somebody wrote them."""
    wanted = {fold(one) for one in sensitive}
    query = select(CustomerRow.segment).distinct().where(CustomerRow.workspace_id == workspace_id)
    return tuple(one for one in (await session.execute(query)).scalars() if one and fold(one) in wanted)


def _told(workspace_id: str, kinds: Collection[str]) -> Select[int, str]:
    own, terms = InterviewRow, StoryTermsRow
    return (
        select(StoryRow.id, own.author_id)
        .join(own, (own.workspace_id == StoryRow.workspace_id) & (own.id == StoryRow.interview_id))
        .join(
            CustomerRow,
            (CustomerRow.workspace_id == own.workspace_id) & (CustomerRow.id == own.customer_id),
        )
        .outerjoin(terms, (terms.workspace_id == StoryRow.workspace_id) & (terms.story_id == StoryRow.id))
        .where(
            StoryRow.workspace_id == workspace_id,
            StoryRow.state == StoryState.PUBLISHED.value,
            CustomerRow.segment.in_(kinds),
            terms.approved_by.is_(None),
        )
    )
