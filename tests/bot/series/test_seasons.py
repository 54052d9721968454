"""Seasons: nobody is told of before their yes, and what they take back leaves everything at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot import attention
from bot.desk import Desk
from bot.series import chapters, drafts, posting, publishing, rounds, seasons, showing, trying
from bot.series.following import follow_customer
from storage import attention as waiting
from storage import audit, posted, series, series_episodes, series_follows, series_posts
from storage.deliveries import Seat
from stories.errors import UserError
from stories.series.episodes import Episode, Format, NoEpisode, Nothing, Part, Shape
from stories.series.seasons import SeasonState
from stories.series.sources import Signed
from tests.blockkit import assert_valid
from tests.bot.series.season import (
    AUTHOR,
    EDITOR,
    FIRST,
    SECOND,
    drafted,
    of_season,
    opened,
    says,
    told,
)
from tests.conftest import NOW, WORKSPACE, SetClock

CHANNEL, READER = "C0FOLLOWS", "U0READER"


async def published(desk: Desk, *questions: str) -> int:
    """Have the next episode go to one channel, as if Slack had taken it; its id."""
    episode = await drafted(desk)
    assert episode.id is not None
    async with desk.database.begin() as session:
        await series_follows.follow(session, WORKSPACE, CHANNEL, by=READER, now=desk.now())
        season = await seasons.running(session, WORKSPACE, desk.now())
        places = trying.placed(season, {CHANNEL: 20}, episode.number)
        await publishing.publish(
            session, WORKSPACE, episode.id, places, questions, by=EDITOR, command="/firsthand", now=desk.now()
        )
        (one,) = [
            each
            for each in await waiting.waiting_for(session, WORKSPACE, CHANNEL)
            if each.slot_key == posting.slot_of(episode.id)
        ]
        seat = Seat(window=f"{CHANNEL}:{episode.number}", number=1)
        assert await attention._go(session, WORKSPACE, one, seat, desk.now()) is not None
    return episode.id


async def stands(desk: Desk, episode_id: int) -> dict[str, object] | None:
    """What the episode's post in the channel says now."""
    async with desk.read() as session:
        posts = await series_posts.posts_of(session, WORKSPACE, episode_id)
        return await posted.says(session, WORKSPACE, posts[0].delivery_id) if posts else None


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


async def test_an_editor_changes_strikes_and_adds_and_signs_what_no_source_bears(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    await opened(desk, marta)
    episode = await drafted(desk)
    assert episode.id is not None
    number, now = episode.id, desk.now()
    quote = next(one for one in episode.passage(Part.SCENE) if one.spoken)
    lead = next(one for one in episode.passage(Part.SCENE) if not one.spoken)
    async with desk.database.begin() as session:
        with pytest.raises(UserError, match="stay as they were said"):
            await drafts.change(session, WORKSPACE, number, quote.id or 0, "Nicer.", by=EDITOR, now=now)
        await drafts.change(
            session, WORKSPACE, number, lead.id or 0, "Marta is delighted.", by=EDITOR, now=now
        )
        await drafts.add(session, WORKSPACE, number, Part.TURN, "We <care>.", by=EDITOR, now=now)
    async with desk.read() as session:
        at_hand = await drafts.draft(session, WORKSPACE, number, now)
    signed = [one for one in at_hand.episode.sentences() if isinstance(one.source, Signed)]
    assert [one.text for one in signed][-1] == "We <care>."
    # Her name may not be told: her alias stands there, whatever an editor types.
    assert "Marta" not in str(at_hand.episode)
    assert all(one.signed_by == EDITOR and one.customer_id == marta for one in signed)
    async with desk.database.begin() as session:
        await drafts.strike(session, WORKSPACE, number, signed[-1].id or 0, now=now)
        left = await drafts.draft(session, WORKSPACE, number, now)
    assert "We <care>." not in [one.text for one in left.episode.sentences()]


async def test_what_nothing_stands_behind_is_refused_whatever_a_window_says(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    await opened(desk, marta)
    episode = await drafted(desk)
    assert episode.id is not None
    lead = next(one for one in episode.passage(Part.SCENE) if not one.spoken)
    forged = replace(lead, text="She will leave us for a competitor.")
    passages = [
        replace(each, sentences=tuple(forged if one == lead else one for one in each.sentences))
        for each in episode.passages
    ]
    async with desk.database.begin() as session:
        await series_episodes.rewrite(
            session, WORKSPACE, episode.id, replace(episode, passages=tuple(passages))
        )
        with pytest.raises(UserError, match="no source that bears it"):
            await publishing.publish(
                session, WORKSPACE, episode.id, (), (), by=EDITOR, command="/firsthand", now=NOW
            )


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
