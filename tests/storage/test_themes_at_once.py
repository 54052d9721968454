"""Two who have themes found at the same moment."""

from __future__ import annotations

import asyncio

from storage import themes
from storage.database import Database
from storage.themes import NewTheme
from tests.conftest import NOW, WORKSPACE


async def test_two_who_find_themes_at_once_leave_one_set_of_proposals(either: Database) -> None:
    async def propose(names: str) -> None:
        async with either.begin() as session:
            new = [NewTheme(name=name, described=b"", text_ids=()) for name in names]
            await themes.propose(session, WORKSPACE, "made-up", new, now=NOW)
            await asyncio.sleep(0.05)

    await asyncio.gather(propose("ab"), propose("cd"))
    async with either.read() as session:
        names = {one.name for one in await themes.every(session, WORKSPACE)}
    assert names in ({"a", "b"}, {"c", "d"})
