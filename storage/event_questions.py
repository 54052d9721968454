"""What people would like to hear answered at an event, and who would like to hear it, too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_new
from storage.tables_events import EventQuestionRow, EventVoteRow
from stories.stage.events import Asked, Question

_Q, _V = EventQuestionRow, EventVoteRow


async def ask(
    session: AsyncSession,
    workspace_id: str,
    event_id: int,
    asker_id: str,
    words: str,
    *,
    anonymous: bool,
    asked: Asked,
    now: datetime,
) -> int:
    """Keep a question; its id."""
    values = {"words": words, "anonymous": anonymous, "asked": asked.value, "created_at": now}
    own = {"workspace_id": workspace_id, "event_id": event_id, "asker_id": asker_id}
    return await add(session, _Q, **own, **values)


async def of_event(session: AsyncSession, workspace_id: str, event_id: int) -> tuple[Question, ...]:
    """Every question of an event with its votes, the first one first."""
    query = _with_votes(workspace_id).where(_Q.event_id == event_id).order_by(_Q.id)
    return tuple(_question(*found) for found in await session.execute(query))


async def get(session: AsyncSession, workspace_id: str, question_id: int) -> Question | None:
    """This question with its votes."""
    found = (await session.execute(_with_votes(workspace_id).where(_Q.id == question_id))).first()
    return None if found is None else _question(*found)


async def settle(session: AsyncSession, workspace_id: str, question_id: int, asked: Asked) -> None:
    """The host lets a question in, or leaves it out."""
    own = (_Q.workspace_id == workspace_id, _Q.id == question_id)
    await session.execute(update(_Q).where(*own).values(asked=asked.value))


async def vote(session: AsyncSession, workspace_id: str, question_id: int, user_id: str) -> bool:
    """Count somebody's vote, or take it back where it stands; whether it counts from now on."""
    if await add_new(session, _V, workspace_id=workspace_id, question_id=question_id, user_id=user_id):
        return True
    own = (_V.workspace_id == workspace_id, _V.question_id == question_id, _V.user_id == user_id)
    await session.execute(delete(_V).where(*own))
    return False


async def votes_of(session: AsyncSession, workspace_id: str, event_id: int, user_id: str) -> frozenset[int]:
    """The questions of an event that somebody voted for."""
    own = (_Q.workspace_id == _V.workspace_id) & (_Q.id == _V.question_id)
    query = (
        select(_V.question_id)
        .join(_Q, own)
        .where(_V.workspace_id == workspace_id, _V.user_id == user_id, _Q.event_id == event_id)
    )
    return frozenset((await session.execute(query)).scalars())


def _with_votes(workspace_id: str) -> Select[Any, Any]:
    own = (_V.workspace_id == _Q.workspace_id) & (_V.question_id == _Q.id)
    number = select(func.count()).select_from(_V).where(own).correlate(_Q).scalar_subquery()
    return select(_Q, number).where(_Q.workspace_id == workspace_id)


def _question(row: EventQuestionRow, votes: int) -> Question:
    return Question(
        id=row.id,
        event_id=row.event_id,
        asker_id=row.asker_id,
        anonymous=row.anonymous,
        words=row.words,
        asked=Asked(row.asked),
        votes=votes,
    )
