"""A season asks everybody anew, and tells of those alone who said yes to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from storage import (
    customers,
    series,
    series_episodes,
    series_follows,
    series_media,
)
from storage.database import Database
from storage.series_media import MediaKind
from stories.consent import Purpose
from stories.series.seasons import SeasonState
from tests.conftest import NOW, WORKSPACE
from tests.storage.series.telling import FORM, LATER, opened, opening, read, says, season_of, talked, told


async def test_a_yes_from_before_a_season_does_not_count_for_it(database: Database) -> None:
    async with database.begin() as session:
        season_id = await opened(session)
        _talk, customer_id = await talked(session, replace(FORM, agreed=()))
        await series.follow_customer(session, WORKSPACE, season_id, customer_id, by="U0EDITOR", now=LATER)
        await customers.record_consent(
            session, WORKSPACE, says(customer_id, Purpose.FOLLOWED_IN_SERIES, hours=-1)
        )
        before = await season_of(session, season_id)
        await customers.record_consent(session, WORKSPACE, says(customer_id, Purpose.FOLLOWED_IN_SERIES))
        await customers.record_consent(session, WORKSPACE, says(customer_id, Purpose.SHOWN_IN_SERIES))
        since = await season_of(session, season_id)
    assert (before.agreed, before.left, before.began_with) == ((), 1, 1)
    (followed,) = since.agreed
    assert (followed.photo, followed.voice, since.left) == (True, False, 0)


async def test_one_season_runs_at_a_time_and_the_next_asks_anew(database: Database) -> None:
    async with database.begin() as session:
        episode, _talk, customer_id = await told(session)
        assert await series.running(session, WORKSPACE, LATER) is not None
        assert await opening(session) is None
        assert await series.finish(session, WORKSPACE, episode.season_id, state=SeasonState.ENDED, now=LATER)
        later = NOW + timedelta(days=200)
        again = await opened(session, later, date(2027, 6, 1))
        await series.follow_customer(session, WORKSPACE, again, customer_id, by="U0EDITOR", now=later)
        found = await series.season(session, WORKSPACE, again, later + timedelta(hours=1))
        assert found is not None
        assert (found.number, found.agreed) == (2, ())
        # What was told in the first season was agreed to for that one, and stands.
        assert (await read(session, episode.id)).passages == episode.passages


async def test_following_is_kept_once(database: Database) -> None:
    async with database.begin() as session:
        assert await series_follows.follow(session, WORKSPACE, "C1", by="U1", now=NOW)
        assert not await series_follows.follow(session, WORKSPACE, "C1", by="U2", now=NOW)
        await series_follows.follow(session, WORKSPACE, "U2", by="U2", now=LATER)
        assert await series_follows.places(session, WORKSPACE) == ("C1", "U2")
        assert await series_follows.unfollow(session, WORKSPACE, "C1")
        assert not await series_follows.follows(session, WORKSPACE, "C1")


async def test_photos_are_carried_only_while_their_customer_lets_them_be_shown(database: Database) -> None:
    async with database.begin() as session:
        episode, _talk, customer_id = await told(session)
        assert episode.id is not None
        media_id = await series_media.add_media(
            session,
            WORKSPACE,
            episode.season_id,
            customer_id,
            kind=MediaKind.PHOTO,
            file_id="F1",
            described="Maya at the oven",
            by="U0EDITOR",
            now=LATER,
        )
        await series_episodes.rewrite(session, WORKSPACE, episode.id, replace(episode, carries=(media_id,)))
        before = await read(session, episode.id)
        await customers.record_consent(
            session, WORKSPACE, says(customer_id, Purpose.SHOWN_IN_SERIES, hours=1)
        )
        after = await read(session, episode.id)
    assert (before.carries, after.carries) == ((), (media_id,))
