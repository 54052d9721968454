"""What was told where: the stories that stand in a post, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_many, run, table_of
from storage.tables_posts import DeliveryRow, TellingRow
from storage.tables_stories import InterviewRow, StoryRow
from stories.values import dataclass

UNSAID = ("cancelled", "failed")
"""States of a delivery that nobody has read, so that its stories do not count as told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story in a post; `retold` marks an older one that was told again."""

    story_id: int
    position: int
    retold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A post in which a story stands."""

    delivery_id: int
    channel_id: str
    kind: str


async def record(
    session: AsyncSession,
    workspace_id: str,
    delivery_id: int,
    channel_id: str,
    told: Sequence[tuple[int, int, bool]],
    now: datetime,
) -> None:
    """Write down which stories a post tells: (story id, position, retold) each."""
    await record_many(session, workspace_id, [(delivery_id, channel_id, told)], now)


async def record_many(
    session: AsyncSession,
    workspace_id: str,
    posts: Sequence[tuple[int, str, Sequence[tuple[int, int, bool]]]],
    now: datetime,
) -> None:
    """The same for many posts: (delivery id, channel, what it tells) each."""
    rows = [
        {
            "workspace_id": workspace_id,
            "delivery_id": delivery_id,
            "story_id": story_id,
            "channel_id": channel_id,
            "position": position,
            "retold": retold,
            "told_at": now,
        }
        for delivery_id, channel_id, told in posts
        for story_id, position, retold in told
    ]
    await add_many(session, TellingRow, rows)


async def of_story(
    session: AsyncSession, workspace_id: str, story_id: int, since: datetime | None = None
) -> tuple[Standing, ...]:
    """The posts that tell this story (told `since` then, when given), oldest first."""
    own: dict[str, Any] = {"workspace": workspace_id, "story": story_id}
    asked, values = (_OF_STORY, own) if since is None else (_OF_STORY_SINCE, own | {"since": since})
    rows = await run(session, asked, values)
    return tuple(Standing(delivery_id=d, channel_id=channel, kind=kind) for d, channel, kind in rows)


_D, _T = table_of(DeliveryRow), table_of(TellingRow)
_POSTS_OF_STORY = (
    select(_T.c.delivery_id, _T.c.channel_id, _D.c.kind)
    .join(_D, (_D.c.workspace_id == _T.c.workspace_id) & (_D.c.id == _T.c.delivery_id))
    .where(_T.c.workspace_id == bindparam("workspace"), _T.c.story_id == bindparam("story"))
    .order_by(_T.c.delivery_id)
)
# Built once: every story that is told or changed asks.
_OF_STORY = Prepared(_POSTS_OF_STORY)
_OF_STORY_SINCE = Prepared(_POSTS_OF_STORY.where(_T.c.told_at >= bindparam("since")))


async def of_delivery(session: AsyncSession, workspace_id: str, delivery_id: int) -> tuple[Told, ...]:
    """The stories that a post tells, in their order."""
    query = (
        select(TellingRow.story_id, TellingRow.position, TellingRow.retold)
        .where(TellingRow.workspace_id == workspace_id, TellingRow.delivery_id == delivery_id)
        .order_by(TellingRow.position, TellingRow.story_id)
    )
    rows = await session.execute(query)
    return tuple(Told(story_id=story, position=position, retold=retold) for story, position, retold in rows)


async def forget(session: AsyncSession, workspace_id: str, delivery_id: int) -> None:
    """Nothing is told by this post any more: it was deleted."""
    await session.execute(
        delete(TellingRow).where(
            TellingRow.workspace_id == workspace_id, TellingRow.delivery_id == delivery_id
        )
    )


async def take_out(session: AsyncSession, workspace_id: str, delivery_id: int, story_id: int) -> None:
    """This story does not stand in this post any more; what else does, does."""
    await session.execute(
        delete(TellingRow).where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.delivery_id == delivery_id,
            TellingRow.story_id == story_id,
        )
    )


async def channels_of(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[str, ...]:
    """The channels in which this customer's stories were told."""
    query = select(TellingRow.channel_id).distinct().where(_of_customer(workspace_id, customer_id))
    return tuple((await session.execute(query.order_by(TellingRow.channel_id))).scalars())


async def of_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, channel_id: str, since: datetime | None = None
) -> tuple[tuple[int, int], ...]:
    """Where this customer's stories stand in this channel (told `since` then): (story, delivery) each."""
    query = select(TellingRow.story_id, TellingRow.delivery_id).where(
        TellingRow.channel_id == channel_id, _of_customer(workspace_id, customer_id)
    )
    if since is not None:
        query = query.where(TellingRow.told_at >= since)
    rows = await session.execute(query.order_by(TellingRow.delivery_id, TellingRow.story_id))
    return tuple((story, delivery) for story, delivery in rows)


def _of_customer(workspace_id: str, customer_id: int) -> ColumnElement[bool]:
    theirs = (
        select(StoryRow.id)
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
        )
        .where(StoryRow.workspace_id == workspace_id, InterviewRow.customer_id == customer_id)
    )
    return (TellingRow.workspace_id == workspace_id) & TellingRow.story_id.in_(theirs)


def same_delivery() -> ColumnElement[bool]:
    """What joins a telling to the post that tells it."""
    return (DeliveryRow.workspace_id == TellingRow.workspace_id) & (DeliveryRow.id == TellingRow.delivery_id)


async def retold_since(session: AsyncSession, workspace_id: str, channel_id: str, since: datetime) -> bool:
    """Whether the channel was told an older story again since then."""
    query = (
        select(TellingRow.story_id)
        .where(
            TellingRow.workspace_id == workspace_id,
            TellingRow.channel_id == channel_id,
            TellingRow.told_at >= since,
            TellingRow.retold,
        )
        .limit(1)
    )
    return (await session.execute(query)).first() is not None
