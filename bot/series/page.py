"""The series on the web: a season from its first episode on, for whoever is signed in to the centre."""

from __future__ import annotations

from typing import Final

from bot.centre.viewers import Viewer
from bot.desk import Desk
from bot.messages.series_episode import Shown
from bot.series.showing import told_of
from storage import series
from stories.series.seasons import Season, SeasonState
from stories.values import dataclass

PATH: Final = "/centre/series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A season with its episodes as this viewer may read them, and the titles of all seasons by number."""

    season: Season | None
    episodes: tuple[Shown, ...]
    seasons: tuple[tuple[int, str], ...]
    over: bool


async def gather_series(desk: Desk, viewer: Viewer, wanted: str) -> Told:
    """A season (by its number as it was asked for; else the newest) as somebody may read it now."""
    now, workspace_id = desk.now(), viewer.workspace_id
    async with desk.read() as session:
        known = await series.seasons(session, workspace_id, now)
        named = [one for one in known if str(one.number) == wanted]
        season = next(iter((*named, *known)), None)
        told: tuple[Shown, ...] = ()
        if season is not None:
            told = await told_of(session, workspace_id, season.id, now, viewer.user_id)
    return Told(
        season=season,
        episodes=told,
        seasons=tuple((one.number, one.title) for one in known),
        over=season is not None and season.state is not SeasonState.RUNNING,
    )
