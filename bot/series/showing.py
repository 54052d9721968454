"""An episode with what stands around it, as a place may read it at a moment: asked anew every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.series_episode import Carried, Option, Shown
from bot.own_customers import meets
from storage import series, series_feeds, series_media, series_posts, series_questions, series_reading
from storage.deliveries import Subject
from storage.series_media import MediaKind
from storage.series_questions import QuestionState
from stories.series.episodes import Episode
from stories.series.liking import Click
from stories.series.material import Headline
from stories.series.seasons import Season
from stories.series.sources import Kind, Ref


async def shown(
    session: AsyncSession, workspace_id: str, episode_id: int, at: datetime, place: str
) -> Shown | None:
    """The episode as this place (a channel's or a person's id) may read it; None where it may not.

    Nobody meets their own words there, and nothing is left of an episode whose customer left the series.
    """
    episode = await series_reading.readable(session, workspace_id, episode_id, at)
    if (
        episode is None
        or not is_told(episode)
        or episode.customer_id in await meets(session, workspace_id, place)
    ):
        return None
    season = await series.season(session, workspace_id, episode.season_id, at)
    if season is None:
        return None
    questions = await series_questions.questions(session, workspace_id, episode_id)
    counts = await series_posts.counts(session, workspace_id, episode_id)
    return Shown(
        season=season.title,
        episode=episode,
        headlines=await headlines(session, workspace_id, episode),
        carried=await carried(session, workspace_id, season, episode),
        options=tuple(Option(question_id=one.id, words=one.words, votes=one.votes) for one in questions),
        loved=counts.get(Click.LOVED, 0),
        open=any(one.state is QuestionState.OFFERED for one in questions),
    )


def is_told(episode: Episode) -> bool:
    """Whether there is something to tell yet: whom it is about is in the series, and something is said."""
    return episode.customer_id is not None and any(passage.sentences for passage in episode.passages)


async def headlines(session: AsyncSession, workspace_id: str, episode: Episode) -> dict[Ref, Headline]:
    """The market's headlines that an episode rests on, by source."""
    numbers = [ref.number for ref in episode.headlines() if ref.number is not None]
    found = await series_feeds.some(session, workspace_id, numbers) if numbers else {}
    return {one.ref: one for one in found.values()}


async def carried(
    session: AsyncSession, workspace_id: str, season: Season, episode: Episode
) -> tuple[Carried, ...]:
    """The photos and voices of an episode that their customers agree to at this moment."""
    media = await series_media.some(session, workspace_id, episode.carries) if episode.carries else ()
    seen = {one.customer_id for one in season.agreed if one.photo}
    heard = {one.customer_id for one in season.agreed if one.voice}
    return tuple(
        Carried(photo=one.kind is MediaKind.PHOTO, where=one.file_id, described=one.described)
        for one in media
        if one.customer_id in (seen if one.kind is MediaKind.PHOTO else heard)
    )


def subjects_of(episode: Episode) -> tuple[Subject, ...]:
    """Whose words an episode carries: consent and erasure find its posts by them."""
    found: dict[Subject, None] = {}
    for one in episode.sentences():
        if one.customer_id is not None:
            found[Subject(customer_id=one.customer_id)] = None
            if isinstance(one.source, Ref) and one.source.kind is Kind.QUOTE and one.spoken:
                found[Subject(customer_id=one.customer_id, quote_id=one.source.number)] = None
    return tuple(found)


async def told_of(
    session: AsyncSession, workspace_id: str, season_id: int, at: datetime, place: str
) -> tuple[Shown, ...]:
    """A season's published episodes that this place may read, the first one first."""
    kept: Sequence[Episode] = await series_reading.readable_season(session, workspace_id, season_id, at)
    found = [await shown(session, workspace_id, one.id, at, place) for one in kept if one.id is not None]
    return tuple(one for one in found if one is not None)
