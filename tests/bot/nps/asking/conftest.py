"""A year of made-up answers to ask about."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.nps.answering import answered
from storage import nps_answers, nps_sources
from storage.database import Database
from storage.nps_answers import Answer
from tests.conftest import NOW, WORKSPACE, SetClock

NAUGHTY = "<!channel> *Great* & <https://evil.example|click> `rm` @here"
"""A comment that wants to be obeyed."""


def year(seed: int = 7, *, a_day: int = 3, days: int = 400) -> list[Answer]:
    """Answers of a year and a bit up to NOW: plan and region, some with comments, one tiny group."""
    chance = random.Random(seed)
    found = []
    for number in range(a_day * days):
        plan = chance.choices(["Enterprise", "SMB"], [1, 2])[0]
        region = chance.choices(["EMEA", "APAC", "Nordics"], [50, 30, 2])[0]
        ahead = 2 if plan == "Enterprise" else 0
        score = min(10, max(0, round(chance.gauss(7.6, 2)) + ahead))
        found.append(
            Answer(
                key=f"a{number}",
                score=score,
                at=NOW - timedelta(days=number / a_day, minutes=1),
                comment=(NAUGHTY if number == 90 else f"Comment {number}: it works")
                if number % 3 == 0
                else "",
                properties={"plan": plan, "region": region},
                person_key=f"p{number}",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Company:
    """A database with answers, and the questions put to it."""

    database: Database
    source_id: int

    async def ask(self, words: str, *, in_channel: bool = True, **how: Any) -> dict[str, Any]:
        """The message that answers these words."""
        async with self.database.read() as session:
            return await answered(
                session, WORKSPACE, words, now=NOW, command="/nps", in_channel=in_channel, **how
            )

    async def take(self, answers: Sequence[Answer]) -> None:
        """Take these in."""
        async with self.database.begin() as session:
            await nps_answers.take_in(session, WORKSPACE, self.source_id, answers)

    async def share_comments(self, *, shared: bool = True) -> None:
        """Let comments be shown, or not."""
        async with self.database.begin() as session:
            await nps_sources.share_verbatims(session, WORKSPACE, self.source_id, shared=shared)


@pytest.fixture
async def empty(database: Database) -> Company:
    """A source without answers."""
    async with database.begin() as session:
        source_id = await nps_sources.create(session, WORKSPACE, kind="file", name="Yearly survey", now=NOW)
    return Company(database, source_id)


@pytest.fixture
async def company(empty: Company) -> Company:
    """A year of answers whose comments may be shown."""
    await empty.take(year())
    await empty.share_comments()
    return empty


@pytest.fixture
def tuesday(clock: SetClock) -> datetime:
    """The morning after a week has closed, by the desk's clock."""
    clock.moment = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
    return clock.moment
