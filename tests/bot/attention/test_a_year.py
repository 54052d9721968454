"""A year with every kind switched on, through the gate and the outbox: the budget holds, nothing is lost."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, digest
from bot.digest import Digest
from bot.messages.digest import Entry
from storage import attention as store
from storage import deliveries
from storage.attention import Unasked
from storage.database import Database
from storage.deliveries import Post
from storage.tables_attention import UnaskedRow
from storage.tables_posts import DeliveryRow
from stories.attention import DIGEST, IN_CHANNELS, IN_PRIVATE, UNASKED, NoRoom, Reason
from stories.attention_hours import channel_hours, person_hours
from stories.calendars import is_holiday
from stories.schedule import DigestTimes
from tests.bot.attention.conftest import LONDON, listening
from tests.conftest import WORKSPACE

SATURDAYS = replace(LONDON, time_zone="America/New_York", country="US", days=frozenset({1, 5}), at=time(10))
CHANNELS = {"C1": LONDON, "C2": SATURDAYS}
PEOPLE = {"U1": "Europe/Lisbon", "U2": "Asia/Kolkata", "U3": "America/Los_Angeles"}
HOURS = (3, 9, 15, 20)
"""The hours (UTC) at which somebody looks: nights, mornings and afternoons of every zone above."""
STORY = Digest(entries=(Entry(telling=None, hidden=True),), stories=())


@dataclass
class Year:
    """The year as it goes by; `asked` counts what people asked for, all of which has to go at once."""

    rng: random.Random = field(default_factory=lambda: random.Random(7))
    number: int = 0
    asked: int = 0
    at_once: int = 0

    async def hour(self, session: AsyncSession, now: datetime) -> None:
        for place in (*CHANNELS, *PEOPLE):
            if self.rng.random() < 0.16:
                await self.wish(session, place, now)
        await self.ask(session, now)
        for channel, times in CHANNELS.items():
            if channel_hours(times, now).opens <= now and self.rng.random() < 0.4:
                slot = f"digest:{now.astimezone(times.zone).date()}"
                await digest.plan(session, WORKSPACE, channel, STORY, slot=slot, now=now)
        for place in await store.due(session, WORKSPACE, now):
            hours = (
                channel_hours(CHANNELS[place], now) if place in CHANNELS else person_hours(PEOPLE[place], now)
            )
            await attention.settle(session, WORKSPACE, place, hours, now)

    async def wish(self, session: AsyncSession, place: str, now: datetime) -> None:
        self.number += 1
        kinds = [kind.name for kind in (IN_CHANNELS if place in CHANNELS else IN_PRIVATE)]
        kind = self.rng.choice([name for name in kinds if name != DIGEST])
        about = {"gone": self.rng.random() < 0.1}
        what = Unasked(place=place, kind=kind, slot_key=f"{kind}:{self.number}", about=about)
        zone = PEOPLE.get(place) if self.rng.random() < 0.5 else None
        await attention.offer(session, WORKSPACE, what, now=now, zone=zone)

    async def ask(self, session: AsyncSession, now: datetime) -> None:
        if self.rng.random() < 0.2:
            self.asked += 2
            answer = Post(channel_id="U1", kind="notice", slot_key=f"answer:{now}", payload={"text": "Here."})
            self.at_once += bool(await deliveries.plan(session, WORKSPACE, answer, now=now))
            planned = await digest.plan(
                session, WORKSPACE, "C1", STORY, slot=f"asked:U1:{now}", now=now, asked_by="U1"
            )
            self.at_once += bool(planned)


async def test_a_year_with_every_kind_keeps_the_budget_and_loses_nothing(database: Database) -> None:
    for channel, times in CHANNELS.items():
        await listening(database, channel, times)
    year, day, end = Year(), datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    while day < end:
        async with database.begin() as session:
            for hour in HOURS:
                await year.hour(session, day + timedelta(hours=hour))
        day += timedelta(days=1)
    assert year.at_once == year.asked > 200
    async with database.read() as session:
        posts = list((await session.execute(select(DeliveryRow))).scalars())
        offers = list((await session.execute(select(UnaskedRow))).scalars())
    unasked = [post for post in posts if post.attention_window]
    assert len(posts) - len(unasked) == year.asked
    budget_holds(unasked)
    nothing_at_the_wrong_time(unasked)
    everything_has_an_end_and_a_reason(offers, unasked, end)


def budget_holds(unasked: list[DeliveryRow]) -> None:
    """Counted anew from when each was planned, by calendars that are not ours."""
    taken: Counter[tuple[str, str]] = Counter()
    for post in unasked:
        if post.channel_id in CHANNELS:
            day = post.created_at.astimezone(CHANNELS[post.channel_id].zone).date()
            taken[post.channel_id, str(day)] += 1
        else:
            week = post.created_at.astimezone(ZoneInfo(PEOPLE[post.channel_id])).isocalendar()[:2]
            taken[post.channel_id, str(week)] += 1
    assert max(number for (place, _), number in taken.items() if place in CHANNELS) == 1
    assert max(number for (place, _), number in taken.items() if place in PEOPLE) == 3
    full = [number for (place, _), number in taken.items() if place in PEOPLE]
    assert sum(full) > 2 * len(full)


def nothing_at_the_wrong_time(unasked: list[DeliveryRow]) -> None:
    for post in unasked:
        if post.channel_id in CHANNELS:
            times: DigestTimes = CHANNELS[post.channel_id]
            local = post.created_at.astimezone(times.zone)
            assert local.weekday() < 5 or local.weekday() in times.days
            assert not is_holiday(times.country, local.date())
            assert local.time() >= times.at
        else:
            assert 8 <= post.created_at.astimezone(ZoneInfo(PEOPLE[post.channel_id])).hour < 20


def everything_has_an_end_and_a_reason(
    offers: list[UnaskedRow], unasked: list[DeliveryRow], end: datetime
) -> None:
    by_id = {post.id: post for post in unasked}
    ends = Counter((offer.state, offer.reason) for offer in offers)
    assert all(Reason(reason or "") for _state, reason in ends)
    assert {state for state, _reason in ends} == {"planned", "merged", "lapsed", "waiting"}
    assert {Reason.FULL, Reason.TOO_LATE, Reason.NOTHING_TO_TELL} <= {
        Reason(reason or "") for state, reason in ends if state == "lapsed"
    }
    for offer in offers:
        kind = UNASKED[offer.kind]
        if offer.state == "waiting":
            assert offer.next_at is not None
            assert end - timedelta(hours=4) <= offer.next_at < offer.fresh_until
        elif offer.state in {"planned", "merged"}:
            assert offer.delivery_id is not None
            assert by_id[offer.delivery_id].created_at < offer.fresh_until
            assert offer.about == {"gone": False} or kind.gathers
        elif offer.reason == Reason.FULL:
            assert kind.no_room is NoRoom.LAPSE
