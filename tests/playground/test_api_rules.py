"""Rules of Slack's that an app meets rarely: scheduled messages, sold apps, addresses, sizes, sockets."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from playground.__main__ import playground
from playground.client import Playground
from playground.controlling import plain_http
from playground.errors import SlackError
from playground.rules.rates import Rates
from playground.setup import Tuning
from tests.playground.conftest import BRISK, by_socket, client_of, granting, id_of, listening, refused
from tests.playground.small_app import modal


async def test_scheduled_messages_wait_for_the_workspaces_clock(
    world: Playground, slack: AsyncWebClient
) -> None:
    pilot, now = await id_of(world, "pilot"), int((await world.now()).timestamp())
    for post_at, word in ((now - 5, "time_in_past"), (now + 121 * 86_400, "time_too_far")):
        with refused(word):
            await slack.chat_scheduleMessage(channel=pilot, post_at=post_at, text="x")
    with refused("invalid_time"):
        await slack.chat_scheduleMessage(channel=pilot, post_at="soon", text="x")
    keys = [
        (await slack.chat_scheduleMessage(channel=pilot, post_at=now + 3600, text=text))[
            "scheduled_message_id"
        ]
        for text in ("kept", "withdrawn")
    ]
    lost = {"event_type": "delivery", "event_payload": {}}
    await slack.chat_scheduleMessage(channel=pilot, post_at=now + 3600, text="lost", metadata=lost)
    await slack.chat_deleteScheduledMessage(channel=pilot, scheduled_message_id=keys[1])
    with refused("invalid_scheduled_message_id"):
        await slack.chat_deleteScheduledMessage(channel=pilot, scheduled_message_id=keys[1])
    listed = (await slack.chat_scheduledMessages_list())["scheduled_messages"]
    assert [one["text"] for one in listed] == ["kept", "lost"]
    await world.advance(timedelta(hours=2))
    assert [m.text for m in await world.channel("pilot").messages()] == ["kept"]
    assert (await slack.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_a_scheduled_message_comes_by_itself(world: Playground, slack: AsyncWebClient) -> None:
    pilot, soon = await id_of(world, "pilot"), int((await world.now()).timestamp()) + 1
    await slack.chat_scheduleMessage(channel=pilot, post_at=soon, text="On time")
    await world.channel("pilot").wait_for("On time")


async def test_apps_sold_elsewhere_read_history_once_a_minute_and_little_of_it() -> None:
    tuning = Tuning(rate_scale=100, is_commercial=True)
    async with Playground.start(BRISK, tuning=tuning) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        for number in range(20):
            await slack.chat_postMessage(channel=pilot, text=str(number))
        assert len((await slack.conversations_history(channel=pilot, limit=100))["messages"]) == 15
        await world.rates(scale=1)
        await slack.conversations_history(channel=pilot)
        with refused("ratelimited") as holder:
            await slack.conversations_history(channel=pilot)
        assert int(holder.response.headers["Retry-After"]) > 30


def test_a_workspace_takes_several_hundred_messages_a_minute_over_all_channels() -> None:
    rates = Rates(True, 1.0, lambda: 0.0)
    for number in range(300):
        rates.spend_post(f"C{number}", "token")
    with pytest.raises(SlackError) as caught:
        rates.spend_post("C999", "token")
    assert (caught.value.word, caught.value.status) == ("ratelimited", 429)


async def test_an_app_can_ask_not_to_be_told_again_and_proves_its_address() -> None:
    seen: list[Any] = []

    async def answer(request: Request) -> Response:
        body = await request.json()
        seen.append(body)
        if body["type"] == "url_verification":
            return JSONResponse({"challenge": body["challenge"]})
        return Response(status_code=500, headers={"X-Slack-No-Retry": "1"})

    async with listening(answer) as url, Playground.start(BRISK, mode="http", request_url=url) as world:
        assert await world.verify()
        await world.person("ana").say("Only once")

        async def told() -> bool:
            return len(seen) >= 2

        await world.until(told, "an event")
        await asyncio.sleep(0.15)
    assert [body["type"] for body in seen] == ["url_verification", "event_callback"]


async def test_who_and_where_one_is() -> None:
    async with Playground.start(BRISK, manifest=granting("team:read", "users:read.email")) as world:
        slack = client_of(world)
        assert (await slack.team_info())["team"]["id"] == world.team_id
        bot = (await slack.auth_test())["bot_id"]
        assert (await slack.bots_info(bot=bot))["bot"]["user_id"] == world.bot_user_id
        found = (await slack.users_lookupByEmail(email="Ana@playground.example"))["user"]
        assert found["id"] == await id_of(world, "ana")
        assert found["profile"]["email"] == "ana@playground.example"
        with refused("users_not_found"):
            await slack.users_lookupByEmail(email="eve@playground.example")
        with refused("bot_not_found"):
            await slack.bots_info(bot="B0")


async def test_an_answer_replaces_or_removes_the_message_it_is_about(
    world: Playground, slack: AsyncWebClient
) -> None:
    urls: list[str] = []

    def wire(app: AsyncApp) -> None:
        async def kept(ack: Any, body: Any) -> None:
            await ack()
            urls.append(body["response_url"])

        app.action("go")(kept)

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [{"type": "actions", "elements": [button]}]
    pilot = await id_of(world, "pilot")
    async with by_socket(world, wire), plain_http() as http:
        await slack.chat_postMessage(channel=pilot, text="Press", blocks=blocks)
        ana, message = world.person("ana"), (await world.channel("pilot").messages())[0]
        await ana.click(message, "go")
        bad = await http.post(urls[0], json={"blocks": [{"type": "nonsense"}]})
        assert (bad.status_code, bad.json()["error"]) == (400, "invalid_blocks")
        await http.post(urls[0], json={"replace_original": True, "text": "Pressed"})
        assert [m.text for m in await world.channel("pilot").messages()] == ["Pressed"]
        await http.post(urls[0], json={"delete_original": True})
        assert await world.channel("pilot").messages() == []


async def test_a_view_of_more_than_250_kilobytes_is_refused(world: Playground, slack: AsyncWebClient) -> None:
    words = {"type": "mrkdwn", "text": "x" * 2900}
    large = {"type": "home", "blocks": [{"type": "section", "text": words} for _ in range(90)]}
    with refused("view_too_large"):
        await slack.views_publish(user_id=await id_of(world, "ana"), view=large)
    with refused("invalid_arguments") as holder:
        await slack.views_publish(user_id=await id_of(world, "ana"), view=modal({"type": "divider"}))
    assert "json-pointer:/view/type" in holder.response["response_metadata"]["messages"][0]


async def test_ten_sockets_are_open_at_most_and_a_ticket_lets_in_once(world: Playground) -> None:
    slack = AsyncWebClient(base_url=world.api_url)

    async def address() -> str:
        return str((await slack.apps_connections_open(app_token=world.app_token))["url"])

    first = await address()
    lines = [await connect(first), *[await connect(await address()) for _ in range(9)]]
    assert await world.sockets() == 10
    for refused_address in (first, await address()):
        with pytest.raises(InvalidStatus):
            await connect(refused_address)
    for line in lines:
        await line.close()


async def test_a_disabled_link_opens_no_more(world: Playground) -> None:
    await world.sockets("link_disabled")
    with refused("forbidden_team"):
        await AsyncWebClient(base_url=world.api_url).apps_connections_open(app_token=world.app_token)


@pytest.mark.parametrize(("content", "words"), [("{bad", "is no JSON"), ("[1]", "is no manifest")])
def test_a_manifest_that_is_none_is_refused_in_words(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(content)
    result = CliRunner().invoke(playground, ["--port", "0", "--manifest", str(file)])
    assert result.exit_code == 1
    assert words in result.output
