"""A story that is shared or told, and taken back, in the same moment; on both databases."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from bot import digest, publishing
from storage import interviews
from storage.database import Database
from storage.tables_posts import DeliveryRow
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import any_url, either

__all__ = ["any_url", "either"]


async def test_who_withdraws_while_it_is_shared_and_told_finds_both_posts(either: Database) -> None:
    async with either.begin() as session:
        story = await interviews.store(session, WORKSPACE, BAKER, source_key="s", author_id="U1", now=NOW)
        await publishing.publish(session, WORKSPACE, story, by="U1", now=NOW)
    planned = asyncio.Event()

    async def tell() -> None:
        async with either.begin() as session:
            await publishing.share(session, WORKSPACE, story, "C1", by="U2", now=NOW, request="r")
            composed = await digest.gather(session, WORKSPACE, [(story, False)], NOW)
            assert composed is not None
            await digest.plan(
                session, WORKSPACE, "C2", composed, slot="asked:U1:once", now=NOW, asked_by="U1"
            )
            planned.set()
            await asyncio.sleep(0.3)

    async def withdraw() -> None:
        await planned.wait()
        async with either.begin() as session:
            await publishing.withdraw(session, WORKSPACE, story, by="U1", now=NOW)

    await asyncio.gather(tell(), withdraw())
    async with either.read() as session:
        states = (await session.execute(select(DeliveryRow.state))).scalars().all()
    assert states == ["cancelled", "cancelled"]
