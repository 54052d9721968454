"""Seasons: nobody is told of before their yes, and what they take back leaves everything at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot import attention
from bot.desk import Desk
from bot.series import chapters, rounds, seasons, showing, trying
from bot.series.following import follow_customer
from storage import attention as waiting
from storage import audit, series, series_episodes
from storage.series_media import MediaKind
from stories.errors import UserError
from stories.series.episodes import Episode, Format, NoEpisode, Nothing, Shape
from stories.series.seasons import SeasonState
from tests.blockkit import assert_valid
from tests.bot.series.season import (
    AUTHOR,
    CHANNEL,
    EDITOR,
    FIRST,
    READER,
    SECOND,
    of_season,
    opened,
    published,
    says,
    stands,
    told,
)
from tests.conftest import NOW, WORKSPACE, SetClock


async def test_without_a_yes_to_this_season_nothing_is_told(desk: Desk, clock: SetClock) -> None:
    marta = await told(desk.database, FIRST)
    season_id = await opened(desk, marta, agreed=False)
    async with desk.database.begin() as session:
        season = await seasons.running(session, WORKSPACE, desk.now())
        woven = await rounds.draft(session, WORKSPACE, season, now=desk.now())
    assert isinstance(woven, NoEpisode)
    assert woven.why is Nothing.NOT_RENEWED
    await says(desk, marta, "followed", "photo")
    (one,) = (await of_season(desk, season_id)).followed
    assert (one.agreed, one.photo, one.voice) == (True, True, False)
    async with desk.database.begin() as session:
        await seasons.end(session, WORKSPACE, season_id, by=EDITOR, now=desk.now())
    clock.advance(timedelta(days=1))
    second = await opened(desk, marta, agreed=False, title="Second year")
    (anew,) = (await of_season(desk, second)).followed
    assert not anew.agreed
    assert not anew.photo


async def test_only_one_season_runs_and_it_follows_a_handful(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    with pytest.raises(UserError, match="one customer at least"):
        await opened(desk)
    await opened(desk, marta)
    with pytest.raises(UserError, match="is running"):
        await opened(desk, marta)
    with pytest.raises(UserError, match="how they said so"):
        await says(desk, marta, "followed", words="  ")


async def test_what_a_customer_takes_back_leaves_every_post_and_the_season_closes(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    season_id = await opened(desk, marta)
    first = await published(desk)
    assert "flour on the screen" in str(await stands(desk, first))
    async with desk.database.begin() as session:
        sent = await chapters.send(
            session, WORKSPACE, READER, season_id, None, thread_ts=None, now=desk.now()
        )
    assert sent == first
    await says(desk, marta, words="No more, please.")
    assert await stands(desk, first) is None
    async with desk.read() as session:
        assert await showing.shown(session, WORKSPACE, first, desk.now(), CHANNEL) is None
        assert (await of_season(desk, season_id)).state is SeasonState.CLOSED
        (goodbye,) = await waiting.waiting_for(session, WORKSPACE, CHANNEL)
        made = await attention.made_now(session, WORKSPACE, goodbye, desk.now())
        assert made is not None
        assert "the baker" not in str(made.payload)
        assert_valid(made.payload, "message")
        kept = (await session.execute(sql("SELECT payload FROM deliveries WHERE state = 'pending'"))).all()
    assert "flour" not in str(kept)
    assert "baker" not in str(kept)


async def test_a_photo_and_a_voice_are_agreed_to_by_themselves_and_taken_back_so(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    season_id = await opened(desk, marta)
    link = "https://recordings.example/marta"
    for kind, handed in ((MediaKind.PHOTO, "F0PHOTO"), (MediaKind.VOICE, link)):
        about = (kind, handed, "She stands at her oven.")
        async with desk.database.begin() as session:
            season = await seasons.running(session, WORKSPACE, desk.now())
            one = seasons.whom(season, marta)
            with pytest.raises(UserError, match="have not agreed to this"):
                await seasons.show_or_hear(session, WORKSPACE, season, one, *about, by=EDITOR, now=NOW)
        await says(desk, marta, "followed", "photo", "voice")
        async with desk.database.begin() as session:
            season = await seasons.running(session, WORKSPACE, desk.now())
            one = seasons.whom(season, marta)
            await seasons.show_or_hear(session, WORKSPACE, season, one, *about, by=EDITOR, now=NOW)
        await says(desk, marta, "followed")
    await says(desk, marta, "followed", "photo", "voice")
    first = await published(desk)
    assert "F0PHOTO" in str(await stands(desk, first))
    await says(desk, marta, "followed", "voice")
    assert "F0PHOTO" not in str(await stands(desk, first))
    assert link in str(await stands(desk, first))
    assert (await of_season(desk, season_id)).state is SeasonState.RUNNING


async def test_a_season_ends_with_what_we_changed(desk: Desk, clock: SetClock) -> None:
    marta = await told(
        desk.database, replace(FIRST, promise="Leave the VAT number out.", promise_by="2026-12-01")
    )
    season_id = await opened(desk, marta)
    await published(desk)
    async with desk.database.begin() as session:
        kept = "outcome = 'done', closing = 'The VAT number is optional now.'"
        await session.execute(sql(f"UPDATE follow_ups SET done_at = created_at, {kept}"))
    clock.advance(timedelta(weeks=13))
    await rounds.look(desk, WORKSPACE)
    assert (await of_season(desk, season_id)).state is SeasonState.ENDED
    async with desk.database.begin() as session:
        (goodbye,) = await waiting.waiting_for(session, WORKSPACE, CHANNEL)
        made = await attention.made_now(session, WORKSPACE, goodbye, desk.now())
    assert made is not None
    assert_valid(made.payload, "message")
    assert "The VAT number is optional now." in str(made.payload)


async def test_an_episode_waits_for_an_editor_and_none_comes_without_news(
    desk: Desk, clock: SetClock
) -> None:
    marta = await told(desk.database, FIRST)
    await opened(desk, marta)
    assert await rounds.look(desk, WORKSPACE) == 1
    assert await rounds.look(desk, WORKSPACE) == 0
    await published(desk)
    clock.advance(timedelta(days=15))
    assert await rounds.look(desk, WORKSPACE) == 0
    await told(desk.database, replace(SECOND, talked_on="2026-11-30"), customer_id=marta, at=desk.now())
    clock.advance(timedelta(days=15))
    assert await rounds.look(desk, WORKSPACE) == 1
    async with desk.read() as session:
        season = await series.running(session, WORKSPACE, desk.now())
        assert season is not None
        draft = await series_episodes.draft_of(session, WORKSPACE, season.id)
        acts = [one.act for one in await audit.latest(session, WORKSPACE)]
    assert isinstance(draft, Episode)
    assert draft.number == 2
    assert {"open_season", "series_consent", "publish_episode"} <= set(acts)


async def test_a_format_is_tried_on_a_few_places_others_each_time(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    season = await of_season(desk, await opened(desk, marta))
    places = {f"C{number}": 20 for number in range(8)}
    assert not any(one.trial for one in trying.placed(season, {"C1": 20}, 1))
    chosen = [
        frozenset(one.place for one in trying.placed(season, places, number) if one.trial)
        for number in range(1, 6)
    ]
    assert {len(one) for one in chosen} == {2}
    assert len(set(chosen)) > 1
    assert trying.tried(Shape(), 1).format is not Format.WHOLE
    async with desk.database.begin() as session:
        assert await trying.said(session, WORKSPACE, season) == ""
        await follow_customer(session, WORKSPACE, marta, now=desk.now())
    assert AUTHOR
