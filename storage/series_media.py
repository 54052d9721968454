"""Photos and voices of customers that a season may show: files of Slack's, told of in words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_series import CarriedRow, MediaRow
from stories.values import dataclass


class MediaKind(StrEnum):
    """What a customer may agree to besides their words."""

    PHOTO = "photo"
    VOICE = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A photo or a voice. `file_id` is Slack's; `described` says what is to be seen or heard.

    Whether it may be shown is said by `Followed.photo` and `Followed.voice`, each time it is.
    """

    id: int
    season_id: int
    customer_id: int
    kind: MediaKind
    file_id: str
    described: str


async def add_media(
    session: AsyncSession,
    workspace_id: str,
    season_id: int,
    customer_id: int,
    *,
    kind: MediaKind,
    file_id: str,
    described: str,
    by: str,
    now: datetime,
) -> int:
    """Keep a customer's photo or voice for a season; its number."""
    return await add(
        session,
        MediaRow,
        workspace_id=workspace_id,
        season_id=season_id,
        customer_id=customer_id,
        kind=kind.value,
        file_id=file_id,
        described=described,
        added_by=by,
        added_at=now,
    )


async def media_of(session: AsyncSession, workspace_id: str, season_id: int) -> tuple[Media, ...]:
    """The photos and voices of a season, in the order in which they were added."""
    query = select(MediaRow).where(MediaRow.workspace_id == workspace_id, MediaRow.season_id == season_id)
    return tuple(_media(row) for row in (await session.execute(query.order_by(MediaRow.id))).scalars())


async def some(session: AsyncSession, workspace_id: str, media_ids: Collection[int]) -> tuple[Media, ...]:
    """These photos and voices, in the order in which they were added; missing ones are left out."""
    query = select(MediaRow).where(MediaRow.workspace_id == workspace_id, MediaRow.id.in_(media_ids))
    return tuple(_media(row) for row in (await session.execute(query.order_by(MediaRow.id))).scalars())


async def carried_in(session: AsyncSession, workspace_id: str, media_id: int) -> tuple[int, ...]:
    """The episodes that carry a photo or a voice."""
    row = CarriedRow
    query = select(row.episode_id).where(row.workspace_id == workspace_id, row.media_id == media_id)
    return tuple((await session.execute(query.order_by(row.episode_id))).scalars())


def _media(row: MediaRow) -> Media:
    return Media(
        id=row.id,
        season_id=row.season_id,
        customer_id=row.customer_id,
        kind=MediaKind(row.kind),
        file_id=row.file_id,
        described=row.described,
    )
