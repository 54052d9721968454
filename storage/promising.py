"""Which channels there may be something to tell: asked for many at once, before each is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables_posts import ChannelRow, DeliveryRow, TellingRow
from storage.tables_stories import StoryRow
from storage.tellings import UNSAID, same_delivery
from stories.story import StoryState


async def with_something_new(
    session: AsyncSession, workspace_id: str, channel_ids: Sequence[str], since: datetime
) -> frozenset[str]:
    """Those of these channels that have not heard every story published since then.

    Consent and what a channel asked for are left to whoever looks at the channel itself: nothing is missed.
    """
    is_new = and_(
        StoryRow.workspace_id == workspace_id,
        StoryRow.state == StoryState.PUBLISHED.value,
        StoryRow.published_at >= since,
    )
    if (await session.execute(select(StoryRow.id).where(is_new).limit(1))).first() is None:
        return frozenset()
    telling = (
        select(TellingRow.story_id)
        .join(DeliveryRow, same_delivery())
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.channel_id == ChannelRow.channel_id,
            TellingRow.story_id == StoryRow.id,
            DeliveryRow.state.not_in(UNSAID),
        )
        .limit(1)
    )
    untold = exists().where(is_new, telling.correlate(ChannelRow, StoryRow).scalar_subquery().is_(None))
    query = select(ChannelRow.channel_id).where(
        ChannelRow.workspace_id == workspace_id, ChannelRow.channel_id.in_(channel_ids), untold
    )
    return frozenset((await session.execute(query)).scalars())
