"""What an app hears of a conversation that it listens to, and of what it says there under other names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp

from playground.client import Playground
from tests.playground.conftest import BRISK, by_socket, client_of, granting, id_of, refused
from tests.playground.small_app import BUTTON

EARS = replace(
    BRISK,
    manifest=granting("chat:write.customize", events=("reaction_added", "reaction_removed")),
)
Heard = Callable[..., Awaitable[dict[str, Any]]]


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Playground, Heard]]:
    """A playground, and a function that waits for one event or payload by what it holds."""
    everything: list[dict[str, Any]] = []

    def wire(app: AsyncApp) -> None:
        async def keep(body: dict[str, Any], next_: Any) -> None:
            everything.append(body.get("event", body))
            await next_()

        async def fine(ack: Any = None) -> None:
            if ack:
                await ack()

        app.use(keep)
        for kind in ("message", "app_mention", "reaction_added", "reaction_removed"):
            app.event(kind)(fine)
        for subtype in ("bot_message", "message_changed", "message_deleted"):
            app.event({"type": "message", "subtype": subtype})(fine)
        app.shortcut("try_this")(fine)
        app.action("like")(fine)

    async with Playground.start(EARS) as world, by_socket(world, wire, hears_itself=True):

        async def heard(**wanted: Any) -> dict[str, Any]:
            def fits(event: dict[str, Any]) -> bool:
                return all(event.get(key) == value for key, value in wanted.items())

            async def there() -> bool:
                return any(map(fits, everything))

            await world.until(there, f"{wanted} among {everything}")
            return next(filter(fits, everything))

        yield world, heard


async def test_replies_edits_and_removals_are_heard_in_public_and_private_channels() -> None:
    async with listening() as (world, heard):
        ana = world.person("ana")
        await ana.invite_app("backstage")
        for room, kind in (("pilot", "channel"), ("backstage", "group")):
            root = await world.person("ben").say(f"Root in {room}", room)
            reply = await ana.say(f"Reply in {room}", room, thread=root)
            event = await heard(type="message", text=f"Reply in {room}")
            assert event["channel_type"] == kind
            assert (event["thread_ts"], event["parent_user_id"]) == (root.ts, world.person("ben").id)
            await ana.do("edit", text=f"Changed in {room}", **reply.where)
            changed = await heard(subtype="message_changed", channel=reply.where["channel"])
            assert (changed["hidden"], changed["channel_type"]) == (True, kind)
            assert changed["message"]["text"] == f"Changed in {room}"
            assert changed["message"]["thread_ts"] == root.ts
            assert changed["previous_message"]["text"] == f"Reply in {room}"
            await ana.do("delete", **reply.where)
            gone = await heard(subtype="message_deleted", channel=reply.where["channel"])
            assert gone["deleted_ts"] == reply.ts
            assert gone["previous_message"]["text"] == f"Changed in {room}"


async def test_a_mention_is_heard_in_threads_too_and_says_no_more_than_slack_says() -> None:
    async with listening() as (world, heard):
        ana = world.person("ana")
        root = await ana.say("Root", "pilot")
        await ana.say("@tryout why?", "pilot", thread=root)
        event = await heard(type="app_mention", thread_ts=root.ts)
        assert event["text"] == f"<@{world.bot_user_id}> why?"
        assert not {"channel_type", "subtype"} & event.keys()


async def test_what_is_said_under_another_name_is_the_apps_in_every_way() -> None:
    async with listening() as (world, heard):
        slack, ana, pilot = client_of(world), world.person("ana"), await id_of(world, "pilot")
        section = {"type": "section", "text": {"type": "mrkdwn", "text": "Six boxes"}, "accessory": BUTTON}
        posted = await slack.chat_postMessage(
            channel=pilot, text="Six boxes", username="Nia", icon_emoji=":fox_face:", blocks=[section]
        )
        event = await heard(subtype="bot_message")
        assert (event["username"], event["icons"]) == ("Nia", {"emoji": ":fox_face:"})
        assert event["bot_id"] == posted["message"]["bot_id"]
        assert "user" not in event
        (message,) = await world.channel("pilot").messages()
        await ana.shortcut("try_this", message)
        asked = await heard(type="message_action")
        assert (asked["message"]["username"], asked["message_ts"]) == ("Nia", posted["ts"])
        await ana.click(message, "like")
        assert (await heard(type="block_actions"))["message"]["username"] == "Nia"
        await ana.react(message, "eyes")
        reaction = await heard(type="reaction_added")
        assert reaction["item"] == {"type": "message", "channel": pilot, "ts": posted["ts"]}
        assert reaction["item_user"] == world.bot_user_id

        await slack.chat_update(channel=pilot, ts=posted["ts"], text="Seven boxes")
        changed = (await heard(subtype="message_changed"))["message"]
        assert (changed["username"], changed["text"]) == ("Nia", "Seven boxes")
        await slack.chat_delete(channel=pilot, ts=posted["ts"])
        gone = await heard(subtype="message_deleted")
        assert gone["previous_message"]["username"] == "Nia"
        with refused("message_not_found"):
            await slack.chat_update(channel=pilot, ts=posted["ts"], text="Eight")
