"""The founding reasons of projects, and the customers' words they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_new
from storage.tables_avatars import ProjectReasonRow, ReasonCommentRow, ReasonEvidenceRow
from stories.avatars.evidence import Kind, Ref
from stories.avatars.project import FoundingReason

# Built once: it is asked with every look at a project.
_STANDING = (
    select(ProjectReasonRow)
    .where(
        ProjectReasonRow.workspace_id == bindparam("workspace"),
        ProjectReasonRow.project_id.in_(bindparam("projects", expanding=True)),
        ProjectReasonRow.ended_at.is_(None),
    )
    .order_by(ProjectReasonRow.position, ProjectReasonRow.id)
)


async def reasons_of(
    session: AsyncSession, workspace_id: str, project_ids: Collection[int]
) -> dict[int, tuple[FoundingReason, ...]]:
    """The reasons that stand of each of these projects, in their order."""
    asked = {"workspace": workspace_id, "projects": list(project_ids)}
    rows = list((await session.execute(_STANDING, asked)).scalars())
    evidence = await _evidence(session, workspace_id, [row.id for row in rows]) if rows else {}
    found: dict[int, list[FoundingReason]] = {project_id: [] for project_id in project_ids}
    for row in rows:
        reason = FoundingReason(
            id=row.id,
            words=row.words,
            position=row.position,
            evidence=evidence.get(row.id, ()),
            added_by=row.added_by,
            added_at=row.added_at,
            ended_at=row.ended_at,
        )
        found[row.project_id].append(reason)
    return {project_id: tuple(reasons) for project_id, reasons in found.items()}


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
    session: AsyncSession, workspace_id: str, reason_id: int, ref: Ref, *, by: str, now: datetime
) -> bool:
    """Let a reason rest on a customer's words; tells whether it did not before."""
    values: dict[str, Any] = {
        "workspace_id": workspace_id,
        "reason_id": reason_id,
        "added_by": by,
        "added_at": now,
    }
    if ref.kind is Kind.COMMENT:
        return await add_new(session, ReasonCommentRow, **values, comment_id=ref.id)
    return await add_new(session, ReasonEvidenceRow, **values, quote_id=ref.id)


async def untie(session: AsyncSession, workspace_id: str, reason_id: int, ref: Ref) -> None:
    """Take a customer's words away from a reason."""
    row, column = _ROWS[ref.kind]
    await session.execute(
        delete(row).where(row.workspace_id == workspace_id, row.reason_id == reason_id, column == ref.id)
    )


async def _evidence(
    session: AsyncSession, workspace_id: str, reason_ids: Sequence[int]
) -> dict[int, tuple[Ref, ...]]:
    """What each of these reasons rests on, in the order in which it was tied to it."""
    tied: list[tuple[int, datetime, Ref]] = []
    asked = {"workspace": workspace_id, "reasons": list(reason_ids)}
    for kind, query in _TIED.items():
        tied += [
            (reason, at, Ref(kind, number)) for reason, at, number in await session.execute(query, asked)
        ]
    found: dict[int, list[Ref]] = defaultdict(list)
    for reason_id, _at, ref in sorted(tied, key=lambda one: (one[1], one[2].kind is Kind.COMMENT, one[2].id)):
        found[reason_id].append(ref)
    return {reason_id: tuple(refs) for reason_id, refs in found.items()}


_ROWS: dict[Kind, tuple[Any, Any]] = {
    Kind.QUOTE: (ReasonEvidenceRow, ReasonEvidenceRow.quote_id),
    Kind.COMMENT: (ReasonCommentRow, ReasonCommentRow.comment_id),
}

_TIED = {
    kind: select(row.reason_id, row.added_at, column).where(
        row.workspace_id == bindparam("workspace"),
        row.reason_id.in_(bindparam("reasons", expanding=True)),
    )
    for kind, (row, column) in _ROWS.items()
}
