"""Messages pinned by the app and by people: found, shown, told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from playground.client import Playground, PlaygroundError
from tests.playground.conftest import BRISK, by_socket, client_of, granting, id_of, refused

PINNING = replace(BRISK, manifest=granting("pins:read", events=("pin_added", "pin_removed")))


async def test_what_the_app_pins_is_found_with_who_and_when() -> None:
    async with Playground.start(PINNING) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        first = await slack.chat_postMessage(channel=pilot, text="One")
        theirs = await world.person("ben").say("Two", "pilot")
        await slack.pins_add(channel=pilot, timestamp=first["ts"])
        await world.person("ana").do("pin", **theirs.where)
        items = (await slack.pins_list(channel=pilot))["items"]
        assert [(item["message"]["text"], item["created_by"]) for item in items] == [
            ("Two", world.person("ana").id),
            ("One", world.bot_user_id),
        ]
        assert items[0]["message"]["pinned_to"] == [pilot]
        assert items[0]["created"] >= int(float(theirs.ts))
        history = await slack.conversations_history(channel=pilot)
        assert history["pin_count"] == 2
        assert history["messages"][0]["pinned_info"]["pinned_by"] == world.person("ana").id
        await slack.pins_remove(channel=pilot, timestamp=theirs.ts)
        assert [i["message"]["text"] for i in (await slack.pins_list(channel=pilot))["items"]] == ["One"]
        await slack.chat_delete(channel=pilot, ts=first["ts"])
        assert (await slack.pins_list(channel=pilot))["items"] == [], "a pin goes with its message"


@pytest.mark.parametrize(
    ("timestamp", "word"),
    [(None, "no_item_specified"), ("yesterday", "bad_timestamp"), ("1.000001", "message_not_found")],
)
@pytest.mark.parametrize("method", ["pins.add", "pins.remove", "reactions.add"])
async def test_what_cannot_be_marked_is_refused_in_slacks_words(
    method: str, timestamp: str | None, word: str
) -> None:
    async with Playground.start(PINNING) as world:
        pilot = await id_of(world, "pilot")
        with refused(word):
            await client_of(world).api_call(
                method, json={"channel": pilot, "timestamp": timestamp, "name": "eyes"}
            )


async def test_pinning_twice_unpinning_nothing_and_pinning_elsewhere_are_refused() -> None:
    async with Playground.start(PINNING) as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        said = await world.person("ana").say("One", "pilot")
        with refused("no_pin"):
            await slack.pins_remove(channel=pilot, timestamp=said.ts)
        await slack.pins_add(channel=pilot, timestamp=said.ts)
        with refused("already_pinned"):
            await slack.pins_add(channel=pilot, timestamp=said.ts)
        with pytest.raises(PlaygroundError, match="already_pinned"):
            await world.person("ben").do("pin", **said.where)
        with refused("not_in_channel"):
            await slack.pins_add(channel=await id_of(world, "general"), timestamp=said.ts)
    async with Playground.start(BRISK) as world:
        with refused("missing_scope"):
            await client_of(world).pins_list(channel=await id_of(world, "pilot"))


async def test_the_app_hears_of_pins() -> None:
    heard: list[dict[str, Any]] = []

    def wire(app: AsyncApp) -> None:
        async def keep(event: dict[str, Any]) -> None:
            heard.append(event)

        app.event("pin_added")(keep)
        app.event("pin_removed")(keep)

    async with Playground.start(PINNING) as world, by_socket(world, wire):
        ana = world.person("ana")
        said = await ana.say("One", "pilot")
        for add in (True, False):
            await ana.do("pin", add=add, **said.where)

        async def both() -> bool:
            return len(heard) == 2

        await world.until(both, "two events")
        added, removed = sorted(heard, key=lambda event: str(event["type"]))
        assert (added["type"], added["user"], added["pin_count"]) == ("pin_added", ana.id, "1")
        assert added["item"]["message"]["text"] == "One"
        assert (removed["type"], removed["has_pins"]) == ("pin_removed", False)
