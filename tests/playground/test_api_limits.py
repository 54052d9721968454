"""Reactions, ephemeral messages, and how often a method may be called."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from playground.setup import Tuning
from tests.playground.conftest import (
    BRISK,
    client_of,
    id_of,
    refused,
)


async def test_reactions_and_pins(world: Playground, slack: AsyncWebClient) -> None:
    pilot = await id_of(world, "pilot")
    ts = (await slack.chat_postMessage(channel=pilot, text="Hi"))["ts"]
    await slack.reactions_add(channel=pilot, timestamp=ts, name="eyes")
    with refused("already_reacted"):
        await slack.reactions_add(channel=pilot, timestamp=ts, name="eyes")
    await world.person("ben").react((await world.channel("pilot").messages())[0], "eyes")
    got = (await slack.reactions_get(channel=pilot, timestamp=ts))["message"]["reactions"]
    assert [(entry["name"], entry["count"]) for entry in got] == [("eyes", 2)]
    await slack.pins_add(channel=pilot, timestamp=ts)
    with refused("already_pinned"):
        await slack.pins_add(channel=pilot, timestamp=ts)
    await slack.pins_remove(channel=pilot, timestamp=ts)


async def test_an_ephemeral_message_is_for_one_person_and_no_history(
    world: Playground, slack: AsyncWebClient
) -> None:
    pilot, ana = await id_of(world, "pilot"), await id_of(world, "ana")
    await slack.chat_postEphemeral(channel=pilot, user=ana, text="Only you")
    assert [m.text for m in await world.person("ana").ephemerals("pilot")] == ["Only you"]
    assert await world.person("ben").ephemerals("pilot") == []
    assert (await slack.conversations_history(channel=pilot))["messages"] == []


async def test_one_message_a_second_a_channel_after_a_short_burst() -> None:
    async with Playground.start(BRISK, tuning=Tuning(rates=True)) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        for _ in range(5):
            await slack.chat_postMessage(channel=pilot, text="Hi")
        with refused("ratelimited") as holder:
            await slack.chat_postMessage(channel=pilot, text="Hi")
        assert holder.response.status_code == 429
        assert int(holder.response.headers["Retry-After"]) >= 1
        await world.rates(scale=100)
        await slack.chat_postMessage(channel=pilot, text="Hi")


async def test_tiers_limit_each_method_by_itself() -> None:
    async with Playground.start(BRISK, tuning=Tuning(rates=True)) as world:
        slack = client_of(world)
        for _ in range(20):
            await slack.users_list()
        with refused("ratelimited"):
            await slack.users_list()
        await slack.auth_test()
