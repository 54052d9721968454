"""Kinds of customers that became sensitive: their stories leave every channel until an editor says yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.desk import Desk
from bot.editors import editors_for
from bot.halting import ITSELF, tell
from bot.looping import Stumbled, in_each, named, one_by_one, went_well
from bot.messages import moderation as words
from bot.terms import rules
from bot.tongues import said_to
from storage import audit, moderation, recalling, workspace_settings
from stories.story import StoryState

MOST_AT_ONCE = 200
"""Stories that are taken back before people are told; more come with the next look."""


async def catch_up_everywhere(desk: Desk) -> None:
    """To be called at every tick: whatever a stopped process left is taken back."""
    await in_each(desk.connections.workspaces, partial(catch_up, desk))()


async def catch_up(desk: Desk, workspace_id: str) -> int:
    """Take back what is told of kinds that became sensitive; how many stories that were."""
    async with desk.read() as session:
        kinds = (await rules(session, workspace_id)).recalling
        found = await recalling.told(session, workspace_id, kinds, most=MOST_AT_ONCE) if kinds else ()
    if not kinds:
        return 0
    taken: list[str] = []

    async def take_back(one: tuple[int, str]) -> None:
        if await _take_back(desk, workspace_id, *one):
            taken.append(one[1])

    well = await went_well(named(take_back), partial(one_by_one, found, take_back))
    await _tell(desk, workspace_id, taken, over=well and len(found) < MOST_AT_ONCE)
    desk.wake_outbox()
    if not well:
        raise Stumbled
    return len(taken)


async def _take_back(desk: Desk, workspace_id: str, story_id: int, author: str) -> bool:
    now = desk.now()
    async with desk.database.begin() as session:
        if not await publishing.withdraw(
            session, workspace_id, story_id, by=ITSELF, now=now, state=StoryState.KEPT
        ):
            return False
        await moderation.wait(session, workspace_id, story_id, moderation.EDITOR, by=author, now=now)
        entry = audit.Entry(
            at=now, actor_id=ITSELF, act="recall", object_kind="story", object_id=str(story_id)
        )
        await audit.note(session, workspace_id, entry)
    return True


async def _tell(desk: Desk, workspace_id: str, authors: Sequence[str], *, over: bool) -> None:
    """Tell each author and each editor once, of how many; and, when it is `over`, look no more."""
    now = desk.now()
    async with desk.database.begin() as session:
        for author, number in Counter(authors).items():
            note = await said_to(session, workspace_id, author, partial(words.recalled_note, number))
            await tell(session, workspace_id, author, "recalled", note, now=now)
        for editor in await editors_for(session, workspace_id, but="") if authors else ():
            queue = await said_to(session, workspace_id, editor, partial(words.many_wait_note, len(authors)))
            await tell(session, workspace_id, editor, "many_wait", queue, now=now)
        if over:
            await _look_no_more(session, workspace_id, now)


async def _look_no_more(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    by = await workspace_settings.chosen_by(session, workspace_id) or ITSELF
    done = replace(await rules(session, workspace_id), recalling=())
    await workspace_settings.choose(session, workspace_id, done.as_chosen(), by=by, now=now)
