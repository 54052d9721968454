"""A workspace installs the bot, works with it, removes it, comes back, and is forgotten."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update

from bot.installing.installed import Installed
from bot.settings import Settings
from playground.setup import DEFAULT_ROOMS, Room, Setup, Team
from storage import deliveries
from storage.deliveries import Post
from storage.tables_installs import BOTS
from tests.scenarios.installing import Town, parameter, town, words

CONNECTED = "SELECT workspace_id, ended_at IS NULL, delete_on IS NULL FROM connections ORDER BY 1"


async def test_a_workspace_comes_works_leaves_and_comes_back(setup: Setup, settings: Settings) -> None:
    async with town(setup, settings) as place:
        world, team = place.world, place.world.team_id
        page = words(await place.install())
        assert "Firsthand is in Playground" in page
        assert "What it does without" not in page
        assert await place.rows(CONNECTED) == [(team, 1, 1)]
        await _hears(place, "first word")
        await world.person("ben").open_home()
        await world.person("ben").home("What this is", seconds=10)

        await _remove(place)
        await place.until(CONNECTED, [(team, 0, 0)], "the workspace to have left")
        assert await place.rows("SELECT count(*) FROM slack_bots") == [(0,)]
        await _plan(place, "while away")

        assert "Firsthand is in Playground" in words(await place.install("ben"))
        assert await place.rows(CONNECTED) == [(team, 1, 1)]
        await _reads(place, "while away")
        assert await place.rows("SELECT installed_by FROM workspaces") == [(world.person("ana").id,)]

        await _remove(place)
        await place.until(CONNECTED, [(team, 0, 0)], "the workspace to have left again")
        await world.advance(timedelta(days=29))
        assert await place.rows(CONNECTED) == [(team, 0, 0)]
        await world.advance(timedelta(days=1, minutes=1))
        await place.until("SELECT id FROM workspaces", [], "everything to be deleted")
        assert "Firsthand is in Playground" in words(await place.install())
        await world.person("mika").open_home()
        await world.person("mika").home("What this is", seconds=10)


async def test_late_and_doubled_words_of_a_removal_do_not_end_a_new_installation(
    setup: Setup, settings: Settings
) -> None:
    async with town(setup, settings) as place:
        await place.install()
        for event in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}):
            for _ in range(2):
                assert await place.slack_tells(event) == 200
        assert await place.rows(CONNECTED) == [(place.world.team_id, 1, 1)]
        assert await place.slack_tells({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}) == 200
        await _hears(place, "still here")


async def test_what_was_not_granted_is_said_and_the_rest_works(setup: Setup, settings: Settings) -> None:
    async with town(setup, settings) as place:
        page = words(await place.install(scope="commands,chat:write,im:write,users:read,channels:read"))
        assert "files:read" in page
        assert "Install again to grant them" in page
        await _hears(place, "with less")
        assert "What it does without" not in words(await place.install())


async def test_tokens_are_renewed_ahead_by_one_of_two_processes(setup: Setup, settings: Settings) -> None:
    """Due once, whoever looks first: the bot's own rounds, and what follows an installation, look as well."""
    async with town(setup, settings, rotating=True) as place:
        world, team = place.world, place.world.team_id
        await place.install()
        before = await world.calls("oauth.v2.access")
        async with place.desk.database.begin() as session:
            soon = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
            await session.execute(update(BOTS).values(bot_token_expires_at=soon))
        other = Installed(place.settings, place.desk.database, place.desk.clock)
        place.installed.forget(team)
        tokens = set(await asyncio.gather(place.installed.token(team), other.token(team)))
        assert await world.calls("oauth.v2.access") - before == 1
        for token in tokens:
            answer = await AsyncWebClient(token=token, base_url=world.api_url).auth_test()
            assert answer["team_id"] == team
        assert await place.rows("SELECT rotating_until FROM slack_bots") == [(None,)]
        await _hears(place, "with a renewed token")


