"""What the audience wants asked next: one vote each, and how the answer comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.looping import one_by_one
from bot.messages import series_notes as words
from bot.rota.questions import worth_asking
from bot.series.chapters import NOTICE
from bot.series.following import follow_counts
from bot.series.publishing import MOST_QUESTIONS, offer_question, tidy
from bot.tongues import said_to
from storage import customers, deliveries, posted, series_questions, series_reading, series_wanted
from storage.deliveries import Post
from stories.errors import UserError
from stories.language import _
from stories.series.episodes import Episode, Part, Sentence

ASKED: Final = "series_asked"
"""What the slot begins with of the note that asks whether a conversation brought the answer."""

ASKED_WITHIN = timedelta(days=14)
"""How long after a conversation its author is asked about it."""

WHOLE = 7
"""Words that a question has at least which says by itself what it is about."""

OFFERED = 3
"""Questions that an editor is offered to put to the vote."""


async def vote(
    session: AsyncSession, workspace_id: str, question_id: int, user_id: str, *, place: str, now: datetime
) -> str:
    """Give somebody's vote to a question, instead of another one they chose; what is said to them.

    Raises UserError once the vote is over. The outbox wants waking after the commit.
    """
    if not await series_questions.vote(session, workspace_id, question_id, user_id, place=place, now=now):
        raise UserError(_("This vote is over; what most wanted to know is asked next."))
    chosen = await series_wanted.question(session, workspace_id, question_id)
    if chosen is None:
        raise UserError(_("This vote is over; what most wanted to know is asked next."))
    await follow_counts(session, workspace_id, chosen.episode_id, now=now)
    said = _("Your vote is for: “{question}” Choose another one to change it.")
    return said.format(question=chosen.words)


async def suggest(
    session: AsyncSession,
    workspace_id: str,
    episode_id: int,
    typed: str,
    *,
    by: str,
    place: str,
    now: datetime,
) -> str:
    """Put somebody's own question to the vote, with their vote for it; what is said to them.

    Raises UserError for no question, one too many, and once the vote is over.
    """
    asked = tidy([typed])
    if not asked:
        raise UserError(_("What would you like to know?"), field="question")
    episode = await series_reading.readable(session, workspace_id, episode_id, now)
    there = await series_questions.questions(session, workspace_id, episode_id)
    is_on = any(one.state is series_questions.QuestionState.OFFERED for one in there)
    if episode is None or not is_on:
        raise UserError(_("This vote is over."), field="question")
    number = await offer_question(session, workspace_id, episode, asked[0], by=by, now=now)
    if number is None:
        said = _("{most} questions are as many as can be voted on at a time; choose one of them.")
        raise UserError(said.format(most=MOST_QUESTIONS), field="question")
    return await vote(session, workspace_id, number, by, place=place, now=now)


async def open_questions(
    session: AsyncSession, workspace_id: str, episode: Episode, now: datetime
) -> tuple[str, ...]:
    """What could be put to the vote: what the episode leaves open, and what is open about such customers."""
    asked = [one.text for one in episode.passage(Part.OPEN) if _stands_alone(one)]
    segment = ""
    if episode.customer_id is not None:
        known = await customers.get(session, workspace_id, episode.customer_id)
        segment = known.segment if known else ""
    asked += [one.words for one in await worth_asking(session, workspace_id, segment, now.date())]
    return tuple(dict.fromkeys(asked))[:OFFERED]


def _stands_alone(one: Sentence) -> bool:
    """Whether a sentence is a question that says what it is about."""
    return not one.spoken and one.text.rstrip("”\"' ").endswith("?") and len(one.text.split()) >= WHOLE


async def ask_for_answers(desk: Desk, workspace_id: str) -> int:
    """Ask whoever wrote up a conversation in which a question was to be asked; how many were asked.

    Once for each conversation. The outbox wants waking.
    """
    async with desk.read() as session:
        found = await series_wanted.to_ask(session, workspace_id, ASKED, since=desk.now() - ASKED_WITHIN)
    planned: list[int | None] = []

    async def ask(one: series_wanted.ToAsk) -> None:
        async with desk.database.begin() as session:
            say = partial(words.asked, one.words, one.question_id, one.interview_id)
            payload = await said_to(session, workspace_id, one.author_id, say)
            slot = f"{ASKED}:{one.question_id}:{one.interview_id}"
            post = Post(channel_id=one.author_id, kind=NOTICE, slot_key=slot, payload=payload)
            planned.append(await deliveries.plan(session, workspace_id, post, now=desk.now()))

    await one_by_one(found, ask)
    return sum(one is not None for one in planned)


async def settle(
    session: AsyncSession,
    workspace_id: str,
    question_id: int,
    interview_id: int,
    *,
    answered: bool,
    by: str,
    now: datetime,
) -> None:
    """Keep whether a conversation brought the answer. The outbox wants waking after the commit."""
    if answered:
        await series_questions.answered(session, workspace_id, question_id, interview_id)
    for note in await posted.notes_about(session, workspace_id, [by], NOTICE, f"{ASKED}:{question_id}"):
        payload = words.asked_settled(answered=answered)
        await deliveries.revise(session, workspace_id, note.id, payload, now=now, at_once=True)
