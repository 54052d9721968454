"""A list of accounts dropped on the bot: asked about where it is open, taken in once."""

from __future__ import annotations

from bot import ids
from playground.client import SeenMessage
from storage import accounts
from tests.bot.dropping.conftest import drop, private, slack, world
from tests.bot.interview.conftest import World

__all__ = ["slack", "world"]

LIST = b"""Account,Owner,ARR,Renewal date
Ortega Bakery GmbH,U012AB3CD,12000,03/04/2027
Smith <!channel> Ltd,Ben Smith,1,03/05/2027
"""


async def test_what_is_open_is_asked_and_the_rest_taken_in(world: World) -> None:
    message = await drop(world, LIST, "crm.csv", expect="looks like a list of accounts")
    assert "Which comes first?" in message.words()
    await world.ana.click(message, f"{ids.ACCOUNTS_UPLOAD_TAKE}:mdy")
    message = await settled(world, message.ts, "No currency stands beside")
    await world.ana.click(message, f"{ids.ACCOUNTS_UPLOAD_TAKE}:EUR")
    told = (await settled(world, message.ts, "is in:")).words()
    assert "1 new account" in told
    assert "Ben Smith" in told
    async with world.desk.read() as session:
        (kept,) = await accounts.listed(session, world.team)
    assert (str(kept.worth), str(kept.renewal_on)) == ("12000.00 EUR", "2027-03-04")


async def settled(world: World, ts: str, words: str) -> SeenMessage:
    """The message about the list once it holds these words."""
    room = await private(world)

    async def holds() -> SeenMessage | None:
        seen = await room.messages(as_="ana", threads=True)
        told = next(one for one in seen if one.ts == ts)
        return told if words in told.words() else None

    return await world.slack.until(holds, f"a message with {words!r}")
