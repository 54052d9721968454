"""The write-up's world, and a file dropped in it."""

from __future__ import annotations

from playground.client import Modal, Person, Room, SeenMessage
from tests.bot.dropping import talks
from tests.bot.interview.conftest import World, slack, world

__all__ = ["choosing", "drop", "found", "private", "said", "slack", "world"]

FILE = "Marta 2026-11-04.vtt"


async def private(world: World, who: Person | None = None) -> Room:
    """Somebody's conversation with the bot."""
    return world.slack.channel(await (who or world.ana).dm())


async def drop(
    world: World, data: bytes, name: str = FILE, *, expect: str, who: Person | None = None, text: str = ""
) -> SeenMessage:
    """What stands under a file that was dropped, once it holds those words."""
    who = who or world.ana
    message = await who.share_file(name, data, text=text)
    room = await private(world, who)

    async def answered() -> SeenMessage | None:
        seen = await room.messages(as_=who.handle, threads=True)
        under = [one for one in seen if one.raw.get("thread_ts") == message.ts and one.ts != message.ts]
        return next((one for one in under if expect in one.words()), None)

    return await world.slack.until(answered, f"an answer with {expect!r}")


async def found(world: World, data: bytes = talks.webvtt(talks.PAYROLL), name: str = FILE) -> SeenMessage:
    """The message that says what was read."""
    return await drop(world, data, name, expect="Who here is the customer?")


async def choosing(world: World, message: SeenMessage, button: str) -> Modal:
    """The window with the lines of the voice behind a button."""
    await world.ana.click(message, button)
    return await world.ana.modal()


async def said(world: World, who: Person | None = None) -> list[str]:
    """All that the bot says to somebody directly."""
    who = who or world.ana
    seen = await (await private(world, who)).messages(as_=who.handle, threads=True)
    return [message.words() for message in seen if message.raw.get("bot_id")]
