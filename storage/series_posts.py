"""Where episodes were posted, how many each post reached, and what readers did with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import distinct, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_new
from storage.tables_posts import DeliveryRow
from storage.tables_series import EpisodeRow
from storage.tables_series_heard import ClickRow, EpisodePostRow, VoteRow
from storage.tellings import UNSAID
from stories.series.episodes import Format, Shape
from stories.series.liking import Click, Heard
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePost:
    """An episode as it was posted to a place (a channel or a person): its shape there, its delivery."""

    episode_id: int
    delivery_id: int
    place: str
    shape: Shape
    trial: bool
    readers: int
    posted_at: datetime


async def record(session: AsyncSession, workspace_id: str, post: EpisodePost) -> bool:
    """Keep that an episode is posted to a place; tells whether it was not there before."""
    return await add_new(
        session,
        EpisodePostRow,
        workspace_id=workspace_id,
        delivery_id=post.delivery_id,
        episode_id=post.episode_id,
        place=post.place,
        format=post.shape.format.value,
        quotes=post.shape.quotes,
        trial=post.trial,
        readers=post.readers,
        posted_at=post.posted_at,
    )


async def posts_of(session: AsyncSession, workspace_id: str, episode_id: int) -> tuple[EpisodePost, ...]:
    """Where this episode stands, or is on its way to."""
    return await _posts(session, workspace_id, EpisodePostRow.episode_id == episode_id)


async def clicked(
    session: AsyncSession,
    workspace_id: str,
    episode_id: int,
    user_id: str,
    click: Click,
    *,
    place: str,
    now: datetime,
) -> bool:
    """Keep what a reader did with an episode; tells whether they had not done so before."""
    own: dict[str, Any] = {"workspace_id": workspace_id, "episode_id": episode_id, "user_id": user_id}
    return await add_new(session, ClickRow, **own, kind=click.value, place=place, at=now)


async def counts(session: AsyncSession, workspace_id: str, episode_id: int) -> dict[Click, int]:
    """How many readers did each thing with an episode."""
    row = ClickRow
    query = select(row.kind, func.count()).where(
        row.workspace_id == workspace_id, row.episode_id == episode_id
    )
    rows = await session.execute(query.group_by(row.kind))
    return {Click(kind): int(number) for kind, number in rows}


async def heard(session: AsyncSession, workspace_id: str, season_id: int) -> tuple[Heard, ...]:
    """For every post of a season: its shape, whom it reached, and how many did something with it."""
    post, episode = EpisodePostRow, EpisodeRow
    own = (episode.workspace_id == post.workspace_id) & (episode.id == post.episode_id)
    query = (
        select(post.episode_id, post.place, post.format, post.quotes, post.trial, post.readers)
        .join(episode, own)
        .join(DeliveryRow, _delivered())
        .where(
            post.workspace_id == workspace_id,
            episode.season_id == season_id,
            DeliveryRow.state.not_in(UNSAID),
        )
        .order_by(episode.number, post.place)
    )
    took_part = await _took_part(session, workspace_id)
    return tuple(
        Heard(
            episode_id=row.episode_id,
            place=row.place,
            shape=Shape(format=Format(row.format), quotes=row.quotes),
            trial=row.trial,
            readers=row.readers,
            took_part=min(took_part.get((row.episode_id, row.place), 0), row.readers),
        )
        for row in await session.execute(query)
    )


async def _took_part(session: AsyncSession, workspace_id: str) -> dict[tuple[int, str], int]:
    """How many different readers liked, opened or voted, by episode and place."""
    did = union(
        *(
            select(row.episode_id, row.place, row.user_id).where(row.workspace_id == workspace_id)
            for row in (ClickRow, VoteRow)
        )
    ).subquery()
    query = select(did.c.episode_id, did.c.place, func.count(distinct(did.c.user_id)))
    rows = await session.execute(query.group_by(did.c.episode_id, did.c.place))
    return {(episode_id, place): int(people) for episode_id, place, people in rows}


async def _posts(session: AsyncSession, workspace_id: str, *conditions: Any) -> tuple[EpisodePost, ...]:
    row = EpisodePostRow
    query = (
        select(row)
        .join(DeliveryRow, _delivered())
        .where(row.workspace_id == workspace_id, DeliveryRow.state.not_in(UNSAID), *conditions)
        .order_by(row.episode_id, row.delivery_id)
    )
    return tuple(_post(one) for one in (await session.execute(query)).scalars())


def _delivered() -> Any:
    row = EpisodePostRow
    return (DeliveryRow.workspace_id == row.workspace_id) & (DeliveryRow.id == row.delivery_id)


def _post(row: EpisodePostRow) -> EpisodePost:
    return EpisodePost(
        episode_id=row.episode_id,
        delivery_id=row.delivery_id,
        place=row.place,
        shape=Shape(format=Format(row.format), quotes=row.quotes),
        trial=row.trial,
        readers=row.readers,
        posted_at=row.posted_at,
    )
