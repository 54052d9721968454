"""Slack's own client is let in, posts and is refused in Slack's words."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from playground.controlling import plain_http
from playground.setup import DEFAULT_ROOMS
from tests.playground.conftest import (
    BRISK,
    OLD_ROOM,
    client_of,
    granting,
    id_of,
    refused,
    without,
)

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Nia & co *left*"}}


async def test_auth_test_says_who_asks_and_what_is_granted(world: Playground, slack: AsyncWebClient) -> None:
    answer = await slack.auth_test()
    assert answer["team_id"] == world.team_id
    assert answer["user_id"] == world.bot_user_id
    assert answer["bot_id"].startswith("B")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_unknown_methods_and_tokens_are_refused(world: Playground) -> None:
    with refused("unknown_method"):
        await client_of(world).api_call("stories.tell")
    with refused("invalid_auth"):
        await client_of(world, "xoxb-not-ours").auth_test()
    with refused("not_authed"):
        await AsyncWebClient(base_url=world.api_url).auth_test()
    with refused("not_allowed_token_type"):
        await client_of(world).apps_connections_open(app_token=world.bot_token)
    with refused("not_allowed_token_type"):
        await client_of(world, world.app_token).users_list()


async def test_a_missing_scope_is_named_with_those_granted() -> None:
    async with Playground.start(BRISK, manifest=without("chat:write", "users:read")) as world:
        with refused("missing_scope") as holder:
            await client_of(world).chat_postMessage(channel=await id_of(world, "pilot"), text="Hi")
        assert holder.response["needed"] == "chat:write"
        assert "commands" in holder.response["provided"]
        with refused("missing_scope"):
            await client_of(world).users_info(user=await id_of(world, "ana"))


async def test_a_message_is_kept_as_slack_keeps_it(world: Playground, slack: AsyncWebClient) -> None:
    pilot = await id_of(world, "pilot")
    text = "<!channel> & <b>bold</b> https://example.com/a. <@U1>"
    posted = await slack.chat_postMessage(channel=pilot, text=text, blocks=[SECTION, {"type": "divider"}])
    message = posted["message"]
    assert message["text"] == ("<!channel> &amp; &lt;b&gt;bold&lt;/b&gt; <https://example.com/a>. <@U1>")
    assert message["blocks"][0]["text"]["text"] == "Nia &amp; co *left*"
    ids = [block["block_id"] for block in message["blocks"]]
    assert all(ids)
    assert len(set(ids)) == 2
    seen = await world.channel("pilot").wait_for("Nia & co")
    assert seen.ts == posted["ts"]


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
async def test_posting_is_refused_where_slack_refuses() -> None:
    rooms = (*DEFAULT_ROOMS, OLD_ROOM)
    async with Playground.start(BRISK, channels=rooms, manifest=without("chat:write.public")) as world:
        slack = client_of(world)
        for room, word in (
            ("general", "not_in_channel"),
            ("backstage", "channel_not_found"),
            ("old", "is_archived"),
        ):
            with refused(word):
                await slack.chat_postMessage(channel=await id_of(world, room), text="Hi")
        with refused("channel_not_found"):
            await slack.chat_postMessage(channel="pilot", text="ids, never names")
        with refused("no_text"):
            await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="")
        with refused("missing_scope") as holder:
            await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="Hi", username="Nia")
        assert holder.response["needed"] == "chat:write.customize"


async def test_bad_blocks_are_refused_with_a_pointer(world: Playground, slack: AsyncWebClient) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    with refused("invalid_blocks") as holder:
        await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="Hi", blocks=[long])
    said = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert holder.response["errors"] == [said]
    assert holder.response["response_metadata"]["messages"] == [f"[ERROR] {said}"]
    with refused("invalid_blocks_format"):
        await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="Hi", blocks="{not json")


async def test_long_text_is_cut_when_posted_and_refused_when_updated(
    world: Playground, slack: AsyncWebClient
) -> None:
    pilot = await id_of(world, "pilot")
    posted = await slack.chat_postMessage(channel=pilot, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    with refused("msg_too_long"):
        await slack.chat_update(channel=pilot, ts=posted["ts"], text="x" * 4_001)


async def test_an_update_without_blocks_drops_the_old_ones(world: Playground, slack: AsyncWebClient) -> None:
    pilot = await id_of(world, "pilot")
    posted = await slack.chat_postMessage(channel=pilot, text="Hi", blocks=[SECTION])
    updated = await slack.chat_update(channel=pilot, ts=posted["ts"], text="Corrected")
    assert "blocks" not in updated["message"]
    assert updated["message"]["edited"]["user"] == world.bot_user_id


async def test_only_ones_own_messages_are_updated_and_deleted(
    world: Playground, slack: AsyncWebClient
) -> None:
    pilot = await id_of(world, "pilot")
    theirs = await world.person("ana").say("Mine", "pilot")
    with refused("cant_update_message"):
        await slack.chat_update(channel=pilot, ts=theirs.ts, text="Yours")
    with refused("cant_delete_message"):
        await slack.chat_delete(channel=pilot, ts=theirs.ts)
    with refused("message_not_found"):
        await slack.chat_delete(channel=pilot, ts="1.000001")
    own = await slack.chat_postMessage(channel=pilot, text="Gone soon")
    await slack.chat_delete(channel=pilot, ts=own["ts"])
    assert "Gone soon" not in "".join(m.text for m in await world.channel("pilot").messages())


async def test_a_message_under_another_name_stays_the_apps_own() -> None:
    async with Playground.start(BRISK, manifest=granting("chat:write.customize")) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        posted = await slack.chat_postMessage(
            channel=pilot, text="I left in May", username="Nia", icon_emoji=":fox:"
        )
        assert posted["message"]["subtype"] == "bot_message"
        assert posted["message"]["username"] == "Nia"
        await slack.chat_update(channel=pilot, ts=posted["ts"], text="I left in June")
        await slack.chat_delete(channel=pilot, ts=posted["ts"])
        assert await world.channel("pilot").messages() == []


@pytest.mark.parametrize(
    ("content", "body", "word"),
    [
        ("application/json", b"{not json", "invalid_json"),
        ("application/json", b"[1]", "json_not_object"),
        ("application/json", b"[" * 100_000, "invalid_json"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=1", "invalid_form_data"),
        ("application/json", b'{"channel": {"a": 1}, "text": ["x"]}', "channel_not_found"),
        ("application/json", b'{"channel": 5, "text": {"x": 1}}', "channel_not_found"),
        ("text/plain", b"x" * (8 * 1024 * 1024 + 1), "request_too_large"),
    ],
)
async def test_nonsense_gets_slacks_error_never_a_stack_trace(
    world: Playground, content: str, body: bytes, word: str
) -> None:
    headers = {"Authorization": f"Bearer {world.bot_token}", "Content-Type": content}
    async with plain_http() as http:
        answer = await http.post(f"{world.api_url}chat.postMessage", content=body, headers=headers)
    assert answer.json()["error"] == word
    assert "Traceback" not in answer.text
