"""A small Bolt app that uses every surface of the page and knows only the playground's address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from playground.setup import default_manifest
from tests.playground.page.samples import Json, input_of, mrkdwn, option, plain

HOSTILE = "<script>document.title = 'broken'</script><img src=x onerror=\"document.title='broken'\">"


def manifest() -> Json:
    made = default_manifest()
    made["features"]["slash_commands"][0]["command"] = "/interview"
    return made


def modal(title: str = "A conversation", *extra: Json) -> Json:
    customer: Json = {"type": "external_select", "action_id": "who", "min_query_length": 1}
    blocks = [
        {"type": "input", "block_id": "customer", "label": plain("Customer"), "element": customer},
        {**input_of({"type": "plain_text_input", "multiline": True}, "Their words"), "block_id": "words"},
        {
            **input_of(
                {"type": "static_select", "options": [option("By phone"), option("In person")]}, "How"
            ),
            "block_id": "how",
            "optional": True,
        },
        *extra,
    ]
    return {
        "type": "modal",
        "callback_id": "interview",
        "title": plain(title),
        "submit": plain("Next"),
        "close": plain("Cancel"),
        "blocks": blocks,
    }


def story(words: str, thought: int) -> list[Json]:
    button = {"type": "button", "action_id": "think", "text": plain("Made me think"), "value": words[:100]}
    return [
        {"type": "header", "text": plain("A story")},
        {"type": "section", "text": plain(words)},
        {"type": "actions", "elements": [button]},
        {"type": "context", "elements": [mrkdwn(f"{thought} thought about it")]},
    ]


def _listen_for_windows(app: AsyncApp) -> None:
    @app.command("/interview")
    async def interview(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.options("who")
    async def customers(ack: Any, body: Json) -> None:
        names = [name for name in ("Inês", "Nia", "Noor") if body["value"].lower() in name.lower()]
        await ack(options=[option(name) for name in names])

    @app.view("interview")
    async def submitted(ack: Any, body: Json, view: Json, client: AsyncWebClient) -> None:
        words = view["state"]["values"]["words"]["a1"]["value"]
        if len(words) < 10:
            await ack(response_action="errors", errors={"words": "A few more words, please."})
            return
        if view["title"]["text"] != "Preview":
            preview = {"type": "section", "block_id": "seen", "text": mrkdwn("As the channel will see it.")}
            await ack(response_action="update", view=modal("Preview", preview))
            return
        await ack(response_action="clear")
        channel = (await client.conversations_list())["channels"]
        pilot = next(one["id"] for one in channel if one["name"] == "pilot")
        await client.chat_postMessage(channel=pilot, text="A story", blocks=story(words, 0))


def _listen_elsewhere(app: AsyncApp) -> None:
    @app.action("think")
    async def think(ack: Any, body: Json, action: Json, client: AsyncWebClient, respond: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="A story", blocks=story(action["value"], 1))
        await respond(text="Noted. The author will hear of it.", replace_original=False)

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        if event["tab"] != "home":
            return
        blocks = [{"type": "header", "text": plain(f"Good morning, {event['user']}")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.shortcut("try_this")
    async def turn(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal("From a message"))

    @app.event("message")
    async def nothing() -> None:
        return None


@asynccontextmanager
async def running(world: Playground) -> AsyncIterator[None]:
    """Run the app against a playground until the block ends."""
    client = AsyncWebClient(token=world.bot_token, base_url=world.api_url)
    app = AsyncApp(client=client, signing_secret=world.signing_secret)
    _listen_for_windows(app)
    _listen_elsewhere(app)
    handler = AsyncSocketModeHandler(app, world.app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    try:
        await world.wait_for_app()
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
