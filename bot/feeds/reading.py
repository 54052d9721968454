"""Reading a feed: asked for what is new since last time, taken apart, kept as headlines."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.desk import Desk
from bot.feeds import trouble
from bot.feeds.taking_apart import NoFeed, take_apart
from bot.guarded_client import GuardedClient, Limits, OutgoingFailed, OutgoingRefused, Reply
from bot.looping import one_by_one
from storage import series_feeds
from storage.series_feeds import Feed, Item
from stories.feeds import KEPT_FOR, LONGEST_NAME, TOLD_AFTER, Article, again_after, articles, title_of
from stories.kept_sentences import KEEPING, is_kept
from stories.language import _, speaking
from stories.text import shortened

log = logging.getLogger(__name__)

LIMITS = Limits(most_bytes=3_000_000, seconds=20.0, connect_seconds=5.0)
"""What one feed may take: those of newspapers have less than one megabyte."""

LONGEST_MARK = 300
"""Characters of what a server gives to ask with next time; longer ones are not taken along."""

_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"


async def read_due(desk: Desk, workspace_id: str) -> int:
    """Read every feed of a workspace whose time has come; how many that were."""
    async with desk.read() as session:
        due = await series_feeds.due(session, workspace_id, desk.now())
    if not due:
        return 0
    async with GuardedClient(desk.settings.outgoing(), LIMITS) as client:
        await one_by_one(due, partial(read, desk, client, workspace_id))
    return len(due)


async def read(desk: Desk, client: GuardedClient, workspace_id: str, feed: Feed) -> int:
    """Read one feed; how many headlines were new. How it went is kept with the feed.

    Whoever added it hears once when it cannot be read.
    """
    try:
        with speaking(KEEPING):
            return await _read(desk, client, workspace_id, feed)
    except (OutgoingFailed, OutgoingRefused, NoFeed) as why:
        words = str(why) if is_kept(str(why)) else shortened(str(why), 300)
    log.info("feed %s of %s: %s", feed.id, workspace_id, words)
    now, failures = desk.now(), feed.failures + 1
    async with desk.database.begin() as session:
        due_at = now + again_after(failures)
        await series_feeds.could_not_be_read(session, workspace_id, feed.id, words, due_at=due_at)
        if failures >= TOLD_AFTER:
            await trouble.tell(session, workspace_id, feed, now=now)
    return 0


async def _read(desk: Desk, client: GuardedClient, workspace_id: str, feed: Feed) -> int:
    reply = await client.get(feed.url, headers=_since(feed))
    if reply.status == 304:
        return await _keep(desk, workspace_id, feed, (), etag=feed.etag, modified=feed.modified)
    if reply.status != 200:
        raise OutgoingFailed(_("its server answers with {status}").format(status=reply.status))
    apart = await take_apart(reply.body)
    named = replace(feed, title=feed.title or shortened(title_of(apart.title), LONGEST_NAME))
    return await _keep(desk, workspace_id, named, articles(apart.entries, desk.now()), **_marks(reply))


async def _keep(
    desk: Desk, workspace_id: str, feed: Feed, found: Sequence[Article], *, etag: str, modified: str
) -> int:
    now = desk.now()
    items = [Item(key=one.key, title=one.title, link=one.link, day=one.at.date()) for one in found]
    async with desk.database.begin() as session:
        number = await series_feeds.was_read(
            session,
            workspace_id,
            feed.id,
            items,
            title=feed.title,
            etag=etag,
            modified=modified,
            now=now,
            due_at=now + again_after(0),
        )
        await series_feeds.forget_before(session, workspace_id, (now - KEPT_FOR).date())
    return number


def _since(feed: Feed) -> dict[str, str]:
    asked = {"if-none-match": feed.etag, "if-modified-since": feed.modified}
    return {"accept": _ACCEPT} | {name: value for name, value in asked.items() if value}


def _marks(reply: Reply) -> dict[str, str]:
    """What to ask with next time, as it can be sent back in a header."""
    given = {"etag": reply.headers.get("etag", ""), "modified": reply.headers.get("last-modified", "")}
    return {
        name: value if len(value) <= LONGEST_MARK and value.isascii() and value.isprintable() else ""
        for name, value in given.items()
    }
