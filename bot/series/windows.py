"""What the windows of the series show to whom."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.messages import series as words
from bot.messages import series_drafts, series_people
from bot.messages.blocks import Block
from bot.messages.series import Overview
from bot.permissions import Act, may
from bot.series import drafts, seasons, showing, trying, voting
from bot.series.page import PATH
from storage import series, series_candidates, series_episodes, series_follows, series_media
from stories.series.episodes import Episode
from stories.series.seasons import Season


async def series_window(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, channel_id: str, *, notice: str = ""
) -> Block:
    """The series as this person sees it. `channel_id` is "" outside channels."""
    await desk.colleagues.get(client, workspace_id, user_id)
    address = desk.settings.firsthand_address
    page = f"{address}{PATH}" if address else ""
    now = desk.now()
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        editor = may(actor, Act.APPROVE)
        season = await series.running(session, workspace_id, now)
        told, draft = await _episodes(session, workspace_id, season)
        seen = Overview(
            season=season,
            channel_id=channel_id,
            channel_follows=await series_follows.follows(session, workspace_id, channel_id),
            person_follows=await series_follows.follows(session, workspace_id, user_id),
            places=len(await series_follows.places(session, workspace_id)),
            told=len(told),
            latest=told[-1].id if told else None,
            draft=draft.id if draft else None,
            page=page,
            editor=editor,
            trial=await trying.said(session, workspace_id, season) if season and editor else "",
            past=await _past(session, workspace_id, season, desk),
        )
    return words.window(seen, notice=notice)


async def people(desk: Desk, workspace_id: str, *, notice: str = "") -> Block:
    """Whom the running season follows. Raises UserError when none runs."""
    async with desk.read() as session:
        season = await seasons.running(session, workspace_id, desk.now())
        ids = [one.customer_id for one in season.followed]
        met = await series_candidates.met_by(session, workspace_id, ids)
        media = await series_media.media_of(session, workspace_id, season.id)
    return series_people.window(season, met, media, notice=notice)


async def draft(desk: Desk, workspace_id: str, episode_id: int, *, notice: str = "") -> Block:
    """A draft before its editor. Raises UserError for one that is gone."""
    async with desk.read() as session:
        at_hand = await drafts.draft(session, workspace_id, episode_id, desk.now())
        questions = await voting.open_questions(session, workspace_id, at_hand.episode, desk.now())
        reach = len(await series_follows.places(session, workspace_id))
        carried = await showing.carried(session, workspace_id, at_hand.season, at_hand.episode)
    return series_drafts.window(at_hand, questions, reach, carried=carried, notice=notice)


async def _episodes(
    session: AsyncSession, workspace_id: str, season: Season | None
) -> tuple[tuple[Episode, ...], Episode | None]:
    if season is None:
        return (), None
    told = await series_episodes.of_season(session, workspace_id, season.id)
    return told, await series_episodes.draft_of(session, workspace_id, season.id)


async def _past(
    session: AsyncSession, workspace_id: str, season: Season | None, desk: Desk
) -> tuple[tuple[str, int], ...]:
    """Earlier seasons that have something to read: their titles, and an episode of each."""
    found = []
    for one in await series.seasons(session, workspace_id, desk.now()):
        if season is None or one.id != season.id:
            told = await series_episodes.of_season(session, workspace_id, one.id)
            if told and told[0].id is not None and one.agreed:
                found.append((one.title, told[0].id))
    return tuple(found)
