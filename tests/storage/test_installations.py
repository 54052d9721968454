"""Installations, their secrets and states; workspaces that come, leave and come back. On both databases."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from time import time

from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from storage import connections, deliveries, leaving, people, search, workspaces
from storage.connections import Arrival
from storage.database import Database
from storage.deliveries import Post
from storage.installations import InstallationStore, StateStore
from tests.conftest import NOW, WORKSPACE, file_of
from tests.storage.conftest import OTHER

DAY = timedelta(days=1)
SECRETS = ("xoxb-secret-of-the-bot", "xoxe-1-secret-refresh", "xoxp-secret", "https://hooks.slack.com/secret")
ALONE = Arrival(name="Test", enterprise_id=None, org_wide=False, installed_by="U1")


def installation(token: str = SECRETS[0], *, team: str | None = WORKSPACE, at: float = 1.0) -> Installation:
    return Installation(
        app_id="A1",
        team_id=team,
        enterprise_id=None if team else "E1",
        is_enterprise_install=team is None,
        user_id="U1",
        bot_token=token,
        bot_id="B1",
        bot_user_id="U0",
        bot_scopes="chat:write,commands",
        bot_refresh_token=SECRETS[1],
        bot_token_expires_at=int(time()) + 100,
        user_token=SECRETS[2],
        incoming_webhook_url=SECRETS[3],
        installed_at=at,
    )


async def test_an_installation_comes_back_whole_and_its_secrets_stand_nowhere(either: Database) -> None:
    store = InstallationStore("1.2", either)
    await store.async_save(installation())
    found = await store.async_find_installation(enterprise_id=None, team_id=WORKSPACE)
    assert found is not None
    assert (found.bot_token, found.bot_refresh_token) == SECRETS[:2]
    assert (found.user_token, found.incoming_webhook_url) == SECRETS[2:]
    async with either.read() as session:
        for table in ("slack_bots", "slack_installations"):
            rows = (await session.execute(text(f"SELECT * FROM {table}"))).all()
            assert len(rows) == 1
            assert not [secret for secret in SECRETS if secret in str(rows)]
    assert (
        await InstallationStore("3.4", either).async_find_bot(enterprise_id=None, team_id=WORKSPACE) is None
    )
    if either.embedded:
        await either.close()
        for file in file_of(either).parent.glob("firsthand.sqlite3*"):
            assert not [secret for secret in SECRETS if secret.encode() in file.read_bytes()]


async def test_a_renewed_installation_takes_the_place_of_the_one_before(either: Database) -> None:
    store = InstallationStore("1.2", either)
    await store.async_save(installation("xoxb-old", at=1.0))
    await store.async_save(installation("xoxb-of-all", team=None, at=1.0))
    await store.async_save(installation("xoxb-new", at=2.5))
    bot = await store.async_find_bot(enterprise_id=None, team_id=WORKSPACE)
    assert bot is not None
    assert bot.bot_token == "xoxb-new"
    everywhere = await store.async_find_bot(enterprise_id="E1", team_id=None, is_enterprise_install=True)
    assert everywhere is not None
    assert everywhere.bot_token == "xoxb-of-all"
    async with either.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM slack_bots"))).scalar_one() == 2


async def test_one_process_at_a_time_may_rotate(either: Database) -> None:
    store = InstallationStore("1.2", either)
    await store.async_save(installation())
    bot = await store.async_find_bot(enterprise_id=None, team_id=WORKSPACE)
    assert bot is not None

    async def tries() -> bool:
        async with either.begin() as session:
            return await store.may_rotate(session, bot)

    assert sorted(await asyncio.gather(*(tries() for _ in range(5)))) == [False] * 4 + [True]
    async with either.begin() as session:
        await store.rotation_done(session, bot)
    assert await tries()


async def test_a_state_works_once_and_only_as_it_was_issued(either: Database) -> None:
    states = StateStore(either)
    state = await states.async_issue()
    assert not await states.async_consume(state[:-1] + "_")
    assert not await states.async_consume("\x00" * 36)
    assert not await states.async_consume("' OR 1=1 --")
    assert sorted(await asyncio.gather(*(states.async_consume(state) for _ in range(4)))) == [
        False,
        False,
        False,
        True,
    ]
    await states.async_issue()
    async with either.begin() as session:
        await session.execute(text("UPDATE slack_oauth_states SET expire_at = '2020-01-01 00:00:00'"))
    late = await states.async_issue()
    async with either.read() as session:
        left = (await session.execute(text("SELECT state FROM slack_oauth_states"))).scalars().all()
    assert list(left) == [late], "begun and never finished, they do not pile up"


async def leave(database: Database, workspace_id: str, at: datetime = NOW) -> bool:
    async with database.begin() as session:
        return await connections.end(session, workspace_id, now=at, delete_on=at + 30 * DAY)


async def test_a_workspace_that_comes_back_in_time_has_what_it_had(either: Database) -> None:
    async with either.begin() as session:
        for workspace_id in (WORKSPACE, OTHER):
            await connections.connect(session, workspace_id, ALONE, now=NOW)
        await people.meet(session, WORKSPACE, "U1", now=NOW)
        old = Post(channel_id="C1", kind="notice", slot_key="old", payload={"text": "old"})
        await deliveries.plan(session, WORKSPACE, old, now=NOW)
    assert await leave(either, WORKSPACE)
    assert not await leave(either, WORKSPACE, NOW + DAY), "told twice, it left once"
    async with either.read() as session:
        assert [one.workspace_id for one in await connections.live(session)] == [OTHER]
        assert await connections.to_delete(session, NOW + 29 * DAY) == ()
        assert await connections.to_delete(session, NOW + 30 * DAY) == (WORKSPACE,)
    later = NOW + 2 * DAY
    async with either.begin() as session:
        new = Post(channel_id="C1", kind="notice", slot_key="new", payload={"text": "new"})
        await deliveries.plan(session, WORKSPACE, new, now=later)
        again = Arrival(name="Renamed", enterprise_id="E1", org_wide=True, installed_by="U2")
        await connections.connect(session, WORKSPACE, again, now=later)
    async with either.read() as session:
        found = await connections.get(session, WORKSPACE)
        assert found is not None
        assert (found.live, found.delete_on, found.org_wide) == (True, None, True)
        assert await connections.by_organisation(session, "E1") == (WORKSPACE,)
        assert await connections.to_delete(session, NOW + 100 * DAY) == ()
        assert await workspaces.installer(session, WORKSPACE) == "U1", "who comes later does not take over"
        states = await session.execute(text("SELECT slot_key, state FROM deliveries ORDER BY id"))
        assert [tuple(row) for row in states] == [("old", "cancelled"), ("new", "pending")]


async def test_a_workspace_that_left_is_deleted_piece_by_piece_and_no_other(either: Database) -> None:
    most = 2
    async with either.begin() as session:
        for workspace_id in (WORKSPACE, OTHER):
            await connections.connect(session, workspace_id, ALONE, now=NOW)
            for number in range(3):
                await people.meet(session, workspace_id, f"U{number}", now=NOW)
    if either.embedded:
        async with either.begin() as session:
            await search.add(session, WORKSPACE, 1, "unforgettable words")
            await search.add(session, OTHER, 2, "unforgettable too")
    gone = 0
    while True:
        async with either.begin() as session:
            piece = await leaving.delete_some(session, WORKSPACE, most=most)
        assert piece <= most
        gone += piece
        if not piece:
            break
    assert gone >= 5
    async with either.read() as session:
        assert await workspaces.known(session) == ((OTHER, "Test"),)
        assert (await session.execute(text("SELECT count(*) FROM people"))).scalar_one() == 3
        if either.embedded:
            assert await search.find(session, OTHER, "unforgettable") == (2,)
            assert (await session.execute(text("SELECT count(*) FROM story_words"))).scalar_one() == 1
