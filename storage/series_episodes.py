"""Episodes as they are kept: each sentence with what it rests on, so that it goes when that goes.

A customer's own words are not kept here: who reads an episode asks for them where they stand, each time.
What comes out is as it was kept; what of it may be read now says `stories.series.reading`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add, add_many, add_new
from storage.series_rows import TITLE, kept, sentence_columns
from storage.tables_series import CarriedRow, EpisodeRow, FollowedRow, SentenceRow
from stories.series.episodes import Episode, EpisodeState, Sentence
from stories.series.sources import Ref, parse


async def keep_draft(session: AsyncSession, workspace_id: str, episode: Episode, *, now: datetime) -> int:
    """Keep a drafted episode; its id. What was drafted before in its season and not published goes."""
    row = EpisodeRow
    await session.execute(
        delete(row).where(
            row.workspace_id == workspace_id,
            row.season_id == episode.season_id,
            row.state == EpisodeState.DRAFT.value,
        )
    )
    episode_id = await add(
        session,
        EpisodeRow,
        workspace_id=workspace_id,
        season_id=episode.season_id,
        number=episode.number,
        state=EpisodeState.DRAFT.value,
        format=episode.shape.format.value,
        quotes=episode.shape.quotes,
        next_on=episode.next_on,
        drafted_at=now,
    )
    await rewrite(session, workspace_id, episode_id, episode)
    return episode_id


async def rewrite(session: AsyncSession, workspace_id: str, episode_id: int, episode: Episode) -> None:
    """Have an episode that is kept say this instead: title, passages, sources, and what it carries."""
    own = (SentenceRow.workspace_id == workspace_id, SentenceRow.episode_id == episode_id)
    await session.execute(delete(SentenceRow).where(*own))
    said: list[tuple[str, Sentence]] = [(TITLE, episode.title)]
    said += [(passage.part.value, one) for passage in episode.passages for one in passage.sentences]
    rows = [
        {"workspace_id": workspace_id, "episode_id": episode_id, "position": place, "part": part}
        | sentence_columns(one)
        for place, (part, one) in enumerate(said)
    ]
    await add_many(session, SentenceRow, rows)
    carried = (CarriedRow.workspace_id == workspace_id, CarriedRow.episode_id == episode_id)
    await session.execute(delete(CarriedRow).where(*carried))
    for media_id in episode.carries:
        own_keys: dict[str, Any] = {"workspace_id": workspace_id, "episode_id": episode_id}
        await add_new(session, CarriedRow, **own_keys, media_id=media_id)
    await _change(session, workspace_id, episode_id, sentences=len(rows))


async def publish(
    session: AsyncSession, workspace_id: str, episode_id: int, *, by: str, now: datetime
) -> bool:
    """Mark a draft as published; tells whether it was one. Whether it may be is for the caller to see."""
    row = EpisodeRow
    done = await session.execute(
        update(row)
        .where(
            row.workspace_id == workspace_id,
            row.id == episode_id,
            row.state == EpisodeState.DRAFT.value,
        )
        .values(state=EpisodeState.PUBLISHED.value, published_by=by, published_at=now)
        .returning(row.id)
    )
    return done.first() is not None


async def hold(session: AsyncSession, workspace_id: str, episode_id: int) -> None:
    """Keep others from changing an episode until the transaction ends: it is always written whole."""
    query = select(EpisodeRow.id).where(EpisodeRow.workspace_id == workspace_id, EpisodeRow.id == episode_id)
    await session.execute(query.with_for_update())


async def drop(session: AsyncSession, workspace_id: str, episode_id: int) -> bool:
    """Throw a draft away; tells whether it was one."""
    row = EpisodeRow
    gone = await session.execute(
        delete(row)
        .where(
            row.workspace_id == workspace_id,
            row.id == episode_id,
            row.state == EpisodeState.DRAFT.value,
        )
        .returning(row.id)
    )
    return gone.first() is not None


async def get(session: AsyncSession, workspace_id: str, episode_id: int) -> Episode | None:
    """This episode as it was kept; None when there is none. A customer's own words are "" in it."""
    found = await _episodes(session, workspace_id, EpisodeRow.id == episode_id)
    return found[0] if found else None


async def of_season(
    session: AsyncSession, workspace_id: str, season_id: int, *, published: bool = True
) -> tuple[Episode, ...]:
    """A season's episodes as they were kept, the first one first; drafts too unless only `published`."""
    conditions = [EpisodeRow.season_id == season_id]
    if published:
        conditions.append(EpisodeRow.state == EpisodeState.PUBLISHED.value)
    return await _episodes(session, workspace_id, *conditions)


