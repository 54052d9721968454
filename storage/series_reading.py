"""Episodes as they may be read at one moment: each sentence is asked again what stands behind it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import series, series_episodes, series_media
from storage.series_gathering import gathered
from storage.series_media import MediaKind
from storage.series_voices import absent
from stories.series import reading
from stories.series.episodes import Episode
from stories.series.lines import lines_in_all
from stories.series.seasons import Season
from stories.series.sources import Ref


async def readable(session: AsyncSession, workspace_id: str, episode_id: int, at: datetime) -> Episode | None:
    """This episode, drafted or published, as it may be read at this moment; None when there is none."""
    kept = await series_episodes.get(session, workspace_id, episode_id)
    season = await series.season(session, workspace_id, kept.season_id, at) if kept is not None else None
    if kept is None or season is None:
        return None
    return (await _read(session, workspace_id, season, (kept,), at))[0]


async def readable_season(
    session: AsyncSession, workspace_id: str, season_id: int, at: datetime
) -> tuple[Episode, ...]:
    """A season's published episodes as they may be read at this moment, the first one first."""
    season = await series.season(session, workspace_id, season_id, at)
    if season is None:
        return ()
    kept = await series_episodes.of_season(session, workspace_id, season_id)
    return await _read(session, workspace_id, season, kept, at)


async def _read(
    session: AsyncSession, workspace_id: str, season: Season, kept: Collection[Episode], at: datetime
) -> tuple[Episode, ...]:
    refs = {one.source for each in kept for one in each.sentences() if isinstance(one.source, Ref)}
    material, known = await gathered(session, workspace_id, season, at, refs)
    said = lines_in_all(season, material, known.values(), refs)
    shown = await _media(session, workspace_id, season, [number for each in kept for number in each.carries])
    left = await absent(session, workspace_id, season)
    return tuple(
        reading.readable(each, said, known, tuple(number for number in each.carries if number in shown), left)
        for each in kept
    )


async def _media(
    session: AsyncSession, workspace_id: str, season: Season, media_ids: Collection[int]
) -> frozenset[int]:
    """Those of these photos and voices that their customers let be shown, or heard, in this season."""
    if not media_ids:
        return frozenset()
    photo = {one.customer_id for one in season.agreed if one.photo}
    voice = {one.customer_id for one in season.agreed if one.voice}
    agreed = {MediaKind.PHOTO: photo, MediaKind.VOICE: voice}
    found = await series_media.some(session, workspace_id, media_ids)
    return frozenset(one.id for one in found if one.customer_id in agreed[one.kind])
