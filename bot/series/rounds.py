"""The rounds of the series: drafts when there is something new, votes that end, seasons that are over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot import halting
from bot.desk import Desk
from bot.halting import editors_of
from bot.looping import one_by_one
from bot.messages import series_notes as words
from bot.series import drafts, goodbye, trends, trying, voting
from bot.series.following import close_empty
from bot.series.publishing import DRAFT_WAITS, end_vote
from bot.series.seasons import end
from bot.tongues import said_to, speaking_to_all
from storage import series, series_episodes, series_gathering, series_media, series_reading, series_wanted
from storage.series_media import MediaKind
from stories.series.episodes import Episode, NoEpisode
from stories.series.seasons import Season
from stories.series.weaving import weave

VOTES_FOR = timedelta(days=7)
"""How long an episode's vote is on, if no other episode comes before."""


async def look(desk: Desk, workspace_id: str) -> int:
    """Do what is due of the series; how many drafts were made. To be called at each tick."""
    now, made = desk.now(), list[bool]()
    async with desk.read() as session:
        due = await series.due(session, workspace_id, now.date())

    async def look_at(season_id: int) -> None:
        made.append(await _look_at(desk, workspace_id, season_id))

    async def ask(workspace: str) -> None:
        if await voting.ask_for_answers(desk, workspace):
            desk.wake_outbox()

    parts = (
        partial(one_by_one, due, look_at),
        partial(_votes, desk, workspace_id),
        partial(ask, workspace_id),
    )
    try:
        await one_by_one(parts, _each_part)
    finally:
        if any(made):
            desk.wake_outbox()
    return sum(made)


async def _each_part(part: Callable[[], Awaitable[object]]) -> None:
    await part()


async def _look_at(desk: Desk, workspace_id: str, season_id: int) -> bool:
    now = desk.now()
    command = desk.settings.firsthand_channel_command
    async with desk.database.begin() as session:
        season = await series.season(session, workspace_id, season_id, now)
        if season is None or await close_empty(session, workspace_id, season, now=now):
            return False
        if season.ends_on <= now.date():
            await end(session, workspace_id, season_id, by=halting.ITSELF, now=now)
            await goodbye.say(session, workspace_id, season_id, command=command, now=now)
            return False
        return isinstance(await draft(session, workspace_id, season, now=now), Episode)


async def draft(
    session: AsyncSession, workspace_id: str, season: Season, *, now: datetime
) -> Episode | NoEpisode:
    """Weave the season's next episode and have editors hear of it, or say why there is none.

    A draft that still waits is woven anew only when somebody asks. The outbox wants waking after the commit.
    """
    season = await trying.learn(session, workspace_id, season)
    await trends.keep(session, workspace_id, season, now)
    material = await series_gathering.material(session, workspace_id, season, now)
    history = await series_reading.readable_season(session, workspace_id, season.id, now)
    # An episode is kept as it is woven, and all channels read it so.
    async with speaking_to_all(session, workspace_id):
        woven = weave(season, material, history, today=now.date())
        if not isinstance(woven, NoEpisode):
            woven = await drafts.sourced(session, workspace_id, season, woven, now)
    if isinstance(woven, NoEpisode):
        await series.look_again(session, workspace_id, season.id, woven.next_on or season.ends_on)
        return woven
    woven = replace(woven, carries=await _to_carry(session, workspace_id, season, woven))
    episode_id = await series_episodes.keep_draft(session, workspace_id, woven, now=now)
    # Not again by itself while it waits: whoever decides about it sets the next day.
    await series.look_again(session, workspace_id, season.id, season.ends_on)
    for editor in await editors_of(session, workspace_id):
        say = partial(words.draft_waits, season.title, woven.number, episode_id)
        said = await said_to(session, workspace_id, editor, say)
        await halting.tell(session, workspace_id, editor, f"{DRAFT_WAITS}:{episode_id}", said, now=now)
    return woven


async def _to_carry(
    session: AsyncSession, workspace_id: str, season: Season, episode: Episode
) -> tuple[int, ...]:
    """Photos and voices of whom an episode is about that no episode has carried: they agree to each now."""
    one = next((each for each in season.agreed if each.customer_id == episode.customer_id), None)
    kinds = {MediaKind.PHOTO: one is not None and one.photo, MediaKind.VOICE: one is not None and one.voice}
    own = [
        each
        for each in await series_media.media_of(session, workspace_id, season.id)
        if each.customer_id == episode.customer_id and kinds[each.kind]
    ]
    told = {each.id for each in await series_episodes.of_season(session, workspace_id, season.id)}
    return tuple(
        [
            each.id
            for each in own
            if not told.intersection(await series_media.carried_in(session, workspace_id, each.id))
        ]
    )


async def _votes(desk: Desk, workspace_id: str) -> None:
    now = desk.now()
    async with desk.read() as session:
        over = await series_wanted.votes_over(session, workspace_id, now - VOTES_FOR)

    async def end_one(episode_id: int) -> None:
        async with desk.database.begin() as session:
            if await end_vote(session, workspace_id, episode_id, now=now):
                desk.wake_outbox()

    await one_by_one(over, end_one)
