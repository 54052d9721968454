"""A month of the sample company: what it brings and when, and what is kept of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from demo.company import SampleCompany
from demo.company.records import Interview, NpsAnswer, Reaction
from demo.seeding import Past
from stories.digest import DigestSettings

HERE = Path(__file__).resolve().parent
LONDON = ZoneInfo("Europe/London")
FIRST, DAYS = date(2026, 3, 2), 32
"""A Monday; no holiday lies in the month."""

LOOKS = (time(6, 30), time(9), time(11), time(14), time(16, 30))
"""When the schedule is looked at each day, in London; what somebody does, they do at the last of these."""

BEFORE, MONTHS_AGO, EVERY = 8, timedelta(days=60), timedelta(days=3)
"""So many conversations were written up before the channel listened; until when, how often."""

EVENT = FIRST - timedelta(days=14)
"""When a segment's scores fall, and stay so: a movement has to show for some weeks before it is told."""

PROJECT = FIRST + timedelta(days=23)
"""When the channel's project gets its avatar: what its reasons quote has come by then."""

TALKATIVE = frozenset({0, 2, 4})
"""The days of the week on which colleagues write something in the channel themselves."""

A_WEEK = timedelta(days=7)
DONE_AFTER = A_WEEK
"""What a colleague takes on because of a story is done by then, where they do it."""

WANTED = DigestSettings(
    how_many=1,
    segments=frozenset({"Home care", "Trades", "Rounds"}),
    languages=frozenset({"en"}),
    retell=True,
)
"""What the team asked for: one story a morning of those it works for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What the channel read: when, of which kind, and as Slack has it."""

    at: datetime
    kind: str
    payload: dict[str, Any]


@dataclass
class Month:
    """What came in, at which moment, and what was posted; `names` are Slack ids of people and channels."""

    company: SampleCompany
    came: list[tuple[datetime, Interview | NpsAnswer]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


class Arriving(Past):
    """Conversations that are written up one at a time, as days go by."""

    async def arrives(self, desk: Desk, told: Interview, at: datetime, *, old: bool = False) -> None:
        """Store one, and publish it where its customer agreed; an `old` one was reacted to then."""
        async with desk.begin() as session:
            await self._tell_one(session, told if old else replace(told, reactions=()), at)

    async def reacts(
        self, session: AsyncSession, one: Reaction, story_id: int, interview_id: int, at: datetime
    ) -> None:
        """Have a colleague react, or take something on."""
        await self._react(session, one, story_id, interview_id, at)


def more() -> dict[str, Any]:
    """What a month has beside the sample: further write-ups, and what colleagues say they have changed."""
    return tomllib.loads((HERE / "readers_month.toml").read_text("utf-8"))


def in_order(company: SampleCompany) -> list[Interview]:
    """The month's conversations with those written up in haste or twice, in the order in which they come."""
    noise: dict[str, Interview] = {}
    brought = more()
    for one in brought["interviews"]:
        after, quotes, themes = one.pop("after"), tuple(one.pop("quotes")), tuple(one.pop("themes"))
        noise[after] = Interview(days_ago=0, quotes=quotes, themes=themes, **one)
    found = list[Interview]()
    for of_the_sample in company.interviews[BEFORE:]:
        told = _sooner(of_the_sample, brought["sooner"].get(of_the_sample.slug, {}))
        found += [told, noise[told.slug]] if told.slug in noise else [told]
    return found


def _sooner(told: Interview, instead: Mapping[str, str]) -> Interview:
    """A conversation as told where months are days. Raises ValueError for what it does not say."""
    for before, after in instead.items():
        if before not in told.trying_to + told.happened:
            raise ValueError(f"{told.slug} does not say {before!r} any more")
        trying_to, happened = (text.replace(before, after) for text in (told.trying_to, told.happened))
        told = replace(told, trying_to=trying_to, happened=happened)
    return told


def days() -> Iterator[date]:
    return (FIRST + timedelta(days=number) for number in range(DAYS))


def moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)


class MovedClock:
    """A clock that stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at
