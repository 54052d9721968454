"""What stands on the centre for one viewer: a bounded number of indexed looks, however long the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import zip_longest

from sqlalchemy.ext.asyncio import AsyncSession

from bot.centre import projects
from bot.centre.filters import Asked, Narrowing, understood
from bot.centre.projects import OpenChannels
from bot.centre.tellings import tellings
from bot.centre.values import Centre, Voice
from bot.centre.viewers import Viewer
from bot.connections import NotConnected
from bot.desk import Desk
from bot.nps.facts import Facts, fiscal_of, understand
from bot.nps.gathering import gather
from bot.terms import rules
from storage import centre_figures, priorities
from storage.centre_figures import ProjectFace
from stories.digest import topics
from stories.nps.grammar import Kind, Question
from stories.story import Telling
from stories.talk_parts import FEWEST_COLLEAGUES, Counted, counted

MOST_STORIES, MOST_VOICES, MOST_PROJECTS = 6, 9, 6
_LOOKED_AT = 18
"""Published stories that are looked at: some may not be for this viewer, or are not shown any more."""

_LOOKED_THROUGH = 400
"""Among so many of the newest stories those in a language are looked for."""

SHORTEST_VOICE = 3
"""Words that a voice has at least: less says nothing from across a room."""

TALKS_OVER = timedelta(days=6)


async def gather_centre(desk: Desk, viewer: Viewer, asked: Asked, open_channels: OpenChannels) -> Centre:
    """The centre as this viewer may see it now; what Slack does not tell is left out."""
    now, workspace_id = desk.now(), viewer.workspace_id
    faces = await _open_projects(desk, workspace_id, open_channels)
    async with desk.read() as session:
        facts = await understand(session, workspace_id, "", now)
        narrowing = understood(asked, facts.vocabulary, facts.today, fiscal_of(facts))
        found, only_told = await _stories_of(session, workspace_id, narrowing, asked)
        told = await tellings(session, viewer, found, now, wall=asked.projector)
        facts = await _numbers(session, workspace_id, facts, narrowing, asked)
        voices = tuple(_voices(told, facts))[:MOST_VOICES]
        return Centre(
            place=await centre_figures.place(session, workspace_id),
            viewer=viewer,
            asked=asked,
            at=now,
            today=facts.today,
            wrong=tuple(one for one in narrowing.wrong if not (only_told and one.field == "segment")),
            unanswered=asked.segment if only_told else "",
            facts=facts,
            featured=_featured(voices, now),
            voices=voices,
            stories=told[:MOST_STORIES],
            top=await priorities.standing(session, workspace_id, facts.today),
            projects=(await projects.with_life(session, workspace_id, faces, now))[:MOST_PROJECTS],
            talks=await _talks(session, workspace_id, facts),
        )


async def _open_projects(
    desk: Desk, workspace_id: str, open_channels: OpenChannels
) -> tuple[ProjectFace, ...]:
    """The projects whose channels everybody here could join; Slack is asked outside of any transaction."""
    async with desk.read() as session:
        faces = await centre_figures.projects(session, workspace_id, most=projects.MOST)
    try:
        client = await desk.connections.client(workspace_id)
    except NotConnected:
        return ()
    known = await open_channels.among(client, workspace_id, [one.channel_id for one in faces])
    return tuple(one for one in faces if one.channel_id in known)


async def _stories_of(
    session: AsyncSession, workspace_id: str, narrowing: Narrowing, asked: Asked
) -> tuple[tuple[int, ...], bool]:
    """The newest stories of this view, and whether its segment is one that only stories know."""
    found, only_told = await _told_of(session, workspace_id, narrowing, asked)
    if asked.language:
        found = await centre_figures.told_in(session, workspace_id, found, asked.language)
    return found[:_LOOKED_AT], only_told


async def _told_of(
    session: AsyncSession, workspace_id: str, narrowing: Narrowing, asked: Asked
) -> tuple[tuple[int, ...], bool]:
    most = _LOOKED_THROUGH if asked.language else _LOOKED_AT
    if any(one.field == "segment" for one in narrowing.wrong):
        filed = topics(asked.segment, [asked.segment])
        found = await centre_figures.latest_told(session, workspace_id, filed, most=most)
        if found:
            return found, True
    under = tuple(topic for _name, value in narrowing.cell for topic in topics(value, [value]))
    return await centre_figures.latest_told(session, workspace_id, under, most=most), False


async def _numbers(
    session: AsyncSession, workspace_id: str, facts: Facts, narrowing: Narrowing, asked: Asked
) -> Facts:
    """What may be told of the answers in this view."""
    if facts.covered is None:
        return facts
    spoken = frozenset({asked.language} if asked.language else ())
    question = Question(kind=Kind.SCORE, sides=(narrowing.cell,), period=narrowing.period, languages=spoken)
    return await gather(session, workspace_id, replace(facts, question=question), working=True)


def _voices(told: Sequence[Telling], facts: Facts) -> Iterator[Voice]:
    """Quotes out of stories and comments beside scores, by turns, the newest first."""
    quotes = (
        Voice(words=one.quotes[0], who=_who(one), day=one.talked_on, title=one.title)
        for one in told
        if one.quotes
    )
    comments = (
        Voice(words=one.comment, who=facts.sources.get(one.source_id, ""), day=one.day, score=one.score)
        for one in facts.voices
    )
    for pair in zip_longest(quotes, comments):
        yield from (one for one in pair if one is not None and len(one.words.split()) >= SHORTEST_VOICE)


def _who(telling: Telling) -> str:
    return ", ".join(part for part in (telling.who, telling.company or telling.segment) if part)


def _featured(voices: Sequence[Voice], now: datetime) -> Voice | None:
    """One of them, another with every minute: screens that look at the same time show the same."""
    return voices[int(now.timestamp() // 60) % len(voices)] if voices else None


async def _talks(session: AsyncSession, workspace_id: str, facts: Facts) -> Counted | None:
    """The conversations of the last seven days; nothing where taking part is not to be counted."""
    if not (await rules(session, workspace_id)).participation:
        return None
    first, last = facts.today - TALKS_OVER, facts.today
    parts = await centre_figures.talks_by_part(session, workspace_id, first, last)
    return counted(parts, max(FEWEST_COLLEAGUES, facts.settings.smallest_group))
