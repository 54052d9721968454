"""Events reach the app when it subscribed, may and is there; they come again until acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response

from playground.client import Playground
from playground.setup import Setup
from tests.playground.conftest import (
    BRISK,
    by_socket,
    client_of,
    granting,
    id_of,
    listening,
    refused,
    without,
)

ROOM_EVENTS = (
    "member_joined_channel",
    "reaction_added",
    "channel_archive",
    "channel_left",
    "channel_shared",
    "app_uninstalled",
    "tokens_revoked",
)


@asynccontextmanager
async def hearing(setup: Setup) -> AsyncIterator[tuple[Playground, list[Any]]]:
    """A playground whose app keeps every event it hears."""
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def keep(body: dict[str, Any]) -> None:
            heard.append(body)

        for kind in ("message", "app_mention", *ROOM_EVENTS):
            app.event(kind)(keep)
        app.event({"type": "message", "subtype": "message_changed"})(keep)

    async with Playground.start(setup) as world, by_socket(world, wire):
        yield world, heard


async def kinds(world: Playground, heard: list[Any], number: int) -> list[str]:
    async def enough() -> bool:
        return len(heard) >= number

    await world.until(enough, f"{number} events, got {len(heard)}")
    return [body["event"]["type"] for body in heard]


async def test_direct_messages_and_mentions_are_heard() -> None:
    async with hearing(BRISK) as (world, heard):
        ana = world.person("ana")
        await ana.say("A <long> story & more")
        await kinds(world, heard, 1)
        direct = heard[0]["event"]
        assert (direct["channel_type"], direct["text"]) == ("im", "A &lt;long&gt; story &amp; more")
        await ana.say("Hello @tryout in #general", "pilot")
        assert sorted(await kinds(world, heard, 3)) == ["app_mention", "message", "message"]
        text = heard[1]["event"]["text"]
        assert text.startswith(f"Hello <@{world.bot_user_id}> in <#C")


async def test_nothing_is_heard_where_the_app_is_not() -> None:
    async with hearing(BRISK) as (world, heard):
        ana = world.person("ana")
        await ana.say("Hello @tryout", "general")
        await ana.say("Only this", "pilot")
        assert await kinds(world, heard, 1) == ["message"]
        assert heard[0]["event"]["text"] == "Only this"
        assert "not in this channel" in (await ana.ephemerals("general"))[0].text


async def test_events_without_their_scope_or_subscription_are_not_sent() -> None:
    async with hearing(replace(BRISK, manifest=without("im:history"))) as (world, heard):
        await world.person("ana").say("Unheard")
        message = await world.person("ana").say("Heard", "pilot")
        await world.person("ana").react(message, "eyes")
        await world.person("ana").say("Heard too", "pilot")
        assert await kinds(world, heard, 2) == ["message", "message"]
        assert {body["event"]["text"] for body in heard} == {"Heard", "Heard too"}


async def test_rooms_and_the_app_coming_and_going_are_told() -> None:
    setup = replace(BRISK, manifest=granting(events=ROOM_EVENTS))
    async with hearing(setup) as (world, heard):
        ana, ben = world.person("ana"), world.person("ben")
        await ana.invite_app("general")
        message = await ben.say("Look", "general")
        await ana.react(message, "eyes")
        await ana.do("share", channel="general")
        await ana.do("archive", channel="pilot")
        await ana.do("leave", channel="general", who="@app")
        got = await kinds(world, heard, 6)
        assert sorted(got) == [
            "channel_archive",
            "channel_left",
            "channel_shared",
            "member_joined_channel",
            "message",
            "reaction_added",
        ]
        with refused("not_in_channel"):
            await client_of(world).conversations_history(channel=await id_of(world, "general"))
        await ana.do("uninstall")
        assert sorted((await kinds(world, heard, 8))[6:]) == ["app_uninstalled", "tokens_revoked"]
        with refused("account_inactive"):
            await client_of(world).auth_test()


async def test_an_event_can_come_twice_with_one_id() -> None:
    async with hearing(BRISK) as (world, heard):
        await world.faults.add("event:message", "twice")
        await world.person("ana").say("Once")
        await kinds(world, heard, 2)
        assert heard[0]["event_id"] == heard[1]["event_id"]


async def test_an_unacknowledged_event_comes_again_with_its_number_and_reason() -> None:
    arrived: list[Request] = []

    async def answer(request: Request) -> Response:
        body = await request.body()
        arrived.append(request)
        verifier = SignatureVerifier(signing_secret=secrets[0])
        assert verifier.is_valid_request(body, dict(request.headers))
        return Response(status_code=500 if len(arrived) < 3 else 200)

    secrets: list[str] = []
    async with listening(answer) as url, Playground.start(BRISK, mode="http", request_url=url) as world:
        secrets.append(world.signing_secret)
        await world.person("ana").say("Please hear me")

        async def enough() -> bool:
            return len(arrived) >= 3

        await world.until(enough, "three deliveries")
        await asyncio.sleep(0.1)
    numbers = [request.headers.get("x-slack-retry-num") for request in arrived]
    assert numbers == [None, "1", "2"]
    assert arrived[1].headers["x-slack-retry-reason"] == "http_error"


async def test_each_payload_goes_to_one_of_several_sockets() -> None:
    heard: list[str] = []

    def keeping(name: str) -> Any:
        def wire(app: AsyncApp) -> None:
            async def keep(event: dict[str, Any]) -> None:
                heard.append(name + event["text"])

            app.event("message")(keep)

        return wire

    async with (
        Playground.start(BRISK) as world,
        by_socket(world, keeping("a")),
        by_socket(world, keeping("b")),
    ):
        assert await world.sockets() == 2
        for number in range(6):
            await world.person("ana").say(str(number))

        async def enough() -> bool:
            return len(heard) >= 6

        await world.until(enough, "six events")
    assert sorted(entry[1] for entry in heard) == list("012345")
    assert {entry[0] for entry in heard} == {"a", "b"}


async def test_a_refreshed_or_dropped_socket_is_opened_anew() -> None:
    heard: list[str] = []

    def wire(app: AsyncApp) -> None:
        async def keep(event: dict[str, Any]) -> None:
            heard.append(event["text"])

        app.event("message")(keep)

    async with Playground.start(BRISK) as world, by_socket(world, wire):
        await world.sockets("refresh_requested")

        async def again() -> bool:
            await world.person("ana").say("Anyone?")
            return bool(heard)

        await world.until(again, "the app to come back")


async def test_an_event_can_be_overtaken_by_the_next() -> None:
    async with hearing(BRISK) as (world, heard):
        await world.faults.add("event:message", "reorder", seconds=5)
        await world.person("ana").say("First")
        await world.person("ana").say("Second")
        await kinds(world, heard, 2)
        assert [body["event"]["text"] for body in heard] == ["Second", "First"]


async def test_the_two_events_of_an_uninstallation_come_in_either_order() -> None:
    setup = replace(BRISK, manifest=granting(events=ROOM_EVENTS))
    orders = set()
    for seed in range(4):
        async with hearing(replace(setup, seed=seed)) as (world, heard):
            await world.person("ana").do("uninstall")
            orders.add(tuple(await kinds(world, heard, 2)))
    assert orders == {("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")}


async def test_a_request_of_another_hour_is_no_request_to_trust() -> None:
    valid: list[bool] = []
    secrets: list[str] = []

    async def answer(request: Request) -> Response:
        verifier = SignatureVerifier(signing_secret=secrets[0])
        valid.append(verifier.is_valid_request(await request.body(), dict(request.headers)))
        return Response()

    async with listening(answer) as url, Playground.start(BRISK, mode="http", request_url=url) as world:
        secrets.append(world.signing_secret)
        for seconds in (-290, -310, 0):
            await world.skew(seconds)
            await world.person("ana").command("/try")
    assert valid == [True, False, True]
