"""How stories end: the sentence of what changed, whether it is told, and who has heard of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import DONE
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import FollowUpRow, ReactionRow, StoryRow
from storage.tellings import UNSAID, same_delivery


async def reword(session: AsyncSession, workspace_id: str, follow_up_id: int, words: str) -> bool:
    """Have an ending read so, and be told again if it was taken back; tells whether there is one."""
    return await _change(session, workspace_id, follow_up_id, closing=words, untold=False)


async def take_back(session: AsyncSession, workspace_id: str, follow_up_id: int) -> bool:
    """Have an ending told nowhere any more; tells whether there is one."""
    return await _change(session, workspace_id, follow_up_id, untold=True)


async def has_ended(session: AsyncSession, workspace_id: str, follow_up_id: int) -> None:
    """Have what was made of a follow-up's story (what finds it, above all) follow its new ending."""
    interview = select(FollowUpRow.interview_id).where(
        FollowUpRow.workspace_id == workspace_id, FollowUpRow.id == follow_up_id
    )
    await session.execute(
        update(StoryRow)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.interview_id == interview.scalar_subquery())
        .values(revision=StoryRow.revision + 1)
    )


async def customer_told(
    session: AsyncSession, workspace_id: str, follow_up_id: int, *, owner_id: str, now: datetime
) -> bool:
    """Note that its owner has told the customer; tells whether it is theirs, done and not noted before."""
    row = FollowUpRow
    own = _ended(workspace_id, follow_up_id).where(row.owner_id == owner_id, row.told_at.is_(None))
    return (await session.execute(own.values(told_at=now).returning(row.id))).first() is not None


async def unheard(session: AsyncSession, workspace_id: str, *, most: int = 20) -> tuple[int, ...]:
    """What was done and those who listened have not heard of yet, the oldest first."""
    row = FollowUpRow
    query = select(row.id).where(
        row.workspace_id == workspace_id, row.outcome == DONE, row.spread_at.is_(None)
    )
    return tuple((await session.execute(query.order_by(row.id).limit(most))).scalars())


async def is_heard(session: AsyncSession, workspace_id: str, follow_up_id: int, *, now: datetime) -> None:
    """Those who listened hear of it, or are not to: do not look at it again."""
    await session.execute(_ended(workspace_id, follow_up_id).values(spread_at=now))


async def who_reacted(
    session: AsyncSession, workspace_id: str, story_id: int, *, most: int
) -> tuple[str, ...]:
    """Whoever clicked under a story, each once, the first to do so at the top."""
    row = ReactionRow
    query = select(row.user_id).where(row.workspace_id == workspace_id, row.story_id == story_id)
    found = (await session.execute(query.order_by(row.at))).scalars()
    return tuple(dict.fromkeys(found))[:most]


async def who_was_told(session: AsyncSession, workspace_id: str, story_id: int) -> tuple[str, ...]:
    """The channels in which a story was told by a post that reached them or still may."""
    query = (
        select(TellingRow.channel_id)
        .join(DeliveryRow, same_delivery())
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.story_id == story_id,
            DeliveryRow.state.not_in(UNSAID),
        )
        .order_by(TellingRow.told_at)
    )
    return tuple(dict.fromkeys((await session.execute(query)).scalars()))


async def _change(session: AsyncSession, workspace_id: str, follow_up_id: int, **values: Any) -> bool:
    changed = _ended(workspace_id, follow_up_id).values(**values).returning(FollowUpRow.id)
    found = (await session.execute(changed)).first() is not None
    if found:
        await has_ended(session, workspace_id, follow_up_id)
    return found


def _ended(workspace_id: str, follow_up_id: int) -> Any:
    return update(FollowUpRow).where(
        FollowUpRow.workspace_id == workspace_id,
        FollowUpRow.id == follow_up_id,
        FollowUpRow.outcome == DONE,
    )
