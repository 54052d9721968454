"""What readers do with episodes: votes, what is asked next, how many took part."""

from __future__ import annotations

from storage import (
    deliveries,
    series_posts,
    series_questions,
)
from storage.database import Database
from storage.series_posts import EpisodePost
from stories.series.episodes import AT_FIRST
from stories.series.liking import Click
from tests.conftest import WORKSPACE
from tests.storage.series.telling import LATER, told


async def test_votes_are_one_each_and_what_won_waits_for_the_next_talk(database: Database) -> None:
    async with database.begin() as session:
        episode, interview_id, customer_id = await told(session)
        assert episode.id is not None
        offered = [
            await series_questions.offer(
                session, WORKSPACE, episode.id, customer_id, words, by="U1", now=LATER
            )
            for words in ("Who checks the totals?", "What do Fridays look like?")
        ]
        for user, choice in (("U1", 0), ("U2", 0), ("U1", 1), ("U3", 1)):
            assert await series_questions.vote(
                session, WORKSPACE, offered[choice], user, place="C1", now=LATER
            )
        won = await series_questions.choose(session, WORKSPACE, episode.id)
        assert won is not None
        assert (won.words, won.votes) == ("What do Fridays look like?", 2)
        assert not await series_questions.vote(session, WORKSPACE, won.id, "U4", place="C1", now=LATER)
        (waits,) = await series_questions.waiting(session, WORKSPACE, customer_id)
        await series_questions.answered(session, WORKSPACE, waits.id, interview_id)
        assert await series_questions.waiting(session, WORKSPACE, customer_id) == ()
        (over,) = await series_questions.of_customers(session, WORKSPACE, (customer_id,))
    assert over.answered_in == interview_id


async def test_a_post_knows_whom_it_reached_and_how_many_took_part(database: Database) -> None:
    async with database.begin() as session:
        episode, _talk, _customer = await told(session)
        assert episode.id is not None
        for place, readers in (("C1", 40), ("C2", 2)):
            post = deliveries.Post(
                channel_id=place, kind="episode", slot_key="episode:1", payload={"text": "x"}, asked_by="U1"
            )
            delivery_id = await deliveries.plan(session, WORKSPACE, post, now=LATER)
            assert delivery_id is not None
            kept = EpisodePost(
                episode_id=episode.id,
                delivery_id=delivery_id,
                place=place,
                shape=AT_FIRST,
                trial=place == "C2",
                readers=readers,
                posted_at=LATER,
            )
            assert await series_posts.record(session, WORKSPACE, kept)
        for user, click in (("U1", Click.LOVED), ("U1", Click.OPENED), ("U2", Click.LOVED)):
            assert await series_posts.clicked(
                session, WORKSPACE, episode.id, user, click, place="C1", now=LATER
            )
        for user in ("U3", "U4", "U5"):
            await series_posts.clicked(
                session, WORKSPACE, episode.id, user, Click.LOVED, place="C2", now=LATER
            )
        heard = await series_posts.heard(session, WORKSPACE, episode.season_id)
        posts = await series_posts.posts_of(session, WORKSPACE, episode.id)
        counts = await series_posts.counts(session, WORKSPACE, episode.id)
    assert [(one.place, one.trial, one.readers, one.took_part) for one in heard] == [
        ("C1", False, 40, 2),
        ("C2", True, 2, 2),
    ]
    assert {one.place for one in posts} == {"C1", "C2"}
    assert counts == {Click.LOVED: 5, Click.OPENED: 1}
