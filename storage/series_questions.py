"""What the audience wants the next conversation to ask: offered, voted for, chosen, asked, answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_many
from storage.tables_series_heard import QuestionRow, VoteRow
from stories.values import dataclass


class QuestionState(StrEnum):
    """OFFERED: readers vote. CHOSEN: it waits for the next talk. ANSWERED: a talk brought the answer."""

    OFFERED = "offered"
    CHOSEN = "chosen"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question about a customer, with how many readers voted for it; `answered_in` is a conversation."""

    id: int
    episode_id: int
    customer_id: int
    words: str
    offered_by: str
    state: QuestionState
    votes: int
    answered_in: int | None = None


async def offer(
    session: AsyncSession,
    workspace_id: str,
    episode_id: int,
    customer_id: int,
    words: str,
    *,
    by: str,
    now: datetime,
) -> int:
    """Put a question to the vote under an episode; its number."""
    return await add(
        session,
        QuestionRow,
        workspace_id=workspace_id,
        episode_id=episode_id,
        customer_id=customer_id,
        words=words,
        offered_by=by,
        state=QuestionState.OFFERED.value,
        at=now,
    )


async def vote(
    session: AsyncSession, workspace_id: str, question_id: int, user_id: str, *, place: str, now: datetime
) -> bool:
    """Give somebody's one vote of the episode to this question; False when nobody votes on it any more."""
    query = select(QuestionRow.episode_id).where(
        QuestionRow.workspace_id == workspace_id,
        QuestionRow.id == question_id,
        QuestionRow.state == QuestionState.OFFERED.value,
    )
    episode_id = (await session.execute(query)).scalar_one_or_none()
    if episode_id is None:
        return False
    own: dict[str, Any] = {"workspace_id": workspace_id, "episode_id": episode_id, "user_id": user_id}
    await session.execute(
        delete(VoteRow).where(
            VoteRow.workspace_id == workspace_id,
            VoteRow.episode_id == episode_id,
            VoteRow.user_id == user_id,
        )
    )
    await add_many(session, VoteRow, [own | {"question_id": question_id, "place": place, "at": now}])
    return True


async def questions(session: AsyncSession, workspace_id: str, episode_id: int) -> tuple[Question, ...]:
    """What was put to the vote under an episode, in the order it was offered."""
    found = await _questions(session, workspace_id, QuestionRow.episode_id == episode_id)
    return tuple(sorted(found, key=lambda one: one.id))


async def choose(session: AsyncSession, workspace_id: str, episode_id: int) -> Question | None:
    """End an episode's vote: what most wanted waits for the next talk, the rest goes. None without a vote."""
    found = await _questions(
        session,
        workspace_id,
        QuestionRow.episode_id == episode_id,
        QuestionRow.state == QuestionState.OFFERED.value,
    )
    wanted = found[0] if found and found[0].votes else None
    for one in found:
        if one is wanted:
            await _change(session, workspace_id, one.id, state=QuestionState.CHOSEN.value)
        else:
            await session.execute(delete(QuestionRow).where(*_own(workspace_id, one.id)))
    return wanted


async def waiting(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[Question, ...]:
    """What the next talk with this customer is to ask, what most wanted first."""
    return await _questions(
        session,
        workspace_id,
        QuestionRow.customer_id == customer_id,
        QuestionRow.state == QuestionState.CHOSEN.value,
    )


async def answered(session: AsyncSession, workspace_id: str, question_id: int, interview_id: int) -> None:
    """Keep that this conversation brought the answer."""
    await _change(
        session,
        workspace_id,
        question_id,
        state=QuestionState.ANSWERED.value,
        answered_in=interview_id,
    )


async def of_customers(
    session: AsyncSession, workspace_id: str, customer_ids: tuple[int, ...]
) -> tuple[Question, ...]:
    """What was chosen or answered about these customers, what most wanted first."""
    return await _questions(
        session,
        workspace_id,
        QuestionRow.customer_id.in_(customer_ids),
        QuestionRow.state != QuestionState.OFFERED.value,
    )


async def _questions(session: AsyncSession, workspace_id: str, *conditions: Any) -> tuple[Question, ...]:
    row, given = QuestionRow, VoteRow
    theirs = (given.workspace_id == row.workspace_id) & (given.question_id == row.id)
    votes = select(func.count()).where(theirs).scalar_subquery()
    query = select(row, votes.label("votes")).where(row.workspace_id == workspace_id, *conditions)
    query = query.order_by(votes.desc(), row.id).execution_options(populate_existing=True)
    return tuple(
        Question(
            id=one.id,
            episode_id=one.episode_id,
            customer_id=one.customer_id,
            words=one.words,
            offered_by=one.offered_by,
            state=QuestionState(one.state),
            votes=number,
            answered_in=one.answered_in,
        )
        for one, number in await session.execute(query)
    )


async def _change(session: AsyncSession, workspace_id: str, question_id: int, **values: Any) -> None:
    await session.execute(update(QuestionRow).where(*_own(workspace_id, question_id)).values(**values))


def _own(workspace_id: str, question_id: int) -> tuple[Any, ...]:
    return (QuestionRow.workspace_id == workspace_id, QuestionRow.id == question_id)
