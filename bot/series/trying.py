"""Trials of another format: a few places hear an episode told so; what came of it is said with its doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zlib import crc32

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.series_trying import verdict_said
from bot.series.publishing import Place
from storage import series, series_posts
from stories.series.episodes import Format, Shape
from stories.series.seasons import Season
from stories.series.trying import Answer, verdict

FEWEST_PLACES = 4
"""Places that follow before a format is tried on some of them."""

EPISODES = 4
"""How many episodes one way of telling is tried on before the next one is."""

SHARE = 4
"""One in so many places hears the format on trial."""


def placed(season: Season, readers: Mapping[str, int], number: int) -> tuple[Place, ...]:
    """Where an episode goes and in which shape: a few places, others each time, hear another format."""
    on_trial = tried(season.shape, number) if len(readers) >= FEWEST_PLACES else None
    order = sorted(readers, key=lambda place: crc32(f"{season.id}.{number}.{place}".encode()))
    chosen = set(order[: max(1, len(order) // SHARE)]) if on_trial else set()
    return tuple(
        Place(
            place=place,
            readers=number_of,
            shape=on_trial if on_trial and place in chosen else season.shape,
            trial=place in chosen,
        )
        for place, number_of in readers.items()
    )


def tried(shape: Shape, number: int) -> Shape:
    """What the episode with this number is tried in: each other way of telling for a few episodes in turn."""
    ways = [replace(shape, format=one) for one in Format if one is not shape.format]
    ways += [replace(shape, quotes=shape.quotes - 1)] if shape.quotes > 1 else []
    return ways[number // EPISODES % len(ways)]


async def learn(session: AsyncSession, workspace_id: str, season: Season) -> Season:
    """Have the season be told as readers like it better, where a trial is sure; the season as it is then."""
    found = verdict(await series_posts.heard(session, workspace_id, season.id))
    if found is None or found.answer is not Answer.BETTER or found.tried.shape == season.shape:
        return season
    await series.tell_so(session, workspace_id, season.id, found.tried.shape)
    return replace(season, shape=found.tried.shape)


async def said(session: AsyncSession, workspace_id: str, season: Season) -> str:
    """What the trials say so far, with how sure that is; "" before there was one."""
    return verdict_said(verdict(await series_posts.heard(session, workspace_id, season.id)))
