"""Which language surveys' comments are in, and conversations from before they had one: found once, in parts.

A process that ends in the middle goes on where it was. Conversations that are written up have theirs at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.desk import Desk
from storage import nps_languages
from storage.nps_languages import Untold, Written
from stories.languages import written_in

TOGETHER = 500
MOST_AT_ONCE = 10
"""Parts in one round: five thousand comments, half a second beside everything else."""


async def tell(desk: Desk, workspace_id: str) -> int:
    """Find out the languages of the next comments and conversations; tells how many were looked at."""
    looked = 0
    for look in (_comments, _conversations):
        for _part in range(MOST_AT_ONCE):
            found = await look(desk, workspace_id)
            looked += found
            if found < TOGETHER or desk.stopping.is_set():
                break
    return looked


async def _comments(desk: Desk, workspace_id: str) -> int:
    async with desk.read() as session:
        some = await nps_languages.untold(session, workspace_id, most=TOGETHER)
    if some:
        told = await asyncio.to_thread(_of_comments, some)
        async with desk.database.begin() as session:
            await nps_languages.tell(session, workspace_id, told)
    return len(some)


async def _conversations(desk: Desk, workspace_id: str) -> int:
    async with desk.read() as session:
        some = await nps_languages.of_before(session, workspace_id, most=TOGETHER)
    if some:
        told = await asyncio.to_thread(_of_conversations, some)
        async with desk.database.begin() as session:
            await nps_languages.keep(session, workspace_id, told, some[-1].id)
    return len(some)


def _of_comments(some: Sequence[Untold]) -> dict[Untold, str]:
    return {one: written_in(one.comment) for one in some}


def _of_conversations(some: Sequence[Written]) -> dict[int, str]:
    """Those of which it can be told."""
    found = {one.id: written_in(*one.texts) for one in some}
    return {number: language for number, language in found.items() if language}
