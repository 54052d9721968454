"""What market feeds are about, and what they brought last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many
from storage.tables_feeds import FeedTopicRow
from storage.tables_series import HeadlineRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A headline of a feed."""

    title: str
    link: str
    day: date


async def set_topics(session: AsyncSession, workspace_id: str, feed_id: int, topics: Sequence[str]) -> None:
    """Say what a feed is about, instead of what was said before; none: anything."""
    row = FeedTopicRow
    before = delete(row).where(row.workspace_id == workspace_id, row.feed_id == feed_id)
    await session.execute(before)
    own = {"workspace_id": workspace_id, "feed_id": feed_id}
    rows = [own | {"topic": topic, "position": place} for place, topic in enumerate(topics)]
    await add_many(session, FeedTopicRow, rows)


async def topics(session: AsyncSession, workspace_id: str) -> dict[int, tuple[str, ...]]:
    """What each feed is about, by its number; no entry for one that is about anything."""
    row = FeedTopicRow
    query = select(row.feed_id, row.topic).where(row.workspace_id == workspace_id)
    found: dict[int, tuple[str, ...]] = {}
    for feed_id, topic in await session.execute(query.order_by(row.feed_id, row.position)):
        found[feed_id] = (*found.get(feed_id, ()), topic)
    return found


async def topics_of_headlines(
    session: AsyncSession, workspace_id: str, headline_ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """What the feeds are about that brought these headlines, by headline; no entry for anything."""
    row, topic = HeadlineRow, FeedTopicRow
    own = (topic.workspace_id == row.workspace_id) & (topic.feed_id == row.feed_id)
    query = select(row.id, topic.topic).join(topic, own)
    query = query.where(row.workspace_id == workspace_id, row.id.in_(headline_ids))
    found: dict[int, tuple[str, ...]] = {}
    for headline_id, words in await session.execute(query.order_by(row.id, topic.position)):
        found[headline_id] = (*found.get(headline_id, ()), words)
    return found


async def newest(
    session: AsyncSession, workspace_id: str, feed_id: int, *, most: int = 3
) -> tuple[Brought, ...]:
    """The newest headlines of a feed."""
    row = HeadlineRow
    query = select(row.title, row.link, row.on_day).where(
        row.workspace_id == workspace_id, row.feed_id == feed_id
    )
    found = await session.execute(query.order_by(row.on_day.desc(), row.id.desc()).limit(most))
    return tuple(Brought(title=title, link=link, day=day) for title, link, day in found)
