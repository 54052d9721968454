"""Questions for the hour: asked, voted on, let in or left out by the host. In the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.stage import notes
from bot.stage.showing import shown
from storage import event_questions, events, posted
from storage.event_posts import KIND, slot_of
from stories.errors import UserError
from stories.language import _
from stories.stage.events import LONGEST_QUESTION, Asked, Event, Question
from stories.text import clean, says_something

MOST_OF_ONE = 10
"""Questions that one person may ask of one event."""


async def open_event(session: AsyncSession, workspace_id: str, event_id: int, now: datetime) -> Event:
    """The event while questions may be asked. Raises UserError once it is over or off, or not to be shown."""
    event = await events.get(session, workspace_id, event_id)
    if event is None or not (await shown(session, workspace_id, event, now)).is_coming:
        raise UserError(_("This event is off or over, so nothing can be asked any more."))
    return event


async def ask(
    session: AsyncSession,
    workspace_id: str,
    event_id: int,
    user_id: str,
    typed: str,
    *,
    anonymous: bool,
    now: datetime,
) -> Asked:
    """Keep a question: the host decides whether it is shown; their own is at once. Raises UserError."""
    event, words = await open_event(session, workspace_id, event_id, now), clean(typed)
    if not says_something(words):
        raise UserError(_("Please write your question."), field="question")
    if len(words) > LONGEST_QUESTION:
        said = _("That is {length} characters; {most} fit here. Please shorten it.")
        raise UserError(said.format(length=len(words), most=LONGEST_QUESTION), field="question")
    before = await event_questions.of_event(session, workspace_id, event_id)
    if sum(one.asker_id == user_id for one in before) >= MOST_OF_ONE:
        said = _("You have asked {number} questions already; vote for those you most want to hear answered.")
        raise UserError(said.format(number=MOST_OF_ONE), field="question")
    asked = Asked.SHOWN if user_id == event.host_id else Asked.WAITING
    await event_questions.ask(
        session, workspace_id, event_id, user_id, words, anonymous=anonymous, asked=asked, now=now
    )
    if asked is Asked.WAITING:
        await _tell_host(session, workspace_id, event, now)
    return asked


async def vote(
    session: AsyncSession, workspace_id: str, question_id: int, user_id: str, now: datetime
) -> Event:
    """Count somebody's vote, or take it back. Raises UserError for a question that is not shown."""
    question = await _question(session, workspace_id, question_id)
    event = await open_event(session, workspace_id, question.event_id, now)
    if question.asked is not Asked.SHOWN:
        raise UserError(_("That question is not shown any more."))
    await event_questions.vote(session, workspace_id, question_id, user_id)
    return event


async def settle(
    session: AsyncSession, workspace_id: str, question_id: int, user_id: str, asked: Asked, now: datetime
) -> Event:
    """The host lets a question in, or leaves it out; the thread of the hour follows. Raises UserError."""
    question = await _question(session, workspace_id, question_id)
    event = await events.get(session, workspace_id, question.event_id)
    if event is None or event.host_id != user_id:
        raise UserError(_("Only the host decides which questions are shown."))
    await event_questions.settle(session, workspace_id, question_id, asked)
    await notes.follow(session, workspace_id, event, [*event.channels, event.host_id], now)
    return event


async def _question(session: AsyncSession, workspace_id: str, question_id: int) -> Question:
    found = await event_questions.get(session, workspace_id, question_id)
    if found is None:
        raise UserError(_("That question is not here any more."))
    return found


async def _tell_host(session: AsyncSession, workspace_id: str, event: Event, now: datetime) -> None:
    """One message, which follows: however many questions come, the host is told once."""
    slot = slot_of(event.id, notes.QUESTIONS)
    if await posted.in_slot(session, workspace_id, event.host_id, KIND, slot) is None:
        await notes.put(session, workspace_id, event, event.host_id, notes.QUESTIONS, now=now)
    else:
        await notes.follow(session, workspace_id, event, [event.host_id], now, at_once=False)
