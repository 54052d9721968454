"""Homes on which a story stands follow what becomes of it, without being opened."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot import home_gathering, publishing
from bot.desk import HOMES_AT_ONCE
from bot.home import publish, refresh
from bot.home_following import catch_up, following
from storage import homes_due, interviews, people, stories
from storage.database import Database
from tests.bot.home.test_home import home_of
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import any_url, either

__all__ = ["any_url", "either"]


async def withdraw(house: House, story_id: int) -> None:
    async with house.desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story_id, by="UANA", now=house.desk.now())


async def behind(house: House) -> list[str]:
    return [user for (user,) in await house.rows("SELECT user_id FROM due_homes WHERE changes > followed")]


async def test_a_story_taken_back_leaves_the_homes_it_stands_on_and_no_other_is_touched(house: House) -> None:
    await home_of(house, "mika", "What this is")
    story_id = await house.story()
    await home_of(house, "ben", BAKER.title)
    await withdraw(house, story_id)
    assert await behind(house) == [house.person("ben").id]
    async with following(house.desk):
        assert BAKER.title not in (await house.person("ben").home("Nothing is published yet")).words()

        async def done() -> bool:
            return await behind(house) == []

        await house.world.until(done, "the Home to be known as up to date")
    assert await house.world.calls("views.publish") == 3
    assert await house.rows("SELECT count(*) FROM home_stories") == [(0,)]


async def test_a_home_waits_as_long_as_slack_asks(house: House) -> None:
    story_id = await house.story()
    await home_of(house, "ben", BAKER.title)
    await withdraw(house, story_id)
    await house.world.faults.add("views.publish", "status", status=429, seconds=40)
    assert await catch_up(house.desk, WORKSPACE) == 40.0
    assert await behind(house) == [house.person("ben").id]
    assert await catch_up(house.desk, WORKSPACE) == 0.0
    assert await behind(house) == []


@pytest.mark.parametrize("error", ["user_not_found", "not_enabled"])
async def test_a_home_that_slack_never_takes_keeps_nobody_elses_from_following(
    house: House, error: str
) -> None:
    story_id = await house.story()
    await home_of(house, "ben", BAKER.title)
    await home_of(house, "mika", BAKER.title)
    await withdraw(house, story_id)
    await house.world.faults.add("views.publish", "refuse", error=error)
    assert await catch_up(house.desk, WORKSPACE) == 0.0
    assert await behind(house) == []
    homes = [(await house.person(name).home()).words() for name in ("ben", "mika")]
    assert sum(BAKER.title in words for words in homes) == 1


async def test_a_story_taken_back_while_a_home_is_being_made_does_not_get_onto_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_id = await house.story()
    gather = home_gathering.gather
    taken_back: list[int] = []

    async def gather_and_be_overtaken(*asked: object) -> object:
        found = await gather(*asked)  # type: ignore[arg-type]  # handed on as it came
        if not taken_back:
            taken_back.append(story_id)
            await withdraw(house, story_id)
        return found

    monkeypatch.setattr("bot.home.gather", gather_and_be_overtaken)
    ben = house.person("ben")
    client = await house.desk.connections.client(WORKSPACE)
    await publish(house.desk, client, WORKSPACE, ben.id, shown=None)
    assert BAKER.title not in (await ben.home()).words()


async def test_of_two_homes_put_there_at_once_the_older_one_does_not_stay(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_id = await house.story()
    await home_of(house, "ben", BAKER.title)
    ben = house.person("ben")
    client = await house.desk.connections.client(WORKSPACE)
    views_publish = client.views_publish
    overtaken: list[int] = []

    async def publish_later(**asked: Any) -> Any:
        if not overtaken:
            overtaken.append(story_id)
            await withdraw(house, story_id)
            await catch_up(house.desk, WORKSPACE)
        return await views_publish(**asked)

    monkeypatch.setattr(client, "views_publish", publish_later)
    await publish(house.desk, client, WORKSPACE, ben.id, shown=None)
    assert BAKER.title in (await ben.home()).words()
    await catch_up(house.desk, WORKSPACE)
    assert BAKER.title not in (await ben.home()).words()


async def test_a_change_that_comes_while_a_home_follows_is_followed_too(either: Database) -> None:
    async with either.begin() as session:
        story = await interviews.store(session, WORKSPACE, BAKER, source_key="s", author_id="U1", now=NOW)
        await people.meet(session, WORKSPACE, "U2", now=NOW)
        await homes_due.note(session, WORKSPACE, "U2", [story])
        await homes_due.note(session, WORKSPACE, "U2", [story])
        await homes_due.mark(session, WORKSPACE, story)
        (seen,) = await homes_due.waiting(session, WORKSPACE, most=10)
        await homes_due.mark(session, WORKSPACE, story)
        await homes_due.caught_up(session, seen)
        (still,) = await homes_due.waiting(session, WORKSPACE, most=10)
        await homes_due.put_there(session, still)
        await homes_due.caught_up(session, still)
        assert await homes_due.waiting(session, WORKSPACE, most=10) == ()


async def test_a_customers_new_alias_reaches_homes(house: House) -> None:
    story_id = await house.story()
    await home_of(house, "ben", "baker from Leeds")
    async with house.desk.begin() as session:
        told = await stories.get(session, WORKSPACE, story_id)
        assert told is not None
        customer = told.interview.customer.id
        await publishing.follow_customer(session, WORKSPACE, customer, but=0, now=house.desk.now())
    assert await behind(house) == [house.person("ben").id]


async def test_of_two_first_looks_at_once_none_leaves_a_story_that_nobody_follows(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_id = await house.story()
    ben = house.person("ben")
    client = await house.desk.connections.client(WORKSPACE)
    views_publish = client.views_publish
    overtaken: list[int] = []

    async def publish_later(**asked: Any) -> Any:
        if not overtaken:
            overtaken.append(story_id)
            async with house.desk.begin() as session:
                # The other look showed another story, and had this one forgotten.
                await homes_due.forget(session, WORKSPACE, ben.id, [story_id])
        return await views_publish(**asked)

    monkeypatch.setattr(client, "views_publish", publish_later)
    await publish(house.desk, client, WORKSPACE, ben.id, shown=None)
    assert BAKER.title in (await ben.home()).words()
    assert await behind(house) != []
    await catch_up(house.desk, WORKSPACE)
    await withdraw(house, story_id)
    await catch_up(house.desk, WORKSPACE)
    assert BAKER.title not in (await ben.home()).words()


async def test_what_changes_during_somebodys_first_look_is_on_their_home(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = house.person("ben")
    client = await house.desk.connections.client(WORKSPACE)
    async with house.desk.begin() as session:
        await people.meet(session, WORKSPACE, ben.id, now=house.desk.now())
    views_publish = client.views_publish
    changed: list[int] = []

    async def publish_later(**asked: Any) -> Any:
        if not changed:
            changed.append(await house.story(by="ben"))
            await refresh(house.desk, client, WORKSPACE, ben.id)
        return await views_publish(**asked)

    monkeypatch.setattr(client, "views_publish", publish_later)
    await publish(house.desk, client, WORKSPACE, ben.id, shown=None)
    assert not house.desk.homes_unopened
    await catch_up(house.desk, WORKSPACE)
    assert "Your stories" in (await ben.home()).words()


async def test_a_home_that_slack_cannot_take_just_now_comes_after_the_pause(house: House) -> None:
    await house.world.faults.add("views.publish", "status", status=429, seconds=1, times=0)
    ben = house.person("ben")
    await ben.open_home()

    async def noted() -> bool:
        return await behind(house) == [ben.id]

    await house.world.until(noted, "the Home to be put off")
    assert await catch_up(house.desk, WORKSPACE) == 1.0
    await house.world.faults.clear()
    await catch_up(house.desk, WORKSPACE)
    assert "What this is" in (await ben.home("What this is")).words()


async def test_when_everybody_looks_at_once_a_few_homes_are_read_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather = home_gathering.gather
    reading, most = 0, 0

    async def gather_and_count(*asked: object) -> object:
        nonlocal reading, most
        reading += 1
        most = max(most, reading)
        found = await gather(*asked)  # type: ignore[arg-type]  # handed on as it came
        reading -= 1
        return found

    monkeypatch.setattr("bot.home.gather", gather_and_count)
    client = await house.desk.connections.client(WORKSPACE)
    people = [house.person(name).id for name in ("ana", "ben", "mika", "noor")] * 2
    await asyncio.gather(*(publish(house.desk, client, WORKSPACE, one, shown=None) for one in people))
    assert most == HOMES_AT_ONCE
