"""Two editors who decide at the same moment, on two machines: what the first decided stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import moderation, publishing
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.listeners import reports
from bot.settings import Settings
from storage import interviews, people, reactions, stories, workspaces
from storage import moderation as waiting
from storage.database import Database, open_database
from storage.encryption import Keyring
from stories.errors import UserError
from stories.story import StoryState
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE, SetClock
from tests.postgres import hasty_postgres

Deciding = Callable[[AsyncSession], Awaitable[object]]


@pytest.fixture
async def server(run_folder: Path, keyring: Keyring) -> AsyncIterator[Database]:
    with hasty_postgres(run_folder, migrated=True) as url:
        database = open_database(url, keyring)
        async with database.begin() as session:
            await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
            await people.grant(session, WORKSPACE, "U0EDITOR1", "editor", by="U0", now=NOW)
            await people.grant(session, WORKSPACE, "U0EDITOR2", "editor", by="U0", now=NOW)
        yield database
        await database.close()


async def story(database: Database, key: str) -> int:
    async with database.begin() as session:
        return await interviews.store(session, WORKSPACE, BAKER, source_key=key, author_id="UA", now=NOW)


async def state_of(database: Database, story_id: int) -> StoryState:
    async with database.read() as session:
        found = await stories.get(session, WORKSPACE, story_id)
    assert found is not None
    return found.state


async def at_once(database: Database, first: Deciding, second: Deciding) -> None:
    """The second looks before the first has committed, and goes on once it has. Raises what it raises."""
    async with database.begin() as session:
        await first(session)
        other = asyncio.create_task(_decides(database, second))
        async with asyncio.timeout(20):
            while not await _waits_for_a_lock(database) and not other.done():
                await asyncio.sleep(0.01)
    await other


async def _decides(database: Database, decide: Deciding) -> None:
    async with database.begin() as session:
        await decide(session)


async def _waits_for_a_lock(database: Database) -> bool:
    async with database.read() as session:
        asked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        return bool((await session.execute(text(asked))).scalar_one())


async def test_of_two_editors_at_once_the_first_decides(
    server: Database, settings: Settings, clock: SetClock
) -> None:
    desk = Desk(settings, server, clock, OneWorkspace(settings))
    await a_no_that_comes_with_a_yes_is_not_sent(server, await story(server, "waits"))
    await what_stays_hidden_is_not_put_back(desk, await story(server, "reported"))


async def a_no_that_comes_with_a_yes_is_not_sent(server: Database, one: int) -> None:
    async with server.begin() as session:
        await waiting.wait(session, WORKSPACE, one, waiting.EDITOR, by="UA", now=NOW)

    async def yes(session: AsyncSession) -> None:
        await moderation.approve(session, WORKSPACE, one, by="U0EDITOR1", now=NOW)

    async def no(session: AsyncSession) -> None:
        await moderation.send_back(session, WORKSPACE, one, reason="No", by="U0EDITOR2", now=NOW)

    with pytest.raises(UserError, match="does not wait"):
        await at_once(server, yes, no)
    assert await state_of(server, one) is StoryState.PUBLISHED


async def what_stays_hidden_is_not_put_back(desk: Desk, one: int) -> None:
    async with desk.database.begin() as session:
        await publishing.publish(session, WORKSPACE, one, by="UA", now=NOW)
        number = await reactions.report(session, WORKSPACE, one, reporter_id="UR", reason="x", now=NOW)
        await publishing.withdraw(session, WORKSPACE, one, by="UR", now=NOW, state=StoryState.HIDDEN)
        found = await reactions.get_report(session, WORKSPACE, number)
    assert found is not None
    report = found

    async def keep(session: AsyncSession) -> None:
        await reports.decide(session, WORKSPACE, report, put_back=False, by="U0EDITOR1", desk=desk)

    async def put_back(session: AsyncSession) -> None:
        await reports.decide(session, WORKSPACE, report, put_back=True, by="U0EDITOR2", desk=desk)

    with pytest.raises(UserError, match="has decided"):
        await at_once(desk.database, keep, put_back)
    assert await state_of(desk.database, one) is StoryState.HIDDEN
