"""That a feed cannot be read: said once to whoever added it, and again only after it had been well."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import feeds as words
from storage import attention, series_feeds
from storage.attention import Unasked, Waiting
from storage.series_feeds import Feed
from stories.attention_kinds import FEED_TROUBLE, UNASKED


async def tell(session: AsyncSession, workspace_id: str, feed: Feed, *, now: datetime) -> None:
    """Have whoever added it hear, once until it was read again. The next round sends it."""
    since = feed.read_at.isoformat() if feed.read_at else "never"
    what = Unasked(
        place=feed.added_by, kind=FEED_TROUBLE, slot_key=f"feed:{feed.id}:{since}", about={"feed": feed.id}
    )
    until = now + UNASKED[FEED_TROUBLE].fresh_for
    await attention.add(session, workspace_id, what, now=now, fresh_until=until)


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting) -> dict[str, Any] | None:
    """What the note says at this moment; None for a feed that is well again, or followed no more."""
    number = int(one.about["feed"])
    feed = next((each for each in await series_feeds.feeds(session, workspace_id) if each.id == number), None)
    return words.trouble_note(feed) if feed is not None and feed.failures else None
