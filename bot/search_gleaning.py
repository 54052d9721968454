"""What can be found follows what was written, at some distance: nobody who submits something waits for it."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from functools import partial

from bot import showing
from bot.avatars.following_comments import follow_changed
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import finishing
from bot.memories import Memories
from bot.routing.following import follow_changed_answers
from bot.themes import sort_some
from storage import search_due, search_texts, stories
from storage.search_texts import Meaning
from stories.search import texts
from stories.search.encoders import Encoder, available, encoder

STORIES_AT_ONCE = 50
COMMENTS_AT_ONCE = 500
VECTORS_AT_ONCE = 200
"""What one transaction takes: others wait for it on SQLite."""

LOOK_SECONDS = 2.0
"""How long it rests when nothing is left to do."""


def gleaning(desk: Desk) -> AbstractAsyncContextManager[None]:
    """Keep what can be found up to date for the length of the block; what was begun is finished."""
    return finishing("search", partial(_look, desk, Memories()))


async def glean(desk: Desk, workspace_id: str, stopping: asyncio.Event | None = None) -> int:
    """Have everything of a workspace found as it stands now; how many texts were looked at."""
    done = 0
    for piece in (_some_stories, _some_comments, _some_meanings, sort_some):
        while count := await piece(desk, workspace_id):
            done += count
            if stopping and stopping.is_set():
                return done
            # Whoever waits for the one writer goes first.
            await asyncio.sleep(0)
    await _let_words_go(desk, stopping)
    return done


async def _look(desk: Desk, memories: Memories, stopping: asyncio.Event) -> float:
    """Look once; the seconds to rest then."""
    await memories.let_erased_go(desk)
    await _glean_everywhere(desk, stopping)
    return LOOK_SECONDS


async def _glean_everywhere(desk: Desk, stopping: asyncio.Event) -> None:
    async with desk.read() as session:
        due = await search_due.workspaces(session, _name(desk))
        lingering = await search_texts.lingers(session)
    for workspace_id in each(due):
        if not stopping.is_set():
            await glean(desk, workspace_id, stopping)
    if lingering:
        await _let_words_go(desk, stopping)


async def _some_stories(desk: Desk, workspace_id: str) -> int:
    async with desk.database.begin() as session:
        due = await search_due.due_stories(session, workspace_id, most=STORIES_AT_ONCE)
        loaded = await stories.some(session, workspace_id, due)
        tellings = {
            one.story_id: one for one in await showing.told(session, workspace_id, loaded, desk.now())
        }
        for story in loaded:
            made = texts.of_story(workspace_id, story, tellings.get(story.id))
            await search_texts.keep_story(session, workspace_id, story.interview.id, made)
            await search_due.story_is_findable(session, workspace_id, story.id, story.revision)
    return len(due)


async def _some_comments(desk: Desk, workspace_id: str) -> int:
    async with desk.database.begin() as session:
        due = await search_due.due_comments(session, workspace_id, most=COMMENTS_AT_ONCE)
        made = [
            (
                one,
                texts.of_comment(
                    workspace_id, one.comment, score=one.score, day=one.day, properties=one.properties
                ),
            )
            for one in due
        ]
        await search_texts.keep_comments(session, workspace_id, made)
        await search_due.comments_are_findable(session, workspace_id, due)
        keys = [(one.source_id, one.key) for one in due]
        said = await follow_changed(session, workspace_id, keys, now=desk.now())
        said += await follow_changed_answers(session, workspace_id, keys, now=desk.now())
    if said:
        desk.wake_outbox()
    return len(due)


async def _some_meanings(desk: Desk, workspace_id: str) -> int:
    name = _name(desk)
    if not name:
        return 0
    async with desk.read() as session:
        due = await search_due.due_for_meaning(session, workspace_id, name, most=VECTORS_AT_ONCE)
    if not due:
        return 0
    made = await asyncio.to_thread(_meanings, name, due)
    async with desk.database.begin() as session:
        await search_texts.keep_meanings(session, workspace_id, name, made)
    return len(due)


def _meanings(name: str, due: tuple[tuple[int, str, str], ...]) -> list[Meaning]:
    from stories.search.codes import signs, small

    made: Encoder | None = encoder(name)
    if made is None:
        return []
    vectors = small(made.encode([words for _id, _kind, words in due]))
    codes = signs(vectors)
    return [
        Meaning(text_id=number, kind=kind, code=code.tobytes(), vector=vector.tobytes())
        for (number, kind, _words), code, vector in zip(due, codes, vectors, strict=True)
    ]


async def _let_words_go(desk: Desk, stopping: asyncio.Event | None) -> None:
    more = True
    while more and not (stopping and stopping.is_set()):
        async with desk.database.begin() as session:
            more = await search_texts.purge(session)


def _name(desk: Desk) -> str:
    """The name of the encoder here; "" where none is installed or wanted."""
    return available(desk.settings.firsthand_search_encoder)
