"""Somebody leaves a season that was told: what is looked at, and that nothing of theirs is left."""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import SecretStr

from bot import publishing
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on
from bot.messages import series_episode
from bot.series.posting import EPISODE, slot_of
from bot.series.showing import shown, subjects_of
from bot.settings import Settings
from storage import customers, deliveries, posted, series, series_episodes, series_posts, series_reading
from storage.database import open_database
from storage.holdings import About
from storage.series_posts import EpisodePost
from stories.consent import Consent, Purpose
from stories.series.episodes import Sentence
from stories.series.sources import Signed
from tests.blockkit import assert_valid
from tests.bot.erasing.conftest import bytes_of, slack_takes
from tests.conftest import WORKSPACE
from tests.real.a_season import EDITOR, TALKS, Lived, settings_of

CHANNEL = "C0SERIES"
LEAVING = TALKS[0].who
"""Somebody whom two episodes are about, and whom others look back to."""


async def leaves(lived: Lived) -> None:
    """She takes back what she agreed to, and is erased: each post, page and byte is looked at."""
    lived.database = open_database(lived.url, settings_of(lived.url).keyring())
    await _sign_something_about_her(lived)
    await _post_all(lived)
    await slack_takes(lived.database)
    hers = [one for one in _sayings(lived) if len(one) > 20]
    before = await _posts(lived)
    speaking = [at for at, text in enumerate(before) if LEAVING.casefold() in text]
    assert len(speaking) >= 4, "she is named in four episodes"
    await _takes_back(lived)
    after = await _posts(lived)
    for text in after:
        assert not any(part in text for part in (*LEAVING.casefold().split(), *hers))
    # What was told of others is still there.
    kept = [at for at, text in enumerate(after) if text]
    assert set(kept) == {
        at for at, one in enumerate(lived.told) if one.episode.customer_id != lived.customers[LEAVING]
    }
    await _erase(lived)
    found = bytes_of(lived.database)
    assert not any(one.encode() in found for one in (*LEAVING.casefold().split(), *hers))
    await _left_in_the_season(lived)
    await lived.database.close()


async def _sign_something_about_her(lived: Lived) -> None:
    """An editor's own sentence names her in somebody else's episode."""
    told = lived.told[2]
    signed = Sentence(
        text=f"Remember {LEAVING}?", source=Signed(EDITOR), customer_id=told.episode.customer_id
    )
    (first, *more) = told.episode.passages
    with_it = replace(first, sentences=(*first.sentences, signed))
    changed = replace(told.episode, passages=(with_it, *more))
    async with lived.database.begin() as session:
        await series_episodes.rewrite(session, WORKSPACE, told.id, changed)


def _sayings(lived: Lived) -> set[str]:
    """What she said in these episodes, and stretches of it that stand in our own sentences."""
    own = [
        one
        for told in lived.told
        for one in told.episode.sentences()
        if one.customer_id == lived.customers[LEAVING]
    ]
    quoted = {part.casefold() for one in own for part in re.findall(r"“([^”]+)”", one.text)}
    return {one.text.casefold() for one in own if one.spoken} | quoted


async def _post_all(lived: Lived) -> None:
    now = lived.clock.now()
    for told in lived.told:
        async with lived.database.begin() as session:
            found = await shown(session, WORKSPACE, told.id, now, CHANNEL)
            assert found is not None
            payload = series_episode.post(found, "You follow the series.")
            assert_valid(payload, "message")
            planned = deliveries.Post(
                channel_id=CHANNEL,
                kind=EPISODE,
                slot_key=slot_of(told.id),
                payload=payload,
                subjects=subjects_of(found.episode),
                asked_by=EDITOR,
            )
            delivery_id = await deliveries.plan(session, WORKSPACE, planned, now=now)
            assert delivery_id is not None
            post = EpisodePost(
                episode_id=told.id,
                delivery_id=delivery_id,
                place=CHANNEL,
                shape=found.episode.shape,
                trial=False,
                readers=40,
                posted_at=now,
            )
            await series_posts.record(session, WORKSPACE, post)


async def _posts(lived: Lived) -> list[str]:
    """What each post says once Slack has carried everything out; "" for one that is gone."""
    await slack_takes(lived.database)
    found = []
    async with lived.database.read() as session:
        for told in lived.told:
            post = await posted.in_slot(session, WORKSPACE, CHANNEL, EPISODE, slot_of(told.id))
            assert post is not None
            payload = await posted.says(session, WORKSPACE, post.id)
            found.append(str(payload).casefold() if payload else "")
    return found


async def _takes_back(lived: Lived) -> None:
    customer_id, now = lived.customers[LEAVING], lived.clock.now()
    withdrawn = Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=Purpose.FOLLOWED_IN_SERIES,
        granted=False,
        recorded_by=EDITOR,
        recorded_at=now,
        valid_from=now,
    )
    async with lived.database.begin() as session:
        await customers.record_consent(session, WORKSPACE, withdrawn)
        await publishing.follow_customer(session, WORKSPACE, customer_id, but=0, now=now)


async def _erase(lived: Lived) -> None:
    settings = Settings(
        slack_bot_token=SecretStr("xoxb-test"),
        slack_signing_secret=SecretStr("secret"),
        slack_api_url="http://127.0.0.1:1/api/",
        database_url=lived.url,
        _env_file=None,
    )
    desk = Desk(settings, lived.database, lived.clock, OneWorkspace(settings))
    now = lived.clock.now()
    async with lived.database.begin() as session:
        whom = await asking.subject(
            session, WORKSPACE, About.CUSTOMER, str(lived.customers[LEAVING]), name="Editor"
        )
        await asking.begin(session, WORKSPACE, whom, by=EDITOR, now=now)
    worker = Worker(database=lived.database, now=lived.clock.now, desk=desk)
    for _ in range(6):
        await carry_on(worker, WORKSPACE)
        await slack_takes(lived.database)


async def _left_in_the_season(lived: Lived) -> None:
    """The season goes on with the others; what was hers stays as a number."""
    now = lived.clock.now()
    async with lived.database.read() as session:
        season = await series.season(session, WORKSPACE, lived.season_id, now)
        read = await series_reading.readable_season(session, WORKSPACE, lived.season_id, now)
    assert season is not None
    assert (season.began_with, season.left) == (7, 1)
    empty = [one.number for one in read if one.customer_id is None]
    assert empty == [
        told.episode.number for told in lived.told if told.episode.customer_id == lived.customers[LEAVING]
    ]
    assert all(not one.passages and one.gone for one in read if one.number in empty)
