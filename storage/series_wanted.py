"""Questions that were voted for, and the conversations that may have brought their answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.series_questions import QuestionState
from storage.tables_posts import DeliveryRow
from storage.tables_series import EpisodeRow
from storage.tables_series_heard import QuestionRow
from storage.tables_stories import InterviewRow
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A question as it stands under its episode."""

    episode_id: int
    words: str
    state: QuestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """A conversation in which a question was to be asked, and who had it."""

    question_id: int
    interview_id: int
    author_id: str
    words: str


async def question(session: AsyncSession, workspace_id: str, question_id: int) -> Chosen | None:
    """A question; None for one that is gone."""
    row = QuestionRow
    query = select(row.episode_id, row.words, row.state).where(
        row.workspace_id == workspace_id, row.id == question_id
    )
    found = (await session.execute(query)).first()
    if found is None:
        return None
    return Chosen(episode_id=found.episode_id, words=found.words, state=QuestionState(found.state))


async def votes_over(session: AsyncSession, workspace_id: str, before: datetime) -> tuple[int, ...]:
    """The episodes that were published before then and whose vote is still on."""
    row, told = QuestionRow, EpisodeRow
    own = (told.workspace_id == row.workspace_id) & (told.id == row.episode_id)
    query = select(row.episode_id).distinct().join(told, own)
    query = query.where(
        row.workspace_id == workspace_id,
        row.state == QuestionState.OFFERED.value,
        told.published_at <= before,
    )
    return tuple((await session.execute(query.order_by(row.episode_id))).scalars())


async def to_ask(
    session: AsyncSession, workspace_id: str, beginning: str, *, since: datetime
) -> tuple[ToAsk, ...]:
    """Conversations kept since then with customers of whom a question waits, where nobody was asked about it.

    Whoever was asked has a message whose slot is `beginning` with the numbers of question and conversation.
    """
    row, talk, note = QuestionRow, InterviewRow, DeliveryRow
    own = (talk.workspace_id == row.workspace_id) & (talk.customer_id == row.customer_id)
    slot = literal(f"{beginning}:").concat(cast(row.id, Text)).concat(":").concat(cast(talk.id, Text))
    asked = exists().where(
        note.workspace_id == row.workspace_id, note.channel_id == talk.author_id, note.slot_key == slot
    )
    query = (
        select(row.id, talk.id, talk.author_id, row.words)
        .join(talk, own)
        .where(
            row.workspace_id == workspace_id,
            row.state == QuestionState.CHOSEN.value,
            talk.created_at > row.at,
            talk.created_at > since,
            ~asked,
        )
        .order_by(row.id, talk.id)
    )
    return tuple(
        ToAsk(question_id=number, interview_id=interview, author_id=author, words=words)
        for number, interview, author, words in await session.execute(query)
    )
