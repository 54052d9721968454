"""Putting the digests of many channels into the outbox at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import jobs
from storage.database import database_time
from storage.deliveries import Post, Seat, columns_of, subject_rows
from storage.rows import add_many, add_new_many
from storage.tables_posts import DeliveryRow, DeliverySubjectRow


async def plan_together(
    session: AsyncSession, workspace_id: str, posts: Sequence[tuple[Post, Seat]], *, now: datetime
) -> dict[str, int]:
    """What `storage.deliveries.plan` does, for posts to as many channels: the ids of those that were new.

    By channel; none for a channel whose slot was decided before or whose seat is taken. Raises Uninvited.
    """
    at = await database_time(session)
    rows = [columns_of(workspace_id, post, seat, at, now) for post, seat in posts]
    ids = {
        channel: number for number, channel in await add_new_many(session, DeliveryRow, rows, "channel_id")
    }
    of_all = [
        row
        for post, _seat in posts
        if post.channel_id in ids
        for row in subject_rows(workspace_id, ids[post.channel_id], post.subjects)
    ]
    await add_many(session, DeliverySubjectRow, of_all)
    if ids:
        await jobs.want(session, workspace_id)
    return ids
