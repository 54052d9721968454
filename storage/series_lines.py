"""What the sources of a season's sentences say, as far as it may be told at one moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.series_gathering import gathered
from stories.series.lines import lines_in_all
from stories.series.seasons import Season
from stories.series.sources import Line, Ref


async def lines(
    session: AsyncSession, workspace_id: str, season: Season, refs: Collection[Ref], at: datetime
) -> dict[Ref, Line]:
    """What these sources say at this moment; one that may not be told, or is gone, is missing."""
    material, known = await gathered(session, workspace_id, season, at, refs)
    return lines_in_all(season, material, known.values(), refs)
