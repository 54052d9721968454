"""An open page asks only for what changed; what many readers see alike is drawn once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from playground import people
from playground.page.drawing import Drawing
from playground.page.present import listed
from tests.playground.page.conftest import Page


async def drawn(page: Page, since: str = "", who: str = "ana") -> Any:
    return await page.get("messages", who, channel=page.room("pilot"), since=since)


async def test_only_what_changed_is_drawn_again(page: Page) -> None:
    first, second = page.say("pilot", "ben", "one"), page.say("pilot", "ben", "two")
    whole = await drawn(page)
    assert [item["key"] for item in whole["items"]] == whole["keys"] == [first, second]
    nothing = await drawn(page, whole["version"])
    assert (nothing["items"], nothing["keys"]) == ([], [first, second])
    assert "head" not in nothing
    third = page.say("pilot", "ana", "three")
    more = await drawn(page, whole["version"])
    assert ([item["key"] for item in more["items"]], more["keys"]) == ([third], [first, second, third])
    assert more["last"] == third


async def test_a_change_redraws_its_message_and_the_one_below(page: Page) -> None:
    first, second = page.say("pilot", "ben", "one"), page.say("pilot", "ben", "two")
    version = (await drawn(page))["version"]
    await page.post("react", channel=page.room("pilot"), ts=first, name="eyes")
    assert [item["key"] for item in (await drawn(page, version))["items"]] == [first, second]
    version = (await drawn(page))["version"]
    page.say("pilot", "ana", "a reply", thread_ts=second)
    (changed,) = (await drawn(page, version))["items"]
    assert "1 reply" in changed["html"]


async def test_all_is_drawn_again_where_all_may_look_different(page: Page) -> None:
    page.say("pilot", "ben", "one")
    second = page.say("pilot", "ben", "two")
    room, ana = page.room("pilot"), page.ws.handles["ana"]

    async def gone() -> None:
        await people.delete_message(page.ws, ana, room, second)

    async def joined() -> None:
        page.ws.enter(page.ws.channels[room], page.ws.app.user_id)

    async def tomorrow() -> None:
        await people.set_clock(page.ws, datetime(2026, 3, 3, 9, tzinfo=UTC))

    for change in (gone, joined, tomorrow):
        version = (await drawn(page))["version"]
        await change()
        again = await drawn(page, version)
        assert "head" in again
        assert [item["key"] for item in again["items"]] == again["keys"]
    assert len(again["keys"]) == 1
    assert "Yesterday" in again["items"][0]["html"]
    for odd in ("nonsense", "²@x", "9@2020-01-01"):
        assert "head" in await drawn(page, odd)


async def test_readers_share_a_drawing_unless_they_see_it_differently(page: Page) -> None:
    ana, ben, gus = (page.ws.users[page.ws.handles[name]] for name in ("ana", "ben", "gus"))
    gus.tz = ben.tz = ana.tz
    stamps = {
        "alike": page.say("pilot", "ben", "for all"),
        "mention": page.say("pilot", "ben", f"<@{ana.id}> look"),
        "place": page.say("pilot", "ben", f"<#{page.room('secret')}|secret>"),
    }
    channel, draw = page.ws.channels[page.room("pilot")], Drawing(page.ws)

    def shown(who: Any, ts: str) -> str:
        return str(draw.messages(who, listed(page.ws, who, [channel.messages[ts]]))[0]["html"])

    assert shown(ana, stamps["alike"]) is shown(gus, stamps["alike"])
    assert "data-typed" in shown(ben, stamps["alike"])
    assert shown(ana, stamps["mention"]) != shown(gus, stamps["mention"])
    assert shown(ana, stamps["place"]) is not shown(gus, stamps["place"])
