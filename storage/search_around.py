"""What else a search has to know of whoever asks, in one go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from storage import account_teams, customer_colleagues, search_due
from storage.rows import run_several


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Stories told a moment ago, the customers who are the asker, and whether they are on a team."""

    waiting: tuple[int, ...]
    themselves: frozenset[int]
    on_a_team: bool


async def around(session: AsyncSession, workspace_id: str, user_id: str, *, most: int) -> Around:
    """What is to be known of a search by this person; `most` stories that wait to be found."""
    own = {"workspace": workspace_id}
    waiting, themselves, teams = await run_several(
        session,
        [
            (search_due.NEWEST, {**own, "most": most}),
            (customer_colleagues.WHO_ARE, {**own, "user": user_id}),
            (account_teams.TEAMS, {**own, "user": user_id}),
        ],
    )
    return Around(
        waiting=tuple(row.id for row in waiting),
        themselves=frozenset(row.customer_id for row in themselves),
        on_a_team=teams.first() is not None,
    )
