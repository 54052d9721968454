"""The daily look: whose story went far, who did something for the first time, which letters are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, notices
from bot.batches import together
from bot.desk import Desk
from bot.messages.momentum import First
from bot.momentum import firsts, letters, reached
from bot.priorities.rounds import next_time
from storage import letters as stored_letters
from storage import momentum, nps_settings
from storage.attention import Unasked
from stories.attention import FIRST_TIME, LETTER, PART_LETTER, REACHED
from stories.momentum.worth import FIRST_AFTER, MOST_TIMES, OLDEST, is_worth

NEW: timedelta = timedelta(days=3)
"""For how long a first time is one: what was before the bot looked for the first time is none."""

OLD_AT_FIRST = timedelta(days=14)
"""What was told longer before the very first look is left alone."""

BETWEEN = timedelta(days=7)
"""For so long an author who heard of one story hears of no other."""

_Thanks = tuple[momentum.Reached, int, bool]
"""How far a story went, the how-manieth time that is, and whether it is passed over."""

LETTER_DAYS = 7
"""In the first days of a month the letter of the month before is offered."""


async def look(desk: Desk, workspace_id: str) -> int:
    """Look when that is due; returns how many notes were offered. To be called at every tick."""
    now = desk.now()
    async with desk.read() as session:
        due = await momentum.next_look(session, workspace_id)
        if due is not None and due > now:
            return 0
        zone = ZoneInfo((await nps_settings.get(session, workspace_id)).time_zone)
        # Counting takes a while: nobody who writes waits for it.
        far = await _gone_far(session, workspace_id, now)
        old = [one for one, _times in far if due is None and now - one.since > OLD_AT_FIRST]
        far = _one_each([(one, times) for one, times in far if one not in old])
        new = await _first_times(session, workspace_id, now - NEW)
        wanted = await stored_letters.wanted(session, workspace_id)
    today = now.astimezone(zone).date()
    # What was before this was looked at is over: nobody gets half a year's thanks in a week.
    stories = [*((one, MOST_TIMES, True) for one in old), *((one, times, False) for one, times in far)]
    offers = [
        *(Unasked(place=who, kind=FIRST_TIME, slot_key=firsts.SLOTS[first], about={}) for who, first in new),
        *(_of_letter(one, today) for one in (wanted if today.day <= LETTER_DAYS else ())),
    ]

    async def offer(session: AsyncSession, some: Sequence[Unasked | _Thanks]) -> None:
        for one in some:
            if isinstance(one, Unasked):
                await attention.offer(session, workspace_id, one, now=now)
            else:
                await _thank(session, workspace_id, *one, now=now)

    everything: list[Unasked | _Thanks] = [*stories, *offers]
    await together(desk.database, everything, offer)
    async with desk.database.begin() as session:
        await momentum.looked(session, workspace_id, next_time(now, zone))
    return len(far) + len(offers)


async def _thank(
    session: AsyncSession,
    workspace_id: str,
    one: momentum.Reached,
    times: int,
    passed: bool,
    *,
    now: datetime,
) -> None:
    """Offer an author the note of how far their story went, unless that is `passed`; and write it down."""
    if not passed:
        slot, about = reached.slot_of(one.story_id, times), {one.story_id}
        await notices.offer(session, workspace_id, one.author_id, REACHED, slot, about=about, now=now)
    await momentum.tell(session, workspace_id, one.story_id, times, one.reach, now=now)


def _of_letter(letter: stored_letters.Wanted, today: date) -> Unasked:
    slot = letters.slot_of(letters.month_before(today), letter.part)
    kind = LETTER if attention.to_person(letter.place) else PART_LETTER
    return Unasked(place=letter.place, kind=kind, slot_key=slot, about={})


async def _gone_far(
    session: AsyncSession, workspace_id: str, now: datetime
) -> list[tuple[momentum.Reached, int]]:
    """The stories whose authors are to hear of them now, and for the how-manieth time."""
    told = await momentum.told(session, workspace_id, now - 2 * OLDEST)
    found = await momentum.reached(session, workspace_id, since=now - OLDEST, until=now - FIRST_AFTER)
    lately = {story for story, before in told.items() if now - before.at < BETWEEN}
    heard = {one.author_id for one in found if one.story_id in lately}
    far = []
    for one in found:
        before = told.get(one.story_id)
        if one.author_id in heard or (before is not None and before.times >= MOST_TIMES):
            continue
        age = now - (before.at if before else one.since)
        if is_worth(one.reach, before.reach if before else None, age=age):
            far.append((one, before.times + 1 if before else 1))
    return far


def _one_each(far: list[tuple[momentum.Reached, int]]) -> list[tuple[momentum.Reached, int]]:
    """Of each author the story that went farthest; the others' turn is later."""
    best: dict[str, tuple[momentum.Reached, int]] = {}
    for one, times in sorted(far, key=lambda each: (each[0].reach.changes, each[0].reach.people)):
        best[one.author_id] = (one, times)
    return list(best.values())


async def _first_times(session: AsyncSession, workspace_id: str, since: datetime) -> list[tuple[str, First]]:
    looks = {
        First.TALK: momentum.first_talks,
        First.TOLD: momentum.first_stories,
        First.CHANGE: momentum.first_changes,
    }
    return [
        (person, first)
        for first, who in looks.items()
        for person in await who(session, workspace_id, since)
        if attention.to_person(person)
    ]
