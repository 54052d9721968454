"""What there is to tell of a season at one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import series_around, series_episodes
from storage.series_answers import answers
from storage.series_voices import promised, voices
from stories.series.material import Material
from stories.series.seasons import Season
from stories.series.sources import Ref
from stories.series.voices import Voice


async def material(session: AsyncSession, workspace_id: str, season: Season, at: datetime) -> Material:
    """Everything there is of a season's customers at this moment, with what its episodes have told."""
    told = await series_episodes.told(session, workspace_id, season.id)
    found, _voices = await gathered(session, workspace_id, season, at, told)
    return found


async def gathered(
    session: AsyncSession, workspace_id: str, season: Season, at: datetime, told: Collection[Ref]
) -> tuple[Material, Mapping[int, Voice]]:
    """The same with what `told` names besides, however old, and the customers as they may be told of."""
    known = await voices(session, workspace_id, season, at)
    followed = tuple(
        one.called(known[one.customer_id].who, named=known[one.customer_id].named)
        for one in season.agreed
        if one.customer_id in known
    )
    talks = [talk for voice in known.values() for talk in voice.talks]
    found = Material(
        followed=followed,
        talks=tuple(sorted(talks, key=lambda talk: (talk.day, talk.interview_id))),
        answers=await answers(session, workspace_id, known),
        promises=await promised(session, workspace_id, known),
        trends=await series_around.trends(session, workspace_id, at.date(), told),
        headlines=await series_around.headlines(session, workspace_id, at, told),
        asked=await series_around.asked(session, workspace_id, known),
        planned=await series_around.planned(session, workspace_id, known, told),
        told=frozenset(told),
    )
    return found, known
