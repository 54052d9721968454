"""Comments of surveys that back a project's reason or that its avatar said: numbered, and asked for anew.

An avatar may say a comment as long as its answer is there and an admin lets the source's comments be shown
and, on top of that, be quoted by avatars.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new, table_of
from storage.tables_avatars import (
    AvatarCommentRow,
    AvatarLineCommentRow,
    AvatarLineRow,
    ProjectReasonRow,
    ReasonCommentRow,
)
from storage.tables_nps import NpsAnswerRow, NpsSourceRow
from stories.values import dataclass

AnswerKey = tuple[int, str]
"""A source's id and the key of one of its answers."""

_C, _A, _S = table_of(AvatarCommentRow), table_of(NpsAnswerRow), table_of(NpsSourceRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment as it may be said now. `id` is None for one that no avatar has used yet."""

    id: int | None
    source_id: int
    key: str
    survey: str
    score: int
    day: date
    at: datetime
    words: str
    properties: dict[str, str]


async def speak_here(session: AsyncSession, workspace_id: str) -> bool:
    """Whether avatars may quote the comments of any source at all."""
    query = select(_S.c.id).where(_S.c.workspace_id == workspace_id, *_ALLOWED).limit(1)
    return (await session.execute(query)).first() is not None


async def number(session: AsyncSession, workspace_id: str, key: AnswerKey) -> int:
    """The number under which this comment is known to avatars, given to it where it has none."""
    own: dict[str, Any] = {"workspace_id": workspace_id, "source_id": key[0], "answer_key": key[1]}
    await add_new(session, AvatarCommentRow, **own, stands=True)
    query = select(_C.c.id).where(_C.c.workspace_id == workspace_id, _answers(_C, [key]))
    return int((await session.execute(query)).scalar_one())


async def sayable(
    session: AsyncSession, workspace_id: str, comment_ids: Collection[int]
) -> dict[int, Comment]:
    """Those of these comments that an avatar may say now, by their numbers."""
    if not comment_ids:
        return {}
    query = _comments(workspace_id).where(_C.c.id.in_(comment_ids))
    return {row.id: _comment(row) for row in await session.execute(query)}


async def sayable_answers(
    session: AsyncSession, workspace_id: str, keys: Sequence[AnswerKey]
) -> dict[AnswerKey, Comment]:
    """The same for answers, whether or not an avatar ever used them."""
    if not keys:
        return {}
    query = _comments(workspace_id).where(tuple_(_A.c.source_id, _A.c.key).in_(list(keys)))
    return {(row.source_id, row.key): _comment(row) for row in await session.execute(query)}


async def of_answers(session: AsyncSession, workspace_id: str, keys: Sequence[AnswerKey]) -> tuple[int, ...]:
    """The numbers of those of these answers whose comments avatars use."""
    if not keys:
        return ()
    query = select(_C.c.id).where(_C.c.workspace_id == workspace_id, _answers(_C, keys))
    return tuple((await session.execute(query)).scalars())


async def turned(session: AsyncSession, *, most: int = 500) -> tuple[tuple[str, int], ...]:
    """Comments of every workspace that may not be said any more, or may again: workspace and number."""
    of_answer = (_A.c.workspace_id == _C.c.workspace_id) & _same(_A)
    of_source = (_S.c.workspace_id == _C.c.workspace_id) & (_S.c.id == _C.c.source_id) & and_(*_ALLOWED)
    query = (
        select(_C.c.workspace_id, _C.c.id)
        .join_from(_C, _A, of_answer & (_A.c.comment != ""), isouter=True)
        .join(_S, of_source, isouter=True)
        .where(_C.c.stands != (_A.c.key.is_not(None) & _S.c.id.is_not(None)))
        .order_by(_C.c.workspace_id, _C.c.id)
        .limit(most)
    )
    return tuple((row.workspace_id, row.id) for row in await session.execute(query))


async def settle(session: AsyncSession, workspace_id: str, comment_id: int, *, stands: bool) -> None:
    """Remember whether posts say it, once they were put right; one whose answer is gone is forgotten."""
    own = (_C.c.workspace_id == workspace_id) & (_C.c.id == comment_id)
    there = select(_A.c.key).where(_A.c.workspace_id == workspace_id, _same(_A)).exists()
    await session.execute(delete(_C).where(own, ~there))
    await session.execute(update(_C).where(own).values(stands=stands))


async def projects_on(session: AsyncSession, workspace_id: str, comment_id: int) -> tuple[int, ...]:
    """The projects that have a reason which rests on this comment."""
    of_reason = (ProjectReasonRow.workspace_id == ReasonCommentRow.workspace_id) & (
        ProjectReasonRow.id == ReasonCommentRow.reason_id
    )
    query = (
        select(ProjectReasonRow.project_id)
        .distinct()
        .join(ReasonCommentRow, of_reason)
        .where(ReasonCommentRow.workspace_id == workspace_id, ReasonCommentRow.comment_id == comment_id)
    )
    return tuple((await session.execute(query)).scalars())


async def lines_with(
    session: AsyncSession, workspace_id: str, comment_id: int
) -> tuple[tuple[int, int | None], ...]:
    """The lines that say this comment, each with the post that was planned with it, if one was."""
    of_line = (AvatarLineRow.workspace_id == AvatarLineCommentRow.workspace_id) & (
        AvatarLineRow.id == AvatarLineCommentRow.line_id
    )
    query = (
        select(AvatarLineRow.id, AvatarLineRow.delivery_id)
        .join(AvatarLineCommentRow, of_line)
        .where(
            AvatarLineCommentRow.workspace_id == workspace_id, AvatarLineCommentRow.comment_id == comment_id
        )
    )
    return tuple((row.id, row.delivery_id) for row in await session.execute(query))


def _comments(workspace_id: str) -> Select[Any]:
    of_source = (_S.c.workspace_id == _A.c.workspace_id) & (_S.c.id == _A.c.source_id)
    numbered = (_C.c.workspace_id == _A.c.workspace_id) & _same(_A)
    columns = (_A.c.source_id, _A.c.key, _A.c.score, _A.c.day, _A.c.answered_at, _A.c.comment)
    return (
        select(*columns, _A.c.properties, _C.c.id, _S.c.name.label("survey"))
        .join_from(_A, _S, of_source)
        .join(_C, numbered, isouter=True)
        .where(_A.c.workspace_id == workspace_id, _A.c.comment != "", *_ALLOWED)
    )


def _same(answers: Any) -> ColumnElement[bool]:
    same: ColumnElement[bool] = (answers.c.source_id == _C.c.source_id) & (answers.c.key == _C.c.answer_key)
    return same


def _answers(table: Any, keys: Sequence[AnswerKey]) -> ColumnElement[bool]:
    chosen: ColumnElement[bool] = tuple_(table.c.source_id, table.c.answer_key).in_(list(keys))
    return chosen


def _comment(row: Any) -> Comment:
    return Comment(
        id=row.id,
        source_id=row.source_id,
        key=row.key,
        survey=row.survey,
        score=row.score,
        day=row.day,
        at=row.answered_at,
        words=row.comment,
        properties={str(name): str(value) for name, value in row.properties.items()},
    )


_ALLOWED = (_S.c.verbatims_shared, _S.c.avatars_quote)
