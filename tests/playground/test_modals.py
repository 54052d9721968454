"""Modals as Slack rules them: triggers, the stack, hashes, every kind of input."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.playground.conftest import (
    BRISK,
    Wire,
    bolt_in_world,
    client_of,
    refused,
)
from tests.playground.small_app import NAME, NOTES, modal, plain


async def test_a_trigger_opens_one_view_within_its_time() -> None:
    triggers: list[str] = []

    def wire(app: AsyncApp) -> None:
        async def kept(ack: Any, body: Any) -> None:
            await ack()
            triggers.append(body["trigger_id"])

        app.command("/try")(kept)

    async with bolt_in_world("socket", wire) as world:
        slack = client_of(world)
        await world.person("ana").command("/try")
        await slack.views_open(trigger_id=triggers[0], view=modal(NAME))
        with refused("exchanged_trigger_id"):
            await slack.views_open(trigger_id=triggers[0], view=modal(NAME))
    short = replace(BRISK, tuning=replace(BRISK.tuning, trigger_seconds=0))
    async with bolt_in_world("socket", wire, short) as world:
        slack = client_of(world)
        await world.person("ana").command("/try")
        with refused("expired_trigger_id"):
            await slack.views_open(trigger_id=triggers[1], view=modal(NAME))
        with refused("invalid_trigger_id"):
            await slack.views_open(trigger_id="sesame", view=modal(NAME))
        with refused("invalid_arguments") as holder:
            await slack.views_open(trigger_id=triggers[1], view=modal(NAME, title="x" * 25))
        assert holder.response["response_metadata"]["messages"] == [
            "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
        ]


def stacking(refusals: list[str], closed: list[Any]) -> Wire:
    """An app whose modals push another at each press, and update themselves."""

    def wire(app: AsyncApp) -> None:
        press = {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "deeper", "text": plain("More")}],
        }
        change = {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "change", "text": plain("New")}],
        }

        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await client.views_open(
                trigger_id=body["trigger_id"], view=modal(NAME, press, change, notify_on_close=True)
            )

        async def deeper(ack: Any, body: Any, client: Any) -> None:
            await ack()
            try:
                await client.views_push(
                    trigger_id=body["trigger_id"], view=modal(NAME, press, title="Deeper")
                )
            except SlackApiError as error:
                refusals.append(error.response["error"])

        async def changed(ack: Any, body: Any, client: Any) -> None:
            await ack()
            view = modal(NAME, NOTES, title="Changed", notify_on_close=True)
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
            try:
                await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
            except SlackApiError as error:
                refusals.append(error.response["error"])

        async def gone(ack: Any, body: Any) -> None:
            await ack()
            closed.append(body["view"])

        app.command("/try")(opened)
        app.action("deeper")(deeper)
        app.action("change")(changed)
        app.view_closed("tell")(gone)

    return wire


async def test_modals_stack_three_high_and_go_back_one_at_a_time() -> None:
    refusals: list[str] = []
    async with bolt_in_world("socket", stacking(refusals, [])) as world:
        ana = world.person("ana")
        await ana.command("/try")
        for _ in range(3):
            await (await ana.modal()).choose("deeper")

        async def was_refused() -> bool:
            return bool(refusals)

        await world.until(was_refused, "a refusal")
        assert refusals == ["push_limit_reached"]
        assert [window.title for window in await ana.modals()] == ["Tell", "Deeper", "Deeper"]
        await (await ana.modal()).close()
        assert len(await ana.modals()) == 2
        await (await ana.modal()).close(whole_stack=True)
        assert await ana.modals() == []


async def test_an_updated_view_keeps_what_was_typed_and_a_closed_one_sends_nothing() -> None:
    refusals: list[str] = []
    closed: list[Any] = []
    async with bolt_in_world("socket", stacking(refusals, closed)) as world:
        ana = world.person("ana")
        await ana.command("/try")
        window = await ana.fill({"name": "Alba"})
        await window.choose("change")
        window = await ana.modal("Changed")
        assert window.values["name"]["x"]["value"] == "Alba"
        await window.close()

        async def was_closed() -> bool:
            return bool(closed)

        await world.until(was_closed, "the app to hear of it")
        assert refusals == ["hash_conflict"]
        assert closed[0]["state"] == {"values": {}}
