"""What readers said with one click, and what they said is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_new, run_own, table_of
from storage.several import for_each, one_of
from storage.tables_stories import InterviewRow, ReactionRow, ReportRow, StoryRow
from stories.story import Reaction
from stories.values import dataclass

MOST_LIKED = 500
"""Clicks of one channel that are counted, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Somebody's "Something's wrong with this"; `settled_by` and `outcome` once an editor has decided."""

    id: int
    story_id: int
    reporter_id: str
    reason: str
    at: datetime
    settled_by: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What an author's story was given by others: how often one kind of reaction."""

    story_id: int
    title: str
    kind: Reaction
    count: int


async def react(
    session: AsyncSession,
    workspace_id: str,
    story_id: int,
    user_id: str,
    kind: Reaction,
    *,
    channel_id: str | None,
    now: datetime,
) -> bool:
    """Count this person's click; tells whether it is their first of this kind under this story."""
    new = await add_new(
        session,
        ReactionRow,
        workspace_id=workspace_id,
        story_id=story_id,
        user_id=user_id,
        kind=kind.value,
        channel_id=channel_id,
        at=now,
    )
    if new:
        await _appreciate(session, workspace_id, story_id, +1)
    return new


async def unreact(
    session: AsyncSession, workspace_id: str, story_id: int, user_id: str, kind: Reaction
) -> bool:
    """Take this person's click back; tells whether there was one."""
    gone = await session.execute(
        delete(ReactionRow)
        .where(
            ReactionRow.workspace_id == workspace_id,
            ReactionRow.story_id == story_id,
            ReactionRow.user_id == user_id,
            ReactionRow.kind == kind.value,
        )
        .returning(ReactionRow.story_id)
    )
    if gone.first() is None:
        return False
    await _appreciate(session, workspace_id, story_id, -1)
    return True


async def counts(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int]
) -> Mapping[int, dict[Reaction, int]]:
    """How many different people reacted to each of these stories, by kind."""
    values = {"workspace": workspace_id, "stories": list(story_ids)}
    return counted(await run_own(session, COUNTS, values))


def counted(rows: Iterable[Any]) -> dict[int, dict[Reaction, int]]:
    """The same from the rows that COUNTS answers."""
    found: dict[int, dict[Reaction, int]] = {}
    for story_id, kind, number in rows:
        found.setdefault(story_id, {})[Reaction(kind)] = number
    return found


async def liked_in(
    session: AsyncSession, workspace_id: str, channel_id: str, since: datetime, *, most: int = MOST_LIKED
) -> tuple[int, ...]:
    """The stories under which people of this channel clicked since then, newest click first, with repeats."""
    query = (
        select(ReactionRow.story_id)
        .where(
            ReactionRow.workspace_id == workspace_id,
            ReactionRow.channel_id == channel_id,
            ReactionRow.at >= since,
        )
        .order_by(ReactionRow.at.desc())
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())


async def received(
    session: AsyncSession, workspace_id: str, author_id: str, *, since: datetime, until: datetime
) -> tuple[Received, ...]:
    """What others gave this author's stories from then on and before `until`, story by story."""
    query = (
        select(ReactionRow.story_id, InterviewRow.title, ReactionRow.kind, func.count())
        .join(
            StoryRow,
            (StoryRow.workspace_id == ReactionRow.workspace_id) & (StoryRow.id == ReactionRow.story_id),
        )
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id),
        )
        .where(
            ReactionRow.workspace_id == workspace_id,
            InterviewRow.author_id == author_id,
            ReactionRow.user_id != author_id,
            ReactionRow.at >= since,
            ReactionRow.at < until,
        )
        .group_by(ReactionRow.story_id, InterviewRow.title, ReactionRow.kind)
        .order_by(ReactionRow.story_id)
    )
    rows = await session.execute(query)
    return tuple(Received(story_id=s, title=t, kind=Reaction(k), count=n) for s, t, k, n in rows)


async def report(
    session: AsyncSession, workspace_id: str, story_id: int, *, reporter_id: str, reason: str, now: datetime
) -> int:
    """Keep what somebody says is wrong with a story; returns the report's id."""
    return await add(
        session,
        ReportRow,
        workspace_id=workspace_id,
        story_id=story_id,
        reporter_id=reporter_id,
        reason=reason,
        at=now,
    )


async def open_reports(
    session: AsyncSession, workspace_id: str, *, most: int = 20, skip: int = 0
) -> tuple[Report, ...]:
    """Reports that no editor has settled, the oldest first, after so many that are skipped."""
    query = (
        select(ReportRow)
        .where(ReportRow.workspace_id == workspace_id, ReportRow.settled_at.is_(None))
        .order_by(ReportRow.id)
        .offset(skip)
        .limit(most)
    )
    return tuple(_report(row) for row in (await session.execute(query)).scalars())


async def get_report(session: AsyncSession, workspace_id: str, report_id: int) -> Report | None:
    """This report, open or settled."""
    query = select(ReportRow).where(ReportRow.workspace_id == workspace_id, ReportRow.id == report_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _report(row)


async def settle(
    session: AsyncSession, workspace_id: str, story_id: int, *, by: str, outcome: str, now: datetime
) -> bool:
    """Close every open report of a story in the same way; False where somebody has closed them."""
    closed = await session.execute(
        update(ReportRow)
        .where(
            ReportRow.workspace_id == workspace_id,
            ReportRow.story_id == story_id,
            ReportRow.settled_at.is_(None),
        )
        .values(settled_by=by, settled_at=now, outcome=outcome)
        .returning(ReportRow.id)
    )
    return closed.first() is not None


_R = table_of(ReactionRow)
COUNTS = for_each(
    lambda dialect: (
        select(_R.c.story_id, _R.c.kind, func.count().label("number"))
        .where(_R.c.workspace_id == bindparam("workspace"), one_of(dialect, _R.c.story_id, "stories"))
        .group_by(_R.c.story_id, _R.c.kind)
    )
)


async def _appreciate(session: AsyncSession, workspace_id: str, story_id: int, by: int) -> None:
    await session.execute(
        update(StoryRow)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.id == story_id)
        .values(appreciation=StoryRow.appreciation + by)
    )


def _report(row: ReportRow) -> Report:
    return Report(
        id=row.id,
        story_id=row.story_id,
        reporter_id=row.reporter_id,
        reason=row.reason,
        at=row.at,
        settled_by=row.settled_by,
        outcome=row.outcome,
    )
