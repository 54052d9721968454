"""What App Home and reminders ask for, on both databases, within one workspace, through indexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import (
    follow_ups,
    homes,
    homes_due,
    interviews,
    people,
    reactions,
    reminders,
    stories,
    workspaces,
)
from storage.database import Database
from stories.forms import Form
from stories.story import Reaction
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER

DAY = date(2026, 11, 16)
TALK = Form(
    name="Marta",
    alias="the baker",
    talked_on="2026-11-12",
    how="call",
    trying_to="Get her invoices out.",
    happened="She printed every order.",
    quotes=("Paper is quicker.",),
    sharing="without_name",
)


async def write(session: AsyncSession, number: int, *, by: str = "U1", workspace: str = WORKSPACE) -> int:
    """A stored story."""
    form = replace(TALK, title=f"Story {number}")
    key = f"{by}:{number}"
    return await interviews.store(session, workspace, form, source_key=key, author_id=by, now=NOW)


async def publish(session: AsyncSession, story_id: int, *, after: int = 0) -> None:
    story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    await stories.publish(session, WORKSPACE, story, now=NOW + timedelta(minutes=after))


async def take_on(session: AsyncSession, story_id: int, owner: str, due_on: date | None) -> int:
    story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    return await follow_ups.take_on(
        session,
        WORKSPACE,
        story.interview.id,
        kind=follow_ups.ACT,
        owner_id=owner,
        what="Call her back",
        due_on=due_on,
        now=NOW,
    )


async def test_a_persons_newest_stories_are_found_and_counted(either: Database) -> None:
    async with either.begin() as session:
        own = [await write(session, number) for number in range(7)]
        await write(session, 1, by="U2")
        await write(session, 1, workspace=OTHER)
        assert await homes.own_stories(session, WORKSPACE, "U1", most=5) == (tuple(own[:1:-1]), 7)
        assert (await homes.own_stories(session, WORKSPACE, "U2", most=5))[1] == 1
        assert await homes.own_stories(session, WORKSPACE, "U9", most=5) == ((), 0)


async def test_the_stories_published_last_come_first(either: Database) -> None:
    async with either.begin() as session:
        ids = [await write(session, number) for number in range(4)]
        for minute, story_id in enumerate((ids[2], ids[0], ids[3])):
            await publish(session, story_id, after=minute)
        assert await homes.latest_published(session, WORKSPACE, most=2) == (ids[3], ids[0])
        assert await homes.latest_published(session, OTHER, most=2) == ()


async def test_what_came_of_stories_is_told_for_each(either: Database) -> None:
    async with either.begin() as session:
        first, second = await write(session, 1), await write(session, 2)
        done = await take_on(session, first, "U2", DAY)
        await take_on(session, first, "U3", None)
        assert await follow_ups.finish(session, WORKSPACE, done, owner_id="U2", now=NOW)
        came = await homes.taken_on(session, WORKSPACE, [first, second])
        assert came == {first: (("U2", "Call her back", True), ("U3", "Call her back", False))}
        await reactions.react(session, WORKSPACE, second, "U5", Reaction.THOUGHT, channel_id=None, now=NOW)
        assert await homes.answered(session, WORKSPACE, "U5", [first, second]) == {second}


async def test_the_installer_is_known_with_what_they_chose(either: Database) -> None:
    async with either.begin() as session:
        assert await homes.person(session, WORKSPACE, "U1") == ({}, None, False)
        await people.meet(session, WORKSPACE, "U1", now=NOW)
        await people.choose(session, WORKSPACE, "U1", {"off": ["thanks"]})
        await workspaces.name_installer(session, WORKSPACE, "U1")
        await people.meet(session, WORKSPACE, "U2", now=NOW)
        assert await homes_due.remember(session, WORKSPACE, "U2", "seen") is None
        assert await homes.person(session, WORKSPACE, "U1") == ({"off": ["thanks"]}, None, True)
        assert await homes.others_at_home(session, WORKSPACE, "U1", most=2) == 1
        assert await homes.others_at_home(session, WORKSPACE, "U2", most=2) == 0


async def test_a_follow_up_is_timed_once_and_remembered_once(either: Database) -> None:
    near = (DAY - timedelta(days=1), DAY + timedelta(days=1))
    async with either.begin() as session:
        story_id = await write(session, 1)
        task = await take_on(session, story_id, "U2", DAY)
        for other in (None, DAY + timedelta(days=2), DAY - timedelta(days=2)):
            await take_on(session, story_id, "U2", other)
        assert [one.id for one in await reminders.untimed(session, WORKSPACE, *near)] == [task]
        assert await reminders.untimed(session, OTHER, *near) == ()
        await reminders.set_time(session, WORKSPACE, task, NOW)
        assert await reminders.untimed(session, WORKSPACE, *near) == ()
        assert await reminders.due(session, WORKSPACE, NOW - timedelta(seconds=1)) == ()
        assert [one.id for one in await reminders.due(session, WORKSPACE, NOW)] == [task]
        await reminders.is_over(session, WORKSPACE, task, now=NOW)
        assert await reminders.due(session, WORKSPACE, NOW) == ()


async def test_a_promise_whose_day_moves_is_remembered_on_the_new_day(either: Database) -> None:
    promised = replace(TALK, promise="Send the list", promise_by=DAY.isoformat())
    later = DAY + timedelta(days=7)
    async with either.begin() as session:
        story_id = await interviews.store(
            session, WORKSPACE, promised, source_key="p", author_id="U1", now=NOW
        )
        [task] = await reminders.untimed(session, WORKSPACE, DAY, DAY)
        await reminders.set_time(session, WORKSPACE, task.id, NOW)
        await reminders.is_over(session, WORKSPACE, task.id, now=NOW)
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        moved = replace(promised, promise_by=later.isoformat())
        await interviews.change(session, WORKSPACE, story.interview.id, moved, by="U1", now=NOW)
        assert [one.id for one in await reminders.untimed(session, WORKSPACE, later, later)] == [task.id]
