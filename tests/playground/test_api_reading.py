"""Slack's own client reads the workspace: history, people, channels, in pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from playground.setup import DEFAULT_PEOPLE, Person
from tests.playground.conftest import (
    BRISK,
    SHARED_ROOM,
    client_of,
    id_of,
    refused,
)


async def test_metadata_comes_back_only_when_asked_for(world: Playground, slack: AsyncWebClient) -> None:
    pilot = await id_of(world, "pilot")
    metadata = {"event_type": "delivery", "event_payload": {"key": "d1"}}
    await slack.chat_postMessage(channel=pilot, text="Hi", metadata=metadata)
    plain = await slack.conversations_history(channel=pilot)
    told = await slack.conversations_history(channel=pilot, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert told["messages"][0]["metadata"] == metadata
    with refused("invalid_metadata_format"):
        await slack.chat_postMessage(channel=pilot, text="Hi", metadata={"event_type": "x"})


async def test_history_is_paged_newest_first_without_replies(
    world: Playground, slack: AsyncWebClient
) -> None:
    pilot = await id_of(world, "pilot")
    stamps = [(await slack.chat_postMessage(channel=pilot, text=str(n)))["ts"] for n in range(5)]
    await slack.chat_postMessage(channel=pilot, text="a reply", thread_ts=stamps[0])
    pages = [
        [(m["text"], m.get("reply_count")) for m in page["messages"]]
        async for page in await slack.conversations_history(channel=pilot, limit=2)
    ]
    assert pages == [[("4", None), ("3", None)], [("2", None), ("1", None)], [("0", 1)]]
    between = await slack.conversations_history(channel=pilot, oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in between["messages"]] == ["2"]
    inclusive = await slack.conversations_history(
        channel=pilot, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [m["text"] for m in inclusive["messages"]] == ["3", "2", "1"]
    with refused("not_in_channel"):
        await slack.conversations_history(channel=await id_of(world, "general"))


@pytest.mark.parametrize("allowed", [False, True])
async def test_replies_in_channels_are_for_bots_only_when_switched_on(allowed: bool) -> None:
    tuning = replace(BRISK.tuning, thread_replies_for_bots=allowed)
    async with Playground.start(BRISK, tuning=tuning) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        root = await slack.chat_postMessage(channel=pilot, text="root")
        await slack.chat_postMessage(channel=pilot, text="leaf", thread_ts=root["ts"])
        if allowed:
            answer = await slack.conversations_replies(channel=pilot, ts=root["ts"])
            assert [m["text"] for m in answer["messages"]] == ["root", "leaf"]
        else:
            with refused("not_allowed_token_type"):
                await slack.conversations_replies(channel=pilot, ts=root["ts"])


async def test_people_are_described_with_time_zone_and_role() -> None:
    people = (
        Person("ana", "Ana Sousa", tz="Europe/Lisbon", locale="pt-PT", is_admin=True, is_owner=True),
        Person("visitor", "Visitor", is_guest=True),
    )
    rooms = (replace(SHARED_ROOM, members=("ana", "visitor")),)
    async with Playground.start(BRISK, people=people, channels=rooms) as world:
        slack = client_of(world)
        ana = (await slack.users_info(user=await id_of(world, "ana"), include_locale=True))["user"]
        assert (ana["tz"], ana["locale"], ana["is_admin"], ana["is_owner"]) == (
            "Europe/Lisbon",
            "pt-PT",
            True,
            True,
        )
        guest = (await slack.users_info(user=await id_of(world, "visitor")))["user"]
        assert guest["is_restricted"]
        assert "locale" not in guest
        room = (
            await slack.conversations_info(channel=await id_of(world, "partners"), include_num_members=True)
        )["channel"]
        assert room["is_ext_shared"]
        assert room["num_members"] == 3
        with refused("user_not_found"):
            await slack.users_info(user="U0NOBODY")


async def test_lists_come_in_pages_that_cursors_lead_through(
    world: Playground, slack: AsyncWebClient
) -> None:
    sizes = [len(page["members"]) async for page in await slack.users_list(limit=3)]
    assert sizes == [3, 1]
    listed = await slack.conversations_list(types="public_channel,private_channel")
    assert [c["name"] for c in listed["channels"]] == ["general", "pilot"]
    mine = await slack.users_conversations(types="public_channel,private_channel")
    assert [c["name"] for c in mine["channels"]] == ["pilot"]
    pilot = await id_of(world, "pilot")
    pages = [page["members"] async for page in await slack.conversations_members(channel=pilot, limit=3)]
    assert [len(page) for page in pages] == [3, 1]
    assert world.bot_user_id in pages[1]
    with refused("invalid_limit"):
        await slack.conversations_members(channel=pilot, limit="many")  # type: ignore[arg-type]  # on purpose
    with refused("channel_not_found"):
        await slack.conversations_members(channel="C0NOWHERE")
    with refused("invalid_cursor"):
        await slack.users_list(cursor="nonsense")


async def test_direct_messages_are_opened_and_posted_to(world: Playground, slack: AsyncWebClient) -> None:
    ana = await id_of(world, "ana")
    opened = await slack.conversations_open(users=ana)
    again = await slack.conversations_open(users=[ana])
    assert opened["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"]
    posted = await slack.chat_postMessage(channel=ana, text="Psst")
    assert posted["channel"] == opened["channel"]["id"]


async def test_a_person_has_a_handle_a_full_name_and_perhaps_a_name_they_chose() -> None:
    nia = Person("nwilliams", "Niamh Williams", display_name="Nia")
    async with Playground.start(replace(BRISK, people=(*DEFAULT_PEOPLE, nia))) as world:
        slack = client_of(world)
        found = (await slack.users_info(user=await id_of(world, "nwilliams")))["user"]
        profile = found["profile"]
        assert (found["name"], found["real_name"]) == ("nwilliams", "Niamh Williams")
        assert (profile["display_name"], profile["real_name"]) == ("Nia", "Niamh Williams")
        listed = (await slack.users_list())["members"]
        shown = {one["name"]: one["profile"]["display_name"] for one in listed}
        assert shown == {"ana": "", "ben": "", "mika": "", "nwilliams": "Nia", "tryout": ""}
