"""Whom a host might invite: out of what moved people, who agrees to it and is not left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import publishing
from bot.desk import Desk
from bot.stage.inviting import still_suggested, suggestions
from storage import interviews, reactions
from stories.consent import Purpose
from stories.story import Reaction
from tests.bot.stage.conftest import agrees, planned, rows
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

LONG_AGO = date(2026, 5, 4).isoformat()


async def told(
    desk: Desk, name: str, *, thoughts: int, sharing: str = "with_name", on: str = LONG_AGO
) -> int:
    """A told story of somebody new that made so many think; the customer's number."""
    form = replace(BAKER, name=name, company=f"{name} Ltd", title=f"Of {name}", sharing=sharing, talked_on=on)
    async with desk.begin() as session:
        story = await interviews.store(session, WORKSPACE, form, source_key=name, author_id="UANA", now=NOW)
        await publishing.publish(session, WORKSPACE, story, by="UANA", now=NOW)
        for number in range(thoughts):
            kind = Reaction.THOUGHT
            await reactions.react(session, WORKSPACE, story, f"U{number}", kind, channel_id=None, now=NOW)
    found = await rows(desk.database, f"SELECT id FROM customers WHERE name = '{name}'")
    return int(found[0][0])


async def test_those_who_moved_people_and_agree_unless_they_rest_or_come_already(desk: Desk) -> None:
    named = await told(desk, "Ada", thoughts=1)
    unnamed = await told(desk, "Bea", thoughts=2, sharing="without_name")
    rests = await told(desk, "Cleo", thoughts=4, on="2026-11-10")
    comes = await told(desk, "Dora", thoughts=3)
    await told(desk, "Edda", thoughts=3)
    await agrees(desk.database, named, Purpose.CONTACTED_AGAIN)
    await agrees(desk.database, unnamed, Purpose.CONTACTED_AGAIN)
    await agrees(desk.database, rests, Purpose.CONTACTED_AGAIN)
    await agrees(desk.database, comes, Purpose.CONTACTED_AGAIN, Purpose.ON_STAGE)
    await planned(desk.database, comes)
    async with desk.read() as session:
        found = await suggestions(session, WORKSPACE, "UHOST", NOW)
    assert [one.customer_id for one in found] == [None, named], (
        "most moved first; whose name is not told has none"
    )
    assert "Bea" not in str(found[0])
    async with desk.begin() as session:
        assert await still_suggested(session, WORKSPACE, "UHOST", named, NOW) == named
    await agrees(desk.database, named, Purpose.WITHOUT_NAME)
    async with desk.begin() as session:
        assert await still_suggested(session, WORKSPACE, "UHOST", named, NOW) is None, (
            "an open window would have filled their name into a form"
        )
