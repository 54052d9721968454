"""Following a feed and stopping: kept with a line in the audit log, read once while somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.messages import feeds as words
from bot.messages.blocks import Block
from storage import audit, feeds, nps_counts, series_feeds
from storage.audit import Entry
from storage.feeds import Brought
from storage.series_feeds import Feed
from stories.errors import UserError
from stories.feeds import MOST_FEEDS, called
from stories.language import _
from stories.values import dataclass

MOST_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A feed as somebody wants it followed; "" for a name leaves it to the feed."""

    address: str
    name: str
    topics: tuple[str, ...]


async def follow(session: AsyncSession, workspace_id: str, wanted: Wanted, *, by: str, now: datetime) -> int:
    """Follow a feed; its id. Raises UserError for one more than may be, and for one that is followed."""
    if len(await series_feeds.feeds(session, workspace_id)) >= MOST_FEEDS:
        said = _("{most} feeds are as many as can be followed; stop one first.").format(most=MOST_FEEDS)
        raise UserError(said, field="address")
    feed_id = await series_feeds.add_feed(
        session, workspace_id, wanted.address, by=by, now=now, title=wanted.name
    )
    if feed_id is None:
        raise UserError(_("This feed is followed already."), field="address")
    await feeds.set_topics(session, workspace_id, feed_id, wanted.topics)
    # Never the whole address: it may hold a key.
    await _note(session, workspace_id, "follow_feed", str(urlsplit(wanted.address).hostname), by=by, now=now)
    return feed_id


async def drop(session: AsyncSession, workspace_id: str, feed_id: int, *, by: str, now: datetime) -> str:
    """Follow a feed no more; what it was called, "" where it was stopped before."""
    feed = await _one(session, workspace_id, feed_id)
    if feed is None or not await series_feeds.remove_feed(session, workspace_id, feed_id):
        return ""
    await _note(session, workspace_id, "drop_feed", str(urlsplit(feed.url).hostname), by=by, now=now)
    return called(feed.title, feed.url)


async def first_look(desk: Desk, workspace_id: str, feed_id: int) -> Block:
    """Read a feed that was just added; the window says how that went."""
    # What speaks to other servers takes memory that a bot without feeds can do without.
    from bot.feeds.reading import LIMITS, read
    from bot.guarded_client import GuardedClient

    async with desk.read() as session:
        feed = await _one(session, workspace_id, feed_id)
    number = 0
    if feed is not None:
        async with GuardedClient(desk.settings.outgoing(), LIMITS) as client:
            number = await read(desk, client, workspace_id, feed)
    async with desk.read() as session:
        added = await _one(session, workspace_id, feed_id)
        newest = await feeds.newest(session, workspace_id, feed_id)
        notice = words.began(added, number) if added else ""
        return await window(session, workspace_id, notice=notice, newest=newest)


async def window(
    session: AsyncSession, workspace_id: str, *, notice: str = "", newest: Sequence[Brought] = ()
) -> Block:
    """The window of the feeds that are followed."""
    known, topics = await series_feeds.feeds(session, workspace_id), await feeds.topics(session, workspace_id)
    return words.window(known, topics, notice=notice, newest=newest)


async def _one(session: AsyncSession, workspace_id: str, feed_id: int) -> Feed | None:
    return next((one for one in await series_feeds.feeds(session, workspace_id) if one.id == feed_id), None)


async def kinds_of_customers(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """Names by which answers to surveys tell customers apart, a few of them."""
    known = await nps_counts.vocabulary(session, workspace_id)
    return tuple(dict.fromkeys(value for values in known.values() for value in values))[:MOST_NAMED]


async def _note(
    session: AsyncSession, workspace_id: str, act: str, host: str, *, by: str, now: datetime
) -> None:
    entry = Entry(at=now, actor_id=by, act=act, object_kind="feed", object_id=host)
    await audit.note(session, workspace_id, entry)
