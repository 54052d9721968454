"""A channel that is deleted: the app hears of it, and nothing of it is there any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from playground.client import Playground, PlaygroundError
from tests.playground.conftest import BRISK, by_socket, client_of, granting, id_of, refused

DELETED = ("channel_deleted", "group_deleted")


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
async def test_the_app_hears_of_it_and_finds_nothing_there_afterwards(private: bool) -> None:
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def keep(event: dict[str, Any]) -> None:
            heard.append((event["type"], event["channel"]))

        for kind in DELETED:
            app.event(kind)(keep)

    setup = replace(BRISK, manifest=granting(events=DELETED))
    async with Playground.start(setup) as world, by_socket(world, wire):
        ana, slack = world.person("ana"), client_of(world)
        await ana.do("create", name="doomed", private=private)
        await ana.do("invite", channel="doomed", who="@app")
        place = await id_of(world, "doomed")
        said = await slack.chat_postMessage(channel=place, text="Soon gone")
        await slack.chat_scheduleMessage(
            channel=place, text="Never", post_at=int((await world.now()).timestamp()) + 60
        )
        await ana.do("delete_channel", channel="doomed")

        async def told() -> bool:
            return bool(heard)

        await world.until(told, "the event")
        assert heard == [("group_deleted" if private else "channel_deleted", place)]
        with refused("channel_not_found"):
            await slack.chat_postMessage(channel=place, text="Anybody?")
        with refused("channel_not_found"):
            await slack.chat_update(channel=place, ts=said["ts"], text="Anybody?")
        listed = await slack.conversations_list(types="public_channel,private_channel")
        assert place not in {channel["id"] for channel in listed["channels"]}
        assert (await slack.chat_scheduledMessages_list())["scheduled_messages"] == []
        await ana.do("create", name="doomed")


async def test_only_administrators_delete_and_only_channels(world: Playground) -> None:
    with pytest.raises(PlaygroundError, match="Only workspace admins"):
        await world.person("mika").do("delete_channel", channel="pilot")
    with pytest.raises(PlaygroundError, match="direct conversation"):
        await world.person("ana").do("delete_channel", channel=await world.person("ana").dm())


async def test_it_stays_deleted_where_the_workspace_is_kept(tmp_path: Path) -> None:
    setup = replace(BRISK, keep=tmp_path / "kept.sqlite3")
    async with Playground.start(setup) as world:
        await world.person("ana").say("Soon gone", "pilot")
        place = await id_of(world, "pilot")
        await world.person("ana").do("delete_channel", channel="pilot")
    async with Playground.start(setup) as world:
        assert place not in {channel["id"] for channel in (await world.control.get("setup"))["channels"]}
        with refused("channel_not_found"):
            await client_of(world).conversations_info(channel=place)
