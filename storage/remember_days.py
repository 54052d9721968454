"""Days on which a workspace remembers why, and the closed loops that can be told on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import DONE
from storage.rows import add, add_new
from storage.tables_attention import UnaskedRow
from storage.tables_events import RememberDayRow, RememberLookRow
from storage.tables_posts import ChannelRow
from storage.tables_stories import FollowUpRow, InterviewRow, StoryRow
from stories.attention import REMEMBER
from stories.channels import ChannelState, Kind
from stories.stage.remembering import DayOf, Remembered
from stories.story import StoryState

MOST_LOOPS = 50
"""Closed loops that are looked at for one day."""

_D, _L, _F = RememberDayRow, RememberLookRow, FollowUpRow


async def add_day(
    session: AsyncSession,
    workspace_id: str,
    *,
    of: DayOf,
    since: date,
    words: str,
    customer_id: int | None,
    by: str,
    now: datetime,
) -> int:
    """Keep a day that somebody chose; its id."""
    values = {"day_of": of.value, "since": since, "words": words, "customer_id": customer_id}
    return await add(session, _D, workspace_id=workspace_id, added_by=by, added_at=now, **values)


async def remove_day(session: AsyncSession, workspace_id: str, day_id: int) -> bool:
    """Remember a day no more; tells whether it was."""
    own = (_D.workspace_id == workspace_id, _D.id == day_id)
    return (await session.execute(delete(_D).where(*own).returning(_D.id))).first() is not None


async def get(session: AsyncSession, workspace_id: str, day_id: int) -> Remembered | None:
    """This day; None once it is remembered no more."""
    query = select(_D).where(_D.workspace_id == workspace_id, _D.id == day_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _remembered(row)


async def every(session: AsyncSession, workspace_id: str) -> tuple[Remembered, ...]:
    """All days of a workspace, in the order in which they come in a year."""
    rows = (await session.execute(select(_D).where(_D.workspace_id == workspace_id))).scalars()
    days = [_remembered(row) for row in rows]
    return tuple(sorted(days, key=lambda one: (one.since.month, one.since.day, one.id)))


async def following(session: AsyncSession, workspace_id: str) -> tuple[str, ...]:
    """The channels that asked to hear of such days and are told things, in a steady order."""
    query = select(ChannelRow.channel_id, ChannelRow.kinds).where(
        ChannelRow.workspace_id == workspace_id, ChannelRow.state == ChannelState.ON.value
    )
    rows = await session.execute(query.order_by(ChannelRow.channel_id))
    return tuple(row.channel_id for row in rows if Kind.REMEMBER.value in row.kinds)


async def closed_loops(
    session: AsyncSession, workspace_id: str, *, customer_id: int | None = None
) -> tuple[int, ...]:
    """What was done of published stories and said in a sentence, what moved people most first.

    Of one customer alone, when given. Whether it may be told is for others to ask.
    """
    own = (InterviewRow.workspace_id == _F.workspace_id) & (InterviewRow.id == _F.interview_id)
    story = (StoryRow.workspace_id == _F.workspace_id) & (StoryRow.interview_id == _F.interview_id)
    query: Any = (
        select(_F.id)
        .join(InterviewRow, own)
        .join(StoryRow, story)
        .where(
            _F.workspace_id == workspace_id,
            _F.outcome == DONE,
            _F.closing != "",
            _F.untold.is_(False),
            StoryRow.state == StoryState.PUBLISHED.value,
        )
    )
    if customer_id is not None:
        query = query.where(InterviewRow.customer_id == customer_id)
    query = query.order_by(StoryRow.appreciation.desc(), _F.done_at.desc(), _F.id.desc())
    return tuple((await session.execute(query.limit(MOST_LOOPS))).scalars())


async def remembered_in(session: AsyncSession, workspace_id: str, channel_id: str) -> frozenset[int]:
    """What a channel was told of on such days before: the numbers of what was done."""
    query = select(UnaskedRow.about).where(
        UnaskedRow.workspace_id == workspace_id,
        UnaskedRow.place == channel_id,
        UnaskedRow.kind == REMEMBER,
    )
    return frozenset(int(about["follow_up"]) for about in (await session.execute(query)).scalars())


async def next_look(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When it is next looked for days that come round; None before the first look."""
    query = select(_L.next_at).where(_L.workspace_id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none()


async def looked(session: AsyncSession, workspace_id: str, next_at: datetime) -> None:
    """It was looked at; the next look is then."""
    if not await add_new(session, _L, workspace_id=workspace_id, next_at=next_at):
        await session.execute(update(_L).where(_L.workspace_id == workspace_id).values(next_at=next_at))


async def how_many(session: AsyncSession, workspace_id: str) -> int:
    """How many days are remembered."""
    query = select(func.count()).select_from(_D).where(_D.workspace_id == workspace_id)
    return await session.scalar(query) or 0


def _remembered(row: RememberDayRow) -> Remembered:
    return Remembered(
        id=row.id,
        of=DayOf(row.day_of),
        since=row.since,
        words=row.words,
        customer_id=row.customer_id,
        added_by=row.added_by,
    )
