"""Thanks that reach authors: when it is worth it, twice at the most, of what was done in the open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import attention, publishing
from bot.desk import Desk
from bot.messages.momentum import First, first_times
from bot.momentum.rounds import look
from bot.preferences import Private, chosen
from storage import deliveries, people, reactions, tellings
from storage.deliveries import Post
from stories.attention import FIRST_TIME, REACHED
from stories.attention_hours import person_hours
from stories.momentum.worth import Reach, is_worth
from stories.story import Reaction
from tests.blockkit import assert_valid
from tests.bot.objective.conftest import changed, told
from tests.bot.rota.asking import rows
from tests.conftest import NOW, WORKSPACE, SetClock

WEEK = timedelta(days=7, minutes=1)


async def thought(desk: Desk, story: int, *people_: str) -> None:
    async with desk.begin() as session:
        for person in people_:
            await reactions.react(
                session, WORKSPACE, story, person, Reaction.THOUGHT, channel_id="C1", now=desk.now()
            )


async def heard_in(desk: Desk, story: int, *channels: str) -> None:
    async with desk.begin() as session:
        for channel in channels:
            post = Post(channel_id=channel, kind="share", slot_key=f"share:{story}", payload={"text": "x"})
            number = await deliveries.plan(session, WORKSPACE, post, now=desk.now())
            assert number is not None
            await tellings.record(session, WORKSPACE, number, channel, [(story, 0, False)], desk.now())


async def notes(desk: Desk, kind: str) -> list[str]:
    """What was put into words of this kind so far; people's time zone is London's."""
    async with desk.database.begin() as session:
        await attention.settle(
            session, WORKSPACE, "UANA", person_hours("Europe/London", desk.now()), desk.now()
        )
    found = await rows(desk.database, f"SELECT payload FROM deliveries WHERE kind = '{kind}' ORDER BY id")
    return [str(one) for (one,) in found]


async def test_an_author_hears_how_far_a_story_went_once_and_once_more(desk: Desk, clock: SetClock) -> None:
    story = await told(desk, "UANA")
    await heard_in(desk, story, "C1", "C2")
    await thought(desk, story, "UBEN", "UMIKA", "UNOOR", "UANA")
    await changed(desk, story, "UBEN", "The VAT number is asked for first, as Marta wanted.")
    await look(desk, WORKSPACE)
    assert await notes(desk, REACHED) == [], "not before a week is over"
    clock.advance(WEEK)
    assert await look(desk, WORKSPACE) == 1
    (said,) = await notes(desk, REACHED)
    for words in ("told in 2 channels", "3 people thought about it", "<@UBEN> changed something"):
        assert words in said
    assert "as the baker from Leeds wanted" in said, "a customer who is told without a name has none here"
    clock.advance(WEEK)
    assert await look(desk, WORKSPACE) == 0
    await thought(desk, story, *(f"U{number}" for number in range(5)))
    clock.advance(4 * WEEK)
    assert await look(desk, WORKSPACE) == 1
    assert "8 people" in (await notes(desk, REACHED))[1]
    await thought(desk, story, *(f"UX{number}" for number in range(50)))
    clock.advance(4 * WEEK)
    assert await look(desk, WORKSPACE) == 0, "twice is enough"
    async with desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story, by="UANA", now=desk.now())
    assert "ovens" not in str(await notes(desk, REACHED))
    assert "Invoices" not in str(
        await rows(
            desk.database, "SELECT payload FROM deliveries WHERE kind = 'reached' AND state != 'cancelled'"
        )
    )


async def test_one_story_a_week_and_nothing_of_what_was_before_the_first_look(
    desk: Desk, clock: SetClock
) -> None:
    old = await told(desk, "UANA", title="Old", key="draft:o")
    await thought(desk, old, "UBEN", "UMIKA", "UNOOR")
    clock.advance(3 * WEEK)
    assert await look(desk, WORKSPACE) == 0, "told before anybody looked"
    stories = [await told(desk, "UANA", title=f"S{n}", key=f"draft:{n}") for n in range(2)]
    for number, story in enumerate(stories):
        await thought(desk, story, *(f"U{one}" for one in range(4 + number)))
    for weeks, offered in ((1, 1), (0, 0), (1, 1), (1, 0)):
        clock.advance(weeks * WEEK + timedelta(days=1))
        assert await look(desk, WORKSPACE) == offered
    slots = await rows(desk.database, "SELECT slot_key FROM unasked WHERE kind = 'reached' ORDER BY id")
    assert slots == [(f"reached:{story}:1",) for story in reversed(stories)], (
        "the one that went farther first"
    )


async def test_first_times_are_said_once_together_and_turned_off_with_thanks(
    desk: Desk, clock: SetClock
) -> None:
    story = await told(desk, "UANA")
    await changed(desk, story, "UANA", "We ring before noon.")
    assert await look(desk, WORKSPACE) == 3
    (said,) = await notes(desk, FIRST_TIME)
    for words in ("Your first conversation", "Your first story is told", "you did it"):
        assert words in said
    clock.advance(timedelta(days=1))
    assert await look(desk, WORKSPACE) == 0 or len(await notes(desk, FIRST_TIME)) == 1
    async with desk.begin() as session:
        await people.meet(session, WORKSPACE, "UBEN", now=desk.now())
        await people.choose(
            session, WORKSPACE, "UBEN", chosen({}, [k for k in Private if k != Private.THANKS])
        )
    await told(desk, "UBEN", title="Another", key="draft:2")
    clock.advance(timedelta(days=1))
    await look(desk, WORKSPACE)
    async with desk.database.begin() as session:
        await attention.settle(session, WORKSPACE, "UBEN", person_hours("UTC", desk.now()), desk.now())
    assert len(await rows(desk.database, "SELECT id FROM deliveries WHERE kind = 'first_time'")) == 1
    assert_valid(first_times(list(First)), "message")


async def test_it_waits_for_working_hours_however_early_it_is_decided(desk: Desk, clock: SetClock) -> None:
    await told(desk, "UANA")
    clock.moment = NOW.replace(day=21, hour=12)
    assert clock.moment.weekday() == 5
    assert person_hours("Europe/London", clock.moment).opens == clock.moment, "others may come on a Saturday"
    clock.moment = NOW.replace(hour=8, minute=10)
    await look(desk, WORKSPACE)
    assert await notes(desk, FIRST_TIME) == []
    clock.moment = NOW.replace(hour=9, minute=10)
    assert len(await notes(desk, FIRST_TIME)) == 1


@pytest.mark.parametrize(
    ("now", "before", "days", "worth"),
    [
        (Reach(people=3, changes=0), None, 7, True),
        (Reach(people=2, changes=0), None, 7, False),
        (Reach(people=0, changes=1), None, 7, True),
        (Reach(people=9, changes=9), None, 6, False),
        (Reach(people=9, changes=9), None, 181, False),
        (Reach(people=6, changes=0), Reach(people=3, changes=0), 28, True),
        (Reach(people=5, changes=0), Reach(people=3, changes=0), 28, False),
        (Reach(people=3, changes=1), Reach(people=3, changes=0), 27, False),
        (Reach(people=3, changes=1), Reach(people=3, changes=0), 28, True),
        (Reach(people=0, changes=1), Reach(people=0, changes=1), 99, False),
    ],
)
def test_when_it_is_worth_saying(now: Reach, before: Reach | None, days: int, worth: bool) -> None:
    assert is_worth(now, before, age=timedelta(days=days)) is worth
