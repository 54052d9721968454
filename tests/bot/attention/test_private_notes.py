"""Private notes within the budget: gathered, put off over nights, and asked anew when they go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot import ids, notices
from bot.attention_rounds import decide_waiting
from bot.looping import Stumbled
from bot.preferences import Private, chosen
from storage import attention as store
from storage import channels, people
from storage.attention import Unasked
from storage.tables_stories import ReactionRow
from stories.attention import Reason
from stories.channels import ChannelState, StopReason
from tests.bot.digest.conftest import listens
from tests.bot.stories.conftest import House, house
from tests.conftest import WORKSPACE

__all__ = ["house"]

NIGHT = datetime(2026, 11, 16, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def every_kind_has_words() -> None:
    """The real words this time."""


async def thanked_at(house: House, moment: datetime, *, by: str = "ben", story: int) -> None:
    house.clock.moment = moment
    message = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.person(by).click(message, ids.STORY_THANKS)
    author = house.person("ana").id

    async def counted() -> bool:
        number = await house.rows(
            f"SELECT count(*) FROM reactions WHERE story_id = {story} AND kind = 'thanks'"
        )
        return bool(number[0][0])

    await house.world.until(counted, f"thanks for {author}")


async def notes(house: House) -> list[tuple[Any, ...]]:
    return await house.rows("SELECT state, reason FROM unasked ORDER BY id")


async def test_thanks_at_night_come_in_the_morning_over_a_restart(house: House) -> None:
    story = await house.story()
    await house.share(story)
    await thanked_at(house, NIGHT, story=story)
    await house.world.until(lambda: _is(house, [("waiting", Reason.QUIET)]), "a note that waits")
    house.clock.moment = NIGHT + timedelta(hours=6)
    assert await decide_waiting(house.desk, WORKSPACE) == 0
    house.clock.moment = NIGHT + timedelta(hours=10)
    assert await decide_waiting(house.desk, WORKSPACE) == 1
    direct = house.world.channel(await house.person("ana").dm())
    note = await direct.wait_for("Somebody thanked you for telling", as_="ana")
    assert "Invoices at four" in note.words()


async def test_who_turned_such_notes_off_meanwhile_gets_none(house: House) -> None:
    story = await house.story()
    await house.share(story)
    await thanked_at(house, NIGHT, story=story)
    await house.world.until(lambda: _is(house, [("waiting", Reason.QUIET)]), "a note that waits")
    async with house.desk.begin() as session:
        ana = house.person("ana").id
        await people.meet(session, WORKSPACE, ana, now=NIGHT)
        await people.choose(session, WORKSPACE, ana, chosen({}, [Private.REMINDERS]))
    house.clock.moment = NIGHT + timedelta(hours=10)
    assert await decide_waiting(house.desk, WORKSPACE) == 0
    assert await notes(house) == [("lapsed", Reason.NOTHING_TO_TELL)]


async def test_thanks_of_several_days_become_one_note(house: House) -> None:
    story, ana = await house.story(), house.person("ana").id
    async with house.desk.begin() as session:
        for days in range(3):
            day = NIGHT + timedelta(days=days)
            slot = f"thanks:{day.date()}:Europe/Lisbon"
            await notices.offer(session, WORKSPACE, ana, "thanks", slot, about={story}, now=day)
            await session.execute(_reaction(story, f"U{days}", day))
    house.clock.moment = NIGHT + timedelta(days=3)
    assert await decide_waiting(house.desk, WORKSPACE) == 0
    house.clock.moment += timedelta(hours=12)
    assert await decide_waiting(house.desk, WORKSPACE) == 1
    assert [state for state, _reason in await notes(house)] == ["planned", "merged", "merged"]
    direct = house.world.channel(await house.person("ana").dm())
    await direct.wait_for("3 people thanked you for telling", as_="ana")


async def test_a_note_that_nobody_can_put_into_words_holds_up_nobody_elses(house: House) -> None:
    story, ana, ben = await house.story(), house.person("ana").id, house.person("ben").id
    async with house.desk.begin() as session:
        for place, slot, at in (
            (ben, "thanks:some-day:UTC", NIGHT),
            (ana, f"thanks:{NIGHT.date()}:UTC", NIGHT),
        ):
            await notices.offer(session, WORKSPACE, place, "thanks", slot, about={story}, now=at)
        await session.execute(_reaction(story, "U1", NIGHT))
    house.clock.moment = NIGHT + timedelta(days=1, hours=-8)
    with pytest.raises(Stumbled):
        await decide_waiting(house.desk, WORKSPACE)
    assert sorted(state for state, _reason in await notes(house)) == ["planned", "waiting"]
    assert await decide_waiting(house.desk, WORKSPACE) == 0, "it is left alone for a while"


async def test_what_waits_for_a_channel_stays_out_where_guests_read_along(house: House) -> None:
    await listens(house, "lobby")
    place = await house.channel_id("lobby")
    about = {"channel": place, "because": "left", "command": "/x"}
    async with house.desk.begin() as session:
        what = Unasked(place=place, kind="episode", slot_key="e", about=about)
        await store.add(
            session, WORKSPACE, what, now=house.desk.now(), fresh_until=house.desk.now() + timedelta(days=7)
        )
    assert await decide_waiting(house.desk, WORKSPACE) == 0
    assert await notes(house) == [("lapsed", Reason.OFF)]
    async with house.desk.read() as session:
        kept = await channels.get(session, WORKSPACE, place)
    assert kept is not None
    assert (kept.state, kept.stopped_because) == (ChannelState.WAITING, StopReason.GUESTS)


async def _is(house: House, wanted: list[tuple[Any, ...]]) -> bool:
    return await notes(house) == wanted


def _reaction(story: int, who: str, at: datetime) -> Any:
    return insert(ReactionRow).values(
        workspace_id=WORKSPACE, story_id=story, user_id=who, kind="thanks", channel_id=None, at=at
    )
