"""What somebody did about customers in a stretch of days, found in what is kept of it anyway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Text, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.follow_ups import DONE
from storage.tables_priorities import PriorityRow
from storage.tables_rota import RotaTalkRow
from storage.tables_stories import FollowUpRow, InterviewRow, StoryRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from storage.tables_wanted import WantedTalkRow
from stories.objectives.happened import Happened, What
from stories.rota.talks import Kind, State
from stories.values import dataclass

MOST = 60
"""Things of one sort that are told, the latest."""

_OF_TALK = {
    Kind.TALK.value: What.TALKED,
    Kind.LISTENING.value: What.LISTENED,
    Kind.HELPING.value: What.HELPED,
}
_DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """Whose, and from which day to which; also as moments, in UTC."""

    workspace_id: str
    user_id: str
    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        begins = datetime.combine(self.first, time(), UTC)
        return begins, datetime.combine(self.last + timedelta(days=1), time(), UTC)


async def between(
    session: AsyncSession, workspace_id: str, user_id: str, first: date, last: date
) -> tuple[Happened, ...]:
    """All that happened for somebody from the first to the last of these days, in no order."""
    days = _Days(workspace_id=workspace_id, user_id=user_id, first=first, last=last)
    found: list[Happened] = []
    for look in (_written_up, _other_talks, _asked, _named, _sorted, _owned, _followed_up):
        found += [one async for one in look(session, days)]
    return tuple(found)


async def _written_up(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    row, own = InterviewRow, _story_of(InterviewRow.id)
    query = (
        select(StoryRow.id, row.talked_on)
        .join(row, own)
        .where(
            row.workspace_id == days.workspace_id,
            row.author_id == days.user_id,
            row.talked_on.between(days.first, days.last),
        )
    )
    for story_id, on in await _newest(session, query, row.talked_on):
        yield Happened(key=f"story:{story_id}", what=What.WROTE_UP, on=on, story_id=story_id)


async def _other_talks(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    """Talks, listening in and helping; what was written up of them is counted by its write-up."""
    row = RotaTalkRow
    stored = select(InterviewRow.id).where(
        InterviewRow.workspace_id == row.workspace_id,
        InterviewRow.source_key == literal("draft:") + cast(row.draft_id, Text),
    )
    query = select(row.id, row.kind, row.on_day).where(
        row.workspace_id == days.workspace_id,
        row.user_id == days.user_id,
        row.state == State.DONE.value,
        row.on_day.between(days.first, days.last),
        ~stored.exists(),
    )
    for number, kind, on in await _newest(session, query, row.on_day):
        yield Happened(key=f"talk:{number}", what=_OF_TALK[kind], on=on)


async def _asked(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    row, (begins, ends) = WantedTalkRow, days.moments
    query = select(row.id, row.question, row.created_at).where(
        row.workspace_id == days.workspace_id,
        row.asked_by == days.user_id,
        row.created_at >= begins,
        row.created_at < ends,
    )
    for number, question, at in await _newest(session, query, row.created_at):
        yield Happened(key=f"asked:{number}", what=What.ASKED, on=at.date(), words=question)


async def _named(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    row, (begins, ends) = ThemeRow, days.moments
    query = select(row.id, row.name, row.created_at).where(
        row.workspace_id == days.workspace_id,
        row.named_by == days.user_id,
        row.state == "kept",
        row.created_at >= begins,
        row.created_at < ends,
    )
    for number, name, at in await _newest(session, query, row.created_at):
        yield Happened(key=f"theme:{number}", what=What.NAMED, on=at.date(), words=name)


async def _sorted(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    """Texts put under a theme, or taken out of one, by hand: once a theme."""
    row, theme, (begins, ends) = ThemeTextRow, ThemeRow, days.moments
    query = (
        select(theme.id, theme.name, func.max(row.at))
        .join(theme, (theme.workspace_id == row.workspace_id) & (theme.id == row.theme_id))
        .where(
            row.workspace_id == days.workspace_id,
            row.said_by == days.user_id,
            row.at >= begins,
            row.at < ends,
        )
        .group_by(theme.id, theme.name)
    )
    for number, name, at in await _newest(session, query, func.max(row.at)):
        yield Happened(key=f"sorted:{number}", what=What.SORTED, on=at.date(), words=name)


async def _owned(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    row = PriorityRow
    query = select(row.id, row.theme_name, row.chosen_on).where(
        row.workspace_id == days.workspace_id,
        row.owner_id == days.user_id,
        row.state != _DROPPED,
        row.quarter <= days.last,
        row.last_day >= days.first,
    )
    for number, name, on in await _newest(session, query, row.chosen_on):
        yield Happened(key=f"top:{number}", what=What.OWNS, on=on, words=name)


async def _followed_up(session: AsyncSession, days: _Days) -> AsyncIterator[Happened]:
    """What they did because of a story, and what others did because of one of theirs."""
    row, (begins, ends) = FollowUpRow, days.moments
    theirs = (row.owner_id == days.user_id) | (InterviewRow.author_id == days.user_id)
    query = (
        select(row.id, row.owner_id, row.done_at, StoryRow.id.label("story_id"))
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == row.workspace_id) & (InterviewRow.id == row.interview_id),
        )
        .join(StoryRow, _story_of(row.interview_id))
        .where(
            row.workspace_id == days.workspace_id,
            theirs,
            row.outcome == DONE,
            row.done_at >= begins,
            row.done_at < ends,
        )
    )
    for number, owner, at, story_id in await _newest(session, query, row.done_at):
        own = owner == days.user_id
        yield Happened(
            key=f"done:{number}",
            what=What.DID if own else What.CAME,
            on=at.date(),
            story_id=story_id,
            follow_up_id=number,
            who="" if own else owner,
        )


def _story_of(interview_id: Any) -> Any:
    return (StoryRow.workspace_id == InterviewRow.workspace_id) & (StoryRow.interview_id == interview_id)


async def _newest(session: AsyncSession, query: Any, by: Any) -> Iterator[Any]:
    found: Iterator[Any] = iter((await session.execute(query.order_by(by.desc()).limit(MOST))).all())
    return found
