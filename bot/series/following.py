"""What a customer takes back leaves every episode at once; a season that follows nobody closes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.series import chapters, goodbye, posting
from storage import series, series_episodes, series_posts
from stories.series.seasons import Season, SeasonState

COMMAND = "/firsthand"
"""The command that posts name where nobody typed it."""


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Have everything that a season tells of a customer say what they agree to now, wherever it stands.

    To be called in the transaction that wrote it down; one look where no season follows them. The outbox
    wants waking after the commit.
    """
    seasons = await series.following_customer(session, workspace_id, customer_id)
    if seasons:
        await follow_told(session, workspace_id, customer_id, now=now)
    for season_id in seasons:
        season = await series.season(session, workspace_id, season_id, now)
        if season is not None:
            await close_empty(session, workspace_id, season, now=now)


async def follow_told(session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime) -> None:
    """The same for the posts alone, of somebody whom no season may follow any more."""
    for episode_id in await series_episodes.telling_of(session, workspace_id, customer_id):
        await posting.follow(session, workspace_id, episode_id, now=now)
    await chapters.follow_customer(session, workspace_id, customer_id, now=now)
    await goodbye.follow_customer(session, workspace_id, customer_id, now=now)


async def close_empty(session: AsyncSession, workspace_id: str, season: Season, *, now: datetime) -> bool:
    """Close a running season that told of somebody and has nobody left to tell of; tells whether it did."""
    if season.state is not SeasonState.RUNNING or season.agreed:
        return False
    told = await series_episodes.next_number(session, workspace_id, season.id) > 1
    waits = any(not one.agreed for one in season.followed) and not told
    if waits:
        # Nobody was asked yet: that is how a season begins.
        return False
    if not await series.finish(session, workspace_id, season.id, state=SeasonState.CLOSED, now=now):
        return False
    draft = await series_episodes.draft_of(session, workspace_id, season.id)
    if draft is not None and draft.id is not None:
        await series_episodes.drop(session, workspace_id, draft.id)
    await goodbye.say(session, workspace_id, season.id, command=COMMAND, now=now)
    return True


async def follow_counts(session: AsyncSession, workspace_id: str, episode_id: int, *, now: datetime) -> None:
    """Have an episode's posts show votes and how many it stayed with, gathered into few updates."""
    if await series_posts.posts_of(session, workspace_id, episode_id):
        await posting.follow(session, workspace_id, episode_id, now=now, at_once=False)
