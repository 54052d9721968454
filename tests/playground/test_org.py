"""An organisation with several workspaces, and an app installed for all of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground, PlaygroundError
from playground.setup import Room, Team
from tests.playground.conftest import BRISK, by_socket, client_of, id_of, refused
from tests.playground.test_oauth import BACK, asked, manifest

ROOMS = (
    Room("general", members=("ana",), bot=True),
    Room("sales", members=("ana",), bot=True, team="T0SALES"),
    Room("closed", members=("ana",), bot=True, team="T0CLOSED"),
)
ORG = replace(
    BRISK,
    manifest=manifest(org_deploy_enabled=True),
    channels=ROOMS,
    enterprise_id="E0ORG",
    teams=(Team("T0SALES", "Sales"), Team("T0CLOSED", "Closed", granted=False)),
    org_install=True,
)


async def test_one_token_works_in_each_workspace_that_lets_the_app_in() -> None:
    async with Playground.start(ORG) as world:
        slack = client_of(world)
        who = await slack.auth_test()
        assert (who["enterprise_id"], who["is_enterprise_install"]) == ("E0ORG", True)
        assert [team["id"] for team in (await slack.auth_teams_list())["teams"]] == [world.team_id, "T0SALES"]
        assert (await id_of(world, "ana")).startswith("W")
        posted = await slack.chat_postMessage(channel=await id_of(world, "sales"), text="Hi")
        assert posted["ok"]
        with refused("team_access_not_granted"):
            await slack.chat_postMessage(channel=await id_of(world, "closed"), text="Hi")
        with refused("missing_argument"):
            await slack.conversations_list()
        with refused("team_not_found"):
            await slack.conversations_list(team_id="T0NOWHERE")
        listed = await slack.conversations_list(team_id="T0SALES")
        assert [channel["name"] for channel in listed["channels"]] == ["sales"]
        assert len((await slack.users_list(team_id="T0SALES"))["members"]) == 4


async def test_events_and_commands_say_where_they_come_from() -> None:
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def keep(ack: Any, body: Any) -> None:
            await ack()
            heard.append(body)

        app.event("message")(keep)
        app.command("/try")(keep)

    async with Playground.start(ORG) as world, by_socket(world, wire):
        ana = world.person("ana")
        await ana.say("Hello", "closed")
        await ana.say("Hello", "sales")
        await ana.command("/try", "sales")
        assert (await ana.command("/try", "closed"))["ok"] is False

        async def two() -> bool:
            return len(heard) >= 2

        await world.until(two, "an event and a command")
        await asyncio.sleep(0.05)
    event, command = sorted(heard, key=lambda body: "command" in body)
    assert (event["team_id"], event["enterprise_id"]) == ("T0SALES", "E0ORG")
    (authorization,) = event["authorizations"]
    assert (authorization["enterprise_id"], authorization["is_enterprise_install"]) == ("E0ORG", True)
    assert (command["team_id"], command["enterprise_id"]) == ("T0SALES", "E0ORG")
    assert command["is_enterprise_install"] == "true"
    assert len(heard) == 2


async def test_administrators_install_for_the_whole_organisation() -> None:
    async with Playground.start(ORG, installed=False, org_install=False) as world:
        with pytest.raises(PlaygroundError, match="Only administrators"):
            await world.consent("ben", {"scope": "chat:write"}, team="")
        back = await world.consent("ana", {"scope": "chat:write"}, team="")
        assert back.startswith(BACK)
        code = parse_qs(urlsplit(back).query)["code"][0]
        answer = await AsyncWebClient(base_url=world.api_url).oauth_v2_access(code=code, **asked(world))
        assert (answer["team"], answer["enterprise"]["id"]) == (None, "E0ORG")
        assert answer["is_enterprise_install"] is True
