"""Walking through a lesson: opened where somebody stopped, a screen further, a screen back, done.

In the caller's transaction. What somebody answers is looked at and forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.lessons import shelf
from bot.lessons.examples import example
from bot.lessons.settings import wanted_by
from bot.messages import lesson_answers, lesson_screens, lessons
from bot.messages.blocks import Block, values_of
from bot.messages.lesson_screens import Spot
from storage import lessons as store
from storage import people
from stories.lessons.offering import Place, State
from stories.lessons.values import Kind, Lesson, Shows
from stories.text import clean


async def window(session: AsyncSession, workspace_id: str, user_id: str) -> Block:
    """All lessons, and what is wanted of hints and offers."""
    places = await store.places(session, workspace_id, user_id)
    settings = await people.settings(session, workspace_id, user_id)
    return lessons.list_modal(shelf.lessons(), places, wanted_by(settings))


async def begin(session: AsyncSession, workspace_id: str, user_id: str, key: str, now: datetime) -> Block:
    """A lesson where somebody stopped, or from its beginning."""
    found = shelf.lesson(key)
    if found is None:
        return lessons.gone_modal()
    place = (await store.places(session, workspace_id, user_id)).get(key)
    at = place.screen if place is not None and place.state is State.BEGUN else 0
    return await _to(session, workspace_id, user_id, found, min(at, len(found.screens) - 1), now)


async def further(
    session: AsyncSession, workspace_id: str, user_id: str, view: Mapping[str, Any], now: datetime
) -> Block:
    """What follows a screen: the answer to what was answered, the next screen, or the end."""
    spot = Spot.of(view)
    found = shelf.lesson(spot.lesson)
    if found is None or spot.screen >= len(found.screens):
        return lessons.gone_modal()
    screen = found.screens[spot.screen]
    if screen.kind.asks and not spot.answered:
        return _answered(found, spot.screen, view)
    if spot.screen + 1 < len(found.screens):
        return await _to(session, workspace_id, user_id, found, spot.screen + 1, now)
    done = Place(lesson=found.key, screen=spot.screen, state=State.DONE)
    await store.keep(session, workspace_id, user_id, done, now=now)
    places = await store.places(session, workspace_id, user_id)
    return lessons.done_modal(found, shelf.lessons(), places)


async def back(
    session: AsyncSession, workspace_id: str, user_id: str, view: Mapping[str, Any], now: datetime
) -> Block:
    """The screen before; of one that was answered, the same again."""
    spot = Spot.of(view)
    found = shelf.lesson(spot.lesson)
    if found is None:
        return lessons.gone_modal()
    at = spot.screen if spot.answered else spot.screen - 1
    return await _to(session, workspace_id, user_id, found, min(max(at, 0), len(found.screens) - 1), now)


async def put_off(session: AsyncSession, workspace_id: str, user_id: str, key: str, now: datetime) -> None:
    """*Not now*: this lesson is offered no more; one that was begun stays where it is."""
    place = (await store.places(session, workspace_id, user_id)).get(key)
    if place is None:
        off = Place(lesson=key, screen=0, state=State.NOT_NOW)
        await store.keep(session, workspace_id, user_id, off, now=now)


def _answered(lesson: Lesson, at: int, view: Mapping[str, Any]) -> Block:
    screen, given = lesson.screens[at], values_of(view).get(lesson_screens.ANSWER)
    if screen.kind is Kind.REWRITE:
        said = lesson_answers.rewritten(screen, clean(str(given or "")))
    else:
        chosen = given if isinstance(given, list) else [given]
        said = lesson_answers.chosen(screen, frozenset(int(one) for one in chosen if one is not None))
    return lesson_screens.screen_modal(lesson, at, said, answered=True)


async def _to(
    session: AsyncSession, workspace_id: str, user_id: str, lesson: Lesson, at: int, now: datetime
) -> Block:
    """A screen, at which somebody is from now on; one who was through stays through."""
    known = (await store.places(session, workspace_id, user_id)).get(lesson.key)
    state = State.DONE if known is not None and known.state is State.DONE else State.BEGUN
    await store.keep(
        session, workspace_id, user_id, Place(lesson=lesson.key, screen=at, state=state), now=now
    )
    screen = lesson.screens[at]
    if screen.kind is not Kind.EXAMPLE:
        return lesson_screens.screen_modal(lesson, at, lesson_screens.unanswered(screen))
    shown = await example(session, workspace_id, user_id, Shows(screen.about), now)
    return lesson_screens.screen_modal(lesson, at, lesson_screens.example_blocks(screen, shown))