async def test_an_organisation_lets_it_in_workspace_by_workspace(setup: Setup, settings: Settings) -> None:
    rooms = (*DEFAULT_ROOMS, Room("north-talk", members=("ana", "ben"), bot=True, team="T0NORTH"))
    org = replace(
        setup,
        enterprise_id="E0ORG",
        teams=(Team("T0NORTH", "North"), Team("T0SOUTH", "South", granted=False)),
        channels=rooms,
    )
    async with town(org, settings) as place:
        first = place.world.team_id
        page = words(await place.install(team=""))
        assert "an admin decides which of its workspaces" in page
        told = await place.rows("SELECT workspace_id, enterprise_id, org_wide FROM connections ORDER BY 1")
        assert {row[0] for row in told} >= {first, "T0NORTH"}
        assert {row[1:] for row in told} == {("E0ORG", 1)}
        assert await place.installed.token("T0NORTH") == await place.installed.token(first)
        gone = {"type": "team_access_revoked", "team_ids": ["T0NORTH"]}
        assert await place.slack_tells(gone, enterprise_id="E0ORG", team_id="T0NORTH") == 200
        await place.until(
            "SELECT workspace_id FROM connections WHERE ended_at IS NULL AND workspace_id <> 'T0SOUTH'",
            [(first,)],
            "one workspace less",
        )
        assert await place.rows("SELECT count(*) FROM slack_bots") == [(1,)], "the others still speak by it"
        again = {"type": "team_access_granted", "team_ids": ["T0NORTH"]}
        org_wide = [{"enterprise_id": "E0ORG", "team_id": first, "is_enterprise_install": True}]
        assert await place.slack_tells(again, enterprise_id="E0ORG", authorizations=org_wide) == 200

        async def back() -> bool:
            return "T0NORTH" in await place.installed.workspaces()

        await place.world.until(back, "the workspace to be let in again", seconds=10)
        await _remove(place)
        live = "SELECT count(*) FROM connections WHERE ended_at IS NULL"
        await place.until(live, [(0,)], "every workspace of the organisation to have left")
        await place.until("SELECT count(*) FROM slack_bots", [(0,)], "their installation to be forgotten")


async def test_a_link_works_once_in_the_browser_it_was_begun_in(setup: Setup, settings: Settings) -> None:
    async with town(setup, settings) as place:
        right, back = await place.led_back()
        another, _query = await place.begin()
        for wrong in ("", another):
            first = await place.http.get(back, headers={"cookie": wrong})
            assert first.status_code == 400
            assert "in the browser it was begun in" in words(first)
            assert await place.rows("SELECT * FROM slack_bots") == []
            right, back = await place.led_back()
        assert (await place.http.get(back, headers={"cookie": right})).status_code == 200
        again = await place.http.get(back, headers={"cookie": right})
        assert again.status_code == 401
        assert "each works once" in words(again)


HOSTILE = (
    "error=%3Cscript%3Ealert(1)%3C/script%3E",
    "error=access_denied&error_description=%3Cimg+src=x+onerror=alert(1)%3E",
    "code=%00&state=%00",
    "state=' OR 1=1 --&code=x",
    "code=1&code=2&state=a&state=b",
    "state=" + "x" * 5_000 + "&code=1",
    "code=" + "%F0%9F%92%A9" * 300 + "&state=1",
    "%FF%FE=1",
    "",
)


async def test_nothing_that_leads_back_gets_in_or_is_shown(setup: Setup, settings: Settings) -> None:
    async with town(setup, settings) as place:
        cookie, back = await place.led_back()
        tampered = back.replace(parameter(back, "state"), "0" * 36)
        for address in (tampered, *(f"/slack/oauth_redirect?{query}" for query in HOSTILE)):
            answer = await place.http.get(address, headers={"cookie": cookie})
            assert 200 <= answer.status_code < 500, address[:80]
            assert "Begin again" in words(answer)
            for shown in ("<script>", "onerror", "OR 1=1", "x" * 50):
                assert shown not in answer.text
            assert "script-src" not in answer.headers["content-security-policy"]
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert await place.rows("SELECT * FROM slack_bots") == []
        declined = await place.http.get((await place.led_back(allow=False))[1])
        assert "You said no" in words(declined)
        for body in ("{", "[" * 100_000, "payload=%FF", "\x00"):
            assert (await place.http.post("/slack/events", content=body)).status_code == 401
        too_large = await place.http.post("/slack/events", content=b"x" * 1_000_001)
        assert too_large.status_code == 413


async def _remove(place: Town) -> None:
    await place.world.person("ana").do("uninstall")


async def _plan(place: Town, said: str) -> None:
    post = Post(channel_id=place.world.person("ben").id, kind="notice", slot_key=said, payload={"text": said})
    async with place.desk.begin() as session:
        await deliveries.plan(session, place.world.team_id, post, now=place.desk.now())
    place.desk.wake_outbox()


async def _hears(place: Town, said: str) -> None:
    await _plan(place, said)
    await _reads(place, said)


async def _reads(place: Town, said: str) -> None:
    room = await place.world.person("ben").dm()
    await place.world.channel(room).wait_for(said, as_="ben", seconds=10)
