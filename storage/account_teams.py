"""Who is on an account's team, as an author named it for what they keep to that team."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import add_many, run, table_of
from storage.tables_private import AccountTeamRow
from storage.tables_stories import InterviewRow, StoryRow
from storage.tables_trust import StoryTermsRow
from stories.story import StoryState

_AT = table_of(AccountTeamRow)
# Built once: it is asked with every search and every App Home.
TEAMS = Prepared(
    select(_AT.c.owner_id, _AT.c.account).where(
        _AT.c.workspace_id == bindparam("workspace"), _AT.c.user_id == bindparam("user")
    )
)


async def members(session: AsyncSession, workspace_id: str, owner_id: str, account: str) -> tuple[str, ...]:
    """Whom this author named for this account, in a steady order."""
    row = AccountTeamRow
    query = select(row.user_id).where(
        row.workspace_id == workspace_id, row.owner_id == owner_id, row.account == account
    )
    return tuple((await session.execute(query.order_by(row.user_id))).scalars())


async def name(
    session: AsyncSession,
    workspace_id: str,
    owner_id: str,
    account: str,
    user_ids: Sequence[str],
    *,
    now: datetime,
) -> None:
    """Have these people be the account's team for this author, in place of those before."""
    row = AccountTeamRow
    await session.execute(
        delete(row).where(row.workspace_id == workspace_id, row.owner_id == owner_id, row.account == account)
    )
    own = {"workspace_id": workspace_id, "owner_id": owner_id, "account": account, "named_at": now}
    await add_many(session, row, [{**own, "user_id": user_id} for user_id in dict.fromkeys(user_ids)])


async def teams_of(session: AsyncSession, workspace_id: str, user_id: str) -> frozenset[tuple[str, str]]:
    """The teams that this person is on: (author, account) each."""
    values = {"workspace": workspace_id, "user": user_id}
    return frozenset((owner, account) for owner, account in await run(session, TEAMS, values))


async def kept_to_team(
    session: AsyncSession, workspace_id: str, author_ids: Collection[str], *, most: int
) -> tuple[int, ...]:
    """The stories of these authors that are for their account's team alone, the newest first."""
    terms, own = StoryTermsRow, InterviewRow
    query = (
        select(StoryRow.id)
        .join(own, (own.workspace_id == StoryRow.workspace_id) & (own.id == StoryRow.interview_id))
        .join(terms, (terms.workspace_id == StoryRow.workspace_id) & (terms.story_id == StoryRow.id))
        .where(
            StoryRow.workspace_id == workspace_id,
            StoryRow.state == StoryState.KEPT.value,
            own.author_id.in_(author_ids),
            terms.account_only.is_(True),
        )
        .order_by(StoryRow.id.desc())
        .limit(most)
    )
    return tuple((await session.execute(query)).scalars())
