"""A small Bolt app and people in the playground, over Socket Mode and over signed HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from playground.client import Playground, PlaygroundError
from playground.controlling import plain_http
from tests.playground.conftest import (
    BRISK,
    UNHEARD,
    bolt_in_world,
    by_socket,
    id_of,
)
from tests.playground.small_app import NAME, NOTES, TRANSPORTS, modal, wired


@TRANSPORTS
async def test_from_a_command_through_a_modal_to_a_message_and_a_button(transport: str) -> None:
    heard: list[Any] = []
    view = modal(NAME, NOTES)

    async with bolt_in_world(transport, wired(heard, view)) as world:
        view["private_metadata"] = await id_of(world, "pilot")
        ana = world.person("ana")
        await ana.command("/try it & see", channel="general")
        window = await ana.modal("Tell")
        assert (await window.submit())["errors"] == {"name": "Please complete this required field."}
        assert (await window.submit({"Name": "Al"}))["errors"] == {"name": "Use three letters or more."}
        assert await ana.errors() == {"name": "Use three letters or more."}
        assert (await window.submit({"name": "Alba"}))["ok"]
        assert await ana.modals() == []
        message = await world.channel("pilot").wait_for("Alba")
        await world.person("ben").click(message, "like")
        noted = await world.channel("pilot").wait_for("Noted", as_="ben")
        assert noted.is_ephemeral

    command, first, second, action = heard
    assert command["text"] == "it &amp; see"
    assert command["channel_name"] == "general"
    assert first["view"]["state"]["values"]["notes"]["x"] == {"type": "plain_text_input", "value": None}
    assert second["user"]["id"] == first["user"]["id"]
    assert action["container"]["message_ts"] == message.ts
    assert action["actions"][0]["value"] == "s1"
    assert action["message"]["text"] == "Alba"
    assert action["response_url"].startswith(world.url)


@TRANSPORTS
async def test_without_an_acknowledgement_the_person_is_told_and_keeps_what_they_typed(
    transport: str,
) -> None:
    def wire(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(NAME))

        async def never(ack: Any) -> None:
            await asyncio.sleep(UNHEARD.tuning.ack_seconds * 1.6)
            await ack()

        app.command("/try")(opened)
        app.view("tell")(never)
        app.action("like")(never)

    async with bolt_in_world(transport, wire, UNHEARD) as world:
        ana = world.person("ana")
        await ana.command("/try")
        outcome = await ana.submit({"name": "Alba"})
        assert outcome["notice"] == "We had some trouble connecting. Try again?"
        window = await ana.modal()
        assert window.notice == outcome["notice"]
        assert window.values["name"]["x"]["value"] == "Alba"


async def test_a_command_that_nobody_takes_is_answered_by_slackbot() -> None:
    async with Playground.start(BRISK) as world:
        ana = world.person("ana")
        assert "is not a valid command" in (await ana.command("/nobody"))["notice"]
        assert "dispatch_failed" in (await ana.command("/try"))["notice"]
        said = [message.text for message in await ana.ephemerals("general")]
        assert len(said) == 2


@TRANSPORTS
async def test_shortcuts_and_app_home(transport: str) -> None:
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def used(ack: Any, body: Any) -> None:
            await ack()
            heard.append(body)

        async def home(event: Any, client: Any) -> None:
            heard.append(event)
            blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Nothing yet & that is fine"}}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

        app.shortcut("try_it")(used)
        app.shortcut("try_this")(used)
        app.event("app_home_opened")(home)

    async with bolt_in_world(transport, wire) as world:
        ana = world.person("ana")
        await ana.shortcut("try_it")
        message = await ana.say("A customer said so", "pilot")
        await ana.shortcut("try_this", message)
        with pytest.raises(PlaygroundError, match="no_such"):
            await ana.shortcut("no_such")
        await ana.open_home()
        window = await ana.home("Nothing yet & that is fine")
        assert window.raw["type"] == "home"

    assert [body["type"] for body in heard] == ["shortcut", "message_action", "app_home_opened"]
    assert heard[1]["message"]["text"] == "A customer said so"
    assert heard[2]["tab"] == "home"


async def test_an_address_is_answered_to_five_times(world: Playground) -> None:

    urls: list[str] = []

    def wire(app: AsyncApp) -> None:
        async def kept(ack: Any, body: Any) -> None:
            await ack({"text": "Here & now", "response_type": "in_channel"})
            urls.append(body["response_url"])

        app.command("/try")(kept)

    async with by_socket(world, wire), plain_http() as http:
        await world.person("ana").command("/try", channel="pilot")
        await world.channel("pilot").wait_for("Here & now")
        answers = [(await http.post(urls[0], json={"text": f"{n}"})).status_code for n in range(6)]
        assert answers == [200, 200, 200, 200, 200, 404]
        assert len(await world.person("ana").ephemerals("pilot")) == 5
        gone = await http.post(f"{world.url}/actions/T1/nothing", json={"text": "x"})
        assert gone.json()["error"] == "expired_url"


async def test_a_submission_can_arrive_twice_or_not_at_all() -> None:
    heard: list[Any] = []
    view = modal(NAME)

    async with bolt_in_world("socket", wired(heard, view), UNHEARD) as world:
        view["private_metadata"] = await id_of(world, "pilot")
        ana = world.person("ana")
        await ana.command("/try")
        await world.faults.add("payload:view_submission", "lose")
        assert "trouble connecting" in (await ana.submit({"name": "Alba"}))["notice"]
        assert len(heard) == 1
        await world.faults.add("payload:view_submission", "twice")
        assert (await ana.submit())["ok"]

    assert [body.get("view", {}).get("id") for body in heard[1:]] == [heard[1]["view"]["id"]] * 2
