"""The market's feeds that a workspace reads, and their headlines. Whoever reads them does so elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, delete, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new_many, add_once
from storage.tables_series import FeedRow, HeadlineRow, SentenceRow
from stories.series.material import Headline
from stories.series.sources import Kind, Ref
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and how reading it went. `etag` and `modified` are what its server said last."""

    id: int
    url: str
    title: str
    added_by: str
    etag: str
    modified: str
    read_at: datetime | None
    due_at: datetime | None
    failures: int
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as a feed brings it; `key` is what the feed calls it, `day` when it was published."""

    key: str
    title: str
    link: str
    day: date


async def add_feed(
    session: AsyncSession, workspace_id: str, url: str, *, by: str, now: datetime, title: str = ""
) -> int | None:
    """Read this feed from now on; its id, or None when it is read already."""
    own: dict[str, Any] = {"workspace_id": workspace_id, "url": url, "title": title}
    return await add_once(session, FeedRow, **own, added_by=by, added_at=now, due_at=now)


async def remove_feed(session: AsyncSession, workspace_id: str, feed_id: int) -> bool:
    """Read a feed no more; its headlines go. Tells whether there was one."""
    row = FeedRow
    gone = await session.execute(
        delete(row).where(row.workspace_id == workspace_id, row.id == feed_id).returning(row.id)
    )
    return gone.first() is not None


async def feeds(session: AsyncSession, workspace_id: str) -> tuple[Feed, ...]:
    """Every feed that the workspace reads, the first added at the top."""
    query = select(FeedRow).where(FeedRow.workspace_id == workspace_id).order_by(FeedRow.id)
    rows = await session.execute(query.execution_options(populate_existing=True))
    return tuple(_feed(row) for row in rows.scalars())


async def due(session: AsyncSession, workspace_id: str, now: datetime) -> tuple[Feed, ...]:
    """The feeds that are to be read again now."""
    return tuple(
        one for one in await feeds(session, workspace_id) if one.due_at is not None and one.due_at <= now
    )


async def was_read(
    session: AsyncSession,
    workspace_id: str,
    feed_id: int,
    items: Sequence[Item],
    *,
    title: str,
    etag: str,
    modified: str,
    now: datetime,
    due_at: datetime,
) -> int:
    """Keep what a feed brought, each item once; how many were new. Nothing when the feed is gone."""
    changed = await _change(
        session,
        workspace_id,
        feed_id,
        title=title,
        etag=etag,
        modified=modified,
        read_at=now,
        due_at=due_at,
        failures=0,
        trouble="",
    )
    if not changed:
        return 0
    own: dict[str, Any] = {"workspace_id": workspace_id, "feed_id": feed_id}
    rows = [{**own, "key": one.key, "title": one.title, "link": one.link, "on_day": one.day} for one in items]
    return len(await add_new_many(session, HeadlineRow, rows))


async def could_not_be_read(
    session: AsyncSession, workspace_id: str, feed_id: int, trouble: str, *, due_at: datetime
) -> None:
    """Keep why a feed could not be read, and when it is tried again."""
    await _change(
        session, workspace_id, feed_id, trouble=trouble, due_at=due_at, failures=FeedRow.failures + 1
    )


async def some(session: AsyncSession, workspace_id: str, headline_ids: Sequence[int]) -> dict[int, Headline]:
    """These headlines by their numbers; missing ones are left out."""
    found = await session.execute(_headlines(workspace_id).where(HeadlineRow.id.in_(headline_ids)))
    return {each.id: _headline(*each) for each in found}


async def forget_before(session: AsyncSession, workspace_id: str, day: date) -> None:
    """Drop the headlines from before this day, but for those that an episode rests on."""
    row, told = HeadlineRow, SentenceRow
    rests = exists().where(
        told.workspace_id == row.workspace_id,
        told.source == literal(f"{Kind.HEADLINE}:").concat(cast(row.id, Text)),
    )
    await session.execute(delete(row).where(row.workspace_id == workspace_id, row.on_day < day, ~rests))


def _headlines(workspace_id: str) -> Any:
    row = HeadlineRow
    own = (FeedRow.workspace_id == row.workspace_id) & (FeedRow.id == row.feed_id)
    columns = (row.id, row.title, FeedRow.title.label("feed"), FeedRow.url, row.link, row.on_day)
    return select(*columns).join(FeedRow, own).where(row.workspace_id == workspace_id)


def _headline(number: int, title: str, feed: str, url: str, link: str, day: date) -> Headline:
    return Headline(ref=Ref(Kind.HEADLINE, str(number)), title=title, source=feed or url, link=link, day=day)


async def _change(session: AsyncSession, workspace_id: str, feed_id: int, **values: Any) -> bool:
    own = (FeedRow.workspace_id == workspace_id, FeedRow.id == feed_id)
    changed = await session.execute(update(FeedRow).where(*own).values(**values).returning(FeedRow.id))
    return changed.first() is not None


def _feed(row: FeedRow) -> Feed:
    return Feed(
        id=row.id,
        url=row.url,
        title=row.title,
        added_by=row.added_by,
        etag=row.etag,
        modified=row.modified,
        read_at=row.read_at,
        due_at=row.due_at,
        failures=row.failures,
        trouble=row.trouble,
    )
