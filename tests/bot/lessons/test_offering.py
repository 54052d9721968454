"""A lesson is offered when it helps: once, late in a week that brought nothing else, to whoever wants it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.colleagues import Colleague
from bot.home_gathering import gather
from bot.home_values import Commands
from bot.lessons.notes import told_now
from bot.lessons.offering import offer_after_write_up
from bot.lessons.settings import OFFERS, without
from bot.messages.home import home_view
from storage import attention as unasked
from storage import lessons as store
from storage import people
from storage.attention import Unasked, Waiting
from storage.database import Database
from stories.attention_hours import person_hours
from stories.attention_kinds import LESSON
from stories.lessons.offering import Place, State, late_in_the_week
from stories.next_step import Do
from tests.conftest import NOW, WORKSPACE
from tests.storage.test_homes import publish, write

ANA, ZONE = "UANA", "Europe/London"
THURSDAY = NOW + timedelta(days=3)


async def offered(session: AsyncSession, now: datetime = NOW) -> bool:
    return await offer_after_write_up(session, WORKSPACE, ANA, zone=ZONE, now=now)


async def waiting(session: AsyncSession) -> Waiting:
    (one,) = [each for each in await unasked.waiting_for(session, WORKSPACE, ANA) if each.kind == LESSON]
    return one


async def decided(session: AsyncSession, now: datetime) -> list[str]:
    """The kinds of what has been planned for Ana once the gate has looked."""
    await attention.settle(session, WORKSPACE, ANA, person_hours(ZONE, now), now)
    return list((await session.execute(text("SELECT kind FROM deliveries ORDER BY id"))).scalars())


async def test_after_the_first_write_up_a_lesson_waits_for_thursday_and_says_why(database: Database) -> None:
    async with database.begin() as session:
        assert not await offered(session)
        await write(session, 1, by=ANA)
        assert await offered(session)
        one = await waiting(session)
        assert one.next_at == THURSDAY
        payload = await told_now(session, WORKSPACE, one, THURSDAY)
        assert payload is not None
        # Their write-up says nothing of why it matters, so that is the lesson that fits.
        assert one.about["lesson"] == "insight"
        assert "Saying why a talk matters" in payload["text"]
        assert "No more lessons" in str(payload["blocks"])
        assert await decided(session, THURSDAY) == [LESSON]


async def test_a_lesson_is_offered_once_and_the_next_one_not_before_two_weeks(database: Database) -> None:
    async with database.begin() as session:
        await write(session, 1, by=ANA)
        assert await offered(session)
        await write(session, 2, by=ANA)
        assert not await offered(session, NOW + timedelta(days=13))
        late = NOW + timedelta(days=15)
        assert not await offered(session, late)
        await store.keep(session, WORKSPACE, ANA, Place(lesson="x", screen=0, state=State.DONE), now=NOW)
        assert [key for key, _at in await store.offers(session, WORKSPACE, ANA)] == ["insight"]


async def test_in_a_week_that_brought_something_else_no_lesson_comes_on_top(database: Database) -> None:
    async with database.begin() as session:
        await write(session, 1, by=ANA)
        assert await offered(session)
        note = Unasked(
            place=ANA, kind="invitation", slot_key="invite", about={"by": "U2", "command": "/firsthand"}
        )
        await attention.offer(session, WORKSPACE, note, now=NOW, zone=ZONE)
        assert await decided(session, THURSDAY) == ["invitation"]
        # It found no room, so another write-up may bring it again.
        assert await offered(session, THURSDAY + timedelta(days=4))


@pytest.mark.parametrize("state", list(State))
async def test_nothing_comes_to_whoever_found_it_meanwhile_or_put_it_off(
    database: Database, state: State
) -> None:
    async with database.begin() as session:
        await write(session, 1, by=ANA)
        assert await offered(session)
        one = await waiting(session)
        await store.keep(session, WORKSPACE, ANA, Place(lesson="insight", screen=0, state=state), now=NOW)
        assert await told_now(session, WORKSPACE, one, THURSDAY) is None


async def test_no_more_lessons_is_remembered(database: Database) -> None:
    async with database.begin() as session:
        await write(session, 1, by=ANA)
        assert await offered(session)
        await people.meet(session, WORKSPACE, ANA, now=NOW)
        await people.choose(session, WORKSPACE, ANA, without({}, OFFERS))
        assert await told_now(session, WORKSPACE, await waiting(session), THURSDAY) is None
        await write(session, 2, by=ANA)
        assert not await offered(session, NOW + timedelta(days=30))


def test_late_in_the_week_is_thursday_morning_where_somebody_is() -> None:
    assert late_in_the_week("Asia/Tokyo", NOW) == datetime.fromisoformat("2026-11-19T09:00+09:00")
    friday = NOW + timedelta(days=4)
    assert late_in_the_week(ZONE, friday) == friday


async def test_app_home_has_the_lesson_as_the_next_step_until_it_is_put_off(database: Database) -> None:
    who = Colleague(user_id=ANA, name="", time_zone=ZONE, locale="en", admin=False, guest=False)
    async with database.begin() as session:
        await publish(session, await write(session, 1, by=ANA))
        home, _last = await gather(session, WORKSPACE, who, NOW)
        assert home.step.do is Do.LEARN
        said = str(home_view(home, Commands(interview="/i", stories="/s", channel="/f")))
        assert "From story to insight" in said
        begun = Place(lesson="quoting", screen=2, state=State.BEGUN)
        await store.keep(session, WORKSPACE, ANA, begun, now=NOW)
        home, _last = await gather(session, WORKSPACE, who, NOW)
        assert home.lesson is not None
        assert home.lesson.key == "quoting"
        for key in ("quoting", "insight", "asking-why"):
            place = Place(lesson=key, screen=0, state=State.NOT_NOW)
            await store.keep(session, WORKSPACE, ANA, place, now=NOW)
        home, _last = await gather(session, WORKSPACE, who, NOW)
        assert home.step.do is not Do.LEARN
