"""Eight weeks of a project: silence while on course, one word after the swerve, and what comes of it."""

from __future__ import annotations

import pytest

pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from bot import ids
from bot.attention_rounds import decide_for
from bot.avatars.sayings import sayings
from playground.persons import Person
from playground.seen import SeenMessage
from storage import listening, project_changes, projects
from stories.drift.remembered import from_numbers
from tests.bot.avatars.conftest import QUOTABLE, House, edited
from tests.bot.avatars.listening import ON_COURSE, SWERVE, Weeks, begun
from tests.conftest import WORKSPACE, file_of

QUOTE = QUOTABLE.quotes[0]
WHY = "The museum pays for the next half year, so we build their guide first."


async def test_eight_weeks_of_a_project(house: House) -> None:
    story = await house.story(QUOTABLE)
    async with house.desk.read() as session:
        (quoted,) = await sayings(session, WORKSPACE, house.desk.now(), "C0")
    ana, pilot = house.person("ana"), await house.channel_id("pilot")
    project = await begun(house.desk, pilot, ana.id, [quoted.ref])
    weeks = Weeks(house.desk, house.clock, pilot)

    on_course = [await weeks.day(ON_COURSE) for _ in range(25)]
    assert not any(on_course), "five weeks on course: silence"
    assert await house.rows("SELECT * FROM avatar_lines WHERE kind = 'speak_up'") == []

    days = 1
    while not await weeks.day(SWERVE):
        days += 1
    assert 2 <= days <= 10, "within two weeks, and not on the first day"
    assert await decide_for(house.desk, WORKSPACE, ana.id) == 1
    house.desk.wake_outbox()
    private = await house.world.channel(await ana.dm()).wait_for("moved away", as_="ana")
    assert QUOTE in private.words()
    assert not any(word in private.words() for word in ("headphone", "curator", "exhibit")), (
        "no word of the talk"
    )
    assert not any([await weeks.day(SWERVE) for _ in range(10 - days)]), "once"
    public = await house.world.channel("pilot").messages()
    assert not any("moved away" in message.words() for message in public), "the owner hears it first"

    await on_purpose(house, ana, private, project.id)
    assert not any([await weeks.day(SWERVE) for _ in range(5)]), "the new course is the course"
    nothing_of(house, (*ON_COURSE.talk, *SWERVE.talk))

    pilot_room = house.world.channel("pilot")
    await pilot_room.wait_for("Visitors of the museum cannot hear", as_="noor")
    noor = house.person("noor")
    await noor.say("@firsthand what would Maya say about invoices at four in the morning?", channel="pilot")
    assert QUOTE in (await pilot_room.wait_for("comes nearest")).words()
    back = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))
    await edited(house.desk.database, story, back, now=house.desk.now() + timedelta(minutes=1))
    house.clock.advance(timedelta(minutes=2))
    async with seconds_passing(house):
        await house.world.channel(await ana.dm()).wait_until_gone(QUOTE, as_="ana")
        await pilot_room.wait_until_gone(QUOTE)
        await pilot_room.wait_until_gone("comes nearest")
    assert "Visitors of the museum" in (await pilot_room.wait_for("Why we do this:")).words(), "the why stays"


@asynccontextmanager
async def seconds_passing(house: House) -> AsyncIterator[None]:
    """The bot's clock goes on: what it puts off for a moment, to keep Slack's pace, has its moment."""

    async def go_on() -> None:
        while True:
            house.clock.advance(timedelta(seconds=1))
            house.desk.wake_outbox()
            await asyncio.sleep(0.05)

    going = asyncio.create_task(go_on())
    try:
        yield
    finally:
        going.cancel()


async def on_purpose(house: House, ana: Person, private: SeenMessage, project_id: int) -> None:
    """The owner says that the new course is meant: the why follows, and what is usual is learnt anew."""
    await ana.click(private, ids.SWERVE_ON_PURPOSE)
    modal = await ana.modal("On purpose")
    await modal.submit({"why": WHY, "reason": "Visitors of the museum cannot hear the guide."})
    answered = await house.world.channel(await ana.dm()).wait_for("I’m learning the new course", as_="ana")
    assert ids.SWERVE_WRONG not in answered.actions()
    async with house.desk.read() as session:
        changes = await project_changes.changes(session, WORKSPACE, project_id)
        changed = await projects.get(session, WORKSPACE, project_id)
        kept = (await listening.look(session, WORKSPACE, [project_id]))[project_id]
    assert {"swerve_on_purpose", "reason_added"} <= {change.what for change in changes}
    assert WHY in {change.why for change in changes}
    assert changed is not None
    assert len(changed.reasons) == len(ON_COURSE.reasons) + 1
    assert kept.kick_off is None
    assert not from_numbers(kept.state).listening.watch.calibrated


def nothing_of(house: House, talk: tuple[str, ...]) -> None:
    """No message that was overheard stands anywhere in the database's files."""
    file = file_of(house.desk.database)
    held = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    assert QUOTE.encode() in held, "what is looked through is the database"
    for message in talk:
        assert message.encode() not in held
        assert message[8:40].encode() not in held
