"""What is read for many channels at once is what each of them would read by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from storage import candidates, pools, reactions
from storage.database import Database
from stories.digest import FRESH_FOR, DigestSettings
from stories.story import Reaction
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER
from tests.storage.test_candidates import story, tell

LONG_AGO = NOW - timedelta(days=180)


@pytest.fixture
async def session(either: Database) -> AsyncIterator[AsyncSession]:
    async with either.begin() as opened:
        yield opened


async def test_the_pool_is_what_a_channel_that_heard_nothing_may_hear(session: AsyncSession) -> None:
    for number, age in enumerate((3, 1, 29, 40)):
        await story(session, number, days_old=age)
    await story(session, 9, workspace=OTHER)
    pool = await pools.fresh(session, WORKSPACE, NOW - FRESH_FOR)
    alone = await candidates.fresh(session, WORKSPACE, "C1", DigestSettings(), NOW - FRESH_FOR)
    assert (pool.offers, pool.whole) == (alone, True)
    assert len(alone) == 3


async def test_a_pool_says_when_more_was_published_than_it_holds(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await story(session, number, days_old=number + 1) for number in range(3)]
    monkeypatch.setattr(pools, "MOST_POOLED", 2)
    pool = await pools.fresh(session, WORKSPACE, NOW - FRESH_FOR)
    assert ([one.candidate.story_id for one in pool.offers], pool.whole) == (ids[:2], False)


async def test_each_channel_has_heard_its_own(session: AsyncSession) -> None:
    first, second, third = [await story(session, number) for number in range(3)]
    await tell(session, first, second, channel="C1")
    await tell(session, second, channel="C2", state="pending")
    await tell(session, third, channel="C2", state="failed")
    found = await pools.heard_of(session, WORKSPACE, ["C1", "C2", "C3"], [first, second, third])
    assert found == {"C1": {first, second}, "C2": {second}}
    assert await pools.heard_of(session, WORKSPACE, ["C1"], []) == {}


async def test_what_channels_liked_is_remembered_as_for_each_alone(session: AsyncSession) -> None:
    first = await story(session, 1, segment="fleets", themes=("maps", "pricing"))
    second = await story(session, 2)
    await tell(session, first, channel="C1", at=NOW - timedelta(days=3))
    await tell(session, second, channel="C1", at=NOW - timedelta(days=2))
    await tell(session, first, channel="C2", at=NOW - timedelta(days=200))
    for user, channel in (("U2", "C1"), ("U3", "C1"), ("U4", "C2")):
        await reactions.react(session, WORKSPACE, first, user, Reaction.THOUGHT, channel_id=channel, now=NOW)
    found = await pools.remembered(session, WORKSPACE, ["C1", "C2"], LONG_AGO)
    assert found == {"C1": await candidates.heard(session, WORKSPACE, "C1", LONG_AGO)}
    assert [one.reactions for one in found["C1"]] == [0, 2]
