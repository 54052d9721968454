"""What the programme says unasked, put into words: the rota, the series, lessons, letters, days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention_made import Compose, Made, as_note
from bot.feeds import trouble
from bot.lessons import notes as lesson_notes
from bot.momentum import firsts, letters
from bot.preferences import Private, wants
from bot.rota import notes as rota
from bot.series import posting
from bot.stage import remembering
from storage import people
from storage.attention import Waiting
from stories.attention import FIRST_TIME, LETTER, PART_LETTER, REMEMBER, ROTA_INVITATION, ROTA_REMINDER
from stories.attention_kinds import FEED_TROUBLE, LESSON


async def _rota(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That it is somebody's turn to talk with a customer, or that such a talk is near, or over."""
    if not await rota.still_wanted(session, workspace_id, one.slot_key, now):
        return None
    said = await rota.note(session, workspace_id, one.slot_key, now, command=one.about.get("command"))
    return Made(payload=said.payload, subjects=said.subjects, stories=said.stories)


async def _episode(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """An episode of the series, or a season's last word."""
    told = await posting.told_now(session, workspace_id, one, now)
    return None if told is None else Made(payload=told.payload, subjects=told.subjects, then=told.then)


async def _feed(session: AsyncSession, workspace_id: str, one: Waiting, _: datetime) -> Made | None:
    """That a market feed cannot be read."""
    payload = await trouble.told_now(session, workspace_id, one)
    return None if payload is None else Made(payload=payload)


async def _first_time(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """What somebody did for the first time."""
    if not wants(await people.settings(session, workspace_id, one.place), Private.THANKS):
        return None
    return Made(payload=await firsts.told_now(session, workspace_id, as_note(one), now))


async def _letter(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """The monthly letter of a part of the business."""
    told = await letters.told_now(session, workspace_id, one.place, one.slot_key, now)
    return None if told is None else Made(payload=told.payload, subjects=told.subjects, stories=told.stories)


async def _lesson(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That three minutes of a lesson would help."""
    payload = await lesson_notes.told_now(session, workspace_id, one, now)
    return None if payload is None else Made(payload=payload)


async def _remember(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """The difference that was made, on a day that the workspace chose."""
    told = await remembering.told_now(session, workspace_id, one, now)
    if told is None:
        return None
    about = frozenset({told.story_id})
    return Made(payload=told.payload, line=told.line, subjects=told.subjects, stories=about)


PROGRAMME: dict[str, Compose] = {
    REMEMBER: _remember,
    ROTA_INVITATION: _rota,
    ROTA_REMINDER: _rota,
    LESSON: _lesson,
    FIRST_TIME: _first_time,
    LETTER: _letter,
    PART_LETTER: _letter,
    FEED_TROUBLE: _feed,
    posting.EPISODE: _episode,
}
"""Each of these kinds, and how it is put into words."""
