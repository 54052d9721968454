"""What the centre tells of conversations and of projects: a few indexed looks, however long the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, distinct, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import WorkspaceRow
from storage.tables_avatars import (
    AvatarLineRow,
    ProjectChangeRow,
    ProjectReasonRow,
    ProjectRow,
    ReasonCommentRow,
    ReasonEvidenceRow,
)
from storage.tables_milestones import MilestoneRow
from storage.tables_rota import RotaPersonRow
from storage.tables_stories import InterviewRow, StoryRow, TopicRow
from stories.avatars.project import PICTURES, ProjectState
from stories.story import StoryState
from stories.talk_parts import Part
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFace:
    """A project and its avatar. `picture` is where that is served; `segment` says for whom it is."""

    id: int
    channel_id: str
    name: str
    goal: str
    segment: str
    avatar: str
    emoji: str
    picture: str
    begun: datetime


async def place(session: AsyncSession, workspace_id: str) -> str:
    """What the workspace is called; empty where nobody has told."""
    query = select(WorkspaceRow.name).where(WorkspaceRow.id == workspace_id)
    return (await session.execute(query)).scalar_one_or_none() or ""


async def talks_by_part(
    session: AsyncSession, workspace_id: str, first: date, last: date
) -> tuple[Part, ...]:
    """The conversations of these days (both included) by the part of the business of who wrote them up."""
    known = (RotaPersonRow.workspace_id == InterviewRow.workspace_id) & (
        RotaPersonRow.user_id == InterviewRow.author_id
    )
    # As a parameter, PostgreSQL would take it for two different groupings.
    part = func.coalesce(RotaPersonRow.part, literal_column("''"))
    query = (
        select(part, func.count(InterviewRow.id), func.count(distinct(InterviewRow.author_id)))
        .outerjoin_from(InterviewRow, RotaPersonRow, known)
        .where(
            InterviewRow.workspace_id == workspace_id,
            InterviewRow.talked_on >= first,
            InterviewRow.talked_on <= last,
        )
        .group_by(part)
        .order_by(part)
    )
    rows = await session.execute(query)
    return tuple(Part(name=name, talks=talks, colleagues=people) for name, talks, people in rows)


async def latest_told(
    session: AsyncSession, workspace_id: str, topics: Sequence[str], *, most: int
) -> tuple[int, ...]:
    """The ids of the stories published last; of those under one of these topics, where there are any."""
    if topics:
        return await _latest_under(session, workspace_id, topics, most)
    query = (
        select(StoryRow.id)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.state == StoryState.PUBLISHED.value)
        .order_by(StoryRow.published_at.desc(), StoryRow.id.desc())
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())


async def told_in(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int], language: str
) -> tuple[int, ...]:
    """Those of these stories that are told in a language, in the order asked for."""
    own = (InterviewRow.workspace_id == StoryRow.workspace_id) & (InterviewRow.id == StoryRow.interview_id)
    query = (
        select(StoryRow.id)
        .join(InterviewRow, own)
        .where(StoryRow.workspace_id == workspace_id, StoryRow.id.in_(story_ids))
        .where(InterviewRow.language == language)
    )
    known = set((await session.execute(query)).scalars()) if story_ids else set()
    return tuple(one for one in story_ids if one in known)


async def _latest_under(
    session: AsyncSession, workspace_id: str, topics: Sequence[str], most: int
) -> tuple[int, ...]:
    """A topic's walk follows the order in which stories were written, and reads no more than are wanted."""
    found: set[int] = set()
    for topic in topics:
        query = select(TopicRow.story_id).where(
            TopicRow.workspace_id == workspace_id, TopicRow.topic == topic
        )
        found |= set((await session.execute(query.order_by(TopicRow.story_id.desc()).limit(most))).scalars())
    return tuple(sorted(found, reverse=True)[:most])


async def projects(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[ProjectFace, ...]:
    """The active projects, the newest first."""
    query = (
        select(ProjectRow)
        .where(ProjectRow.workspace_id == workspace_id, ProjectRow.state == ProjectState.ACTIVE.value)
        .order_by(ProjectRow.id.desc())
        .limit(most)
    )
    return tuple(_face(row) for row in (await session.execute(query)).scalars())


async def last_moved(
    session: AsyncSession, workspace_id: str, project_ids: Sequence[int]
) -> dict[int, datetime]:
    """When somebody last did something for each of these projects; no entry where nobody did.

    Somebody answered its avatar, changed its why, put a customer's sentence under a reason, or marked a
    milestone.
    """
    found: dict[int, datetime] = {}
    for query in _moments(workspace_id, project_ids):
        for project_id, at in await session.execute(query):
            if at is not None:
                found[project_id] = max(at, found.get(project_id, at))
    return found


def _moments(workspace_id: str, project_ids: Sequence[int]) -> tuple[Select[Any, Any], ...]:
    line, change, reason, mark = AvatarLineRow, ProjectChangeRow, ProjectReasonRow, MilestoneRow
    looks: tuple[tuple[Select[Any, Any], Any], ...] = (
        (select(line.project_id, func.max(line.answered_at)), line),
        (select(change.project_id, func.max(change.at)), change),
        *((_under_reasons(evidence), reason) for evidence in (ReasonEvidenceRow, ReasonCommentRow)),
        (select(mark.project_id, func.max(mark.marked_at)), mark),
    )
    return tuple(
        query.where(row.workspace_id == workspace_id, row.project_id.in_(project_ids)).group_by(
            row.project_id
        )
        for query, row in looks
    )


def _under_reasons(evidence: Any) -> Select[Any, Any]:
    """When a customer's sentence, or a survey's comment, was put under a project's reasons last."""
    reason = ProjectReasonRow
    under = (evidence.workspace_id == reason.workspace_id) & (evidence.reason_id == reason.id)
    return select(reason.project_id, func.max(evidence.added_at)).join_from(reason, evidence, under)


def _face(row: ProjectRow) -> ProjectFace:
    return ProjectFace(
        id=row.id,
        channel_id=row.channel_id,
        name=row.name,
        goal=row.goal,
        segment=row.segment,
        avatar=row.avatar_name,
        emoji=row.avatar_emoji,
        picture=f"{PICTURES}{row.avatar_picture}" if row.avatar_picture else "",
        begun=row.created_at,
    )
