"""What people say about a story in a private channel, and that they did, stays there."""

from __future__ import annotations

import asyncio
import csv
import io

from bot import ids
from bot.audit_terminal import row_of
from bot.home_gathering import gather
from storage import audit
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE

SAID = "the margin on that account is thin as paper"


async def _talked_about(house: House) -> str:
    """Ben and Ana talk about a story in #closed, which Mika and Noor are not in; the channel's id."""
    story_id = await house.story()
    ben, closed = house.person("ben"), await house.channel_id("closed")
    await ben.invite_app("closed")
    await house.share(story_id, "closed")
    post = await house.world.channel("closed").wait_for("flour on the screen", as_="ben")
    await ben.say(SAID, channel="closed", thread=post)
    await ben.react(post, "tada")
    await ben.click(post, ids.STORY_THOUGHT)
    await house.world.until(lambda: _counted(house), "Ben's click is counted")
    return closed


async def _counted(house: House) -> bool:
    return await house.rows("SELECT count(*) FROM reactions") == [(1,)]


async def test_nothing_of_it_is_seen_anywhere_else(house: House) -> None:
    closed = await _talked_about(house)
    ben = house.person("ben").id
    ((story_id,),) = await house.rows("SELECT id FROM stories")
    await house.share(story_id, "pilot", by="ana")
    pilot = await house.world.channel("pilot").wait_for("flour on the screen")
    seen = {"another channel": str(pilot.blocks)}
    for name in ("noor", "ana"):
        person = house.person(name)
        for command in ("mine", "random", "team", "help"):
            await person.command(f"/stories {command}", channel="pilot")
            seen[f"/stories {command} of {name}"] = str((await person.ephemerals("pilot"))[-1].blocks)
    seen["a Home"] = await _home(house, "noor")
    seen["its author's Home"] = await _home(house, "ana")
    seen["the audit log as a file"] = await _audited(house)
    for secret in (SAID, closed, "tada"):
        found = [place for place, shown in seen.items() if secret in shown]
        assert found == [], f"{secret} stands in {found}"
    by_name = [place for place, shown in seen.items() if ben in shown and "audit" not in place]
    assert by_name == [], "who clicked is nobody's to know"
    kept = [await house.rows(f"SELECT * FROM {table}") for table in ("reactions", "receipts", "audit")]
    assert SAID not in str(kept), "what people write under a story is not kept at all"


async def _home(house: House, name: str) -> str:
    client = await house.desk.connections.client(WORKSPACE)
    colleague = await house.desk.colleagues.get(client, WORKSPACE, house.person(name).id)
    async with house.desk.read() as session:
        home, _last = await gather(session, WORKSPACE, colleague, house.desk.now())
    return str(home)


async def _audited(house: House) -> str:
    async with house.desk.read() as session:
        entries = await audit.after(session, WORKSPACE, 0)
    file = io.StringIO()
    await asyncio.to_thread(csv.writer(file).writerows, [row_of(entry) for _id, entry in entries])
    return file.getvalue()