async def draft_of(session: AsyncSession, workspace_id: str, season_id: int) -> Episode | None:
    """The season's draft that waits for its editor; None when there is none."""
    draft = EpisodeRow.state == EpisodeState.DRAFT.value
    found = await _episodes(session, workspace_id, EpisodeRow.season_id == season_id, draft)
    return found[0] if found else None


async def telling_of(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[int, ...]:
    """The episodes that speak of this customer, or may: in what an editor of their seasons signed."""
    row, episode, followed = SentenceRow, EpisodeRow, FollowedRow
    theirs = (
        select(episode.id)
        .join(
            followed,
            (followed.workspace_id == episode.workspace_id) & (followed.season_id == episode.season_id),
        )
        .where(episode.workspace_id == workspace_id, followed.customer_id == customer_id)
    )
    may = row.signed_by.is_not(None) & row.episode_id.in_(theirs)
    query = select(row.episode_id).where(
        row.workspace_id == workspace_id, (row.customer_id == customer_id) | may
    )
    return tuple((await session.execute(query.distinct().order_by(row.episode_id))).scalars())


async def told(session: AsyncSession, workspace_id: str, season_id: int) -> frozenset[Ref]:
    """What the season's published episodes rest on."""
    own = (EpisodeRow.workspace_id == SentenceRow.workspace_id) & (EpisodeRow.id == SentenceRow.episode_id)
    query = (
        select(SentenceRow.source)
        .distinct()
        .join(EpisodeRow, own)
        .where(
            SentenceRow.workspace_id == workspace_id,
            EpisodeRow.season_id == season_id,
            EpisodeRow.state == EpisodeState.PUBLISHED.value,
        )
    )
    found = (parse(source) for source in (await session.execute(query)).scalars())
    return frozenset(ref for ref in found if ref is not None)


async def next_number(session: AsyncSession, workspace_id: str, season_id: int) -> int:
    """The number of the season's next episode, from 1."""
    query = select(func.coalesce(func.max(EpisodeRow.number), 0)).where(
        EpisodeRow.workspace_id == workspace_id,
        EpisodeRow.season_id == season_id,
        EpisodeRow.state == EpisodeState.PUBLISHED.value,
    )
    return int((await session.execute(query)).scalar_one()) + 1


async def _episodes(
    session: AsyncSession, workspace_id: str, *conditions: ColumnElement[bool]
) -> tuple[Episode, ...]:
    query = select(EpisodeRow).where(EpisodeRow.workspace_id == workspace_id, *conditions)
    query = query.order_by(EpisodeRow.number, EpisodeRow.id).execution_options(populate_existing=True)
    rows = list((await session.execute(query)).scalars())
    ids = [row.id for row in rows]
    said = await _sentences(session, workspace_id, ids)
    carried = await _carried(session, workspace_id, ids)
    return tuple(kept(row, said.get(row.id, ()), carried.get(row.id, ())) for row in rows)


async def _sentences(
    session: AsyncSession, workspace_id: str, episode_ids: Collection[int]
) -> dict[int, tuple[SentenceRow, ...]]:
    row = SentenceRow
    query = select(row).where(row.workspace_id == workspace_id, row.episode_id.in_(episode_ids))
    query = query.order_by(row.episode_id, row.position).execution_options(populate_existing=True)
    found: dict[int, tuple[SentenceRow, ...]] = {}
    for one in (await session.execute(query)).scalars():
        found[one.episode_id] = (*found.get(one.episode_id, ()), one)
    return found


async def _carried(
    session: AsyncSession, workspace_id: str, episode_ids: Collection[int]
) -> dict[int, tuple[int, ...]]:
    row = CarriedRow
    query = select(row.episode_id, row.media_id).where(
        row.workspace_id == workspace_id, row.episode_id.in_(episode_ids)
    )
    found: dict[int, tuple[int, ...]] = {}
    for episode_id, media_id in await session.execute(query.order_by(row.media_id)):
        found[episode_id] = (*found.get(episode_id, ()), media_id)
    return found


async def _change(session: AsyncSession, workspace_id: str, episode_id: int, **values: Any) -> None:
    own = (EpisodeRow.workspace_id == workspace_id, EpisodeRow.id == episode_id)
    await session.execute(update(EpisodeRow).where(*own).values(**values))
