"""The founding reasons of projects, and the customers' quotes they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_new
from storage.tables_avatars import ProjectReasonRow, ReasonEvidenceRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow
from stories.avatars.project import Evidence, FoundingReason


async def reasons_of(
    session: AsyncSession, workspace_id: str, project_id: int, *, given_up: bool = False
) -> tuple[FoundingReason, ...]:
    """A project's reasons that stand, in their order; with `given_up` those that do not as well."""
    query = select(ProjectReasonRow).where(
        ProjectReasonRow.workspace_id == workspace_id, ProjectReasonRow.project_id == project_id
    )
    if not given_up:
        query = query.where(ProjectReasonRow.ended_at.is_(None))
    rows = (await session.execute(query.order_by(ProjectReasonRow.position, ProjectReasonRow.id))).scalars()
    found = list(rows)
    evidence = await _evidence(session, workspace_id, [row.id for row in found])
    return tuple(
        FoundingReason(
            id=row.id,
            words=row.words,
            position=row.position,
            evidence=evidence.get(row.id, ()),
            added_by=row.added_by,
            added_at=row.added_at,
            ended_at=row.ended_at,
        )
        for row in found
    )


async def add_reason(
    session: AsyncSession, workspace_id: str, project_id: int, words: str, *, by: str, now: datetime
) -> int:
    """Add a reason behind those that stand; its id."""
    last = select(func.max(ProjectReasonRow.position)).where(
        ProjectReasonRow.workspace_id == workspace_id, ProjectReasonRow.project_id == project_id
    )
    position = (await session.execute(last)).scalar_one_or_none() or 0
    return await add(
        session,
        ProjectReasonRow,
        workspace_id=workspace_id,
        project_id=project_id,
        position=position + 1,
        words=words,
        added_by=by,
        added_at=now,
    )


async def reason_of(session: AsyncSession, workspace_id: str, reason_id: int) -> int | None:
    """The project whose reason this is; None when there is none (any more)."""
    query = select(ProjectReasonRow.project_id).where(
        ProjectReasonRow.workspace_id == workspace_id, ProjectReasonRow.id == reason_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def reword(session: AsyncSession, workspace_id: str, reason_id: int, words: str) -> None:
    """Say a reason in other words."""
    await session.execute(
        update(ProjectReasonRow)
        .where(ProjectReasonRow.workspace_id == workspace_id, ProjectReasonRow.id == reason_id)
        .values(words=words)
    )


async def give_up(session: AsyncSession, workspace_id: str, reason_id: int, *, now: datetime) -> None:
    """Let a reason stand no more; it is kept with when."""
    await session.execute(
        update(ProjectReasonRow)
        .where(
            ProjectReasonRow.workspace_id == workspace_id,
            ProjectReasonRow.id == reason_id,
            ProjectReasonRow.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


async def tie(
    session: AsyncSession, workspace_id: str, reason_id: int, quote_id: int, *, by: str, now: datetime
) -> bool:
    """Let a reason rest on a customer's quote; tells whether it did not before."""
    return await add_new(
        session,
        ReasonEvidenceRow,
        workspace_id=workspace_id,
        reason_id=reason_id,
        quote_id=quote_id,
        added_by=by,
        added_at=now,
    )


async def untie(session: AsyncSession, workspace_id: str, reason_id: int, quote_id: int) -> None:
    """Take a quote away from a reason."""
    await session.execute(
        delete(ReasonEvidenceRow).where(
            ReasonEvidenceRow.workspace_id == workspace_id,
            ReasonEvidenceRow.reason_id == reason_id,
            ReasonEvidenceRow.quote_id == quote_id,
        )
    )


async def _evidence(
    session: AsyncSession, workspace_id: str, reason_ids: Sequence[int]
) -> dict[int, tuple[Evidence, ...]]:
    query = (
        select(
            ReasonEvidenceRow.reason_id, QuoteRow.id, InterviewRow.id, StoryRow.id, InterviewRow.customer_id
        )
        .join(QuoteRow, (QuoteRow.workspace_id == workspace_id) & (QuoteRow.id == ReasonEvidenceRow.quote_id))
        .join(
            InterviewRow,
            (InterviewRow.workspace_id == workspace_id) & (InterviewRow.id == QuoteRow.interview_id),
        )
        .join(StoryRow, (StoryRow.workspace_id == workspace_id) & (StoryRow.interview_id == InterviewRow.id))
        .where(ReasonEvidenceRow.workspace_id == workspace_id, ReasonEvidenceRow.reason_id.in_(reason_ids))
        .order_by(ReasonEvidenceRow.added_at, QuoteRow.id)
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for reason_id, quote_id, interview_id, story_id, customer_id in (await session.execute(query)).all():
        found[reason_id].append(
            Evidence(quote_id=quote_id, interview_id=interview_id, story_id=story_id, customer_id=customer_id)
        )
    return {reason_id: tuple(evidence) for reason_id, evidence in found.items()}
